// Package chosen is the index that the configuration names: the embedded one, or
// one on an Elasticsearch server. It opens it, or reaches the daemon that holds
// it; brings the ledger's postings there, compares the two, rebuilds and prunes.
//
// Postings enter from the ledger, and answers leave. What may hold other
// people's data is neither replaced nor deleted.
package chosen

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"time"

	"jobsieve/config"
	"jobsieve/indexer"
	"jobsieve/indexer/elastic"
	"jobsieve/indexer/embedded"
	"jobsieve/internal/lately"
	"jobsieve/job"
	"jobsieve/ledger"
)

// Wait is how long to wait for the embedded index, unless told otherwise.
const Wait = 10 * time.Second

// Index is the index that a configuration names.
type Index struct {
	Config *config.Config
	// Dir is the data folder.
	Dir string
	Log *slog.Logger
	Now func() time.Time
	// Command gives the command line of a subcommand, as people would type it.
	Command func(args ...string) string
	// Filling, which may be nil, is called where a new index is filled before it
	// answers: with the number of documents, and what fills it.
	Filling func(documents int, fill func(progress func(done int)) error) error
	// Added, which may be nil, is called where an index that an earlier version made
	// was given the fields of this one.
	Added func(index string, fields []string)
	// Share, which may be nil, is called where an index on a server is rebuilt, with its parts:
	// other processes may Fill them. What they leave this one does.
	Share func(ctx context.Context, parts []Part) error
	// Kept, which may be nil, is who keeps the index open in this process.
	Kept *Keeper

	lack lately.Count[Lack]
}

// Embedded reports whether it is the embedded index.
func (x *Index) Embedded() bool { return x.Config.Index == config.DefaultIndex }

// Alias is the name that it has on its server.
func (x *Index) Alias() string {
	if x.Config.Elasticsearch.Alias != "" {
		return x.Config.Elasticsearch.Alias
	}
	return elastic.DefaultAlias
}

// Daemon finds the daemon that holds the index.
func (x *Index) Daemon() (*Client, bool) {
	if !x.Embedded() {
		return nil, false
	}
	client, ok := Dial(x.Dir)
	return client, ok && client.Index == config.DefaultIndex
}

// targetPrefix begins the targets of the index.
func (x *Index) targetPrefix() string {
	if x.Embedded() {
		return embedded.TargetPrefix
	}
	return elastic.TargetPrefix(x.Config.Index, x.Config.Elasticsearch.Alias)
}

// Target is the index as it was last delivered to.
func (x *Index) Target(ctx context.Context, l *ledger.Ledger) (ledger.Target, error) {
	return l.LastTarget(ctx, x.targetPrefix())
}

// last counts what the index had taken when it was last reached.
func (x *Index) last(ctx context.Context, l *ledger.Ledger) (ledger.Deliveries, error) {
	ctx = context.WithoutCancel(ctx)
	target, err := x.Target(ctx, l)
	if err != nil {
		return ledger.Deliveries{}, err
	}
	return l.Deliveries(ctx, target)
}

// Open opens the index, and makes it where there is none. done closes it and
// gives up its lock. Its error is a *ledger.HeldError where another process
// holds the embedded index for longer than wait.
func (x *Index) Open(ctx context.Context, wait time.Duration) (ix indexer.Index, done func() error, err error) {
	if x.Embedded() {
		return x.openEmbedded(ctx, wait, func() (*embedded.Index, error) { return embedded.Open(x.Dir, x.Log) })
	}
	return x.openElastic(ctx, true)
}

// look opens the index and makes none. Where there is none its error is an
// *embedded.LostError or elastic.ErrNoIndex.
func (x *Index) look(ctx context.Context) (ix indexer.Index, done func() error, err error) {
	if x.Embedded() {
		return x.openEmbedded(ctx, Wait, func() (*embedded.Index, error) { return embedded.Look(x.Dir) })
	}
	return x.openElastic(ctx, false)
}

// OpenFilled opens the index to read it. An embedded one that was lost is filled
// from the ledger before it answers; an Elasticsearch index is left as it is,
// and may serve other ledgers.
func (x *Index) OpenFilled(
	ctx context.Context, l *ledger.Ledger, wait time.Duration,
) (ix indexer.Index, done func() error, err error) {
	if !x.Embedded() {
		return x.openElastic(ctx, false)
	}
	ix, done, err = x.Open(ctx, wait)
	if err != nil {
		return nil, nil, err
	}
	if err := x.fill(ctx, l, ix); err != nil {
		return nil, nil, errors.Join(err, done())
	}
	return ix, done, nil
}

// fill delivers the whole ledger to an index that has taken nothing of it yet.
func (x *Index) fill(ctx context.Context, l *ledger.Ledger, ix indexer.Index) error {
	taken, err := l.Took(ctx, ledger.Target(ix.Target()))
	if err != nil || taken {
		return err
	}
	d, err := l.Deliveries(ctx, ledger.Target(ix.Target()))
	if err != nil || d.Waiting == 0 {
		return err
	}
	fill := func(progress func(int)) error {
		_, err := Deliver(ctx, l, ix, x.Now, progress)
		return err
	}
	if x.Filling == nil {
		err = fill(nil)
	} else {
		err = x.Filling(d.Waiting, fill)
	}
	if err != nil {
		return err
	}
	return l.ForgetDeliveries(ctx, embedded.TargetPrefix, ledger.Target(ix.Target()))
}

func (x *Index) openEmbedded(
	ctx context.Context, wait time.Duration, open func() (*embedded.Index, error),
) (indexer.Index, func() error, error) {
	lock, err := x.lock(ctx, wait)
	if err != nil {
		return nil, nil, err
	}
	ix, err := open()
	if err != nil {
		return nil, nil, errors.Join(err, lock.Release())
	}
	return ix, func() error { return errors.Join(ix.Close(), lock.Release()) }, nil
}

// lock takes the embedded index.
func (x *Index) lock(ctx context.Context, wait time.Duration) (*ledger.Lock, error) {
	return ledger.Acquire(ctx, x.Dir, "index", "the index in "+x.Dir, wait)
}

// openElastic opens the index on its server; create makes it where there is none.
func (x *Index) openElastic(ctx context.Context, create bool) (indexer.Index, func() error, error) {
	opts, err := x.elastic()
	if err != nil {
		return nil, nil, err
	}
	ix, err := elastic.Open(ctx, opts, create)
	if err != nil {
		return nil, nil, err
	}
	x.added(ix)
	return ix, ix.Close, nil
}

func (x *Index) added(ix *elastic.Index) {
	if len(ix.Added) > 0 && x.Added != nil {
		x.Added(ix.Name, ix.Added)
	}
}

// ConfigError is a fault in how the configuration says to reach a server.
type ConfigError struct{ Err error }

func (e *ConfigError) Error() string { return e.Err.Error() }
func (e *ConfigError) Unwrap() error { return e.Err }

// elastic says how the server is reached.
func (x *Index) elastic() (elastic.Options, error) {
	e := x.Config.Elasticsearch
	ca, err := e.Resolve(x.Config.Path)
	if err != nil {
		return elastic.Options{}, &ConfigError{err}
	}
	return elastic.Options{
		URL: x.Config.Index, Alias: e.Alias, APIKey: e.APIKey.Reveal(), Username: e.Username,
		Password: e.Password.Reveal(), CACert: ca, Fingerprint: e.Fingerprint, Timeout: time.Duration(e.Timeout),
		MaxBytes: e.MaxBytes, Parallel: e.Parallel, Addresses: e.Addresses, Replicas: e.Replicas,
	}, nil
}

// Made describes an existing index.
type Made struct {
	// Name is that of the index on its server, empty for the embedded one.
	Name string `json:"name,omitempty"`
	// Version, Node and Cluster are the server's.
	Version string `json:"version,omitempty"`
	Node    string `json:"node,omitempty"`
	Cluster string `json:"cluster,omitempty"`
}

// Setup makes the index where there is none; on a server the alias too, and it
// removes what an earlier version of this program has left.
func (x *Index) Setup(ctx context.Context, wait time.Duration) (Made, error) {
	if x.Embedded() {
		_, done, err := x.Open(ctx, wait)
		if err != nil {
			return Made{}, err
		}
		return Made{}, done()
	}
	opts, err := x.elastic()
	if err != nil {
		return Made{}, err
	}
	ix, err := elastic.Connect(ctx, opts)
	if err != nil {
		return Made{}, err
	}
	if err := ix.Setup(ctx); err != nil {
		return Made{}, fmt.Errorf("elasticsearch at %s: index %s: %w", x.Config.Index, x.Alias(), err)
	}
	x.added(ix)
	return Made{ix.Name, ix.Server.Version, ix.Server.Name, ix.Server.Cluster}, nil
}

// Sync brings the index up to date with the ledger: itself, or through the
// daemon that holds it. The counts are given with an error too: then they are
// from when the index was last reached.
func (x *Index) Sync(ctx context.Context, l *ledger.Ledger, progress func(done int)) (ledger.Deliveries, error) {
	counts, err := x.sync(ctx, l, progress)
	if err != nil {
		var countErr error
		counts, countErr = x.last(ctx, l)
		err = errors.Join(err, countErr)
	}
	return counts, err
}

func (x *Index) sync(ctx context.Context, l *ledger.Ledger, progress func(int)) (ledger.Deliveries, error) {
	if client, ok := x.Daemon(); ok {
		return client.Sync(ctx, progress)
	}
	ix, done, err := x.Open(ctx, Wait)
	if err != nil {
		return ledger.Deliveries{}, err
	}
	counts, err := Deliver(ctx, l, ix, x.Now, progress)
	return counts, errors.Join(err, done())
}

// OrDiffers makes an error of documents that the index has lost, and of those
// that it has and the ledger lacks.
func (x *Index) OrDiffers(d ledger.Deliveries, err error) error {
	switch {
	case err != nil:
		return err
	case d.Missing > 0:
		return errors.New(x.Missing(d.Missing))
	case d.Foreign > 0:
		return errors.New(x.Foreign(d.Foreign))
	}
	return nil
}

// Missing says that the index has lost n documents, and what fixes that.
func (x *Index) Missing(n int) string {
	const format = "%s that the index took %s no longer in it: \"%s\" rebuilds it from the ledger"
	return fmt.Sprintf(format, job.Count(n, "document"), job.Plural(n, "is", "are"), x.Command("index", "rebuild"))
}

// Foreign says that the index has n documents that are not the ledger's, and what
// fixes that.
func (x *Index) Foreign(n int) string {
	const format = "%s in the index %s not the ledger's: \"%s\" rebuilds it from the ledger"
	return fmt.Sprintf(format, job.Count(n, "document"), job.Plural(n, "is", "are"), x.Command("index", "rebuild"))
}
