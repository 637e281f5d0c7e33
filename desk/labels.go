package desk

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"jobsieve/filter"
	"jobsieve/indexer/chosen"
	"jobsieve/job"
	"jobsieve/ledger"
	"jobsieve/pipeline"
)

// Use is how often a rule, or a criterion, applied among postings.
type Use struct {
	ID string `json:"id"`
	// Criterion and Label are those of a rule.
	Criterion string    `json:"criterion"`
	Label     job.Label `json:"label"`
	// Postings is in how many it matched; Decisive in how many of them the
	// label would be another without it; Conflicts in how many the label is one
	// that it does not point to.
	Postings  int `json:"postings"`
	Decisive  int `json:"decisive"`
	Conflicts int `json:"conflicts"`
	// Labelled is in how many labelled postings it matched, Agrees in how many
	// of them the given label is the one that it points to.
	Labelled int `json:"labelled"`
	Agrees   int `json:"agrees"`
}

// Precision is the share of labelled postings that agree, as a text; empty
// where there are none.
func (u *Use) Precision() string {
	if u.Labelled == 0 {
		return ""
	}
	return fmt.Sprintf("%.2f", float64(u.Agrees)/float64(u.Labelled))
}

// Coverage counts what the rules do among postings.
type Coverage struct {
	reader *pipeline.Reader
	// Postings is how many were read, Labels how many got each label.
	Postings int
	Labels   map[job.Label]int
	rules    map[string]*Use
	criteria map[string]*Use
}

// NewCoverage counts for a reader's rules.
func NewCoverage(r *pipeline.Reader) *Coverage {
	c := &Coverage{reader: r, Labels: map[job.Label]int{}, rules: map[string]*Use{}, criteria: map[string]*Use{}}
	for _, info := range r.Classifier().Rules() {
		if info.Criterion != "" {
			c.rules[info.ID] = &Use{ID: info.ID, Criterion: info.Criterion, Label: info.Label}
		}
	}
	for _, k := range r.Classifier().Criteria() {
		c.criteria[k.ID] = &Use{ID: k.ID, Label: k.Label}
	}
	return c
}

// Add counts a posting. given is its label if it is a labelled one, else empty.
func (c *Coverage) Add(p *job.Posting, given job.Label) {
	docs, f, money := c.reader.Parts(p)
	v := c.reader.Classifier().Classify(docs, f, money)
	c.Postings++
	c.Labels[v.Label]++
	decisive := c.reader.Classifier().Decisive(docs, f, money, &v)
	seen := map[string]bool{}
	note := func(u *Use, decides bool) {
		if seen[u.ID] {
			return
		}
		seen[u.ID] = true
		u.Postings++
		if decides {
			u.Decisive++
		}
		if v.Label != u.Label && v.Label != job.Unclassified {
			u.Conflicts++
		}
		if given != "" {
			u.Labelled++
			if given == u.Label {
				u.Agrees++
			}
		}
	}
	for _, e := range v.Evidence {
		decides := slices.Contains(decisive, e.Rule)
		note(c.rules[e.Rule], decides)
		note(c.criteria[e.Criterion], decides)
	}
}

// Book gives the labels of the rule book.
func (c *Coverage) Book() job.Labels { return c.reader.Classifier().Labels() }

// Rules gives the use of every rule, the most used first.
func (c *Coverage) Rules() []*Use { return sorted(c.rules) }

// Criteria gives the use of every criterion, in the rule book's order.
func (c *Coverage) Criteria() []*Use {
	criteria := c.reader.Classifier().Criteria()
	out := make([]*Use, len(criteria))
	for i, k := range criteria {
		out[i] = c.criteria[k.ID]
	}
	return out
}

func sorted(m map[string]*Use) []*Use {
	out := make([]*Use, 0, len(m))
	for _, u := range m {
		out = append(out, u)
	}
	slices.SortFunc(out, func(a, b *Use) int {
		return cmp.Or(cmp.Compare(b.Postings, a.Postings), cmp.Compare(a.ID, b.ID))
	})
	return out
}

// Impact shows what becomes of the labels of the ledger's postings under another
// rule book, keeping up to samples postings of each change. Nothing is stored.
func (d *Desk) Impact(ctx context.Context, from, to *pipeline.Reader, samples int) (*Impact, error) {
	m := NewImpact(samples)
	return m, d.read(ctx, func(l *ledger.Ledger) error {
		return l.Each(ctx, func(r *ledger.Record) error {
			m.Compare(&r.Posting, from, to)
			return nil
		})
	})
}

// Relabelled shows which labels change when the ledger's postings that pass a
// filter are read again. Nothing is stored. lacking, called first where the index is
// asked for the filter's words, is given what the ledger has and the index lacks.
func (d *Desk) Relabelled(
	ctx context.Context, which *filter.Filter, samples int, lacking func(chosen.Lack),
) (*Impact, error) {
	reader, err := d.Reader()
	if err != nil {
		return nil, err
	}
	m := NewImpact(samples)
	return m, d.each(ctx, which, FromLedger, lacking, func(r *ledger.Record) error {
		if r.Hand != nil {
			m.Postings++
			m.ByHand++
			return nil
		}
		to := reader.Read(&r.Posting)
		m.Add(&r.Posting, &r.Reading, &to)
		return nil
	}, nil)
}

// Relabel reads the postings again that pass a filter, from a ledger that is open
// for writing, and stores the readings; the earlier ones are kept as history, and
// labels by hand as they are. It gives how many differed, and which labels changed. lacking is as for Relabelled.
func (d *Desk) Relabel(
	ctx context.Context, l *ledger.Ledger, which *filter.Filter, samples int, lacking func(chosen.Lack),
) (n int, m *Impact, err error) {
	reader, err := d.Reader()
	if err != nil {
		return 0, nil, err
	}
	p, err := d.passing(ctx, l, which, lacking)
	if err != nil {
		return 0, nil, err
	}
	reads := rereading{p, map[int64]bool{}}
	m = NewImpact(samples)
	n, err = l.Reread(ctx, d.Index.Now(), reads.reads(reader.ReadAll(ctx)), func(r *ledger.Record, to *ledger.Reading) {
		if r.Hand == nil {
			m.Add(&r.Posting, &r.Reading, to)
		}
	})
	m.Postings = len(reads.seen)
	for _, byHand := range reads.seen {
		if byHand {
			m.ByHand++
		}
	}
	return n, m, err
}
