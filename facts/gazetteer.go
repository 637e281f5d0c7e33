package facts

import (
	_ "embed"
	"strings"
	"sync"

	"golang.org/x/text/language"
	"golang.org/x/text/language/display"

	"jobsieve/job"
	"jobsieve/lexicon/phrase"
)

//go:embed gazetteer.txt
var gazetteerText string

// name is what a phrase of the gazetteer stands for; a part that it does not
// decide is empty.
type name struct {
	city, state, country string
	// short is true for abbreviations, which count in capitals only.
	short bool
}

// gazetteer knows the names of places.
var gazetteer = sync.OnceValue(func() *phrase.Values[name] {
	l := phrase.NewValues[name]()
	addCountries(l)
	addText(l)
	return l
})

// addText adds the states and cities of the gazetteer file.
func addText(l *phrase.Values[name]) {
	for _, india := range []string{
		"India", "All India", "Pan India", "Across India", "Anywhere in India", "Bharat", "भारत", "Hindustan",
	} {
		l.AddText(name{country: "IN"}, india)
	}
	var at name
	for line := range strings.Lines(gazetteerText) {
		line = strings.TrimSpace(line)
		if line == "" || line[0] == '#' {
			continue
		}
		head, others, _ := strings.Cut(line, ":")
		first := strings.TrimSpace(strings.TrimLeft(head, "=@"))
		names := append([]string{first}, strings.Split(others, ",")...)
		n := at
		n.city = first
		switch line[0] {
		case '=':
			at = name{state: first, country: "IN"}
			n = at
		case '@':
			at = name{country: first}
			n, names = at, names[1:]
		}
		for _, alias := range names {
			addName(l, n, strings.TrimSpace(alias))
		}
	}
}

// addName adds one name of a place. A city that shares its name with another
// has a second word in its official name to tell them apart, which is not
// shown.
func addName(l *phrase.Values[name], n name, alias string) {
	if alias == "" {
		return
	}
	n.short = isAbbreviation(alias)
	n.city = cityName(n.city)
	l.AddText(n, alias)
}

// cityName gives the name of a city as it is shown.
func cityName(name string) string {
	if name == "Amaravati AP" {
		return "Amaravati"
	}
	for _, suffix := range []string{" HP", " WB"} {
		name = strings.TrimSuffix(name, suffix)
	}
	return name
}

func isAbbreviation(s string) bool {
	letters := strings.ReplaceAll(s, ".", "")
	return len(letters) <= 3 && letters == strings.ToUpper(letters) && letters[0] < 0x80
}

// addCountries adds the names of all other countries, in English and Hindi.
func addCountries(l *phrase.Values[name]) {
	for _, code := range isoCountries() {
		region := language.MustParseRegion(code)
		for _, namer := range []display.Namer{display.English.Regions(), display.Regions(language.Hindi)} {
			plain, _, _ := strings.Cut(namer.Name(region), "(")
			l.AddText(name{country: code}, plain)
		}
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

// placeOf makes a place of a name.
func (n name) place(raw string) job.Place {
	return job.Place{City: job.Opt(n.city), State: job.Opt(n.state), Country: job.Opt(n.country), Raw: raw}
}
