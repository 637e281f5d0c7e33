package desk

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"jobsieve/filter"
	"jobsieve/indexer"
)

// TestWider asks for what no posting has, but for one part of it.
func TestWider(t *testing.T) {
	d := testDesk(t, texts...)
	deliver(t, d)
	in := func(city string) map[string][]string { return map[string][]string{"city": {city}} }
	for name, tt := range map[string]struct {
		ask  filter.Filter
		want []Wider
	}{
		"a city that no posting has":  {filter.Filter{Text: "research", Is: in("Leh")}, []Wider{{[]string{"--city", "Leh"}, 1}}},
		"quotation marks":             {filter.Filter{Text: `"models financial"`}, []Wider{{[]string{}, 1}}},
		"words alone":                 {filter.Filter{Text: "poona", Exact: true}, []Wider{{[]string{"--exact"}, 2}}},
		"a condition":                 {filter.Filter{Text: "pune", Where: []string{"label = KPO"}}, []Wider{{[]string{"--where", "(label = KPO)"}, 2}}},
		"nothing without either part": {filter.Filter{Text: "research", Is: in("Leh"), Not: map[string][]string{"label": {"KPO"}}}, nil},
		"nothing else is asked":       {filter.Filter{Is: in("Leh")}, nil},
		"it is found":                 {filter.Filter{Text: "research"}, nil},
	} {
		a, err := d.Search(t.Context(), &tt.ask, Page{Limit: 1, Order: indexer.OrderDate}, time.Second)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if diff := cmp.Diff(tt.want, a.Wider); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
}
