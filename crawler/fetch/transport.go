// Package fetch is the crawler's way to the web: an http.RoundTripper that is
// polite and safe without being asked.
//
// Requests enter; answers leave, or errors that say why a page was not
// fetched. Every request, redirects too, is checked against robots.txt, waits
// its host's turn, is tried again as the server asks, and is cut off at its
// limits of time and size. Connections to private addresses are refused unless
// they are allowed by name.
package fetch

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"net"
	"net/http"
	"slices"
	"sync"
	"time"

	"code.dny.dev/ssrf"
)

// Agent is the product token under which robots.txt addresses this crawler.
const Agent = "jobsieve"

// Options say how to fetch.
type Options struct {
	// Contact is part of the User-Agent.
	Contact string
	// Version is that of the program, for the User-Agent.
	Version string
	// Delay is the least time between two requests to a host; where it is not
	// 0, a host that takes longer to answer is given that long.
	Delay time.Duration
	// Timeout is the longest that one try may take, body included.
	Timeout time.Duration
	// MaxBytes is the most bytes of a body, before and after decompression.
	MaxBytes int64
	// Private names hosts on private addresses that may be fetched.
	Private []string
	// Retries is how often a request is tried again.
	Retries int
	// Hosts is what is known of hosts, shared with other transports; with nil this
	// one shares it with none.
	Hosts *Hosts
	// Stop ends waits when it is done, but not requests that are under way;
	// nil never does.
	Stop context.Context
	// Sleep waits; nil is a real wait that ends with its context.
	Sleep func(context.Context, time.Duration) error
	// Now is the clock; nil is time.Now.
	Now func() time.Time
}

// Stats count what a transport did.
type Stats struct {
	Requests int
	Bytes    int64
	Waits    int
	Waited   time.Duration
	Statuses map[int]int
	// Robots are the robots.txt that were read, by host.
	Robots map[string]*Robots
}

// Transport fetches. It may be used by several goroutines; each host is asked
// one request at a time.
type Transport struct {
	opts      Options
	base      http.RoundTripper
	userAgent string

	patience time.Duration // the longest that a request waits for its turn

	mu    sync.Mutex
	stats Stats
}

// DeniedError says that a page was not fetched because the site does not want
// it.
type DeniedError struct {
	URL string
	// Fault is why robots.txt could not be fetched, empty where it was.
	Fault string
}

func (e *DeniedError) Error() string {
	if e.Fault != "" {
		return fmt.Sprintf("%s is not fetched: the site's robots.txt could not be fetched, "+
			"and without it nothing may be read: %s", e.URL, e.Fault)
	}
	return fmt.Sprintf("robots.txt does not allow %s", e.URL)
}

// ErrTooLarge says that a body is longer than the limit.
var ErrTooLarge = errors.New("the page is larger than max_bytes")

// New makes a transport.
func New(opts Options) *Transport {
	if opts.Sleep == nil {
		opts.Sleep = sleep
	}
	if opts.Stop == nil {
		opts.Stop = context.Background()
	}
	if opts.Now == nil {
		opts.Now = time.Now
	}
	if opts.Hosts == nil {
		opts.Hosts = NewHosts(nil)
	}
	t := &Transport{opts: opts, patience: maxPatience}
	t.stats = Stats{Statuses: map[int]int{}, Robots: map[string]*Robots{}}
	if end, ok := opts.Stop.Deadline(); ok {
		t.patience = time.Until(end)
	}
	t.userAgent = fmt.Sprintf("%s/%s", Agent, opts.Version)
	if opts.Contact != "" {
		t.userAgent += " (+" + opts.Contact + ")"
	}
	t.base = baseTransport(opts)
	return t
}

func sleep(ctx context.Context, d time.Duration) error {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// baseTransport dials public addresses, and private ones of the hosts that are
// allowed by name.
func baseTransport(opts Options) http.RoundTripper {
	guard := ssrf.New(ssrf.WithAnyPort())
	public := &net.Dialer{Timeout: 15 * time.Second, Control: guard.Safe}
	private := &net.Dialer{Timeout: 15 * time.Second}
	var allowed []string
	for _, name := range opts.Private {
		allowed = append(allowed, HostName(name))
	}
	return &http.Transport{
		Proxy: http.ProxyFromEnvironment,
		DialContext: func(ctx context.Context, network, addr string) (net.Conn, error) {
			name, _, err := net.SplitHostPort(addr)
			if err == nil && slices.Contains(allowed, HostName(name)) {
				return private.DialContext(ctx, network, addr)
			}
			conn, err := public.DialContext(ctx, network, addr)
			if errors.Is(err, ssrf.ErrProhibitedIP) || errors.Is(err, ssrf.ErrProhibitedNetwork) {
				return nil, fmt.Errorf("%s is a private address; if that is intended, name it under fetch.private, in"+
					" jobsieve.yaml or in the source: %w", name, err)
			}
			return conn, err
		},
		MaxIdleConns: 20, MaxIdleConnsPerHost: 2, IdleConnTimeout: time.Minute, TLSHandshakeTimeout: 15 * time.Second,
		ForceAttemptHTTP2: true, MaxResponseHeaderBytes: 256 << 10,
	}
}

// Stats gives what was done so far.
func (t *Transport) Stats() Stats {
	t.mu.Lock()
	defer t.mu.Unlock()
	s := t.stats
	s.Statuses = map[int]int{}
	for k, v := range t.stats.Statuses {
		s.Statuses[k] = v
	}
	s.Robots = maps.Clone(t.stats.Robots)
	return s
}

// RoundTrip fetches one page: asks robots.txt, waits, tries and tries again.
func (t *Transport) RoundTrip(req *http.Request) (*http.Response, error) {
	if err := checkHost(req.URL); err != nil {
		return nil, err
	}
	h := t.opts.Hosts.use(HostKey(req.URL), t.opts.Now())
	defer t.opts.Hosts.done(h)
	select {
	case h.turn <- struct{}{}:
	case <-req.Context().Done():
		return nil, req.Context().Err()
	case <-t.opts.Stop.Done():
		return nil, t.opts.Stop.Err()
	}
	defer func() { <-h.turn }()
	h.ready = false
	robots, err := t.readRobots(req.Context(), h, req)
	if err != nil {
		return nil, err
	}
	t.opts.Hosts.weigh(h)
	t.noteRobots(h, robots)
	if !robots.Allowed(req.URL.RequestURI()) {
		return nil, &DeniedError{req.URL.String(), robots.Fault}
	}
	resp, err := t.tries(h, req, limit{bytes: t.opts.MaxBytes})
	if Unasked(err) {
		return nil, err
	}
	h.note(resp, err, t.opts.Now())
	if err := t.tell(req.Context(), h); err != nil {
		return nil, err
	}
	return resp, err
}

// noteRobots notes what applies to a host, without the rules.
func (t *Transport) noteRobots(h *host, r *Robots) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.stats.Robots[h.name] != nil || len(t.stats.Robots) < maxHosts {
		t.stats.Robots[h.name] = &Robots{Delay: r.Delay, Fault: r.Fault, Version: r.Version, Sitemaps: r.Sitemaps}
	}
}

// tries sends a request until it is answered, as often as is allowed.
func (t *Transport) tries(h *host, req *http.Request, l limit) (*http.Response, error) {
	for try := 0; ; try++ {
		resp, err := t.once(h, req, l)
		if !again(resp, err) || try >= t.opts.Retries || req.Context().Err() != nil {
			return resp, err
		}
		now := t.opts.Now()
		if h.rests.Sub(now) > MaxWait {
			return resp, err
		}
		h.rest(now.Add(backoff(try)), "failed just now")
		if resp != nil {
			_ = resp.Body.Close() // it is entirely in memory
		}
	}
}

// once sends a request when its turn has come, and reads the whole answer. A turn that is
// missed is waited for again.
func (t *Transport) once(h *host, req *http.Request, l limit) (*http.Response, error) {
	for {
		resp, err := t.inTurn(h, req, l)
		if !errors.Is(err, errLapsed) {
			return resp, err
		}
	}
}

// inTurn is once for one turn; its error is errLapsed where that was missed.
func (t *Transport) inTurn(h *host, req *http.Request, l limit) (*http.Response, error) {
	if err := t.await(req.Context(), h, req.URL.Scheme); err != nil {
		return nil, err
	}
	h.ready = false
	started := t.opts.Now()
	resp, err := t.send(h, req, l)
	if errors.Is(err, errLapsed) {
		return nil, err
	}
	h.last = t.opts.Now()
	h.latency = (3*h.latency + h.last.Sub(started)) / 4
	if err != nil {
		return nil, err
	}
	h.noteAnswer(resp, h.last)
	if err := t.tell(req.Context(), h); err != nil {
		return nil, err
	}
	return resp, nil
}

// await waits until the host may be asked, and takes its slot.
func (t *Transport) await(ctx context.Context, h *host, scheme string) error {
	if h.ready {
		return nil
	}
	wait, err := t.due(h, scheme)
	if err == nil {
		err = t.wait(ctx, wait)
	}
	if err == nil {
		err = t.take(ctx, h, scheme)
	}
	h.ready = err == nil
	return err
}

// gap gives the least time between two requests to a host.
func (t *Transport) gap(h *host, scheme string) time.Duration {
	gap := max(t.opts.Delay, h.delay(scheme))
	if t.opts.Delay > 0 {
		gap = max(gap, min(h.latency, maxLatency))
	}
	return gap
}

// due gives how long a host is to be left alone before the next request, as far as
// this process knows. If that is longer than the crawl may wait, the error is a
// *DownError.
func (t *Transport) due(h *host, scheme string) (time.Duration, error) {
	now := t.opts.Now()
	rest := h.rests.Sub(now)
	if rest > MaxWait {
		return 0, &DownError{h.name, h.failures, h.rests, h.why}
	}
	if h.last.IsZero() {
		return max(rest, 0), nil
	}
	wait := t.gap(h, scheme) - now.Sub(h.last)
	if wait > t.patience {
		const why = "wants %s between requests (Crawl-delay of its robots.txt, or fetch.delay), which is longer than" +
			" this crawl may last (%s): nothing more is asked for; ask the site's owner, or leave the source out"
		wants, lasts := max(h.delay(scheme), t.opts.Delay), t.patience.Round(time.Second)
		return 0, &DownError{Host: h.name, Why: fmt.Sprintf(why, wants, lasts)}
	}
	return max(rest, wait, 0), nil
}

// maxPatience is the longest that a request waits for its turn where nothing
// says when the crawl must end.
const maxPatience = time.Hour

func (t *Transport) wait(ctx context.Context, d time.Duration) error {
	if d <= 0 {
		return nil
	}
	t.mu.Lock()
	t.stats.Waits++
	t.stats.Waited += d
	t.mu.Unlock()
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	defer context.AfterFunc(t.opts.Stop, cancel)()
	return t.opts.Sleep(ctx, d)
}

// send sends a request and reads the answer within its limits.
func (t *Transport) send(h *host, req *http.Request, l limit) (*http.Response, error) {
	ctx, cancel := context.WithTimeout(req.Context(), t.opts.Timeout)
	defer cancel()
	guarded, end := t.guarded(ctx, h)
	defer end()
	req = req.Clone(guarded)
	if req.GetBody != nil { // each try sends it from its beginning
		body, err := req.GetBody()
		if err != nil {
			return nil, err
		}
		req.Body = body
	}
	req.Header.Set("User-Agent", t.userAgent)
	req.Header.Set("Accept-Encoding", acceptEncoding)
	resp, err := t.base.RoundTrip(req)
	if errors.Is(context.Cause(guarded), errLapsed) {
		if err == nil {
			_ = resp.Body.Close() // of what can't have been asked for
		}
		return nil, errLapsed
	}
	if err != nil {
		return nil, t.late(ctx, err)
	}
	body, err := l.readBody(resp)
	t.mu.Lock()
	t.stats.Requests++
	t.stats.Bytes += int64(len(body))
	t.stats.Statuses[resp.StatusCode]++
	t.mu.Unlock()
	if err != nil {
		return nil, t.late(ctx, fmt.Errorf("read the body: %w", err))
	}
	body, contentType := plainUTF8(body, resp.Header.Get("Content-Type"))
	resp.Header.Set("Content-Type", contentType)
	resp.Body = newBody(body)
	resp.ContentLength = int64(len(body))
	resp.Header.Del("Content-Length")
	resp.Header.Del("Content-Encoding")
	resp.Uncompressed = true
	return resp, nil
}

// late adds to an error that the time was up, if it was.
func (t *Transport) late(ctx context.Context, err error) error {
	if errors.Is(ctx.Err(), context.DeadlineExceeded) {
		return fmt.Errorf("no whole answer within %s, as fetch.timeout says", t.opts.Timeout)
	}
	return err
}
