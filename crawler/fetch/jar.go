package fetch

import (
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"sync"
)

// The most that is kept of cookies: how many of one answer, and the bytes of
// one cookie and of all together.
const (
	maxCookies     = 50
	maxCookie      = 4 << 10
	maxCookieBytes = 256 << 10
)

// jar keeps cookies. When a site has set very many it forgets all of them, as a
// newly opened browser does.
type jar struct {
	mu    sync.Mutex
	inner *cookiejar.Jar
	bytes int
}

// NewJar makes a jar of cookies that holds a bounded amount.
func NewJar() http.CookieJar { return &jar{inner: newInner()} }

func newInner() *cookiejar.Jar {
	inner, _ := cookiejar.New(nil) // it never gives an error
	return inner
}

// SetCookies takes the cookies of an answer.
func (j *jar) SetCookies(u *url.URL, cookies []*http.Cookie) {
	j.mu.Lock()
	defer j.mu.Unlock()
	var kept []*http.Cookie
	bytes := 0
	for _, c := range cookies[:min(len(cookies), maxCookies)] {
		if n := len(c.Raw); n <= maxCookie {
			kept = append(kept, c)
			bytes += n
		}
	}
	if j.bytes += bytes; j.bytes > maxCookieBytes {
		j.inner, j.bytes = newInner(), bytes
	}
	j.inner.SetCookies(u, kept)
}

// Cookies gives the cookies for a request.
func (j *jar) Cookies(u *url.URL) []*http.Cookie {
	j.mu.Lock()
	defer j.mu.Unlock()
	return j.inner.Cookies(u)
}
