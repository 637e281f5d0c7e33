package embedded

import (
	"bytes"
	"errors"
	"log/slog"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/blevesearch/bleve/v2"
	"github.com/gofrs/flock"

	"jobsieve/indexer/conformance"
)

// filled makes an index with documents in a data folder, and gives its target.
func filled(t *testing.T, dir string) string {
	t.Helper()
	ix, err := Open(dir, slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	conformance.Deliver(t, ix, conformance.Documents())
	if err := ix.Close(); err != nil {
		t.Fatal(err)
	}
	return ix.Target()
}

// segmentFile gives a file of the newest state.
func segmentFile(t *testing.T, path string) string {
	t.Helper()
	names, err := newestSegments(filepath.Join(path, "store", "root.bolt"))
	if err != nil || len(names) == 0 {
		t.Fatalf("%q %v", names, err)
	}
	return filepath.Join(path, "store", names[0])
}

// TestDamage breaks an index in many ways: looking at it proves each, and opening
// it makes an empty one with another target.
func TestDamage(t *testing.T) {
	write := func(name, body string) func(*testing.T, string) error {
		return func(_ *testing.T, path string) error {
			return os.WriteFile(filepath.Join(path, name), []byte(body), 0o600)
		}
	}
	change := func(file func(*testing.T, string) string, f func([]byte) []byte) func(*testing.T, string) error {
		return func(t *testing.T, path string) error {
			name := file(t, path)
			body, err := os.ReadFile(name)
			if err != nil {
				return err
			}
			return os.WriteFile(name, f(body), 0o600)
		}
	}
	root := func(_ *testing.T, path string) string { return filepath.Join(path, "store", "root.bolt") }
	half := func(b []byte) []byte { return b[:len(b)/2] }
	for name, harm := range map[string]func(*testing.T, string) error{
		"no meta":                func(_ *testing.T, path string) error { return os.Remove(filepath.Join(path, "index_meta.json")) },
		"empty meta":             write("index_meta.json", ""),
		"garbage meta":           write("index_meta.json", "\x00\x01{"),
		"meta of another engine": write("index_meta.json", `{"storage":"boltdb","index_type":"upside_down"}`),
		"meta of nothing":        write("index_meta.json", `{}`),
		"no store":               func(_ *testing.T, path string) error { return os.RemoveAll(filepath.Join(path, "store")) },
		"no root":                func(_ *testing.T, path string) error { return os.Remove(filepath.Join(path, "store", "root.bolt")) },
		"empty root":             write("store/root.bolt", ""),
		"garbage root":           write("store/root.bolt", strings.Repeat("garbage ", 8192)),
		"short garbage root":     write("store/root.bolt", "garbage"),
		"root of zeros":          write("store/root.bolt", strings.Repeat("\x00", 65536)),
		"half a root":            change(root, half),
		"a root with garbage at its end": change(root, func(b []byte) []byte {
			return append(b[:8192:8192], bytes.Repeat([]byte{0xa5}, len(b)-8192)...)
		}),
		"no segment":      func(t *testing.T, path string) error { return os.Remove(segmentFile(t, path)) },
		"half a segment":  change(segmentFile, half),
		"empty segment":   change(segmentFile, func([]byte) []byte { return nil }),
		"garbage segment": change(segmentFile, func(b []byte) []byte { return bytes.Repeat([]byte{7}, len(b)) }),
		"a flipped bit": change(segmentFile, func(b []byte) []byte {
			b[len(b)/3] ^= 1
			return b
		}),
		"an empty folder": func(_ *testing.T, path string) error { return errors.Join(os.RemoveAll(path), os.Mkdir(path, 0o700)) },
		"nothing":         func(_ *testing.T, path string) error { return os.RemoveAll(path) },
		"a file": func(_ *testing.T, path string) error {
			return errors.Join(os.RemoveAll(path), os.WriteFile(path, []byte("mine"), 0o600))
		},
		"an older layout": func(_ *testing.T, path string) error { return setLayout(path, "4") },
		"no layout":       func(_ *testing.T, path string) error { return setLayout(path, "") },
	} {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			before := filled(t, dir)
			if err := harm(t, filepath.Join(dir, FolderName)); err != nil {
				t.Fatal(err)
			}
			var lost *LostError
			if _, err := Look(dir); !errors.As(err, &lost) || lost.Reason == "" {
				t.Fatalf("looking at it: %v", err)
			}
			if after := filled(t, dir); after == before {
				t.Error("it kept its target")
			}
			body, err := os.ReadFile(filepath.Join(dir, FolderName+".no-index"))
			if kept := string(body) == "mine"; kept != (name == "a file") {
				t.Errorf("what is no index is kept: %v %v", kept, err)
			}
		})
	}
}

func setLayout(path, layout string) error {
	b, err := bleve.Open(path)
	if err != nil {
		return err
	}
	batch := b.NewBatch()
	batch.SetInternal([]byte("layout"), []byte(layout))
	return errors.Join(b.Batch(batch), b.Close())
}

// TestNotReplaced opens an index that can't be used now: that is reported, and
// the index is as it was.
func TestNotReplaced(t *testing.T) {
	for name, c := range map[string]struct {
		hinder func(t *testing.T, path string) (undo func() error)
		err    string
	}{
		"another process has it": {func(t *testing.T, path string) func() error {
			f := flock.New(filepath.Join(path, "store", "root.bolt"))
			if ok, err := f.TryLock(); !ok || err != nil {
				t.Fatal(ok, err)
			}
			return f.Close
		}, "another process has"},
		"it is not readable": {func(t *testing.T, path string) func() error {
			// Reading a folder fails for root too, who reads every file.
			name, aside := segmentFile(t, path), filepath.Join(t.TempDir(), "segment")
			if err := errors.Join(os.Rename(name, aside), os.Mkdir(name, 0o700)); err != nil {
				t.Fatal(err)
			}
			return func() error { return errors.Join(os.Remove(name), os.Rename(aside, name)) }
		}, "is a directory"},
		"a newer program made it": {func(t *testing.T, path string) func() error {
			if err := setLayout(path, "99"); err != nil {
				t.Fatal(err)
			}
			return func() error { return setLayout(path, strconv.Itoa(layout)) }
		}, "use a newer jobsieve"},
		"its disk is away": {func(t *testing.T, path string) func() error {
			if err := errors.Join(os.Rename(path, path+"-disk"), os.Symlink(path+"-away", path)); err != nil {
				t.Fatal(err)
			}
			return func() error { return errors.Join(os.Remove(path), os.Rename(path+"-disk", path)) }
		}, "is a link to"},
	} {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			before := filled(t, dir)
			undo := c.hinder(t, filepath.Join(dir, FolderName))
			_, err := Open(dir, slog.New(slog.DiscardHandler))
			var lost *LostError
			if err == nil || errors.As(err, &lost) || !strings.Contains(err.Error(), c.err) {
				t.Errorf("opened: %v, want %q", err, c.err)
			}
			if err := undo(); err != nil {
				t.Fatal(err)
			}
			if after := filled(t, dir); after != before {
				t.Error("it is another index")
			}
		})
	}
}

// TestRebuildBeside begins an index beside another, which stays until it is
// replaced; a kill at any moment leaves one of the two.
func TestRebuildBeside(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, FolderName)
	first := filled(t, dir)
	next, err := Begin(dir)
	if err != nil {
		t.Fatal(err)
	}
	conformance.Deliver(t, next, conformance.Documents()[:2])
	if err := next.Discard(t.Context()); err != nil {
		t.Fatal(err)
	}
	if again := filled(t, dir); again != first {
		t.Error("a discarded index took the other's place")
	}
	if next, err = Begin(dir); err != nil {
		t.Fatal(err)
	}
	if err := next.TakePlace(t.Context()); err != nil {
		t.Fatal(err)
	}
	if n, err := next.Count(t.Context()); n != 0 || err != nil {
		t.Errorf("%d documents: %v", n, err)
	}
	if err := next.Close(); err != nil {
		t.Fatal(err)
	}
	second := filled(t, dir)
	if second == first || second != next.Target() {
		t.Errorf("%s took the place of %s, and %s is there", next.Target(), first, second)
	}
	// A kill between the two renames, with a new one beside.
	if err := errors.Join(os.Rename(path, path+suffixOld), os.Mkdir(path+suffixNew, 0o700)); err != nil {
		t.Fatal(err)
	}
	if third := filled(t, dir); third != second {
		t.Error("after a kill the index is another")
	}
	entries, err := os.ReadDir(dir)
	if err != nil || len(entries) != 1 {
		t.Errorf("left beside it: %v %v", entries, err)
	}
}

// TestTakenAway deletes the files of an open index.
func TestTakenAway(t *testing.T) {
	dir := t.TempDir()
	filled(t, dir)
	ix, err := Look(dir)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.RemoveAll(filepath.Join(dir, FolderName)); err != nil {
		t.Fatal(err)
	}
	acks, err := ix.Deliver(t.Context(), conformance.Documents()[:1])
	if !errors.Is(err, ErrTakenAway) || acks[0].Delivered {
		t.Errorf("delivering: %+v %v", acks, err)
	}
	if _, err := ix.Count(t.Context()); !errors.Is(err, ErrTakenAway) {
		t.Errorf("counting: %v", err)
	}
	_ = ix.Close() // its files are gone
}
