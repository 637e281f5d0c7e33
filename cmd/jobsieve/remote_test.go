package main

import (
	"bytes"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"jobsieve/desk"
	"jobsieve/report/files"
	"jobsieve/web/api"
)

// beside is a data folder, and a daemon's API over it that is asked without one.
type beside struct {
	program
	url string
}

func newBeside(t *testing.T) *beside {
	t.Helper()
	d, p := sampleLedger(t)
	server := httptest.NewServer(api.New(func() *desk.Desk { return d }, version))
	t.Cleanup(server.Close)
	t.Chdir(t.TempDir()) // where there is no data folder
	return &beside{p, server.URL}
}

// same runs a command with the data folder and with the server, and wants the same.
func (b *beside) same(code int, args ...string) {
	b.t.Helper()
	answers := [2][2]string{}
	for i, where := range [][]string{{"--data", b.data}, nil} {
		var out, errs bytes.Buffer
		all := slices.Concat(where, args)
		if where == nil {
			all = append(all, "--server", b.url)
		}
		if got := run(b.t.Context(), all, strings.NewReader(""), &out, &errs); got != code {
			b.t.Errorf("%s: exit %d, want %d\n%s", strings.Join(all, " "), got, code, &errs)
		}
		answers[i] = [2]string{out.String(), errs.String()}
	}
	if answers[0] != answers[1] {
		b.t.Errorf("%s:\n%.2000s\n%.2000s\n-- and from the server:\n%.2000s\n%.2000s", strings.Join(args, " "), answers[0][0], answers[0][1],
			answers[1][0], answers[1][1])
	}
}

// TestServerSaysTheSame wants a daemon that is asked to give what the data folder gives, on
// the standard output and beside it.
func TestServerSaysTheSame(t *testing.T) {
	b := newBeside(t)
	for _, line := range []string{
		"search voice process", "search voice --json --limit 3", "search voice --json --limit 3 --offset 2 --per posting",
		"search टेलीकॉलर", "search --city Pune --sort pay --json", "search zzgrmpf --city Pnue", "search zzgrmpf --json",
		"search voice --format csv --limit 4 --sort date", "search zzgrmpf --format csv", "search --limit 0 --json",
		"search --all --label KPO --not city=Pune --pay-min 10000",
		"search voice --as-of 2030-01-31 --json", "search --as-of 2030-01-31 --sort pay --limit 3 --offset 1",
		"search voice --as-of 2030-01-31 --format csv --city Pune", "search --as-of 2020-01-31 --company nobody",
		"report pay", "report pay --by city,label --period month --json", "report pay --compare label=BPO,KPO",
		"report count --by function --across label --top 3 --sort=-BPO", "report count --company nobody",
		"report disclosure --by source --format markdown", "report trend --turnover --by label", "report trend --stays",
		"report skills --label KPO --min-n 3 --bom", "report labels --for-spreadsheets", "report pay --text voice --per vacancy",
		"report count --as-of 2030-01-31", "report pay --since 2026-01-01",
		"export", "export --label KPO --format csv --sort pay", "export --observed --city Mumbai", "export --city nowhere",
		"export --format parquet --text voice", "export --as-of 2030-01-31",
		"export --as-of 2030-01-31 --text voice --format csv", "report count --as-of 2030-01-31 --text voice",
	} {
		b.same(exitDone, strings.Fields(line)...)
	}
	b.same(exitDone, "search", "--where", "city in (Pune, Mumbai) and pay >= 15000/month", "--json")
}

// TestServerFaults wants the same faults by the same flags.
func TestServerFaults(t *testing.T) {
	b := newBeside(t)
	for _, line := range []string{
		"search --label BOP", "search --label BOP --function voice", "search --where label=BOP", "search --not label=BOP",
		"search --source nobody", "search --not source=nobody", "search --pay-min many", "search --not planet=mars",
		"search x --text y", "search --limit -1", "report pay --by planet", "report pay --compare label=BPO,KPO --across city",
		"report pay --compare label", "report trend --turnover --stays", "report trend --stays --across label",
		"report count --sort postngs", "report count --as-of soon", "search --as-of soon", "search x --as-of soon",
		"report count --per vacancy --as-of 2026-01-31", "report count --out x.doc", "report count --bom --format xlsx",
		"export --format parquet --sort pay", "export --label BOP",
	} {
		b.same(exitUsage, strings.Fields(line)...)
	}
	b.same(exitUsage, "search", "--where", "city = Pune and label = BOP")
	b.same(exitUsage, "search", "--where", "city = Pune and and")
	for line, want := range map[string]string{
		"search --limit 1001":          "--limit 1001: expected a whole number from 0 to 1000",
		"search x --save y":            "--server: expected it without --save",
		"search x --as-query":          "--server: expected it without",
		"report pay --from index":      "--from: expected it without --server",
		"export --from index":          "--from: expected it without --server",
		"search x --token-file absent": "--token-file: open absent",
		"search x --ca-file /dev/null": "--ca-file: /dev/null is empty",
	} {
		p := program{t, "unused", nil}
		if got := p.want(exitUsage, append(strings.Fields(line), "--server", b.url)...); !strings.Contains(got, want) {
			t.Errorf("%s: %s", line, got)
		}
	}
	if _, err := os.Stat("unused"); err == nil {
		t.Error("a data folder was made")
	}
}

// TestServerFiles wants the same files with the same manifests, in every format.
func TestServerFiles(t *testing.T) {
	b := newBeside(t)
	dir := t.TempDir()
	for _, format := range []files.Format{files.CSV, files.JSON, files.Markdown, files.XLSX, files.Parquet, files.HTML, files.SVG} {
		line := []string{"report", "pay", "--by", "label,function", "--city", "Pune", "--where", "pay is known or label != BPO", "--format", string(format), "--out"}
		here, there := filepath.Join(dir, "here", "table"), filepath.Join(dir, "there", "table")
		for _, path := range []string{here, there} {
			if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
				t.Fatal(err)
			}
		}
		b.want(exitDone, append(slices.Clone(line), here)...)
		program{t, "unused", nil}.want(exitDone, append(slices.Clone(line), there, "--server", b.url)...)
		for _, ending := range []string{"", ".manifest.json"} {
			want, err := os.ReadFile(here + ending)
			if err != nil {
				t.Fatal(err)
			}
			if got, err := os.ReadFile(there + ending); err != nil || !bytes.Equal(got, want) {
				t.Errorf("%s%s: %v\n%.1000s\n%.1000s", format, ending, err, want, got)
			}
		}
	}
}

// TestServerManifestMeanwhile wants the table and its manifest to be of one moment, though
// postings are stored between the two questions.
func TestServerManifestMeanwhile(t *testing.T) {
	d, _ := sampleLedger(t)
	inner := api.New(func() *desk.Desk { return d }, version)
	asked := 0
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if asked++; asked == 1 { // as if there were no more than these when the table was made
			params := r.URL.Query()
			params.Set("city", "Pune")
			r.URL.RawQuery = params.Encode()
		}
		inner.ServeHTTP(w, r)
	}))
	defer server.Close()
	out := filepath.Join(t.TempDir(), "count.csv")
	p := program{t, "unused", nil}
	p.want(exitDone, "report", "count", "--out", out, "--server", server.URL)
	want := p.want(exitDone, "report", "count", "--server", server.URL)
	if got, err := os.ReadFile(out); err != nil || string(got) != want || asked != 5 {
		t.Errorf("%d questions, %v:\n%s\n%s", asked, err, got, want)
	}
}

// TestServerOfAnotherKind wants errors that say what answers, with nothing a terminal obeys.
func TestServerOfAnotherKind(t *testing.T) {
	problem := `{"status":400,"detail":"x","errors":[{"parameter":"per","detail":"unknown parameter \"per\"\u001b[2J"}]}`
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Jobsieve-Version", "v0.1")
		switch {
		case strings.HasPrefix(r.URL.Path, "/older/"):
			w.Header().Set("Content-Type", "application/problem+json")
			w.WriteHeader(http.StatusBadRequest)
			_, _ = w.Write([]byte(problem))
		case strings.HasPrefix(r.URL.Path, "/guarded/"):
			w.Header().Set("Content-Type", "application/problem+json")
			w.WriteHeader(http.StatusUnauthorized)
			_, _ = w.Write([]byte(`{"status":401,"detail":"x"}`))
		case strings.HasPrefix(r.URL.Path, "/busy/"):
			w.Header().Set("Content-Type", "application/problem+json")
			w.WriteHeader(http.StatusTooManyRequests)
			_, _ = w.Write([]byte(`{"status":429,"detail":"Ask again in 3 s.\u001b[2J"}`))
		case strings.HasPrefix(r.URL.Path, "/newer/"):
			_, _ = w.Write([]byte(`{"hits":"none"}`))
		case strings.HasPrefix(r.URL.Path, "/text/"):
			w.Header().Set("Jobsieve-Absent", "%1B[2J")
			w.Header().Set("Jobsieve-Note", "%1B[2Ja note")
			_, _ = w.Write([]byte("label,postings\n"))
		}
	}))
	defer server.Close()
	for path, want := range map[string]struct {
		code int
		says string
	}{
		"/older":   {exitUsage, "--per: unknown parameter \"per\"[2J\nThe daemon is jobsieve v0.1, and this is dev."},
		"/guarded": {exitUsage, "--token-file: expected a file with a token"},
		"/busy":    {exitFailed, "/busy: Ask again in 3 s."},
		"/newer":   {exitFailed, "the daemon is jobsieve v0.1, and its answer is another than this version, dev, expects"},
	} {
		got := program{t, "unused", nil}.want(want.code, "search", "x", "--server", server.URL+path)
		if !strings.Contains(got, want.says) || strings.Contains(got, "\x1b") {
			t.Errorf("%s: %q", path, got)
		}
	}
	if got := (program{t, "unused", nil}).want(exitDone, "report", "count", "--server", server.URL+"/text"); strings.Contains(got, "\x1b") || !strings.Contains(got, "a note") {
		t.Errorf("%q", got)
	}
}
