package ledger

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"

	"jobsieve/job"
)

// ErrForgotten says that a posting was forgotten meanwhile.
var ErrForgotten = errors.New("the posting was forgotten meanwhile")

// Label is the label that holds, with its function and who gave it: the one by
// hand where there is one, else that of the verdict.
func (r *Record) Label() (job.Label, job.Function, job.Labeller) {
	if r.Hand != nil {
		return r.Hand.Label, r.Hand.Function, job.ByHand
	}
	return r.Verdict.Label, r.Verdict.Function, job.ByRules
}

// LabelByHand gives posting n a label by hand, in place of an earlier one, or takes
// that away where hand is nil; its document waits for every index again. It stays
// when the posting changes or is read anew, until it is forgotten. The error is
// ErrForgotten where there is no such posting any more.
func (l *Ledger) LabelByHand(ctx context.Context, n int64, hand *job.HandLabel) error {
	var body []byte
	if hand != nil {
		var err error
		if body, err = json.Marshal(hand); err != nil {
			return fmt.Errorf("label a posting by hand: %w", err)
		}
	}
	return l.transact(ctx, "label a posting by hand", func(tx *sql.Tx) error {
		res, err := tx.ExecContext(ctx, `UPDATE posting SET hand = $1, revision = revision + 1
			WHERE n = $2 AND NOT forgotten`, body, n)
		if err != nil {
			return err
		}
		if written, err := res.RowsAffected(); err != nil || written == 0 {
			return errors.Join(err, ErrForgotten)
		}
		statements := prepare(tx)
		err = editSummary(ctx, statements, n, func(s *job.Summary) { s.Hand = hand })
		return errors.Join(err, statements.close())
	})
}
