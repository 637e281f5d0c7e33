package ats

import (
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/language"
	"golang.org/x/text/language/display"
)

// The members of an object that say the parts of a place, and all of it at once.
var (
	cityNames    = []string{"city", "addressLocality", "locality", "TownOrCity"}
	stateNames   = []string{"state", "state_name", "province", "region", "addressRegion", "Region2", "Region1"}
	countryNames = []string{
		"country", "country_name", "countryName", "addressCountry", "countryCode", "country_code", "Country",
	}
	wholeNames  = []string{"fullLocation", "location_str"}
	placeNames  = []string{"location", "label", "name", "Name", "display_name", "displayName", "descriptor"}
	withinNames = []string{"location", "address", "postalAddress"}
)

// places gives the places that a value states: a text as it is, of an object its
// parts or its name, of a list those of each item.
func places(v any) []string {
	switch v := v.(type) {
	case []any:
		var out []string
		for _, item := range v {
			if _, nested := item.([]any); !nested {
				out = append(out, places(item)...)
			}
		}
		return out
	case object:
		return objectPlaces(v)
	}
	return []string{html(v)}
}

func objectPlaces(o object) []string {
	if s := named(o, wholeNames); s != "" {
		return []string{s}
	}
	city, state, land := partOf(o, cityNames), partOf(o, stateNames), country(partOf(o, countryNames))
	out := []string{joined(", ", city, state, land)}
	if city+state == "" {
		out = []string{inCountry(named(o, placeNames), land)}
	}
	for _, name := range withinNames {
		if within, ok := o[name].(object); ok && len(within) > 0 {
			out = append(out, objectPlaces(within)...)
		}
	}
	return out
}

// partOf gives a part of a place under the first of the names that has one.
func partOf(o object, names []string) string {
	for _, name := range names {
		if s := label(o[name]); s != "" {
			return s
		}
	}
	return ""
}

// region reads the code of a country, such as IN, ind or UK.
func region(code string) (language.Region, bool) {
	if len(code) != 2 && len(code) != 3 {
		return language.Region{}, false
	}
	r, err := language.ParseRegion(code)
	return r.Canonicalize(), err == nil && r.IsCountry()
}

// country gives the English name of a country's code; what isn't a code stays
// as it is.
func country(s string) string {
	if r, ok := region(s); ok {
		return display.English.Regions().Name(r)
	}
	return s
}

// inCountry adds the country to a place that does not say it.
func inCountry(place, land string) string {
	name := country(land)
	if name == "" || strings.Contains(spaced(place), spaced(name)) {
		return place
	}
	if last := strings.TrimSpace(place[strings.LastIndexByte(place, ',')+1:]); country(last) == name {
		return place
	}
	return joined(", ", place, name)
}

// spaced gives the words of a text, a space around each.
func spaced(s string) string {
	return " " + strings.Join(strings.FieldsFunc(strings.ToLower(s), func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsMark(r) && !unicode.IsDigit(r)
	}), " ") + " "
}

// firstIn adds the country to the first of the places, to which it belongs.
func firstIn(land string, of []string) []string {
	of = slices.DeleteFunc(of, func(place string) bool { return place == "" })
	if len(of) == 0 {
		return []string{country(land)}
	}
	of[0] = inCountry(of[0], land)
	return of
}

// mode says where the work is done, as far as it is not at the office.
type mode string

// The modes, as they are written after a place.
const (
	remote mode = "remote"
	hybrid mode = "hybrid"
)

// modeOf reads what platforms write for a mode, such as Remote, HYBRID, fully_remote,
// "work from home". The first value that names one counts.
func modeOf(values ...string) mode {
	for _, v := range values {
		v = spaced(v)
		switch {
		case containsAny(v, " not ", " non ", " no ", "nonremote"):
		case containsAny(v, "hybrid", "partial", "partly"):
			return hybrid
		case containsAny(v, "remote", " from home", "telecommut", "home based", " wfh "):
			return remote
		}
	}
	return ""
}

func containsAny(s string, parts ...string) bool {
	for _, p := range parts {
		if strings.Contains(s, p) {
			return true
		}
	}
	return false
}

// modeWhere gives a mode for what platforms state by two members.
func modeWhere(isHybrid, isRemote bool) mode {
	switch {
	case isHybrid:
		return hybrid
	case isRemote:
		return remote
	}
	return ""
}

// placeSep goes between the places of a posting.
const placeSep = " | "

// where writes the places of a posting, each once, and after them the mode, which
// the reader of facts knows by its word.
func where(m mode, of ...string) string {
	s := strings.Join(distinct(of), placeSep)
	if strings.Contains(strings.ToLower(s), string(m)) {
		return s
	}
	return joined(", ", s, string(m))
}

// apart splits what where wrote.
func apart(location string) (of []string, m mode) {
	for _, m := range []mode{remote, hybrid} {
		if location == string(m) {
			return nil, m
		}
		if rest, ok := strings.CutSuffix(location, ", "+string(m)); ok {
			return strings.Split(rest, placeSep), m
		}
	}
	return strings.Split(location, placeSep), ""
}

// whereToo adds what a posting's own answer states to the place that the list gave.
func whereToo(known string, m mode, of ...string) string {
	more, stated := apart(known)
	if m == "" {
		m = stated
	}
	return where(m, append(of, more...)...)
}

// fold makes one of the entries by which some platforms name a posting once for each
// of its places.
func (p *Page) fold() {
	type places struct {
		of   []string
		mode mode
	}
	index, all := map[string]int{}, []places{}
	kept := p.Postings[:0]
	for _, posting := range p.Postings {
		of, m := apart(posting.Location)
		i, again := index[posting.ID+"\x00"+posting.Title]
		if posting.ID == "" || !again {
			index[posting.ID+"\x00"+posting.Title] = len(kept)
			kept, all = append(kept, posting), append(all, places{of, m})
			continue
		}
		all[i].of = append(all[i].of, of...)
		if all[i].mode == "" {
			all[i].mode = m
		}
	}
	p.Postings = kept
	for i := range kept {
		kept[i].Location = where(all[i].mode, all[i].of...)
	}
}

// maxCompared is how many places are compared with each other. No posting has
// that many.
const maxCompared = 200

// distinct gives each place once: "Pune" is dropped where there is "Pune,
// Maharashtra".
func distinct(of []string) []string {
	var out []string
	var parts []map[string]bool
	seen := map[string]bool{"": true}
	for _, place := range of {
		if place = strings.TrimSpace(place); seen[place] {
			continue
		}
		seen[place] = true
		if len(parts) == maxCompared {
			out = append(out, place)
			continue
		}
		own := partsOf(place)
		i := slices.IndexFunc(parts, func(other map[string]bool) bool {
			return within(own, other) || within(other, own)
		})
		switch {
		case i < 0:
			out, parts = append(out, place), append(parts, own)
		case len(own) > len(parts[i]):
			out[i], parts[i] = place, own
		}
	}
	return out
}

// partsOf gives the parts of a place between its commas.
func partsOf(place string) map[string]bool {
	parts := map[string]bool{}
	for part := range strings.SplitSeq(strings.ToLower(place), ",") {
		parts[strings.TrimSpace(part)] = true
	}
	return parts
}

// within reports that all parts of a place are parts of another.
func within(of, other map[string]bool) bool {
	if len(of) > len(other) {
		return false
	}
	for part := range of {
		if !other[part] {
			return false
		}
	}
	return true
}
