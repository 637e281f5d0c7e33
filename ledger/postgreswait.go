package ledger

import (
	"context"
	"database/sql/driver"
	"errors"
	"io"
	"sync/atomic"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgtype"
	"github.com/jackc/pgx/v5/stdlib"
)

// byteConnector makes connections to which texts may be given where columns hold bytes.
type byteConnector struct {
	driver.Connector
	known *atomic.Bool
}

func (c byteConnector) Connect(ctx context.Context) (driver.Conn, error) {
	for began := time.Now(); ; {
		conn, err := c.Connector.Connect(ctx)
		if err == nil {
			c.known.Store(true)
			return &byteConn{Conn: conn.(*stdlib.Conn)}, nil
		}
		if !c.known.Load() || !lost(err) || ctx.Err() != nil || time.Since(began) > patience {
			return nil, err
		}
		pause(ctx)
	}
}

// byteConn is a connection that makes octets of texts, and saves round trips to the server:
// what a transaction executes by prepared statements waits until something is asked, and
// goes there together.
type byteConn struct {
	*stdlib.Conn
	waiting *pgx.Batch
}

// CheckNamedValue prepares an argument of a statement.
func (*byteConn) CheckNamedValue(v *driver.NamedValue) error {
	if plain, err := driver.DefaultParameterConverter.ConvertValue(v.Value); err == nil {
		v.Value = plain
	} // else it is an array, which the driver knows
	if s, ok := v.Value.(string); ok {
		v.Value = octets(s)
	}
	return nil
}

// octets is a text as an argument: its bytes where the column has bytes, and itself where
// it has text. PostgreSQL's own text holds UTF-8 alone.
type octets string

// BytesValue gives its bytes.
func (o octets) BytesValue() ([]byte, error) { return []byte(o), nil }

// TextValue gives its text.
func (o octets) TextValue() (pgtype.Text, error) {
	return pgtype.Text{String: string(o), Valid: true}, nil
}

// PrepareContext gives a statement, which the driver prepares at its first use and keeps.
func (c *byteConn) PrepareContext(_ context.Context, query string) (driver.Stmt, error) {
	return &waitingStatement{c, query}, nil
}

// ExecContext executes a query after all that waits.
func (c *byteConn) ExecContext(ctx context.Context, query string, args []driver.NamedValue) (driver.Result, error) {
	if err := c.flush(ctx); err != nil {
		return nil, err
	}
	return c.Conn.ExecContext(ctx, query, args)
}

// QueryContext runs a query after all that waits, and together with it.
func (c *byteConn) QueryContext(ctx context.Context, query string, args []driver.NamedValue) (driver.Rows, error) {
	if c.waiting == nil {
		rows, err := c.Conn.QueryContext(ctx, query, args)
		if lost(err) && ctx.Err() == nil {
			return nil, driver.ErrBadConn // outside a transaction it is asked once more
		}
		return rows, err
	}
	found := new(foundRows)
	c.waiting.Queue(query, plain(args)...).Query(found.read)
	return found, c.flush(ctx)
}

// BeginTx begins a transaction.
func (c *byteConn) BeginTx(ctx context.Context, options driver.TxOptions) (driver.Tx, error) {
	tx, err := c.Conn.BeginTx(ctx, options)
	if err != nil {
		return nil, err
	}
	return &waitingTx{tx, c, ctx}, nil
}

// outside is the server's sign for no transaction.
const outside = 'I'

// mostWaiting is how many statements wait at most.
const mostWaiting = 200

// wait lets a statement wait; one outside a transaction does not.
func (c *byteConn) wait(ctx context.Context, query string, args []driver.NamedValue) (driver.Result, error) {
	if c.Conn.Conn().PgConn().TxStatus() == outside {
		return c.ExecContext(ctx, query, args)
	}
	if c.waiting == nil {
		c.waiting = new(pgx.Batch)
	}
	c.waiting.Queue(query, plain(args)...)
	if c.waiting.Len() < mostWaiting {
		return driver.ResultNoRows, nil
	}
	return driver.ResultNoRows, c.flush(ctx)
}

func plain(args []driver.NamedValue) []any {
	values := make([]any, len(args))
	for i := range args {
		values[i] = args[i].Value
	}
	return values
}

// flush sends what waits.
func (c *byteConn) flush(ctx context.Context) error {
	batch := c.waiting
	if c.waiting = nil; batch == nil {
		return nil
	}
	return c.Conn.Conn().SendBatch(ctx, batch).Close()
}

// waitingTx is a transaction whose end comes after all that waits.
type waitingTx struct {
	driver.Tx
	conn *byteConn
	ctx  context.Context
}

// Commit sends what waits, and commits.
func (t *waitingTx) Commit() error {
	if err := t.conn.flush(t.ctx); err != nil {
		return errors.Join(err, t.Tx.Rollback())
	}
	return t.Tx.Commit()
}

// Rollback drops what waits, and rolls back.
func (t *waitingTx) Rollback() error {
	t.conn.waiting = nil
	return t.Tx.Rollback()
}

// waitingStatement is a prepared statement. How many rows it changed is not known.
type waitingStatement struct {
	conn  *byteConn
	query string
}

// ExecContext lets it wait.
func (s *waitingStatement) ExecContext(ctx context.Context, args []driver.NamedValue) (driver.Result, error) {
	return s.conn.wait(ctx, s.query, args)
}

// QueryContext runs it.
func (s *waitingStatement) QueryContext(ctx context.Context, args []driver.NamedValue) (driver.Rows, error) {
	return s.conn.QueryContext(ctx, s.query, args)
}

// NumInput leaves counting the arguments to the server.
func (s *waitingStatement) NumInput() int { return -1 }

// Close leaves the statement to the connection.
func (s *waitingStatement) Close() error { return nil }

var errNoContext = errors.New("a statement needs a context")

// Exec is what ExecContext stands for.
func (s *waitingStatement) Exec([]driver.Value) (driver.Result, error) { return nil, errNoContext }

// Query is what QueryContext stands for.
func (s *waitingStatement) Query([]driver.Value) (driver.Rows, error) { return nil, errNoContext }

// foundRows are rows that were read all at once.
type foundRows struct {
	columns []string
	rows    [][]any
}

// read reads the rows.
func (f *foundRows) read(rows pgx.Rows) error {
	for _, d := range rows.FieldDescriptions() {
		f.columns = append(f.columns, d.Name)
	}
	for rows.Next() {
		values, err := rows.Values()
		if err != nil {
			return err
		}
		f.rows = append(f.rows, values)
	}
	return rows.Err()
}

// Columns gives the names of the columns.
func (f *foundRows) Columns() []string { return f.columns }

// Close has nothing to do.
func (f *foundRows) Close() error { return nil }

// Next gives a row.
func (f *foundRows) Next(to []driver.Value) (err error) {
	if len(f.rows) == 0 {
		return io.EOF
	}
	for i, v := range f.rows[0] {
		if to[i], err = driver.DefaultParameterConverter.ConvertValue(v); err != nil {
			return err
		}
	}
	f.rows = f.rows[1:]
	return nil
}
