// Package guard stands before the daemon's handlers: it lets in whom the configuration
// knows, says what browsers may do with an answer, bounds what one client may ask and how
// long a question and its answer may take, and logs each request with nothing of what was
// asked.
//
// A request meets, in this order: the names that browsers may call the daemon by, the
// methods that pass, the proxies that are believed, who asks, how often they asked, where
// the request comes from; then its handler, which has a deadline. /healthz is open to all
// who call the daemon by a name of its own. Where handlers are mounted, Costs, Heavy and
// HeavyWith say what their requests cost; others are free.
package guard

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"net/netip"
	"strings"
	"time"

	"jobsieve/config"
)

// times are how long things may take.
type times struct {
	question time.Duration // a request, until its answer is whole
	heavy    time.Duration // one that is Heavy
	queue    time.Duration // how long one may wait for its turn
	write    time.Duration // how long a reader may take for what is written at once
}

// usual are the times of a daemon.
var usual = times{question: 10 * time.Second, heavy: 5 * time.Minute, queue: 5 * time.Second, write: 20 * time.Second}

// mostBody is the most bytes of a request's body.
const mostBody = 64 << 10

// health is the path that is open to all.
const health = "/healthz"

// Guard stands before the handlers of one server.
type Guard struct {
	log     *slog.Logger
	web     config.Web
	proxies []netip.Prefix
	// host is the host that is listened on; alone says that this machine alone reaches it.
	host        string
	alone       bool
	tokens      *tokens      // nil where nobody has any
	certificate *certificate // nil without TLS
	clients     *clients
	heavy       *queue
	light       *queue // of other requests
	origins     *http.CrossOriginProtection
	times       times
	now         func() time.Time
}

// New makes the guard that a configuration asks for, and reads the files that it names.
// Its error names the key.
func New(c *config.Config, log *slog.Logger) (*Guard, error) {
	if err := c.MayListen(); err != nil {
		return nil, err
	}
	proxies, err := c.Web.Prefixes()
	if err != nil {
		return nil, err
	}
	host, _, err := net.SplitHostPort(c.Listen)
	if err != nil {
		return nil, fmt.Errorf("listen: expected host:port, got %q", c.Listen)
	}
	g := &Guard{
		log: log, web: c.Web, proxies: proxies, host: host, alone: config.Loopback(c.Listen),
		clients: newClients(mostClients, c.Web.Requests, c.Web.Cost), heavy: newQueue(mostHeavy(), mostWaiting),
		light:   newQueue(mostLight, mostInLine),
		origins: http.NewCrossOriginProtection(), times: usual, now: time.Now,
	}
	if c.Web.TokensFile != "" {
		if g.tokens, err = openTokens(c.Web.TokensFile, log); err != nil {
			return nil, fmt.Errorf("web.tokens_file: %w", err)
		}
	}
	if c.Web.CertFile != "" {
		if g.certificate, err = openCertificate(c.Web.CertFile, c.Web.KeyFile, log); err != nil {
			return nil, fmt.Errorf("web.cert_file and web.key_file: %w", err)
		}
	}
	return g, nil
}

// Serve answers on a listener with a server, behind the guard, with TLS where there is a
// certificate. Its error is http.ErrServerClosed where the server was shut down.
func (g *Guard) Serve(s *http.Server, l net.Listener) error {
	s.Handler = g.Around(s.Handler)
	s.ErrorLog = slog.NewLogLogger(g.log.Handler(), slog.LevelDebug)
	if g.certificate == nil {
		return s.Serve(l)
	}
	s.TLSConfig = &tls.Config{MinVersion: tls.VersionTLS12, GetCertificate: g.certificate.get}
	return s.ServeTLS(l, "", "")
}

// visit is one request at the guard.
type visit struct {
	guard  *Guard
	client *client
	name   string // of who asks; empty where nobody is asked who they are
	// timer ends the question.
	timer *time.Timer
}

type visitKey struct{}

// visitOf gives the visit of a request; nil where no guard stands before the handler.
func visitOf(r *http.Request) *visit {
	v, _ := r.Context().Value(visitKey{}).(*visit)
	return v
}

// Around gives a handler that lets pass what may reach the next one.
func (g *Guard) Around(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		begun := g.now()
		ctx, cancel := context.WithCancelCause(r.Context())
		defer cancel(nil)
		v := &visit{guard: g}
		v.timer = time.AfterFunc(g.times.question, func() { cancel(context.DeadlineExceeded) })
		defer v.timer.Stop()
		r = r.WithContext(context.WithValue(ctx, visitKey{}, v))
		late := func() bool { return errors.Is(context.Cause(ctx), context.DeadlineExceeded) }
		a := &answer{ResponseWriter: w, guard: g, late: late}
		a.allow(g.times.question)
		r.Body = http.MaxBytesReader(w, r.Body, mostBody)
		defer func() {
			failure := recover()
			defer g.record(v, a, r, begun)
			g.end(a, r, failure)
		}()
		if g.admit(a, r, v) {
			next.ServeHTTP(a, r)
		}
	})
}

// end completes an answer, whose handler may have panicked. An answer that is not whole
// breaks off, so that its reader does not take it for whole.
func (g *Guard) end(a *answer, r *http.Request, failure any) {
	begun := a.status != 0
	err, _ := failure.(error)
	switch {
	case failure == nil && !a.late():
		if !begun {
			a.WriteHeader(http.StatusOK) // as net/http says for a handler that says nothing
		}
		a.allow(0)
		return
	case failure == nil && !begun:
		a.tooLate()
		return
	case failure == nil && a.replaced:
		return
	case failure != nil && !errors.Is(err, http.ErrAbortHandler):
		g.panicked(r, failure)
		if !begun {
			refuse(a, http.StatusInternalServerError, "Something went wrong here; the daemon's log says what.")
			return
		}
	}
	panic(http.ErrAbortHandler)
}

// admit reports whether a request may reach its handler; otherwise it has answered.
func (g *Guard) admit(w http.ResponseWriter, r *http.Request, v *visit) bool {
	from := g.from(r)
	v.client = g.clients.of(from.key())
	if !g.known(r) {
		refuse(w, http.StatusMisdirectedRequest, "This daemon is not called "+shownHost(r.Host)+
			". Whoever runs it may name it so, under web.hosts in the configuration.")
		return false
	}
	if !mayPass(r) {
		w.Header().Set("Allow", "GET, HEAD")
		refuse(w, http.StatusMethodNotAllowed, "Postings can be read here, and not changed: expected GET or HEAD.")
		return false
	}
	if r.URL.Path == health {
		return true
	}
	if g.certificate == nil && !g.alone && !from.believed && !from.peer.IsLoopback() {
		refuse(w, http.StatusForbidden, "Expected a request through the proxy in front, which has TLS.")
		return false
	}
	return g.letIn(w, r, v, from)
}

// letIn reports whether whoever asks may, and not too often; otherwise it has answered.
func (g *Guard) letIn(w http.ResponseWriter, r *http.Request, v *visit, from *sender) bool {
	wait := g.identify(w, r, v, from)
	if wait == 0 {
		wait = take(v.client.requests, g.now(), 1)
	}
	if wait > 0 {
		tooMany(w, wait)
		return false
	}
	if err := g.origins.Check(r); err != nil {
		refuse(w, http.StatusForbidden, "The request was sent by a page of another site.")
		return false
	}
	if g.tokens != nil && (r.URL.Path == loginPath || r.URL.Path == logoutPath) {
		g.login(w, r, v)
		return false
	}
	if v.name == "" && g.web.Asks() {
		g.ask(w, r)
		return false
	}
	return true
}

// mayPass reports a method that a path takes: what changes saved searches, and signs in
// or out, may be sent with POST.
func mayPass(r *http.Request) bool {
	switch r.Method {
	case http.MethodGet, http.MethodHead:
		return true
	case http.MethodPost:
		path := r.URL.Path
		return path == loginPath || path == logoutPath || path == savedPath || strings.HasPrefix(path, savedPath+"/")
	}
	return false
}

// savedPath is where saved searches are.
const savedPath = "/saved"
