package question

import (
	"cmp"
	"slices"
	"strings"

	"jobsieve/indexer"
	"jobsieve/lexicon/phrase"
	"jobsieve/text"
)

type hit = phrase.Hit[string]

// readTerm is a part of a question with its term, nil where it asks for nothing. or
// says that the next term is another choice.
type readTerm struct {
	part Part
	term *indexer.Term
	or   bool
}

// readPiece gives the terms of a piece.
func (r *Reader) readPiece(p *piece, common func(string) bool) []readTerm {
	if p.words == nil {
		return r.readFree(p.typed, common)
	}
	if len(p.words) == 0 {
		return nil
	}
	t := r.strict(p)
	t.Not = p.not
	part := Part{Typed: p.typed, Not: p.not}
	if p.field != "" {
		part.As = []string{p.field}
	}
	return []readTerm{{part: part, term: &t}}
}

// strict gives the term of words with a sign: only words, or a field's value.
func (r *Reader) strict(p *piece) indexer.Term {
	words := indexer.Term{Words: p.words}
	value := strings.Join(p.words, " ")
	switch p.field {
	case "":
		return words
	case "title", "company", "skills":
		return indexer.Term{Words: p.words, Part: p.field}
	case "place":
		either := []indexer.Term{{Words: p.words, Part: "location"}}
		for _, a := range r.facts.Asked(text.Parse("in " + value)) {
			if field := placeField(a.Fact); field != "" {
				is := map[string][]string{field: {a.Value}}
				either = append(either, indexer.Term{Values: is, Weight: weightPlace})
			}
		}
		return indexer.Term{Any: either}
	}
	for _, a := range r.facts.Asked(text.Parse(value)) {
		if a.Fact == p.field {
			return indexer.Term{Values: map[string][]string{fieldOf(a.Fact): {a.Value}}, Weight: weightFact}
		}
	}
	if f, ok := indexer.Fields.Filter(p.field); ok {
		name := strings.Trim(p.typed[strings.Index(p.typed, ":")+1:], `"“”`)
		return indexer.Term{Values: map[string][]string{f.Name: {closest(f, name)}}, Weight: weightFact}
	}
	return words
}

// closest gives a value the form that a field has it in.
func closest(f *indexer.Field, value string) string {
	for _, v := range f.Closed {
		if strings.EqualFold(v, value) {
			return v
		}
	}
	if f.Name == "label" {
		return strings.ToUpper(value)
	}
	return value
}

// readFree takes free text apart.
func (r *Reader) readFree(typed string, common func(string) bool) []readTerm {
	d := text.Parse(typed)
	empty := r.words.All(d)
	readings := r.readings(d)
	spelled := r.correct(d, append(covered(readings), empty...), common)
	if spelled.Doc != nil {
		readings = spelled.typed(r.readings(spelled.Doc))
	}
	empty = emptied(d, empty, readings)
	var out []readTerm
	for i := 0; i < len(d.Tokens); {
		end := i + 1
		for _, rd := range readings {
			if rd.first <= i && i < rd.end {
				end = max(end, rd.end)
			}
		}
		here := within(readings, i, end)
		switch t := &d.Tokens[i]; {
		case len(here) == 0 && !indexer.IsWord(t):
		case len(here) == 0 && emptyAt(empty, i, &end):
			for _, rd := range readings {
				if rd.first > i {
					end = min(end, rd.first)
				}
			}
			or := slices.ContainsFunc(empty, func(h hit) bool { return h.First == i && h.Value == listOr })
			out = append(out, readTerm{part: Part{Typed: d.Slice(i, end), Empty: true}, or: or})
		default:
			if len(here) == 0 {
				end = wholeWord(d, end)
			}
			out = append(out, besideNoun(termOf(d, &spelled, i, end, here), d, empty, i, end))
		}
		i = end
	}
	return out
}

// wholeWord gives the end of a word whose first part ends at end: "L1", "M.Com".
func wholeWord(d *text.Doc, end int) int {
	glued := func(i int) bool { return i < len(d.Tokens) && d.Tokens[i].Glued }
	for {
		switch {
		case glued(end) && indexer.IsWord(&d.Tokens[end]):
			end++
		case glued(end) && d.Is(end, ".") && glued(end+1) && indexer.IsWord(&d.Tokens[end+1]):
			end += 2
		default:
			return end
		}
	}
}

// emptied gives the words of a question that ask for nothing: those that never do,
// those that say nothing more beside a fact that is asked for, and the words that
// something is not wanted with what it is. The longest come first.
func emptied(d *text.Doc, hits []hit, readings []reading) []hit {
	var out []hit
	for _, h := range hits {
		noun, isNoun := strings.CutPrefix(h.Value, nounList)
		switch {
		case isNoun && !slices.ContainsFunc(readings, func(rd reading) bool { return rd.fact == noun }):
			continue
		case h.Value == listNot && h.First > 0 && h.End == len(d.Tokens):
			h.First-- // "field nahi"
		case h.Value == listNot && h.End < len(d.Tokens):
			h.End++ // "no night", "no night shift"
			for _, n := range hits {
				if n.First == h.End && strings.HasPrefix(n.Value, nounList) {
					h.End = n.End
				}
			}
		case h.Value == listNot:
			continue
		}
		out = append(out, h)
	}
	slices.SortStableFunc(out, func(a, b hit) int { return cmp.Compare(b.End-b.First, a.End-a.First) })
	return out
}

// emptyAt reports that an empty phrase begins at token i, or holds it, and gives where
// it ends.
func emptyAt(empty []hit, i int, end *int) bool {
	for _, h := range empty {
		if h.First <= i && i < h.End {
			*end = h.End
			return true
		}
	}
	return false
}

// besideNoun wants a word of two letters that is taken for a fact together with the noun
// behind it, where both are only words: "us shift" is not "join us".
func besideNoun(t readTerm, d *text.Doc, empty []hit, first, end int) readTerm {
	const brief = 2
	if end > first+1 || len(d.Tokens[first].Norm) > brief || len(t.term.Any) < 2 {
		return t
	}
	for _, h := range empty {
		if h.First == end && strings.HasPrefix(h.Value, nounList) {
			t.term.Any[0] = allWords(wordsIn(d, first, h.End), weightNamed)
		}
	}
	return t
}

// covered gives the stretches of readings.
func covered(readings []reading) (out []hit) {
	for _, rd := range readings {
		out = append(out, hit{First: rd.first, End: rd.end})
	}
	return out
}

// within gives the readings that begin among the tokens from first up to but not
// including end.
func within(readings []reading, first, end int) (out []reading) {
	for _, rd := range readings {
		if rd.first >= first && rd.first < end {
			out = append(out, rd)
		}
	}
	return out
}

// termOf makes the part and the term of tokens first up to but not including end.
func termOf(d *text.Doc, spelled *spelling, first, end int, here []reading) readTerm {
	part := Part{Typed: d.Slice(first, end)}
	weight := 1.0
	if slices.ContainsFunc(here, func(rd reading) bool { return rd.fact != "" }) {
		weight = weightNamed
	}
	words := wordsIn(d, first, end)
	either := []indexer.Term{allWords(words, weight)}
	if len(here) == 0 {
		either[0] = indexer.Term{Words: words, Weight: weight} // one word, whatever signs are in it
	}
	var right []string
	for i := first; i < end; i++ {
		if c, ok := spelled.words[i]; ok {
			right = append(right, c)
		}
	}
	if len(right) > 0 {
		part.Corrected = strings.Join(right, " ")
		either = append(either, allWords(spelled.wordsOf(first, end), weightSpelled))
	}
	for _, rd := range here {
		if !slices.Contains(part.As, rd.as) {
			part.As, either = append(part.As, rd.as), append(either, rd.term)
		}
	}
	if len(either) == 1 {
		return readTerm{part: part, term: &either[0]}
	}
	return readTerm{part: part, term: &indexer.Term{Any: either}}
}

// wordsIn gives the words among the tokens from first up to but not including end.
func wordsIn(d *text.Doc, first, end int) (out []string) {
	for i := first; i < end; i++ {
		if indexer.IsWord(&d.Tokens[i]) {
			out = append(out, d.Tokens[i].Norm)
		}
	}
	return out
}
