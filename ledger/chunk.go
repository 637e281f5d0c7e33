package ledger

import (
	"context"
	"crypto/rand"
	"database/sql"
	"errors"
	"fmt"
	"time"
)

// ChunkSize is how many numbers a chunk spans: its postings are read again in one transaction.
const ChunkSize = rereadBatch

// Chunk is a part of a reading anew that machines share: the postings of a span of the
// ledger's own numbers.
type Chunk struct {
	// Rereading is the ID of the whole, Reader what reads, and Asks what it asks of machines.
	Rereading string
	Reader    string
	Asks      []byte
	// First and Last are the span. The numbers before Next are done.
	First, Last, Next int64
	// Machine is the ID of the machine that wrote it last, empty for a process that is none.
	Machine string
	Tally
}

// Tally is what was found in a chunk, as whoever reads it writes it. Samples hold texts of
// postings, which forgetting any posting takes away; both are empty at first.
type Tally struct{ Counts, Samples []byte }

// Done reports that all of a chunk was read.
func (c *Chunk) Done() bool { return c.Next > c.Last }

// BeginRereading begins to read all current postings anew, by a reader, which asks so of
// machines, or joins what others began that asks the same and is not done. It gives the ID.
// What was begun by other readers is dropped: they would read the same postings otherwise.
func (l *Ledger) BeginRereading(
	ctx context.Context, reader string, asks []byte, now time.Time,
) (id string, err error) {
	err = l.transact(ctx, "begin to read postings anew", func(tx *sql.Tx) (err error) {
		statements := prepare(tx)
		defer func() { err = errors.Join(err, statements.close()) }()
		if err := statements.exec(ctx, "DELETE FROM rereading WHERE reader <> $1", reader); err != nil {
			return err
		}
		const begun = `SELECT id FROM rereading WHERE asks = $1 AND EXISTS (
			SELECT 1 FROM chunk WHERE rereading = id AND next <= last) ORDER BY begun DESC LIMIT 1`
		if err := statements.row(ctx, begun, []any{asks}, &id); !errors.Is(err, sql.ErrNoRows) {
			return err
		}
		id = rand.Text()
		const begin = "INSERT INTO rereading (id, reader, asks, begun) VALUES ($1, $2, $3, $4)"
		if err := statements.exec(ctx, begin, id, reader, asks, now.UnixMilli()); err != nil {
			return err
		}
		return divide(ctx, statements, id)
	})
	return id, err
}

// divide makes the chunks of all current postings.
func divide(ctx context.Context, tx *prepared, id string) error {
	query := fmt.Sprintf("SELECT DISTINCT (n - 1) / %d FROM posting WHERE NOT forgotten ORDER BY 1", ChunkSize)
	places, err := tx.numbers(ctx, query)
	if err != nil {
		return err
	}
	for _, place := range places {
		first := place*ChunkSize + 1
		err := tx.exec(ctx, `INSERT INTO chunk (rereading, first, last, next, machine, counts, samples)
			VALUES ($1, $2, $3, $4, '', $5, $5)`, id, first, first+ChunkSize-1, first, []byte{})
		if err != nil {
			return err
		}
	}
	return nil
}

// ErrNoChunk says that there is no such chunk: what it belonged to was dropped.
var ErrNoChunk = errors.New("there is no such part of a reading anew any more; begin it again")

const chunkColumns = `SELECT rereading, reader, asks, first, last, next, machine, counts, samples
	FROM chunk JOIN rereading ON id = rereading WHERE `

// Chunks gives the chunks of a reading anew, in the order of their numbers.
func (l *Ledger) Chunks(ctx context.Context, id string) ([]Chunk, error) {
	return l.chunks(ctx, "rereading = $1 ORDER BY first", id)
}

// UndoneChunks gives the chunks of all readings anew that are not done, those begun first
// first.
func (l *Ledger) UndoneChunks(ctx context.Context) ([]Chunk, error) {
	return l.chunks(ctx, "next <= last ORDER BY begun, rereading, first")
}

// Chunk gives the chunk of a reading anew that begins with a number. Its error is ErrNoChunk
// where there is none.
func (l *Ledger) Chunk(ctx context.Context, id string, first int64) (*Chunk, error) {
	return l.oneChunk(ctx, "rereading = $1 AND first = $2", id, first)
}

// LastChunk gives the last chunk of a reading anew that is not done. Its error is ErrNoChunk
// where all are.
func (l *Ledger) LastChunk(ctx context.Context, id string) (*Chunk, error) {
	return l.oneChunk(ctx, "rereading = $1 AND next <= last ORDER BY first DESC LIMIT 1", id)
}

func (l *Ledger) oneChunk(ctx context.Context, where string, args ...any) (*Chunk, error) {
	found, err := l.chunks(ctx, where, args...)
	if err == nil && len(found) == 0 {
		err = ErrNoChunk
	}
	if err != nil {
		return nil, err
	}
	return &found[0], nil
}

func (l *Ledger) chunks(ctx context.Context, where string, args ...any) (out []Chunk, err error) {
	statements := prepare(l.engine.db())
	defer func() { err = errors.Join(err, statements.close()) }()
	err = statements.each(ctx, chunkColumns+where, args, func(scan func(...any) error) error {
		var c Chunk
		err := scan(&c.Rereading, &c.Reader, &c.Asks, &c.First, &c.Last, &c.Next, &c.Machine, &c.Counts, &c.Samples)
		out = append(out, c)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("read what is left of a reading anew: %w", err)
	}
	return out, nil
}

// ChunksLeft counts the chunks of a reading anew that are not done, and all of them.
func (l *Ledger) ChunksLeft(ctx context.Context, id string) (left, all int, err error) {
	const query = "SELECT count(*) FILTER (WHERE next <= last), count(*) FROM chunk WHERE rereading = $1"
	if err := l.engine.db().QueryRowContext(ctx, query, id).Scan(&left, &all); err != nil {
		return 0, 0, fmt.Errorf("count what is left of a reading anew: %w", err)
	}
	return left, all, nil
}

// errMoved says that another process has written a chunk since it was read.
var errMoved = errors.New("another process has taken it up")

// RereadChunk reads the rest of a chunk again, as Reread does all postings, and brings c up
// to what is written. Of several processes that do the same chunk at once, each posting's
// reading is stored and tallied by one. tally, which may be called twice with the same, adds
// to a tally which of some postings are read otherwise.
func (l *Ledger) RereadChunk(
	ctx context.Context, now time.Time, c *Chunk, read func([]*Record) ([]Reading, error),
	tally func(was Tally, batch []*Record, to []Reading, differs []bool) (Tally, error),
) error {
	for !c.Done() {
		batch, err := l.batch(ctx, "NOT forgotten AND n <= $3", c.Next-1, ChunkSize, c.Last)
		if err != nil {
			return err
		}
		to, err := read(batch)
		if err != nil {
			return err
		}
		next := *c
		_, err = l.replace(ctx, now, batch, to, func(tx *prepared, differs []bool) (err error) {
			next.Next = c.Last + 1
			if len(differs) < len(batch) {
				next.Next = batch[len(differs)].N
			}
			next.Tally, err = tally(c.Tally, batch[:len(differs)], to, differs)
			if err != nil {
				return err
			}
			return next.move(ctx, tx, c.Next, l.machine.id())
		})
		if err == nil {
			*c = next
			continue
		}
		if !errors.Is(err, errMoved) {
			return err
		}
		newer, err := l.Chunk(ctx, c.Rereading, c.First)
		if err != nil {
			return err
		}
		*c = *newer
	}
	return nil
}

// move writes how far a chunk is, which was at a number; its error is errMoved where it is
// not there any more.
func (c *Chunk) move(ctx context.Context, tx *prepared, from int64, machine string) error {
	c.Machine = machine
	var n int64
	err := tx.row(ctx, `UPDATE chunk SET next = $1, machine = $2, counts = $3, samples = $4
		WHERE rereading = $5 AND first = $6 AND next = $7 RETURNING next`,
		[]any{c.Next, c.Machine, c.Counts, c.Samples, c.Rereading, c.First, from}, &n)
	if errors.Is(err, sql.ErrNoRows) {
		return errMoved
	}
	return err
}

// DropRereadings drops the readings anew that were begun before a time, done or not.
func (l *Ledger) DropRereadings(ctx context.Context, before time.Time) error {
	return l.transact(ctx, "drop old readings anew", func(tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, "DELETE FROM rereading WHERE begun < $1", before.UnixMilli())
		return err
	})
}
