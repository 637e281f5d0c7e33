package ledger

import (
	"bytes"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"maps"
	"slices"
)

// Copied is what became of a table.
type Copied struct {
	Table string `json:"table"`
	// Rows is how many there are, Written how many of them the copy lacked or had otherwise.
	Rows    int `json:"rows"`
	Written int `json:"written"`
}

// What is copied in one transaction: so many rows, and bytes, at most.
const (
	copyRows  = 500
	copyBytes = 4 << 20
)

// putRows is how many rows one statement writes.
const putRows = 50

// ErrNoCopy says that a ledger is not one that a copy was begun into.
var ErrNoCopy = errors.New("it holds what the other does not, so it is no copy of it")

// Copy copies the ledger at one locator, as it is at one moment, to another, of whatever
// kind: one that is empty, or in which an earlier copy was cut off or has grown old. Only
// what differs is written. Then everything is read back on both sides and compared.
// progress, which may be nil, is told how many rows of a table were looked at. Nobody
// should write to the copy meanwhile. Its error is ErrNone where there is no ledger to
// copy, and ErrNoCopy where the other one holds something else.
func Copy(ctx context.Context, from, to string, progress func(table string, rows int)) (out []Copied, err error) {
	source, err := Attach(ctx, from)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, source.Close()) }()
	target, err := Open(ctx, to)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, target.Close()) }()
	moment, err := source.engine.moment(ctx)
	if err != nil {
		return nil, fmt.Errorf("copy the ledger: %w", err)
	}
	defer func() { err = errors.Join(err, rollback(moment)) }()
	c := &copying{from: moment, target: target, tell: progress}
	if progress == nil {
		c.tell = func(string, int) {}
	}
	return c.all(ctx)
}

// copying is one Copy.
type copying struct {
	from   *sql.Tx
	target *Ledger
	tell   func(string, int)
	// prunes says that what is looked at is what the copy has too much of prunedTables.
	prunes bool
}

// prunedTables are those with lasting rows that Prune takes nonetheless.
var prunedTables = []string{"run", "receipt"}

func (c *copying) all(ctx context.Context) (out []Copied, err error) {
	for i := range tables {
		done, err := c.table(ctx, &tables[i])
		if err != nil {
			return out, fmt.Errorf("copy the table %s: %w", tables[i].name, err)
		}
		out = append(out, done)
	}
	if err := c.prune(ctx); err != nil {
		return out, err
	}
	if err := c.target.engine.numbered(ctx); err != nil {
		return out, err
	}
	for i := range tables {
		if err := c.compare(ctx, &tables[i]); err != nil {
			return out, fmt.Errorf("compare the table %s: %w", tables[i].name, err)
		}
	}
	return out, nil
}

// prune removes what was pruned since an earlier copy, once all else has shown that it is
// one: first what refers to others.
func (c *copying) prune(ctx context.Context) error {
	c.prunes = true
	for i := range slices.Backward(tables) {
		if !slices.Contains(prunedTables, tables[i].name) {
			continue
		}
		if _, err := c.table(ctx, &tables[i]); err != nil {
			return fmt.Errorf("prune the table %s: %w", tables[i].name, err)
		}
	}
	return nil
}

// table copies a table, some rows at a time.
func (c *copying) table(ctx context.Context, t *table) (done Copied, err error) {
	done.Table = t.name
	for some := new(part); !some.last; {
		if some, err = t.after(ctx, c.from, some.key()); err != nil {
			return done, err
		}
		written, err := c.write(ctx, t, some)
		if err != nil {
			return done, err
		}
		done.Rows, done.Written = done.Rows+len(some.rows), done.Written+written
		c.tell(t.name, done.Rows)
	}
	return done, nil
}

// part is rows of a table in the order of their keys: those after a row, which is nil for
// the first; last says that no more follow.
type part struct {
	follows row
	rows    []row
	last    bool
}

// key is the last row.
func (p *part) key() row {
	if len(p.rows) == 0 {
		return p.follows
	}
	return p.rows[len(p.rows)-1]
}

// after reads the rows after one.
func (t *table) after(ctx context.Context, from querier, before row) (*part, error) {
	p, size := &part{follows: before, last: true}, 0
	query, args := t.query(before, nil)
	err := t.each(ctx, from, query+fmt.Sprintf(" LIMIT %d", copyRows), args, func(r row) bool {
		p.rows, size = append(p.rows, r), size+r.size()
		p.last = len(p.rows) < copyRows && size < copyBytes
		return p.last
	})
	return p, err
}

// querier is a database or a transaction.
type querier interface {
	QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error)
}

// query is that for the rows after one and up to another, each of which may be nil.
func (t *table) query(after, upTo row) (query string, args []any) {
	where, args := t.between(after, upTo)
	key := names(t.columns[:t.key])
	return fmt.Sprintf("SELECT %s FROM %s%s ORDER BY %s", names(t.columns), t.name, where, key), args
}

// between is the condition for the rows after one and up to another.
func (t *table) between(after, upTo row) (where string, args []any) {
	where = " WHERE TRUE"
	for _, bound := range []struct {
		row  row
		sign string
	}{{after, ">"}, {upTo, "<="}} {
		if bound.row == nil {
			continue
		}
		where += fmt.Sprintf(" AND (%s) %s %s", names(t.columns[:t.key]), bound.sign, places(len(args), t.key))
		args = append(args, bound.row[:t.key]...)
	}
	return where, args
}

// each calls f for the rows of a query, as long as it gives true.
func (t *table) each(ctx context.Context, on querier, query string, args []any, f func(row) bool) (err error) {
	rows, err := on.QueryContext(ctx, query, args...)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, rows.Close()) }()
	var before row
	for rows.Next() {
		r, err := t.read(rows.Scan)
		if err != nil {
			return fmt.Errorf("the row after %v can't be read: %w; \"jobsieve verify\" says more", before, err)
		}
		if !f(r) {
			return nil
		}
		before = r[:t.key]
	}
	return rows.Err()
}

// write makes the copy hold what a part does, and says how many rows it wrote.
func (c *copying) write(ctx context.Context, t *table, p *part) (written int, err error) {
	err = c.target.transact(ctx, "write rows", func(tx *sql.Tx) error {
		there := map[string]row{} // by their keys
		query, args := t.query(p.follows, p.key())
		err := t.each(ctx, tx, query, args, func(r row) bool {
			there[string(r[:t.key].write(nil))] = r
			return true
		})
		if err != nil {
			return err
		}
		var differ []row
		for _, r := range p.rows {
			key := string(r[:t.key].write(nil))
			other := there[key]
			delete(there, key)
			if other != nil && !bytes.Equal(r[:t.lasting].write(nil), other[:t.lasting].write(nil)) {
				return ErrNoCopy
			}
			if other == nil || !bytes.Equal(r.write(nil), other.write(nil)) {
				differ = append(differ, r)
			}
		}
		written = len(differ)
		rows := slices.Collect(maps.Values(there))
		if slices.Contains(prunedTables, t.name) && !c.prunes {
			rows = nil // they go last
		}
		if err := t.remove(ctx, tx, rows, p, c.prunes); err != nil {
			return err
		}
		return t.put(ctx, tx, differ)
	})
	return written, err
}

// remove removes rows that the copy has too much: some, which lasting ones may be where
// they were pruned, and all after the last part.
func (t *table) remove(ctx context.Context, tx *sql.Tx, rows []row, p *part, pruned bool) error {
	if t.lasting > 0 && len(rows) > 0 && !pruned {
		return ErrNoCopy
	}
	for _, r := range rows {
		query := fmt.Sprintf("DELETE FROM %s WHERE (%s) = %s", t.name, names(t.columns[:t.key]), places(0, t.key))
		if _, err := tx.ExecContext(ctx, query, r[:t.key]...); err != nil {
			return err
		}
	}
	if !p.last {
		return nil
	}
	where, args := t.between(p.key(), nil)
	if t.lasting == 0 {
		_, err := tx.ExecContext(ctx, "DELETE FROM "+t.name+where, args...)
		return err
	}
	var more bool
	err := tx.QueryRowContext(ctx, "SELECT EXISTS (SELECT 1 FROM "+t.name+where+")", args...).Scan(&more)
	if more {
		err = ErrNoCopy
	}
	return err
}

// put writes rows, several with one statement.
func (t *table) put(ctx context.Context, tx *sql.Tx, rows []row) (err error) {
	statements := prepare(tx)
	defer func() { err = errors.Join(err, statements.close()) }()
	for some := range slices.Chunk(rows, putRows) {
		var args []any
		for _, r := range some {
			args = append(args, r...)
		}
		if err := statements.exec(ctx, t.upsert(len(some)), args...); err != nil {
			return err
		}
	}
	return nil
}

// compare reads a table on both sides.
func (c *copying) compare(ctx context.Context, t *table) error {
	query, _ := t.query(nil, nil)
	ours, theirs := newDigest(), newDigest()
	for _, side := range []struct {
		on querier
		to *digest
	}{{c.from, ours}, {c.target.engine.db(), theirs}} {
		err := t.each(ctx, side.on, query, nil, func(r row) bool {
			side.to.add(r)
			return true
		})
		if err != nil {
			return err
		}
	}
	if ours.String() != theirs.String() {
		return fmt.Errorf("there are %s, and in the copy %s: another process wrote to it; copy once more", ours, theirs)
	}
	return nil
}
