package ledger

import (
	"context"
	"errors"

	"github.com/jackc/pgx/v5/pgtype"
)

// packed reads the rows as they come from the server: database/sql would copy each. It asks
// again where the connection is lost before the first of them.
func (p *postgres) packed(ctx context.Context, f func(int64, []byte) error) error {
	begun := false
	busy := func(err error) bool { return !begun && p.busy(err) }
	return patiently(ctx, busy, func() (err error) {
		conn, err := p.main.Conn(ctx)
		if err != nil {
			return err
		}
		defer func() { err = errors.Join(err, conn.Close()) }()
		return conn.Raw(func(driver any) error {
			return driver.(*byteConn).packed(ctx, func(n int64, packed []byte) error {
				begun = true
				return f(n, packed)
			})
		})
	})
}

// packed calls f for every row of allPacked.
func (c *byteConn) packed(ctx context.Context, f func(int64, []byte) error) error {
	rows, err := c.Conn.Conn().Query(ctx, allPacked)
	if err != nil {
		return err
	}
	defer rows.Close()
	var n int64
	var packed pgtype.DriverBytes
	for rows.Next() {
		if err := rows.Scan(&n, &packed); err != nil {
			return err
		}
		if err := f(n, packed); err != nil {
			return err
		}
	}
	return rows.Err()
}
