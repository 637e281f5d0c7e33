package crawler

import (
	"fmt"
	"net"
	"os"
	"regexp"
	"runtime/metrics"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
)

// TestHostileSites crawls sites that do what sites should not, one after the
// other, and wants of each what must become of it; and that all of them together
// take no more than 150 MB. docs/hostile-sites.md is written from what happened.
func TestHostileSites(t *testing.T) {
	stop, peak := watchMemory()
	table := "# Hostile sites\n\nWritten by the tests of package `crawler`, which crawl each of these sites over loopback: what it does, what the crawler did, and what the receipt says. Bodies were read up to 300 kB; an answer that never begins, or comes a byte at a time, was given half a second.\n\n| | the site | the crawler | the receipt |\n|---|---|---|---|\n"
	for i := range hostiles {
		h := &hostiles[i]
		g := &gather{}
		handler := site(h.pages)
		if h.serve != nil {
			handler = h.serve(handler)
		}
		host := serve(t, handler)
		_, port, _ := net.SplitHostPort(host)
		for path, body := range h.pages {
			h.pages[path] = strings.ReplaceAll(body, "BOARDPORT", port)
		}
		yaml := h.yaml
		if yaml == "" {
			yaml = hostileHTML
		}
		if h.slow {
			yaml = strings.Replace(yaml, "timeout: 20s", "timeout: 500ms", 1)
		}
		r := crawlTest(t, source(t, yaml, host), g)
		said := "complete"
		if !r.Complete {
			said = r.Why
		}
		if !strings.Contains(said, h.says) && len(r.Problems) > 0 {
			said += "; " + r.Problems[0]
		}
		reasons := map[string]bool{}
		for _, what := range g.rejected {
			reason, _, _ := strings.Cut(what, " ")
			reasons[reason] = true
		}
		rejected := strings.Join(sortedKeys(reasons), ", ")
		if len(g.postings) != h.read || rejected != h.rejected || !strings.Contains(said, h.says) {
			t.Errorf("%d. %s: %d postings, rejected %q; %s\nwant %d, %q; %s", i+1, h.does, len(g.postings), rejected, said, h.read, h.rejected, h.says)
		}
		for _, p := range g.postings {
			if len(p.Title) > maxTestTitle || !utf8.ValidString(p.Title) || strings.Contains(p.Title, "root:") {
				t.Errorf("%d. %s: title of %d bytes: %.50q", i+1, h.does, len(p.Title), p.Title)
			}
		}
		table += fmt.Sprintf("| %d | %s | %s | %s |\n", i+1, h.does, did(len(g.postings), g.repeated, g.rejected, g.longest > time.Second/2), strings.ReplaceAll(steady(said, host), "|", "\\|"))
	}
	stop()
	if rise := peak(); rise > 150<<20 {
		t.Errorf("memory rose by %d MB", rise>>20)
	} else {
		t.Logf("%d sites; memory rose by %d MB", len(hostiles), rise>>20)
	}
	const path = "../docs/hostile-sites.md"
	if *update {
		if err := os.WriteFile(path, []byte(table), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if diff := cmp.Diff(string(want), table); diff != "" || err != nil {
		t.Errorf("%s (-want +got), %v:\n%s", path, err, diff)
	}
}

// maxTestTitle is the longest title that is taken, in bytes.
const maxTestTitle = 200_000

// did tells what the crawler did.
func did(read, repeated int, rejected []string, waited bool) string {
	parts := []string{"read nothing"}
	switch {
	case read == 1:
		parts[0] = "read 1 posting"
	case read > 1:
		parts[0] = fmt.Sprintf("read %d postings", read)
	}
	counts := map[string]int{}
	for _, what := range rejected {
		reason, _, _ := strings.Cut(what, " ")
		counts[reason]++
	}
	for _, reason := range sortedKeys(counts) {
		parts = append(parts, fmt.Sprintf("rejected %d as `%s`", counts[reason], reason))
	}
	if repeated > 0 {
		parts = append(parts, fmt.Sprintf("met %d again", repeated))
	}
	if waited {
		parts = append(parts, "waited")
	}
	return strings.Join(parts, ", ")
}

func sortedKeys[V any](m map[string]V) []string {
	var keys []string
	for k := range m {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}

var unsteady = regexp.MustCompile(`(127\.0\.0\.1|\[::1\]|localhost):\d+|\d\d:\d\d UTC|url-[0-9a-f]+`)

// steady takes out of a text what is another each time.
func steady(s, host string) string {
	s, _, _ = strings.Cut(strings.ReplaceAll(s, host, "HOST"), ": dial tcp")
	return unsteady.ReplaceAllString(s, "…")
}

// watchMemory watches how much memory the process has; peak gives by how much
// it rose.
func watchMemory() (stop func(), peak func() uint64) {
	read := func() uint64 {
		s := []metrics.Sample{{Name: "/memory/classes/total:bytes"}, {Name: "/memory/classes/heap/released:bytes"}}
		metrics.Read(s)
		return s[0].Value.Uint64() - s[1].Value.Uint64()
	}
	first := read()
	highest := first
	done, ended := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(ended)
		for {
			highest = max(highest, read())
			select {
			case <-done:
				return
			case <-time.After(5 * time.Millisecond):
			}
		}
	}()
	return func() { close(done); <-ended }, func() uint64 { return highest - first }
}
