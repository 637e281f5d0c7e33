package rows

import (
	"context"
	"fmt"
	"io"

	"jobsieve/job"
)

// MaxTold is how many rows that are left out, or that differ from an earlier one with
// their id, are reported; the others are counted.
const MaxTold = 5

// Account says what becomes of the rows of an input. All of its functions are needed.
type Account struct {
	// State gives a posting what holds for all of its input, before anything is
	// done with it.
	State func(*job.Posting)
	// One of these is called for each row, once. An error of Posting ends the
	// reading.
	Posting  func(*job.Posting) error
	Repeated func()
	LeftOut  func(line int, why job.Rejection, err error)
}

// Each reads rows as the function Each does, and accounts for them. A posting without
// an id gets one that is made of what it says; of several with one id the first
// counts, and the report's notes name those that say something else.
func (a *Account) Each(ctx context.Context, in io.Reader, o Options) (Report, error) {
	var repeats Repeats
	report, err := Each(ctx, in, o, func(r Row, err error) error {
		if err != nil {
			a.LeftOut(r.Line, Rejection(err), err)
			return nil
		}
		p := &r.Posting
		a.State(p)
		if p.ID == "" {
			p.ID = job.DeriveID(p)
		}
		if repeats.Met(r.Line, p) {
			a.Repeated()
			return nil
		}
		return a.Posting(p)
	})
	report.Notes = append(report.Notes, repeats.Notes()...)
	if n := repeats.Differ(); n > 0 {
		report.Differ = fmt.Sprintf("rows with the id of an earlier one that say something else: %d", n)
	}
	return report, err
}
