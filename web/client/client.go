// Package client asks a running daemon over its API, for those who have no data folder of
// their own.
package client

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"mime"
	"net"
	"net/http"
	"net/url"
	"strings"
	"time"

	"jobsieve/config"
)

// Options say which daemon is asked, and how.
type Options struct {
	// Server is its address, such as https://jobs.example.org.
	Server string
	// Token says who asks; none for a daemon that asks nobody who they are.
	Token config.Secret
	// CA is the certificate authority to trust in place of the system's, in PEM.
	CA []byte
}

// Client asks one daemon.
type Client struct {
	base   *url.URL
	token  config.Secret
	client *http.Client
}

// Faults of options.
var (
	ErrServer = errors.New("expected the address of a daemon, such as https://jobs.example.org or " +
		"http://127.0.0.1:8790, without a user, ? and #")
	ErrPlain = errors.New("expected an https address: a token could be read on its way, unless the daemon is on this " +
		"machine")
	ErrCA = errors.New("expected a certificate authority in PEM: \"-----BEGIN CERTIFICATE-----\"")
)

// apiPath is where the API is that this package knows.
const apiPath = "/api/v1"

const (
	// longest is how long an answer may let wait for itself: a daemon takes five minutes for
	// a report at most.
	longest  = 6 * time.Minute
	dialTime = 10 * time.Second
)

// New makes a client. Its error is one of ErrServer, ErrPlain and ErrCA; nothing of an
// address is in it, for a mistyped one may hold a password.
func New(o *Options) (*Client, error) {
	base, err := url.Parse(o.Server)
	switch {
	case err != nil || base.Scheme != "http" && base.Scheme != "https" || base.Hostname() == "",
		base.User != nil || base.RawQuery != "" || base.ForceQuery || base.Fragment != "":
		return nil, ErrServer
	case !o.Token.IsZero() && base.Scheme == "http" && !config.Loopback(net.JoinHostPort(base.Hostname(), "0")):
		return nil, ErrPlain
	}
	transport := &http.Transport{
		Proxy: http.ProxyFromEnvironment, DialContext: (&net.Dialer{Timeout: dialTime}).DialContext,
		TLSHandshakeTimeout: dialTime, ResponseHeaderTimeout: longest, ForceAttemptHTTP2: true,
		TLSClientConfig: &tls.Config{MinVersion: tls.VersionTLS12},
	}
	if len(o.CA) > 0 {
		transport.TLSClientConfig.RootCAs = x509.NewCertPool()
		if !transport.TLSClientConfig.RootCAs.AppendCertsFromPEM(o.CA) {
			return nil, ErrCA
		}
	}
	// A redirect would take the token elsewhere.
	stay := func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	return &Client{base, o.Token, &http.Client{Transport: transport, CheckRedirect: stay}}, nil
}

// Close ends what connections are left.
func (c *Client) Close() { c.client.CloseIdleConnections() }

// Answer is what a daemon answered. Its Body must be closed.
type Answer struct {
	Body io.ReadCloser

	header  http.Header
	trailer func() http.Header
}

// Get asks for a path below the API with parameters. Its error is a *Problem where the
// daemon refuses the question, and a *StrangerError where what answers is no jobsieve.
func (c *Client) Get(ctx context.Context, path string, params url.Values) (*Answer, error) {
	to := c.base.JoinPath(apiPath, path)
	to.RawQuery = params.Encode()
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, to.String(), http.NoBody)
	if err != nil {
		return nil, ErrServer
	}
	if !c.token.IsZero() {
		r.Header.Set("Authorization", "Bearer "+c.token.Reveal())
	}
	resp, err := c.client.Do(r) //nolint:bodyclose // whoever reads the answer closes it
	if err != nil {
		return nil, c.unreachable(err)
	}
	if resp.StatusCode == http.StatusOK && resp.Header.Get(versionHeader) != "" {
		return &Answer{resp.Body, resp.Header, func() http.Header { return resp.Trailer }}, nil
	}
	err = c.refusal(resp)
	return nil, errors.Join(err, resp.Body.Close())
}

// unreachable says why nothing answered.
func (c *Client) unreachable(err error) error {
	var wrapped *url.Error
	if errors.As(err, &wrapped) { // which names the whole question
		err = wrapped.Err
	}
	var untrusted x509.UnknownAuthorityError
	switch {
	case errors.As(err, &untrusted):
		return fmt.Errorf("%s: %w: name the authority that signed its certificate with --ca-file", c.base, err)
	case errors.Is(err, http.ErrSchemeMismatch):
		return fmt.Errorf("%s: what answers there speaks no TLS: expected an http address, or another port", c.base)
	case errors.Is(err, context.Canceled):
		return err
	}
	return fmt.Errorf("%s does not answer: is \"jobsieve serve\" running there, and may this machine reach it? %w",
		c.base, err)
}

// mostProblem is how many bytes a problem has at most.
const mostProblem = 1 << 20

// refusal says what an answer is that is none to the question.
func (c *Client) refusal(resp *http.Response) error {
	kind, _, _ := mime.ParseMediaType(resp.Header.Get("Content-Type"))
	p := &Problem{Server: c.base.String(), Version: resp.Header.Get(versionHeader)}
	body, err := io.ReadAll(io.LimitReader(resp.Body, mostProblem))
	if err == nil && kind == "application/problem+json" && json.Unmarshal(body, p) == nil && p.Detail != "" {
		p.Status = resp.StatusCode
		return p
	}
	return &StrangerError{c.base.String(), resp.Status, strings.TrimSpace(resp.Header.Get("Location"))}
}

// Problem is why a daemon gives no answer.
type Problem struct {
	// Server is the daemon, Version that of its program; empty where it does not say so.
	Server  string `json:"-"`
	Version string `json:"-"`
	Status  int    `json:"status"`
	Detail  string `json:"detail"`
	// Faults are all that is wrong with the question.
	Faults []Fault `json:"errors"`
}

// Fault is one thing that is wrong with a question, as the API says it.
type Fault struct {
	Parameter string   `json:"parameter"`
	Detail    string   `json:"detail"`
	Value     string   `json:"value"`
	Start     int      `json:"start"`
	End       int      `json:"end"`
	Mentions  []string `json:"mentions"`
}

func (p *Problem) Error() string { return p.Server + ": " + p.Detail }

// StrangerError says that what answers is no jobsieve.
type StrangerError struct {
	Server, Status, Location string
}

func (e *StrangerError) Error() string {
	says := fmt.Sprintf("%s is no jobsieve that has %s: it answered %s", e.Server, apiPath, e.Status)
	if e.Location != "" {
		return says + " and leads to " + e.Location + ", which is not followed"
	}
	return says
}
