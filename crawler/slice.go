package crawler

import (
	"context"
	"errors"
	"time"

	"jobsieve/config"
	"jobsieve/crawler/fetch"
	"jobsieve/job"
)

// Outcome is what came of a slice of a crawl.
type Outcome struct {
	// Receipt has no counts of what became of postings: the sink knows. It is not whole
	// where the slice was Paused.
	Receipt job.Receipt
	// Frontier is where the crawl goes on; empty where it came to its end, or where that
	// is known by the pages alone that are kept.
	Frontier []byte
	Paused   bool
}

// Slice reads a source as Crawl does, from the frontier on, until the crawl ends or is to
// pause.
func Slice(ctx context.Context, src *config.Source, env Env, sink Sink) (out Outcome, err error) {
	c := &crawl{
		src: src, env: env, sink: sink,
		met: map[hash]likeness{}, visited: map[hash]visit{}, listPages: map[hash]bool{}, ends: map[hash]int32{},
		slow: map[string]time.Duration{},
	}
	c.receipt = job.Receipt{Source: src.Name, Started: env.Now()}
	err = c.read(ctx)
	if ctx.Err() == nil && fetch.BookFailed(err) {
		err = &sinkError{err} // which is no fault of the source either
	}
	var s *sinkError
	failed := errors.As(err, &s)
	c.account()
	if c.stopped(ctx, err) && !failed {
		out.Frontier, out.Paused = c.frontier(), errors.Is(err, errPaused)
	}
	ends := out.Frontier == nil && !out.Paused && !failed
	if ends && (err == nil || ctx.Err() == nil) {
		// Where the deadline has passed that is no cut, and what waits was read.
		err = errors.Join(err, c.release(context.WithoutCancel(ctx)))
	}
	if !out.Paused {
		c.finish(ctx, err)
	}
	out.Receipt = c.receipt
	if errors.As(err, &s) {
		return out, s.err
	}
	return out, nil
}

// read reads the source, or goes on with that.
func (c *crawl) read(ctx context.Context) error {
	if c.src.Kind != config.KindFile {
		if err := c.prepare(ctx); err != nil {
			return err
		}
	}
	if err := readers[c.src.Kind](c, ctx); err != nil {
		return err
	}
	if whole[c.src.Kind] && !c.unlisted && c.receipt.End == "" {
		c.receipt.End = job.EndWhole
	}
	return nil
}

// account puts into the receipt what this slice sent and waited.
func (c *crawl) account() {
	if c.get == nil {
		return
	}
	r, s := &c.receipt, c.get.transport.Stats()
	r.Bytes, r.Waits, r.Waited = r.Bytes+s.Bytes, r.Waits+s.Waits, r.Waited+s.Waited
	if r.Statuses == nil {
		r.Statuses = map[int]int{}
	}
	for status, n := range s.Statuses {
		r.Statuses[status] += n
	}
	for host, robots := range s.Robots {
		if r.Robots == nil {
			r.Robots = map[string]string{}
		}
		r.Robots[host], c.slow[host] = robots.Version, robots.Delay
	}
}
