package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"jobsieve/ledger"
)

// TestAbuse treats a data folder badly, in a random order and with kills in
// between: its index is lost or damaged, an older ledger is put back, commands
// run beside a daemon, texts are hostile. At the end ledger and index equal those
// of a folder that was left alone. JOBSIEVE_SOAK makes it the long way: ten
// minutes.
func TestAbuse(t *testing.T) {
	rows, least, until := 300, 1, time.Now()
	if os.Getenv("JOBSIEVE_SOAK") != "" {
		rows, least, until = 3000, 10, until.Add(10*time.Minute)
	}
	seed := uint64(time.Now().UnixNano())
	a := &abused{dir: filepath.Join(t.TempDir(), "data"), random: rand.New(rand.NewPCG(seed, 7)), played: map[string]int{}}
	t.Logf("seed %d", seed)
	a.file, a.ids = a.rows(t, rows)
	a.configure(t)
	a.command(t, "import", a.file)
	for !a.enough(least) || time.Now().Before(until) {
		what := abuses[a.random.IntN(len(abuses))]
		what.do(a, t)
		a.played[what.name]++
	}
	for _, what := range abuses {
		t.Logf("%4d × %s", a.played[what.name], what.name)
	}
	t.Logf("%d kills hit a running command", a.kills)

	a.command(t, "import", a.file)
	a.command(t, "index", "sync")
	if _, code := a.command(t, "index", "status"); code != exitDone {
		a.command(t, "index", "rebuild")
		if out, code := a.command(t, "index", "status"); code != exitDone {
			t.Errorf("index status ends with %d after a rebuild: %s", code, out)
		}
	}
	alone := filepath.Join(t.TempDir(), "alone")
	jobsieve(t, "--config", a.config, "--data", alone, "import", a.file)
	want := jobsieve(t, "--data", alone, "export")
	for _, from := range []string{"ledger", "index"} {
		if got := jobsieve(t, "--data", a.dir, "export", "--from", from); !bytes.Equal(got, want) {
			t.Errorf("the %s exports %d lines, %d bytes; that of a folder left alone %d lines, %d bytes", from, bytes.Count(got, []byte("\n")), len(got), bytes.Count(want, []byte("\n")), len(want))
		}
	}
}

// abused is a data folder that is treated badly.
type abused struct {
	dir, file, config string
	ids               []string
	random            *rand.Rand
	kills             int
	played            map[string]int
}

// abuse is something that is done to a data folder.
type abuse struct {
	name string
	do   func(*abused, *testing.T)
}

// abuses are what is done to it.
var abuses = []abuse{
	{"an import is killed", func(a *abused, t *testing.T) { a.killed(t, "import", a.part(t)) }},
	{"an import of changes", func(a *abused, t *testing.T) { a.command(t, "import", a.part(t)) }},
	{"a relabel is killed", func(a *abused, t *testing.T) { a.killed(t, "relabel", "--apply") }},
	{"a forget is killed", func(a *abused, t *testing.T) { a.killed(t, "forget", a.some(), a.some()) }},
	{"a forget is repeated", func(a *abused, t *testing.T) {
		id := a.some()
		a.killed(t, "forget", id)
		a.command(t, "forget", id)
	}},
	{"a rebuild is killed", func(a *abused, t *testing.T) { a.killed(t, "index", "rebuild") }},
	{"the index is lost", func(a *abused, t *testing.T) { a.must(t, os.RemoveAll(filepath.Join(a.dir, "index"))) }},
	{"the index is damaged", (*abused).damage},
	{"an older ledger is put back", (*abused).restore},
	{"commands beside a daemon", (*abused).besideDaemon},
	{"a search", func(a *abused, t *testing.T) { a.command(t, "search", "--json", "manager") }},
}

// rows writes real postings and hostile ones to a file, and gives their ids.
func (a *abused) rows(t *testing.T, n int) (path string, ids []string) {
	t.Helper()
	body, err := os.ReadFile(someRows(t, n))
	a.must(t, err)
	for i, text := range []string{"no data entry not data ", "9 8-", "2 to 3 years ", "9 am to 6 pm ", "10-", "a@b.", "₹ "} {
		line, err := json.Marshal(map[string]string{"id": fmt.Sprint("hostile-", i), "title": "Clerk", "description": strings.Repeat(text, 100_000/len(text))})
		a.must(t, err)
		body = append(append(body, line...), '\n')
	}
	for line := range bytes.Lines(body) {
		var row struct{ ID string }
		a.must(t, json.Unmarshal(line, &row))
		ids = append(ids, row.ID)
	}
	path = filepath.Join(t.TempDir(), "rows.jsonl")
	a.must(t, os.WriteFile(path, body, 0o600))
	return path, ids
}

func (a *abused) configure(t *testing.T) {
	t.Helper()
	a.config = filepath.Join(t.TempDir(), "jobsieve.yaml")
	a.must(t, os.WriteFile(a.config, []byte("listen: 127.0.0.1:0\n"), 0o600))
}

func (a *abused) must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// enough reports that everything was done often enough.
func (a *abused) enough(least int) bool {
	return !slices.ContainsFunc(abuses, func(what abuse) bool { return a.played[what.name] < least })
}

func (a *abused) some() string { return a.ids[a.random.IntN(len(a.ids))] }

// ends is how long a command may take before the test gives up, on any machine.
const ends = 5 * time.Minute

func (a *abused) make(t *testing.T, args ...string) *exec.Cmd {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), ends)
	t.Cleanup(cancel)
	return exec.CommandContext(ctx, "jobsieve", append([]string{"--config", a.config, "--data", a.dir}, args...)...)
}

// command runs a command to its end: any but a crash is fine.
func (a *abused) command(t *testing.T, args ...string) (out []byte, code int) {
	t.Helper()
	cmd := a.make(t, args...)
	out, _ = cmd.CombinedOutput()
	if code = cmd.ProcessState.ExitCode(); code < 0 || code == exitUsage || bytes.Contains(out, []byte("goroutine ")) {
		t.Fatalf("jobsieve %q: exit %d\n%s", args, code, out)
	}
	return out, code
}

// killed begins a command and kills it at some moment.
func (a *abused) killed(t *testing.T, args ...string) {
	t.Helper()
	cmd := a.make(t, args...)
	a.must(t, cmd.Start())
	time.Sleep(time.Duration(a.random.Int64N(int64(1500 * time.Millisecond)))) // the moment of the kill
	_ = cmd.Process.Kill()                                                     // it may have ended
	if cmd.Wait() != nil {
		a.kills++
	}
}

// part writes some of the rows, a third of them changed, to a file.
func (a *abused) part(t *testing.T) string {
	t.Helper()
	body, err := os.ReadFile(a.file)
	a.must(t, err)
	var out []byte
	for line := range bytes.Lines(body) {
		switch a.random.IntN(6) {
		case 0:
			out = append(out, line...)
		case 1:
			var row map[string]any
			a.must(t, json.Unmarshal(line, &row))
			row["title"] = fmt.Sprintf("%v (%d)", row["title"], a.random.IntN(100))
			again, err := json.Marshal(row)
			a.must(t, err)
			out = append(append(out, again...), '\n')
		}
	}
	path := filepath.Join(t.TempDir(), "part.jsonl")
	a.must(t, os.WriteFile(path, out, 0o600))
	return path
}

// damage writes garbage over a file of the index, or cuts it.
func (a *abused) damage(t *testing.T) {
	var files []string
	_ = filepath.WalkDir(filepath.Join(a.dir, "index"), func(path string, d fs.DirEntry, err error) error {
		if err == nil && d.Type().IsRegular() {
			files = append(files, path)
		}
		return nil
	})
	if len(files) == 0 {
		return
	}
	path := files[a.random.IntN(len(files))]
	if a.random.IntN(2) == 0 {
		a.must(t, os.Truncate(path, a.random.Int64N(100)))
		return
	}
	a.must(t, os.WriteFile(path, []byte("garbage"), 0o600))
}

// restore puts back the ledger as it was some time ago, or notes how it is.
func (a *abused) restore(t *testing.T) {
	now, before := filepath.Join(a.dir, ledger.FileName), filepath.Join(a.dir, "before.db")
	if body, err := os.ReadFile(before); err == nil {
		for _, rest := range []string{"-wal", "-shm"} {
			a.must(t, os.RemoveAll(now+rest))
		}
		a.must(t, os.WriteFile(now, body, 0o600))
		a.must(t, os.Remove(before))
		return
	}
	a.command(t, "forget", a.some()) // leaves nothing in the write-ahead log
	body, err := os.ReadFile(now)
	a.must(t, err)
	a.must(t, os.WriteFile(before, body, 0o600))
}

// besideDaemon runs commands beside a daemon, and kills it.
func (a *abused) besideDaemon(t *testing.T) {
	daemon := a.make(t, "serve")
	a.must(t, daemon.Start())
	for _, args := range [][]string{
		{"index", "setup", "--skip-if-running"},
		{"index", "rebuild", "--wait", "10ms"},
		{"import", a.part(t), "--skip-if-running"},
		{"index", "status"},
		{"search", "--json", "manager"},
	} {
		if a.random.IntN(2) == 0 {
			continue
		}
		a.command(t, args...)
	}
	a.killed(t, "serve", "--skip-if-running") // it may become the daemon
	_ = daemon.Process.Kill()
	_ = daemon.Wait()
}
