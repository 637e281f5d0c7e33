package ledger

import (
	"context"
	"database/sql"
	"errors"
)

// preparer is a database or a transaction.
type preparer interface {
	PrepareContext(ctx context.Context, query string) (*sql.Stmt, error)
}

// prepared are statements that run for many rows: each is prepared once.
type prepared struct {
	on preparer
	by map[string]*sql.Stmt
}

func prepare(on preparer) *prepared { return &prepared{on, map[string]*sql.Stmt{}} }

// statement gives the prepared statement of a query.
func (p *prepared) statement(ctx context.Context, query string) (*sql.Stmt, error) {
	if s, ok := p.by[query]; ok {
		return s, nil
	}
	s, err := p.on.PrepareContext(ctx, query)
	if err != nil {
		return nil, err
	}
	p.by[query] = s
	return s, nil
}

// exec executes a query.
func (p *prepared) exec(ctx context.Context, query string, args ...any) error {
	s, err := p.statement(ctx, query) //nolint:sqlclosecheck // close does
	if err == nil {
		_, err = s.ExecContext(ctx, args...)
	}
	return err
}

// row runs a query for one row and reads it into dest; its error is sql.ErrNoRows
// where there is none.
func (p *prepared) row(ctx context.Context, query string, args []any, dest ...any) error {
	s, err := p.statement(ctx, query) //nolint:sqlclosecheck // close does
	if err != nil {
		return err
	}
	return s.QueryRowContext(ctx, args...).Scan(dest...)
}

// each calls f for every row of a query.
func (p *prepared) each(
	ctx context.Context, query string, args []any, f func(scan func(...any) error) error,
) (err error) {
	s, err := p.statement(ctx, query) //nolint:sqlclosecheck // close does
	if err != nil {
		return err
	}
	rows, err := s.QueryContext(ctx, args...)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, rows.Close()) }()
	for rows.Next() {
		if err := f(rows.Scan); err != nil {
			return err
		}
	}
	return rows.Err()
}

// numbers gives the numbers that a query finds.
func (p *prepared) numbers(ctx context.Context, query string, args ...any) (out []int64, err error) {
	err = p.each(ctx, query, args, func(scan func(...any) error) error {
		var n int64
		err := scan(&n)
		out = append(out, n)
		return err
	})
	return out, err
}

// close closes the statements.
func (p *prepared) close() error {
	var errs []error
	for _, s := range p.by {
		errs = append(errs, s.Close())
	}
	return errors.Join(errs...)
}
