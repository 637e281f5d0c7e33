package main

import (
	"bytes"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"jobsieve/desk"
	"jobsieve/job"
	"jobsieve/report/files"
	"jobsieve/sampleboard"
	"jobsieve/web/api"
)

// sampleLedger imports the sample board, and gives the desk and the folder of its ledger.
func sampleLedger(t *testing.T) (*desk.Desk, program) {
	t.Helper()
	postings, err := sampleboard.Postings()
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	var rows bytes.Buffer
	for i := range postings {
		p := postings[i].Job()
		row := map[string]string{"id": p.ID, "url": p.URL, "posted": p.Posted}
		for _, f := range job.Fields {
			row[string(f)] = p.Text(f)
		}
		if err := json.NewEncoder(&rows).Encode(row); err != nil {
			t.Fatal(err)
		}
	}
	path := filepath.Join(dir, "board.jsonl")
	if err := os.WriteFile(path, rows.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
	p := program{t, filepath.Join(dir, "data"), nil}
	p.want(exitDone, "import", path)
	a, err := newApp(t.Context(), &cli{Data: p.data}, nil, &rows, &rows)
	if err != nil {
		t.Fatal(err)
	}
	d, err := a.desk(false)
	if err != nil {
		t.Fatal(err)
	}
	return d, p
}

// TestSameBytes wants the API to answer with the bytes that the command line writes.
func TestSameBytes(t *testing.T) {
	d, p := sampleLedger(t)
	server := httptest.NewServer(api.New(func() *desk.Desk { return d }, version))
	defer server.Close()
	get := func(path string) string {
		t.Helper()
		resp, err := http.Get(server.URL + api.Base + path)
		if err != nil {
			t.Fatal(err)
		}
		var body bytes.Buffer
		_, err = body.ReadFrom(resp.Body)
		if _ = resp.Body.Close(); err != nil || resp.StatusCode != http.StatusOK {
			t.Fatalf("%s: %s, %v: %s", path, resp.Status, err, &body)
		}
		return body.String()
	}
	for path, args := range map[string][]string{
		"/reports/pay?by=label&by=city&period=month&where=pay+is+known": {"report", "pay", "--by", "label,city", "--period", "month", "--where", "pay is known"},
		"/reports/count?by=city&across=label&top=3&label=BPO&label=KPO": {"report", "count", "--by", "city", "--across", "label", "--top", "3", "--label", "BPO,KPO"},
		"/reports/trend?text=voice":                                     {"report", "trend", "--text", "voice"},
		"/reports/trend?by=label&period=month":                          {"report", "trend", "--by", "label", "--period", "month"},
		"/reports/pay?compare=label%3DBPO,KPO":                          {"report", "pay", "--compare", "label=BPO,KPO"},
	} {
		for _, f := range []files.Format{files.CSV, files.JSON, files.Markdown, files.XLSX, files.Parquet, files.HTML, files.SVG} {
			out := filepath.Join(t.TempDir(), "table")
			p.want(exitDone, append(append([]string{}, args...), "--out", out, "--format", string(f))...)
			want, err := os.ReadFile(out)
			if err != nil {
				t.Fatal(err)
			}
			if got := get(path + "&format=" + string(f)); got != string(want) {
				t.Errorf("%s as %s: %d bytes, the command line has %d:\n%.300s\n%.300s", path, f, len(got), len(want), got, want)
			}
		}
	}
	for path, args := range map[string][]string{
		"/export":                            {"export"},
		"/export?format=csv&sort=pay":        {"export", "--format", "csv", "--sort", "pay"},
		"/export?format=parquet&label=KPO":   {"export", "--format", "parquet", "--label", "KPO"},
		"/export?observed=true&text=voice":   {"export", "--observed", "--text", "voice"},
		"/export?format=csv&not.city=Mumbai": {"export", "--format", "csv", "--not", "city=Mumbai"},
	} {
		if got, want := get(path), p.want(exitDone, args...); got != want {
			t.Errorf("%s: %d bytes, the command line has %d", path, len(got), len(want))
		}
	}
	if got, want := get("/search?text=voice&limit=5"), p.want(exitDone, "search", "voice", "--per", "posting", "--json", "--limit", "5"); !sameHits(got, want) {
		t.Errorf("%s\n%s", got, want)
	}
}

// sameHits compares answers but for the cursor.
func sameHits(got, want string) bool {
	head, _, _ := strings.Cut(got, `,"next":`)
	return strings.TrimSuffix(strings.TrimSpace(head), "}") == strings.TrimSuffix(strings.TrimSpace(want), "}")
}
