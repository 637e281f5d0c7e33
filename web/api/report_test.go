package api

import (
	"bytes"
	"crypto/sha256"
	"encoding/csv"
	"encoding/hex"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"jobsieve/desk"
	"jobsieve/report/files"
)

// TestReports wants every table in every format, and its manifest.
func TestReports(t *testing.T) {
	c := newClient(t, board(t))
	for _, info := range desk.Reports() {
		for _, format := range formatNames() {
			path := "/reports/" + info.Name
			resp := c.get(t, path+"?where=pay+is+known&format="+format)
			body := read(t, resp)
			if resp.StatusCode != http.StatusOK || len(body) == 0 {
				t.Errorf("%s as %s: %s: %s", info.Name, format, resp.Status, body)
				continue
			}
			m := into[files.Manifest](t, c.get(t, path+"/manifest?where=pay+is+known&format="+format))
			if sum := sha256.Sum256(body); m.SHA256 != hex.EncodeToString(sum[:]) || m.Program != "test" || m.Report != info.Name {
				t.Errorf("%s as %s: the manifest is %+v", info.Name, format, m)
			}
			if shown := resp.Header.Get("Content-Disposition") == ""; shown != (format == string(files.JSON)) {
				t.Errorf("%s as %s: shown in place: %v", info.Name, format, shown)
			}
		}
	}
}

// TestReportParameters asks for tables with parameters.
func TestReportParameters(t *testing.T) {
	c := newClient(t, board(t))
	for query, want := range map[string]string{
		"/reports/count?by=city,label&top=2&format=csv":                "city,label,postings",
		"/reports/count?by=city&by=label&sort=-postings&format=csv":    "city,label,postings",
		"/reports/count?by=function&across=label&format=csv":           "function,",
		"/reports/pay?compare=label%3DBPO,KPO&period=month&format=csv": "label",
		"/reports/trend?stays=true&by=label&format=csv":                "label",
		"/reports/trend?turnover=true&format=csv":                      "month",
		"/reports/skills?label=KPO&format=csv":                         "skill",
		"/reports/count?text=voice&format=csv":                         "label",
		"/reports/count?as_of=2030-01-31&format=csv":                   "label",
		"/reports/count?as_of=2030-01-31&text=voice&format=csv":        "label",
		"/reports/count?for_spreadsheets=true&format=csv":              "\ufefflabel",
	} {
		resp := c.get(t, query)
		body := read(t, resp)
		if resp.StatusCode != http.StatusOK || !bytes.HasPrefix(body, []byte(want)) {
			t.Errorf("%s: %s: %.300s", query, resp.Status, body)
		}
	}
	for query, want := range map[string]fault{
		"/reports/pay?by=planet":                           {Parameter: "by, across", Detail: `can't group by "planet"`},
		"/reports/pay?compare=label":                       {Parameter: "compare", Detail: "two of its values"},
		"/reports/pay?compare=label%3DBPO,KPO&across=city": {Parameter: "across", Detail: "without compare"},
		"/reports/trend?turnover=true&stays=true":          {Parameter: "turnover, stays", Detail: "two tables"},
		"/reports/trend?stays=true&across=label":           {Parameter: "across", Detail: "without stays, which takes by"},
		"/reports/count?turnover=true":                     {Parameter: "turnover", Detail: "unknown parameter"},
		"/reports/count?sort=postngs":                      {Parameter: "sort, min_n", Detail: `did you mean "postings"?`},
		"/reports/count?top=-1":                            {Parameter: "top", Detail: "from 0"},
		"/reports/count?as_of=soon":                        {Parameter: "as_of", Detail: "expected a date"},
		"/reports/trend?as_of=2026-01-31&stays=true":       {Parameter: "as_of", Detail: "without stays, which goes through all days"},
		"/reports/count?as_of=2026-01-31&per=vacancy":      {Parameter: "per", Detail: "expected it without as_of"},
		"/reports/count?format=doc":                        {Parameter: "format", Detail: `"doc"`},
		"/reports/count?format=xlsx&bom=true":              {Parameter: "format", Detail: "csv only"},
		"/export?format=parquet&sort=pay":                  {Parameter: "sort", Detail: "without format parquet"},
		"/export?sort=relevance":                           {Parameter: "sort", Detail: "expected"},
		"/export?as_of=1":                                  {Parameter: "as_of", Detail: "expected a date"},
	} {
		var p problem
		resp := c.get(t, query)
		if err := json.Unmarshal(read(t, resp), &p); err != nil || resp.StatusCode != http.StatusBadRequest || len(p.Errors) != 1 {
			t.Errorf("%s: %s, %v: %+v", query, resp.Status, err, p)
			continue
		}
		if got := p.Errors[0]; got.Parameter != want.Parameter || !strings.Contains(got.Detail, want.Detail) {
			t.Errorf("%s: %+v", query, got)
		}
	}
}

// TestNothingToDraw wants no chart of a table without figures, and no fault of the program.
func TestNothingToDraw(t *testing.T) {
	c := newClient(t, board(t))
	for _, path := range []string{"/reports/trend?stays=true&format=svg", "/reports/pay/manifest?company=nobody&format=svg"} {
		if resp := c.get(t, path); resp.StatusCode != http.StatusNotFound || !strings.Contains(string(read(t, resp)), "nothing to draw") {
			t.Errorf("%s: %s", path, resp.Status)
		}
	}
}

// TestExport wants all postings, in every format and order.
func TestExport(t *testing.T) {
	d := board(t)
	c := newClient(t, d)
	all := into[found](t, c.get(t, "/search?limit=1&all=true")).Total
	for _, encoding := range []string{"", "gzip"} {
		lines := read(t, c.get(t, "/export", "Accept-Encoding", encoding))
		if n := bytes.Count(lines, []byte("\n")); n != all {
			t.Errorf("%d lines of %d postings", n, all)
		}
	}
	for _, query := range []string{"observed=true", "sort=pay", "sort=date&observed=true", "label=KPO", "text=voice", "as_of=2030-01-01", "as_of=2030-01-01&text=voice"} {
		resp := c.get(t, "/export?"+query)
		if lines := read(t, resp); resp.StatusCode != http.StatusOK || len(lines) == 0 {
			t.Errorf("%s: %s, %d bytes", query, resp.Status, len(lines))
		}
	}
	rows, err := csv.NewReader(bytes.NewReader(read(t, c.get(t, "/export?format=csv&sort=title")))).ReadAll()
	if err != nil || len(rows) != all+1 {
		t.Errorf("%d rows of %d postings: %v", len(rows), all, err)
	}
	if body := read(t, c.get(t, "/export?format=parquet")); !bytes.HasPrefix(body, []byte("PAR1")) || !bytes.HasSuffix(body, []byte("PAR1")) {
		t.Errorf("no parquet: %.20q", body)
	}
	if resp := c.do(t, http.MethodHead, "/export"); resp.StatusCode != http.StatusOK || resp.Header.Get("Content-Type") != ndjsonType {
		t.Errorf("HEAD: %s", resp.Status)
	}
	if body := read(t, c.get(t, "/export?company=nobody")); len(body) > 0 {
		t.Errorf("nothing passes, and there is %q", body)
	}
}

// TestNothingYet wants 503 with what to do where there is no ledger yet.
func TestNothingYet(t *testing.T) {
	c := newClient(t, testDesk(t))
	for _, path := range []string{"/search", "/reports/pay", "/reports/trend?stays=true", "/reports/count/manifest", "/export"} {
		resp := c.get(t, path)
		body := string(read(t, resp))
		if resp.StatusCode != http.StatusServiceUnavailable || !strings.Contains(body, "jobsieve run") || resp.Header.Get("Retry-After") == "" {
			t.Errorf("%s: %s: %s", path, resp.Status, body)
		}
		if resp.Header.Get("Content-Disposition") != "" || resp.Header.Get("Content-Type") != problemType {
			t.Errorf("%s: %v", path, resp.Header)
		}
	}
}

// pieces notes how an answer is written, and fails after some bytes where that is set.
type pieces struct {
	httptest.ResponseRecorder
	most, fails int
}

func (p *pieces) Write(b []byte) (int, error) {
	p.most = max(p.most, len(b))
	if p.fails > 0 && p.Body.Len() > p.fails {
		return 0, io.ErrClosedPipe
	}
	return p.ResponseRecorder.Write(b)
}

// TestStream wants exports sent in pieces, and the connection broken off where something
// fails in the midst.
func TestStream(t *testing.T) {
	c := newClient(t, board(t))
	ask := func(p *pieces) (aborted bool) {
		p.ResponseRecorder = *httptest.NewRecorder()
		defer func() {
			err, _ := recover().(error)
			aborted = errors.Is(err, http.ErrAbortHandler)
		}()
		c.mux.ServeHTTP(p, httptest.NewRequestWithContext(t.Context(), http.MethodGet, Base+"/export", http.NoBody))
		return false
	}
	whole := &pieces{}
	if ask(whole) || whole.Body.Len() < 2*pieceSize || whole.most > 2*pieceSize {
		t.Errorf("%d bytes in pieces of up to %d", whole.Body.Len(), whole.most)
	}
	if cut := (&pieces{fails: pieceSize}); !ask(cut) {
		t.Errorf("the answer ends as if it were whole after %d bytes", cut.Body.Len())
	}
}

// TestSaid wants what stands beside a table said in the header, and the table as a terminal
// shows it.
func TestSaid(t *testing.T) {
	c := newClient(t, board(t))
	wide := c.get(t, "/reports/pay?since=2026-01-01&format=text&width=0")
	narrow := c.get(t, "/reports/pay?since=2026-01-01&format=text&width=60")
	for _, line := range strings.Split(string(read(t, narrow)), "\n") {
		if n := len([]rune(line)); n > 60 {
			t.Errorf("%d columns: %s", n, line)
		}
	}
	if !strings.Contains(string(read(t, wide)), "──") || wide.Header.Get(postingsHeader) == "0" {
		t.Errorf("%v", wide.Header)
	}
	if notes := wide.Header[noteHeader]; len(notes) == 0 || strings.Contains(notes[0], " ") {
		t.Errorf("notes are %q", notes)
	}
	none := c.get(t, "/export?city=Pnue")
	if got := none.Header[absentHeader]; len(got) != 1 || none.Header.Get(postingsHeader) != "0" || len(read(t, none)) > 0 {
		t.Errorf("%v", none.Header)
	}
	mentions := c.get(t, "/reports/pay?compare=label%3DBPO,KPO&across=city")
	if body := string(read(t, mentions)); !strings.Contains(body, `"mentions":["compare"]`) {
		t.Error(body)
	}
}
