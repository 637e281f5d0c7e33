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
	"strings"
	"testing"

	"jobsieve/internal/estest"
)

// baseRows is how many postings are in the index before others are written.
const baseRows = 1500

// TestWritesMeanwhile imports postings without a pause while the index is
// rebuilt and exported. Every export is complete: each posting that was in the
// index before stands in it once. At the end the index holds what the ledger
// holds, and nothing that was written meanwhile is lost.
func TestWritesMeanwhile(t *testing.T) {
	url := estest.URL(t)
	dir := t.TempDir()
	w := &meanwhile{dir: dir, config: filepath.Join(dir, "jobsieve.yaml")}
	body := fmt.Sprintf("index: %s\nelasticsearch:\n  alias: %s\n", url, estest.Alias(t, url))
	if err := os.WriteFile(w.config, []byte(body), 0o600); err != nil {
		t.Fatal(err)
	}
	w.must(t, "import", w.rows(t, 0))
	ctx, stop := context.WithCancel(t.Context())
	ended := make(chan int)
	go func() { ended <- w.write(ctx, t) }()
	for range 3 {
		w.must(t, "index", "rebuild")
		w.exported(t)
		w.exported(t)
	}
	stop()
	rounds := <-ended
	if t.Failed() {
		return
	}
	w.must(t, "index", "sync")
	ledger, index := w.must(t, "export"), w.must(t, "export", "--from", "index")
	if !bytes.Equal(ledger, index) {
		t.Errorf("the ledger exports %d lines, the index %d, and they differ", bytes.Count(ledger, []byte("\n")), bytes.Count(index, []byte("\n")))
	}
	if want := baseRows + rounds*newRows; bytes.Count(index, []byte("\n")) != want {
		t.Errorf("%d postings at the end, want %d", bytes.Count(index, []byte("\n")), want)
	}
	t.Logf("%d imports meanwhile", rounds)
}

// newRows is how many new postings each import brings, and how many it changes.
const newRows = 100

type meanwhile struct{ dir, config string }

func (w *meanwhile) command(args ...string) *exec.Cmd {
	return exec.Command("jobsieve", append([]string{"--config", w.config, "--data", filepath.Join(w.dir, "data")}, args...)...)
}

func (w *meanwhile) must(t *testing.T, args ...string) []byte {
	t.Helper()
	var out, told bytes.Buffer
	cmd := w.command(args...)
	cmd.Stdout, cmd.Stderr = &out, &told
	if err := cmd.Run(); err != nil {
		t.Fatalf("jobsieve %q: %v\n%s", args, err, told.Bytes())
	}
	return out.Bytes()
}

// rows writes the rows of an import: all at first, then new ones and changes.
func (w *meanwhile) rows(t *testing.T, round int) string {
	t.Helper()
	var b strings.Builder
	row := func(id string) {
		fmt.Fprintf(&b, `{"id":%q,"source":"s","title":"Telecaller %d","location":"Noida","salary":"₹12,000 - ₹15,000 a month","description":"Outbound calls for a bank's loans."}`+"\n", id, round)
	}
	if round == 0 {
		for i := range baseRows {
			row(fmt.Sprintf("base-%d", i))
		}
	} else {
		for i := range newRows {
			row(fmt.Sprintf("new-%d-%d", round, i))
			row(fmt.Sprintf("base-%d", (round*newRows+i)%baseRows))
		}
	}
	path := filepath.Join(w.dir, fmt.Sprintf("rows-%d.jsonl", round))
	if err := os.WriteFile(path, []byte(b.String()), 0o600); err != nil {
		t.Error(err)
	}
	return path
}

// write imports without a pause and gives how many imports there were. One that
// meets the alias on its way to another index may leave documents for later.
func (w *meanwhile) write(ctx context.Context, t *testing.T) int {
	for round := 1; ; round++ {
		if ctx.Err() != nil {
			return round - 1
		}
		out, err := w.command("import", "--wait", "1m", w.rows(t, round)).CombinedOutput()
		var exit *exec.ExitError
		if err != nil && (!errors.As(err, &exit) || exit.ExitCode() != exitPartly) {
			t.Errorf("import %d: %v\n%s", round, err, out)
			return round
		}
	}
}

// exported exports the index and wants each posting of the beginning once.
func (w *meanwhile) exported(t *testing.T) {
	t.Helper()
	seen := map[string]int{}
	for line := range bytes.Lines(w.must(t, "export", "--from", "index")) {
		var row struct{ ID string }
		if err := json.Unmarshal(line, &row); err != nil {
			t.Fatal(err)
		}
		seen[row.ID]++
	}
	for i := range baseRows {
		if n := seen[fmt.Sprintf("base-%d", i)]; n != 1 {
			t.Errorf("base-%d stands %d times in the export", i, n)
			return
		}
	}
	for id, n := range seen {
		if n != 1 {
			t.Errorf("%s stands %d times in the export", id, n)
		}
	}
}
