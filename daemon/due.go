package daemon

import (
	"context"
	"fmt"
	"hash/fnv"
	"slices"
	"time"

	"github.com/robfig/cron/v3"

	"jobsieve/config"
	"jobsieve/ledger"
)

// Plan says when the sources of a configuration are due. What it knows is in the
// ledger, so that the daemon and other commands may go by it at once.
type Plan struct {
	Config *config.Config
	Ledger *ledger.Ledger
	Now    func() time.Time
	// Command is to which the runs of crawls belong that are done in slices; empty where
	// whoever crawls begins a run itself.
	Command string
}

// Due is a source with a schedule, and when it is due.
type Due struct {
	Source *config.Source
	At     time.Time
}

// Due gives the sources that have a schedule and are not disabled, in the order of
// the configuration.
func (p *Plan) Due(ctx context.Context) ([]Due, error) {
	known, err := p.Ledger.Dues(ctx)
	if err != nil {
		return nil, err
	}
	var out []Due
	for i := range p.Config.Sources {
		src := &p.Config.Sources[i]
		if !scheduled(src) {
			continue
		}
		at, err := p.dueAt(ctx, src, known[src.Name])
		if err != nil {
			return nil, err
		}
		out = append(out, Due{src, at})
	}
	return out, nil
}

// scheduled reports that a source is crawled by schedule.
func scheduled(src *config.Source) bool { return src.Schedule != "" && !src.Disabled }

// dueAt is when a source is due, by what is known of it; what changes that is noted.
func (p *Plan) dueAt(ctx context.Context, src *config.Source, known ledger.Due) (time.Time, error) {
	t, err := p.timing(ctx, src, known)
	if err != nil {
		return time.Time{}, err
	}
	now, changed := t.settle(known, p.Now())
	if !changed {
		return now.Next, nil
	}
	return now.Next, p.Ledger.ChangeDue(ctx, src.Name, func(known ledger.Due) (ledger.Due, bool) {
		return t.settle(known, p.Now())
	})
}

// Begin begins the crawl of a source that is due, as ledger.BeginDue does.
func (p *Plan) Begin(ctx context.Context, src *config.Source, wait time.Duration) (*ledger.Crawl, error) {
	t, err := p.timing(ctx, src, ledger.Due{})
	if err != nil {
		return nil, err
	}
	return p.Ledger.BeginDue(ctx, src.Name, p.Command, p.Now(), wait, func(known ledger.Due) (ledger.Due, bool) {
		return t.take(known, p.Now())
	})
}

// timing makes the timing of a source; what is known of it says whether it must be
// looked up when it was crawled last.
func (p *Plan) timing(ctx context.Context, src *config.Source, known ledger.Due) (*timing, error) {
	schedule, err := parseSchedule(src.Schedule)
	if err != nil {
		return nil, err
	}
	zone, err := time.LoadLocation(p.Config.Timezone)
	if err != nil {
		return nil, fmt.Errorf("time zone: %w", err)
	}
	t := &timing{source: src.Name, schedule: schedule, zone: zone, jitter: time.Duration(src.Jitter)}
	t.from = fmt.Sprintf("%s in %s", src.Schedule, p.Config.Timezone)
	if t.jitter > 0 {
		t.from += fmt.Sprintf(", up to %s later", t.jitter)
	}
	if known.Begun.IsZero() {
		t.crawled, err = p.lastCrawl(ctx, src.Name)
	}
	return t, err
}

// receiptsLooked is how many receipts are looked through for one of a crawl.
const receiptsLooked = 20

// lastCrawl is when a source was crawled last, by whatever command; the zero time
// where it never was.
func (p *Plan) lastCrawl(ctx context.Context, source string) (time.Time, error) {
	receipts, err := p.Ledger.Receipts(ctx, source, receiptsLooked)
	for i := range receipts {
		if !receipts[i].Offline {
			return receipts[i].Started, err
		}
	}
	return time.Time{}, err
}

// timing says when one source is due.
type timing struct {
	source   string
	schedule cron.Schedule
	zone     *time.Location
	jitter   time.Duration
	// from names what due times are counted from: another one counts anew.
	from string
	// crawled is when the source was crawled last, for one that was never begun by
	// schedule; the zero time where it never was.
	crawled time.Time
}

// ahead is how far the ledger may be ahead of the clock: beyond that, the clock was
// wrong when it was written.
const ahead = time.Hour

// settle gives when the source is due, counted anew where its schedule has changed,
// and whether that differs from what is known. One that was never crawled is due at
// once, and one that was missed is due since then.
func (t *timing) settle(known ledger.Due, now time.Time) (ledger.Due, bool) {
	wrong := known.Begun.After(now.Add(ahead))
	if known.Schedule == t.from && !wrong {
		return known, false
	}
	if wrong {
		known.Begun = now
	}
	last := known.Begun
	if last.IsZero() {
		last = t.crawled
	}
	known.Schedule, known.Next = t.from, now
	if last.After(now) {
		last = now
	}
	if !last.IsZero() {
		known.Next = t.next(last)
	}
	return known, true
}

// take gives what holds when a crawl of the source begins; ok is false where it is
// not due. However many due times have passed, they are taken at once.
func (t *timing) take(known ledger.Due, now time.Time) (taken ledger.Due, ok bool) {
	known, _ = t.settle(known, now)
	if known.Next.After(now) {
		return known, false
	}
	known.Begun, known.Next = now, t.next(now)
	return known, true
}

// next is the first due time after the last begin.
func (t *timing) next(begun time.Time) time.Time {
	if every, ok := t.schedule.(cron.ConstantDelaySchedule); ok {
		return t.later(every.Next(begun))
	}
	// The last time of the schedule that is not after begun may be due later still.
	at := begun.Add(-t.jitter).In(t.zone)
	for {
		at = t.schedule.Next(at)
		if due := t.later(at); due.After(begun) {
			return due
		}
	}
}

// later moves a time of the schedule later, by a part of the jitter that depends on
// the source and the time alone.
func (t *timing) later(at time.Time) time.Time {
	if t.jitter < time.Second {
		return at
	}
	sum := fnv.New64a()
	_, _ = fmt.Fprintf(sum, "%s %d", t.source, at.Unix()) // it can't fail
	seconds := sum.Sum64() % uint64(t.jitter/time.Second+1)
	return at.Add(time.Duration(seconds) * time.Second)
}

// Parted gives the sources that are due now, and those that are due later, the
// soonest first.
func Parted(dues []Due, now time.Time) (due []*config.Source, later []Due) {
	for _, d := range dues {
		if d.At.After(now) {
			later = append(later, d)
		} else {
			due = append(due, d.Source)
		}
	}
	slices.SortStableFunc(later, func(a, b Due) int { return a.At.Compare(b.At) })
	return due, later
}
