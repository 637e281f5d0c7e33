package desk

import (
	"context"

	"jobsieve/indexer/chosen"
	"jobsieve/ledger"
)

// Verified is what a verification looked at.
type Verified struct {
	Looked []ledger.Looked `json:"looked"`
	Index  *chosen.Status  `json:"index"`
	Faults int             `json:"faults"`
}

// kindIndex is the kind of faults of the index.
const kindIndex = "index"

// Verify looks at everything in the ledger, and compares the index with it, document by
// document. It calls fault for what is wrong; see ledger.Verify. An index that has taken
// nothing yet and is not there is no fault.
func (d *Desk) Verify(
	ctx context.Context, fault func(ledger.Fault) error, progress func(kind string, rows int),
) (v Verified, err error) {
	counted := func(f ledger.Fault) error {
		v.Faults++
		return fault(f)
	}
	return v, d.read(ctx, func(l *ledger.Ledger) error {
		if v.Looked, err = l.Verify(ctx, counted, progress); err != nil {
			return err
		}
		if v.Index, err = d.Index.Status(ctx, l); err != nil {
			return counted(ledger.Fault{Kind: kindIndex, Why: err.Error(), Mend: ledger.MendRestore})
		}
		switch s := v.Index; {
		case s.Differs != "":
			return counted(ledger.Fault{Kind: kindIndex, Why: s.Differs, Mend: ledger.MendRebuild})
		case !s.Reached && s.Held == nil:
			return counted(ledger.Fault{Kind: kindIndex, Why: s.Error, Mend: ledger.MendReach})
		}
		return nil
	})
}
