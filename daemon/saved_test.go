package daemon

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"jobsieve/config"
	"jobsieve/desk"
	"jobsieve/filter"
	"jobsieve/ledger"
	"jobsieve/web"
	"jobsieve/web/guard"
)

// hook is a server that is told of saved searches.
type hook struct {
	*httptest.Server

	mu sync.Mutex
	// answers are the codes that it gives, the last one for ever after.
	answers []int
	told    []string // name: ids
	last    SavedNotice
}

// newHook starts one, outside of any bubble.
func newHook(t *testing.T) *hook {
	t.Helper()
	h := &hook{answers: []int{http.StatusOK}}
	h.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h.mu.Lock()
		defer h.mu.Unlock()
		body, err := io.ReadAll(r.Body)
		var notice SavedNotice
		if err == nil {
			err = json.Unmarshal(body, &notice)
		}
		if err != nil || r.Method != http.MethodPost || r.Header.Get("Content-Type") != "application/json" {
			t.Errorf("%s %s: %v", r.Method, body, err)
		}
		ids := make([]string, len(notice.Postings))
		for i := range ids {
			ids[i] = notice.Postings[i].ID
		}
		h.told, h.last = append(h.told, notice.Name+": "+strings.Join(ids, " ")), notice
		w.WriteHeader(h.answers[0])
		if len(h.answers) > 1 {
			h.answers = h.answers[1:]
		}
	}))
	t.Cleanup(h.Close)
	return h
}

// heard gives what it was told since the last time, and sets what it answers from now on.
func (h *hook) heard(answers ...int) (told []string) {
	h.mu.Lock()
	defer h.mu.Unlock()
	told, h.told, h.answers = h.told, nil, answers
	return told
}

// save saves a search whose webhook is a hook.
func (h *hook) save(t *testing.T, d *Daemon, name string, f *filter.Filter) {
	t.Helper()
	if err := d.Desk(d.Line.Config).Save(t.Context(), d.Line.Ledger, name, f, h.URL, false); err != nil {
		t.Fatal(err)
	}
}

// rows writes postings of telecallers from one number to another.
func rows(t *testing.T, d *Daemon, from, to int) {
	t.Helper()
	var b strings.Builder
	for id := from; id <= to; id++ {
		fmt.Fprintf(&b, `{"id":"%d","title":"Telecaller","company":"Acme","location":"Pune","url":"https://acme.example/%d"}`+"\n", id, id)
	}
	write(t, filepath.Join(d.Dir, "rows.jsonl"), b.String())
}

func wantTold(t *testing.T, got []string, want ...string) {
	t.Helper()
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

// TestTellSaved lets daemons run one after another: each posting that is stored is told
// once, also where nobody listened for a while.
func TestTellSaved(t *testing.T) {
	h := newHook(t)
	inBubble(t, func(t *testing.T) {
		d := testDaemon(t, "a @every 1h")
		log := &bytes.Buffer{}
		d.Log = slog.New(slog.NewTextHandler(log, nil))
		runFor(t, d, time.Minute)
		h.save(t, d, "all", &filter.Filter{})
		h.save(t, d, "mumbai", &filter.Filter{Is: map[string][]string{"city": {"Mumbai"}}})
		runFor(t, d, 3*time.Hour)
		wantTold(t, h.heard(http.StatusOK))
		rows(t, d, 1, 3)
		runFor(t, d, 3*time.Hour)
		wantTold(t, h.heard(http.StatusInternalServerError), "all: 2 3")
		rows(t, d, 1, 4)
		runFor(t, d, time.Hour+time.Minute)
		if told := h.heard(http.StatusOK); len(told) < noticeTries || told[0] != "all: 4" {
			t.Errorf("while nobody listens: %q", told)
		}
		if !strings.Contains(log.String(), "the saved search all: tell its webhook: it answered 500") || strings.Contains(log.String(), h.URL) {
			t.Errorf("the log: %s", log)
		}
		runFor(t, d, 3*time.Hour)
		wantTold(t, h.heard(http.StatusOK), "all: 4")
		last := h.last.Postings[0]
		want := desk.NewPosting{
			Key: "a/4", ID: "4", Source: "a", Title: "Telecaller", Company: "Acme", Place: "Pune", Label: "BPO",
			Function: last.Function, URL: "https://acme.example/4", FirstSeen: last.FirstSeen,
		}
		if diff := cmp.Diff(want, last); diff != "" || h.last.UpTo != 4 {
			t.Errorf("up to %d: %s", h.last.UpTo, diff)
		}
	})
}

// crawlOnce crawls the source of a daemon, and brings the index up where that is wanted.
func crawlOnce(t *testing.T, d *Daemon, index bool) {
	t.Helper()
	_, err := d.Line.Run(t.Context(), "run", []*config.Source{&d.Line.Config.Sources[0]})
	if err == nil && index {
		_, err = d.Desk(d.Line.Config).Index.Sync(t.Context(), d.Line.Ledger, nil)
	}
	if err != nil {
		t.Fatal(err)
	}
}

// TestTellSavedInParts tells of more than a notice has, of which the first part alone is
// accepted at first, and of a search with words, which the index answers. What "new" has
// looked at is another matter.
func TestTellSavedInParts(t *testing.T) {
	h := newHook(t)
	d := testDaemon(t, "a @every 1h")
	crawlOnce(t, d, true)
	h.save(t, d, "telecallers", &filter.Filter{Text: "telecaller"})
	rows(t, d, 1, mostTold+3)
	crawlOnce(t, d, false)
	if err := d.tellSaved(t.Context()); err != nil {
		t.Error(err)
	}
	wantTold(t, h.heard(http.StatusOK, http.StatusForbidden)) // it waits for the index
	crawlOnce(t, d, true)
	all, err := d.Line.Ledger.SavedSearches(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if err := d.Line.Ledger.LookedAt(t.Context(), &all[0], mostTold+3, time.Now()); err != nil {
		t.Fatal(err)
	}
	const fault = "the saved search telecallers: tell its webhook: it answered 403 Forbidden"
	if err := d.tellSaved(t.Context()); fmt.Sprint(err) != fault {
		t.Errorf("%v, want %s", err, fault)
	}
	told := h.heard(http.StatusOK)
	if len(told) != 2 || strings.Count(told[0], " ") != mostTold || told[1] != "telecallers: 102 103" {
		t.Errorf("told %q", told)
	}
	for range 2 {
		if err := d.tellSaved(t.Context()); err != nil {
			t.Error(err)
		}
	}
	wantTold(t, h.heard(http.StatusOK), "telecallers: 102 103")
}

// TestFeed asks for feeds over HTTP.
func TestFeed(t *testing.T) {
	d := testDaemon(t, "a @every 1h")
	if err := d.Line.Ledger.Save(t.Context(), &ledger.SavedSearch{Name: "all", Saved: time.Now()}, false); err != nil {
		t.Fatal(err)
	}
	rows(t, d, 1, web.MostInFeed+1)
	if _, err := d.Line.Run(t.Context(), "run", []*config.Source{&d.Line.Config.Sources[0]}); err != nil {
		t.Fatal(err)
	}
	server := httptest.NewServer(web.Public(d.Metrics, d.healthy, d.feed, web.Parts{}).Handler)
	defer server.Close()
	for path, want := range map[string]int{"/saved/all.rss": 200, "/saved/other.rss": 404, "/saved/all": 404, "/saved/": 404} {
		resp, err := http.Get(server.URL + path)
		if err != nil {
			t.Fatal(err)
		}
		body, err := io.ReadAll(resp.Body)
		_ = resp.Body.Close()
		if err != nil || resp.StatusCode != want {
			t.Errorf("%s: %d %s, want %d: %v", path, resp.StatusCode, body, want, err)
		}
		if want != http.StatusOK {
			continue
		}
		if kind := resp.Header.Get("Content-Type"); kind != "application/rss+xml; charset=utf-8" {
			t.Errorf("%s", kind)
		}
		text := string(body)
		if strings.Count(text, "<item>") != web.MostInFeed || !strings.Contains(text, ">a/51<") || strings.Contains(text, ">a/1<") {
			t.Errorf("%s", text)
		}
	}
}

// TestFeedInTime wants the question of a feed ended where its time is over, and told so.
func TestFeedInTime(t *testing.T) {
	d := testDaemon(t, "a @every 1h")
	if err := d.Line.Ledger.Save(t.Context(), &ledger.SavedSearch{Name: "all", Saved: time.Now()}, false); err != nil {
		t.Fatal(err)
	}
	door, err := guard.New(d.Line.Config, d.Log)
	if err != nil {
		t.Fatal(err)
	}
	h := door.Around(web.Public(d.Metrics, d.healthy, d.feed, web.Parts{}).Handler)
	over, cancel := context.WithDeadline(t.Context(), time.Now().Add(-time.Second))
	defer cancel()
	for ctx, want := range map[context.Context]int{t.Context(): http.StatusOK, over: http.StatusGatewayTimeout} {
		answer := httptest.NewRecorder()
		h.ServeHTTP(answer, httptest.NewRequest(http.MethodGet, "http://localhost/saved/all.rss", http.NoBody).WithContext(ctx))
		if answer.Code != want {
			t.Errorf("%d %s, want %d", answer.Code, answer.Body, want)
		}
	}
}
