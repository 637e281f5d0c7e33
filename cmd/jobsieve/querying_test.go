package main

import (
	"bytes"
	"cmp"
	"encoding/json"
	"fmt"
	"io"
	"math"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"jobsieve/internal/estest"
	"jobsieve/internal/sharedtest"
)

// question is one of docs/querying.md.
type question struct {
	title, query, command string
}

var sections = regexp.MustCompile("(?s)## \\d+\\. (.*?)\n.*?```\nPOST jobsieve-postings/_search\n(.*?)```\n\n```sh\n(.*?)\n```")

func questions(t *testing.T) []question {
	t.Helper()
	body, err := os.ReadFile("../../docs/querying.md")
	if err != nil {
		t.Fatal(err)
	}
	var qs []question
	for _, m := range sections.FindAllStringSubmatch(string(body), -1) {
		qs = append(qs, question{m[1], m[2], m[3]})
	}
	return qs
}

// TestQuerying asks every question of docs/querying.md at a real server that
// holds the real postings, and wants the answer that the export gives. The
// command beside it must run and print something.
func TestQuerying(t *testing.T) {
	url := estest.URL(t)
	alias := estest.Alias(t, url)
	t.Setenv("JOBSIEVE_INDEX", url)
	t.Setenv("JOBSIEVE_ELASTICSEARCH_ALIAS", alias)
	t.Setenv("JOBSIEVE_DATA", t.TempDir())
	jobsieve(t, "import", everyThird(t))
	var rows []observed
	dec := json.NewDecoder(bytes.NewReader(jobsieve(t, "export", "--observed")))
	for dec.More() {
		var e observed
		if err := dec.Decode(&e); err != nil {
			t.Fatal(err)
		}
		rows = append(rows, e)
	}
	qs := questions(t)
	if len(qs) != len(answers) {
		t.Fatalf("%d questions, %d answers", len(qs), len(answers))
	}
	for i, q := range qs {
		t.Run(strconv.Itoa(i+1), func(t *testing.T) {
			got := ask(t, url+"/"+alias+"/_search", q.query)
			want := answers[i](rows)
			checked := 0
			for name, w := range want {
				g, there := got[name]
				if !there && strings.Contains(name, "/") {
					continue // a bucket beyond the first ones
				}
				checked++
				if math.Abs(g-w) > 0.02*math.Abs(w)*approximate(name) {
					t.Errorf("%s\n%s is %v, the export gives %v", q.title, name, g, w)
				}
			}
			for name := range got {
				if _, ok := want[name]; !ok && name != "total" {
					t.Errorf("%s\nthe answer has %s, the export has none", q.title, name)
				}
			}
			if checked == 0 {
				t.Errorf("%s\nthe answer is empty: %v", q.title, got)
			}
			out, err := exec.Command("sh", "-c", strings.Split(q.command, " | ")[0]).Output()
			if err != nil || len(bytes.TrimSpace(out)) == 0 {
				t.Errorf("%s\n%s: %v", q.title, q.command, err)
			}
		})
	}
	t.Run("exactly", func(t *testing.T) { exactly(t, url+"/"+alias+"/_search") })
}

// TestAsQuery asks a real server with what --as-query prints, and wants the postings
// that the search finds, in its order.
func TestAsQuery(t *testing.T) {
	url := estest.URL(t)
	alias := estest.Alias(t, url)
	t.Setenv("JOBSIEVE_INDEX", url)
	t.Setenv("JOBSIEVE_ELASTICSEARCH_ALIAS", alias)
	t.Setenv("JOBSIEVE_DATA", t.TempDir())
	jobsieve(t, "import", everyThird(t))
	for _, args := range [][]string{
		{"telecaller jobs in Poona"}, {"रात की शिफ्ट नर्स"}, {`title:"data entry" -typing`, "--city", "Mumbai"},
		{"cook OR chef above 15k"}, {"accountant in Ooty, night shift"}, {"voice process", "--exact"},
	} {
		var found struct {
			Total int
			Hits  []struct{ ID string }
		}
		if err := json.Unmarshal(jobsieve(t, append([]string{"search", "--json"}, args...)...), &found); err != nil {
			t.Fatal(err)
		}
		var want, got []string
		for _, h := range found.Hits {
			want = append(want, h.ID)
		}
		body := jobsieve(t, append([]string{"search", "--as-query"}, args...)...)
		resp, err := http.Post(url+"/"+alias+"/_search", "application/json", bytes.NewReader(body))
		if err != nil {
			t.Fatal(err)
		}
		var a struct {
			Hits struct {
				Total struct{ Value int }
				Hits  []struct {
					Source struct{ ID string } `json:"_source"`
				}
			}
		}
		err = json.NewDecoder(resp.Body).Decode(&a)
		_ = resp.Body.Close()
		if err != nil {
			t.Fatal(err)
		}
		for _, h := range a.Hits.Hits {
			got = append(got, h.Source.ID)
		}
		if len(want) == 0 || a.Hits.Total.Value != found.Total || !slices.Equal(want, got) {
			t.Errorf("%q finds %d, %q; the query %d, %q", args, found.Total, want, a.Hits.Total.Value, got)
		}
	}
}

// everyThird writes every third of the real postings to a file.
func everyThird(t *testing.T) string {
	t.Helper()
	body, err := os.ReadFile(filepath.Join(sharedtest.Dir(t), "data", "postings.jsonl"))
	if err != nil {
		t.Fatal(err)
	}
	var out []byte
	n := 0
	for line := range bytes.Lines(body) {
		if n++; n%3 == 0 {
			out = append(out, line...)
		}
	}
	path := filepath.Join(t.TempDir(), "rows.jsonl")
	if err := os.WriteFile(path, out, 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// approximate is 1 for the figures that an aggregation gives roughly, else 0.
func approximate(name string) float64 {
	if strings.Contains(name, "50.0") || strings.Contains(name, "vacancies") || strings.Contains(name, "mid") {
		return 1
	}
	return 0
}

// ask gives an answer's figures by path: city/Pune, city/Pune/low/50.0.
func ask(t *testing.T, url, query string) map[string]float64 {
	t.Helper()
	resp, err := http.Post(url, "application/json", strings.NewReader(query))
	if err != nil {
		t.Fatal(err)
	}
	body, err := io.ReadAll(resp.Body)
	_ = resp.Body.Close()
	if err != nil || resp.StatusCode != http.StatusOK {
		t.Fatalf("%s: %s %v", resp.Status, body, err)
	}
	var a struct {
		Hits struct {
			Total struct{ Value float64 }
		}
		Aggregations map[string]any
	}
	if err := json.Unmarshal(body, &a); err != nil {
		t.Fatal(err)
	}
	got := map[string]float64{"total": a.Hits.Total.Value}
	for name, agg := range a.Aggregations {
		flatten(name, agg.(map[string]any), got)
	}
	return got
}

func flatten(path string, agg map[string]any, out map[string]float64) {
	if buckets, ok := agg["buckets"].([]any); ok {
		for _, b := range buckets {
			bucket := b.(map[string]any)
			flatten(path+"/"+fmt.Sprint(bucket["key"]), bucket, out)
		}
		return
	}
	for name, v := range agg {
		switch v := v.(type) {
		case float64:
			if name == "doc_count" || name == "value" {
				out[path] = v
			}
		case map[string]any:
			if name == "values" {
				for p, q := range v {
					out[path+"/"+p], _ = q.(float64)
				}
				continue
			}
			flatten(path+"/"+name, v, out)
		}
	}
}

var script = regexp.MustCompile("(?s)```python\n(.*?)```")

// exactly runs the script of docs/querying.md over a server's answer to its last question,
// and wants what the report says.
func exactly(t *testing.T, url string) {
	python := cmp.Or(os.Getenv("JOBSIEVE_PYTHON"), "python3")
	if _, err := exec.LookPath(python); err != nil {
		sharedtest.Missing(t, "analysts", "there is no "+python)
	}
	body, err := os.ReadFile("../../docs/querying.md")
	if err != nil {
		t.Fatal(err)
	}
	qs := questions(t)
	resp, err := http.Post(url, "application/json", strings.NewReader(qs[len(qs)-1].query))
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = resp.Body.Close() }()
	run := exec.Command(python, "-c", script.FindStringSubmatch(string(body))[1])
	run.Stdin = resp.Body
	got, err := run.Output()
	if err != nil {
		t.Fatal(err)
	}
	var table struct {
		Total struct {
			N      int `json:"low_n"`
			P25    int `json:"low_p25"`
			Median int `json:"low_median"`
			P75    int `json:"low_p75"`
		}
	}
	if err := json.Unmarshal(jobsieve(t, "report", "pay", "--label", "BPO", "--json"), &table); err != nil {
		t.Fatal(err)
	}
	want := fmt.Sprintf("%d %d %d %d\n", table.Total.N, table.Total.P25, table.Total.Median, table.Total.P75)
	if string(got) != want || table.Total.N < 100 {
		t.Errorf("the script says %q, the report %q", got, want)
	}
}
