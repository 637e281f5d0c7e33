package fetch

import (
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// web answers requests without a network.
type web func(*http.Request) *http.Response

func (f web) RoundTrip(r *http.Request) (*http.Response, error) {
	resp := f(r)
	if resp == nil {
		return nil, errors.New("connection refused")
	}
	resp.Request = r
	return resp, nil
}

// answer makes an answer; headers are names and values in turn.
func answer(status int, body string, headers ...string) *http.Response {
	resp := &http.Response{StatusCode: status, Header: http.Header{"Content-Type": {"text/plain"}},
		Body: newBody([]byte(body))}
	for i := 0; i < len(headers); i += 2 {
		resp.Header.Set(headers[i], headers[i+1])
	}
	return resp
}

// onWeb makes a transport whose requests are answered by f.
func onWeb(f web, change func(*Options)) (*Transport, *clock) {
	c := &clock{now: time.Date(2026, 3, 1, 0, 0, 0, 0, time.UTC)}
	opts := Options{Delay: time.Second,
		Timeout: time.Minute, MaxBytes: 10_000, Retries: 3, Sleep: c.sleep, Now: func() time.Time { return c.now }}
	if newBook != nil {
		opts.Hosts = NewHosts(newBook(opts.Now))
	}
	if change != nil {
		change(&opts)
	}
	tr := New(opts)
	tr.base = f
	return tr, c
}

func TestHostKey(t *testing.T) {
	for address, want := range map[string]string{
		"https://jobs.example.org/x":       "jobs.example.org",
		"https://JOBS.Example.org":         "jobs.example.org",
		"https://jobs.example.org.":        "jobs.example.org",
		"https://jobs.example.org.:443":    "jobs.example.org",
		"https://jobs.example.org:0443":    "jobs.example.org",
		"https://jobs.example.org:":        "jobs.example.org",
		"http://jobs.example.org:80":       "jobs.example.org",
		"http://jobs.example.org:443":      "jobs.example.org:443",
		"https://jobs.example.org:8443":    "jobs.example.org:8443",
		"https://Bücher.example":           "xn--bcher-kva.example",
		"https://XN--BCHER-KVA.example":    "xn--bcher-kva.example",
		"https://नौकरी.example":            "xn--11b1bza8dvc.example",
		"https://ｊobs。example。":            "jobs.example",
		"https://under_score.example":      "under_score.example",
		"https://127.0.0.1:8080":           "127.0.0.1:8080",
		"https://[::1]":                    "::1",
		"https://[0:0:0:0:0:0:0:1]:443":    "::1",
		"https://[::ffff:127.0.0.1]:8080/": "127.0.0.1:8080",
		"https://user:pw@jobs.example.org": "jobs.example.org",
	} {
		u, err := url.Parse(address)
		if err != nil {
			t.Fatal(err)
		}
		if got := HostKey(u); got != want {
			t.Errorf("%s: %s, want %s", address, got, want)
		}
	}
}

// A host whose name none can have is not asked, nor looked up.
func TestHostTooLong(t *testing.T) {
	tr, _, _ := newTest(t, func(http.ResponseWriter, *http.Request) { t.Error("asked") }, nil)
	_, _, err := get(t, tr, "https://"+strings.Repeat("जॉब.", 40)+"example/")
	if err == nil || !strings.Contains(err.Error(), "bytes, and none has more than 253: correct the address") {
		t.Error(err)
	}
}

func TestIsPrivate(t *testing.T) {
	for name, want := range map[string]bool{
		"localhost": true, "LocalHost.": true, "127.0.0.1": true, "10.1.2.3": true, "[::1]": true, "::ffff:10.0.0.1": true,
		"example.org": false, "8.8.8.8": false, "localhost.example.org": false, "": false,
	} {
		if got := IsPrivate(name); got != want {
			t.Errorf("%s: %v", name, got)
		}
	}
}

// TestSpellingsOfAHostArePacedTogether asks one host under many names: its
// robots.txt is read once, and each request waits for its turn.
func TestSpellingsOfAHostArePacedTogether(t *testing.T) {
	robots := 0
	tr, c := onWeb(func(r *http.Request) *http.Response {
		if r.URL.Path == robotsPath {
			robots++
			return answer(200, "User-agent: *\nDisallow: /no")
		}
		return answer(200, "hello")
	}, nil)
	hosts := []string{"jobs.example.org", "JOBS.example.org", "jobs.example.org.", "jobs.example.org:443", "Jobs.Example.Org.:443"}
	for _, host := range hosts {
		if code, _, err := get(t, tr, "https://"+host+"/yes"); code != 200 || err != nil {
			t.Fatal(code, err)
		}
		var denied *DeniedError
		if _, _, err := get(t, tr, "https://"+host+"/no"); !errors.As(err, &denied) {
			t.Errorf("%s: %v", host, err)
		}
	}
	if robots != 1 || len(c.waits) != len(hosts) || len(tr.Stats().Robots) != 1 {
		t.Errorf("robots.txt was read %d times; waits %v; %v", robots, c.waits, tr.Stats().Robots)
	}
}

// TestSchemesHaveTheirOwnRobots reads the robots.txt of http and of https.
func TestSchemesHaveTheirOwnRobots(t *testing.T) {
	tr, _ := onWeb(func(r *http.Request) *http.Response {
		if r.URL.Path == robotsPath && r.URL.Scheme == "https" {
			return answer(200, "User-agent: *\nDisallow: /")
		}
		return answer(200, "")
	}, nil)
	var denied *DeniedError
	if code, _, err := get(t, tr, "http://h.example/"); code != 200 || err != nil {
		t.Error(code, err)
	}
	if _, _, err := get(t, tr, "https://h.example/"); !errors.As(err, &denied) {
		t.Error(err)
	}
}

// TestRulesHoldForWhatIsAsked sees addresses without a path, and with an empty
// query, as servers do.
func TestRulesHoldForWhatIsAsked(t *testing.T) {
	tr, _ := onWeb(func(r *http.Request) *http.Response {
		return answer(200, map[string]string{"a.example": "User-agent: *\nDisallow: /", "b.example": "User-agent: *\nDisallow: /*?"}[r.URL.Host])
	}, nil)
	for address, want := range map[string]bool{"http://a.example": false, "http://a.example?x=1": false, "http://b.example/x?": false,
		"http://b.example/x": true} {
		_, _, err := get(t, tr, address)
		if got := err == nil; got != want {
			t.Errorf("%s: %v", address, err)
		}
	}
}

// TestFailedRobotsAreAskedForAgain believes a robots.txt that could not be fetched
// for minutes, growing to an hour.
func TestFailedRobotsAreAskedForAgain(t *testing.T) {
	for name, fault := range map[string]*http.Response{"503": answer(503, ""), "429": answer(429, ""), "no connection": nil} {
		asked, well := 0, false
		tr, c := onWeb(func(r *http.Request) *http.Response {
			if r.URL.Path == robotsPath {
				asked++
				if !well {
					if fault == nil {
						return nil
					}
					return answer(fault.StatusCode, "")
				}
			}
			return answer(200, "")
		}, func(o *Options) { o.Retries = 0 })
		get(t, tr, "https://h.example/")
		var gaps []time.Duration
		last := c.now
		for len(gaps) < 6 {
			before := asked
			c.now = c.now.Add(time.Minute)
			if _, _, err := get(t, tr, "https://h.example/"); err == nil {
				t.Fatalf("%s: was fetched", name)
			}
			if asked > before {
				gaps = append(gaps, c.now.Sub(last).Round(time.Minute))
				last = c.now
			}
		}
		want := []time.Duration{5 * time.Minute, 10 * time.Minute, 20 * time.Minute, 40 * time.Minute, time.Hour, time.Hour}
		if diff := cmp.Diff(want, gaps); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
		well = true
		c.now = c.now.Add(time.Hour)
		if code, _, err := get(t, tr, "https://h.example/"); code != 200 || err != nil {
			t.Errorf("%s: when it is well again: %d %v", name, code, err)
		}
		before := asked
		c.now = c.now.Add(23 * time.Hour)
		if get(t, tr, "https://h.example/"); asked != before {
			t.Errorf("%s: one that was had is asked for again within a day", name)
		}
	}
}

// TestRobotsRedirects follows redirects of a robots.txt, to other hosts too.
func TestRobotsRedirects(t *testing.T) {
	for _, tt := range []struct {
		name, to string // of hop 0 to 9; %d is the next
		end      int    // the hop that answers the file
		allowed  bool
	}{
		{"one", "/hop%d", 1, false},
		{"five", "/hop%d", 5, false},
		{"six: there is none", "/hop%d", 6, true},
		{"another host", "https://other.example/hop%d", 2, false},
		{"a relative one", "hop%d", 1, false},
		{"to a file", "file:///etc/passwd", 1, true},
		{"to nowhere", "", 1, true},
	} {
		hop := 0
		tr, _ := onWeb(func(r *http.Request) *http.Response {
			switch {
			case r.URL.Path == "/page":
				return answer(200, "")
			case r.URL.Path != robotsPath && r.URL.Path != fmt.Sprintf("/hop%d", hop):
				t.Errorf("%s: asked for %s", tt.name, r.URL)
			case hop == tt.end:
				return answer(200, "User-agent: *\nDisallow: /page")
			}
			hop++
			to := tt.to
			if strings.Contains(to, "%d") {
				to = fmt.Sprintf(to, hop)
			}
			return answer(302, "", "Location", to)
		}, nil)
		_, _, err := get(t, tr, "https://h.example/page")
		if got := err == nil; got != tt.allowed {
			t.Errorf("%s: %v", tt.name, err)
		}
	}
}

// TestLongRobotsAreReadUpTo500KiB whatever they come in, and whatever pages may
// be long.
func TestLongRobotsAreReadUpTo500KiB(t *testing.T) {
	text := []byte("User-agent: *\nDisallow: /a\n" + strings.Repeat("# filler\n", 50_000) + "Disallow: /b\n" + strings.Repeat("# more\n",
		20_000) + "Disallow: /c\n")
	for _, way := range []string{"", "gzip", "br", "zstd", "deflate"} {
		tr, _ := onWeb(func(r *http.Request) *http.Response {
			if r.URL.Path == robotsPath && way == "" {
				return answer(200, string(text))
			}
			if r.URL.Path == robotsPath {
				return answer(200, string(pack(t, text, way)), "Content-Encoding", way)
			}
			return answer(200, "")
		}, nil)
		for path, want := range map[string]bool{"/a": false, "/b": false, "/c": true, "/d": true} {
			if _, _, err := get(t, tr, "https://h.example"+path); (err == nil) != want {
				t.Errorf("%q, %s: %v", way, path, err)
			}
		}
	}
}

// TestHostsAreForgotten keeps what is known of hosts bounded, in number and in
// rules; those in use are never forgotten.
func TestHostsAreForgotten(t *testing.T) {
	for name, tt := range map[string]struct {
		robots string
		hosts  int
	}{
		"many hosts": {"", maxHosts + 100},
		"many rules": {"User-agent: *\n" + strings.Repeat("Disallow: /x\n", 10_000), 50},
	} {
		tr, c := onWeb(func(r *http.Request) *http.Response {
			if r.URL.Path == robotsPath {
				return answer(200, tt.robots)
			}
			return answer(200, "")
		}, nil)
		hosts := tr.opts.Hosts
		held := hosts.use("busy.example", c.now)
		for i := range tt.hosts {
			c.now = c.now.Add(time.Second)
			if _, _, err := get(t, tr, fmt.Sprintf("https://h%d.example/", i)); err != nil {
				t.Fatal(err)
			}
		}
		if len(hosts.known) > maxHosts || hosts.rules > maxRules || hosts.known["busy.example"] != held || hosts.known[fmt.Sprintf("h%d.example",
			tt.hosts-1)] == nil {
			t.Errorf("%s: %d hosts with %d rules", name, len(hosts.known), hosts.rules)
		}
		if n := len(tr.Stats().Robots); n > maxHosts {
			t.Errorf("%s: %d hosts in the stats", name, n)
		}
		rules := 0
		for _, h := range hosts.known {
			rules += h.rules
		}
		if rules != hosts.rules {
			t.Errorf("%s: %d rules, counted as %d", name, rules, hosts.rules)
		}
	}
}

func TestJarIsBounded(t *testing.T) {
	jar := NewJar().(*jar)
	u := &url.URL{Scheme: "https", Host: "h.example", Path: "/"}
	for i := range 1000 {
		var cookies []*http.Cookie
		for k := range 100 {
			raw := fmt.Sprintf("n%d-%d=%s", i, k, strings.Repeat("x", 100))
			name, value, _ := strings.Cut(raw, "=")
			cookies = append(cookies, &http.Cookie{Name: name, Value: value, Raw: raw})
		}
		jar.SetCookies(u, cookies)
	}
	if n := len(jar.Cookies(u)); n == 0 || n > maxCookieBytes/100 || jar.bytes > maxCookieBytes {
		t.Errorf("%d cookies, %d bytes", n, jar.bytes)
	}
	jar.SetCookies(u, []*http.Cookie{{Name: "session", Value: "1", Raw: "session=1"}, {Name: "long",
		Value: strings.Repeat("x", maxCookie), Raw: "long=" + strings.Repeat("x", maxCookie)}})
	if got := jar.Cookies(u); got[len(got)-1].Name != "session" {
		t.Errorf("the last is %v", got[len(got)-1])
	}
}
