package desk

import (
	"cmp"
	"slices"
	"strings"

	"jobsieve/job"
	"jobsieve/ledger"
	"jobsieve/pipeline"
)

// LabelChange is a change of label.
type LabelChange struct {
	From job.Label `json:"from"`
	To   job.Label `json:"to"`
}

// Sample is one posting whose label changes.
type Sample struct {
	LabelChange
	ID    string   `json:"id"`
	Title string   `json:"title"`
	Rules []string `json:"rules"` // that are the evidence for the new label
}

// Reread is what else is read otherwise of postings: the function of a label that
// stays, the pay, or a fact.
type Reread struct {
	What    string         `json:"what"`
	Changed int            `json:"changed"`
	Samples []RereadSample `json:"samples"`
}

// RereadSample is one posting of which something is read otherwise; empty where
// nothing is read.
type RereadSample struct {
	ID    string `json:"id"`
	Title string `json:"title"`
	From  string `json:"from"`
	To    string `json:"to"`
}

// Impact is what becomes of readings under other rules.
type Impact struct {
	Postings int `json:"postings"`
	// Changed is how many change their label.
	Changed int `json:"changed"`
	// ByHand is how many postings keep the label that a person gave them.
	ByHand  int                 `json:"by_hand,omitempty"`
	Counts  map[LabelChange]int `json:"-"`
	Samples []Sample            `json:"samples"`
	// Reread is what else changes, by its name.
	Reread []*Reread `json:"reread"`
	// most is how many samples of each change are kept.
	most int
}

// NewImpact counts changes and keeps up to most samples of each kind.
func NewImpact(most int) *Impact {
	return &Impact{Counts: map[LabelChange]int{}, Samples: []Sample{}, Reread: []*Reread{}, most: max(0, most)}
}

// Compare notes what two readers make of a posting.
func (m *Impact) Compare(p *job.Posting, from, to *pipeline.Reader) {
	before, after := from.Read(p), to.Read(p)
	m.Add(p, &before, &after)
}

// Add notes what was read of a posting before, and is read of it now.
func (m *Impact) Add(p *job.Posting, from, to *ledger.Reading) {
	m.Postings++
	m.addLabel(p, &from.Verdict, &to.Verdict)
	before, after := readingOf(from), readingOf(to)
	if from.Verdict.Label != to.Verdict.Label {
		delete(before, "function") // it goes with the label
		delete(after, "function")
	}
	for what, v := range before {
		if after[what] != v {
			m.addReread(p, what, v, after[what])
		}
	}
	for what, v := range after {
		if _, known := before[what]; !known {
			m.addReread(p, what, "", v)
		}
	}
}

func (m *Impact) addLabel(p *job.Posting, from, to *job.Verdict) {
	if from.Label == to.Label {
		return
	}
	m.Changed++
	c := LabelChange{from.Label, to.Label}
	m.Counts[c]++
	if m.Counts[c] > m.most {
		return
	}
	s := Sample{LabelChange: c, ID: p.ID, Title: p.Title, Rules: []string{}}
	for _, e := range to.Evidence {
		if !slices.Contains(s.Rules, e.Rule) {
			s.Rules = append(s.Rules, e.Rule)
		}
	}
	m.Samples = append(m.Samples, s)
}

func (m *Impact) addReread(p *job.Posting, what, from, to string) {
	r := m.reread(what)
	if r.Changed++; r.Changed <= m.most {
		r.Samples = append(r.Samples, RereadSample{ID: p.ID, Title: p.Title, From: from, To: to})
	}
}

// reread gives what else changes by its name.
func (m *Impact) reread(what string) *Reread {
	i, known := slices.BinarySearchFunc(m.Reread, what, func(r *Reread, name string) int {
		return cmp.Compare(r.What, name)
	})
	if !known {
		m.Reread = slices.Insert(m.Reread, i, &Reread{What: what, Samples: []RereadSample{}})
	}
	return m.Reread[i]
}

// readingOf gives what a reading says besides the label, by name: the function, the
// pay, and each fact.
func readingOf(r *ledger.Reading) map[string]string {
	out := map[string]string{
		"function": string(r.Verdict.Function),
		"pay":      strings.TrimSpace(string(r.Pay.Kind) + " " + r.Pay.Brief()),
	}
	for i := range r.Facts.Readings {
		f := &r.Facts.Readings[i]
		if before := out[f.Fact]; before != "" && before != f.Value {
			out[f.Fact] = before + "; " + f.Value
			continue
		}
		out[f.Fact] = f.Value
	}
	if len(r.Facts.Skills) > 0 {
		out["skills"] = strings.Join(r.Facts.Skills, "; ")
	}
	return out
}

// Changes gives the kinds of change of labels, the most frequent first.
func (m *Impact) Changes() []LabelChange {
	out := make([]LabelChange, 0, len(m.Counts))
	for c := range m.Counts {
		out = append(out, c)
	}
	slices.SortFunc(out, func(a, b LabelChange) int {
		return cmp.Or(cmp.Compare(m.Counts[b], m.Counts[a]), cmp.Compare(a.From+a.To, b.From+b.To))
	})
	return out
}
