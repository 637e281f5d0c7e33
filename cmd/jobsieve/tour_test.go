package main

import (
	"compress/gzip"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"jobsieve/internal/pgtest"
	"jobsieve/sampleboard"
)

// TestTourPostgres does all that README.md's tour does, with a ledger in a folder and with
// one in a PostgreSQL: both say the same, but for places and times.
func TestTourPostgres(t *testing.T) {
	locator := pgtest.Database(t)
	board, err := sampleboard.NewBoard()
	if err != nil {
		t.Fatal(err)
	}
	server := httptest.NewServer(board)
	t.Cleanup(server.Close)
	commands := tourOf(t)
	folder := newTour(t, server.URL, "")
	shared := newTour(t, server.URL, "JOBSIEVE_LEDGER="+locator)
	for _, command := range commands {
		want, got := folder.do(command), shared.do(command)
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s (-folder +PostgreSQL):\n%s", command, diff)
		}
		if !strings.HasSuffix(want, "(exit 0)") && !strings.Contains(command, ":9200") { // where nothing listens
			t.Errorf("%s:\n%s", command, want)
		}
	}
	for _, file := range []string{"postings.jsonl", "pay.html"} {
		if diff := cmp.Diff(folder.file(file), shared.file(file)); diff != "" {
			t.Errorf("%s:\n%s", file, diff)
		}
	}
	if entries, err := os.ReadDir(filepath.Join(shared.dir, "jobsieve-data")); err == nil {
		for _, e := range entries {
			if strings.HasPrefix(e.Name(), "ledger.db") {
				t.Errorf("a ledger in a PostgreSQL has %s in the data folder", e.Name())
			}
		}
	}
}

// tourOf gives the commands of README.md's tour, and first the quick start.
func tourOf(t *testing.T) (commands []string) {
	t.Helper()
	text, err := os.ReadFile("../../README.md")
	if err != nil {
		t.Fatal(err)
	}
	_, tour, found := strings.Cut(string(text), "\n## A tour\n")
	tour, _, ended := strings.Cut(tour, "\n## ")
	commands = []string{"jobsieve quickstart"}
	for _, block := range regexp.MustCompile("(?s)```sh\n(.*?)```").FindAllStringSubmatch(tour, -1) {
		for line := range strings.Lines(block[1]) {
			line, _, _ = strings.Cut(strings.TrimSpace(strings.TrimPrefix(line, "bin/")), "  #")
			if line = strings.TrimSpace(line); strings.HasPrefix(line, "jobsieve ") || strings.Contains(line, "| jobsieve ") ||
				strings.HasPrefix(line, "curl ") {
				commands = append(commands, line)
			}
		}
	}
	const least = 20
	if !found || !ended || len(commands) < least {
		t.Fatalf("README.md's tour has %d commands", len(commands))
	}
	return commands
}

// tour is a folder in which README.md's commands are done.
type tour struct {
	*testing.T
	dir, board, listen string
	env                []string
}

func newTour(t *testing.T, board, ledger string) *tour {
	t.Helper()
	tour := &tour{T: t, dir: t.TempDir(), board: board, listen: freeAddress(t), env: append(os.Environ(), ledger)}
	const rows = `{"id": "typist-1", "title": "Data entry operator", "company": "Acme", "location": "Pune", "salary": "Rs 15,000 a month", "industry": "BPO"}
{"id": "typist-2", "title": "Telecaller, night shift", "company": "Acme", "location": "Surat", "salary": "Rs 16,000 a month"}
`
	tour.write("postings.jsonl", rows)
	f, err := os.Create(filepath.Join(tour.dir, "jobs.csv.gz"))
	if err != nil {
		t.Fatal(err)
	}
	packed := gzip.NewWriter(f)
	_, err = packed.Write([]byte("id,title,firm,listed\nrow-1,Accounts clerk,Acme,2026-03-01\n"))
	if err := errors.Join(err, packed.Close(), f.Close()); err != nil {
		t.Fatal(err)
	}
	return tour
}

func (tour *tour) write(name, text string) {
	tour.Helper()
	if err := os.WriteFile(filepath.Join(tour.dir, name), []byte(text), 0o600); err != nil {
		tour.Fatal(err)
	}
}

// file gives a file of the folder, as told.
func (tour *tour) file(name string) string {
	body, err := os.ReadFile(filepath.Join(tour.dir, name))
	if err != nil {
		return err.Error()
	}
	return tour.told(string(body))
}

// do does a command, and gives what it said, and its exit code.
func (tour *tour) do(command string) string {
	tour.Helper()
	command = strings.NewReplacer("https://careers.example.org", tour.board, "127.0.0.1:8790", tour.listen,
		"http://127.0.0.1:9200", "http://127.0.0.1:1", "curl ", "curl -sS ").Replace(command)
	switch {
	case command == "jobsieve serve":
		return tour.serving("")
	case strings.HasPrefix(command, "curl "):
		return tour.serving(command)
	}
	said := tour.sh(command)
	if strings.HasPrefix(command, "jobsieve init ") {
		tour.write("jobsieve.yaml", fmt.Sprintf(`contact: you@example.org
listen: %s
fetch: {private: [127.0.0.1]}
sources:
  - name: board
    kind: feed
    url: %s/feed.xml
    fetch: {delay: 1ms}
`, tour.listen, tour.board))
	}
	return said
}

// sh has the shell do a command.
func (tour *tour) sh(command string) string {
	c := exec.Command("sh", "-c", command)
	c.Dir, c.Env = tour.dir, tour.env
	if strings.Contains(command, "./jobsieve-quickstart") {
		c.Env = append(c.Env, "JOBSIEVE_LEDGER=") // the quick start has a ledger of its own
	}
	out, err := c.CombinedOutput()
	var exit *exec.ExitError
	if err != nil && !errors.As(err, &exit) {
		tour.Fatal(err)
	}
	return tour.told(fmt.Sprintf("%s(exit %d)", out, c.ProcessState.ExitCode()))
}

// serving does a command, empty for none, while the daemon runs.
func (tour *tour) serving(command string) (said string) {
	c := exec.Command("jobsieve", "serve")
	c.Dir, c.Env = tour.dir, tour.env
	if err := c.Start(); err != nil {
		tour.Fatal(err)
	}
	defer func() {
		if err := errors.Join(c.Process.Signal(syscall.SIGTERM), c.Wait()); err != nil {
			tour.Errorf("the daemon: %v", err)
		}
	}()
	const tries = 6000
	for range tries {
		resp, err := http.Get("http://" + tour.listen + "/healthz")
		if err == nil {
			_ = resp.Body.Close()
			if command != "" {
				return tour.sh(command)
			}
			return resp.Status + "(exit 0)"
		}
		time.Sleep(50 * time.Millisecond)
	}
	tour.Fatal("the daemon did not answer")
	return ""
}

// changing is what is another each time: times, how long something took or waited, and ports.
var changing = regexp.MustCompile(`, waited \S+ in \d+ pauses?|\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d)?(\.\d+)?(Z|[+-]\d\d:\d\d)?|\b\d+(\.\d+)?(µs|ms|s)\b|127\.0\.0\.1:\d+`)

// told is a text without what is another each time.
func (tour *tour) told(text string) string {
	text = strings.ReplaceAll(text, tour.dir, "DIR")
	return changing.ReplaceAllStringFunc(text, func(s string) string {
		if strings.HasPrefix(s, ",") {
			return ""
		}
		return "…"
	})
}
