package desk

import (
	"cmp"
	"context"
	"fmt"
	"time"

	"jobsieve/filter"
	"jobsieve/indexer"
	"jobsieve/internal/sentence"
	"jobsieve/job"
	"jobsieve/ledger"
	"jobsieve/pipeline"
	"jobsieve/report"
)

// SaidOf says what postings as of a day are.
func SaidOf(day string) sentence.Sentence {
	return sentence.Of("as_of",
		"As of %s: the postings first seen by then, with their texts and states of that day, read by "+
			"today's rules; labels by hand are today's.", sentence.Day(day))
}

// past gives the postings of a ledger as they were before a time.
type past struct {
	ledger *ledger.Ledger
	before time.Time
	reader *pipeline.Reader
	rules  string
}

// past makes it for the end of a day in India.
func (d *Desk) past(l *ledger.Ledger, day string) (*past, error) {
	at, err := time.ParseInLocation(time.DateOnly, day, job.IST)
	if err != nil {
		return nil, fmt.Errorf("expected a date such as 2026-01-31, got %q", day)
	}
	reader, err := d.Reader()
	if err != nil {
		return nil, err
	}
	return &past{l, at.AddDate(0, 0, 1), reader, reader.Classifier().Version()}, nil
}

// records gives records as they were then, without those that there were not yet.
func (p *past) records(ctx context.Context, batch []*ledger.Record) (out []*ledger.Record, err error) {
	var again []*ledger.Record
	for _, r := range batch {
		then, err := p.record(ctx, r)
		if err != nil {
			return nil, err
		}
		if then == nil {
			continue
		}
		out = append(out, then)
		if then.Version != r.Version || then.Verdict.RulesVersion != p.rules {
			again = append(again, then)
		}
	}
	readings, err := p.reader.ReadAll(ctx)(again)
	for i := range readings {
		again[i].Reading = readings[i]
	}
	return out, err
}

// record gives a record as it was then, with the reading of now; nil where there was none.
func (p *past) record(ctx context.Context, r *ledger.Record) (*ledger.Record, error) {
	if !r.FirstSeen.Before(p.before) {
		return nil, nil //nolint:nilnil // there was none
	}
	version, err := p.ledger.VersionBefore(ctx, r, p.before)
	if err != nil || version == 0 {
		return nil, err
	}
	turns, err := p.ledger.Turns(ctx, r)
	if err != nil {
		return nil, err
	}
	then := *r
	then.State, then.Closed = ledger.StateBefore(turns, r.State, p.before)
	if last := p.before.Add(-time.Millisecond); then.LastSeen.After(last) {
		then.LastSeen = last
	}
	if version == r.Version {
		return &then, nil
	}
	return p.text(ctx, &then, version)
}

// text gives a record the text of a version, or where that was pruned the one that was
// kept before it, and the date that it says.
func (p *past) text(ctx context.Context, r *ledger.Record, version int64) (*ledger.Record, error) {
	versions, err := p.ledger.Versions(ctx, r)
	if err != nil {
		return nil, err
	}
	r.Posted, r.PostedHow = "", ""
	for i := range versions {
		v := &versions[i]
		if v.Version > version {
			break
		}
		posted, how := pipeline.PostedOf(&v.Posting, v.Seen)
		r.Posted, r.PostedHow = ledger.PostedAfter(r.Posted, r.PostedHow, posted, how)
		r.Posting, r.Version = v.Posting, v.Version
	}
	if r.Version > version {
		return nil, nil //nolint:nilnil // it is damaged, which the ledger has noted
	}
	return r, nil
}

// countAsOf is count for postings as they were at the end of a day.
func (d *Desk) countAsOf(ctx context.Context, l *ledger.Ledger, which Counted, tallies []*report.Tally) error {
	passing, err := d.passingAsOf(ctx, l, which.Filter, which.AsOf)
	if err != nil {
		return err
	}
	passing.within(which.Dates)
	p, err := d.past(l, which.AsOf)
	if err != nil {
		return err
	}
	of, found, err := passing.numbered(ctx, l)
	if err != nil {
		return err
	}
	var doc indexer.Document
	count := func(n int64, s *job.Summary) {
		doc.SetSummary(s)
		if found != nil && !found[n] || !of.document(&doc) {
			return
		}
		for _, t := range tallies {
			t.Add(&doc, cmp.Or(doc.Posted, doc.PostedLatest, doc.FirstSeen))
		}
	}
	return l.SummariesBefore(ctx, p.before, p.rules, count, func(batch []*ledger.Record) error {
		then, err := p.records(ctx, batch)
		if err != nil {
			return err
		}
		for _, r := range then {
			s := r.Summary()
			count(r.N, &s)
		}
		return nil
	})
}

// pastBatch is how many records are made what they were at once.
const pastBatch = 500

// RecordsAsOf calls f for every posting that passed a filter at the end of a day, as it was
// then, in the order of an export. Its error is a *ParameterError where words are to be
// looked for in too many.
func (d *Desk) RecordsAsOf(ctx context.Context, which *filter.Filter, day string, f func(*ledger.Record) error) error {
	return d.read(ctx, func(l *ledger.Ledger) error {
		passing, err := d.passingAsOf(ctx, l, which, day)
		if err != nil {
			return err
		}
		return d.recordsAsOf(ctx, l, &passing, day, f)
	})
}

func (d *Desk) recordsAsOf(
	ctx context.Context, l *ledger.Ledger, passing *passes, day string, f func(*ledger.Record) error,
) error {
	p, err := d.past(l, day)
	if err != nil {
		return err
	}
	var batch []*ledger.Record
	give := func() error {
		then, err := p.records(ctx, batch)
		batch = batch[:0]
		for _, r := range then {
			if err == nil && passing.record(r) {
				err = f(r)
			}
		}
		return err
	}
	err = l.Each(ctx, func(r *ledger.Record) error {
		if batch = append(batch, r); len(batch) < pastBatch {
			return nil
		}
		return give()
	})
	if err != nil {
		return err
	}
	return give()
}
