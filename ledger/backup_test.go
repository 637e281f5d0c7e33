package ledger

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"jobsieve/job"
)

// backedUp stores postings in a new ledger, and backs it up.
func backedUp(t *testing.T, postings int) (l *Ledger, dir string, backup []byte) {
	t.Helper()
	dir = t.TempDir()
	l, _ = openFile(t, dir)
	storeNumbered(t, l, 0, postings)
	var b bytes.Buffer
	at := time.Date(2026, 11, 27, 9, 0, 0, 7, job.IST)
	m, err := l.Backup(t.Context(), "v1", at, t.TempDir(), &b)
	if err != nil {
		t.Fatal(err)
	}
	want := Counts{Postings: postings, Versions: postings}
	if m.Counts != want || m.Program != "v1" || m.Format != 1 || m.Made.Format(time.RFC3339) != "2026-11-27T03:30:00Z" {
		t.Errorf("manifest %+v, want %+v", m, want)
	}
	return l, dir, b.Bytes()
}

// storeNumbered stores the postings from one number up to another.
func storeNumbered(t *testing.T, l *Ledger, from, to int) {
	t.Helper()
	var entries []Entry
	for i := from; i < to; i++ {
		p := job.Posting{ID: fmt.Sprint(i), Source: "s", Title: "Telecaller", Description: strings.Repeat(fmt.Sprint(i, " "), 500)}
		entries = append(entries, Entry{Posting: p, Seen: time.UnixMilli(1), Reading: &Reading{}})
	}
	if _, err := l.Store(context.WithoutCancel(t.Context()), nil, entries); err != nil {
		t.Fatal(err)
	}
}

// TestReadBackup cuts a backup at many places, and changes a byte at many: each is noticed,
// unless it changes nothing of the ledger.
func TestReadBackup(t *testing.T) {
	_, _, backup := backedUp(t, 50)
	head := bytes.IndexByte(backup, '\n') + 1
	var out bytes.Buffer
	if m, err := ReadBackup(t.Context(), bytes.NewReader(backup), &out); err != nil || int64(out.Len()) != m.Size {
		t.Fatalf("%d bytes, manifest %+v: %v", out.Len(), m, err)
	}
	tried := 0
	for at := 0; at < len(backup); at += 1 + len(backup)/300 {
		tried++
		if _, err := ReadBackup(t.Context(), bytes.NewReader(backup[:at]), io.Discard); err == nil {
			t.Errorf("cut at %d: not noticed", at)
		}
		changed := bytes.Clone(backup)
		changed[at] ^= 1
		var got bytes.Buffer
		_, err := ReadBackup(t.Context(), bytes.NewReader(changed), &got)
		if err == nil && !bytes.Equal(got.Bytes(), out.Bytes()) {
			t.Errorf("changed at %d: not noticed", at)
		}
	}
	if tried < 200 {
		t.Errorf("%d places tried", tried)
	}
	longer := append(bytes.Clone(backup), backup[head:]...)
	if _, err := ReadBackup(t.Context(), bytes.NewReader(longer), io.Discard); err == nil {
		t.Error("what follows it: not noticed")
	}
	for _, no := range []string{"", "\n", "{}\n", "text", strings.Repeat("x", 1<<20)} {
		if _, err := ReadBackup(t.Context(), strings.NewReader(no), io.Discard); !errors.Is(err, ErrNoBackup) {
			t.Errorf("%.10q: %v", no, err)
		}
	}
}

// A backup holds one moment of a ledger that is written meanwhile, and holds no writer up.
func TestBackupWhileWriting(t *testing.T) {
	l, dir, _ := backedUp(t, 500)
	other, _ := openFile(t, dir)
	to := t.TempDir()
	stored := 500
	var mu sync.Mutex
	ctx := &counted{Context: t.Context(), each: func() {
		mu.Lock()
		defer mu.Unlock()
		if stored < 600 {
			storeNumbered(t, other, stored, stored+10) // while the copy is made
			stored += 10
		}
	}}
	m, err := l.Backup(ctx, "v1", time.Now(), to, io.Discard)
	if err != nil || m.Postings%10 != 0 || m.Postings >= 600 || stored != 600 {
		t.Errorf("%d of %d postings: %v", m.Postings, stored, err)
	}
}

// counted is a context that calls a function whenever it is asked for its error.
type counted struct {
	context.Context
	each func()
}

func (c *counted) Err() error {
	c.each()
	return c.Context.Err()
}

// TestReplace replaces a ledger, and puts one where there is none. What was delivered after
// the backup counts no more, and nothing is done while another has the ledger open.
func TestReplace(t *testing.T) {
	ctx := t.Context()
	l, dir, backup := backedUp(t, 20)
	storeNumbered(t, l, 20, 30)
	file, unpacked := filepath.Join(t.TempDir(), "backup"), t.TempDir()
	if err := l.Acknowledge(ctx, "ix:1", time.Now(), []Delivery{{N: 1, Revision: 1}, {N: 25, Revision: 1}}); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(file, backup, 0o600); err != nil {
		t.Fatal(err)
	}
	if m, err := Unpack(ctx, file, unpacked); err != nil || m.Postings != 20 {
		t.Fatalf("%+v: %v", m, err)
	}
	kept := filepath.Join(dir, "kept.db")
	var held *HeldError
	if err := Replace(ctx, dir, unpacked, kept, 0); !errors.As(err, &held) {
		t.Errorf("while it is open: %v", err)
	}
	if err := Put(ctx, dir, unpacked); !errors.Is(err, ErrThere) {
		t.Errorf("put where one is: %v", err)
	}
	if err := l.Close(); err != nil {
		t.Fatal(err)
	}
	if err := Replace(ctx, dir, unpacked, kept, 0); err != nil {
		t.Fatal(err)
	}
	wantLedger(t, dir, 20)
	elsewhere := t.TempDir()
	if err := Put(ctx, elsewhere, unpacked); err != nil {
		t.Fatal(err)
	}
	wantLedger(t, elsewhere, 20)
	old := t.TempDir()
	if err := os.Rename(kept, filepath.Join(old, FileName)); err != nil {
		t.Fatal(err)
	}
	l, _ = openFile(t, old)
	if d, err := l.Deliveries(ctx, "ix:1"); err != nil || d.Taken != 30 || d.Delivered != 2 {
		t.Errorf("kept: %+v: %v", d, err)
	}
}

// wantLedger wants so many postings in the ledger of a folder, none of them delivered.
func wantLedger(t *testing.T, dir string, postings int) {
	t.Helper()
	l, _ := openFile(t, dir)
	want := Deliveries{Taken: postings, Waiting: postings}
	if d, err := l.Deliveries(t.Context(), "ix:1"); err != nil || d != want {
		t.Errorf("%s: %+v, want %+v: %v", dir, d, want, err)
	}
	if err := l.engine.check(t.Context(), errors.New); err != nil {
		t.Error(err)
	}
}

// TestUnpackOlder restores backups of ledgers with older schemas.
func TestUnpackOlder(t *testing.T) {
	for _, schema := range []int{5, 6, 7} {
		dir := t.TempDir()
		plain := filepath.Join(olderLedger(t, schema), FileName)
		m, err := Unpack(t.Context(), plain, dir)
		if err != nil || m.Postings == 0 {
			t.Errorf("schema %d: %+v: %v", schema, m, err)
		}
		if err := os.WriteFile(plain+"-wal", []byte("x"), 0o600); err != nil {
			t.Fatal(err)
		}
		if _, err := Unpack(t.Context(), plain, t.TempDir()); err == nil || !strings.Contains(err.Error(), "ledger.db-wal still") {
			t.Errorf("schema %d beside its log: %v", schema, err)
		}
	}
}
