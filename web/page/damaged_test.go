package page

import (
	"errors"
	"testing"

	"jobsieve/ledger"
)

// TestDamaged wants no other error lost beside that of damaged rows.
func TestDamaged(t *testing.T) {
	rows, other := &ledger.DamagedError{Rows: 1}, errors.New("too many")
	for _, tt := range []struct {
		err  error
		want bool
	}{{nil, false}, {rows, false}, {errors.Join(rows, nil), false}, {other, true}, {errors.Join(other, rows), true}} {
		if got := damaged(tt.err); (got != nil) != tt.want {
			t.Errorf("%v: %v", tt.err, got)
		}
	}
}
