package question

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"jobsieve/concept"
	"jobsieve/facts"
	"jobsieve/indexer"
	"jobsieve/job"
	"jobsieve/lexicon"
	"jobsieve/pay"
	"jobsieve/text"
)

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
		rd.term = indexer.Term{Any: inTitleOrText(indexer.Term{Concept: h.Value})}
		for _, words := range r.own[h.Value] {
			rd.term.Any = append(rd.term.Any, inTitleOrText(indexer.Term{Words: words})...)
		}
		out = append(out, rd)
	}
	return out
}

// inTitleOrText makes two choices of a term: in the title it counts more.
func inTitleOrText(t indexer.Term) []indexer.Term {
	title := t
	title.Part, title.Weight, t.Weight = "title", weightTitle, weightText
	return []indexer.Term{title, t}
}

// ownWords gives, by concept, the words that a lexicon has and the one by which documents
// are indexed lacks: these are looked for as words.
func ownWords(x *lexicon.Lexicon, c *concept.Reader) map[string][][]string {
	out := map[string][][]string{}
	if x == lexicon.Embedded() {
		return out
	}
	for _, l := range x.Lists() {
		if l.Kind != lexicon.Concepts {
			continue
		}
		indexed := concept.Standard().Words(l.Name)
		for _, entry := range c.Words(l.Name) {
			if slices.Contains(indexed, entry) {
				continue
			}
			for _, name := range indexer.PlainNames([]string{entry}) {
				out[l.Name] = append(out[l.Name], indexer.Words(name))
			}
		}
	}
	return out
}
