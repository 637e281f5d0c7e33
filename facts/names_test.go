package facts

import (
	"slices"
	"testing"
)

func TestNames(t *testing.T) {
	cities, states := Cities(), States()
	if len(cities) < 300 || len(states) < 28 {
		t.Fatalf("%d cities, %d states", len(cities), len(states))
	}
	for _, name := range []string{"Bengaluru", "Pune", "Amaravati", "Hamirpur"} {
		if !slices.Contains(cities, name) {
			t.Errorf("%s is missing among the cities", name)
		}
	}
	for _, state := range states {
		if p := Standard().Place(state); p.City == "" && string(p.State) != state {
			t.Errorf("%s is read as %+v", state, p)
		}
	}
	for _, code := range append(isoCountries(), "IN") {
		name := CountryName(code)
		if got, ok := Country(name); !ok || got != code {
			t.Errorf("%s, %s, is read as %q", code, name, got)
		}
		if got, ok := Country(code); !ok || got != code {
			t.Errorf("%s is read as %q", code, got)
		}
	}
	for _, s := range []string{"", "Pune", "Karnataka", "nowhere", "XZ"} {
		if got, ok := Country(s); ok {
			t.Errorf("%q is the country %s", s, got)
		}
	}
}
