package indexer

import (
	"slices"
	"strings"

	"jobsieve/concept"
	"jobsieve/text"
)

// HighlightFields are the fields in which matches are shown.
var HighlightFields = []string{"title", "company", "location", "skills", "description"}

// TextOf gives the text of a field that is searched.
func (d *Document) TextOf(field string) string {
	switch field {
	case "title":
		return d.Title
	case "company":
		return d.Company
	case "location":
		return d.Location
	case "skills":
		return d.Skills
	case "description":
		return d.Description
	}
	return ""
}

// SearchTexts are the texts of a document as an index searches them.
type SearchTexts struct {
	// Words and Stems are those of each of HighlightFields.
	Words, Stems []string
	// Parts are the stems of Parts, each with its part.
	Parts string
	// Concepts are those of all texts, TitleConcepts those of the title.
	Concepts, TitleConcepts []string
}

// SearchTexts makes the texts that are searched.
func (d *Document) SearchTexts(stem func(string) string) SearchTexts {
	var t SearchTexts
	var parts []string
	doc := new(text.Doc)
	for _, field := range HighlightFields {
		doc.Reset(d.TextOf(field))
		words := wordsOf(doc)
		stems := make([]string, len(words))
		for i := range words {
			stems[i] = stem(words[i])
			if slices.Contains(Parts, field) {
				parts = append(parts, PartWord(field, stems[i]))
			}
		}
		t.Words, t.Stems = append(t.Words, strings.Join(words, " ")), append(t.Stems, strings.Join(stems, " "))
		found := concept.Standard().Names(doc)
		t.Concepts = append(t.Concepts, found...)
		if field == HighlightFields[0] {
			t.TitleConcepts = found
		}
	}
	slices.Sort(t.Concepts)
	t.Concepts, t.Parts = slices.Compact(t.Concepts), strings.Join(parts, " ")
	return t
}

// PartWord is a word of a part of a document as an index holds it. The sign between
// them is one at which no index splits words.
func PartWord(part, word string) string { return part + "_" + word }

// The size of highlights: the most fragments of a field, and the bytes of
// text that one shows on each side of the first match.
const (
	maxFragments = 2
	fragmentSide = 80
)

// Highlight finds where the terms are in a document's texts. stem brings a
// word in normal form to what the index compares.
func Highlight(d *Document, terms []Term, stem func(string) string) map[string][]Fragment {
	out := map[string][]Fragment{}
	terms = shown(terms, nil)
	for _, field := range HighlightFields {
		doc := text.Parse(d.TextOf(field))
		spans := matches(doc, terms, stem)
		if len(spans) > 0 {
			out[field] = fragments(doc, spans)
		}
	}
	return out
}

// shown gives the terms of words among terms, and among those that these are made of.
func shown(terms, out []Term) []Term {
	for _, t := range terms {
		switch {
		case t.Not:
		case len(t.Words) > 0:
			out = append(out, t)
		default:
			out = shown(t.All, shown(t.Any, out))
		}
	}
	return out
}

// matches gives the byte spans of all that matches, in order.
func matches(doc *text.Doc, terms []Term, stem func(string) string) [][2]int {
	var words []int
	for i := range doc.Tokens {
		if IsWord(&doc.Tokens[i]) {
			words = append(words, i)
		}
	}
	var spans [][2]int
	for w := 0; w < len(words); w++ {
		if n := longestMatch(doc, words[w:], terms, stem); n > 0 {
			spans = append(spans, [2]int{doc.Tokens[words[w]].Start, doc.Tokens[words[w+n-1]].End})
			w += n - 1
		}
	}
	return spans
}

// longestMatch gives how many words the longest term that begins at the first
// of words has; 0 for none.
func longestMatch(doc *text.Doc, words []int, terms []Term, stem func(string) string) int {
	best := 0
	for _, t := range terms {
		if t.Not || len(t.Words) > len(words) || len(t.Words) <= best {
			continue
		}
		ok := true
		for i, w := range t.Words {
			have := doc.Tokens[words[i]].Norm
			if have != w && (len(t.Words) > 1 || stem(have) != stem(w)) {
				ok = false
				break
			}
		}
		if ok {
			best = len(t.Words)
		}
	}
	return best
}

// fragments cuts the text around the spans.
func fragments(doc *text.Doc, spans [][2]int) []Fragment {
	var out []Fragment
	for i := 0; i < len(spans) && len(out) < maxFragments; {
		from := cutBefore(doc, spans[i][0]-fragmentSide)
		to := cutAfter(doc, spans[i][1]+fragmentSide)
		f := Fragment{Text: doc.Text[from:to]}
		for i < len(spans) && spans[i][1] <= to {
			f.Spans = append(f.Spans, [2]int{spans[i][0] - from, spans[i][1] - from})
			i++
		}
		out = append(out, f)
	}
	return out
}

// cutBefore gives the start of the first token at or after byte at.
func cutBefore(doc *text.Doc, at int) int {
	if at <= 0 {
		return 0
	}
	for i := range doc.Tokens {
		if doc.Tokens[i].Start >= at {
			return doc.Tokens[i].Start
		}
	}
	return len(doc.Text)
}

// cutAfter gives the end of the last token that ends at or before byte at.
func cutAfter(doc *text.Doc, at int) int {
	if at >= len(doc.Text) {
		return len(doc.Text)
	}
	end := 0
	for i := range doc.Tokens {
		if doc.Tokens[i].End > at {
			break
		}
		end = doc.Tokens[i].End
	}
	return end
}
