package pipeline

import (
	"context"
	"errors"
	"fmt"
	"time"

	"jobsieve/config"
	"jobsieve/crawler"
	"jobsieve/job"
	"jobsieve/ledger"
)

// Slice does a part of the crawl of a source: it goes on where the slice before stopped, in
// this process or another, and stops when pause says so, which it asks between postings and
// between pages of lists, once it has asked the site for a page. It gives the receipt where the crawl
// came to its end or is cut off, by its deadline or since its host is down; nil where another
// slice is to go on. The first slice begins a run of the command, as Begin says, and the last
// one ends it; the deadline counts the time of all slices, not that between them. Its error is a *ledger.HeldError where
// another process crawls the source. Grouping and delivery are left to Group and Deliver.
func (l *Line) Slice(
	ctx context.Context, command string, src *config.Source, pause func() bool,
) (receipt *job.Receipt, err error) {
	crawl, err := l.goOn(ctx, src)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, crawl.Release()) }()
	if crawl.Run == 0 {
		run, err := l.Ledger.BeginRun(ctx, command, l.Now())
		if err != nil {
			return nil, err
		}
		if err := crawl.Pause(ctx, crawl.Frontier, run); err != nil {
			return nil, err
		}
	}
	r, paused, err := l.readOn(ctx, src, crawl, pause)
	if err != nil || paused {
		return nil, err
	}
	return &r, err
}

// goOn claims the crawl that slices have begun, or begins one.
func (l *Line) goOn(ctx context.Context, src *config.Source) (*ledger.Crawl, error) {
	crawl, err := l.Ledger.GoOn(ctx, src.Name, l.Now(), l.Wait)
	if errors.Is(err, ledger.ErrNotBegun) {
		return l.begin(ctx, src)
	}
	return crawl, err
}

// crawl reads one source into the ledger, or goes on with a crawl of it that was
// cut off or paused. Its error is a *ledger.HeldError where another process crawls it.
func (l *Line) crawl(ctx context.Context, src *config.Source) (receipt job.Receipt, err error) {
	crawl, err := l.begin(ctx, src)
	if stopped(ctx, err) {
		return job.Receipt{
			Source: src.Name, Started: l.Now(), Finished: l.Now(), CutOff: true,
			Why: "stopped before it began",
		}, nil
	}
	if err != nil {
		return job.Receipt{}, err
	}
	defer func() { err = errors.Join(err, crawl.Release()) }()
	if run := crawl.Run; run != 0 {
		// What slices have begun is of this run now.
		err := errors.Join(crawl.Pause(ctx, crawl.Frontier, 0), l.Ledger.EndRun(ctx, run, l.Now(), outcomePartly))
		if err != nil {
			return job.Receipt{}, err
		}
	}
	receipt, _, err = l.readOn(ctx, src, crawl, nil)
	return receipt, err
}

// readOn reads a source from where its claimed crawl stands, until it ends, is cut off, or
// pauses. pause is nil where it is not done in slices.
func (l *Line) readOn(
	ctx context.Context, src *config.Source, crawl *ledger.Crawl, pause func() bool,
) (r job.Receipt, paused bool, err error) {
	env := crawler.Env{}
	if src.Kind != config.KindFile {
		env = crawler.Env{Pages: pages{crawl}, Resumed: crawl.Resumed, Pause: pause}
	}
	ctx, release := crawl.Under(ctx)
	defer release()
	part, err := l.read(ctx, src, crawl, env)
	if err != nil {
		return part.receipt, false, err
	}
	// A slice that its process stops is no other than one that pauses.
	paused = part.paused || part.receipt.CutOff && pause != nil && ctx.Err() != nil
	ctx, stop := gracefully(ctx)
	defer stop()
	switch {
	case paused && part.frontier == nil:
		return part.receipt, true, nil // what is kept holds: it is behind, as after a kill
	case paused:
		kept, err := part.frontier.bytes()
		if err != nil {
			return part.receipt, true, err
		}
		return part.receipt, true, crawl.Pause(ctx, kept, crawl.Run)
	case part.receipt.CutOff:
		if part.frontier != nil {
			part.frontier.Told = true
		}
		return part.receipt, false, l.cutOff(ctx, crawl, &part)
	}
	return l.endCrawl(ctx, src, crawl, part)
}

// cutOff keeps where a crawl stands that goes on another time, and ends its run.
func (l *Line) cutOff(ctx context.Context, crawl *ledger.Crawl, p *part) error {
	kept, err := p.frontier.bytes()
	if err != nil {
		return err
	}
	if crawl.Run == 0 {
		return crawl.Pause(ctx, kept, 0)
	}
	return crawl.EndRun(ctx, l.runEnd(&p.receipt, true, kept))
}

// runEnd is how the run of a crawl ends that was done in slices.
func (l *Line) runEnd(r *job.Receipt, cutOff bool, frontier []byte) *ledger.RunEnd {
	maskProblems(r)
	sum := &Summary{Sources: []job.Receipt{*r}}
	outcome := outcomeDone
	if sum.Partly() {
		outcome = outcomePartly
	}
	return &ledger.RunEnd{Receipt: r, At: l.Now(), Outcome: outcome, CutOff: cutOff, Frontier: frontier}
}

// endCrawl settles a crawl that came to its end.
func (l *Line) endCrawl(
	ctx context.Context, src *config.Source, crawl *ledger.Crawl, p part,
) (receipt job.Receipt, paused bool, err error) {
	receipt = p.receipt
	if !receipt.Failed {
		if receipt.Turned, err = p.unseen.settle(ctx, crawl, src, &receipt); err != nil {
			return receipt, false, err
		}
	}
	if crawl.Run == 0 {
		err = crawl.End(ctx)
	} else {
		err = crawl.EndRun(ctx, l.runEnd(&receipt, false, nil))
	}
	if err != nil {
		return receipt, false, err
	}
	if src.Kind == config.KindSitemap {
		if err := crawl.DropAddresses(ctx, l.Now().Add(-addressesKept)); err != nil {
			return receipt, false, err
		}
	}
	return receipt, false, l.Ledger.DropPages(ctx, src.Name, l.Now().Add(-src.Fetch.Keep()), l.Now())
}

func (l *Line) begin(ctx context.Context, src *config.Source) (*ledger.Crawl, error) {
	if l.Begin != nil {
		return l.Begin(ctx, src, l.Wait)
	}
	return l.Ledger.BeginCrawl(ctx, src.Name, l.Now(), l.Wait)
}

// part is what came of reading a source, or a part of it.
type part struct {
	receipt job.Receipt
	unseen  *unseen // what the crawl shows of postings that it stores nothing of
	// frontier is where the crawl goes on; nil where it ended, or goes on by its pages.
	frontier *frontier
	paused   bool
}

// read reads one source into the ledger; env says from where.
func (l *Line) read(
	ctx context.Context, src *config.Source, crawl *ledger.Crawl, env crawler.Env,
) (p part, err error) {
	way, err := wayOf(src)
	if err != nil {
		return p, err
	}
	s, began, spent := l.storeOf(src, crawl, way), l.Now(), time.Duration(0)
	deadline := time.Duration(l.Config.Deadline)
	if !env.Offline {
		spent = l.stand(src, s, &env)
		if env.Pause != nil {
			deadline -= spent
		}
	}
	ctx, cancel := context.WithTimeout(ctx, deadline)
	defer cancel()
	env.Contact, env.Version, env.Hosts = l.Config.Contact, l.Version, l.Hosts
	env.Now, env.Sleep, env.Log = l.Now, l.Sleep, l.Log
	if s.visits != nil {
		env.Addresses = s.visits
	}
	out, err := crawler.Slice(ctx, src, env, hiding{s, src})
	err = errors.Join(err, s.flush(ctx))
	receipt := out.Receipt
	receipt.Counts, receipt.Filled, receipt.Cut = s.counts, s.filled, s.long
	switch {
	case stopped(ctx, err):
		// What was not stored is read again by the next run.
		receipt.Complete, receipt.CutOff, err = false, env.Pages != nil && !env.Offline, nil
		if receipt.Why == "" {
			receipt.Why = "stopped: " + context.Cause(ctx).Error()
		}
	case err == nil && out.Frontier != nil:
		p.frontier = s.frontier(way, spent+l.Now().Sub(began), out.Frontier)
	}
	if err == nil && !receipt.AddUp() {
		err = fmt.Errorf("the counts of source %s do not add up: %+v", src.Name, receipt.Counts)
	}
	p.receipt, p.unseen, p.paused = receipt, &s.unseen, out.Paused
	l.tell(src, &p)
	return p, err
}

// stand lets the crawl go on from its frontier, if it has one, and says how long its run took
// so far.
func (l *Line) stand(src *config.Source, s *store, env *crawler.Env) (spent time.Duration) {
	f, at, err := frontierOf(s.crawl, src)
	if err != nil {
		l.Log.Warn("where the crawl of a source stands can't be read: its kept pages are read again",
			"source", src.Name, "error", err)
	}
	if err != nil || f == nil {
		return 0
	}
	s.goOn(f)
	env.Frontier, env.Told = at, f.Told
	if f.Told {
		return 0
	}
	return f.Spent
}

// storeOf gives the store of a source's postings.
func (l *Line) storeOf(src *config.Source, crawl *ledger.Crawl, way string) *store {
	s := l.store(src.Name)
	s.crawl, s.keepContacts = crawl, src.KeepContacts
	if len(src.Keep.Countries)+len(src.Keep.Titles)+len(src.Keep.NotTitles) > 0 {
		s.keep = &src.Keep
	}
	if src.Kind == config.KindSitemap {
		s.visits = &addresses{store: s, crawl: crawl, src: src, way: way, changed: map[string]bool{}}
	}
	return s
}

// tell notes in the log what was read.
func (l *Line) tell(src *config.Source, p *part) {
	what, r := "source read", &p.receipt
	if p.paused {
		what = "a part of a source read"
	}
	l.Log.Info(what, "source", src.Name, "seen", r.Seen, "new", r.New, "changed", r.Changed,
		"unchanged", r.Unchanged, "rejected", r.Rejected, "complete", r.Complete)
}
