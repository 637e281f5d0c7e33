package facts

import (
	"unicode"

	"jobsieve/text"
)

// maxNameWords is the most words that an unknown place's name may have.
const maxNameWords = 4

// leastName is how many bytes it has at least.
const leastName = 3

// part is a piece of a location between signs that separate: tokens first up to
// but not including end.
type part struct {
	first, end int
	mentions   []mention
	inside     bool
	words      int // besides those of mentions
	number     bool
	noPlace    bool // it has a word that the name of a place does not have
	longer     bool // words after the name of a city make it that of another place
}

// placesIn gives what may be places among the tokens from first up to but not
// including end, which are nothing but places: names that are known, those that differ
// from one by a slip, and others as they are written.
func (r *reader) placesIn(d *text.Doc, known []mention, first, end int) []mention {
	from, to := within(known, first, end)
	var out []mention
	for _, p := range r.parts(d, known[from:to], first, end) {
		switch {
		case p.longer && !p.noPlace && !p.number && p.words < maxNameWords:
			out = append(out, mention{first: p.first, end: p.end, inside: p.inside})
		case len(p.mentions) > 0:
			out = append(out, p.mentions...)
		case p.words == 0 || p.words > maxNameWords || p.number || p.noPlace,
			len(d.Slice(p.first, p.end)) < leastName:
		default:
			out = append(out, mention{first: p.first, end: p.end, inside: p.inside, names: alike(d, p.first, p.end)})
		}
	}
	return out
}

// parts cuts the tokens from first up to but not including end at the signs that
// separate places.
func (r *reader) parts(d *text.Doc, ms []mention, first, end int) (out []part) {
	p := part{first: first}
	city := -1 // the token after the city that was named last
	inside := false
	for i := first; i <= end; i++ {
		if len(ms) > 0 && ms[0].first == i {
			m := ms[0]
			ms = ms[1:]
			m.inside = inside
			p.mentions = append(p.mentions, m)
			if m.mayBeCity() && !inside {
				city = m.end
			}
			i = m.end - 1
			continue
		}
		if i < end && !r.separates(d, i) {
			r.count(d, i, &p)
			continue
		}
		p.end = i
		p.inside = inside
		if p.trim(d) {
			out = append(out, p)
		}
		p = part{first: i + 1}
		switch {
		case d.Is(i, "("), d.Is(i, "["):
			inside = city == i
		case d.Is(i, ")"), d.Is(i, "]"):
			inside, city = false, i+1
		}
	}
	return out
}

// count adds token i, which is no part of a known name, to a part.
func (r *reader) count(d *text.Doc, i int, p *part) {
	t := &d.Tokens[i]
	switch {
	case t.Kind == text.Number:
		p.number = true
	case t.Kind != text.Word:
	case r.noPlace[t.Norm]:
		p.noPlace = true
		p.words++
	default:
		p.words++
		p.longer = len(p.mentions) == 1 && p.mentions[0].extends() && (!small(d, i) || small(d, p.mentions[0].first))
	}
}

// small reports a word that begins with a small letter, which is no part of a name with a
// capital: "Bellary jeans cluster".
func small(d *text.Doc, i int) bool { return unicode.IsLower(initial(d, i)) }

// extends reports a place that is not so well known that more words after it are a part
// of it: "Rampur Kalan" is none of Rampur.
func (m *mention) extends() bool { return !m.names[0].known && !m.names[0].quarter }

// trim takes the signs from the ends of a part, and reports that something is left.
func (p *part) trim(d *text.Doc) bool {
	for p.first < p.end && d.IsKind(p.first, text.Symbol) {
		p.first++
	}
	for p.end > p.first && d.IsKind(p.end-1, text.Symbol) {
		p.end--
	}
	return p.first < p.end
}

// separates reports a sign or word between two places. A point, an apostrophe and a
// dash without a space on both sides are within names.
func (r *reader) separates(d *text.Doc, i int) bool {
	t := &d.Tokens[i]
	switch t.Kind {
	case text.Newline:
		return true
	case text.Word:
		return r.placeJoins[t.Norm]
	case text.Number:
		return false
	}
	switch t.Norm {
	case ".", "'":
		return false
	case "-", "–":
		return !t.Glued && i+1 < len(d.Tokens) && !d.Tokens[i+1].Glued
	}
	return true
}
