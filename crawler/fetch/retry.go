package fetch

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"strconv"
	"strings"
	"time"

	"code.dny.dev/ssrf"
)

// The waits between tries: doubling from firstWait, and the longest that a
// server's Retry-After is followed within a run.
const (
	firstWait = time.Second
	MaxWait   = 2 * time.Minute
)

// again says whether to try again after an answer or error, and how long to
// wait before.
func (t *Transport) again(resp *http.Response, err error, try int) (wait time.Duration, again bool) {
	wait = firstWait << try
	wait += rand.N(wait / 2)
	if err != nil {
		return wait, temporary(err)
	}
	switch resp.StatusCode {
	case http.StatusTooManyRequests, http.StatusServiceUnavailable:
		if after, ok := RetryAfter(resp.Header.Get("Retry-After"), t.opts.Now()); ok {
			return after, after <= MaxWait
		}
		return wait, true
	case http.StatusInternalServerError, http.StatusBadGateway, http.StatusGatewayTimeout:
		return wait, true
	}
	return 0, false
}

// temporary reports an error after which another try may succeed.
func temporary(err error) bool {
	switch {
	case errors.Is(err, context.Canceled), errors.Is(err, ErrTooLarge):
		return false
	case errors.Is(err, ssrf.ErrProhibitedIP), errors.Is(err, ssrf.ErrProhibitedNetwork), errors.Is(err, ssrf.ErrProhibitedPort):
		return false
	}
	return true
}

// RetryAfter reads a Retry-After header: seconds or a date.
func RetryAfter(s string, now time.Time) (time.Duration, bool) {
	s = strings.TrimSpace(s)
	if n, err := strconv.Atoi(s); err == nil && n >= 0 {
		return time.Duration(n) * time.Second, true
	}
	if at, err := http.ParseTime(s); err == nil {
		return max(0, at.Sub(now)), true
	}
	return 0, false
}

// body is a page that is all in memory.
type body struct{ *bytes.Reader }

func newBody(b []byte) io.ReadCloser { return body{bytes.NewReader(b)} }

func (body) Close() error { return nil }

const robotsPath = "/robots.txt"

// robotsAge is how long a robots.txt is believed.
const robotsAge = 24 * time.Hour

// maxRobotsRedirects is how many redirects of a robots.txt are followed.
const maxRobotsRedirects = 5

// readRobots reads the host's robots.txt, unless it was read within a day. A
// file that can't be had for a fault of the server or the network forbids
// everything; one that does not exist allows everything.
func (t *Transport) readRobots(ctx context.Context, h *host, req *http.Request) error {
	if h.robots != nil && t.opts.Now().Sub(h.read) < robotsAge {
		return nil
	}
	robots, err := t.fetchRobots(ctx, h, req)
	if err != nil {
		return err
	}
	h.robots, h.read = robots, t.opts.Now()
	return nil
}

func (t *Transport) fetchRobots(ctx context.Context, h *host, req *http.Request) (*Robots, error) {
	at := req.URL.ResolveReference(mustParse(robotsPath))
	for range maxRobotsRedirects + 1 {
		r, err := http.NewRequestWithContext(ctx, http.MethodGet, at.String(), nil)
		if err != nil {
			return nil, err
		}
		resp, err := t.tries(h, r) //nolint:bodyclose // readRobotsAnswer closes it
		if err != nil {
			return robotsFault(ctx, err)
		}
		robots, next, err := readRobotsAnswer(resp)
		if err != nil || robots != nil {
			return robots, err
		}
		if at, err = at.Parse(next); err != nil || next == "" {
			return allowAll, nil //nolint:nilerr // a redirect that leads nowhere: there is no robots.txt
		}
	}
	return allowAll, nil
}

// robotsFault says what an error on the way to robots.txt means: a fault of
// the server or the network forbids everything.
func robotsFault(ctx context.Context, err error) (*Robots, error) {
	switch {
	case ctx.Err() != nil:
		return nil, ctx.Err()
	case errors.Is(err, ErrTooLarge), temporary(err):
		return unreachable(err.Error()), nil
	}
	return nil, err
}

// readRobotsAnswer gives what an answer says, or where it leads to.
func readRobotsAnswer(resp *http.Response) (robots *Robots, next string, err error) {
	defer func() { err = errors.Join(err, resp.Body.Close()) }()
	switch code := resp.StatusCode; {
	case code >= 200 && code < 300:
		text, err := io.ReadAll(resp.Body)
		return ParseRobots(text, Agent), "", err
	case code >= 300 && code < 400:
		return nil, resp.Header.Get("Location"), nil
	case code == http.StatusTooManyRequests || code >= 500:
		return unreachable(fmt.Sprintf("it was answered %d", code)), "", nil
	}
	return allowAll, "", nil
}
