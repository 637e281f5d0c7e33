package ledger

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strings"
	"time"
)

// Policy says what Prune takes away: what is older than these times. A zero time keeps
// everything of its kind.
type Policy struct {
	// Readings are those that were replaced before.
	Readings time.Time
	// Versions are the texts of versions that were seen first before, but of each
	// posting's first and newest one; that there was a version, and when, is kept.
	Versions time.Time
	// Runs are those that ended before, with their receipts. The newest receipts of each
	// source are kept, by which its health is judged, and runs that have one of them.
	Runs time.Time
}

// keptReceipts is how many of each source's newest receipts are never pruned.
const keptReceipts = 20

// Prunable is what can be pruned of a kind: how many rows, and about how many bytes.
type Prunable struct {
	Kind  string `json:"kind"` // reading, version, receipt or run
	Rows  int    `json:"rows"`
	Bytes int64  `json:"bytes"`
}

// prunedText is what a version has in place of a text that was pruned: no posting's text
// is without a title.
const prunedText = "{}"

// prunings are the kinds of what is pruned, in this order: which rows of a table, between
// two of its numbers $1 and $2 and from before $3; what they take; and what removes them.
var prunings = []struct {
	kind, table, number string
	before              func(*Policy) time.Time
	where, bytes        string
	remove              string
}{
	{
		"reading", "reading", "n", func(p *Policy) time.Time { return p.Readings },
		"until < $3", "length(body)", "DELETE FROM reading",
	},
	{
		"version", "version", "n", func(p *Policy) time.Time { return p.Versions },
		`seen < $3 AND length(content) > 2
			AND version > (SELECT min(w.version) FROM version w WHERE w.n = version.n)
			AND version < (SELECT p.version FROM posting p WHERE p.n = version.n)`,
		"length(content)", "UPDATE version SET content = $4",
	},
	{
		"receipt", "receipt", "id", func(p *Policy) time.Time { return p.Runs },
		fmt.Sprintf("run IN (SELECT id FROM run WHERE finished < $3) AND EXISTS (%s)", laterReceipts("receipt")),
		"length(body)", "DELETE FROM receipt",
	},
	{
		"run", "run", "id", func(p *Policy) time.Time { return p.Runs },
		fmt.Sprintf("finished < $3 AND id NOT IN (SELECT r.run FROM receipt r WHERE NOT EXISTS (%s))",
			laterReceipts("r")),
		"length(command) + length(outcome)", "DELETE FROM run",
	},
}

// laterReceipts selects something where a source has as many later receipts as are kept.
func laterReceipts(receipt string) string {
	const format = `SELECT 1 FROM receipt later WHERE later.source = %[1]s.source AND later.id > %[1]s.id
		ORDER BY later.id LIMIT 1 OFFSET %[2]d`
	return fmt.Sprintf(format, receipt, keptReceipts-1)
}

// Prunable counts what Prune would take away.
func (l *Ledger) Prunable(ctx context.Context, policy Policy) ([]Prunable, error) {
	return l.eachPruning(ctx, &policy, func(i int, before time.Time) (p Prunable, err error) {
		last, err := l.lastNumber(ctx, i)
		if err == nil {
			p, err = prunable(ctx, l.engine.db(), i, 0, last, before)
		}
		return p, err
	})
}

// pruneRange is how many postings, receipts or runs are pruned in one transaction.
const pruneRange = 1000

// Prune takes away what a policy says, in short transactions, and then rewrites the file,
// so that the room is the disk's again. A Prune that was cut short can be repeated.
// progress, which may be nil, is told how many rows went.
func (l *Ledger) Prune(ctx context.Context, policy Policy, progress func(rows int)) (went []Prunable, err error) {
	total := 0
	went, err = l.eachPruning(ctx, &policy, func(i int, before time.Time) (sum Prunable, err error) {
		last, err := l.lastNumber(ctx, i)
		for from := int64(0); from < last && err == nil; from += pruneRange {
			var some Prunable
			some, err = l.pruneSome(ctx, i, from, before)
			sum.Rows, sum.Bytes, total = sum.Rows+some.Rows, sum.Bytes+some.Bytes, total+some.Rows
			if progress != nil {
				progress(total)
			}
		}
		return sum, err
	})
	if err != nil || total == 0 {
		return went, err
	}
	return went, l.engine.shred(ctx)
}

// eachPruning calls f for each kind that the policy prunes.
func (l *Ledger) eachPruning(
	ctx context.Context, policy *Policy, f func(i int, before time.Time) (Prunable, error),
) (out []Prunable, err error) {
	for i := range prunings {
		p := Prunable{}
		if before := prunings[i].before(policy); !before.IsZero() {
			p, err = f(i, before)
		}
		p.Kind = prunings[i].kind
		out = append(out, p)
		if err = errors.Join(err, ctx.Err()); err != nil {
			return out, fmt.Errorf("prune: %w", err)
		}
	}
	return out, nil
}

// lastNumber is the greatest number in the table of a kind; 0 where it is empty.
func (l *Ledger) lastNumber(ctx context.Context, i int) (n int64, err error) {
	const format = "SELECT coalesce(max(%s), 0) FROM %s"
	query := fmt.Sprintf(format, prunings[i].number, prunings[i].table)
	err = l.engine.db().QueryRowContext(ctx, query).Scan(&n)
	return n, err
}

// pruneSome prunes a range of a kind.
func (l *Ledger) pruneSome(ctx context.Context, i int, from int64, before time.Time) (p Prunable, err error) {
	err = l.transact(ctx, "prune", func(tx *sql.Tx) (err error) {
		to := from + pruneRange
		p, err = prunable(ctx, tx, i, from, to, before)
		if err != nil || p.Rows == 0 {
			return err
		}
		args := []any{from, to, before.UnixMilli()}
		if strings.Contains(prunings[i].remove, "$4") {
			args = append(args, []byte(prunedText))
		}
		_, err = tx.ExecContext(ctx, prunings[i].remove+inRange(i), args...)
		return err
	})
	return p, err
}

// inRange is the condition for the rows of a kind.
func inRange(i int) string {
	return fmt.Sprintf(" WHERE %[1]s > $1 AND %[1]s <= $2 AND %[2]s", prunings[i].number, prunings[i].where)
}

// prunable counts what can be pruned of a kind, in a range.
func prunable(
	ctx context.Context, on interface {
		QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row
	}, i int, from, to int64, before time.Time,
) (p Prunable, err error) {
	query := fmt.Sprintf("SELECT count(*), coalesce(sum(%s), 0) FROM %s", prunings[i].bytes, prunings[i].table)
	err = on.QueryRowContext(ctx, query+inRange(i), from, to, before.UnixMilli()).Scan(&p.Rows, &p.Bytes)
	return p, err
}
