package elastic_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"testing"

	"github.com/elastic/go-elasticsearch/v8"

	"jobsieve/internal/estest"
	"jobsieve/internal/sharedtest"
)

// loader holds what is loaded: a ledger, and the same documents as raw bodies.
type loader struct {
	n                 int
	program, dir, url string
	alias             string
	bodies            [][]byte
	ids, docs         []string
	client            *elasticsearch.Client
}

func newLoader(b *testing.B, n int) *loader {
	b.Helper()
	l := &loader{n: n, dir: b.TempDir(), alias: "bench"}
	if os.Getenv("JOBSIEVE_BENCH_SHARE") == "" {
		server := estest.Start(b, fmt.Sprintf("node.processors=%d", runtime.NumCPU()/2))
		l.url = server.URL
		pin(b, server.PID(), 0, runtime.NumCPU()/2-1)
		pin(b, os.Getpid(), runtime.NumCPU()/2, runtime.NumCPU()-1)
	} else {
		l.url = estest.Start(b).URL
	}
	l.program = filepath.Join(l.dir, "jobsieve")
	build := exec.Command("go", "build", "-o", l.program, "jobsieve/cmd/jobsieve")
	if out, err := build.CombinedOutput(); err != nil {
		b.Fatalf("%v\n%s", err, out)
	}
	rows, order := varied(b, l.dir, n)
	// Into the ledger alone: nothing listens at this address.
	if out, err := l.command("http://127.0.0.1:1", "import", rows).CombinedOutput(); err == nil {
		b.Fatalf("the import reached an index\n%s", out)
	}
	l.jobsieve(b) // and out of the index come the documents as they were sent
	var err error
	if l.client, err = elasticsearch.NewClient(elasticsearch.Config{Addresses: []string{l.url}}); err != nil {
		b.Fatal(err)
	}
	l.read(b, order)
	return l
}

// pin keeps a process, and those that it starts, on some of the cores.
func pin(b *testing.B, pid, from, to int) {
	b.Helper()
	if out, err := exec.Command("taskset", "-a", "-c", "-p", fmt.Sprintf("%d-%d", from, to), fmt.Sprint(pid)).CombinedOutput(); err != nil {
		b.Fatalf("%v\n%s\n(taskset is in util-linux; JOBSIEVE_BENCH_SHARE=1 does without it)", err, out)
	}
}

func (l *loader) command(index string, args ...string) *exec.Cmd {
	cmd := exec.Command(l.program, append([]string{"--data", filepath.Join(l.dir, "data"), "--index", index}, args...)...)
	cmd.Env = append(os.Environ(), "JOBSIEVE_ELASTICSEARCH_ALIAS="+l.alias)
	return cmd
}

// varied writes n rows: the real ones, again and again under other ids and
// titles. order is where each id stands.
func varied(b *testing.B, dir string, n int) (path string, order map[string]int) {
	b.Helper()
	rows := sharedtest.Lines[map[string]any](b, "data/postings.jsonl")
	f, err := os.Create(filepath.Join(dir, "rows.jsonl"))
	if err != nil {
		b.Fatal(err)
	}
	enc := json.NewEncoder(f)
	order = map[string]int{}
	for i := range n {
		row := rows[i%len(rows)]
		if turn := i / len(rows); turn > 0 {
			copied := map[string]any{}
			for k, v := range row {
				copied[k] = v
			}
			copied["id"] = fmt.Sprintf("%v-%d", row["id"], turn)
			copied["title"] = fmt.Sprintf("%v %d", row["title"], turn)
			row = copied
		}
		order[fmt.Sprint(row["id"])] = i
		if err := enc.Encode(row); err != nil {
			b.Fatal(err)
		}
	}
	if err := f.Close(); err != nil {
		b.Fatal(err)
	}
	return f.Name(), order
}

// read takes the documents out of the index, brings them into the order in which
// the ledger has them, for a server takes sorted ids faster, and builds the raw
// bodies.
func (l *loader) read(b *testing.B, order map[string]int) {
	b.Helper()
	after := ""
	l.ids, l.docs = make([]string, l.n), make([]string, l.n)
	for got := 0; got < l.n; {
		query := `{"size":2000,"sort":[{"key":"asc"}]` + after + `}`
		var page struct {
			Hits struct {
				Hits []struct {
					ID     string          `json:"_id"`
					Source json.RawMessage `json:"_source"`
				} `json:"hits"`
			} `json:"hits"`
		}
		l.call(b, http.MethodPost, "/"+l.alias+"/_search", []byte(query), &page)
		if len(page.Hits.Hits) == 0 {
			b.Fatalf("%d of %d documents", got, l.n)
		}
		for _, h := range page.Hits.Hits {
			at, ok := order[h.ID]
			if !ok {
				b.Fatalf("no row has the id %q", h.ID)
			}
			l.ids[at], l.docs[at] = h.ID, string(h.Source)
			after = fmt.Sprintf(`,"search_after":[%q]`, h.ID)
		}
		got += len(page.Hits.Hits)
	}
	var body bytes.Buffer
	for i := range l.ids {
		fmt.Fprintf(&body, `{"index":{"_id":%q,"version":1,"version_type":"external_gte"}}`+"\n%s\n", l.ids[i], l.docs[i])
		if (i+1)%500 == 0 || i+1 == l.n {
			l.bodies = append(l.bodies, bytes.Clone(body.Bytes()))
			body.Reset()
		}
	}
}

func (l *loader) call(b *testing.B, method, path string, body []byte, out any) {
	b.Helper()
	req, err := http.NewRequest(method, l.url+path, bytes.NewReader(body))
	if err != nil {
		b.Fatal(err)
	}
	req.Header.Set("Content-Type", "application/json")
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		b.Fatal(err)
	}
	defer resp.Body.Close()
	if out != nil && resp.StatusCode < 300 {
		if err := json.NewDecoder(resp.Body).Decode(out); err != nil {
			b.Fatal(err)
		}
	}
}

// fresh makes an empty index of jobsieve's mapping.
func (l *loader) fresh(b *testing.B) {
	b.Helper()
	l.call(b, http.MethodDelete, "/"+l.alias+"-000001", nil, nil)
	var there map[string]any
	if l.call(b, http.MethodGet, "/"+l.alias+"-*", nil, &there); len(there) > 0 {
		b.Fatalf("still there: %v", there)
	}
	if out, err := l.command(l.url, "index", "setup").CombinedOutput(); err != nil {
		b.Fatalf("%v\n%s", err, out)
	}
}

// refresh makes what was loaded searchable.
func (l *loader) refresh(b *testing.B) {
	b.Helper()
	l.call(b, http.MethodPost, "/"+l.alias+"/_refresh", nil, nil)
}

func (l *loader) count(b *testing.B, how string) {
	b.Helper()
	var c struct{ Count int }
	l.call(b, http.MethodGet, "/"+l.alias+"/_count", nil, &c)
	if c.Count != l.n {
		b.Fatalf("%s: %d documents, want %d", how, c.Count, l.n)
	}
}
