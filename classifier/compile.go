package classifier

import (
	"embed"
	"fmt"
	"io/fs"
	"os"
	"slices"

	"jobsieve/classifier/likeness"
	"jobsieve/job"
	"jobsieve/lexicon"
	"jobsieve/lexicon/phrase"
)

//go:embed rules/*.yaml
var embedded embed.FS

// DefaultRules is the rule book that comes with the program.
func DefaultRules() fs.FS {
	sub, err := fs.Sub(embedded, "rules")
	if err != nil {
		panic(err) // the folder is embedded
	}
	return sub
}

// rule is a rule ready to match.
type rule struct {
	spec      *ruleSpec
	criterion Criterion
	label     job.Label // Unclassified for other work
	function  job.Function
	fields    map[job.Field]bool
	facts     *factTests
	all       *combination
	// work is the number of the function, or of the trade of other work; -1 for a
	// condition.
	work int
}

// names reports whether the rule names a kind of work.
func (r *rule) names() bool { return r.function != "" || r.spec.other }

// roles that a phrase may have in the common trie, besides rules.
const (
	roleEmployer = -1 - iota
	roleAbout
	roleWork
	roleRequirement
	roleBackground
	roleNotBefore
	roleNotAfter
	roleOthers
	roleWanted
	roleSeldom
	roleApply
	roleHalves
	roleNeeds
	roleWhether
	roleAside
	roleUnless // and below: one number for each unless phrase; see Classifier.taken
)

// Classifier gives verdicts by one rule book. It may be used by several
// goroutines.
type Classifier struct {
	names   names
	lexicon *lexicon.Lexicon
	scoring scoring
	rules   []rule
	// phrases holds those of the rules and of the context; unless holds those that take a
	// rule back in their sentence, and taken gives the rule of each of these.
	phrases, unless *phrase.Set
	taken           []int
	meanings        *meanings
	byField         map[job.Field]*fieldRules
	// works are the functions of all labels and the trades of other work, by number;
	// sides are the labels with theirs, other work first.
	works []job.Function
	sides []workSide
	// learnt are the words of labelled postings; learntOf gives the number that
	// each side has there, learntAs that of each of the works; -1 for none.
	learnt             *likeness.Index
	learntOf, learntAs []int
	common             *phrase.Table[float64] // the share that common words count
	joins              *phrase.Table[join]
	// facts are the rules that test facts.
	facts   []int
	version string
	// own are the lists of own files.
	own []ListUse
}

// New compiles the embedded rule book, with the rules of the folder dir laid
// over it unless dir is empty. Its error is strictyaml.Faults where rules have
// faults: all of them, each with file and line.
func New(dir string) (*Classifier, error) {
	layers, err := layersOf(dir)
	if err != nil {
		return nil, err
	}
	return compileLayers(layers)
}

func layersOf(dir string) ([]layer, error) {
	layers := []layer{{name: "rules", fsys: DefaultRules()}}
	if dir != "" {
		if _, err := os.Stat(dir); err != nil {
			return nil, fmt.Errorf("rules: %w", err)
		}
		layers = append(layers, layer{name: dir, fsys: os.DirFS(dir)})
	}
	return layers, nil
}

func compileLayers(layers []layer) (*Classifier, error) {
	s, err := readSpec(layers)
	if err != nil {
		return nil, err
	}
	s.check()
	c := s.compile()
	s.checkOpposed()
	if len(s.faults) > 0 {
		s.faults.Sort()
		return nil, s.faults
	}
	c.learn()
	c.version, c.own = s.hash, s.ownLists()
	return c, nil
}

// Version names the rule book: the beginning of a hash of its files.
func (c *Classifier) Version() string { return c.version }

// Lexicon is the words that the rule book draws on: those of the program, with
// the lists of its files laid over them.
func (c *Classifier) Lexicon() *lexicon.Lexicon { return c.lexicon }

// addPhrase adds a phrase to the common trie, with the lists of words that it
// refers to written out.
func (s *spec) addPhrase(c *Classifier, pattern string, value int) error {
	resolved, err := s.lexicon.Resolve(pattern)
	if err != nil {
		return err
	}
	return c.phrases.Add(resolved, value)
}

func (s *spec) compile() *Classifier {
	c := &Classifier{names: s.names, lexicon: s.lexicon, scoring: s.scoring, phrases: phrase.NewSet()}
	c.numberLabels()
	c.joins = phrase.NewTable(s.joins())
	s.compileContext(c)
	for _, spec := range s.rules {
		i := len(c.rules)
		r := s.newRule(spec)
		for j, p := range spec.Any {
			if err := s.addPhrase(c, p, i); err != nil {
				s.fault(spec, err.Error(), "any", j)
			}
		}
		for j, p := range spec.Unless {
			if err := s.addPhrase(c, p, roleUnless-len(c.taken)); err != nil {
				s.fault(spec, err.Error(), "unless", j)
			}
			c.taken = append(c.taken, i)
		}
		if r.facts != nil {
			c.facts = append(c.facts, i)
		}
		c.rules = append(c.rules, r)
		c.number(&c.rules[i])
	}
	takes := func(value int) bool { return value <= roleUnless }
	c.phrases, c.unless = c.phrases.Split(takes)
	c.byField = map[job.Field]*fieldRules{}
	for _, f := range Fields {
		c.byField[f] = c.rulesFor(f)
	}
	s.compileMeanings(c)
	return c
}

// fieldRules says of each rule what it does with one field.
type fieldRules struct {
	looked []bool // it looks there for its phrases
	named  []bool // what it finds there names a kind of work
}

func (c *Classifier) rulesFor(f job.Field) *fieldRules {
	of := &fieldRules{make([]bool, len(c.rules)), make([]bool, len(c.rules))}
	for i := range c.rules {
		r := &c.rules[i]
		of.looked[i], of.named[i] = r.fields[f], r.fields[f] && r.names()
	}
	return of
}

func (s *spec) newRule(spec *ruleSpec) rule {
	r := rule{spec: spec, label: job.Unclassified, fields: map[job.Field]bool{}, facts: spec.Facts}
	if !spec.other {
		r.criterion, _ = s.criterion(spec.Criterion)
		r.label = r.criterion.Label
		r.function = job.Function(spec.Function)
		if l, ok := s.labels.Of(r.function); ok {
			r.label = l
		}
	}
	in := spec.In
	if len(in) == 0 {
		in = textFields
	}
	for _, f := range in {
		r.fields[job.Field(f)] = true
	}
	return r
}

// checkOpposed refuses the same phrase, on the same field and under the same
// conditions, for opposite labels.
func (s *spec) checkOpposed() {
	type use struct {
		phrase, field string
	}
	first := map[use]*ruleSpec{}
	labelOf := func(r *ruleSpec) job.Label { return s.newRule(r).label }
	for _, r := range s.rules {
		in := r.In
		if len(in) == 0 {
			in = textFields
		}
		for j, p := range r.Any {
			for _, f := range in {
				u := use{p, f}
				o := first[u]
				switch {
				case o == nil:
					first[u] = r
				case slices.Equal(o.Unless, r.Unless) && labelOf(o) != labelOf(r):
					s.fault(r, fmt.Sprintf("the phrase %q in %s already speaks for %s in rule %s", p, f, labelOf(o), o.ID), "any", j)
				}
			}
		}
	}
}

// workSide is a label with the numbers of its kinds of work.
type workSide struct {
	label job.Label // Unclassified for other work
	works []int
}

// numberLabels gives the functions of all labels numbers.
func (c *Classifier) numberLabels() {
	c.sides = []workSide{{label: job.Unclassified}}
	for i := range c.names.labels {
		l := &c.names.labels[i]
		if l.Label == job.Unclassified {
			continue
		}
		side := workSide{label: l.Label}
		for _, f := range l.Functions {
			side.works = append(side.works, len(c.works))
			c.works = append(c.works, f)
		}
		c.sides = append(c.sides, side)
	}
}

// number gives a rule the number of its kind of work.
func (c *Classifier) number(r *rule) {
	name := r.function
	if r.spec.other {
		name = job.Function("other " + r.spec.Trade)
	}
	r.work = -1
	if name == "" {
		return
	}
	if r.work = slices.Index(c.works, name); r.work < 0 {
		r.work = len(c.works)
		c.works = append(c.works, name)
		c.sides[0].works = append(c.sides[0].works, r.work)
	}
}
