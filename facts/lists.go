package facts

import (
	"maps"
	"slices"
	"strconv"
	"strings"

	"jobsieve/lexicon"
	"jobsieve/lexicon/phrase"
	"jobsieve/text"
)

// loader takes lists from a lexicon and gathers what is wrong.
type loader struct {
	x    *lexicon.Lexicon
	all  *phrase.Together
	errs []error
}

func (l *loader) entries(name string) []string {
	entries, err := l.x.Entries(name)
	if err != nil {
		l.errs = append(l.errs, err)
	}
	return entries
}

// values finds the lists whose names are prefix and a value.
func (l *loader) values(prefix string, values ...string) *phrase.Values[string] {
	lists := make([]string, len(values))
	for i, v := range values {
		lists[i] = prefix + v
	}
	return listsOf(l, values, lists)
}

// listsOf finds lists, each of which stands for a value.
func listsOf[V any](l *loader, values []V, lists []string) *phrase.Values[V] {
	patterns := make([][]string, len(lists))
	for i, list := range lists {
		patterns[i] = l.entries(list)
	}
	vs, err := phrase.AddTo(l.all, values, patterns)
	if err != nil {
		l.errs = append(l.errs, err)
	}
	return vs
}

// set gives the entries of a list in the form of phraseOf.
func (l *loader) set(name string) map[string]bool {
	out := map[string]bool{}
	for _, e := range l.entries(name) {
		d := text.Parse(e)
		out[phraseOf(d, 0, len(d.Tokens))] = true
	}
	return out
}

// numbers gives what words for numbers stand for: the ends of the names of their
// lists.
func (l *loader) numbers() map[string]float64 {
	out := map[string]float64{}
	for _, list := range l.x.Lists() {
		v, err := strconv.ParseFloat(strings.TrimPrefix(list.Name, "number-"), 64)
		if err != nil || !strings.HasPrefix(list.Name, "number-") {
			continue
		}
		for word := range l.set(list.Name) {
			out[word] = v
		}
	}
	return out
}

// valuesOf finds lists, each of which stands for a value.
func valuesOf[V any](l *loader, byList map[string]V) *phrase.Values[V] {
	lists := slices.Sorted(maps.Keys(byList))
	values := make([]V, len(lists))
	for i, list := range lists {
		values[i] = byList[list]
	}
	return listsOf(l, values, lists)
}

// tableOf gives the words of lists the values that these stand for.
func tableOf[V any](l *loader, byList map[string]V) *phrase.Table[V] {
	out := map[string]V{}
	for list, v := range byList {
		for word := range l.set(list) {
			out[word] = v
		}
	}
	return phrase.NewTable(out)
}

func names[T ~string](values []T) []string {
	out := make([]string, len(values))
	for i, v := range values {
		out[i] = string(v)
	}
	return out
}

// longestCode is the length of the longest codes of languages.
const longestCode = 3

// languageCodes gives the codes of the languages that a lexicon knows, in order.
func languageCodes(x *lexicon.Lexicon) []string {
	var out []string
	for _, l := range x.Lists() {
		code, ok := strings.CutPrefix(l.Name, "language-")
		if ok && len(code) <= longestCode {
			out = append(out, code)
		}
	}
	slices.Sort(out)
	return out
}
