package desk

import (
	"context"
	"fmt"
	"time"

	"jobsieve/job"
	"jobsieve/ledger"
)

// RecentRuns is how many receipts of a source its health is judged by.
const RecentRuns = 20

// Health judges the configured sources by their receipts, in the order of the
// configuration.
func (d *Desk) Health(ctx context.Context) (out []Health, err error) {
	all, err := d.Sources(ctx)
	for i := range all {
		out = append(out, all[i].Health)
	}
	return out, err
}

// Source is how a configured source stands.
type Source struct {
	Health
	// Receipts are its newest, up to RecentRuns, the newest first.
	Receipts []job.Receipt
	// Next is when it is due by its schedule; the zero time where it has none, or nothing
	// has looked at it yet.
	Next time.Time
}

// Sources says how the configured sources stand, in the order of the configuration.
func (d *Desk) Sources(ctx context.Context) (out []Source, err error) {
	err = d.read(ctx, func(l *ledger.Ledger) error {
		dues, err := l.Dues(ctx)
		if err != nil {
			return err
		}
		for i := range d.Config.Sources {
			src := &d.Config.Sources[i]
			receipts, err := l.Receipts(ctx, src.Name, RecentRuns)
			if err != nil {
				return err
			}
			one := Source{Health: Judge(src, receipts), Receipts: receipts}
			if src.Schedule != "" && !src.Disabled {
				one.Next = dues[src.Name].Next
			}
			out = append(out, one)
		}
		return nil
	})
	return out, err
}

// Runs gives the receipts of a source, or of all where it is empty, the newest
// first, up to limit. Its error is an *config.UnknownSourceError where nobody knows the
// source.
func (d *Desk) Runs(ctx context.Context, source string, limit int) (receipts []job.Receipt, err error) {
	if limit < 0 {
		return nil, fmt.Errorf("limit: expected 0 or more, got %d", limit)
	}
	err = d.read(ctx, func(l *ledger.Ledger) error {
		if err := d.checkSource(ctx, l, source); err != nil {
			return err
		}
		receipts, err = l.Receipts(ctx, source, limit)
		return err
	})
	return receipts, err
}

// LabelCount is how many postings have a label, and each of its functions.
type LabelCount struct {
	job.LabelFunctions
	Postings   int
	ByFunction map[job.Function]int
}

// Labels counts the postings of each label of the rule book, in its order.
func (d *Desk) Labels(ctx context.Context) ([]LabelCount, error) {
	reader, err := d.Reader()
	if err != nil {
		return nil, err
	}
	type kind struct {
		label    job.Label
		function job.Function
	}
	counts := map[kind]int{}
	err = d.read(ctx, func(l *ledger.Ledger) error {
		return l.Each(ctx, func(r *ledger.Record) error {
			label, function, _ := r.Label()
			counts[kind{label, function}]++
			return nil
		})
	})
	var out []LabelCount
	for _, l := range reader.Classifier().Labels() {
		c := LabelCount{LabelFunctions: l, ByFunction: map[job.Function]int{}}
		for k, n := range counts {
			if k.label == l.Label {
				c.ByFunction[k.function] += n
				c.Postings += n
			}
		}
		out = append(out, c)
	}
	return out, err
}
