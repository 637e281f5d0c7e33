package main

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"jobsieve/config"
	"jobsieve/indexer"
	"jobsieve/indexer/elastic"
	"jobsieve/indexer/embedded"
	"jobsieve/ledger"
	"jobsieve/pipeline"
	"jobsieve/web"
)

// indexWait is how long a run waits for the embedded index.
const indexWait = 10 * time.Second

// deliver brings the configured index up to the ledger: itself, or through the
// daemon that holds it.
func (a *app) deliver(
	ctx context.Context, c *config.Config, l *ledger.Ledger, progress func(int),
) (ledger.Deliveries, error) {
	counts, err := a.deliverBy(ctx, c, l, progress)
	if err != nil {
		var countErr error
		counts, countErr = a.lastDeliveries(ctx, c, l)
		err = errors.Join(err, countErr)
	}
	return counts, err
}

func (a *app) deliverBy(
	ctx context.Context, c *config.Config, l *ledger.Ledger, progress func(int),
) (ledger.Deliveries, error) {
	if client, ok := a.daemonOf(c); ok {
		return client.Sync(ctx, progress)
	}
	ix, done, err := a.openIndex(ctx, c, waitFlags{Wait: indexWait})
	if err != nil {
		return ledger.Deliveries{}, err
	}
	counts, err := pipeline.Deliver(ctx, l, ix, a.now, progress)
	return counts, errors.Join(err, done())
}

// orMissing makes an error of documents that the index has lost.
func (a *app) orMissing(d ledger.Deliveries, err error) error {
	if err == nil && d.Missing > 0 {
		return errors.New(a.missing(d.Missing))
	}
	return err
}

func (a *app) missing(n int) string {
	const format = "%d documents that the index took are not in it any more: \"%s\" makes it anew from the ledger"
	return fmt.Sprintf(format, n, a.command("index", "rebuild"))
}

// daemonOf finds the daemon that holds the configured index.
func (a *app) daemonOf(c *config.Config) (*web.Client, bool) {
	if c.Index != config.DefaultIndex {
		return nil, false
	}
	client, ok := web.Dial(a.data())
	return client, ok && client.Index == config.DefaultIndex
}

// targetPrefix begins the targets of the configured index.
func targetPrefix(c *config.Config) string {
	if c.Index == config.DefaultIndex {
		return embedded.TargetPrefix
	}
	return elastic.TargetPrefix(c.Index, c.Elasticsearch.Alias)
}

// lastDeliveries counts what the index had taken when it was last reached.
func (a *app) lastDeliveries(ctx context.Context, c *config.Config, l *ledger.Ledger) (ledger.Deliveries, error) {
	ctx = context.WithoutCancel(ctx)
	target, err := l.LastTarget(ctx, targetPrefix(c))
	if err != nil {
		return ledger.Deliveries{}, err
	}
	return l.Deliveries(ctx, target)
}

// openIndex opens the configured index, and makes it where there is none. done
// closes it and gives up its lock.
func (a *app) openIndex(
	ctx context.Context, c *config.Config, w waitFlags,
) (ix indexer.Index, done func() error, err error) {
	if c.Index == config.DefaultIndex {
		return a.openEmbedded(w, func() (*embedded.Index, error) { return embedded.Open(a.data(), a.log) })
	}
	return a.openElastic(ctx, c, true)
}

// lookAtIndex opens the configured index and makes none. Where there is none
// its error is an *embedded.LostError or elastic.ErrNoIndex.
func (a *app) lookAtIndex(ctx context.Context, c *config.Config) (ix indexer.Index, done func() error, err error) {
	if c.Index == config.DefaultIndex {
		return a.openEmbedded(waitFlags{Wait: indexWait}, func() (*embedded.Index, error) { return embedded.Look(a.data()) })
	}
	return a.openElastic(ctx, c, false)
}

// openFilled opens the configured index to read it. An embedded one that was
// lost is filled from the ledger before it answers; an Elasticsearch is what it
// is, and may serve other ledgers.
func (a *app) openFilled(
	ctx context.Context, c *config.Config, l *ledger.Ledger, wait time.Duration,
) (ix indexer.Index, done func() error, err error) {
	if c.Index != config.DefaultIndex {
		return a.openElastic(ctx, c, false)
	}
	ix, done, err = a.openIndex(ctx, c, waitFlags{Wait: wait})
	if err != nil {
		return nil, nil, err
	}
	if err := a.fill(ctx, l, ix); err != nil {
		return nil, nil, errors.Join(err, done())
	}
	return ix, done, nil
}

// fill delivers the whole ledger to an index that took nothing of it yet.
func (a *app) fill(ctx context.Context, l *ledger.Ledger, ix indexer.Index) error {
	d, err := l.Deliveries(ctx, ledger.Target(ix.Target()))
	if err != nil || d.Waiting == 0 || d.Delivered+d.Refused > 0 {
		return err
	}
	fmt.Fprintf(a.err, "The index is new: %d documents of the ledger are taken there first.\n", d.Waiting)
	p := newProgress(a.err)
	_, err = pipeline.Deliver(ctx, l, ix, a.now, func(done int) { p.tell("indexed", done) })
	p.clear()
	if err != nil {
		return err
	}
	return l.ForgetDeliveries(ctx, embedded.TargetPrefix, ledger.Target(ix.Target()))
}

func (a *app) openEmbedded(w waitFlags, open func() (*embedded.Index, error)) (indexer.Index, func() error, error) {
	lock, err := a.lock(w, "index", "the index in "+a.data())
	if err != nil {
		return nil, nil, err
	}
	ix, err := open()
	if err != nil {
		return nil, nil, errors.Join(err, lock.Release())
	}
	return ix, func() error { return errors.Join(ix.Close(), lock.Release()) }, nil
}

// openElastic opens the configured Elasticsearch index; create makes it where
// there is none.
func (a *app) openElastic(ctx context.Context, c *config.Config, create bool) (indexer.Index, func() error, error) {
	opts, err := a.elasticOptions(c)
	if err != nil {
		return nil, nil, err
	}
	ix, err := elastic.Open(ctx, opts, create)
	if err != nil {
		return nil, nil, err
	}
	a.tellAdded(ix)
	return ix, ix.Close, nil
}

// tellAdded says which fields an index of an earlier version has got.
func (a *app) tellAdded(ix *elastic.Index) {
	if len(ix.Added) > 0 {
		const format = "The index %s, which an earlier version made, now has the fields %s too. " +
			"Documents that it holds already get them with \"%s\".\n"
		fmt.Fprintf(a.err, format, ix.Name, strings.Join(ix.Added, ", "), a.command("index", "rebuild"))
	}
}

// elasticOptions says how the configured Elasticsearch is reached.
func (a *app) elasticOptions(c *config.Config) (elastic.Options, error) {
	e := c.Elasticsearch
	ca, err := e.Resolve(c.Path)
	if err != nil {
		return elastic.Options{}, &codeError{exitUsage, err}
	}
	return elastic.Options{
		URL: c.Index, Alias: e.Alias, APIKey: e.APIKey.Reveal(), Username: e.Username, Password: e.Password.Reveal(), CACert: ca,
		Fingerprint: e.Fingerprint, Timeout: time.Duration(e.Timeout), MaxBytes: e.MaxBytes, Parallel: e.Parallel,
	}, nil
}
