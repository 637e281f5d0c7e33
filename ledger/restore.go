package ledger

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"time"
)

// sqliteMagic begins every file of SQLite.
const sqliteMagic = "SQLite format 3\x00"

// Unpack writes the ledger of a backup into an empty folder, brings it to the newest
// schema, and checks it. A plain file of SQLite is taken as well, such as one that Replace
// kept: it has no manifest to compare with. Nothing counts as delivered any more in what
// is unpacked: what indexes took after the backup was made, it does not know.
func Unpack(ctx context.Context, path, dir string) (m Manifest, err error) {
	in, err := os.Open(path)
	if err != nil {
		return m, err
	}
	defer func() { err = errors.Join(err, in.Close()) }()
	out, err := os.OpenFile(filepath.Join(dir, FileName), os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return m, err
	}
	buffered := bufio.NewReader(in)
	plain, _ := buffered.Peek(len(sqliteMagic))
	if bytes.Equal(plain, []byte(sqliteMagic)) {
		err = takePlain(ctx, path, buffered, out)
	} else {
		m, err = ReadBackup(ctx, buffered, out)
	}
	if err = errors.Join(err, out.Close()); err != nil {
		return m, err
	}
	return makeReady(ctx, dir, m)
}

// takePlain copies a file of SQLite that nobody has open.
func takePlain(ctx context.Context, path string, r io.Reader, w io.Writer) error {
	if st, err := os.Stat(path + "-wal"); err == nil && st.Size() > 0 {
		const format = "part of it is in %s-wal still: \"jobsieve --data %s backup FILE\" makes a whole backup of it"
		return fmt.Errorf(format, path, filepath.Dir(path))
	}
	_, err := io.Copy(w, &heeding{ctx, r})
	return err
}

// makeReady brings an unpacked ledger up, checks it, and forgets what was delivered.
func makeReady(ctx context.Context, dir string, m Manifest) (Manifest, error) {
	l, err := Attach(ctx, dir)
	if err != nil {
		return m, err
	}
	err = l.engine.check(ctx, func(fault string) error {
		return fmt.Errorf("the ledger in it is damaged: %s; use another backup", fault)
	})
	var counts Counts
	if err == nil {
		counts, err = l.Counts(ctx)
	}
	if err == nil && m.Format > 0 && counts != m.Counts {
		err = fmt.Errorf("it holds %s, and its manifest says %s; use another backup", counts, m.Counts)
	}
	m.Counts = counts
	if err == nil {
		err = l.ForgetDeliveries(ctx, "", "")
	}
	return m, errors.Join(err, l.Close())
}

// Alone gives a *HeldError where another process has the ledger open for longer than wait.
func Alone(ctx context.Context, locator string, wait time.Duration) error {
	e, err := engineAt(locator)
	if err != nil {
		return err
	}
	return e.alone(ctx, wait)
}

// ErrThere says that there is a ledger already.
var ErrThere = errors.New("there is a ledger already")

// Put puts the ledger that Unpack left in a folder at a locator, where there is none: its
// error is ErrThere otherwise.
func Put(ctx context.Context, locator, from string) error {
	e, err := engineAt(locator)
	if err != nil {
		return err
	}
	if err := e.put(ctx, from); !errors.Is(err, fs.ErrExist) {
		return err
	}
	return fmt.Errorf("%w in %s", ErrThere, locator)
}

// Replace puts the ledger that Unpack left in a folder in the place of the one at a
// locator, in one step: a kill leaves the one or the other. First it keeps that one in the
// file kept. No other process may have it open; its error is a *HeldError where one has for
// longer than wait.
func Replace(ctx context.Context, locator, from, kept string, wait time.Duration) error {
	e, err := engineAt(locator)
	if err != nil {
		return err
	}
	return e.replace(ctx, from, kept, wait)
}
