package question

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"jobsieve/facts"
	"jobsieve/indexer"
	"jobsieve/job"
	"jobsieve/lexicon/phrase"
	"jobsieve/pay"
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

// What readings count in the order of hits, beside words, of which one in a
// description counts about 5 and one in the title about 20.
const (
	weightTitle   = 20
	weightPlace   = 12
	weightFact    = 8
	weightText    = 4
	weightSpelled = 0.7 // of a word that was corrected
	weightNamed   = 0.1 // of a word that is taken for a fact: where it stands says little
)

// reading is what a stretch of free text is taken for: tokens first up to but not
// including end.
type reading struct {
	first, end int
	fact       string // empty for a concept
	as         string
	term       indexer.Term
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
		for _, a := range r.facts.Asked(docOf("in " + value)) {
			if field := placeField(a.Fact); field != "" {
				is := map[string][]string{field: {a.Value}}
				either = append(either, indexer.Term{Values: is, Weight: weightPlace})
			}
		}
		return indexer.Term{Any: either}
	}
	for _, a := range r.facts.Asked(docOf(value)) {
		if a.Fact == p.field || a.Fact == "language" && p.field == "language" {
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
	d := docOf(typed)
	empty := r.words.All(d)
	spelled, corrected := r.correct(d, empty, common)
	readings := r.readings(spelled)
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
		case len(here) == 0 && !isWord(t):
		case len(here) == 0 && r.emptyAt(empty, i, &end):
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
			out = append(out, r.termOf(d, spelled, corrected, i, end, here))
		}
		i = end
	}
	return out
}

func isWord(t *text.Token) bool { return t.Kind == text.Word || t.Kind == text.Number }

// wholeWord gives the end of a word whose first part ends at end: "L1", "M.Com".
func wholeWord(d *text.Doc, end int) int {
	glued := func(i int) bool { return i < len(d.Tokens) && d.Tokens[i].Glued }
	for {
		switch {
		case glued(end) && isWord(&d.Tokens[end]):
			end++
		case glued(end) && d.Is(end, ".") && glued(end+1) && isWord(&d.Tokens[end+1]):
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
func (r *Reader) emptyAt(empty []hit, i int, end *int) bool {
	for _, h := range empty {
		if h.First <= i && i < h.End {
			*end = h.End
			return true
		}
	}
	return false
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
func (r *Reader) termOf(d, spelled *text.Doc, corrected map[int]string, first, end int, here []reading) readTerm {
	part := Part{Typed: d.Slice(first, end)}
	weight := 1.0
	if slices.ContainsFunc(here, func(rd reading) bool { return rd.fact != "" }) {
		weight = weightNamed
	}
	words := allWords(wordsIn(d, first, end), weight)
	if len(here) == 0 {
		words = indexer.Term{Words: wordsIn(d, first, end), Weight: weight}
	}
	either := []indexer.Term{words}
	var right []string
	for i := first; i < end; i++ {
		if c, ok := corrected[i]; ok {
			right = append(right, c)
		}
	}
	if len(right) > 0 {
		part.Corrected = strings.Join(right, " ")
		either = append(either, allWords(wordsIn(spelled, first, end), weightSpelled))
	}
	for _, rd := range here {
		part.As = append(part.As, rd.as)
		either = append(either, rd.term)
	}
	part.As = once(part.As)
	if len(either) == 1 {
		return readTerm{part: part, term: &either[0]}
	}
	return readTerm{part: part, term: &indexer.Term{Any: either}}
}

func once(texts []string) (out []string) {
	for _, t := range texts {
		if !slices.Contains(out, t) {
			out = append(out, t)
		}
	}
	return out
}

// wordsIn gives the words among the tokens from first up to but not including end.
func wordsIn(d *text.Doc, first, end int) (out []string) {
	for i := first; i < end; i++ {
		if isWord(&d.Tokens[i]) {
			out = append(out, d.Tokens[i].Norm)
		}
	}
	return out
}

// readings gives what a text says, from left to right. Where two overlap without being
// the same stretch, one stays: pay before facts before concepts, then the longest.
func (r *Reader) readings(d *text.Doc) []reading {
	var out []reading
	add := func(some ...reading) {
		for _, rd := range some {
			clash := slices.ContainsFunc(out, func(o reading) bool {
				same := o.first == rd.first && o.end == rd.end
				return !same && o.first < rd.end && rd.first < o.end
			})
			if !clash {
				out = append(out, rd)
			}
		}
	}
	longest := func(some []reading) []reading {
		slices.SortStableFunc(some, func(a, b reading) int { return cmp.Compare(b.end-b.first, a.end-a.first) })
		return some
	}
	add(r.payIn(d)...)
	add(longest(r.factsIn(d))...)
	add(longest(r.conceptsIn(d))...)
	slices.SortStableFunc(out, func(a, b reading) int { return cmp.Compare(a.first, b.first) })
	return out
}

// payIn reads an amount that is asked for.
func (r *Reader) payIn(d *text.Doc) []reading {
	p := r.pay.ReadDoc(job.FieldSalary, d, pay.Defaults{})
	if p.Kind != job.PayOffer || p.Start == nil || p.AnnualMin == nil && p.AnnualMax == nil {
		return nil
	}
	first, end := tokensOf(d, *p.Start, *p.End)
	if !isAmount(d, first, end) {
		return nil
	}
	var b indexer.Bounds
	if p.AnnualMin != nil {
		b.PayLeast = *p.AnnualMin
	}
	if p.AnnualMax != nil && (p.AnnualMin == nil || *p.AnnualMax != *p.AnnualMin) {
		b.PayMost = *p.AnnualMax
	}
	as := "pay " + p.Brief()
	return []reading{{first, end, "pay", as, indexer.Term{Bounds: b, Weight: weightFact}}}
}

// tokensOf gives the tokens of a stretch of bytes: first up to but not including end.
func tokensOf(d *text.Doc, start, stop int) (first, end int) {
	for first < len(d.Tokens) && d.Tokens[first].End <= start {
		first++
	}
	for end = first; end < len(d.Tokens) && d.Tokens[end].Start < stop; end++ {
	}
	return first, end
}

// isAmount reports tokens with a figure of money: with a word beside it, or of four
// digits and more.
func isAmount(d *text.Doc, first, end int) bool {
	words, digits := false, 0
	for i := first; i < end; i++ {
		switch t := &d.Tokens[i]; t.Kind {
		case text.Word:
			words = true
		case text.Number:
			digits = max(digits, len(t.Norm))
		}
	}
	const thousands, most = 4, 8
	return digits > 0 && digits <= most && (words || digits >= thousands)
}

// placeField gives the field of a fact that is a place.
func placeField(fact string) string {
	switch fact {
	case "city", "state", "country":
		return fact
	}
	return ""
}

func fieldOf(fact string) string {
	if fact == "language" {
		return "languages"
	}
	return fact
}

// factsIn gives the facts that are asked for.
func (r *Reader) factsIn(d *text.Doc) (out []reading) {
	asked := r.facts.Asked(d)
	shifts := slices.ContainsFunc(asked, func(a facts.Asked) bool { return a.Fact == "shift" })
	hours := r.words.All(d)
	for _, a := range asked {
		noun := func(h hit) bool { return h.Value == nounList+"shift" && h.First <= a.First && a.First < h.End }
		if shifts && placeField(a.Fact) != "" && slices.ContainsFunc(hours, noun) {
			continue // "रात की पाली" is no town
		}
		rd := reading{first: a.First, end: a.End, fact: a.Fact, as: a.Fact + " " + a.Value}
		switch a.Fact {
		case "experience":
			rd.as = "experience " + yearsText(a.Experience)
			rd.term = indexer.Term{
				Bounds: indexer.Bounds{Experience: indexer.Span{Least: a.Experience.Min, Most: a.Experience.Max}},
				Weight: weightFact,
			}
		case "education":
			if namesDegree(d, &a) {
				continue
			}
			levels := enoughFor(a.Value)
			if rd.as = "education up to " + a.Value; levels[0] == a.Value {
				rd.as = "education " + a.Value
			}
			rd.term = indexer.Term{Values: map[string][]string{"education": levels}, Weight: weightText}
		default:
			weight := float64(weightFact)
			if placeField(a.Fact) != "" {
				weight = weightPlace
			}
			rd.term = indexer.Term{Values: map[string][]string{fieldOf(a.Fact): {a.Value}}, Weight: weight}
		}
		out = append(out, rd)
	}
	return out
}

// namesDegree reports a degree by its name in Latin letters: its words say more than
// its level.
func namesDegree(d *text.Doc, a *facts.Asked) bool {
	return len(enoughFor(a.Value)) == 1 && d.Slice(a.First, a.End)[0] < utf8.RuneSelf
}

func yearsText(e job.Experience) string {
	switch {
	case e.Min == nil && e.Max == nil:
		return ""
	case e.Max == nil:
		return fmt.Sprintf("%g+", *e.Min)
	case e.Min == nil:
		return fmt.Sprintf("up to %g", *e.Max)
	case *e.Min == *e.Max:
		return fmt.Sprintf("%g", *e.Min)
	}
	return fmt.Sprintf("%g-%g", *e.Min, *e.Max)
}

// enoughFor gives the levels of schooling that are enough for whoever has one. Whoever
// names a degree asks for work that needs it.
func enoughFor(level string) []string {
	i := slices.Index(job.EducationLevels, job.Education(level))
	if i > slices.Index(job.EducationLevels, job.EducationGraduate) || level == string(job.EducationDiploma) {
		return []string{level}
	}
	out := make([]string, i+1)
	for j := range out {
		out[j] = string(job.EducationLevels[j])
	}
	return out
}

// labelConcept begins the names of concepts that are labels.
const labelConcept = "label."

// conceptsIn gives what is asked for by any of its names.
func (r *Reader) conceptsIn(d *text.Doc) (out []reading) {
	for _, h := range append(r.concepts.All(d), r.means.All(d)...) {
		rd := reading{first: h.First, end: h.End, as: strings.ReplaceAll(h.Value, ".", " ")}
		if label, ok := strings.CutPrefix(h.Value, labelConcept); ok {
			rd.term = indexer.Term{Values: map[string][]string{"label": {strings.ToUpper(label)}}, Weight: weightText}
			out = append(out, rd)
			continue
		}
		rd.term = indexer.Term{Any: []indexer.Term{
			{Concept: h.Value, Part: "title", Weight: weightTitle}, {Concept: h.Value, Weight: weightText},
		}}
		out = append(out, rd)
	}
	return out
}
