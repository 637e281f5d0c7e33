package fetch

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"net/url"
	"time"

	"code.dny.dev/ssrf"

	"jobsieve/job"
)

// The waits between tries: doubling from firstWait, and the longest Retry-After
// of a server that is followed within a run.
const (
	firstWait = time.Second
	MaxWait   = 2 * time.Minute
)

// again reports an answer or an error after which another try may succeed.
func again(resp *http.Response, err error) bool {
	if err != nil {
		return temporary(err)
	}
	switch resp.StatusCode {
	case http.StatusTooManyRequests, http.StatusServiceUnavailable, http.StatusInternalServerError,
		http.StatusBadGateway, http.StatusGatewayTimeout:
		return true
	}
	return false
}

// backoff is how long a host is left alone, at least, after a try that failed.
func backoff(try int) time.Duration {
	wait := firstWait << try
	return wait + rand.N(wait/2)
}

// temporary reports an error after which another try may succeed.
func temporary(err error) bool {
	switch {
	case Unasked(err), errors.Is(err, context.Canceled), errors.Is(err, ErrTooLarge):
		return false
	case errors.Is(err, ssrf.ErrProhibitedIP), errors.Is(err, ssrf.ErrProhibitedNetwork),
		errors.Is(err, ssrf.ErrProhibitedPort):
		return false
	}
	return true
}

// body is a page that is entirely in memory.
type body struct{ *bytes.Reader }

func newBody(b []byte) io.ReadCloser { return body{bytes.NewReader(b)} }

func (body) Close() error { return nil }

const robotsPath = "/robots.txt"

// robotsAge is how long a robots.txt is believed that was fetched, or that does
// not exist. One that could not be fetched is asked for again after firstFault,
// and after twice as long each time that it fails again, up to lastFault.
const (
	robotsAge  = 24 * time.Hour
	firstFault = 5 * time.Minute
	lastFault  = time.Hour
)

// robotsState is what is known of a robots.txt.
type robotsState struct {
	*Robots
	until  time.Time // when it is asked for again
	faults int       // times in a row that it could not be fetched
}

func stateOf(f *job.RobotsFile) *robotsState { return &robotsState{parse(f), f.Until, f.Faults} }

// holds reports that it need not be asked for yet. What would hold for longer than
// any does was noted by a clock that was wrong.
func (r *robotsState) holds(now time.Time) bool {
	return r != nil && now.Before(r.until) && r.until.Sub(now) <= robotsAge
}

// maxRobotsRedirects is how many redirects of a robots.txt are followed.
const maxRobotsRedirects = 5

// readRobots reads the host's robots.txt, unless what is known still holds. A
// file that can't be fetched because of a fault of the server or the network
// forbids everything; one that does not exist allows everything.
func (t *Transport) readRobots(ctx context.Context, h *host, req *http.Request) (*Robots, error) {
	scheme := req.URL.Scheme
	known, err := t.knownRobots(ctx, h, scheme)
	if known != nil || err != nil {
		return known, err
	}
	if err := t.await(ctx, h, scheme); err != nil {
		return nil, err
	}
	known, err = t.knownRobots(ctx, h, scheme)
	if known != nil || err != nil {
		// While this one waited another process has read it. The slot is given up: the
		// file may ask for a longer gap.
		h.ready, h.last = false, t.opts.Now()
		return known, err
	}
	file, err := t.fetchRobots(ctx, h, req)
	if err != nil {
		return nil, err
	}
	file.Until = t.opts.Now().Add(robotsAge)
	if file.Fault != "" {
		if last := h.robots[scheme]; last != nil {
			file.Faults = last.faults
		}
		file.Until = t.opts.Now().Add(min(firstFault<<min(file.Faults, 10), lastFault))
		file.Faults++
	}
	h.robots[scheme] = stateOf(file)
	if book := t.opts.Hosts.book; book != nil {
		if err := book.KeepRobots(context.WithoutCancel(ctx), h.name, scheme, file); err != nil {
			return nil, &bookError{err}
		}
	}
	return h.robots[scheme].Robots, nil
}

// knownRobots gives what this process or the book knows of a robots.txt and still
// holds; nil for nothing.
func (t *Transport) knownRobots(ctx context.Context, h *host, scheme string) (*Robots, error) {
	known, now := h.robots[scheme], t.opts.Now()
	if known.holds(now) {
		return known.Robots, nil
	}
	book := t.opts.Hosts.book
	if book == nil {
		return nil, nil
	}
	file, err := book.Robots(ctx, h.name, scheme)
	if err != nil {
		return nil, &bookError{err}
	}
	if file == nil {
		return nil, nil
	}
	known = stateOf(file)
	h.robots[scheme] = known
	if known.holds(now) {
		return known.Robots, nil
	}
	return nil, nil
}

func (t *Transport) fetchRobots(ctx context.Context, h *host, req *http.Request) (*job.RobotsFile, error) {
	at := &url.URL{Scheme: req.URL.Scheme, Host: req.URL.Host, Path: robotsPath}
	for n := range maxRobotsRedirects + 1 {
		r, err := http.NewRequestWithContext(ctx, http.MethodGet, at.String(), nil)
		if err != nil {
			return nil, err
		}
		resp, err := t.tries(h, r, robotsLimit) //nolint:bodyclose // readRobotsAnswer closes it
		if err != nil {
			return robotsFault(ctx, err, n)
		}
		file, next, err := readRobotsAnswer(resp)
		if err != nil || file != nil {
			return file, err
		}
		if at, err = at.Parse(next); err != nil || next == "" || at.Scheme != "http" && at.Scheme != "https" {
			return &job.RobotsFile{}, nil //nolint:nilerr // a redirect that leads nowhere: there is no robots.txt
		}
	}
	return &job.RobotsFile{}, nil
}

// robotsFault says what an error on the way to robots.txt means, after a number
// of redirects: a fault of the server or the network forbids everything.
func robotsFault(ctx context.Context, err error, redirects int) (*job.RobotsFile, error) {
	switch {
	case ctx.Err() != nil:
		return nil, ctx.Err()
	case errors.Is(err, context.Canceled), Unasked(err):
		return nil, err
	case temporary(err), redirects > 0:
		return &job.RobotsFile{Fault: err.Error()}, nil
	}
	return nil, err
}

// readRobotsAnswer gives what an answer says, or where it leads to.
func readRobotsAnswer(resp *http.Response) (file *job.RobotsFile, next string, err error) {
	defer func() { err = errors.Join(err, resp.Body.Close()) }()
	switch code := resp.StatusCode; {
	case code >= 200 && code < 300:
		text, err := io.ReadAll(resp.Body)
		return &job.RobotsFile{Found: true, Text: text}, "", err
	case code >= 300 && code < 400:
		return nil, resp.Header.Get("Location"), nil
	case code == http.StatusTooManyRequests || code >= 500:
		return &job.RobotsFile{Fault: fmt.Sprintf("it was answered %d", code)}, "", nil
	}
	return &job.RobotsFile{}, "", nil
}
