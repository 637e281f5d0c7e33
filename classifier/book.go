package classifier

import (
	"crypto/sha256"
	"fmt"
	"io/fs"
	"maps"
	"path"
	"slices"
	"strings"

	"go.yaml.in/yaml/v4"

	"jobsieve/internal/strictyaml"
	"jobsieve/job"
)

// bookFile is one YAML file of a rule book.
type bookFile struct {
	Scoring   *scoring      `yaml:"scoring"`
	Context   *contextWords `yaml:"context"`
	Rules     []ruleSpec    `yaml:"rules"`
	OtherWork []ruleSpec    `yaml:"other_work"`
	Disable   []string      `yaml:"disable"`
}

// scoring holds the numbers that turn matches into a verdict.
type scoring struct {
	// Fields gives how much a match counts by where it stands.
	Fields map[string]float64 `yaml:"fields"`
	// Caps gives the most that all matches of one function may count, by
	// field.
	Caps map[string]float64 `yaml:"caps"`
	// Neither is what speaks for UNCLASSIFIED from the start.
	Neither float64 `yaml:"neither"`
	// Conditions is the most that all conditions of a label may count.
	Conditions float64 `yaml:"conditions"`
	// Requirement is the share that a match counts in a sentence about what
	// the applicant should bring.
	Requirement float64 `yaml:"requirement"`
	// Untitled speaks for UNCLASSIFIED besides, where the title names no work.
	Untitled float64 `yaml:"untitled"`
	// Led is the share that a match in a title counts beside a rule that leads.
	Led float64 `yaml:"led"`
	// Unborne is the share that a title counts for a function that the duties
	// do not speak of, where they speak of others.
	Unborne float64 `yaml:"unborne"`
	// Mixed is the share of the stronger label's functions from which on the
	// weaker one's make the work mixed; then the conditions settle it, if those
	// of one label weigh Settles more than those of the other.
	Mixed   float64 `yaml:"mixed"`
	Settles float64 `yaml:"settles"`
	// Silent is how often the skills count where the title names no work.
	Silent float64 `yaml:"silent"`
	// Repeats gives the share that the first, second, … match of one rule in
	// one field counts.
	Repeats []float64 `yaml:"repeats"`
	// Score and Margin are the least that a label needs.
	Score  float64 `yaml:"score"`
	Margin float64 `yaml:"margin"`
}

// clone gives scoring that can be changed alone.
func (sc scoring) clone() scoring {
	sc.Fields, sc.Caps, sc.Repeats = maps.Clone(sc.Fields), maps.Clone(sc.Caps), slices.Clone(sc.Repeats)
	return sc
}

// mostPoints is the most that a number of the scoring may be.
const mostPoints = 1000

// check finds the numbers that a file gives which can't be meant.
func (sc *scoring) check(f *strictyaml.File) {
	number := func(v float64, key ...any) {
		if at := append([]any{"scoring"}, key...); f.Tag(at...) != "" && !(v >= 0 && v <= mostPoints) {
			f.Fault(fmt.Sprintf("expected a number from 0 to %d, got %v", mostPoints, v), at...)
		}
	}
	for key, v := range map[string]float64{
		"neither": sc.Neither, "conditions": sc.Conditions, "requirement": sc.Requirement, "untitled": sc.Untitled,
		"led": sc.Led, "unborne": sc.Unborne,
		"mixed": sc.Mixed, "settles": sc.Settles, "silent": sc.Silent, "score": sc.Score, "margin": sc.Margin,
	} {
		number(v, key)
	}
	for part, byField := range map[string]map[string]float64{"fields": sc.Fields, "caps": sc.Caps} {
		for field, v := range byField {
			number(v, part, field)
			if names := fieldNames(); !slices.Contains(names, field) && f.Tag("scoring", part, field) != "" {
				f.Fault("unknown field; "+strictyaml.Expected(field, names), "scoring", part, field)
			}
		}
	}
	for i, v := range sc.Repeats {
		number(v, "repeats", i)
	}
	if len(sc.Repeats) == 0 && f.Tag("scoring", "repeats") != "" {
		f.Fault("expected at least one number: how much the first match of a rule counts", "scoring", "repeats")
	}
}

func fieldNames() []string {
	names := make([]string, len(job.Fields))
	for i, f := range job.Fields {
		names[i] = string(f)
	}
	return names
}

// contextWords are the words that change what a match beside them means.
type contextWords struct {
	// Employer marks sentences in which the employer describes itself.
	Employer []string `yaml:"employer"`
	// AboutHeading begins a part that is about the employer, WorkHeading one
	// that is about the work, OfferHeading one about neither.
	AboutHeading []string `yaml:"about_heading"`
	WorkHeading  []string `yaml:"work_heading"`
	// Requirement marks sentences about what the applicant should bring.
	Requirement []string `yaml:"requirement"`
	// Background marks what an applicant may have done before.
	Background []string `yaml:"background"`
	// NotBefore denies what follows it, NotAfter what stands before it.
	NotBefore []string `yaml:"not_before"`
	NotAfter  []string `yaml:"not_after"`
	// Others marks work that somebody else does.
	Others []string `yaml:"others"`
}

// ruleSpec is a rule as its file has it.
type ruleSpec struct {
	ID         string     `yaml:"id"`
	Criterion  string     `yaml:"criterion"`
	Function   string     `yaml:"function"`
	In         []string   `yaml:"in"`
	Any        []string   `yaml:"any"`
	Facts      *factTests `yaml:"facts"`
	Weight     float64    `yaml:"weight"`
	Unless     []string   `yaml:"unless"`
	Outsourced bool       `yaml:"outsourced"`
	// Leads says that in a title the rule's words name the work, and what else
	// stands there is its object: a recruiter of nurses, a guard at a BPO.
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
	scoring scoring
	context contextWords
	rules   []*ruleSpec
	faults  strictyaml.Faults
	hash    string
}

// readSpec reads layers of rule files, later ones over earlier ones: a rule
// with an id that exists already replaces it.
func readSpec(layers []layer) (*spec, error) {
	s := &spec{}
	sum := sha256.New()
	for _, l := range layers {
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
	}
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

// check finds the faults of every rule.
func (s *spec) check() {
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
	c, ok := CriterionByID(r.Criterion)
	if !ok {
		s.fault(r, fmt.Sprintf("unknown criterion %q; %s", r.Criterion, strictyaml.Expected(r.Criterion, criterionIDs())), "criterion")
		return
	}
	label, known := job.Function(r.Function).Label()
	switch {
	case r.Function == "":
	case !known || label == job.Unclassified:
		s.fault(r, fmt.Sprintf("unknown function %q; %s", r.Function, strictyaml.Expected(r.Function, functionNames())), "function")
	case label != c.Label && c.ID != "D1-outsourced-process":
		s.fault(r, fmt.Sprintf("the function %s is %s, the criterion %s points to %s", r.Function, label, c.ID, c.Label), "function")
	}
	if r.Outsourced && c.ID != "D1-outsourced-process" {
		s.fault(r, "outsourced goes only with the criterion D1-outsourced-process", "outsourced")
	}
}

func functionNames() []string {
	var names []string
	for _, l := range job.Labels {
		for _, f := range job.Functions[l] {
			if f != job.FunctionNone {
				names = append(names, string(f))
			}
		}
	}
	return names
}

// textFields are the fields that phrases may match.
var textFields = []string{"title", "skills", "description"}

func (s *spec) checkTests(r *ruleSpec) {
	if (len(r.Any) == 0) == (r.Facts == nil) {
		s.fault(r, "expected phrases under any, or facts, but not both", "any")
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
