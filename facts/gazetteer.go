package facts

import (
	_ "embed"
	"slices"
	"strings"
	"sync"

	"golang.org/x/text/language"
	"golang.org/x/text/language/display"

	"jobsieve/lexicon/phrase"
)

//go:embed gazetteer.txt
var gazetteerText string

// name is what a phrase of the gazetteer stands for; a part that it does not
// decide is empty.
type name struct {
	city, state, country string
	// code is true for abbreviations, which count in capitals only.
	code bool
	// beside is true for codes that count only beside the name of another place.
	beside bool
	// known is true for the best known of a name.
	known bool
	// vague is true for what is also a word, a person's name or the name of many places.
	vague bool
	// quarter is true for a part of a city.
	quarter bool
}

// region reports a state or a country.
func (n *name) region() bool { return n.city == "" }

// entry is one line of the gazetteer: a country, a state or a city.
type entry struct {
	place           name
	names, quarters []string // with their marks
}

// entries reads the lines of the gazetteer.
var entries = sync.OnceValue(func() (out []entry) {
	var at name
	for line := range strings.Lines(gazetteerText) {
		line = strings.TrimSpace(line)
		if line == "" || line[0] == '#' {
			continue
		}
		head, others, _ := strings.Cut(line, ":")
		others, quarters, _ := strings.Cut(others, ";")
		e := entry{names: listed(others), quarters: listed(quarters)}
		first := strings.TrimSpace(strings.TrimLeft(head, "=@"))
		switch line[0] {
		case '@':
			at = name{country: first}
			e.place = at
		case '=':
			plain, _, _ := marks(first)
			at = name{country: at.country, state: plain}
			e.place, e.names = at, append([]string{first}, e.names...)
		default:
			plain, known, _ := marks(first)
			e.place = name{city: plain, state: at.state, country: at.country, known: known}
			e.names = append([]string{first}, e.names...)
		}
		out = append(out, e)
	}
	return out
})

// listed gives the names of a list.
func listed(s string) (out []string) {
	for one := range strings.SplitSeq(s, ",") {
		if one = strings.TrimSpace(one); one != "" {
			out = append(out, one)
		}
	}
	return out
}

// marks takes the mark from a name.
func marks(s string) (plain string, known, vague bool) {
	plain = strings.TrimRight(s, "!?")
	return plain, strings.HasSuffix(s, "!"), strings.HasSuffix(s, "?")
}

// gazetteer knows the names of places. Where a name stands for several, those
// of India come first.
var gazetteer = sync.OnceValue(func() *phrase.Values[name] {
	l := phrase.NewValues[name]()
	for _, e := range entries() {
		for _, alias := range e.names {
			addName(l, e.place, alias)
		}
		for _, part := range e.quarters {
			n := e.place
			n.quarter = true
			addName(l, n, part)
		}
	}
	addCountries(l)
	return l
})

// addName adds one name of a place.
func addName(l *phrase.Values[name], n name, alias string) {
	plain, _, vague := marks(alias)
	n.vague = vague
	n.code = isAbbreviation(plain)
	n.beside = n.code && (vague || n.foreignState())
	l.AddText(n, plain)
}

func isAbbreviation(s string) bool {
	letters := strings.ReplaceAll(s, ".", "")
	return len(letters) <= 3 && letters == strings.ToUpper(letters) && letters[0] < 0x80
}

// addCountries adds the names of all other countries, in English and Hindi, and
// their codes.
func addCountries(l *phrase.Values[name]) {
	for _, code := range isoCountries() {
		region := language.MustParseRegion(code)
		for _, namer := range []display.Namer{display.English.Regions(), display.Regions(language.Hindi)} {
			plain, _, _ := strings.Cut(namer.Name(region), "(")
			l.AddText(name{country: code}, plain)
			if strings.Contains(plain, "&") {
				l.AddText(name{country: code}, strings.ReplaceAll(plain, "&", "and"))
			}
		}
		l.AddText(name{country: code, code: true, beside: true}, code)
	}
}

// isoCountries gives the codes of all countries but India.
func isoCountries() []string {
	var out []string
	for a := 'A'; a <= 'Z'; a++ {
		for b := 'A'; b <= 'Z'; b++ {
			code := string(a) + string(b)
			r, err := language.ParseRegion(code)
			if err == nil && r.IsCountry() && r.String() == code && r.Canonicalize() == r && code != "IN" {
				out = append(out, code)
			}
		}
	}
	return out
}

// carvedFrom gives the state that a state of India was part of within memory, or
// whose capital it has: beside a city, the old one is no other place.
var carvedFrom = map[string][]string{
	"Telangana":    {"Andhra Pradesh"},
	"Uttarakhand":  {"Uttar Pradesh"},
	"Jharkhand":    {"Bihar"},
	"Chhattisgarh": {"Madhya Pradesh"},
	"Ladakh":       {"Jammu and Kashmir"},
	"Chandigarh":   {"Punjab", "Haryana"},
	"Puducherry":   {"Tamil Nadu", "Andhra Pradesh", "Kerala"},
	"Dadra and Nagar Haveli and Daman and Diu": {"Gujarat"},
}

// in reports that a city is in a region, as far as is known: of foreign cities
// only the country is.
func (n *name) in(region *name) bool {
	switch {
	case n.country != region.country:
		return false
	case region.state == "" || region.state == n.state:
		return true
	case n.state == "":
		return n.country != "IN"
	}
	return slices.Contains(carvedFrom[n.state], region.state)
}
