package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	"jobsieve/internal/estest"
	"jobsieve/internal/pgtest"
	"jobsieve/ledger"
)

// TestKilledRelabel relabels a ledger by two daemons and a command, and kills the command and
// one of the daemons in the midst: the other daemon alone brings ledger and index to what a
// single process makes of the same postings, and no posting is read twice. Then the index is
// rebuilt with the other, and once more while that is killed.
func TestKilledRelabel(t *testing.T) {
	const patience = 2 * time.Minute
	file, dir, locator, url := someRows(t, 4000), t.TempDir(), pgtest.Database(t), estest.URL(t)
	single, rules := filepath.Join(dir, "single"), filepath.Join(dir, "rules")
	jobsieve(t, "--data", single, "import", file)
	jobsieve(t, "ledger", "copy", single, locator)
	jobsieve(t, "rules", "init", rules)
	alone, shared := filepath.Join(dir, "alone.yaml"), filepath.Join(dir, "shared.yaml")
	text := fmt.Sprintf("rules: %s\nsources: []\n", rules)
	others := fmt.Sprintf("ledger: %s\nindex: %s\nelasticsearch: {alias: %s}\n", locator, url, estest.Alias(t, url))
	if err := errors.Join(os.WriteFile(alone, []byte(text), 0o600), os.WriteFile(shared, []byte(text+others), 0o600)); err != nil {
		t.Fatal(err)
	}
	jobsieve(t, "--config", alone, "--data", single, "relabel", "--apply")
	l, err := ledger.Attach(t.Context(), locator)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { l.Close() })
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	defer cancel()
	await := func(what string, reached func() (bool, error)) {
		t.Helper()
		for {
			switch ok, err := reached(); {
			case err != nil:
				t.Fatalf("%s: %v", what, err)
			case ok:
				return
			}
			select {
			case <-ctx.Done():
				t.Fatalf("%s: not in time", what)
			case <-time.After(5 * time.Millisecond):
			}
		}
	}
	serve := func(data string) *exec.Cmd {
		return started(t, "--config", shared, "--data", filepath.Join(dir, data), "serve", "--listen", "127.0.0.1:0")
	}
	first, second := serve("1"), serve("2")
	await("two machines", func() (bool, error) {
		machines, err := l.Machines(ctx)
		return len(machines) == 2, err
	})
	command := started(t, "--config", shared, "--data", filepath.Join(dir, "3"), "relabel", "--apply")
	all := 0
	await("some chunks", func() (bool, error) {
		left, err := l.UndoneChunks(ctx)
		all = max(all, len(left))
		return len(left) < all, err
	})
	end(t, command, first)
	left, err := l.UndoneChunks(ctx)
	t.Logf("%d of %d chunks are left to one machine: %v", len(left), all, err)
	await("all chunks", func() (bool, error) {
		left, err := l.UndoneChunks(ctx)
		return len(left) == 0, err
	})
	want := whole(t, single)
	if got := whole(t, locator); got != want {
		t.Error("the ledger differs from one that a single process relabelled")
	}
	await("the index", func() (bool, error) {
		target, err := exec.CommandContext(ctx, "jobsieve", "--config", shared, "index", "status", "--json").Output()
		return bytes.Contains(target, []byte(`"waiting":0`)), err
	})
	jobsieve(t, "--config", shared, "--data", filepath.Join(dir, "3"), "index", "rebuild")
	rebuild := started(t, "--config", shared, "--data", filepath.Join(dir, "3"), "index", "rebuild")
	end(t, second)
	if err := rebuild.Wait(); err != nil {
		t.Errorf("rebuild beside a daemon that is killed: %v", err)
	}
	if !bytes.Equal(jobsieve(t, "--config", shared, "export", "--from", "index"), jobsieve(t, "--config", shared, "export")) {
		t.Error("the index differs from the ledger")
	}
}

// started starts the program, which ends with the test.
func started(t *testing.T, args ...string) *exec.Cmd {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), "jobsieve", args...)
	cmd.Stderr = os.Stderr
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = cmd.Wait() })
	return cmd
}

// end kills programs.
func end(t *testing.T, programs ...*exec.Cmd) {
	t.Helper()
	for _, p := range programs {
		if err := p.Process.Kill(); err != nil {
			t.Error(err)
		}
		_ = p.Wait() // it was killed
	}
}

// whole is what a ledger has of each posting, with how often it was read otherwise.
func whole(t *testing.T, locator string) string {
	t.Helper()
	l, err := ledger.Attach(t.Context(), locator)
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	var all bytes.Buffer
	err = l.Each(t.Context(), func(r *ledger.Record) error {
		earlier, err := l.History(t.Context(), r)
		reading, failed := json.Marshal(r.Reading)
		fmt.Fprintf(&all, "%s %d %d %s\n", r.Key, r.Revision, len(earlier), reading)
		return errors.Join(err, failed)
	})
	if err != nil {
		t.Fatal(err)
	}
	return all.String()
}
