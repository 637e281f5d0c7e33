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
	"net/netip"
	"slices"
	"sync"
	"time"

	"code.dny.dev/ssrf"
)

// Agent is the product token under which robots.txt addresses this crawler.
const Agent = "jobsieve"

// Options say how to fetch.
type Options struct {
	// Contact stands in the User-Agent.
	Contact string
	// Version of the program, in the User-Agent.
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
	// Hosts is what is known of hosts, shared with other transports; nil is known
	// by this one alone.
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

	mu    sync.Mutex
	stats Stats
}

// Hosts is what is known of hosts. Transports that share it ask each host one
// request at a time between them, and its robots.txt once.
type Hosts struct {
	mu    sync.Mutex
	known map[string]*host
}

// NewHosts knows of none.
func NewHosts() *Hosts { return &Hosts{known: map[string]*host{}} }

func (h *Hosts) host(name string) *host {
	h.mu.Lock()
	defer h.mu.Unlock()
	one := h.known[name]
	if one == nil {
		one = &host{}
		h.known[name] = one
	}
	return one
}

// host is what is known of one host.
type host struct {
	turn   sync.Mutex // held during a request
	last   time.Time  // end of the last request
	robots *Robots
	read   time.Time // when robots was read

	latency  time.Duration // what its answers take, on average
	failures int           // pages in a row that could not be had
	rests    time.Time     // until then it is left alone
}

// A host that fails circuitAfter pages in a row, each tried several times, is
// left alone for circuitRest; then one page tells whether it is well again.
const (
	circuitAfter = 5
	circuitRest  = 10 * time.Minute
)

// maxLatency is the longest rest that a slow host is given between requests.
const maxLatency = 30 * time.Second

// DownError says that a page was not asked for, because its host failed too
// often in a row.
type DownError struct {
	Host     string
	Failures int
	Until    time.Time
}

func (e *DownError) Error() string {
	return fmt.Sprintf("%s failed %d pages in a row, and is left alone until %s", e.Host, e.Failures, e.Until.UTC().Format("15:04 MST"))
}

// note takes in how a page went.
func (h *host) note(resp *http.Response, err error, now time.Time) {
	if err == nil && resp.StatusCode < http.StatusInternalServerError || err != nil && !temporary(err) {
		h.failures = 0
		return
	}
	if h.failures++; h.failures >= circuitAfter {
		h.rests = now.Add(circuitRest)
	}
}

// DeniedError says that a page was not fetched because the site does not want
// it.
type DeniedError struct {
	URL string
	// Fault is why robots.txt could not be had, empty where it was.
	Fault string
}

func (e *DeniedError) Error() string {
	if e.Fault != "" {
		return fmt.Sprintf("%s is not fetched: the site's robots.txt could not be had, and without it nothing may be read: %s", e.URL, e.Fault)
	}
	return fmt.Sprintf("robots.txt does not allow %s", e.URL)
}

// ErrTooLarge says that a body is longer than is read.
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
		opts.Hosts = NewHosts()
	}
	t := &Transport{opts: opts, stats: Stats{Statuses: map[int]int{}, Robots: map[string]*Robots{}}}
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
	return &http.Transport{
		Proxy: http.ProxyFromEnvironment,
		DialContext: func(ctx context.Context, network, addr string) (net.Conn, error) {
			name, _, err := net.SplitHostPort(addr)
			if err == nil && slices.Contains(opts.Private, name) {
				return private.DialContext(ctx, network, addr)
			}
			conn, err := public.DialContext(ctx, network, addr)
			if errors.Is(err, ssrf.ErrProhibitedIP) || errors.Is(err, ssrf.ErrProhibitedNetwork) {
				return nil, fmt.Errorf("%s is a private address; if it is meant, name it under fetch.private, in jobsieve.yaml or of the source: %w", name, err)
			}
			return conn, err
		},
		MaxIdleConnsPerHost: 2, IdleConnTimeout: time.Minute, TLSHandshakeTimeout: 15 * time.Second,
		ForceAttemptHTTP2: true, MaxResponseHeaderBytes: 256 << 10,
	}
}

// IsPrivate reports whether a host is written as a private or loopback
// address, or is localhost.
func IsPrivate(name string) bool {
	if name == "localhost" {
		return true
	}
	ip, err := netip.ParseAddr(name)
	return err == nil && (ip.IsLoopback() || ip.IsPrivate() || ip.IsLinkLocalUnicast())
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
	h := t.opts.Hosts.host(req.URL.Host)
	h.turn.Lock()
	defer h.turn.Unlock()
	if err := t.readRobots(req.Context(), h, req); err != nil {
		return nil, err
	}
	t.mu.Lock()
	t.stats.Robots[req.URL.Host] = h.robots
	t.mu.Unlock()
	path := req.URL.EscapedPath()
	if req.URL.RawQuery != "" {
		path += "?" + req.URL.RawQuery
	}
	if !h.robots.Allowed(path) {
		return nil, &DeniedError{req.URL.String(), h.robots.Fault}
	}
	if now := t.opts.Now(); now.Before(h.rests) {
		return nil, &DownError{req.URL.Host, h.failures, h.rests}
	}
	resp, err := t.tries(h, req)
	h.note(resp, err, t.opts.Now())
	return resp, err
}

// tries sends a request until it is answered, as often as is allowed.
func (t *Transport) tries(h *host, req *http.Request) (*http.Response, error) {
	for try := 0; ; try++ {
		resp, err := t.once(h, req)
		wait, again := t.again(resp, err, try)
		if !again || try >= t.opts.Retries || req.Context().Err() != nil {
			return resp, err
		}
		if resp != nil {
			_ = resp.Body.Close() // it is all in memory
		}
		if err := t.wait(req.Context(), wait); err != nil {
			return nil, err
		}
	}
}

// once sends a request when its turn has come, and reads the whole answer.
func (t *Transport) once(h *host, req *http.Request) (*http.Response, error) {
	delay := max(t.opts.Delay, h.delay())
	if t.opts.Delay > 0 {
		delay = max(delay, min(h.latency, maxLatency))
	}
	if since := t.opts.Now().Sub(h.last); !h.last.IsZero() && since < delay {
		if err := t.wait(req.Context(), delay-since); err != nil {
			return nil, err
		}
	}
	started := t.opts.Now()
	defer func() {
		h.last = t.opts.Now()
		h.latency = (3*h.latency + h.last.Sub(started)) / 4
	}()
	return t.send(req)
}

func (h *host) delay() time.Duration {
	if h.robots == nil {
		return 0
	}
	return h.robots.Delay
}

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
func (t *Transport) send(req *http.Request) (*http.Response, error) {
	ctx, cancel := context.WithTimeout(req.Context(), t.opts.Timeout)
	defer cancel()
	req = req.Clone(ctx)
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
	if err != nil {
		return nil, t.late(ctx, err)
	}
	body, err := t.readBody(resp, req.URL.Path == robotsPath)
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

// late says of an error that the time was up, if it was.
func (t *Transport) late(ctx context.Context, err error) error {
	if errors.Is(ctx.Err(), context.DeadlineExceeded) {
		return fmt.Errorf("no whole answer within %s, as fetch.timeout says", t.opts.Timeout)
	}
	return err
}
