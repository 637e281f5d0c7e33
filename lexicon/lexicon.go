// Package lexicon knows words by meaning: lists of words and phrases in
// English, Hindi and Hinglish, each with a name, a kind and a sentence that
// says what its words mean.
//
// The lists are YAML, embedded in the program; people's own lists are laid over
// them. Rules, the readers of facts and whatever else looks for words draw on
// them by name. A lexicon does not change: laying lists over it gives a new
// one.
package lexicon

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"go.yaml.in/yaml/v4"

	"jobsieve/internal/strictyaml"
	"jobsieve/lexicon/phrase"
)

// Kind says what sort of meaning a list has.
type Kind string

// The kinds of list. Heads, acts, objects and channels are what work is
// described with: who one is, what one does, to what, and over what.
const (
	Heads       Kind = "heads"       // names of people at work: telecaller, accountant
	Acts        Kind = "acts"        // what one does: answer, sell, type
	Objects     Kind = "objects"     // what it is done to: customers, claims, invoices
	Channels    Kind = "channels"    // over what: telephone, chat, e-mail
	Workplaces  Kind = "workplaces"  // where work is done: shop, ward, factory
	Conditions  Kind = "conditions"  // how it is done and who may do it
	Skills      Kind = "skills"      // what one must know
	Units       Kind = "units"       // what figures count
	Shifts      Kind = "shifts"      // working hours by name
	Times       Kind = "times"       // words beside clock hours and dates
	Modes       Kind = "modes"       // at home, at the office
	Places      Kind = "places"      // words beside the names of places
	Education   Kind = "education"   // levels of schooling, and words beside them
	Experience  Kind = "experience"  // words beside years of experience
	Openings    Kind = "openings"    // words beside a number of posts
	Languages   Kind = "languages"   // languages of people, and words beside them
	Pay         Kind = "pay"         // words beside amounts of money
	Benefits    Kind = "benefits"    // what comes with the pay
	Sentences   Kind = "sentences"   // what marks a sentence as being about something
	Denials     Kind = "denials"     // what takes something back
	Boilerplate Kind = "boilerplate" // what says nothing of the job
	Common      Kind = "common"      // words that are in very many postings
	Concepts    Kind = "concepts"    // what people ask for by any of its names
	Signals     Kind = "signals"     // what tells whether a posting can be trusted
)

// Kinds lists every kind, in the order of references.
var Kinds = []Kind{
	Heads, Acts, Objects, Channels, Workplaces, Conditions, Skills, Units, Shifts, Times, Modes, Places, Education,
	Experience, Openings, Languages, Pay, Benefits, Sentences, Denials, Boilerplate, Common, Concepts, Signals,
}

// List is the words of one meaning, as YAML has it. Its entries are patterns of
// package phrase; they may refer to other lists: <shop>.
type List struct {
	Name  string `yaml:"name"`
	Kind  Kind   `yaml:"kind"`
	Means string `yaml:"means"`
	// Add says that the entries join those of the list of that name, instead of
	// replacing them.
	Add      bool  `yaml:"add"`
	English  Words `yaml:"en"`
	Hindi    Words `yaml:"hi"`
	Hinglish Words `yaml:"hi-Latn"`
}

// Words are the entries of a list in one language: in YAML a list, or a text with
// commas between them, which is read faster and needs no quotes.
type Words []string

// UnmarshalYAML reads either form.
func (w *Words) UnmarshalYAML(n *yaml.Node) error {
	if n.Kind != yaml.ScalarNode || n.Tag == "!!null" {
		return n.Load((*[]string)(w), yaml.WithKnownFields())
	}
	*w = make(Words, 0, strings.Count(n.Value, ",")+1)
	for entry := range strings.SplitSeq(n.Value, ",") {
		if entry = strings.TrimSpace(entry); entry != "" {
			*w = append(*w, entry)
		}
	}
	return nil
}

// Entries gives the entries of all languages, in a slice of its own.
func (l *List) Entries() []string { return slices.Concat(l.English, l.Hindi, l.Hinglish) }

// Lexicon is lists by name. The zero value has none. It may be used by several
// goroutines.
type Lexicon struct {
	lists map[string]List
	hash  string
}

// Version identifies the embedded files that a lexicon was read from, without those
// of signals: readings do not rest on them.
func (x *Lexicon) Version() string { return x.hash }

// Lists gives every list, by kind and name.
func (x *Lexicon) Lists() []List {
	out := slices.Collect(maps.Values(x.lists))
	slices.SortFunc(out, func(a, b List) int {
		if a.Kind != b.Kind {
			return slices.Index(Kinds, a.Kind) - slices.Index(Kinds, b.Kind)
		}
		return strings.Compare(a.Name, b.Name)
	})
	return out
}

// Has reports whether there is a list of that name.
func (x *Lexicon) Has(name string) bool { _, ok := x.lists[name]; return ok }

// Entries gives the patterns of a list with the lists that they refer to
// written out. It fails where there is no such list, or one of those.
func (x *Lexicon) Entries(name string) ([]string, error) { return x.entries(name, nil) }

// entries is Entries within the lists that led here.
func (x *Lexicon) entries(name string, within []string) ([]string, error) {
	l, ok := x.lists[name]
	if !ok {
		return nil, x.unknown(name)
	}
	if slices.Contains(within, name) {
		return nil, fmt.Errorf("the list %s refers to itself: %s", name, strings.Join(append(within, name), " → "))
	}
	out := l.Entries()
	for i, e := range out {
		var err error
		if out[i], err = x.resolve(e, append(slices.Clip(within), name)); err != nil {
			return nil, err
		}
	}
	return out, nil
}

func (x *Lexicon) unknown(name string) error {
	if near := strictyaml.Nearest(name, slices.Collect(maps.Keys(x.lists))); near != "" {
		return fmt.Errorf("no list of words is called %q; did you mean <%s>?", name, near)
	}
	return fmt.Errorf("no list of words is called %q; docs/lexicon.md has them all", name)
}

// Resolve writes out the lists that a pattern refers to: "answer~ <calls>"
// becomes "answer~ (call|calls|ring)". It fails where there is no such list.
func (x *Lexicon) Resolve(pattern string) (string, error) { return x.resolve(pattern, nil) }

func (x *Lexicon) resolve(pattern string, within []string) (string, error) {
	if !strings.ContainsAny(pattern, "<>") {
		return pattern, nil
	}
	var b strings.Builder
	for rest := pattern; rest != ""; {
		plain, after, found := strings.Cut(rest, "<")
		name, next, closed := strings.Cut(after, ">")
		if found && !closed || strings.Contains(plain, ">") {
			return "", fmt.Errorf("pattern %q: a < without its >, or a > without its <", pattern)
		}
		b.WriteString(plain)
		if found {
			entries, err := x.entries(name, within)
			if err != nil {
				return "", err
			}
			b.WriteString("(" + strings.Join(entries, "|") + ")")
		}
		rest = next
	}
	return b.String(), nil
}

// With gives x with the lists of a file, which are under its key lists, laid
// over it; kind is that of lists that state none. Its faults are noted in f.
// What lists refer to is not looked at: see Check.
func (x *Lexicon) With(f *strictyaml.File, kind Kind, lists []List) *Lexicon {
	y := &Lexicon{lists: maps.Clone(x.lists), hash: x.hash}
	if y.lists == nil {
		y.lists = map[string]List{}
	}
	met := map[string]bool{}
	for i := range lists {
		l := lists[i]
		old, known := y.lists[l.Name]
		if l.Kind == "" {
			l.Kind = kind
		}
		if known {
			l.Kind, l.Means = orElse(l.Kind, old.Kind), orElse(l.Means, old.Means)
		}
		checkList(f, i, &l, known, met[l.Name])
		met[l.Name] = true
		if l.Add {
			l.English = slices.Concat(old.English, l.English)
			l.Hindi = slices.Concat(old.Hindi, l.Hindi)
			l.Hinglish = slices.Concat(old.Hinglish, l.Hinglish)
		}
		l.Add = false
		y.lists[l.Name] = l
	}
	return y
}

func orElse[T ~string](v, other T) T {
	if v == "" {
		return other
	}
	return v
}

// checkList notes the faults of one list.
func checkList(f *strictyaml.File, i int, l *List, known, twice bool) {
	fault := func(key, message string) { f.Fault(message, "lists", i, key) }
	switch {
	case !isName(l.Name):
		fault("name", fmt.Sprintf("expected a name of small letters, digits, - and ., got %q", l.Name))
	case twice:
		fault("name", fmt.Sprintf("two lists are called %s; join them", l.Name))
	case l.Add && !known:
		fault("add", fmt.Sprintf("there is no list %s to add to; leave add out", l.Name))
	}
	if !slices.Contains(Kinds, l.Kind) {
		fault("kind", "unknown kind; "+strictyaml.Expected(string(l.Kind), kindNames()))
	}
	if l.Means == "" {
		fault("means", "say in a sentence what the words mean")
	}
	if len(l.English)+len(l.Hindi)+len(l.Hinglish) == 0 {
		fault("en", "no words; expected some under en, hi or hi-Latn")
	}
}

func isName(s string) bool {
	return s != "" && strings.Trim(s, "abcdefghijklmnopqrstuvwxyz0123456789-.") == ""
}

func kindNames() []string {
	out := make([]string, len(Kinds))
	for i, k := range Kinds {
		out[i] = string(k)
	}
	return out
}

// Check notes what is wrong with the entries of a file's lists: their form, and
// the lists that they refer to. x is the lexicon with these lists, and with all
// those of other files that go with it.
func (x *Lexicon) Check(f *strictyaml.File, lists []List) {
	for i := range lists {
		l := &lists[i]
		for _, part := range []struct {
			language string
			entries  []string
		}{{"en", l.English}, {"hi", l.Hindi}, {"hi-Latn", l.Hinglish}} {
			for j, e := range part.entries {
				pattern, err := x.resolve(e, []string{l.Name})
				if err == nil {
					err = phrase.Check(pattern)
				}
				if err != nil {
					f.Fault(err.Error(), "lists", i, part.language, j)
				}
			}
		}
	}
}
