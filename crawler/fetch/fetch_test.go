package fetch

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// TestRobots has a row for each rule of RFC 9309, §2.2.1 to §2.2.4 and §5.
func TestRobots(t *testing.T) {
	tests := []struct {
		name, robots, path string
		want               bool
	}{
		{"2.2.1 own group wins over *", "User-agent: *\nDisallow: /\nUser-agent: jobsieve\nDisallow: /x", "/y", true},
		{"2.2.1 own group wins wherever it stands", "User-agent: jobsieve\nAllow: /\nUser-agent: *\nDisallow: /", "/y", true},
		{"2.2.1 case does not matter", "User-Agent: JobSieve\nDisallow: /", "/y", false},
		{"2.2.1 token ends at the version", "User-agent: jobsieve/1.0\nDisallow: /", "/y", false},
		{"2.2.1 a longer token is another crawler", "User-agent: jobsieve-bot\nDisallow: /", "/y", true},
		{"2.2.1 groups of one crawler are one", "User-agent: jobsieve\nDisallow: /a\nUser-agent: other\nDisallow: /\nUser-agent: jobsieve\nDisallow: /b", "/b", false},
		{"2.2.1 several agents share a group", "User-agent: other\nUser-agent: jobsieve\nDisallow: /a", "/a", false},
		{"2.2.1 no group is meant", "User-agent: other\nDisallow: /", "/a", true},
		{"2.2.1 the * group", "User-agent: *\nDisallow: /a", "/a", false},
		{"2.2.1 rules before any agent say nothing", "Disallow: /\nUser-agent: *\nDisallow: /b", "/a", true},
		{"2.2.2 longest match wins", "User-agent: *\nDisallow: /a\nAllow: /a/b", "/a/b/c", true},
		{"2.2.2 longest match wins the other way", "User-agent: *\nAllow: /a\nDisallow: /a/b", "/a/b/c", false},
		{"2.2.2 allow wins a tie", "User-agent: *\nDisallow: /a\nAllow: /a", "/a", true},
		{"2.2.2 nothing matches", "User-agent: *\nDisallow: /a", "/b", true},
		{"2.2.2 empty disallow", "User-agent: *\nDisallow:", "/b", true},
		{"2.2.2 paths begin at the start", "User-agent: *\nDisallow: /a", "/x/a", true},
		{"2.2.2 case of paths matters", "User-agent: *\nDisallow: /A", "/a", true},
		{"2.2.2 octets are compared encoded", "User-agent: *\nDisallow: /foo/bar?baz=https://foo.bar", "/foo/bar?baz=https://foo.bar", false},
		{"2.2.2 UTF-8 is encoded", "User-agent: *\nDisallow: /foo/bar/ツ", "/foo/bar/%E3%83%84", false},
		{"2.2.2 encoded UTF-8", "User-agent: *\nDisallow: /foo/bar/%e3%83%84", "/foo/bar/%E3%83%84", false},
		{"2.2.2 unreserved is decoded", "User-agent: *\nDisallow: /foo/bar/%62%61%7A", "/foo/bar/baz", false},
		{"2.2.2 robots.txt itself is allowed", "User-agent: *\nDisallow: /", "/robots.txt", true},
		{"2.2.3 comments", "User-agent: * # all\nDisallow: /a # not this", "/a", false},
		{"2.2.3 $ is the end", "User-agent: *\nDisallow: /a$", "/ab", true},
		{"2.2.3 $ matches the end", "User-agent: *\nDisallow: /a$", "/a", false},
		{"2.2.3 * is anything", "User-agent: *\nDisallow: /*.gif", "/x/y.gif?z", false},
		{"2.2.3 * and $", "User-agent: *\nDisallow: /*.gif$", "/x/y.gif?z", true},
		{"2.2.3 several *", "User-agent: *\nDisallow: /a*b*c", "/axxbyyc", false},
		{"2.2.3 encoded * is no wildcard", "User-agent: *\nDisallow: /a%2Ab", "/axb", true},
		{"2.2.3 encoded $ is a dollar", "User-agent: *\nDisallow: /a%24", "/a$", false},
		{"2.2.4 other lines are left out", "Sitemap: http://x\nUser-agent: *\nFoo: bar\nDisallow: /a", "/a", false},
		{"2.2.4 a sitemap line ends no group", "User-agent: *\nDisallow: /a\nSitemap: http://x\nDisallow: /b", "/b", false},
		{"2.3 line ends of every kind", "User-agent: *\rDisallow: /a\r\nDisallow: /b", "/b", false},
		{"2.3 byte order mark", "\xef\xbb\xbfUser-agent: *\nDisallow: /a", "/a", false},
		{"2.3 spaces", "  User-agent :  *  \n  Disallow  :  /a  ", "/a", false},
		{"5.1 simple example, allowed", example, "/publications/", true},
		{"5.1 simple example, example.html", example, "/example/page.html", true},
		{"5.1 simple example, disallowed.gif", example, "/example/disallowed.gif", false},
		{"5.2 longest match", "User-agent: jobsieve\nAllow: /example/page/\nDisallow: /example/page/disallowed.gif", "/example/page/disallowed.gif", false},
	}
	for _, tt := range tests {
		if got := ParseRobots([]byte(tt.robots), Agent).Allowed(tt.path); got != tt.want {
			t.Errorf("%s: %q allowed %v, want %v", tt.name, tt.path, got, tt.want)
		}
	}
}

const example = "User-Agent: *\nDisallow: *.gif$\nDisallow: /example/\nAllow: /publications/\n\nUser-Agent: jobsieve\nAllow:/example/page.html\nAllow:/example/allowed.gif\nDisallow:/example/\n"

func TestRobotsDelayAndSitemaps(t *testing.T) {
	r := ParseRobots([]byte("Sitemap: http://a/1\nUser-agent: *\nCrawl-delay: 2.5\nSitemap: http://a/2"), Agent)
	if r.Delay != 2500*time.Millisecond || !cmp.Equal(r.Sitemaps, []string{"http://a/1", "http://a/2"}) {
		t.Errorf("%+v", r)
	}
}

func TestLongRobotsIsCut(t *testing.T) {
	body := "User-agent: *\nDisallow: /a\n" + strings.Repeat("# filler\n", 70000) + "Disallow: /b\n"
	r := ParseRobots([]byte(body), Agent)
	if r.Allowed("/a") || !r.Allowed("/b") {
		t.Error("the first 500 KiB count, what follows does not")
	}
}

func FuzzRobots(f *testing.F) {
	f.Add([]byte(example), "/example/page.html")
	f.Add([]byte("User-agent: *\nDisallow: /*%*$"), "/%2")
	f.Fuzz(func(_ *testing.T, body []byte, path string) {
		ParseRobots(body, Agent).Allowed(path)
	})
}

// clock is a clock that waiting sets forward.
type clock struct {
	now   time.Time
	waits []time.Duration
}

func (c *clock) sleep(_ context.Context, d time.Duration) error {
	c.now = c.now.Add(d)
	c.waits = append(c.waits, d)
	return nil
}

func newTest(t *testing.T, h http.HandlerFunc, change func(*Options)) (*Transport, *clock, string) {
	t.Helper()
	s := httptest.NewServer(h)
	t.Cleanup(s.Close)
	c := &clock{now: time.Date(2026, 3, 1, 0, 0, 0, 0, time.UTC)}
	opts := Options{
		Contact: "me@example.org", Version: "1", Delay: time.Second, Timeout: 5 * time.Second, MaxBytes: 1000, Private: []string{"127.0.0.1"},
		Retries: 3, Sleep: c.sleep, Now: func() time.Time { return c.now },
	}
	if newBook != nil {
		opts.Hosts = NewHosts(newBook(opts.Now))
	}
	if change != nil {
		change(&opts)
	}
	return New(opts), c, s.URL
}

func get(t *testing.T, tr *Transport, url string) (int, string, error) {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, url, nil)
	if err != nil {
		t.Fatal(err)
	}
	resp, err := tr.RoundTrip(req)
	if err != nil {
		return 0, "", err
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	if err != nil {
		t.Fatal(err)
	}
	return resp.StatusCode, string(body), nil
}

func TestPacingAndUserAgent(t *testing.T) {
	agents := map[string]bool{}
	tr, c, url := newTest(t, func(w http.ResponseWriter, r *http.Request) {
		agents[r.UserAgent()] = true
		if r.URL.Path == "/robots.txt" {
			fmt.Fprint(w, "User-agent: *\nCrawl-delay: 3\nDisallow: /no")
			return
		}
		fmt.Fprint(w, "hello")
	}, nil)
	for range 3 {
		if code, body, err := get(t, tr, url+"/yes"); code != 200 || body != "hello" || err != nil {
			t.Fatal(code, body, err)
		}
	}
	var denied *DeniedError
	if _, _, err := get(t, tr, url+"/no?x"); !errors.As(err, &denied) {
		t.Errorf("got %v", err)
	}
	if diff := cmp.Diff([]time.Duration{3 * time.Second, 3 * time.Second, 3 * time.Second}, c.waits); diff != "" {
		t.Error(diff)
	}
	if !agents["jobsieve/1 (+me@example.org)"] || len(agents) != 1 {
		t.Errorf("agents %v", agents)
	}
	if s := tr.Stats(); s.Requests != 4 || s.Waits != 3 || s.Waited != 9*time.Second {
		t.Errorf("stats %+v", s)
	}
}

func TestRetries(t *testing.T) {
	tests := []struct {
		name    string
		answers []int
		after   string
		code    int
		tries   int32
	}{
		{"a passing fault", []int{503, 200}, "", 200, 2},
		{"Retry-After", []int{429, 200}, "30", 200, 2},
		{"Retry-After far off", []int{429, 200}, "7200", 429, 1},
		{"a lasting fault", []int{500, 500, 500, 500, 500}, "", 500, 4},
		{"no retry", []int{403, 200}, "", 403, 1},
	}
	for _, tt := range tests {
		var n atomic.Int32
		tr, c, url := newTest(t, func(w http.ResponseWriter, r *http.Request) {
			if r.URL.Path == "/robots.txt" {
				http.NotFound(w, r)
				return
			}
			w.Header().Set("Retry-After", tt.after)
			w.WriteHeader(tt.answers[n.Add(1)-1])
		}, nil)
		code, _, err := get(t, tr, url+"/x")
		if code != tt.code || err != nil || n.Load() != tt.tries {
			t.Errorf("%s: %d after %d tries: %v", tt.name, code, n.Load(), err)
		}
		if tt.after == "30" && !cmp.Equal(c.waits[1], 30*time.Second) {
			t.Errorf("%s: waits %v", tt.name, c.waits)
		}
	}
}

func TestRobotsTxtThatCannotBeHad(t *testing.T) {
	for status, allowed := range map[int]bool{500: false, 503: false, 429: false, 404: true, 403: true, 401: true} {
		tr, _, url := newTest(t, func(w http.ResponseWriter, r *http.Request) {
			if r.URL.Path == "/robots.txt" {
				w.WriteHeader(status)
			}
		}, nil)
		_, _, err := get(t, tr, url+"/x")
		var denied *DeniedError
		if got := !errors.As(err, &denied); got != allowed {
			t.Errorf("robots.txt %d: allowed %v, want %v", status, got, allowed)
		}
	}
}

func TestRobotsTxtIsReadAgainAfterADay(t *testing.T) {
	reads := 0
	tr, c, url := newTest(t, func(_ http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/robots.txt" {
			reads++
		}
	}, nil)
	for _, wait := range []time.Duration{0, time.Hour, 24 * time.Hour} {
		c.now = c.now.Add(wait)
		if _, _, err := get(t, tr, url+"/x"); err != nil {
			t.Fatal(err)
		}
	}
	if reads != 2 {
		t.Errorf("robots.txt was read %d times, want 2", reads)
	}
}

func TestTooLarge(t *testing.T) {
	tr, _, url := newTest(t, func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path != "/robots.txt" {
			fmt.Fprint(w, strings.Repeat("x", 1001))
		}
	}, nil)
	if _, _, err := get(t, tr, url+"/x"); !errors.Is(err, ErrTooLarge) {
		t.Errorf("got %v", err)
	}
}

func TestPrivateAddressesAreRefused(t *testing.T) {
	tr, _, address := newTest(t, func(http.ResponseWriter, *http.Request) { t.Error("a private address was reached") }, func(o *Options) {
		o.Private, o.Retries = []string{"10.0.0.1"}, 0
	})
	port := address[strings.LastIndexByte(address, ':'):]
	for _, host := range []string{
		"127.0.0.1", "localhost", "LOCALHOST.", "0.0.0.0", "[::]", "[::1]", "[::ffff:127.0.0.1]", "[::ffff:7f00:1]",
		"[64:ff9b::7f00:1]", "127.1", "2130706433", "0x7f.0.0.1",
	} {
		if _, _, err := get(t, tr, "http://"+host+port+"/x"); err == nil {
			t.Errorf("%s was reached", host)
		}
	}
	if _, _, err := get(t, tr, address+"/x"); err == nil || !strings.Contains(err.Error(), "private address") {
		t.Errorf("got %v", err)
	}
}

// TestPrivateNamesAreOneInAllSpellings reaches a host that is allowed by name.
func TestPrivateNamesAreOneInAllSpellings(t *testing.T) {
	for _, name := range []string{"localhost", "LocalHost", "localhost."} {
		tr, _, address := newTest(t, func(http.ResponseWriter, *http.Request) {}, func(o *Options) { o.Private = []string{name} })
		port := address[strings.LastIndexByte(address, ':'):]
		if code, _, err := get(t, tr, "http://LOCALHOST"+port+"/x"); code != 200 || err != nil {
			t.Errorf("%s: %d %v", name, code, err)
		}
	}
}
