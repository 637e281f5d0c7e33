package desk

import (
	"context"
	"fmt"
	"slices"

	"jobsieve/filter"
	"jobsieve/indexer"
	"jobsieve/internal/strictyaml"
	"jobsieve/job"
	"jobsieve/ledger"
)

// Absent is a value that a filter asks for and that no posting has.
type Absent struct {
	Filter string `json:"filter"`
	Value  string `json:"value"`
	// Near is what may be meant; empty where nothing is like it.
	Near string `json:"near,omitempty"`
}

func (a *Absent) String() string {
	s := fmt.Sprintf("no posting has the %s %q", a.Filter, a.Value)
	if a.Near != "" {
		s += fmt.Sprintf("; did you mean %q?", a.Near)
	}
	return s
}

// open are the filters whose values are open: any may be asked for, and only the
// postings tell whether there are some.
func open() (out []*indexer.Field) {
	for i := range indexer.Fields {
		f := &indexer.Fields[i]
		if f.Filter != "" && f.Closed == nil && !slices.Contains([]string{"label", "function", "criteria"}, f.Name) {
			out = append(out, f)
		}
	}
	return out
}

// Absent says which values of open sets that a filter asks for no posting of the
// ledger has: for telling why it lets none pass.
func (d *Desk) Absent(ctx context.Context, which *filter.Filter) ([]Absent, error) {
	known := map[string]map[string]bool{}
	for _, f := range open() {
		if len(which.Asked(f.Filter)) > 0 {
			known[f.Name] = map[string]bool{}
		}
	}
	if len(known) == 0 {
		return nil, nil
	}
	err := d.readAny(ctx, func(l *ledger.Ledger) error {
		if l == nil {
			known = nil
			return nil
		}
		var doc indexer.Document
		return l.Summaries(ctx, func(_ int64, s *job.Summary) error {
			doc.SetSummary(s)
			for name := range known {
				f, _ := indexer.Fields.Field(name)
				for _, v := range indexer.Fields.Filtered(f, &doc) {
					known[name][v] = true
				}
			}
			return nil
		})
	})
	if err != nil || known == nil {
		return nil, err
	}
	return absentOf(which, known), nil
}

func absentOf(which *filter.Filter, known map[string]map[string]bool) (out []Absent) {
	for _, f := range open() {
		values, ok := known[f.Name]
		if !ok {
			continue
		}
		for _, v := range which.Asked(f.Filter) {
			has := func(v string) bool { return values[f.Compared(v)] }
			if slices.ContainsFunc(filter.InIndex(f, v), has) {
				continue
			}
			var names []string
			for name := range values {
				names = append(names, name)
			}
			slices.Sort(names)
			out = append(out, Absent{f.Filter, v, strictyaml.Nearest(v, names)})
		}
	}
	return out
}
