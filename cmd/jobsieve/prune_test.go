package main

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"jobsieve/job"
	"jobsieve/ledger"
)

// TestPrune prunes the middle one of three old versions: it is counted first, and then its
// text is gone from the disk, and nothing else is.
func TestPrune(t *testing.T) {
	dir := t.TempDir()
	l, err := ledger.Open(t.Context(), dir)
	if err != nil {
		t.Fatal(err)
	}
	for i, description := range []string{"First", "Ask for Shantabai at the gate", "Newest"} {
		e := ledger.Entry{
			Posting: job.Posting{ID: "a", Source: "s", Title: "Telecaller", Description: description},
			Seen:    time.Date(2020, 1, 1+i, 0, 0, 0, 0, time.UTC), Reading: &ledger.Reading{},
		}
		if _, err := l.Store(context.WithoutCancel(t.Context()), nil, []ledger.Entry{e}); err != nil {
			t.Fatal(err)
		}
	}
	if err := l.Close(); err != nil {
		t.Fatal(err)
	}
	config := filepath.Join(t.TempDir(), "policy.yaml")
	if err := os.WriteFile(config, []byte("prune: {versions: 8760h}\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	p := program{t, dir, []string{"--config", config}}
	p.want(exitDone, "index", "sync")
	before := p.want(exitDone, "export")
	has := func(out string, wants ...string) {
		t.Helper()
		for _, want := range wants {
			if !strings.Contains(out, want) {
				t.Errorf("%s\nwant %s", out, want)
			}
		}
	}
	onDisk := func() bool {
		body, err := os.ReadFile(filepath.Join(dir, ledger.FileName))
		if err != nil {
			t.Fatal(err)
		}
		return bytes.Contains(body, []byte("Shantabai"))
	}
	has(p.want(exitDone, "prune"), "0 readings, ", "1 version, about ", "This would go; nothing has yet. To take it away: ", "prune --yes")
	if !onDisk() {
		t.Error("the text is gone before it was pruned")
	}
	has(p.want(exitDone, "prune", "--yes"), "1 version, about ", "This went.")
	if onDisk() {
		t.Error("the text is still on the disk")
	}
	has(p.want(exitDone, "prune", "--json"), `{"kind":"version","rows":0,"bytes":0}`)
	if after := p.want(exitDone, "export"); after != before {
		t.Errorf("export: %s, before %s", after, before)
	}
	p.want(exitDone, "explain", "a")
	has(p.want(exitDone, "verify"), "3 versions", "all is right")
}
