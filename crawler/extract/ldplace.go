package extract

import (
	"cmp"
	"strings"
	"unicode"

	"golang.org/x/text/language"
	"golang.org/x/text/language/display"
)

// locations gives the places of a JobPosting: that it is remote, where the work is,
// and, for remote work or where nothing else is said, where applicants must live.
func locations(o map[string]any) string {
	var parts []string
	mode := strings.ToLower(plainList(o["jobLocationType"]))
	remote := strings.Contains(mode, "telecommute") || strings.Contains(mode, "remote")
	switch {
	case remote:
		parts = append(parts, "Remote")
	case strings.Contains(mode, "hybrid"):
		parts = append(parts, "Hybrid")
	}
	places := placesOf(o["jobLocation"])
	if remote || len(places) == 0 {
		for _, place := range placesOf(o["applicantLocationRequirements"]) {
			places = append(places, countryName(place))
		}
	}
	return strings.Join(distinct(append(parts, places...)), " | ")
}

// distinct gives texts each once, in their order.
func distinct(texts []string) []string {
	seen := map[string]bool{"": true}
	var out []string
	for _, s := range texts {
		if !seen[s] {
			seen[s] = true
			out = append(out, s)
		}
	}
	return out
}

// placesOf writes places as texts: a text, a Place, its PostalAddress, or a list of
// those.
func placesOf(v any) (out []string) {
	switch v := v.(type) {
	case []any:
		for _, item := range v {
			out = append(out, placesOf(item)...)
		}
		return out
	case map[string]any:
		return placesOfObject(v)
	}
	return some(HTMLText(plain(v)))
}

func placesOfObject(o map[string]any) []string {
	name, address := o["name"], o
	switch a := o["address"].(type) {
	case map[string]any:
		address = a
	case nil:
	default:
		if places := placesOf(a); len(places) > 0 {
			return places
		}
	}
	if places := some(postal(address, name)); len(places) > 0 {
		return places
	}
	return placesOf(o["containedInPlace"])
}

// postal writes a PostalAddress. Where it names no town and no state, the name of
// the place and the street are all there is.
func postal(a map[string]any, name any) string {
	parts := []any{a["addressLocality"], a["addressRegion"]}
	town := plainList(parts[0])+plainList(parts[1]) != ""
	if !town {
		parts = []any{name, a["name"], a["streetAddress"]}
	}
	var texts []string
	for _, part := range parts {
		texts = append(texts, stated(HTMLText(plainList(part))))
	}
	country := stated(HTMLText(plainList(a["addressCountry"])))
	return strings.Join(distinct(append(texts, countryBeside(country, town))), ", ")
}

// stated gives a text, but nothing for one without a letter, such as "-".
func stated(s string) string {
	if !strings.ContainsFunc(s, unicode.IsLetter) {
		return ""
	}
	return s
}

// countryBeside writes a country; next to a town, India's code is enough.
func countryBeside(country string, town bool) string {
	if town && country == "IN" {
		return country
	}
	return countryName(country)
}

// countryName gives the name of a country by its code, which readers of places do not
// know; any other text stays as it is.
func countryName(s string) string {
	if s != strings.ToUpper(s) || len(s) < 2 || len(s) > 3 || s == "NA" { // mostly "not available"
		return s
	}
	region, err := language.ParseRegion(s)
	if err != nil || !region.IsCountry() {
		return s
	}
	return cmp.Or(display.English.Regions().Name(region), s)
}

func some(s string) []string {
	if s == "" {
		return nil
	}
	return []string{s}
}
