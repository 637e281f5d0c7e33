package guard

import (
	"encoding/json"
	"fmt"
	"log/slog"
	"net/http"
	"runtime"
	"runtime/debug"
	"strings"
	"time"
)

// policy is what browsers may do with answers: nothing but what this host gives, and
// nothing that stands in a page itself.
const policy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; " +
	"form-action 'self'; base-uri 'none'; frame-ancestors 'none'"

// headers sets those of every answer, as it begins: whatever its handler has set or cleared
// meanwhile. What caches may keep is the handler's to say.
func (g *Guard) headers(h http.Header) {
	h.Set("Content-Security-Policy", policy)
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Referrer-Policy", "no-referrer")
	h.Set("Cross-Origin-Resource-Policy", "same-origin")
	h.Set("Cross-Origin-Opener-Policy", "same-origin")
	h.Set("Permissions-Policy", "camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()")
	if g.web.Asks() && h.Get("Cache-Control") == "" {
		h.Set("Cache-Control", "private, no-cache")
	}
}

// problem says what is wrong with a request (RFC 9457).
type problem struct {
	Title  string `json:"title"`
	Status int    `json:"status"`
	Detail string `json:"detail"`
}

// refuse answers with a problem.
func refuse(w http.ResponseWriter, status int, detail string) {
	body, err := json.Marshal(problem{http.StatusText(status), status, detail})
	if err != nil {
		body = nil // texts always have a form in JSON
	}
	for _, of := range []string{"Content-Length", "Content-Encoding", "Content-Disposition", "Etag", "Last-Modified"} {
		w.Header().Del(of)
	}
	w.Header().Set("Content-Type", "application/problem+json")
	w.Header().Set("Cache-Control", "no-store")
	w.WriteHeader(status)
	_, _ = w.Write(append(body, '\n'))
}

// answer is what is written to a client, which must read it in time.
type answer struct {
	http.ResponseWriter
	guard  *Guard
	status int
	// late reports that the question's time is over; replaced, that the handler's answer
	// was replaced by one that says so.
	late     func() bool
	replaced bool
	extended time.Time
}

// Unwrap is for http.ResponseController.
func (a *answer) Unwrap() http.ResponseWriter { return a.ResponseWriter }

// allow gives the client's reading so much time, and that of a write, from now on.
func (a *answer) allow(more time.Duration) { allow(a.ResponseWriter, more+a.guard.times.write) }

func allow(w http.ResponseWriter, d time.Duration) {
	_ = http.NewResponseController(w).SetWriteDeadline(time.Now().Add(d)) // a recorder of a test has none
}

// WriteHeader begins the answer. Where the time is over, the answer says so instead.
func (a *answer) WriteHeader(status int) {
	if a.replaced {
		return
	}
	if status < http.StatusOK || a.status != 0 {
		a.ResponseWriter.WriteHeader(status)
		return
	}
	if a.late() {
		a.tooLate()
		return
	}
	a.status = status
	a.guard.headers(a.Header())
	a.ResponseWriter.WriteHeader(status)
}

// tooLate answers that the question's time is over.
func (a *answer) tooLate() {
	const status = http.StatusGatewayTimeout
	a.status, a.replaced = status, true
	a.guard.headers(a.Header())
	refuse(a.ResponseWriter, status, "The question took too long and was ended: ask for less, such as a shorter time "+
		"or one city.")
}

// Write writes some of the answer. A client that does not read it in time is dropped.
func (a *answer) Write(p []byte) (int, error) {
	if a.status == 0 {
		a.WriteHeader(http.StatusOK)
	}
	if a.replaced {
		return len(p), nil
	}
	a.extend()
	return a.ResponseWriter.Write(p)
}

// extend gives the reader time for what comes, where the time it has was given a while ago.
func (a *answer) extend() {
	if now := time.Now(); now.Sub(a.extended) > a.guard.times.write/4 {
		a.extended = now
		a.allow(0)
	}
}

// Flush sends what was written.
func (a *answer) Flush() {
	if a.replaced {
		return
	}
	if a.status == 0 {
		a.WriteHeader(http.StatusOK)
	}
	a.extend()
	_ = http.NewResponseController(a.ResponseWriter).Flush() // the next write says that the client is gone
}

// record logs a request: nothing of what was asked is in it, and no token.
func (g *Guard) record(v *visit, a *answer, r *http.Request, begun time.Time) {
	level := slog.LevelInfo
	if r.URL.Path == health && a.status == http.StatusOK {
		level = slog.LevelDebug
	}
	_, route, found := strings.Cut(r.Pattern, " ")
	if !found {
		route = r.Pattern
	}
	g.log.Log(r.Context(), level, "request", "method", method(r), "route", route, "status", a.status,
		"ms", g.now().Sub(begun).Milliseconds(), "client", v.client.key)
}

// method gives the method of a request as a log may show it.
func method(r *http.Request) string {
	switch r.Method {
	case http.MethodGet, http.MethodHead, http.MethodPost:
		return r.Method
	}
	return "other"
}

// panicked logs that a handler did. What it said may hold what was asked, unless the
// language itself said it.
func (g *Guard) panicked(r *http.Request, failure any) {
	what := fmt.Sprintf("%T", failure)
	if err, ok := failure.(runtime.Error); ok {
		what = err.Error()
	}
	g.log.Error("a handler panicked", "route", r.Pattern, "panic", what, "stack", string(debug.Stack()))
}
