//go:build linux

package machines

import (
	"fmt"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"jobsieve/internal/pgtest"
	"jobsieve/internal/sharedtest"
)

// before is the last commit whose machines know nothing of each other but their ledger.
const before = "06a1bf6"

// TestVersionsBesideEachOther lets a machine of an earlier version crawl, and starts one of
// this version beside it, which brings their ledger up to its own schema meanwhile. Both go on,
// and nothing is lost or doubled; a command of the earlier version that opens the ledger anew is
// told to use the newer one. What the earlier version read is brought to today's rules by
// relabel. Grouping by vacancy is left to the newer version, whose tables for it
// are others.
func TestVersionsBesideEachOther(t *testing.T) {
	locator := pgtest.Database(t)
	earlier := earlierProgram(t)
	of := size{hosts: 16, pages: 20, delays: spread{150 * time.Millisecond, 500 * time.Millisecond}}
	tr := newTrial(t, 1, of, locator)
	old := tr.add(earlier)
	const part = 0.15
	tr.await(part)
	const schema = "SELECT max(version_id) FROM goose_db_version"
	was := pgtest.Query(t, locator, schema)
	now := tr.add(program(t))
	tr.awaitLedger()
	tr.finish()
	const noIndex = 1 // what is read anew is stored, and waits for the index
	now.run(t, []int{0, noIndex}, "relabel", "--apply")
	tr.judge()
	for line := range strings.Lines(old.log()) {
		known := strings.Contains(line, "index is behind") || strings.Contains(line, "group postings by vacancy")
		if strings.Contains(line, "level=ERROR") && !known {
			t.Errorf("the earlier version said: %s", line)
		}
	}
	asked := map[string]int{}
	for _, r := range tr.world.asked() {
		asked[r.machine]++
	}
	if len(asked) != len(tr.machines) {
		t.Errorf("requests by machine: %v", asked)
	}
	if was == pgtest.Query(t, locator, schema) {
		old.run(t, done, "export")
		return
	}
	if out, err := old.command("export").CombinedOutput(); err == nil || !strings.Contains(string(out), "use a newer jobsieve") {
		t.Errorf("the earlier version: %v: %s", err, out)
	}
	now.run(t, done, "export")
}

// awaitLedger waits until the machine that was added last has asked for something, so that
// the ledger has its schema.
func (tr *trial) awaitLedger() {
	for name := tr.last().name; tr.world.now() < bound; time.Sleep(time.Millisecond) {
		for _, r := range tr.world.asked() {
			if r.machine == name {
				return
			}
		}
	}
}

// earlierProgram builds the program of an earlier commit of the repository that this is in.
func earlierProgram(t *testing.T) string {
	t.Helper()
	if out, err := exec.Command("git", "cat-file", "-e", before+"^{commit}").CombinedOutput(); err != nil {
		sharedtest.Missing(t, "history", fmt.Sprintf("the history of the repository lacks the commit %s, whose program is "+
			"tried beside this one: %v: %s; take all of it: git fetch --unshallow", before, err, out))
	}
	dir := t.TempDir()
	archive := filepath.Join(dir, "archive.tar")
	for _, args := range [][]string{
		{"git", "-C", filepath.Join("..", ".."), "archive", "--output", archive, before},
		{"tar", "-x", "-C", dir, "-f", archive},
	} {
		if out, err := exec.Command(args[0], args[1:]...).CombinedOutput(); err != nil {
			t.Fatalf("%v: %v: %s", args, err, out)
		}
	}
	path, err := build(dir, "earlier")
	if err != nil {
		t.Fatal(err)
	}
	return path
}
