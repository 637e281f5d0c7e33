package facts

import (
	"cmp"
	"slices"
	"strings"
	"sync"

	"golang.org/x/text/language"
	"golang.org/x/text/language/display"
)

// official are the names of places as facts give them.
type official struct{ cities, states []string }

var officialNames = sync.OnceValue(func() (names official) {
	for _, e := range entries() {
		switch p := e.place; {
		case p.city != "":
			names.cities = append(names.cities, p.city)
		case p.state != "" && p.country == "IN":
			names.states = append(names.states, p.state)
		}
	}
	names.cities = sortedOnce(names.cities)
	names.states = sortedOnce(names.states)
	return names
})

func sortedOnce(names []string) []string {
	slices.Sort(names)
	return slices.Compact(names)
}

// Cities are the official names of the cities that are known, in order.
func Cities() []string { return slices.Clone(officialNames().cities) }

// States are the official names of the states of India, in order.
func States() []string { return slices.Clone(officialNames().states) }

// namesOf gives the names of cities and states by the official ones.
var namesOf = sync.OnceValue(func() map[string][]string {
	out := map[string][]string{}
	for _, e := range entries() {
		key := cmp.Or(e.place.city, e.place.state)
		for _, name := range e.names {
			if plain, _, vague := marks(name); key != "" && !vague && !isAbbreviation(plain) {
				out[key] = append(out[key], plain)
			}
		}
	}
	return out
})

// NamesOf gives the names of a city or state, in English and Hindi, by its official
// one; but none that is also a word, or an abbreviation.
func NamesOf(place string) []string { return slices.Clone(namesOf()[place]) }

// CountryName gives the English name of a country by its ISO 3166-1 alpha-2
// code; any other text stays as it is.
func CountryName(code string) string {
	r, err := language.ParseRegion(code)
	if err != nil || !r.IsCountry() || len(code) != 2 {
		return code
	}
	plain, _, _ := strings.Cut(display.English.Regions().Name(r), "(")
	if plain = strings.TrimSpace(plain); plain != "" {
		return plain
	}
	return code // a country of the past
}

// countryCodes are the codes by the English names, in lower case.
var countryCodes = sync.OnceValue(func() map[string]string {
	out := map[string]string{"india": "IN"}
	for _, code := range isoCountries() {
		out[strings.ToLower(CountryName(code))] = code
	}
	return out
})

// Country gives the ISO 3166-1 alpha-2 code of a country by that code, or by
// one of its names; ok is false for any other text.
func Country(s string) (code string, ok bool) {
	s = strings.TrimSpace(s)
	if r, err := language.ParseRegion(s); err == nil && r.IsCountry() && len(s) == 2 {
		return r.Canonicalize().String(), true
	}
	if code, ok := countryCodes()[strings.ToLower(s)]; ok {
		return code, true
	}
	p := Standard().Place(s)
	return string(p.Country), p.City == "" && p.State == "" && p.Country != ""
}
