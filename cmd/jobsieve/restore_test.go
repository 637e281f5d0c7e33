package main

import (
	"bytes"
	"crypto/sha256"
	"errors"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	"jobsieve/ledger"
)

// exported tells a ledger by what its export holds.
func exported(t *testing.T, dir string) string {
	t.Helper()
	return fmt.Sprintf("%x", sha256.Sum256(jobsieve(t, "--data", dir, "export")))[:16]
}

// TestKilledRestore kills restores at random moments. Each leaves the ledger that there
// was, or that of the backup; run again, it ends, and the index has that one's postings.
func TestKilledRestore(t *testing.T) {
	const kills = 5
	rows := someRows(t, 2000)
	dir, backup := t.TempDir(), filepath.Join(t.TempDir(), "backup")
	jobsieve(t, "--data", dir, "import", rows)
	jobsieve(t, "--data", dir, "backup", backup)
	restored := exported(t, dir)
	later := filepath.Join(t.TempDir(), "later.jsonl")
	if err := os.WriteFile(later, []byte(`{"id":"later","title":"Clerk"}`+"\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	seed := uint64(time.Now().UnixNano())
	random := rand.New(rand.NewPCG(seed, 1))
	t.Logf("seed %d", seed)
	outcomes := map[string]int{}
	whole := 400 * time.Millisecond // about as long as it takes, the index included
	for i := range kills {
		jobsieve(t, "--data", dir, "import", later)
		before := exported(t, dir)
		after := time.Duration(random.Int64N(int64(whole)))
		if !killed(t, after, "--data", dir, "restore", "--replace", backup) {
			outcomes["ended"]++
		}
		switch got := exported(t, dir); got {
		case before:
			outcomes["the one before"]++
		case restored:
			outcomes["the backup's"]++
		default:
			t.Errorf("kill %d after %s: export %s, neither %s nor %s", i+1, after, got, before, restored)
		}
		jobsieve(t, "--data", dir, "restore", "--replace", backup)
		index := fmt.Sprintf("%x", sha256.Sum256(jobsieve(t, "--data", dir, "export", "--from", "index")))[:16]
		if got := exported(t, dir); got != restored || index != restored {
			t.Errorf("kill %d, restored again: export %s, of the index %s, want %s", i+1, got, index, restored)
		}
	}
	t.Logf("after %d kills: %v", kills, outcomes)
	if _, err := os.Stat(filepath.Join(dir, "restore.part")); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("a restore left its folder: %v", err)
	}
}

// TestRestoreBesideReaders restores while other processes begin to read: each of them
// finds one ledger or the other.
func TestRestoreBesideReaders(t *testing.T) {
	dir, backup := t.TempDir(), filepath.Join(t.TempDir(), "backup")
	jobsieve(t, "--data", dir, "import", someRows(t, 300))
	jobsieve(t, "--data", dir, "backup", backup)
	restored := exported(t, dir)
	jobsieve(t, "--data", dir, "import", someRows(t, 600))
	before := exported(t, dir)
	ended := make(chan error)
	go func() {
		var out bytes.Buffer
		cmd := exec.Command("jobsieve", "--data", dir, "restore", "--replace", "--wait", "2m", backup)
		cmd.Stdout, cmd.Stderr = &out, &out
		err := cmd.Run()
		if err != nil {
			err = fmt.Errorf("%w\n%s", err, &out)
		}
		ended <- err
	}()
	seen := map[string]int{}
	for running := true; running; {
		select {
		case err := <-ended:
			if running = false; err != nil {
				t.Error(err)
			}
		default:
		}
		seen[exported(t, dir)]++
	}
	if got := exported(t, dir); got != restored {
		t.Errorf("in the end: %s, want %s", got, restored)
	}
	if seen[before]+seen[restored] == 0 || len(seen) > 2 || len(seen) == 2 && seen[before]*seen[restored] == 0 {
		t.Errorf("seen %v, want nothing but %s and %s", seen, before, restored)
	}
}

// TestRestoreDamaged restores a backup in the place of ledgers that can't be read.
func TestRestoreDamaged(t *testing.T) {
	backup := filepath.Join(t.TempDir(), "backup")
	sound := t.TempDir()
	jobsieve(t, "--data", sound, "import", someRows(t, 300))
	jobsieve(t, "--data", sound, "backup", backup)
	want := exported(t, sound)
	body, err := os.ReadFile(filepath.Join(sound, ledger.FileName))
	if err != nil {
		t.Fatal(err)
	}
	for name, damaged := range map[string][]byte{
		"no database": []byte("a text that somebody put here\n"),
		"header":      append([]byte("nonsense"), body[8:]...),
		"cut":         body[:len(body)/3],
		"pages":       append(body[:len(body)/2:len(body)/2], bytes.Repeat([]byte{7}, len(body)-len(body)/2)...),
		"empty":       {},
	} {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			if err := os.WriteFile(filepath.Join(dir, ledger.FileName), damaged, 0o600); err != nil {
				t.Fatal(err)
			}
			jobsieve(t, "--data", dir, "restore", "--replace", backup)
			if got := exported(t, dir); got != want {
				t.Errorf("export %s, want %s", got, want)
			}
			if kept, _ := filepath.Glob(filepath.Join(dir, "ledger-*.db")); len(kept) != 1 {
				t.Errorf("kept %v", kept)
			}
		})
	}
}
