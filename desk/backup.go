package desk

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"jobsieve/internal/private"
	"jobsieve/ledger"
)

// Backup backs the ledger up to a new file, while everything runs, and reads the file
// back. One that is there already is replaced only where overwrite says so, and only once
// the new one is whole. program is the version of this program.
func (d *Desk) Backup(ctx context.Context, program, path string, overwrite bool) (m ledger.Manifest, err error) {
	if err := free(path, overwrite); err != nil {
		return m, err
	}
	if d.isLedger(path) {
		return m, fmt.Errorf("back up to %s: it is the ledger itself; name another file", path)
	}
	return m, d.read(ctx, func(l *ledger.Ledger) error {
		return besideFile(ctx, path, func(dir string) error {
			packed := filepath.Join(dir, "packed")
			if m, err = backUp(ctx, l, program, dir, packed); err != nil {
				return err
			}
			err := private.Place(packed, path, overwrite)
			if errors.Is(err, fs.ErrExist) {
				return existsError(path)
			}
			return err
		})
	})
}

// BackupTo writes a backup of the ledger to w, with a copy of it in the data folder for as
// long as that takes.
func (d *Desk) BackupTo(ctx context.Context, program string, w io.Writer) (m ledger.Manifest, err error) {
	return m, d.read(ctx, func(l *ledger.Ledger) error {
		return besideFile(ctx, filepath.Join(d.Dir, "backup"), func(dir string) error {
			m, err = l.Backup(ctx, program, time.Now(), dir, w)
			return err
		})
	})
}

// free refuses the path of a file that is there, unless it is to be replaced.
func free(path string, overwrite bool) error {
	st, err := os.Stat(path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil
	case err != nil:
		return fmt.Errorf("back up to %s: %w", path, err)
	case !st.Mode().IsRegular():
		const format = "back up to %s: it is no file; expected the name of a file, or - for the standard output"
		return fmt.Errorf(format, path)
	case !overwrite:
		return existsError(path)
	}
	return nil
}

// isLedger reports that a path leads to the ledger's file.
func (d *Desk) isLedger(path string) bool {
	to, err := os.Stat(path)
	own, ownErr := os.Stat(filepath.Join(d.Dir, ledger.FileName))
	return err == nil && ownErr == nil && os.SameFile(to, own)
}

func existsError(path string) error {
	return fmt.Errorf("back up to %s: the file exists; name another, or give --overwrite", path)
}

// besideFile runs f with an empty folder that is named after a file and in the same place.
// What an earlier process left there when it was killed is removed.
func besideFile(ctx context.Context, path string, f func(dir string) error) (err error) {
	part := path + ".part"
	if _, err := os.Stat(filepath.Dir(part)); err != nil {
		return fmt.Errorf("write %s: %w; expected a folder that exists", path, err)
	}
	lock, err := ledger.Acquire(ctx, part, "part", path+", which is being written,", 0)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, lock.Release(), os.RemoveAll(part)) }()
	dir := filepath.Join(part, "copy")
	if err := os.RemoveAll(dir); err != nil {
		return err
	}
	if err := os.Mkdir(dir, 0o700); err != nil {
		return err
	}
	return f(dir)
}

// backUp writes a backup to a file, waits for the disk, and reads it back.
func backUp(ctx context.Context, l *ledger.Ledger, program, dir, path string) (m ledger.Manifest, err error) {
	f, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return m, err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	if m, err = l.Backup(ctx, program, time.Now(), dir, f); err != nil {
		return m, err
	}
	if err := f.Sync(); err != nil {
		return m, err
	}
	if _, err := f.Seek(0, io.SeekStart); err != nil {
		return m, err
	}
	// The ledger with this SHA-256 was checked before it was packed.
	if _, err := ledger.ReadBackup(ctx, f, io.Discard); err != nil {
		return m, fmt.Errorf("read the backup back: %w", err)
	}
	return m, nil
}
