package elastic

import (
	"context"
	"errors"
	"net"
	"net/http"
	"path"
	"slices"
	"strings"
	"time"

	"github.com/elastic/go-elasticsearch/v8"
)

// How a cluster of several nodes is asked.
const (
	// rounds is how often each node is asked before a request fails.
	rounds = 3
	// roundWait is how long to wait before they are asked once more: a cluster chooses
	// another master, or makes another copy the first, within a few of these.
	roundWait = time.Second
	// dialTimeout is how long a node of several may take to accept a connection: one that is
	// off must not use up the time of the request.
	dialTimeout = 3 * time.Second
)

// newClient makes the client of the server, or of all nodes that are named. It asks them
// in turn, and leaves out for a minute, then longer, one that did not answer.
func newClient(o *Options) (*elasticsearch.Client, error) {
	config := elasticsearch.Config{
		Addresses: o.nodes(), APIKey: o.APIKey, Username: o.Username, Password: o.Password,
		CACert: o.CACert, CertificateFingerprint: strings.ReplaceAll(o.Fingerprint, ":", ""), DisableRetry: true,
	}
	if transport, ok := http.DefaultTransport.(*http.Transport); ok {
		transport = transport.Clone()
		transport.MaxIdleConnsPerHost = o.Parallel + 1 // else concurrent requests cost a connection each
		if len(config.Addresses) > 1 {
			transport.DialContext = (&net.Dialer{Timeout: dialTimeout}).DialContext
		}
		config.Transport = transport
	}
	return elasticsearch.NewClient(config)
}

// nodes are the addresses of all nodes that are named, each once.
func (o *Options) nodes() []string {
	nodes := []string{o.URL}
	for _, address := range o.Addresses {
		if address = strings.TrimSuffix(address, "/"); !slices.Contains(nodes, address) {
			nodes = append(nodes, address)
		}
	}
	return nodes
}

// send sends one request and reads the whole reply. Where several nodes are named and one
// can't answer, another is asked. Its error means that it isn't known what the server did.
func (ix *Index) send(ctx context.Context, method, path, contentType string, body []byte) (answer, error) {
	ctx, cancel := context.WithTimeout(ctx, ix.opts.Timeout)
	defer cancel()
	nodes := len(ix.opts.nodes())
	for try := 1; ; try++ {
		a, err := ix.sendOnce(ctx, method, path, contentType, body)
		if nodes == 1 || try == rounds*nodes || ctx.Err() != nil || !another(method, path, a.status, err) {
			return a, err
		}
		if try%nodes == 0 && ix.opts.Sleep(ctx, roundWait) != nil {
			return a, err
		}
	}
}

// another reports that another node is to be asked: this one can't have done what was
// asked, or it does no harm when that is done twice.
func another(method, target string, status int, err error) bool {
	var network *net.OpError
	if errors.As(err, &network) && network.Op == "dial" {
		return true
	}
	failed := err != nil && !errors.Is(err, ErrNotElasticsearch)
	unable := []int{http.StatusBadGateway, http.StatusServiceUnavailable, http.StatusGatewayTimeout}
	return repeatable(method, target) && (failed || slices.Contains(unable, status))
}

// repeatable reports a request that may be carried out twice: documents carry their
// versions, and all else of these only reads.
func repeatable(method, target string) bool {
	target, _, _ = strings.Cut(target, "?")
	return method == http.MethodGet ||
		slices.Contains([]string{"_bulk", "_search", "_count", "_mget", "_refresh", "_pit"}, path.Base(target))
}
