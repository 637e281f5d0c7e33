package facts

import (
	"slices"

	"jobsieve/lexicon/phrase"
	"jobsieve/text"
)

// leastLinks is how many links make a footer.
const leastLinks = 3

// stretch is a piece of a text: bytes start up to but not including end.
type stretch struct{ start, end int }

// boilerplateIn gives the pieces of a text that say nothing about the job: a
// site's footer, statements of equal opportunity, warnings of fraud, how to
// apply.
func (w *words) boilerplateIn(d *text.Doc) []stretch {
	found := w.boilerplate.All(d)
	if len(found) == 0 {
		return nil
	}
	out := footers(d, found)
	sentences := w.sentencesOf(d)
	for _, f := range found {
		s := &sentences[d.Sentence(f.First)]
		if s.taken || f.Value == valueFooter {
			continue
		}
		if f.Value == valueNotice || !w.hasFigures(d, s) && !isForbidden(d, f) {
			s.taken = true
			piece := s.stretch
			if f.Value == valueApply { // "Must speak Hindi, send CV" says something before that
				piece.start = d.Tokens[f.First].Start
			}
			out = append(out, piece)
		}
	}
	return out
}

// isForbidden reports that somebody is told not to apply, which says who is not sought:
// "exp wale CV na bheje".
func isForbidden(d *text.Doc, f phrase.Hit[string]) bool {
	switch next(d, f.End-2) {
	case "na", "mat", "nahi", "न", "मत":
		return true
	}
	return d.Is(f.First-1, "not") || d.Is(f.First-1, "dont")
}

// footers gives the runs of footer links that are long enough.
func footers(d *text.Doc, found []phrase.Hit[string]) (out []stretch) {
	var links []phrase.Hit[string]
	for _, f := range found {
		if f.Value == valueFooter {
			links = append(links, f)
		}
	}
	// From the last link to the first, each continues the run of the next.
	counts, ends := make([]int, len(links)), make([]int, len(links))
	for i := len(links) - 1; i >= 0; i-- {
		counts[i], ends[i] = 1, links[i].End
		next := i + 1
		for next < len(links) && links[next].First < links[i].End {
			next++
		}
		if next < len(links) && !says(d, links[i].End, links[next].First) {
			counts[i], ends[i] = 1+counts[next], ends[next]
		}
	}
	end := 0 // of the run that was taken last
	for i, f := range links {
		if counts[i] >= leastLinks && ends[i] > end {
			end = ends[i]
			out = append(out, stretch{d.Tokens[f.First].Start, d.Tokens[end-1].End})
		}
	}
	return out
}

// says reports a word or a number among the tokens from i up to but not
// including j.
func says(d *text.Doc, i, j int) bool {
	for ; i < j; i++ {
		if d.Tokens[i].Kind == text.Word || d.Tokens[i].Kind == text.Number {
			return true
		}
	}
	return false
}

// sentence is one sentence of a text, without the sign that ends it.
type sentence struct {
	stretch
	first, last    int // tokens
	looked, figure bool
	taken          bool
}

// sentencesOf gives the sentences of a text by their numbers.
func (w *words) sentencesOf(d *text.Doc) []sentence {
	out := make([]sentence, d.Sentence(len(d.Tokens))+1)
	for i := range d.Tokens {
		t, s := &d.Tokens[i], &out[d.Sentence(i)]
		if t.Kind == text.Newline || t.Kind == text.Symbol && d.Stop(i) {
			continue
		}
		if s.end == 0 {
			s.start, s.first = t.Start, i
		}
		s.end, s.last = t.End, i
	}
	return out
}

// hasFigures reports that a sentence has a number, or one in words beside a unit of time.
func (w *words) hasFigures(d *text.Doc, s *sentence) bool {
	if !s.looked {
		s.looked = true
		s.figure = slices.ContainsFunc(d.Tokens[s.first:s.last+1], func(t text.Token) bool {
			return t.Kind == text.Number || w.unitYears[t.Norm] > 0
		})
	}
	return s.figure
}

// ResetWork makes d the document of s without its boilerplate: where that was,
// Text has spaces, so that all spans are those of s.
func (rd *Reader) ResetWork(d *text.Doc, s string) {
	d.Reset(s)
	spans := rd.boilerplateIn(d)
	if len(spans) == 0 {
		return
	}
	pieces := make([][2]int, len(spans))
	for i, sp := range spans {
		pieces[i] = [2]int{sp.start, sp.end}
	}
	d.Blank(pieces)
}
