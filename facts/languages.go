package facts

import (
	"slices"

	"jobsieve/job"
	"jobsieve/lexicon/phrase"
	"jobsieve/text"
)

// askReach is how many tokens from a language the word that asks for it may be.
const askReach = 6

// longestList is the most languages of a list that are looked at for what is
// said of the whole.
const longestList = 12

// longestJoin is the most tokens between two languages of one list.
const longestJoin = 3

// languages reads the languages that are asked for.
func (r *reader) languages() []string {
	out := []string{}
	for _, f := range []job.Field{job.FieldTitle, job.FieldDescription, job.FieldSkills} {
		l := languageReader{d: r.docs(f), field: f, short: r.shortNames, listed: r.listedNames}
		l.hits = r.language.Hits(l.d)
		if !slices.ContainsFunc(l.hits, named) {
			continue
		}
		l.denies, l.before = r.denials.All(l.d), r.besideLanguage.Hits(l.d)
		for i, h := range l.hits {
			if !named(h) || !l.wanted(i) {
				continue
			}
			l.last = h
			if !slices.Contains(out, h.Value) {
				out = append(out, h.Value)
				r.note("language", h.Value, f, h.First, h.End)
			}
		}
	}
	return out
}

// named reports the name of a language; the other values are longer.
func named(h phrase.Hit[string]) bool { return len(h.Value) <= longestCode }

// hitAt reports a hit of a value that begins at token i.
func hitAt(hits []phrase.Hit[string], i int, value string) bool {
	return slices.ContainsFunc(phrase.Near(hits, i, i+1), func(h phrase.Hit[string]) bool {
		return h.First == i && h.Value == value
	})
}

// hitBefore reports a hit of a value that ends right before token i.
func hitBefore(hits []phrase.Hit[string], i int, value string) bool {
	return slices.ContainsFunc(phrase.Near(hits, i-1, i), func(h phrase.Hit[string]) bool {
		return h.End == i && h.Value == value
	})
}

// languageReader finds the languages that one text asks for.
type languageReader struct {
	d      *text.Doc
	field  job.Field
	hits   []phrase.Hit[string]
	denies []phrase.Hit[denial]
	before []phrase.Hit[string] // what makes something else of a language after it
	last   phrase.Hit[string]   // the language asked for last, from token 1 on, else nothing
	// Names that mean something else, too, and those of them that need another.
	short, listed map[string]bool
}

// wanted reports that the language of hit i is asked for.
func (l *languageReader) wanted(i int) bool {
	h := l.hits[i]
	if name := l.d.Tokens[h.First].Norm; (l.short[name] || l.listed[name]) && !l.closeBy(i) {
		return false
	}
	first, end := l.list(i)
	again := l.again(end)
	if !again && l.isElse(i, first, end) || l.denied(i) || l.wished(i) {
		return false
	}
	if l.field == job.FieldTitle && l.ofName(h) {
		return false
	}
	return l.field != job.FieldDescription || again || l.asked(first, end) || l.within(end) || l.stands(h, first, end)
}

// list gives the tokens of the list of languages that hit i is one of.
func (l *languageReader) list(i int) (first, end int) {
	first, end = l.hits[i].First, l.hits[i].End
	for j := i - 1; j >= max(0, i-longestList) && named(l.hits[j]) && inOneList(l.d, l.hits[j].End, first); j-- {
		first = l.hits[j].First
	}
	for _, o := range l.following(i) {
		if !named(o) || !inOneList(l.d, end, o.First) {
			break
		}
		end = o.End
	}
	return first, end
}

// closeBy reports a word that asks for the language of hit i, or another
// language, right beside it: "fluent Eng", "Hindi/Eng".
func (l *languageReader) closeBy(i int) bool {
	h := l.hits[i]
	listed := l.listed[l.d.Tokens[h.First].Norm]
	for _, o := range phrase.Near(l.hits, h.First-longestJoin, h.End+longestJoin) {
		from, to := min(h.End, o.End), max(h.First, o.First)
		switch {
		case o == h || !l.d.Unbroken(from, to):
		case named(o):
			if inOneList(l.d, from, to) {
				return true
			}
		case listed:
		case o.Value == valueAsked && l.touch(from, to):
			return true
		case o.Value == valueDemanded && from == to && !l.d.IsKind(h.First-1, text.Word):
			return true
		}
	}
	return false
}

// touch reports that there is nothing between two tokens but a colon or an "in":
// "Eng: fluent", "fluent in Eng".
func (l *languageReader) touch(i, j int) bool {
	return i == j || j == i+1 && (l.d.Is(i, ":") || l.d.Is(i, "-") || l.d.Is(i, "in"))
}

// following gives the hits after hit i that may be of one list with it.
func (l *languageReader) following(i int) []phrase.Hit[string] {
	return l.hits[i+1 : min(len(l.hits), i+1+longestList)]
}

// namedAt reports that a language is named from token i on.
func (l *languageReader) namedAt(i int) bool {
	return slices.ContainsFunc(phrase.Near(l.hits, i, i+1), named)
}

// inOneList reports that the tokens from i up to but not including j only join the
// items of a list.
func inOneList(d *text.Doc, i, j int) bool {
	if j < i || j-i > longestJoin || !d.Unbroken(i, j) {
		return false
	}
	for ; i < j; i++ {
		if t := &d.Tokens[i]; t.Kind != text.Symbol && !joinsLanguages(t.Norm) {
			return false
		}
	}
	return true
}

func joinsLanguages(norm string) bool {
	return eitherWord(norm) || slices.Contains([]string{
		"and", "n", "nd", "plus", "with", "to", "into", "aur", "evam", "se", "और", "एवं", "तथा", "व", "से", "प्लस",
	}, norm)
}

func eitherWord(norm string) bool {
	return slices.Contains([]string{"or", "ya", "या", "अथवा"}, norm)
}
