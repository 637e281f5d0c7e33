package api

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"errors"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"jobsieve/config"
	"jobsieve/desk"
	"jobsieve/indexer/chosen"
	"jobsieve/job"
	"jobsieve/ledger"
	"jobsieve/sampleboard"
)

// testDesk makes a desk for an empty folder.
func testDesk(t *testing.T) *desk.Desk {
	t.Helper()
	c := config.Default()
	c.Sources = []config.Source{{Name: "board"}, {Name: "asleep", Disabled: true}}
	dir := t.TempDir()
	index := &chosen.Index{
		Config: c, Dir: dir, Log: slog.New(slog.DiscardHandler), Now: time.Now,
		Command: func(args ...string) string { return strings.Join(args, " ") },
	}
	return &desk.Desk{Dir: dir, Config: c, Index: index}
}

// store stores postings, and delivers them to the index.
func store(t *testing.T, d *desk.Desk, postings ...job.Posting) {
	t.Helper()
	reader, err := d.Reader()
	if err != nil {
		t.Fatal(err)
	}
	l, err := ledger.Open(t.Context(), d.Dir)
	if err != nil {
		t.Fatal(err)
	}
	var entries []ledger.Entry
	for i := range postings {
		r := reader.Read(&postings[i])
		e := ledger.Entry{Posting: postings[i], Seen: time.Unix(1_790_000_000, 0), Reading: &r}
		e.Posted, e.PostedHow = string(r.Facts.Posted), job.DateStated
		if e.Posted == "" {
			e.PostedHow = ""
		}
		entries = append(entries, e)
	}
	_, err = l.Store(t.Context(), nil, entries)
	if err == nil {
		_, err = d.Index.Sync(t.Context(), l, nil)
	}
	if err == nil {
		_, err = l.GroupVacancies(t.Context(), nil)
	}
	if err := errors.Join(err, l.Close()); err != nil {
		t.Fatal(err)
	}
}

// board makes a desk for the sample board.
func board(t *testing.T) *desk.Desk {
	t.Helper()
	postings, err := sampleboard.Postings()
	if err != nil {
		t.Fatal(err)
	}
	d := testDesk(t)
	var all []job.Posting
	for i := range postings {
		p := postings[i].Job()
		p.Source = "board"
		all = append(all, p)
	}
	store(t, d, all...)
	return d
}

// client asks an API, and wants each answer to be as its document says.
type client struct {
	*server
	schemas *jsonschema.Compiler
}

const documentURL = "https://jobsieve.example/openapi.json"

func newClient(t *testing.T, d *desk.Desk) *client {
	t.Helper()
	c := &client{newServer(func() *desk.Desk { return d }, "test"), jsonschema.NewCompiler()}
	document, err := jsonschema.UnmarshalJSON(bytes.NewReader(c.document))
	if err == nil {
		err = c.schemas.AddResource(documentURL, document)
	}
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// get asks for a path below Base.
func (c *client) get(t *testing.T, path string, headers ...string) *http.Response {
	t.Helper()
	return c.do(t, http.MethodGet, path, headers...)
}

func (c *client) do(t *testing.T, method, path string, headers ...string) *http.Response {
	t.Helper()
	r := httptest.NewRequestWithContext(t.Context(), method, Base+path, http.NoBody)
	for i := 0; i+1 < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	w := httptest.NewRecorder()
	c.mux.ServeHTTP(w, r)
	resp := w.Result()
	c.check(t, r, resp, w.Body.Bytes())
	return resp
}

// check wants an answer that the document describes.
func (c *client) check(t *testing.T, r *http.Request, resp *http.Response, body []byte) {
	t.Helper()
	_, pattern := c.mux.Handler(r)
	path := strings.TrimPrefix(strings.TrimPrefix(pattern, "GET "), Base)
	item := c.api.OpenAPI().Paths[path]
	if item == nil || resp.StatusCode == http.StatusNotModified || r.Method != http.MethodGet {
		return
	}
	status := resp.Status[:3]
	if item.Get.Responses[status] == nil {
		status = "default"
	}
	kind := resp.Header.Get("Content-Type")
	if item.Get.Responses[status].Content[kind] == nil {
		t.Errorf("%s: %s is not described for %d", r.URL, kind, resp.StatusCode)
		return
	}
	if !strings.HasSuffix(kind, "json") || resp.Header.Get("Content-Encoding") != "" {
		return
	}
	at := []string{"paths", path, "get", "responses", status, "content", kind, "schema"}
	for i := range at {
		at[i] = url.PathEscape(strings.ReplaceAll(strings.ReplaceAll(at[i], "~", "~0"), "/", "~1"))
	}
	schema, err := c.schemas.Compile(documentURL + "#/" + strings.Join(at, "/"))
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(string(body)) {
		if kind != ndjsonType {
			line = string(body)
		}
		v, err := jsonschema.UnmarshalJSON(strings.NewReader(line))
		if err == nil {
			err = schema.Validate(v)
		}
		if err != nil {
			t.Errorf("%s: %.2000v", r.URL, err)
			return
		}
		if kind != ndjsonType {
			return
		}
	}
}

// read gives the body of an answer, unpacked.
func read(t *testing.T, resp *http.Response) []byte {
	t.Helper()
	body := io.Reader(resp.Body)
	if resp.Header.Get("Content-Encoding") == "gzip" {
		z, err := gzip.NewReader(body)
		if err != nil {
			t.Fatal(err)
		}
		body = z
	}
	all, err := io.ReadAll(body)
	if err != nil {
		t.Fatal(err)
	}
	return all
}

// into reads a JSON answer of status 200.
func into[T any](t *testing.T, resp *http.Response) (v T) {
	t.Helper()
	body := read(t, resp)
	if resp.StatusCode != http.StatusOK {
		t.Fatalf("%s: %s", resp.Status, body)
	}
	if err := json.Unmarshal(body, &v); err != nil {
		t.Fatalf("%v: %s", err, body)
	}
	return v
}

// TestDocument wants the document that is committed to be that of the code, and no
// page of documentation, which would load scripts from elsewhere.
func TestDocument(t *testing.T) {
	committed, err := os.ReadFile(filepath.Join("..", "..", "docs", "openapi.json"))
	if err != nil {
		t.Fatal(err)
	}
	c := newClient(t, testDesk(t))
	if served := read(t, c.get(t, "/openapi.json")); string(committed) != string(served) || string(served) != string(Document()) {
		t.Error("docs/openapi.json is not up to date: run \"make docs\" and commit")
	}
	for _, path := range []string{"/docs", "/openapi.yaml", "/schemas/problem.json", "/", ""} {
		if resp := c.get(t, path); resp.StatusCode != http.StatusNotFound || resp.Header.Get("Content-Type") != problemType {
			t.Errorf("%s: %s, %s", path, resp.Status, resp.Header.Get("Content-Type"))
		}
	}
}

// TestMethods wants HEAD answered as GET is, without a body, and nothing that writes.
func TestMethods(t *testing.T) {
	c := newClient(t, testDesk(t))
	server := httptest.NewServer(c.mux)
	defer server.Close()
	for method, want := range map[string]int{
		http.MethodHead: 200, http.MethodPost: 405, http.MethodPut: 405, http.MethodDelete: 405, http.MethodOptions: 405,
	} {
		r, err := http.NewRequestWithContext(t.Context(), method, server.URL+Base+"/openapi.json", http.NoBody)
		if err != nil {
			t.Fatal(err)
		}
		resp, err := http.DefaultClient.Do(r)
		if err != nil {
			t.Fatal(err)
		}
		body := read(t, resp)
		_ = resp.Body.Close()
		if resp.StatusCode != want || method == http.MethodHead && len(body) > 0 {
			t.Errorf("%s: %s, %d bytes", method, resp.Status, len(body))
		}
		if want == http.StatusMethodNotAllowed && resp.Header.Get("Allow") != "GET, HEAD" {
			t.Errorf("%s: allowed is %q", method, resp.Header.Get("Allow"))
		}
	}
}

// TestUnchanged wants no body sent again, packed or not.
func TestUnchanged(t *testing.T) {
	c := newClient(t, testDesk(t))
	for _, encoding := range []string{"", "gzip", "br, gzip;q=0.5", "gzip;q=0", "*"} {
		resp := c.get(t, "/openapi.json", "Accept-Encoding", encoding)
		packed := encoding != "" && encoding != "gzip;q=0"
		if got := resp.Header.Get("Content-Encoding") == "gzip"; got != packed {
			t.Errorf("%q: packed is %v", encoding, got)
		}
		if string(read(t, resp)) != string(Document()) {
			t.Errorf("%q: another body", encoding)
		}
		tag := resp.Header.Get("ETag")
		again := c.get(t, "/openapi.json", "If-None-Match", `"other", W/`+tag)
		if again.StatusCode != http.StatusNotModified || len(read(t, again)) > 0 {
			t.Errorf("%q, %s: %s", encoding, tag, again.Status)
		}
	}
	if resp := c.get(t, "/openapi.json", "If-None-Match", `"other"`); resp.StatusCode != http.StatusOK {
		t.Errorf("another tag: %s", resp.Status)
	}
}
