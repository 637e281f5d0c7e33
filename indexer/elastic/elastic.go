// Package elastic is the index in an Elasticsearch 8 server. It is the only
// home of go-elasticsearch.
//
// Documents enter, and for each of them what the server said of that very
// document comes out: it has it, refuses it for good, or can't take it now.
// Nothing is taken for granted that the reply does not say. It uses no scripts,
// no reindex and no delete-by-query: the ledger can always deliver again.
package elastic

import (
	"bytes"
	"context"
	"crypto/x509"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"github.com/elastic/go-elasticsearch/v8"

	"jobsieve/indexer"
)

// DefaultAlias is the name under which searches find the index.
const DefaultAlias = "jobsieve-postings"

// Options say which server and index, and how to reach them.
type Options struct {
	// URL is the server's address, without credentials.
	URL string
	// Addresses are those of further nodes of its cluster, without credentials.
	Addresses []string
	// Replicas is how many more copies of the index other nodes hold, as far as there are
	// that many; nil leaves an index as it is, and makes a new one with one.
	Replicas *int
	// Alias names the index; empty is DefaultAlias.
	Alias string
	// APIKey, or Username and Password, are the credentials.
	APIKey, Username, Password string
	// CACert is the certificate authority to trust, in PEM; Fingerprint the
	// SHA-256 of its certificate, in hexadecimal.
	CACert      []byte
	Fingerprint string
	// Timeout is the longest that one request may take.
	Timeout time.Duration
	// MaxBytes is the most bytes of documents in one request.
	MaxBytes int
	// Parallel is how many requests may be under way at once.
	Parallel int
	// Tries is how often a request is sent before its documents wait.
	Tries int
	// Sleep waits between tries; nil is a real wait.
	Sleep func(context.Context, time.Duration) error
}

// The defaults of options.
const (
	defaultTimeout  = 60 * time.Second
	defaultMaxBytes = 4 << 20
	defaultParallel = 3
	defaultTries    = 8
)

// Index is an index at a server.
type Index struct {
	opts   Options
	client *elasticsearch.Client
	// Server is what answered.
	Server Server
	// Name is the index behind the alias, UUID which one of that name it is.
	Name string
	UUID string
	// Added are the fields that the index got when it was opened, since an earlier
	// version had made it without them. Documents that it had taken before have
	// them once they are delivered again.
	Added []string
	// Conflict is why the index can't take documents, nil where it can; see Renew.
	Conflict *MappingError
	// direct says that documents go to Name itself and not through the alias:
	// an index that is being filled has none yet.
	direct bool
	// shared says that other processes fill the index, too, through Filling's alias.
	shared bool
	// slots bounds the bulk requests under way.
	slots chan struct{}
}

var _ indexer.Index = (*Index)(nil)

// Server says what a server is.
type Server struct {
	Name    string
	Cluster string
	Version string
}

// TargetPrefix begins the targets of all indexes of an alias at a server.
func TargetPrefix(address, alias string) string {
	if alias == "" {
		alias = DefaultAlias
	}
	if u, err := url.Parse(address); err == nil {
		u.User = nil
		address = strings.TrimSuffix(u.String(), "/")
	}
	return "elasticsearch:" + address + ":" + alias + ":"
}

// Connect reaches a server and checks what it is; it looks for no index.
func Connect(ctx context.Context, opts Options) (*Index, error) {
	opts.fillIn()
	if len(opts.CACert) > 0 && !x509.NewCertPool().AppendCertsFromPEM(opts.CACert) {
		return nil, fmt.Errorf("elasticsearch at %s: ca_file holds no certificate in PEM; expected \"-----BEGIN "+
			"CERTIFICATE-----\"", opts.URL)
	}
	client, err := newClient(&opts)
	if err != nil {
		return nil, fmt.Errorf("elasticsearch at %s: %w", opts.URL, err)
	}
	ix := &Index{opts: opts, client: client, slots: make(chan struct{}, opts.Parallel)}
	if err := ix.greet(ctx); err != nil {
		return nil, fmt.Errorf("elasticsearch at %s: %w", opts.URL, err)
	}
	return ix, nil
}

func (o *Options) fillIn() {
	if u, err := url.Parse(o.URL); err == nil && u.User != nil { // credentials in the address are not part of it
		if o.Username == "" && o.APIKey == "" {
			o.Username = u.User.Username()
			o.Password, _ = u.User.Password()
		}
		u.User = nil
		o.URL = u.String()
	}
	o.URL = strings.TrimSuffix(o.URL, "/")
	if o.Alias == "" {
		o.Alias = DefaultAlias
	}
	if o.Timeout == 0 {
		o.Timeout = defaultTimeout
	}
	if o.MaxBytes == 0 {
		o.MaxBytes = defaultMaxBytes
	}
	if o.Parallel == 0 {
		o.Parallel = defaultParallel
	}
	if o.Tries == 0 {
		o.Tries = defaultTries
	}
	if o.Sleep == nil {
		o.Sleep = sleep
	}
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

// oldest is the oldest major version of Elasticsearch that is used.
const oldest = 8

// greet asks the server what it is.
func (ix *Index) greet(ctx context.Context) error {
	var body struct {
		Name    string `json:"name"`
		Cluster string `json:"cluster_name"`
		Version struct {
			Number string `json:"number"`
		} `json:"version"`
	}
	if err := ix.call(ctx, http.MethodGet, "/", nil, &body); err != nil {
		return err
	}
	ix.Server = Server{body.Name, body.Cluster, body.Version.Number}
	major, _, _ := strings.Cut(body.Version.Number, ".")
	if n, err := strconv.Atoi(major); err != nil || n < oldest {
		return fmt.Errorf("it has version %q; jobsieve needs Elasticsearch %d.0 or newer", body.Version.Number, oldest)
	}
	return nil
}

// answer is a whole reply.
type answer struct {
	status int
	header http.Header
	body   []byte
}

// maxAnswer is the most bytes of one reply.
const maxAnswer = 256 << 20

// sendOnce sends one request to one node and reads the whole reply.
func (ix *Index) sendOnce(
	ctx context.Context, method, path, contentType string, body []byte,
) (a answer, err error) {
	req, err := http.NewRequestWithContext(ctx, method, path, bytes.NewReader(body))
	if err != nil {
		return a, err
	}
	if len(body) > 0 {
		req.Header.Set("Content-Type", contentType)
	}
	resp, err := ix.client.Perform(req)
	if err != nil {
		return a, explainTransport(err)
	}
	defer func() { err = errors.Join(err, resp.Body.Close()) }()
	a.status, a.header = resp.StatusCode, resp.Header
	a.body, err = io.ReadAll(io.LimitReader(resp.Body, maxAnswer))
	if err != nil {
		return a, fmt.Errorf("the reply was cut off: %w", err)
	}
	return a, nil
}

// call sends JSON and reads JSON; a status other than success is an error.
func (ix *Index) call(ctx context.Context, method, path string, in, out any) error {
	var body []byte
	if in != nil {
		var err error
		if body, err = json.Marshal(in); err != nil {
			return err
		}
	}
	a, err := ix.send(ctx, method, path, "application/json", body)
	if err != nil {
		return err
	}
	if a.status >= http.StatusMultipleChoices {
		return explainStatus(a)
	}
	if out == nil {
		return nil
	}
	if err := json.Unmarshal(a.body, out); err != nil {
		return fmt.Errorf("%w: %s %s: the reply is not JSON: %w", ErrNotElasticsearch, method, path, err)
	}
	return nil
}

// Target names the index, and which one of its name it is.
func (ix *Index) Target() string {
	return TargetPrefix(ix.opts.URL, ix.opts.Alias) + ix.UUID
}

// Parallel is how many deliveries may be under way at once: as many as requests,
// and some more that are being prepared or noted meanwhile.
func (ix *Index) Parallel() int { return ix.opts.Parallel + 2 }

// Close ends the connection.
func (ix *Index) Close() error { return nil }
