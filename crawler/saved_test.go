package crawler

import (
	"crypto/sha256"
	"encoding/json"
	"flag"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"jobsieve/internal/sharedtest"
	"jobsieve/job"
)

var update = flag.Bool("update", false, "write the golden files anew")

// TestSavedPages reads saved pages of real boards, served over loopback, each
// by a source in testdata/saved. The golden files hold ids, counts and a hash
// per field, never a text.
func TestSavedPages(t *testing.T) {
	dir := sharedtest.Dir(t)
	host := serve(t, http.FileServer(http.Dir(filepath.Join(dir, "data"))))
	names, err := filepath.Glob("testdata/saved/*.yaml")
	if err != nil || len(names) < 2 {
		t.Fatalf("%d sources of saved pages: %v", len(names), err)
	}
	for _, name := range names {
		t.Run(strings.TrimSuffix(filepath.Base(name), ".yaml"), func(t *testing.T) {
			yaml, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			g := &gather{}
			r := crawlTest(t, source(t, string(yaml), host), g)
			if !r.Complete || len(g.postings) == 0 {
				t.Fatalf("receipt %+v", r)
			}
			golden(t, strings.TrimSuffix(name, ".yaml")+".golden", g.postings)
		})
	}
}

// golden compares what was read with a golden file.
func golden(t *testing.T, path string, postings []*job.Posting) {
	t.Helper()
	filled := map[string]int{}
	var lines []string
	for _, p := range postings {
		line := p.ID
		for _, f := range append(job.Fields, "url", "posted") {
			text := p.Text(f)
			switch f {
			case "url":
				text = job.CanonicalURL(p.URL)
				if i := strings.Index(text, "127.0.0.1"); i >= 0 {
					text = text[strings.Index(text[i:], "/")+i:]
				}
			case "posted":
				text = p.Posted
			}
			if text != "" {
				filled[string(f)]++
				line += fmt.Sprintf(" %s=%x", f, sha256.Sum256([]byte(text)))[:len(f)+10]
			}
		}
		lines = append(lines, line)
	}
	head, err := json.Marshal(filled)
	if err != nil {
		t.Fatal(err)
	}
	got := fmt.Sprintf("%d postings, fields filled %s\n%s\n", len(postings), head, strings.Join(lines, "\n"))
	if *update {
		if err := os.WriteFile(path, []byte(got), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), got); diff != "" {
		t.Errorf("%s (-want +got):\n%s", path, diff)
	}
}

// TestSavedShell reads the saved page of a board that shows its postings by
// scripts alone: it is told as such, and nothing is made of it.
func TestSavedShell(t *testing.T) {
	host := serve(t, http.FileServer(http.Dir(filepath.Join(sharedtest.Dir(t), "data", "html"))))
	yaml := strings.Replace(plainHTML, "/jobs", "/js-shell-negative/naukri_shell.html", 1)
	g := &gather{}
	r := crawlTest(t, source(t, strings.Replace(yaml, "item: li,", "item: .srp-jobtuple-wrapper,", 1), host), g)
	if len(g.postings) != 0 || !r.Failed || !strings.Contains(r.Why, "without running its scripts") {
		t.Errorf("%d postings, receipt %+v", len(g.postings), r)
	}
}
