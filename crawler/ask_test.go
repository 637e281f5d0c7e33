package crawler

import (
	"context"
	"fmt"
	"log/slog"
	"maps"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"jobsieve/config"
)

// counted is a server of its own that counts its requests by path, and how many it
// answers at once at most.
type counted struct {
	mu       sync.Mutex
	requests map[string]int
	now      atomic.Int32
	most     atomic.Int32
}

// asked gives how many requests there were by path.
func (a *counted) asked() map[string]int {
	a.mu.Lock()
	defer a.mu.Unlock()
	return maps.Clone(a.requests)
}

func (a *counted) serve(t *testing.T, h http.HandlerFunc) string {
	t.Helper()
	a.requests = map[string]int{}
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		a.most.Store(max(a.most.Load(), a.now.Add(1)))
		defer a.now.Add(-1)
		a.mu.Lock()
		a.requests[r.URL.Path]++
		a.mu.Unlock()
		h(w, r)
	}))
	t.Cleanup(s.Close)
	return strings.TrimPrefix(s.URL, "http://")
}

// askAll asks the sources of a configuration.
func askAll(t *testing.T, yaml string) map[string]Reply {
	t.Helper()
	path := filepath.Join(t.TempDir(), "jobsieve.yaml")
	if err := os.WriteFile(path, []byte("fetch: {delay: 1ms, timeout: 500ms, max_bytes: 50000, private: [127.0.0.1]}\nsources:\n"+yaml), 0o600); err != nil {
		t.Fatal(err)
	}
	c, err := config.Load(path, config.Checks{})
	if err != nil {
		t.Fatal(err)
	}
	var sources []*config.Source
	for i := range c.Sources {
		sources = append(sources, &c.Sources[i])
	}
	var told atomic.Int64
	replies, err := Ask(t.Context(), sources, Env{Version: "test", Now: time.Now, Log: slog.New(slog.DiscardHandler)},
		func(int) { told.Add(1) })
	if err != nil {
		t.Fatal(err)
	}
	if int(told.Load()) != len(sources) {
		t.Errorf("progress was told %d times, want %d", told.Load(), len(sources))
	}
	by := map[string]Reply{}
	for i, r := range replies {
		if r.Source != sources[i] {
			t.Errorf("reply %d is of %s, want %s", i, r.Source.Name, sources[i].Name)
		}
		by[r.Source.Name] = r
	}
	return by
}

// noRobots answers that there is no robots.txt, and else with h.
func noRobots(h http.HandlerFunc) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/robots.txt" {
			http.NotFound(w, r)
			return
		}
		h(w, r)
	}
}

const twoOfBoard = `{"meta": {"total": 41}, "jobs": [{"id": 1, "title": "Clerk"}, {"id": 2, "title": "Typist"}]}`

func says(body string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) { fmt.Fprint(w, body) }
}

// boards are the hosts of TestAsk's boards, and what each must be said to answer.
var boards = []struct {
	name   string
	answer http.HandlerFunc
	state  ReplyState
	here   int
	total  int // -1 for none
	why    string
}{
	{"answering", noRobots(says(twoOfBoard)), ReplyAnswers, 2, 41, ""},
	{"empty", noRobots(says(`{"meta": {"total": 0}, "jobs": []}`)), ReplyEmpty, 0, 0, "no posting"},
	{"unknown", http.NotFound, ReplyUnknown, 0, -1, "greenhouse does not know the account"},
	{"busy", noRobots(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Retry-After", "90")
		http.Error(w, "slow down", http.StatusTooManyRequests)
	}), ReplyBusy, 0, -1, "left alone for 1m30s"},
	{"resting", noRobots(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Retry-After", "60")
		http.Error(w, "later", http.StatusServiceUnavailable)
	}), ReplyBusy, 0, -1, "503 Service Unavailable; it asks to be left alone for 1m0s"},
	{"refusing", noRobots(func(w http.ResponseWriter, _ *http.Request) {
		http.Error(w, "no", http.StatusForbidden)
	}), ReplyRefused, 0, -1, "does not want to be read"},
	{"failing", noRobots(func(w http.ResponseWriter, _ *http.Request) {
		http.Error(w, "no", http.StatusInternalServerError)
	}), ReplyDown, 0, -1, "500"},
	{"slow", noRobots(func(_ http.ResponseWriter, r *http.Request) {
		<-r.Context().Done()
	}), ReplyDown, 0, -1, "no whole answer within 500ms"},
	{"moved", noRobots(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/new" {
			fmt.Fprint(w, twoOfBoard)
			return
		}
		http.Redirect(w, r, "/new", http.StatusMovedPermanently)
	}), ReplyAnswers, 2, 41, ""},
	{"home", noRobots(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/" {
			fmt.Fprint(w, "<h1>Welcome</h1><p>"+strings.Repeat("We like people. ", 20))
			return
		}
		http.Redirect(w, r, "/", http.StatusFound)
	}), ReplyMoved, 0, -1, "where no postings are"},
	{"walled", noRobots(says(`<title>Just a moment...</title>`)), ReplyWall, 0, -1, "a captcha"},
	{"login", noRobots(says(`<form><input type="password"></form>` + strings.Repeat("Sign in. ", 40))), ReplyWall, 0, -1, "a login form"},
	{"large", noRobots(says(twoOfBoard + strings.Repeat(" ", 100_000))), ReplyLarge, 0, -1, "larger than max_bytes"},
	{"changed", noRobots(says(`{"openings": []}`)), ReplyForm, 0, -1, "jobs"},
	{"robots", func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/robots.txt" {
			fmt.Fprint(w, "User-agent: *\nDisallow: /v1/")
			return
		}
		fmt.Fprint(w, twoOfBoard)
	}, ReplyRobots, 0, -1, "robots.txt does not allow"},
	{"patient", func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/robots.txt" {
			fmt.Fprint(w, "User-agent: *\nCrawl-delay: 3600")
			return
		}
		fmt.Fprint(w, twoOfBoard)
	}, ReplyBusy, 0, -1, "wants 1h0m0s between requests"},
	{"silent", func(w http.ResponseWriter, _ *http.Request) {
		http.Error(w, "no", http.StatusBadGateway)
	}, ReplyDown, 0, -1, "robots.txt could not be fetched"},
}

// TestAsk asks boards that answer in every way: each gets one request, and none beyond
// what robots.txt allows.
func TestAsk(t *testing.T) {
	yaml := ""
	servers := make([]counted, len(boards))
	for i, b := range boards {
		host := servers[i].serve(t, b.answer)
		yaml += fmt.Sprintf("  - {name: %s, kind: ats, platform: greenhouse, account: acme, disabled: true, url: \"http://%s\"}\n", b.name, host)
	}
	replies := askAll(t, yaml)
	const path = "/v1/boards/acme/jobs"
	for i, b := range boards {
		r := replies[b.name]
		total := -1
		if r.Total != nil {
			total = *r.Total
		}
		if r.State != b.state || r.Here != b.here || total != b.total || !strings.Contains(r.Why, b.why) || (b.why == "") != (r.Why == "") {
			t.Errorf("%s: %s, %d here, total %d, %q\nwant %s, %d, %d, %q", b.name, r.State, r.Here, total, r.Why, b.state, b.here, b.total, b.why)
		}
		if !r.Good() && r.Advice() == "" && !strings.Contains(r.Why, "leave the source out") && r.State != ReplyWall {
			t.Errorf("%s: nothing says what to do: %s", b.name, r.Why)
		}
		want := 1
		if b.state == ReplyRobots || b.name == "silent" || b.name == "patient" {
			want = 0
		}
		if got := servers[i].asked(); got[path] != want || got["/robots.txt"] != 1 {
			t.Errorf("%s was asked %v, want %s %d times and robots.txt once", b.name, got, path, want)
		}
	}
	if moved := replies["moved"].Moved; !strings.HasSuffix(moved, "/new") {
		t.Errorf("moved to %q", moved)
	}
}

// TestAskBoards asks a board on each platform, which says how many postings it has, or
// does not.
func TestAskBoards(t *testing.T) {
	for platform, like := range apis {
		t.Run(platform, func(t *testing.T) {
			a := &api{total: like.total, answer: like.answer, requests: 10} // past those that it answers with a fault
			src := source(t, boardSource(platform), serve(t, a))
			replies, err := Ask(t.Context(), []*config.Source{src}, Env{Now: time.Now, Log: slog.New(slog.DiscardHandler)}, nil)
			if err != nil {
				t.Fatal(err)
			}
			r := replies[0]
			if r.State != ReplyAnswers || r.Here == 0 || r.Here > a.total || r.Total != nil && *r.Total != a.total {
				t.Errorf("%s, %d here, total %v, want %d; %s", r.State, r.Here, r.Total, a.total, r.Why)
			}
		})
	}
}

// TestAskKinds asks a source of each other kind, all at one host: one request at a time,
// and one for each.
func TestAskKinds(t *testing.T) {
	var server counted
	host := server.serve(t, noRobots(func(w http.ResponseWriter, r *http.Request) {
		fmt.Fprint(w, map[string]string{
			"/feed":    `<rss version="2.0"><channel><item><title>Clerk</title><link>/jobs/1</link></item></channel></rss>`,
			"/map":     `<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><url><loc>http://` + r.Host + `/jobs/1</loc></url><url><loc>http://` + r.Host + `/about</loc></url></urlset>`,
			"/index":   `<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><sitemap><loc>http://` + r.Host + `/map</loc></sitemap></sitemapindex>`,
			"/list":    `<ul><li class="job"><a href="/jobs/1">Clerk</a></li><li class="job"><a href="/jobs/2">Typist</a></li></ul>`,
			"/json/1":  `{"meta": {"total": "31"}, "jobs": [{"id": 1, "title": "Clerk"}]}`,
			"/nothing": `<p>` + strings.Repeat("We like people. ", 20),
		}[r.URL.Path])
	}))
	replies := askAll(t, strings.ReplaceAll(`  - {name: feed, kind: feed, url: "http://BOARD/feed"}
  - {name: map, kind: sitemap, url: "http://BOARD/map", match: /jobs/}
  - {name: other, kind: sitemap, url: "http://BOARD/map", match: /vacancies/}
  - {name: index, kind: sitemap, url: "http://BOARD/index", match: /jobs/}
  - {name: html, kind: html, url: "http://BOARD/list", list: {item: li.job, fields: {title: a}}}
  - {name: jsonld, kind: jsonld, url: "http://BOARD/list", detail: {link: li.job a@href}}
  - {name: json, kind: json, url: "http://BOARD/json/{page}", items: jobs, total: meta.total, columns: {title: title}}
  - {name: nothing, kind: html, url: "http://BOARD/nothing", list: {item: li.job, fields: {title: a}}}
`, "BOARD", host))
	for name, want := range map[string]struct {
		state ReplyState
		here  int
	}{
		"feed": {ReplyAnswers, 1}, "map": {ReplyAnswers, 1}, "other": {ReplyForm, 0}, "index": {ReplyAnswers, 0},
		"html": {ReplyAnswers, 2}, "jsonld": {ReplyAnswers, 2}, "json": {ReplyAnswers, 1}, "nothing": {ReplyForm, 0},
	} {
		if r := replies[name]; r.State != want.state || r.Here != want.here {
			t.Errorf("%s: %s, %d here, %q; want %s, %d", name, r.State, r.Here, r.Why, want.state, want.here)
		}
	}
	if total := replies["json"].Total; total == nil || *total != 31 {
		t.Errorf("json: total %v, want 31", total)
	}
	if n := server.most.Load(); n != 1 {
		t.Errorf("the host was asked %d requests at once", n)
	}
	for path, n := range server.asked() {
		if want := map[string]int{"/map": 2, "/list": 2}[path]; n != max(want, 1) {
			t.Errorf("%s was asked for %d times", path, n)
		}
	}
}

// TestAskElsewhere posts nothing to another host than that of the source.
func TestAskElsewhere(t *testing.T) {
	var other, server counted
	elsewhere := other.serve(t, noRobots(func(w http.ResponseWriter, r *http.Request) {
		if r.Method == http.MethodPost {
			t.Errorf("%s was posted to", r.URL)
		}
		fmt.Fprint(w, `{"total": 0, "jobPostings": []}`)
	}))
	host := server.serve(t, noRobots(func(w http.ResponseWriter, r *http.Request) {
		http.Redirect(w, r, "http://"+elsewhere+"/new", http.StatusMovedPermanently)
	}))
	src := source(t, boardSource("workday"), host)
	replies, err := Ask(t.Context(), []*config.Source{src}, Env{Now: time.Now, Log: slog.New(slog.DiscardHandler)}, nil)
	if r := replies[0]; err != nil || r.State != ReplyMoved || !strings.Contains(r.Why, "nothing is posted") {
		t.Errorf("%s, %s, %v", r.State, r.Why, err)
	}
}

// TestAdviceAfterMove names the platform of the board that a source has moved to.
func TestAdviceAfterMove(t *testing.T) {
	const moved = "https://jobs.lever.co/acme"
	list := &config.Source{Kind: config.KindHTML}
	r := Reply{Source: list, State: ReplyMoved, Moved: moved}
	if got, want := r.Advice(), moved+" is a board on lever: probe it"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
	r = Reply{Source: &config.Source{Kind: config.KindATS, Platform: "lever", Account: "acme"}, State: ReplyMoved, Moved: moved}
	if got := r.Advice(); got != advice[ReplyMoved] {
		t.Errorf("%q", got)
	}
}

// TestAskStopped asks nobody any more once it is to stop.
func TestAskStopped(t *testing.T) {
	var server counted
	host := server.serve(t, noRobots(says(twoOfBoard)))
	ctx, stop := context.WithCancel(t.Context())
	stop()
	src := source(t, boardSource("greenhouse"), host)
	replies, err := Ask(ctx, []*config.Source{src}, Env{Now: time.Now, Log: slog.New(slog.DiscardHandler)}, nil)
	if err != nil || replies[0].State != ReplyStopped || replies[0].Good() || len(server.asked()) > 0 {
		t.Errorf("%+v, %v; %v", replies, err, server.asked())
	}
}

// TestAskWithoutContact asks nobody.
func TestAskWithoutContact(t *testing.T) {
	src := &config.Source{Name: "acme", Kind: config.KindFeed, URL: "https://jobs.example.org/feed"}
	if _, err := Ask(t.Context(), []*config.Source{src}, Env{Now: time.Now, Log: slog.New(slog.DiscardHandler)}, nil); err == nil {
		t.Error("asked without a contact")
	}
}
