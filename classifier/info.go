package classifier

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"jobsieve/job"
	"jobsieve/lexicon/phrase"
	"jobsieve/text"
)

// RuleInfo is what people want to know about a rule.
type RuleInfo struct {
	ID        string       `json:"id"`
	Criterion string       `json:"criterion"` // empty for other work
	Label     job.Label    `json:"label"`
	Function  job.Function `json:"function"`
	In        []job.Field  `json:"in"`
	// All are the parts of a rule that combines lists, each one list or several with
	// | between them; But are the lists that take it back.
	All []string `json:"all,omitempty"`
	But []string `json:"but,omitempty"`
	// Trade is the kind of other work.
	Trade string `json:"trade,omitempty"`
	// Wanted and Border are as in the rule.
	Wanted bool `json:"wanted,omitempty"`
	Border bool `json:"border,omitempty"`
	// Phrases is how many phrases it has; Facts what it requires of the facts.
	Phrases int     `json:"phrases"`
	Facts   string  `json:"facts"`
	Unless  int     `json:"unless"`
	Weight  float64 `json:"weight"`
	Leads   bool    `json:"leads"`
	Comment string  `json:"comment"`
	File    string  `json:"file"`
	Line    int     `json:"line"`
	// Match and NoMatch are the titles or texts of its cases.
	Match   []string `json:"match"`
	NoMatch []string `json:"no_match"`
}

// Rules describes the rules in use, in their files' order.
func (c *Classifier) Rules() []RuleInfo {
	out := make([]RuleInfo, len(c.rules))
	for i := range c.rules {
		r := &c.rules[i]
		info := RuleInfo{
			All: r.spec.All, But: r.spec.But, Trade: r.spec.Trade, Wanted: r.spec.Wanted, Border: r.spec.Border,
			ID: r.spec.ID, Criterion: r.criterion.ID, Label: r.label, Function: r.function, Phrases: len(r.spec.Any), Facts: r.spec.Facts.String(),
			Unless: len(r.spec.Unless), Weight: r.spec.Weight, Leads: r.spec.Leads, Comment: r.spec.Comment,
			File: r.spec.file.Name, Line: r.spec.file.Line(r.spec.at...), Match: shown(r.spec.Match), NoMatch: shown(r.spec.NoMatch),
		}
		for _, f := range job.Fields {
			if r.fields[f] {
				info.In = append(info.In, f)
			}
		}
		out[i] = info
	}
	return out
}

func shown(cases []example) []string {
	out := make([]string, len(cases))
	for i := range cases {
		out[i] = strings.Trim(cases[i].show(), `"`)
	}
	return out
}

// String says what is required of the facts.
func (t *factTests) String() string {
	if t == nil {
		return ""
	}
	var parts []string
	for _, list := range []struct {
		name   string
		values []string
	}{{"shift", t.Shift}, {"education", t.Education}, {"mode", t.Mode}} {
		if len(list.values) > 0 {
			parts = append(parts, list.name+" "+strings.Join(list.values, ", "))
		}
	}
	for _, b := range []struct {
		name string
		*bounds
	}{{"experience in years", t.ExperienceYears}, {"pay a month", t.PayMonth}} {
		switch {
		case b.bounds == nil:
		case b.Min != nil && b.Max != nil:
			parts = append(parts, fmt.Sprintf("%s %v to %v", b.name, *b.Min, *b.Max))
		case b.Min != nil:
			parts = append(parts, fmt.Sprintf("%s from %v", b.name, *b.Min))
		default:
			parts = append(parts, fmt.Sprintf("%s up to %v", b.name, *b.Max))
		}
	}
	return strings.Join(parts, "; ")
}

// Decisive gives the rules in a verdict's evidence that decide it: without any one
// of them the label would be another.
func (c *Classifier) Decisive(docs Docs, facts *job.Facts, pay *job.Pay, v *job.Verdict) []string {
	words := c.learnt.Begin()
	defer words.End()
	ms := c.matches(docs, facts, pay, words)
	likely := c.likelyBy(words)
	named := map[string]bool{}
	for _, e := range v.Evidence {
		named[e.Rule] = true
	}
	decides := map[string]bool{}
	for i := range c.rules {
		if id := c.rules[i].spec.ID; named[id] {
			less := slices.DeleteFunc(slices.Clone(ms), func(m match) bool { return m.rule == i })
			other := c.verdict(docs, less, likely)
			decides[id] = other.Label != v.Label
		}
	}
	var out []string
	for _, e := range v.Evidence {
		if decides[e.Rule] {
			out = append(out, e.Rule)
			decides[e.Rule] = false
		}
	}
	return out
}

// PlainPhrases gives every phrase of the rule book that has no gaps, in normal
// form, each once, in order: what other matchers can be fed with.
func (c *Classifier) PlainPhrases() []string {
	seen := map[string]bool{}
	for i := range c.rules {
		for _, list := range [][]string{c.rules[i].spec.Any, c.rules[i].spec.Unless} {
			for _, p := range list {
				resolved, err := c.lexicon.Resolve(p)
				if err != nil {
					continue // the rule book was compiled: there is none
				}
				plain, err := phrase.Plain(resolved)
				if err != nil {
					continue
				}
				for _, s := range plain {
					seen[s] = true
				}
			}
		}
	}
	return slices.Sorted(maps.Keys(seen))
}

// Fields are those in which phrases are looked for.
var Fields = []job.Field{job.FieldTitle, job.FieldDescription, job.FieldSkills}

// Matcher finds the phrases of the rule book. It reuses its memory, and serves
// one goroutine.
type Matcher struct {
	sets  [2]*phrase.Set
	doc   text.Doc
	found []phrase.Found
}

// NewMatcher makes a matcher.
func (c *Classifier) NewMatcher() *Matcher {
	return &Matcher{sets: [...]*phrase.Set{c.phrases, c.unless}}
}

// Count brings the texts of a posting to normal form and says how often a
// phrase occurs in them.
func (m *Matcher) Count(p *job.Posting) (n int) {
	for _, f := range Fields {
		m.doc.Reset(p.Text(f))
		for _, set := range m.sets {
			m.found = set.Find(&m.doc, m.found[:0])
			n += len(m.found)
		}
	}
	return n
}
