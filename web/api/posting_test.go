package api

import (
	"encoding/json"
	"errors"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"jobsieve/desk"
	"jobsieve/filter"
	"jobsieve/job"
	"jobsieve/ledger"
)

// hostileIDs are ids that paths could be mistaken for.
var hostileIDs = []string{
	"a/b", "a/b/history", "../x", "..", ".", "a b", "a%2Fb", "ä/é?#&=+", "\xff\x00\x7f", "'; DROP TABLE posting;--",
	"<script>alert(1)</script>", "history", "a//b", `back\slash`, strings.Repeat("long", 500), "\u202eevil", "a\r\nSet-Cookie: x=1",
}

// TestHostileIDs wants each posting found by its very id, and no other.
func TestHostileIDs(t *testing.T) {
	d := testDesk(t)
	var postings []job.Posting
	for _, id := range hostileIDs {
		postings = append(postings, job.Posting{ID: id, Source: "board", Title: "Telecaller", Description: "Answer calls."})
	}
	store(t, d, postings...)
	c := newClient(t, d)
	for _, id := range hostileIDs {
		escaped := strings.ReplaceAll(url.PathEscape(id), ".", "%2E")
		path := "/postings/board/" + escaped
		got := into[posting](t, c.get(t, path))
		if got.ID != strings.ToValidUTF8(id, "\ufffd") && got.Title != "Telecaller" {
			t.Errorf("%q: got %q", id, got.ID)
		}
		into[history](t, c.get(t, path+"/history"))
		into[desk.Vacancy](t, c.get(t, path+"/sightings"))
		for _, other := range []string{"/postings/nobody/" + escaped, path + "x", path + "/other"} {
			resp := c.get(t, other)
			if resp.StatusCode != http.StatusNotFound || resp.Header.Get("Content-Type") != problemType {
				t.Errorf("%s: %s", other, resp.Status)
			}
		}
	}
	for _, path := range []string{"/postings/board/", "/postings//x", "/postings/board", "/postings/bord/a%2Fb?x=1"} {
		if resp := c.get(t, path); resp.StatusCode != http.StatusNotFound && resp.StatusCode != http.StatusBadRequest &&
			resp.StatusCode != http.StatusMovedPermanently && resp.StatusCode != http.StatusTemporaryRedirect {
			t.Errorf("%s: %s", path, resp.Status)
		}
	}
}

// TestPosting wants evidence, facts and pay with the bytes that they stand for.
func TestPosting(t *testing.T) {
	c := newClient(t, board(t))
	got := into[posting](t, c.get(t, "/postings/board/nc-001"))
	if len(got.Criteria) == 0 || len(got.Facts.Readings) == 0 || got.Pay.Start == nil || got.Key != "board/nc-001" {
		t.Fatalf("%+v", got)
	}
	texts := map[job.Field]string{
		job.FieldTitle: got.Title, job.FieldCompany: string(got.Company), job.FieldLocation: string(got.Location),
		job.FieldExperience: string(got.Experience), job.FieldSalary: string(got.Salary), job.FieldSkills: string(got.Skills),
		job.FieldDescription: string(got.Description),
	}
	for _, criterion := range got.Criteria {
		for _, e := range criterion.Evidence {
			if text := texts[e.Field]; text[e.Start:e.End] != e.Text {
				t.Errorf("%s: %q is not %q", e.Rule, text[e.Start:e.End], e.Text)
			}
		}
	}
}

// TestSightings wants the postings of one vacancy together.
func TestSightings(t *testing.T) {
	d := testDesk(t)
	same := job.Posting{
		ID: "1", Source: "board", Title: "Telecaller", Company: "Acme", Location: "Pune",
		Description: strings.Repeat("Answer calls of customers of our bank and resolve their complaints at once. ", 5),
	}
	again := same
	again.ID, again.Source = "2", "asleep"
	store(t, d, same, again)
	c := newClient(t, d)
	got := into[desk.Vacancy](t, c.get(t, "/postings/board/1/sightings"))
	if got.Size != 2 || len(got.Members) != 2 {
		t.Errorf("%+v", got)
	}
}

// withRuns notes a run with a receipt, and saves a search.
func withRuns(t *testing.T, d *desk.Desk) {
	t.Helper()
	l, err := ledger.Open(t.Context(), d.Dir)
	if err != nil {
		t.Fatal(err)
	}
	now := time.Unix(1_790_000_000, 0)
	r := &job.Receipt{Source: "board", Started: now, Finished: now.Add(time.Minute), Complete: true}
	r.Reject(job.RejectNoTitle)
	n, err := l.BeginRun(t.Context(), "run", now)
	if err == nil {
		err = l.AddReceipt(t.Context(), n, r)
	}
	if err == nil {
		err = d.Save(t.Context(), l, "pune", &filter.Filter{Text: "voice"}, "https://hook.example/secret", false)
	}
	if err := errors.Join(err, l.Close()); err != nil {
		t.Fatal(err)
	}
}

// TestRest asks for all that has few parameters.
func TestRest(t *testing.T) {
	d := board(t)
	withRuns(t, d)
	c := newClient(t, d)
	if got := into[healths](t, c.get(t, "/sources")); len(got.Sources) != 2 || got.Sources[0].Last == nil {
		t.Errorf("sources: %+v", got)
	}
	if got := into[receipts](t, c.get(t, "/runs?limit=5&source=board")); len(got.Runs) != 1 {
		t.Errorf("runs: %+v", got)
	}
	if got := into[words](t, c.get(t, "/lexicon?kind=concepts")); len(got.Lists) == 0 || len(got.Lists[0].English) == 0 {
		t.Errorf("lexicon: %+v", got)
	}
	if got := into[book](t, c.get(t, "/criteria")); len(got.Criteria) == 0 || len(got.Criteria[0].Rules) == 0 || len(got.Other) == 0 {
		t.Errorf("criteria: %+v", got)
	}
	saved := c.get(t, "/saved")
	if body := string(read(t, saved)); !strings.Contains(body, `"pune"`) || strings.Contains(body, "hook.example") {
		t.Errorf("saved: %s", body)
	}
	for query, parameter := range map[string]string{
		"/runs?source=bord": "source", "/runs?limit=x": "limit", "/lexicon?kind=cats": "kind", "/criteria?x=1": "x", "/sources?city=Pune": "city",
	} {
		var p problem
		resp := c.get(t, query)
		if err := json.Unmarshal(read(t, resp), &p); err != nil || len(p.Errors) != 1 || p.Errors[0].Parameter != parameter {
			t.Errorf("%s: %s, %v: %+v", query, resp.Status, err, p)
		}
	}
}
