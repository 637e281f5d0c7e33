package fetch

import (
	"context"
	"errors"
	"net/http"
	"strings"
	"testing"
	"time"
)

func TestRetryAfter(t *testing.T) {
	now := time.Date(2026, 3, 1, 0, 0, 0, 0, time.UTC)
	const none = -1
	for in, want := range map[string]time.Duration{
		"120": 2 * time.Minute, " 120 ": 2 * time.Minute, "0": 0, "1.5": 1500 * time.Millisecond, "90s": 90 * time.Second,
		"10000000000": longest, "99999999999999999999999": longest, "1e400": longest, "inf": longest,
		"-5": none, "soon": none, "": none, "12 apples": none,
		"Sun, 01 Mar 2026 00:01:00 GMT":  time.Minute,
		"Sunday, 01-Mar-26 00:01:00 GMT": time.Minute,
		"Sun Mar  1 00:01:00 2026":       time.Minute,
		"Sun, 01 Mar 2020 00:01:00 GMT":  0,
		"Fri, 31 Dec 9999 23:59:59 GMT":  longest,
	} {
		got, ok := RetryAfter(in, now)
		if ok != (want != none) || ok && got != want {
			t.Errorf("RetryAfter(%q) = %v %v, want %v", in, got, ok, want)
		}
	}
}

// refusing answers robots.txt and then once with a Retry-After.
func refusing(status int, after string, asked *int) web {
	return func(r *http.Request) *http.Response {
		if r.URL.Path == robotsPath {
			return answer(404, "")
		}
		if *asked++; *asked == 1 {
			return answer(status, "", "Retry-After", after)
		}
		return answer(200, "")
	}
}

// TestRetryAfterIsKept gives a host the time that it asks for, or asks it for
// nothing more.
func TestRetryAfterIsKept(t *testing.T) {
	for _, tt := range []struct {
		name, after string
		status      int
		least       time.Duration // waited before the next try
		ends        bool
	}{
		{"seconds", "30", 503, 30 * time.Second, false},
		{"a date", "Sun, 01 Mar 2026 00:01:00 GMT", 429, 50 * time.Second, false},
		{"a date in the past", "Sun, 01 Mar 2020 00:00:00 GMT", 503, time.Second, false},
		{"no time", "0", 429, time.Second, false},
		{"less than no time", "-100", 503, time.Second, false},
		{"no number", "soon", 503, time.Second, false},
		{"an hour", "3600", 503, 0, true},
		{"an hour, from one who forbids", "3600", 403, 0, true},
		{"more than a duration holds", "10000000000", 503, 0, true},
		{"more than a number holds", strings.Repeat("9", 400), 429, 0, true},
		{"a date at the end of time", "Fri, 31 Dec 9999 23:59:59 GMT", 503, 0, true},
	} {
		asked := 0
		tr, c := onWeb(refusing(tt.status, tt.after, &asked), nil)
		code, _, err := get(t, tr, "https://h.example/1")
		var down *DownError
		if !tt.ends {
			if code != 200 || err != nil || len(c.waits) != 2 || c.waits[1] < tt.least || c.waits[1] > MaxWait {
				t.Errorf("%s: %d %v, waits %v", tt.name, code, err, c.waits)
			}
			continue
		}
		if code != tt.status || err != nil {
			t.Errorf("%s: %d %v", tt.name, code, err)
		}
		if _, _, err := get(t, tr, "https://h.example/2"); !errors.As(err,
			&down) || asked != 1 || !strings.Contains(err.Error(), "asks to be left alone for") {
			t.Errorf("%s: the next page: asked %d times, %v", tt.name, asked, err)
		}
		c.now = c.now.Add(maxRest)
		if code, _, err := get(t, tr, "https://h.example/2"); code != 200 || err != nil {
			t.Errorf("%s: after its rest: %d %v", tt.name, code, err)
		}
	}
}

// TestTheLastRetryAfterIsKept waits before the next page, too, where the tries
// for one are over.
func TestTheLastRetryAfterIsKept(t *testing.T) {
	tr, c := onWeb(func(r *http.Request) *http.Response {
		if r.URL.Path == "/1" {
			return answer(503, "", "Retry-After", "60")
		}
		return answer(200, "")
	}, func(o *Options) { o.Retries = 0 })
	get(t, tr, "https://h.example/1")
	get(t, tr, "https://h.example/2")
	if last := c.waits[len(c.waits)-1]; last != time.Minute {
		t.Errorf("waits %v", c.waits)
	}
}

// TestDelaysThatAreTooLong asks for nothing more where a site wants longer
// between requests than the crawl may last.
func TestDelaysThatAreTooLong(t *testing.T) {
	for value, want := range map[string]string{
		"600": "", "7200": "wants 2h0m0s between requests", "1000000": "wants 277h46m40s", "1e300": "wants 8760h0m0s", "inf": "wants 8760h0m0s",
		"NaN": "wants 8760h0m0s",
	} {
		pages := 0
		tr, c := onWeb(func(r *http.Request) *http.Response {
			if r.URL.Path == robotsPath {
				return answer(200, "User-agent: *\nCrawl-delay: "+value)
			}
			pages++
			return answer(200, "")
		}, nil)
		_, _, err := get(t, tr, "https://h.example/1")
		var down *DownError
		switch {
		case want == "" && (err != nil || len(c.waits) != 1 || c.waits[0] != 10*time.Minute):
			t.Errorf("%s: %v, waits %v", value, err, c.waits)
		case want != "" && (!errors.As(err, &down) || pages != 0 || len(c.waits) > 0 || !strings.Contains(err.Error(), want)):
			t.Errorf("%s: %v, %d pages, waits %v", value, err, pages, c.waits)
		}
	}
	// A crawl that must end in a minute does not begin to wait for ten.
	stop, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	tr, c := onWeb(func(*http.Request) *http.Response { return answer(200, "User-agent: *\nCrawl-delay: 600") },
		func(o *Options) { o.Stop = stop })
	if _, _, err := get(t, tr, "https://h.example/1"); err == nil || !strings.Contains(err.Error(), "longer than this crawl may last (1m0s)") || len(c.waits) > 0 {
		t.Errorf("%v, waits %v", err, c.waits)
	}
}

// TestWaitingForATurnEnds with the crawl, though another holds the turn.
func TestWaitingForATurnEnds(t *testing.T) {
	stop, cancel := context.WithCancel(t.Context())
	tr, c := onWeb(func(*http.Request) *http.Response { return answer(200, "") }, func(o *Options) { o.Stop = stop })
	held := tr.opts.Hosts.use("h.example", c.now)
	held.turn <- struct{}{}
	cancel()
	if _, _, err := get(t, tr, "https://h.example/1"); !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
}
