package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log"
	"math/rand/v2"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"jobsieve/indexer/elastic/testserver"
	"jobsieve/internal/estest"
	"jobsieve/internal/faultproxy"
)

// TestEveryDocumentAccountedFor delivers real postings to a real server
// through a proxy that plays every fault, while the program and the server are
// killed at random moments and postings change. At the end the index holds
// exactly the ledger's documents. JOBSIEVE_SOAK makes it the long way: 20,000
// postings, each fault at least 50 times.
func TestEveryDocumentAccountedFor(t *testing.T) {
	rows, least, kills, maxBytes := 1000, 3, 2, 32<<10
	if os.Getenv("JOBSIEVE_SOAK") != "" {
		rows, least, kills, maxBytes = 20_000, 50, 15, 128<<10
	}
	file := someRows(t, rows)
	seed := uint64(time.Now().UnixNano())
	h := &faultyHouse{dir: t.TempDir(), file: file, server: estest.Start(t), random: rand.New(rand.NewPCG(seed, 3))}
	h.proxy = faultproxy.New(h.server.URL, seed)
	front := httptest.NewUnstartedServer(h.proxy)
	front.Config.ErrorLog = log.New(io.Discard, "", 0)
	front.Start()
	t.Cleanup(front.Close)
	t.Logf("seed %d", seed)
	h.configure(t, front.URL, maxBytes, time.Second)
	h.round(t, "import", file)
	h.run(t, "import", file) // what the kill kept from entering
	for round := 1; ; round++ {
		h.deliveries(t)
		if h.kills >= kills && h.crashes >= kills && enough(h.proxy.Counts(), least) {
			break // what waits is delivered at the end
		}
		h.round(t, "import", h.change(t, round))
	}
	t.Logf("%d kills of the program, %d of the server, %d changes of a tenth of the postings", h.kills, h.crashes, h.changes)
	for _, f := range faultproxy.Faults {
		t.Logf("%5d × %s", h.proxy.Counts()[f], f)
	}
	refused := h.deliveries(t).Refused
	h.proxy.Honest()
	h.configure(t, front.URL, maxBytes, 10*time.Minute) // a slow machine is no fault now
	h.run(t, "index", "sync")
	if code := h.run(t, "index", "refused", "--retry"); code != 0 {
		t.Errorf("the retry of %d refused documents ends with %d", refused, code)
	}
	d := h.deliveries(t)
	if d.Taken == 0 || d.Delivered != d.Taken || d.Waiting != 0 || d.Refused != 0 {
		t.Errorf("at the end: %+v", d)
	}
	ledger := jobsieve(t, "--config", h.config, "--data", h.dir, "export")
	index := jobsieve(t, "--config", h.config, "--data", h.dir, "export", "--from", "index")
	if !bytes.Equal(ledger, index) {
		t.Errorf("the ledger exports %d lines, %d bytes; the index %d lines, %d bytes, and they differ",
			bytes.Count(ledger, []byte("\n")), len(ledger), bytes.Count(index, []byte("\n")), len(index))
	}
}

// enough reports that each fault was played often enough.
func enough(counts map[faultproxy.Fault]int, least int) bool {
	for _, n := range counts {
		if n < least {
			return false
		}
	}
	return true
}

// faultyHouse is a ledger with a faulty way to its index.
type faultyHouse struct {
	dir, file, config       string
	server                  *testserver.Server
	proxy                   *faultproxy.Proxy
	random                  *rand.Rand
	kills, crashes, changes int
}

func (h *faultyHouse) configure(t *testing.T, url string, maxBytes int, timeout time.Duration) {
	t.Helper()
	h.config = filepath.Join(h.dir, "jobsieve.yaml")
	body := fmt.Sprintf("index: %s\nelasticsearch:\n  timeout: %s\n  max_bytes: %d\n", url, timeout, maxBytes)
	if err := os.WriteFile(h.config, []byte(body), 0o600); err != nil {
		t.Fatal(err)
	}
}

func (h *faultyHouse) command(args ...string) *exec.Cmd {
	return exec.Command("jobsieve", append([]string{"--config", h.config, "--data", h.dir}, args...)...)
}

// run runs a command to its end and gives its exit code.
func (h *faultyHouse) run(t *testing.T, args ...string) int {
	t.Helper()
	var exit *exec.ExitError
	out, err := h.command(args...).CombinedOutput()
	if errors.As(err, &exit) {
		if code := exit.ExitCode(); code == exitFailed || code == exitPartly {
			return code
		}
	}
	if err != nil {
		t.Fatalf("jobsieve %q: %v\n%s", args, err, out)
	}
	return 0
}

// round runs a command to its end, or until the program or the server is
// killed.
func (h *faultyHouse) round(t *testing.T, args ...string) {
	t.Helper()
	cmd := h.command(args...)
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	after := time.Duration(h.random.Int64N(int64(3 * time.Second)))
	switch h.random.IntN(3) {
	case 0:
		time.Sleep(after) // the moment of the kill
		if err := cmd.Process.Kill(); err != nil {
			t.Fatal(err)
		}
		if cmd.Wait() != nil {
			h.kills++
		}
		return
	case 1:
		time.Sleep(after)
		if err := h.server.Kill(); err != nil {
			t.Fatal(err)
		}
		h.crashes++
		if err := h.server.Run(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	_ = cmd.Wait() // any end is fine
}

// change writes a tenth of the postings with another title to a file.
func (h *faultyHouse) change(t *testing.T, round int) string {
	t.Helper()
	body, err := os.ReadFile(h.file)
	if err != nil {
		t.Fatal(err)
	}
	var changed []byte
	for i, line := range strings.Split(strings.TrimSpace(string(body)), "\n") {
		var row map[string]any
		if i%10 != round%10 {
			continue
		}
		if err := json.Unmarshal([]byte(line), &row); err != nil {
			t.Fatal(err)
		}
		row["title"] = fmt.Sprintf("%v (%d)", row["title"], round)
		again, err := json.Marshal(row)
		if err != nil {
			t.Fatal(err)
		}
		changed = append(append(changed, again...), '\n')
	}
	path := filepath.Join(h.dir, "changed.jsonl")
	if err := os.WriteFile(path, changed, 0o600); err != nil {
		t.Fatal(err)
	}
	h.changes++
	return path
}

// counted is what "index status" counts.
type counted struct{ Taken, Delivered, Waiting, Refused int }

// deliveries asks for the counts, which must add up.
func (h *faultyHouse) deliveries(t *testing.T) counted {
	t.Helper()
	out, err := h.command("index", "status", "--json").Output()
	var exit *exec.ExitError
	if err != nil && !(errors.As(err, &exit) && exit.ExitCode() == exitPartly) {
		t.Fatal(err)
	}
	var d counted
	if err := json.Unmarshal(out, &d); err != nil {
		t.Fatal(err)
	}
	if d.Taken != d.Delivered+d.Waiting+d.Refused {
		t.Errorf("the counts do not add up: %+v", d)
	}
	return d
}
