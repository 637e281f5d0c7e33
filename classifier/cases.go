package classifier

import (
	"fmt"

	"jobsieve/internal/strictyaml"
	"jobsieve/job"
)

// ReadFunc reads what a posting says, for the cases of rules.
type ReadFunc func(*job.Posting) (Docs, *job.Facts, *job.Pay)

// CheckCases tries every rule on its own cases and gives those that fail as
// faults, with file and line.
func (c *Classifier) CheckCases(read ReadFunc) strictyaml.Faults {
	s := &spec{}

	for i := range c.rules {
		r := &c.rules[i]
		for j := range r.spec.Match {
			if !c.fires(i, &r.spec.Match[j], read) {
				s.fault(r.spec, fmt.Sprintf("does not match its case %s", r.spec.Match[j].show()), "match", j)
			}
		}
		for j := range r.spec.NoMatch {
			if c.fires(i, &r.spec.NoMatch[j], read) {
				s.fault(r.spec, fmt.Sprintf("matches its case %s, but must not", r.spec.NoMatch[j].show()), "no_match", j)
			}
		}
	}
	s.faults.Sort()
	return s.faults
}

func (c *Classifier) fires(i int, e *example, read ReadFunc) bool {
	p := e.posting()
	docs, facts, pay := read(&p)
	found := finding{c: c, hinglish: func() bool { return true }, facts: c.matchFacts(facts, pay)}
	for _, f := range []job.Field{job.FieldTitle, job.FieldSkills, job.FieldDescription} {
		found.in(f, docs(f))
	}
	for _, m := range found.all() {
		if m.rule == i && m.share > 0 {
			return true
		}
	}
	return false
}

// show describes a case in a few words.
func (e *example) show() string {
	for _, s := range []string{e.Title, e.Description, e.Skills, e.Experience, e.Salary} {
		if s != "" {
			return fmt.Sprintf("%q", s)
		}
	}
	return "(empty)"
}
