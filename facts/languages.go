package facts

import (
	"slices"
	"strings"

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

// stands reports that the languages of tokens first up to but not including end, of which h
// is one, are asked for by how they stand in their sentence.
func (l *languageReader) stands(h phrase.Hit[string], first, end int) bool {
	return l.fromTo(first, end) || l.alone(h) || l.paired(first) || l.serves(first, end)
}

// paired reports that another language was asked for in the same way before the one at token
// first: "in Assamese with chemists and in English with doctors".
func (l *languageReader) paired(first int) bool {
	const reach = 8
	in := first - 1
	if !l.d.Is(in, "in") || !l.d.Is(l.last.First-1, "in") || first-l.last.End > reach || l.last.End >= in {
		return false
	}
	return l.d.Unbroken(l.last.End, first) && (joinsLanguages(l.d.Tokens[in-1].Norm) || l.d.Is(in-1, ","))
}

// serves reports that a sentence begins with the languages of tokens first up to but not
// including end and says what they are for: "Hindi or English to run a team".
func (l *languageReader) serves(first, end int) bool {
	if first > 0 && !l.d.Stop(first-1) && !l.heads(first-1) || !l.d.IsKind(end+1, text.Word) {
		return false
	}
	return l.d.Is(end, "to") || l.d.Is(end, "for") && strings.HasSuffix(l.d.Tokens[end+1].Norm, "ing")
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

// again reports words after the list of languages that ends before token end, which ask for
// them without naming them: "Hindi and Urdu proofs, so a command of both is needed".
func (l *languageReader) again(end int) bool {
	const reach = 14
	others := false
	for _, o := range phrase.Near(l.hits, end, end+reach) {
		switch {
		case o.First < end:
		case named(o):
			others = true
		case o.Value == valueAgainAll, o.Value == valueAgain && !others:
			return l.d.Unbroken(end, o.First)
		}
	}
	return false
}

// fromTo reports that what is in one language is put into another in the list of tokens first up
// to but not including end: "from Japanese to English", "हिंदी से अंग्रेजी में".
func (l *languageReader) fromTo(first, end int) bool {
	for i := first; i < end; i++ {
		switch l.d.Tokens[i].Norm {
		case "to", "into":
			return l.d.Is(first-1, "from")
		case "se", "से":
			return true
		}
	}
	return false
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

// isElse reports that what is named in the list of hit i, which is of tokens first up
// to but not including end, is a subject, a market, a kitchen: "English medium", "B.A.
// English", "customers speak Tamil".
func (l *languageReader) isElse(i, first, end int) bool {
	near := phrase.Near(l.before, first-longestJoin, end+longestJoin)
	if l.describes(end) || l.dishes(near, first, end) {
		return true
	}
	const signs = 2 // "M.A. (Hindi)"
	for _, o := range near {
		switch {
		case o.First >= first || o.End < first-signs:
			continue
		case o.Value == valueOthers && o.End == first && copulaAt(near, end):
			return true // "supervisor Tamil hai"
		case o.Value == valueOthers, o.Value == valueCopula, o.Value == valueSpeak && !l.byOthers(o):
			continue
		}
		// A point after a short word ends no sentence: "B.A. English".
		subject := o.Value == valueNotAsked && len(l.d.Tokens[o.End-1].Norm) <= signs
		if l.signs(o.End, first, subject) {
			return subject || o.End == first || !l.askedNext(l.hits[i].End) // "Chef (Hindi speaking)"
		}
	}
	return false
}

// describes reports a word from token end on that a language before it describes:
// "English medium", "Portuguese-era".
func (l *languageReader) describes(end int) bool {
	hyphen := l.d.Is(end, "-") && l.d.Tokens[end].Glued
	next := phrase.Near(l.hits, end, end+2)
	for _, o := range next {
		if o.Value == valueOther && (o.First == end || hyphen && o.First == end+1) {
			return true
		}
	}
	joined := hyphen && l.field == job.FieldDescription && l.d.IsKind(end+1, text.Word)
	return joined && l.d.Tokens[end+1].Glued && len(next) == 0
}

// dishes reports a way of cooking, near the languages of tokens first up to but not including
// end and in one list with them: "Chinese and Tandoor".
func (l *languageReader) dishes(near []phrase.Hit[string], first, end int) bool {
	return slices.ContainsFunc(near, func(o phrase.Hit[string]) bool {
		return o.Value == valueDishes &&
			(o.End < first && inOneList(l.d, o.End, first) || o.First > end && inOneList(l.d, end, o.First))
	})
}

// copulaAt reports a "hai" at token i.
func copulaAt(near []phrase.Hit[string], i int) bool {
	return slices.ContainsFunc(near, func(o phrase.Hit[string]) bool { return o.First == i && o.Value == valueCopula })
}

// signs reports that from token i up to but not including end there are only signs that
// end nothing, or with points those that end a short form.
func (l *languageReader) signs(i, end int, points bool) bool {
	for ; i < end; i++ {
		if !l.d.IsKind(i, text.Symbol) || l.d.Is(i, ",") || !points && l.d.Stop(i) {
			return false
		}
	}
	return i == end
}

// byOthers reports that others do what is said: "our guests talk in".
func (l *languageReader) byOthers(o phrase.Hit[string]) bool {
	const longest = 3
	return slices.ContainsFunc(phrase.Near(l.before, o.First-longest, o.First), func(p phrase.Hit[string]) bool {
		return p.Value == valueOthers && p.End == o.First
	})
}

// askedNext reports a word right at token i that asks for the language before it.
func (l *languageReader) askedNext(i int) bool {
	return slices.ContainsFunc(phrase.Near(l.hits, i, i+1), func(o phrase.Hit[string]) bool {
		return o.First == i && o.Value == valueAsked
	})
}

// ofName reports a title's language that begins the name of where the work is, after
// work that needs no language: "Guard - Japanese Garden".
func (l *languageReader) ofName(h phrase.Hit[string]) bool {
	if !l.d.Is(h.First-1, "-") && !l.d.Is(h.First-1, "at") || !l.d.IsKind(h.End, text.Word) {
		return false
	}
	return !slices.ContainsFunc(l.hits, func(o phrase.Hit[string]) bool { return o != h && o.Value != valueOther })
}

// asked reports a word that asks for a language near the list of tokens first up to
// but not including end, in the same sentence.
func (l *languageReader) asked(first, end int) bool {
	in := l.d.Is(first-1, "in") || l.d.Is(first-2, "in")
	for _, o := range phrase.Near(l.hits, first-askReach, end+askReach) {
		if !l.d.Unbroken(min(end, o.End), max(first, o.First)) {
			continue
		}
		switch o.Value {
		case valueAsked, valueDemanded, valueAgain, valueAgainAll:
			return true
		case valueWork, valueDoing:
			const near = 2
			after := o.Value == valueWork && o.First >= end && o.First-end <= near
			if after || in && o.End < first && !l.byOthers(o) {
				return true
			}
		case valueUsable:
			if o.End == first {
				return true
			}
		}
	}
	return false
}

// within reports that something is to be done in the language that ends before token
// end: "मैथिली में योजना समझा सके".
func (l *languageReader) within(end int) bool {
	const reach = 12
	near := phrase.Near(l.hits, end, end+reach)
	if !slices.ContainsFunc(near, func(o phrase.Hit[string]) bool { return o.First == end && o.Value == valueWithin }) {
		return false
	}
	return slices.ContainsFunc(near, func(o phrase.Hit[string]) bool {
		return o.First > end && o.Value == valueAble && l.d.Unbroken(end, o.First)
	})
}

// namedAt reports that a language is named from token i on.
func (l *languageReader) namedAt(i int) bool {
	return slices.ContainsFunc(phrase.Near(l.hits, i, i+1), named)
}

// denied reports that the language of hit i is denied, or the last of a list of which it
// is one: "Telugu, Tamil or Kannada not needed".
func (l *languageReader) denied(i int) bool {
	h := l.hits[i]
	if denied(l.d, l.denies, h.First, h.End) {
		return true
	}
	if answer := h.End + 1; l.d.Is(h.End, "?") && len(phrase.Near(l.denies, answer, answer+1)) > 0 {
		return true // "English? No need."
	}
	if l.deniedAfter(h.End) {
		return true
	}
	either := false
	for _, o := range l.following(i) {
		if !named(o) || !inOneList(l.d, h.End, o.First) {
			break
		}
		either = eitherWord(next(l.d, o.First-1))
		h = o
	}
	return either && denied(l.d, l.denies, h.First, h.End)
}

// deniedAfter reports a denial as a clause of its own soon after token end: "English avg ok,
// not compulsory".
func (l *languageReader) deniedAfter(end int) bool {
	const reach = 5
	for _, o := range phrase.Near(l.denies, end+1, end+reach) {
		if o.Value == deniesBefore && l.d.Is(o.First-1, ",") && closes(l.d, o.End) && l.d.Unbroken(end, o.First) {
			return !slices.ContainsFunc(phrase.Near(l.hits, end, o.First), named)
		}
	}
	return false
}

// wished reports a word after the language of hit i, in its clause, that makes
// it a wish, unless it is about another language: "Hindi is a must and Tamil
// preferred".
func (l *languageReader) wished(i int) bool {
	end := l.hits[i].End
	for _, o := range l.following(i) {
		switch {
		case o.First-end > askReach || !clause(l.d, end, o.First) || o.Value == valueDemanded:
			return false
		case o.Value == valueWished && !(l.d.Is(o.First, "plus") && l.namedAt(o.End)):
			return true
		case named(o):
			end = o.End
		}
	}
	return false
}

// alone reports a sentence, or what follows a colon or a dash in it, of nothing but
// languages: "Tamil and English.", "Clerk: Tamil."
func (l *languageReader) alone(h phrase.Hit[string]) bool {
	const most = 8
	i := h.First - 1
	for ; i >= 0 && !l.d.Stop(i) && !l.heads(i); i-- {
		if h.First-i > most || !l.inList(i) {
			return false
		}
	}
	headed := l.d.Is(i, ",")
	for i = h.End; i < len(l.d.Tokens) && !l.d.Stop(i); i++ {
		if headed && l.d.Is(i, ",") && !l.namedAt(i+1) {
			return true // "Executive, Kannada + English, night shift."
		}
		if i-h.End >= most || !l.inList(i) {
			return false
		}
	}
	return true
}

// inList reports that token i may be in a list of languages.
func (l *languageReader) inList(i int) bool {
	return l.d.IsKind(i, text.Symbol) || joinsLanguages(l.d.Tokens[i].Norm) || l.namedAt(i)
}

// heads reports a colon or a dash at token i with a word before it that makes nothing
// else of a language: "Clerk: Tamil", but not "Medium: Tamil".
func (l *languageReader) heads(i int) bool {
	last := i // "Telecaller, Hindi and English.", "Guide French and English."
	if l.d.Is(i, ",") {
		last--
	}
	if slices.ContainsFunc(phrase.Near(l.hits, last, last+1), func(o phrase.Hit[string]) bool {
		return o.Value == valueWork && o.End == last+1
	}) {
		return true
	}
	if !l.d.Is(i, ":") && (!l.d.Is(i, "-") || l.d.Tokens[i].Glued) {
		return false
	}
	return !slices.ContainsFunc(phrase.Near(l.hits, i-1, i), func(o phrase.Hit[string]) bool {
		return o.Value == valueOther
	})
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
		"and", "n", "nd", "plus", "with", "to", "into", "aur", "evam", "se", "और", "एवं", "तथा", "व", "से",
	}, norm)
}

func eitherWord(norm string) bool {
	return slices.Contains([]string{"or", "ya", "या", "अथवा"}, norm)
}
