package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	"jobsieve/ledger"
)

// house is a data folder and its configuration.
type house struct{ dir, config string }

// newHouse makes a data folder with three postings, one of them of a feed.
func newHouse(t *testing.T) *house {
	t.Helper()
	feed := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path != "/feed.xml" {
			http.NotFound(w, r)
			return
		}
		_, _ = io.WriteString(w, `<rss version="2.0"><channel><item><title>Telecaller</title><link>http://`+r.Host+`/1</link><guid>1</guid><description>Calls.</description></item></channel></rss>`)
	}))
	t.Cleanup(feed.Close)
	h := &house{dir: t.TempDir()}
	h.config = filepath.Join(h.dir, "jobsieve.yaml")
	h.write(t, "jobsieve.yaml", fmt.Sprintf("contact: me@example.org\nlisten: %s\nsources:\n  - {name: board, kind: feed, schedule: \"@every 24h\", url: %s/feed.xml, fetch: {delay: 1ms, private: [127.0.0.1]}}\n", freeAddress(t), feed.URL))
	h.must(t, 0, "import", h.write(t, "rows.jsonl", `{"id":"a","title":"Typist"}`+"\n"+`{"id":"b","title":"Data analyst"}`+"\n"))
	h.must(t, 0, "run")
	return h
}

func (h *house) write(t *testing.T, name, body string) (path string) {
	t.Helper()
	path = filepath.Join(h.dir, name)
	if err := os.WriteFile(path, []byte(body), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func (h *house) data() string { return filepath.Join(h.dir, "data") }

func (h *house) command(ctx context.Context, args ...string) *exec.Cmd {
	return exec.CommandContext(ctx, "jobsieve", append([]string{"--config", h.config, "--data", h.data()}, args...)...)
}

// try runs a command and gives its exit code and what it said.
func (h *house) try(t *testing.T, args ...string) (code int, out, told string) {
	t.Helper()
	var stdout, stderr bytes.Buffer
	cmd := h.command(t.Context(), args...)
	cmd.Stdout, cmd.Stderr = &stdout, &stderr
	err := cmd.Run()
	var exit *exec.ExitError
	if errors.As(err, &exit) {
		code = exit.ExitCode()
	} else if err != nil {
		t.Fatal(err)
	}
	if strings.Contains(stderr.String(), "panic") || strings.Contains(stderr.String(), "goroutine ") {
		t.Errorf("jobsieve %q panics:\n%s", args, stderr.String())
	}
	return code, stdout.String(), stderr.String()
}

// must runs a command that must end with an exit code, and gives what it said.
func (h *house) must(t *testing.T, want int, args ...string) string {
	t.Helper()
	code, out, told := h.try(t, args...)
	if code != want {
		t.Fatalf("jobsieve %q: exit code %d, want %d\n%s%s", args, code, want, out, told)
	}
	return out + told
}

// total is how many postings a search finds.
func (h *house) total(t *testing.T) int {
	t.Helper()
	var found struct{ Total int }
	if err := json.Unmarshal([]byte(h.must(t, 0, "search", "--json", "--wait", "5m")), &found); err != nil {
		t.Fatal(err)
	}
	return found.Total
}

// serve starts a daemon and waits until it answers; it is stopped at the test's
// end.
func (h *house) serve(t *testing.T) *exec.Cmd {
	t.Helper()
	cmd := h.command(context.Background(), "serve")
	var told bytes.Buffer
	cmd.Stderr = &told
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	ended := make(chan error, 1)
	go func() { ended <- cmd.Wait() }()
	t.Cleanup(func() {
		_ = cmd.Process.Signal(syscall.SIGCONT)
		_ = cmd.Process.Signal(syscall.SIGTERM)
		if err := <-ended; err != nil || strings.Contains(told.String(), "panic") {
			t.Errorf("the daemon: %v\n%s", err, told.String())
		}
	})
	for {
		if code, _, _ := h.try(t, "health"); code == 0 {
			return cmd
		}
		select {
		case err := <-ended:
			ended <- err
			t.Fatal("the daemon has ended")
		default:
		}
	}
}

// waiters are the commands that wait for another run, with arguments under which
// they change nothing in a house.
func waiters(h *house) map[string][]string {
	return map[string][]string{
		"run": {"run"}, "serve": {"serve", "--listen", "127.0.0.1:0"}, "import": {"import", filepath.Join(h.dir, "rows.jsonl")}, "reextract": {"reextract"},
		"relabel": {"relabel", "--apply"}, "index setup": {"index", "setup"}, "index sync": {"index", "sync"}, "index rebuild": {"index", "rebuild"},
		"index refused": {"index", "refused", "--retry"}, "index prune": {"index", "prune"}, "forget": {"forget", "b"},
		"label": {"label", "a", "BPO", "--because", "a typist"},
	}
}

// TestWaiters tries every command that waits for another run beside a daemon and
// beside an import: it does its work, or leaves it and names who is at work, and
// nothing is lost.
func TestWaiters(t *testing.T) {
	checkWaiters(t)
	for name, begin := range map[string]func(*testing.T, *house) func(){
		"a daemon": func(t *testing.T, h *house) func() {
			h.serve(t)
			return func() {}
		},
		"an import": func(t *testing.T, h *house) func() { return h.importing(t) },
	} {
		t.Run("beside "+name, func(t *testing.T) {
			h := newHouse(t)
			end := begin(t, h)
			before := h.must(t, 0, "export")
			commands := waiters(h)
			for _, c := range slices.Sorted(maps.Keys(commands)) {
				if c == "forget" || c == "label" || c == "serve" && name == "an import" {
					continue // what it does is wanted, and it serves on
				}
				h.besides(t, commands[c])
				if after := h.must(t, 0, "export"); after != before {
					t.Errorf("%s changed the ledger:\n%s", c, after)
				}
				if n := h.total(t); n != 3 {
					t.Errorf("after %s a search finds %d of 3 postings", c, n)
				}
			}
			h.besides(t, commands["label"])
			h.besides(t, commands["forget"])
			end()
			if n := h.total(t); n != 2 && n != 3 {
				t.Errorf("at the end a search finds %d of 2 or 3 postings", n)
			}
			h.must(t, 0, "index", "status")
		})
	}
}

// checkWaiters checks that the table has every command that can wait.
func checkWaiters(t *testing.T) {
	t.Helper()
	parser, err := newParser(new(cli), io.Discard, io.Discard)
	if err != nil {
		t.Fatal(err)
	}
	known := waiters(&house{})
	for _, leaf := range parser.Model.Leaves(false) {
		for _, flag := range leaf.Flags {
			if name := strings.TrimSpace(strings.TrimPrefix(leaf.FullPath(), "jobsieve")); flag.Name == "skip-if-running" && known[name] == nil {
				t.Errorf("the command %q waits for others and is not tried", name)
			}
		}
	}
}

// besides tries a command with both ways to wait.
func (h *house) besides(t *testing.T, command []string) {
	t.Helper()
	for _, flags := range [][]string{{"--skip-if-running"}, {"--wait", "100ms"}} {
		args := append(slices.Clone(command), flags...)
		code, out, told := h.try(t, args...)
		held := strings.Contains(told, "is held by process ") && strings.Contains(told, "(jobsieve ")
		switch {
		case code == exitDone && (out != "" || held):
		case code == exitHeld && held && len(flags) > 1:
		case code == exitUsage && command[1] == "prune":
		case code == exitFailed && command[0] == "forget": // forgotten by the command before
		default:
			t.Errorf("jobsieve %q: exit code %d\n%s%s", args, code, out, told)
		}
	}
}

// importing begins an import whose rows do not end before end is called.
func (h *house) importing(t *testing.T) (end func()) {
	t.Helper()
	cmd := h.command(t.Context(), "import", "-")
	in, err := cmd.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	// More than a pipe holds: when it is written the import reads.
	if _, err := io.WriteString(in, strings.Repeat(`{"id":"a","title":"Typist"}`+"\n", 10_000)); err != nil {
		t.Fatal(err)
	}
	return func() {
		if err := in.Close(); err != nil {
			t.Error(err)
		}
		if err := cmd.Wait(); err != nil {
			t.Errorf("the import: %v", err)
		}
	}
}

// stop stops a daemon without ending it, between what it writes to the ledger: nobody else
// could write else, for as long as it is stopped.
func (h *house) stop(t *testing.T, daemon *exec.Cmd) {
	t.Helper()
	l, err := ledger.Open(t.Context(), h.data())
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = l.Close() }()
	for range 100 {
		if err := daemon.Process.Signal(syscall.SIGSTOP); err != nil {
			t.Fatal(err)
		}
		stopped(t, daemon)
		ctx, cancel := context.WithTimeout(t.Context(), 2*time.Second)
		err := l.Retry(ctx, "no index")
		cancel()
		if err == nil {
			return
		}
		if err := daemon.Process.Signal(syscall.SIGCONT); err != nil {
			t.Fatal(err)
		}
	}
	t.Fatal("the daemon writes without an end")
}

// stopped waits until every thread of a process stands still: until then one that was in a
// system call when the signal came ends it, and may take the ledger's lock with it.
func stopped(t *testing.T, daemon *exec.Cmd) {
	t.Helper()
	for {
		var status syscall.WaitStatus
		_, err := syscall.Wait4(daemon.Process.Pid, &status, syscall.WUNTRACED, nil)
		switch {
		case errors.Is(err, syscall.EINTR):
		case err != nil:
			t.Fatal(err)
		case status.Stopped():
			return
		default:
			t.Fatalf("the daemon ended: %v", status)
		}
	}
}

// TestStoppedDaemon stops a daemon without ending it: commands that need it give
// up and name it, what they stored waits, and it goes on where it was.
func TestStoppedDaemon(t *testing.T) {
	h := newHouse(t)
	daemon := h.serve(t)
	h.stop(t, daemon)
	named := fmt.Sprintf("the daemon, process %d, has said nothing for", daemon.Process.Pid)
	more := h.write(t, "more.jsonl", `{"id":"c","title":"Cook"}`+"\n")
	wantSaid(t, h.must(t, exitFailed, "search", "--wait", "1s", "cook"), named)
	wantSaid(t, h.must(t, exitPartly, "import", more), named, "1 document waiting")
	wantSaid(t, h.must(t, exitFailed, "index", "sync"), named)
	wantSaid(t, h.must(t, exitPartly, "index", "status"), named)
	if err := daemon.Process.Signal(syscall.SIGCONT); err != nil {
		t.Fatal(err)
	}
	h.must(t, exitDone, "index", "sync")
	if n := h.total(t); n != 4 {
		t.Errorf("%d postings, want 4", n)
	}
}

// TestIndexUnderDaemon deletes the embedded index of a running daemon: it is
// filled again before it answers, and takes what comes.
func TestIndexUnderDaemon(t *testing.T) {
	h := newHouse(t)
	h.serve(t)
	if err := os.RemoveAll(filepath.Join(h.data(), "index")); err != nil {
		t.Fatal(err)
	}
	if n := h.total(t); n != 3 {
		t.Errorf("a search finds %d of 3 postings", n)
	}
	if err := os.RemoveAll(filepath.Join(h.data(), "index")); err != nil {
		t.Fatal(err)
	}
	h.must(t, exitDone, "import", h.write(t, "more.jsonl", `{"id":"c","title":"Cook"}`+"\n"))
	if n := h.total(t); n != 4 {
		t.Errorf("a search finds %d of 4 postings", n)
	}
	h.must(t, exitDone, "index", "status")
}
