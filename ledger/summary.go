package ledger

import (
	"context"
	"fmt"
	"slices"

	"golang.org/x/sync/errgroup"

	"jobsieve/job"
)

// Summary makes the summary of a record. It shares the lists of the record.
func (r *Record) Summary() job.Summary {
	s := job.Summary{
		Source: r.Posting.Source, Company: r.Posting.Company, Vacancy: r.Vacancy, Role: r.Role,
		Posted: r.Posted, PostedHow: r.PostedHow, FirstSeen: dayOf(r.FirstSeen),
		Facts: r.Facts, Pay: r.Pay, Verdict: r.Verdict, Hand: r.Hand, State: r.State,
	}
	if !r.Closed.IsZero() {
		s.Closed = dayOf(r.Closed)
	}
	s.Brief()
	return s
}

// keepSummary keeps the summary of posting n, which has no more than what
// Record.Summary needs.
func keepSummary(ctx context.Context, tx *prepared, n int64, r *Record) error {
	s := r.Summary()
	return keepPacked(ctx, tx, n, s.AppendPacked(nil))
}

// keepPacked keeps a packed summary; one of no bytes is to be made anew.
func keepPacked(ctx context.Context, tx *prepared, n int64, packed []byte) error {
	const query = `INSERT INTO summary (n, packed) VALUES ($1, $2)
		ON CONFLICT (n) DO UPDATE SET packed = excluded.packed WHERE summary.packed <> excluded.packed`
	return tx.exec(ctx, query, n, packed)
}

// refreshSummary keeps the summary of a record whose reading is still the same,
// unless the posting was written since it was read.
func refreshSummary(ctx context.Context, tx *prepared, r *Record) error {
	s := r.Summary()
	return tx.exec(ctx, `UPDATE summary SET packed = $1 WHERE n = $2 AND packed <> $1
		AND EXISTS (SELECT 1 FROM posting WHERE n = $2 AND revision = $3)`, s.AppendPacked(nil), r.N, r.Revision)
}

// editSummary changes the summary of posting n. One that can't be read stays to be made
// anew.
func editSummary(ctx context.Context, tx *prepared, n int64, edit func(*job.Summary)) error {
	var packed []byte
	if err := tx.row(ctx, "SELECT packed FROM summary WHERE n = $1", []any{n}, &packed); err != nil {
		return err
	}
	var s job.Summary
	again := []byte{}
	if err := new(job.Unpacker).Unpack(packed, &s); err == nil {
		edit(&s)
		again = s.AppendPacked(again)
	}
	return tx.exec(ctx, "UPDATE summary SET packed = $1 WHERE n = $2", again, n)
}

// Summaries calls f with the number and the summary of every current posting, in
// any order; a summary holds until f returns. It stops at f's first error and
// returns it. A summary that is not kept, or not in this program's form, is made
// from the record, which takes longer: Reread keeps it. Several f share the postings
// and run beside one another.
func (l *Ledger) Summaries(ctx context.Context, some ...func(n int64, s *job.Summary) error) error {
	missing, err := l.keptSummaries(ctx, some)
	f := some[0]
	l.older.Store(int64(len(missing)))
	if err != nil || len(missing) == 0 {
		return err
	}
	for _, n := range missing {
		const query = "SELECT " + recordColumns + " FROM posting p WHERE n = $1 AND NOT forgotten"
		err := l.each(ctx, query, func(r *Record) error {
			s := r.Summary()
			return f(n, &s)
		}, n)
		if err != nil {
			return err
		}
	}
	return nil
}

// Older is how many postings the last Summaries made summaries of: an earlier version
// stored them, or read them last.
func (l *Ledger) Older() int { return int(l.older.Load()) }

// allPacked asks for all that is kept of summaries.
const allPacked = "SELECT n, packed FROM summary"

// keptSummaries is Summaries for those that are kept; missing are the numbers of
// the others.
func (l *Ledger) keptSummaries(
	ctx context.Context, some []func(int64, *job.Summary) error,
) (missing []int64, err error) {
	group, ctx := errgroup.WithContext(ctx)
	full, used := make(chan *packedBatch, batchesAhead), make(chan *packedBatch, batchesAhead)
	group.Go(func() error {
		defer close(full)
		return l.readPacked(ctx, full, used)
	})
	lacking := make([][]int64, len(some))
	for i, f := range some {
		group.Go(func() (err error) {
			lacking[i], err = unpackAll(full, used, f)
			return err
		})
	}
	err = group.Wait()
	return slices.Concat(lacking...), err
}

// unpackAll calls f for every summary of batches, which it gives back; missing are the
// numbers of those that have to be made anew.
func unpackAll(
	full <-chan *packedBatch, used chan<- *packedBatch, f func(int64, *job.Summary) error,
) (missing []int64, err error) {
	var unpacker job.Unpacker
	var s job.Summary
	for b := range full {
		from := 0
		for i, n := range b.numbers {
			packed := b.bytes[from:b.ends[i]]
			from = b.ends[i]
			if unpacker.Unpack(packed, &s) != nil {
				missing = append(missing, n)
				continue
			}
			if err := f(n, &s); err != nil {
				return nil, err
			}
		}
		select {
		case used <- b:
		default: // there are enough
		}
	}
	return missing, nil
}

// packedBatch is packed summaries, one after the other, with their numbers and
// where each ends.
type packedBatch struct {
	numbers []int64
	ends    []int
	bytes   []byte
}

// A batch has batchSummaries at most, and batchesAhead of them are read before they
// are unpacked.
const (
	batchSummaries = 1000
	batchesAhead   = 4
)

// add adds a packed summary.
func (b *packedBatch) add(n int64, packed []byte) {
	b.bytes = append(b.bytes, packed...)
	b.numbers, b.ends = append(b.numbers, n), append(b.ends, len(b.bytes))
}

// readPacked reads all that is kept of summaries, into batches that were used where there
// are some.
func (l *Ledger) readPacked(ctx context.Context, full chan<- *packedBatch, used <-chan *packedBatch) error {
	b := new(packedBatch)
	send := func() error {
		select {
		case full <- b:
		case <-ctx.Done():
			return ctx.Err()
		}
		select {
		case b = <-used:
			b.numbers, b.ends, b.bytes = b.numbers[:0], b.ends[:0], b.bytes[:0]
		default:
			b = new(packedBatch)
		}
		return nil
	}
	err := l.engine.packed(ctx, func(n int64, packed []byte) error {
		b.add(n, packed)
		if len(b.numbers) < batchSummaries {
			return nil
		}
		return send()
	})
	if err != nil {
		return fmt.Errorf("read summaries: %w", err)
	}
	return send()
}
