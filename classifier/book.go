package classifier

import (
	"crypto/sha256"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"

	"go.yaml.in/yaml/v4"

	"jobsieve/classifier/likeness"
	"jobsieve/internal/strictyaml"
	"jobsieve/job"
	"jobsieve/lexicon"
)

// bookFile is one YAML file of a rule book.
type bookFile struct {
	Labels    []labelSpec    `yaml:"labels"`
	Criteria  []Criterion    `yaml:"criteria"`
	Lists     []lexicon.List `yaml:"lists"`
	Scoring   *scoring       `yaml:"scoring"`
	Context   *contextWords  `yaml:"context"`
	Rules     []ruleSpec     `yaml:"rules"`
	OtherWork []ruleSpec     `yaml:"other_work"`
	Disable   []string       `yaml:"disable"`
}

// ruleSpec is a rule as its file has it.
type ruleSpec struct {
	ID        string   `yaml:"id"`
	Criterion string   `yaml:"criterion"`
	Function  string   `yaml:"function"`
	In        []string `yaml:"in"`
	Any       []string `yaml:"any"`
	// All names lists of the lexicon, each a part: one term of each must stand in
	// one sentence, in any order. A part may name several: a | b.
	All []string `yaml:"all"`
	// But names lists of which no term may stand there.
	But []string `yaml:"but"`
	// Wanted says that in a description the words count only where a sentence
	// says who is wanted.
	Wanted bool `yaml:"wanted"`
	// Border says that a title with these words is a border title: it counts
	// little where the duties speak.
	Border bool       `yaml:"border"`
	Facts  *factTests `yaml:"facts"`
	// Trade says which kind of other work it is; rules of one trade count together.
	Trade      string   `yaml:"trade"`
	Weight     float64  `yaml:"weight"`
	Unless     []string `yaml:"unless"`
	Outsourced bool     `yaml:"outsourced"`
	// Leads says that in a title the rule's words name the work, and what else is
	// there is the object of that work: a recruiter of nurses, a guard at a BPO.
	Leads   bool      `yaml:"leads"`
	Comment string    `yaml:"comment"`
	Match   []example `yaml:"match"`
	NoMatch []example `yaml:"no_match"`

	file  *strictyaml.File
	at    []any // where in the file
	other bool  // stands under other_work
}

// example is a posting that a rule must match, or must not: a title alone, or
// a mapping of fields.
type example struct {
	Title       string `yaml:"title"`
	Experience  string `yaml:"experience"`
	Salary      string `yaml:"salary"`
	Skills      string `yaml:"skills"`
	Description string `yaml:"description"`
}

// UnmarshalYAML reads a text as a title.
func (e *example) UnmarshalYAML(n *yaml.Node) error {
	if n.Kind == yaml.ScalarNode {
		e.Title = n.Value
		return nil
	}
	type plain example
	return n.Load((*plain)(e), yaml.WithKnownFields())
}

func (e *example) posting() job.Posting {
	return job.Posting{Title: e.Title, Experience: e.Experience, Salary: e.Salary, Skills: e.Skills, Description: e.Description}
}

// layer is one folder of rule files.
type layer struct {
	name string
	fsys fs.FS
}

// spec is a whole rule book before it is compiled.
type spec struct {
	names
	lexicon *lexicon.Lexicon
	lists   []listFile
	scoring scoring
	context contextWords
	// contextFile is which file gave a list of the context, by its key.
	contextFile map[string]*strictyaml.File
	rules       []*ruleSpec
	faults      strictyaml.Faults
	hash        string
	own         bool // what is added comes from own files
}

// listFile is the word lists of one file.
type listFile struct {
	own   bool // laid over the embedded ones
	file  *strictyaml.File
	lists []lexicon.List
}

// readSpec reads layers of rule files, later ones over earlier ones: a rule
// with an id that exists already replaces it.
func readSpec(layers []layer) (*spec, error) {
	s := &spec{lexicon: lexicon.Embedded(), contextFile: map[string]*strictyaml.File{}}
	sum := sha256.New()
	fmt.Fprintf(sum, "lexicon %s\nwords %s\n", s.lexicon.Version(), likeness.Version())
	for i, l := range layers {
		s.own = i > 0
		names, err := fs.Glob(l.fsys, "*.yaml")
		if err != nil {
			return nil, fmt.Errorf("read rules: %w", err)
		}
		slices.Sort(names)
		for _, name := range names {
			data, err := fs.ReadFile(l.fsys, name)
			if err != nil {
				return nil, fmt.Errorf("read rules: %w", err)
			}
			fmt.Fprintf(sum, "%s %d\n", name, len(data))
			sum.Write(data)
			s.add(path.Join(l.name, name), data)
		}
		if len(names) == 0 {
			s.faults = append(s.faults, strictyaml.Fault{File: l.name, Message: "no rule files: expected at least one *.yaml here"})
		}
	}
	s.hash = fmt.Sprintf("%x", sum.Sum(nil))[:12]
	return s, nil
}

// add lays one file over what was read before.
func (s *spec) add(name string, data []byte) {
	scored, context := s.scoring.clone(), s.context
	b := bookFile{Scoring: &scored, Context: &context} // a file changes what it gives, and leaves the rest
	f := strictyaml.Read(name, data, &b)
	if b.Scoring != nil {
		s.scoring = *b.Scoring
		s.scoring.check(f)
	}
	if b.Context != nil {
		s.context = *b.Context
		s.noteContext(f)
	}
	s.names.add(f, &b)
	s.lexicon = s.lexicon.With(f, "", b.Lists)
	s.lists = append(s.lists, listFile{s.own, f, b.Lists})
	for i, id := range b.Disable {
		n := len(s.rules)
		s.rules = slices.DeleteFunc(s.rules, func(r *ruleSpec) bool { return r.ID == id })
		if len(s.rules) == n {
			f.Fault(fmt.Sprintf("no rule %q to disable", id), "disable", i)
		}
	}
	s.addRules(f, "rules", b.Rules)
	s.addRules(f, "other_work", b.OtherWork)
	s.faults = append(s.faults, f.Faults...)
}

func (s *spec) addRules(f *strictyaml.File, section string, rules []ruleSpec) {
	for i := range rules {
		r := &rules[i]
		r.file, r.at, r.other = f, []any{section, i}, section == "other_work"
		at := slices.IndexFunc(s.rules, func(o *ruleSpec) bool { return o.ID == r.ID })
		switch {
		case at >= 0 && s.rules[at].file == f:
			f.Fault(fmt.Sprintf("two rules have the id %q; give one of them another", r.ID), section, i, "id")
		case at >= 0:
			s.rules[at] = r
		default:
			s.rules = append(s.rules, r)
		}
	}
}

// fault notes what is wrong with a rule, at a key of it.
func (s *spec) fault(r *ruleSpec, message string, key ...any) {
	n := len(r.file.Faults)
	r.file.Fault(message, append(slices.Clone(r.at), key...)...)
	f := r.file.Faults[n]
	if r.ID != "" {
		f.Message = fmt.Sprintf("rule %s: %s", r.ID, f.Message)
	}
	s.faults = append(s.faults, f)
}

// check finds the faults of names, lists and every rule.
func (s *spec) check() {
	s.faults = append(s.faults, s.names.check()...)
	for _, l := range s.lists {
		n := len(l.file.Faults)
		s.lexicon.Check(l.file, l.lists)
		s.faults = append(s.faults, l.file.Faults[n:]...)
	}
	for _, r := range s.rules {
		s.checkNames(r)
		s.checkTests(r)
		if len(r.Match) == 0 {
			s.fault(r, "no case that it must match; add at least one under match", "match")
		}
		if len(r.NoMatch) == 0 {
			s.fault(r, "no case that it must not match; add at least one under no_match", "no_match")
		}
	}
}

func (s *spec) checkNames(r *ruleSpec) {
	if r.ID == "" {
		s.fault(r, "no id; give it a short name of its own, such as title-telecaller", "id")
	}
	if r.other {
		if r.Criterion != "" || r.Function != "" {
			s.fault(r, "other_work is named by no criterion and no function; move it to rules, or remove these keys", "criterion")
		}
		return
	}
	if r.Trade != "" {
		s.fault(r, "trade goes only with other_work", "trade")
	}
	c, ok := s.criterion(r.Criterion)
	if !ok {
		s.fault(r, fmt.Sprintf("unknown criterion %q; %s", r.Criterion, strictyaml.Expected(r.Criterion, s.criterionIDs())), "criterion")
		return
	}
	label, known := s.labels.Of(job.Function(r.Function))
	switch {
	case r.Function == "":
	case !known || label == job.Unclassified:
		s.fault(r, fmt.Sprintf("unknown function %q; %s", r.Function, strictyaml.Expected(r.Function, s.kinds())), "function")
	case label != c.Label && !c.Outsourced:
		s.fault(r, fmt.Sprintf("the function %s is %s, the criterion %s points to %s", r.Function, label, c.ID, c.Label), "function")
	}
	if r.Outsourced && !c.Outsourced {
		s.fault(r, "outsourced goes only with a criterion of outsourcing; "+c.ID+" is none", "outsourced")
	}
}

// kinds gives which ways to match the rule has.
func (r *ruleSpec) kinds() (out []string) {
	for kind, has := range map[string]bool{"any": len(r.Any) > 0, "all": len(r.All) > 0, "facts": r.Facts != nil} {
		if has {
			out = append(out, kind)
		}
	}
	return out
}

// textFields are the fields that phrases may match.
var textFields = []string{"title", "skills", "description"}

func (s *spec) checkTests(r *ruleSpec) {
	if kinds := r.kinds(); len(kinds) != 1 {
		s.fault(r, "expected one of: phrases under any, lists of words under all, facts", "any")
	}
	if len(r.All) == 0 && (len(r.But) > 0 || r.Wanted || r.Border) {
		s.fault(r, "but, wanted and border go only with lists of words under all", "all")
	}
	if len(r.All) > mostParts {
		s.fault(r, fmt.Sprintf("expected at most %d parts", mostParts), "all")
	}
	if r.Facts != nil {
		for _, f := range r.Facts.faults() {
			s.fault(r, f.message, "facts", f.key)
		}
	}
	for i, in := range r.In {
		if !slices.Contains(textFields, in) {
			s.fault(r, fmt.Sprintf("unknown field %q; expected %s", in, strings.Join(textFields, ", ")), "in", i)
		}
	}
	if r.Weight <= 0 || r.Weight > 5 {
		s.fault(r, "weight: expected a number above 0, at most 5", "weight")
	}
}
