package eval

import (
	"jobsieve/classifier/likeness"
	"jobsieve/job"
	"jobsieve/text"
)

// Linear is a multinomial logistic regression on TF-IDF words and pairs of words:
// what one gets from the labelled items alone, without rules.
type Linear struct{ model *likeness.Model }

// TrainLinear learns the labels of items, which must not be empty.
func TrainLinear(items []Item) *Linear {
	docs, want := make([][]string, len(items)), make([]string, len(items))
	for i := range items {
		docs[i], want[i] = terms(&items[i].Posting), string(items[i].Label)
	}
	return &Linear{likeness.Train(docs, 1, want)}
}

// Label gives the likeliest label of a posting.
func (m *Linear) Label(p *job.Posting) job.Label { return job.Label(m.model.Best(terms(p))) }

// terms gives the words of a posting and each two in a row; the title's are marked.
func terms(p *job.Posting) []string {
	out := appendTerms(nil, "title ", p.Title)
	out = appendTerms(out, "", p.Skills)
	return appendTerms(out, "", p.Description)
}

func appendTerms(out []string, mark, s string) []string {
	before := ""
	tokens := text.Parse(s).Tokens
	for i := range tokens {
		t := &tokens[i]
		if t.Kind != text.Word && t.Kind != text.Number {
			before = ""
			continue
		}
		out = append(out, mark+t.Norm)
		if before != "" {
			out = append(out, mark+before+" "+t.Norm)
		}
		before = t.Norm
	}
	return out
}
