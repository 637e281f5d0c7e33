package desk

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"jobsieve/indexer/chosen"
	"jobsieve/ledger"
)

// Restored is what a restore did.
type Restored struct {
	// Counts is how much the ledger holds now.
	ledger.Counts
	// Made is when the backup was made; zero where the file does not say.
	Made time.Time `json:"made,omitzero"`
	// Kept is the file of the ledger that was in place before, empty where there was none.
	Kept string `json:"kept,omitempty"`
}

// Restore puts the ledger of a backup into the data folder, where there is none, or, with
// replace, in the place of the one that is there: that one is kept beside it. Nothing is
// changed before the backup was checked. Its error is a *ledger.HeldError where another
// process has the ledger open for longer than wait. What indexes hold is of the earlier
// ledger then: Index.Rebuild makes them anew.
func (d *Desk) Restore(ctx context.Context, path string, replace bool, wait time.Duration) (r Restored, err error) {
	if !d.Config.Ledger.IsZero() {
		return r, ledger.ErrOwnBackup
	}
	there, err := d.replaceable(ctx, replace, wait)
	if err != nil {
		return r, err
	}
	if _, err := os.Stat(path); err != nil { // before a folder is made
		return r, fmt.Errorf("restore: %w; expected a file that \"jobsieve backup\" wrote", err)
	}
	if err := os.MkdirAll(d.Dir, 0o700); err != nil {
		return r, fmt.Errorf("create the data folder: %w", err)
	}
	return r, besideFile(ctx, filepath.Join(d.Dir, "restore"), func(dir string) error {
		m, err := ledger.Unpack(ctx, path, dir)
		if err != nil {
			return fmt.Errorf("restore %s: %w; nothing was changed", path, err)
		}
		r.Counts, r.Made = m.Counts, m.Made
		if !there {
			return ledger.Put(ctx, d.ledger(), dir)
		}
		r.Kept = filepath.Join(d.Dir, "ledger-"+time.Now().UTC().Format("20060102T150405.000Z")+".db")
		return ledger.Replace(ctx, d.ledger(), dir, r.Kept, wait)
	})
}

// replaceable reports whether there is a ledger, which then may be replaced.
func (d *Desk) replaceable(ctx context.Context, replace bool, wait time.Duration) (there bool, err error) {
	switch err := ledger.Exists(d.ledger()); {
	case errors.Is(err, ledger.ErrNone):
		return false, nil
	case err != nil:
		return false, err
	case !replace:
		const format = "%w in %s: give --replace to put the backup in its place; it is kept beside"
		return false, fmt.Errorf(format, ledger.ErrThere, d.Dir)
	}
	return true, ledger.Alone(ctx, d.ledger(), wait)
}

// RebuildIndex makes the index anew from the ledger; see chosen.Index.Rebuild.
func (d *Desk) RebuildIndex(
	ctx context.Context, wait time.Duration, progress func(done int),
) (made chosen.Remade, err error) {
	return made, d.read(ctx, func(l *ledger.Ledger) error {
		made, err = d.Index.Rebuild(ctx, l, wait, progress)
		return err
	})
}
