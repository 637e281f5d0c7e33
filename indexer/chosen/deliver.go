package chosen

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"
	"time"

	"jobsieve/indexer"
	"jobsieve/ledger"
)

// deliverBatch is how many documents are handed to an index at once.
const deliverBatch = 500

// Deliver hands every waiting document to the index and notes in the ledger what
// became of each. A document counts as delivered when the index says so of that
// very document; where the index can't be reached the rows wait, and the error
// says why. Then it checks whether the index holds as many as it took. Memory is
// bounded by the batches in flight. progress, which may be nil, is told how many
// were handled. An index with an older layout takes no documents: one with
// today's is filled beside it and takes its place.
func Deliver(
	ctx context.Context, l *ledger.Ledger, ix indexer.Index, now func() time.Time, progress func(done int),
) (ledger.Deliveries, error) {
	next, err := renewed(ctx, ix)
	if next != nil {
		begin := func(context.Context) (rebuilt, error) { return next, nil }
		_, counts, err := rebuild(ctx, l, rebuildSteps{Begin: begin, Now: now, Progress: progress})
		return counts, err
	}
	d := &delivery{ledger: l, index: ix, target: ledger.Target(ix.Target()), now: now, progress: progress}
	if err == nil {
		err = d.run(ctx)
	}
	if err == nil && d.done > 0 {
		err = ix.Refresh(ctx)
	}
	var counts ledger.Deliveries
	if err == nil {
		counts, err = Counted(ctx, l, ix)
	}
	if err != nil {
		var countErr error
		counts, countErr = l.Deliveries(context.WithoutCancel(ctx), d.target)
		err = errors.Join(fmt.Errorf("index: %w", err), countErr)
	}
	return counts, err
}

// renewable is an index that can begin another in its place.
type renewable interface {
	// Renew gives a new, empty index, of type rebuilt, where this one has an older
	// layout, else nil.
	Renew(ctx context.Context) (indexer.Index, error)
}

// renewed gives the index that is to take the place of one with an older
// layout; nil where none is needed.
func renewed(ctx context.Context, ix indexer.Index) (rebuilt, error) {
	older, ok := ix.(renewable)
	if !ok {
		return nil, nil
	}
	next, err := older.Renew(ctx)
	if next == nil || err != nil {
		return nil, err
	}
	return next.(rebuilt), nil
}

// Counted counts what became of the documents at an index, how many fewer it
// holds than must be there, and how many more than can be. It only compares
// counts: that as many are lost as are foreign is found by Compare.
func Counted(ctx context.Context, l *ledger.Ledger, ix indexer.Index) (ledger.Deliveries, error) {
	target := ledger.Target(ix.Target())
	before, err := l.Deliveries(ctx, target)
	if err != nil {
		return before, err
	}
	held, err := ix.Count(ctx)
	if err != nil {
		return ledger.Deliveries{}, err
	}
	counts, err := l.Deliveries(ctx, target) // what was forgotten meanwhile is not missing
	counts.Missing = max(0, min(before.Delivered, counts.Delivered)-held)
	if err == nil && held > counts.Taken {
		counts.Foreign, err = surplus(ctx, l, ix, held-counts.Taken)
	}
	return counts, err
}

// surplus counts once more what an index holds beyond the ledger's documents:
// what was forgotten meanwhile is not foreign.
func surplus(ctx context.Context, l *ledger.Ledger, ix indexer.Index, before int) (int, error) {
	held, err := ix.Count(ctx)
	if err != nil {
		return 0, err
	}
	counts, err := l.Deliveries(ctx, ledger.Target(ix.Target()))
	return max(0, min(before, held-counts.Taken)), err
}

// delivery is one delivery of all that waits.
type delivery struct {
	ledger   *ledger.Ledger
	index    indexer.Index
	target   ledger.Target
	now      func() time.Time
	progress func(done int)
	// after and last bound the numbers that are delivered; a last of 0 is no bound.
	after, last int64

	mu   sync.Mutex
	done int
	err  error
}

// run reads what waits and hands it to as many workers as the index takes. The
// first error ends the reading; batches under way are finished.
func (d *delivery) run(ctx context.Context) error {
	batches := make(chan []*ledger.Record)
	var workers sync.WaitGroup
	for range d.index.Parallel() {
		workers.Go(func() {
			for records := range batches {
				d.handle(ctx, records)
			}
		})
	}
	err := d.read(ctx, batches)
	close(batches)
	workers.Wait()
	return errors.Join(err, d.err)
}

// read sends what waits, batch by batch.
func (d *delivery) read(ctx context.Context, batches chan<- []*ledger.Record) error {
	for after := d.after; ; {
		records, err := d.ledger.Waiting(ctx, d.target, after, deliverBatch)
		records = d.within(records)
		if err != nil || len(records) == 0 {
			return err
		}
		after = records[len(records)-1].N
		select {
		case batches <- records:
		case <-ctx.Done():
			return ctx.Err()
		}
		if d.failed() {
			return nil
		}
	}
}

// within leaves out records beyond the last.
func (d *delivery) within(records []*ledger.Record) []*ledger.Record {
	beyond := func(r *ledger.Record) bool { return d.last > 0 && r.N > d.last }
	if i := slices.IndexFunc(records, beyond); i >= 0 {
		return records[:i]
	}
	return records
}

func (d *delivery) failed() bool {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.err != nil
}

// handle delivers a batch and notes what became of it.
func (d *delivery) handle(ctx context.Context, records []*ledger.Record) {
	err := d.deliver(ctx, records)
	d.mu.Lock()
	defer d.mu.Unlock()
	if err != nil && d.err == nil {
		d.err = err
	}
	d.done += len(records)
	if d.progress != nil {
		d.progress(d.done)
	}
}

func (d *delivery) deliver(ctx context.Context, records []*ledger.Record) error {
	if d.failed() { // another batch has shown that there is no point now
		return nil
	}
	docs := make([]indexer.Document, len(records))
	for i, r := range records {
		docs[i] = DocumentOf(r)
	}
	acks, err := d.index.Deliver(ctx, docs)
	var ds []ledger.Delivery
	for i, a := range acks {
		if a.Newer > 0 {
			var e error
			a, e = d.newer(ctx, records[i], a.Newer)
			err = errors.Join(err, e)
		}
		if a.Delivered || a.Refused != "" {
			ds = append(ds, ledger.Delivery{N: records[i].N, Revision: records[i].Revision, Refused: a.Refused})
		}
	}
	return errors.Join(err, d.ledger.Acknowledge(context.WithoutCancel(ctx), d.target, d.now(), ds))
}

// newer judges a document of which the index holds a newer version: it is done
// where the ledger has that version by now, too. Otherwise the ledger is older
// than the one that the index was filled from.
func (d *delivery) newer(ctx context.Context, r *ledger.Record, held int64) (indexer.Ack, error) {
	now, err := d.ledger.Revision(context.WithoutCancel(ctx), r.N)
	if err != nil {
		return indexer.Ack{}, err
	}
	if now >= held {
		return indexer.Ack{Delivered: true}, nil
	}
	const format = `the index holds version %d and the ledger has version %d: it was filled from another ledger, ` +
		`or from this one before an older copy was put back; "jobsieve index rebuild" makes an index from this one`
	return indexer.Ack{Refused: fmt.Sprintf(format, held, now)}, nil
}
