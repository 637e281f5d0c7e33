package facts

import (
	"cmp"
	"slices"
	"sort"
	"strings"

	"jobsieve/lexicon/phrase"
	"jobsieve/text"
)

// mention is a stretch of a text that names a place: tokens first up to but not
// including end.
type mention struct {
	first, end int
	// names are what it may stand for, likeliest first and cities before regions; none
	// where no gazetteer knows the place.
	names []name
	// inside is true in brackets after a city.
	inside bool
}

// cities gives what a mention may be as a city.
func (m *mention) cities() []name { return m.names[:m.split()] }

// regions gives what a mention may be as a state or country.
func (m *mention) regions() []name { return m.names[m.split():] }

// split gives how many of the names are cities.
func (m *mention) split() int {
	for i := range m.names {
		if m.names[i].region() {
			return i
		}
	}
	return len(m.names)
}

// mayBeCity reports a city, or what no gazetteer knows.
func (m *mention) mayBeCity() bool { return len(m.names) == 0 || m.split() > 0 }

// mayBeRegion reports a state or country.
func (m *mention) mayBeRegion() bool { return m.split() < len(m.names) }

// mentions finds the names of places in a text: from left to right the longest,
// none of which overlap.
func (r *reader) mentions(d *text.Doc) []mention {
	out := r.withoutOthers(d, longest(d, func(h phrase.Hit[name], before []mention) bool {
		return !h.Value.code || isCode(d, &h.Value, h.First, h.End, before)
	}))
	for i := range out {
		inOrder(out[i].names)
	}
	return out
}

// longest gives the names in a text that count, the longest where several begin
// together; counts is told which were found before.
func longest(d *text.Doc, counts func(h phrase.Hit[name], before []mention) bool) []mention {
	var out []mention
	for _, h := range gazetteer().All(d) {
		if !counts(h, out) {
			continue
		}
		m := mention{first: h.First, end: h.End, names: []name{h.Value}}
		n := len(out)
		switch {
		case n == 0 || h.First >= out[n-1].end:
			out = append(out, m)
		case h.First == out[n-1].first && h.End == out[n-1].end:
			out[n-1].names = append(out[n-1].names, h.Value)
		case h.First == out[n-1].first && h.End > out[n-1].end:
			out[n-1] = m
		}
	}
	return out
}

// inOrder orders what a mention may stand for.
func inOrder(names []name) {
	if len(names) > 1 {
		slices.SortStableFunc(names, func(a, b name) int { return cmp.Compare(rank(&a), rank(&b)) })
	}
}

// rank is the place in that order.
func rank(n *name) int {
	switch {
	case n.known && !n.quarter:
		return 0
	case !n.region() && !n.quarter:
		return 1
	case n.quarter:
		return 2
	}
	return 3
}

// isCode reports an abbreviation in capitals that stands alone or after a place, and is not
// that of a road: "NH-44".
func isCode(d *text.Doc, code *name, first, end int, before []mention) bool {
	s := d.Slice(first, end)
	if s != strings.ToUpper(s) && (!code.shortened(s) || !besides[next(d, first-1)]) || numbered(d, end) {
		return false
	}
	n := len(before)
	if d.IsKind(end, text.Word) && (n == 0 || before[n-1].end != first || !particles[next(d, end)]) {
		return false
	}
	return !d.IsKind(first-1, text.Word) || n > 0 && before[n-1].end == first
}

// shortened reports the beginning of the name of a state of India, which people write with
// one capital: "Bhiwadi, Raj".
func (n *name) shortened(s string) bool {
	titled := s[:1] == strings.ToUpper(s[:1]) && s[1:] == strings.ToLower(s[1:])
	return titled && n.vague && n.country == "IN" && n.region()
}

// besides are the signs before a shortened name.
var besides = map[string]bool{",": true, "(": true, "-": true, "–": true, "/": true, "[": true}

// numbered reports that the number of a road or of a vehicle follows: "NH-44", "NH 8".
func numbered(d *text.Doc, i int) bool {
	const most = 3 // digits
	if d.Is(i, "-") || d.Is(i, "–") {
		i++
	}
	return d.IsKind(i, text.Number) && len(d.Slice(i, i+1)) <= most
}

// particles may follow the code of a state: "Baddi HP me".
var particles = map[string]bool{"me": true, "mein": true, "ki": true, "ke": true, "ka": true, "में": true}

// withoutOthers leaves out the names that are part of another name: "Bank of
// Baroda", "Sikar Road".
func (r *reader) withoutOthers(d *text.Doc, ms []mention) []mention {
	if len(ms) == 0 {
		return ms
	}
	others := r.placeInName.Hits(d)
	kept := ms[:0]
	for i, m := range ms {
		for len(others) > 0 && others[0].End <= m.first {
			others = others[1:]
		}
		partOf := len(others) > 0 && others[0].First < m.end
		if !partOf && !r.streets[next(d, m.end)] && !r.firmOrStreet(d, ms[i:]) {
			kept = append(kept, m)
		}
	}
	return kept
}

// firmOrStreet reports that the first mention is a part of the name of a firm or a street.
func (r *reader) firmOrStreet(d *text.Doc, ms []mention) bool {
	end := ms[0].end
	return capital(d, end) && (r.placeFirms[next(d, end)] || r.streetAside(d, ms))
}

// streetAside reports that the first mention names a street in the place of the next:
// "Hosur Main Road, Bengaluru".
func (r *reader) streetAside(d *text.Doc, ms []mention) bool {
	const reach = 6
	end := ms[0].end
	return r.streetKinds[next(d, end)] && r.streets[next(d, end+1)] && len(ms) > 1 && ms[1].first-end < reach
}

// within gives the range of the mentions that begin among the tokens from first
// up to but not including end.
func within(ms []mention, first, end int) (from, to int) {
	from = sort.Search(len(ms), func(i int) bool { return ms[i].first >= first })
	to = from
	for to < len(ms) && ms[to].end <= end {
		to++
	}
	return from, to
}

// separated reports that there are only signs and numbers among the tokens from i
// up to but not including j: "Pune - 411001, Maharashtra".
func separated(d *text.Doc, i, j int) bool {
	const most = 6
	if j-i > most {
		return false
	}
	for ; i < j; i++ {
		if d.Tokens[i].Kind == text.Word {
			return false
		}
	}
	return true
}
