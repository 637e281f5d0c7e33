package million

import (
	"regexp"
	"strings"
	"unicode"

	"jobsieve/job"
)

// base is a posting that others are made from.
type base struct {
	posting job.Posting
	kind    string
	city    string
	told    told
}

// told is a description as its sentences, and what stands between them.
type told struct{ sentences, between []string }

// kind has what postings of one kind say: the sentences of their descriptions, and
// the titles of those without one.
type kind struct{ sentences, titles []string }

// fewSentences is how many sentences of a kind there must be to be taken from it; else
// they are taken from all of its source.
const fewSentences = 40

func baseOf(p *job.Posting) base {
	return base{posting: *p, kind: kindOf(p.Title), city: firstCity(p.Location), told: sentencesOf(p.Description)}
}

// kindOf is what a title calls the one who is wanted: mostly its last word.
func kindOf(title string) string {
	ends := func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsMark(r) }
	words := strings.FieldsFunc(strings.ToLower(title), ends)
	if len(words) == 0 {
		return ""
	}
	return words[len(words)-1]
}

// enter enters what a posting says under its kind and its source.
func (m *Maker) enter(b *base) {
	for _, name := range []string{"kind " + b.kind, "source " + b.posting.Source} {
		k := m.kinds[name]
		if k == nil {
			k = &kind{}
			m.kinds[name] = k
		}
		k.sentences = append(k.sentences, b.told.sentences...)
		if b.posting.Description == "" {
			k.titles = append(k.titles, b.posting.Title)
		}
	}
}

// breaks end sentences: a full stop, or a line, or a comma with a capital right after
// it, as some boards write lists.
var breaks = regexp.MustCompile(`[.!?।]+[,\s]+|\s*\n\s*|,\b`)

// sentencesOf takes a description apart.
func sentencesOf(description string) (t told) {
	from := 0
	for _, at := range breaks.FindAllStringIndex(description, -1) {
		rest := description[at[1]:]
		if rest == "" || description[at[0]] == ',' && !unicode.IsUpper(rune(rest[0])) {
			continue
		}
		if at[0] == from {
			continue
		}
		t.sentences = append(t.sentences, description[from:at[0]])
		t.between = append(t.between, description[at[0]:at[1]])
		from = at[1]
	}
	if from < len(description) {
		t.sentences, t.between = append(t.sentences, description[from:]), append(t.between, "")
	}
	return t
}

// The shares of the sentences of a description that are left out, replaced by another
// posting's of the kind, and put before the one that they follow.
const (
	dropped = 0.08
	swapped = 0.15
	moved   = 0.25
)

// told gives a description in other words: its sentences, some left out, some moved,
// some from others of its kind; with attempt more of these. That of a posting without
// one is empty.
func (m *Maker) told(b *base, attempt int) string {
	if len(b.told.sentences) == 0 {
		return ""
	}
	of := b.told
	sentences := make([]string, 0, len(of.sentences)+attempt)
	for _, s := range of.sentences {
		switch share := m.random.Float64(); {
		case share < dropped && len(of.sentences) > 1:
		case share < dropped+swapped:
			sentences = append(sentences, m.another(b))
		default:
			sentences = append(sentences, s)
		}
	}
	for range max(attempt, 1-len(sentences)) {
		sentences = append(sentences, m.another(b))
	}
	for i := 1; i < len(sentences); i++ {
		if m.random.Float64() < moved {
			sentences[i-1], sentences[i] = sentences[i], sentences[i-1]
		}
	}
	return joined(sentences, of.between)
}

// joined puts sentences together with what stood between those of a description.
func joined(sentences, between []string) string {
	var out strings.Builder
	for i, s := range sentences {
		out.WriteString(s)
		switch {
		case i == len(sentences)-1:
		case i < len(between) && between[i] != "":
			out.WriteString(between[i])
		default:
			out.WriteString(". ")
		}
	}
	return out.String()
}

// another gives a sentence of another posting of the kind.
func (m *Maker) another(b *base) string {
	from := m.kinds["kind "+b.kind].sentences
	if len(from) < fewSentences {
		from = m.kinds["source "+b.posting.Source].sentences
	}
	return from[m.random.IntN(len(from))]
}

// otherTitles is the share of postings without a description that take their title
// from another one of their kind.
const otherTitles = 0.3

func (m *Maker) title(b *base) string {
	titles := m.kinds["kind "+b.kind].titles
	if b.posting.Description != "" || m.random.Float64() >= otherTitles {
		return b.posting.Title
	}
	return titles[m.random.IntN(len(titles))]
}

// names are what stands for the employer and the city of a posting in its texts, each
// with what takes its place.
func (b *base) names(employer, city string) (pairs []string) {
	const shortest = 5 // shorter names are parts of words
	if len(b.posting.Company) >= shortest {
		pairs = append(pairs, b.posting.Company, employer)
	}
	if b.city != "" && city != "" {
		pairs = append(pairs, b.city, city)
	}
	return pairs
}

// shuffled gives a list with commas in another order.
func (m *Maker) shuffled(list string) string {
	parts := strings.Split(list, ",")
	m.random.Shuffle(len(parts), func(i, j int) { parts[i], parts[j] = parts[j], parts[i] })
	return strings.Join(parts, ",")
}
