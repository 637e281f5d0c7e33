// Package elastic is the index in an Elasticsearch 8 server. It is the only
// home of go-elasticsearch.
package elastic

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"

	"github.com/elastic/go-elasticsearch/v8"

	"jobsieve/indexer"
)

// TargetPrefix begins the targets of all indexes at a server.
func TargetPrefix(url string) string { return "elasticsearch:" + url + ":" }

// Index is a connection to a server.
type Index struct {
	client *elasticsearch.Client
	url    string
	// Server is what answered.
	Server Server
}

// Server says what a server is.
type Server struct {
	Name    string
	Cluster string
	Version string
}

var _ indexer.Index = (*Index)(nil)

// ErrNotYet says that something is not built yet.
var ErrNotYet = errors.New("not built yet for Elasticsearch; use the embedded index")

// Open connects to the server at url and asks what it is.
func Open(ctx context.Context, url string) (*Index, error) {
	client, err := elasticsearch.NewClient(elasticsearch.Config{Addresses: []string{url}, DisableRetry: true})
	if err != nil {
		return nil, fmt.Errorf("elasticsearch at %s: %w", url, err)
	}
	ix := &Index{client: client, url: url}
	if ix.Server, err = ix.info(ctx); err != nil {
		return nil, fmt.Errorf("elasticsearch at %s: %w", url, err)
	}
	return ix, nil
}

func (ix *Index) info(ctx context.Context) (s Server, err error) {
	resp, err := ix.client.Info(ix.client.Info.WithContext(ctx))
	if err != nil {
		return s, err
	}
	defer func() { err = errors.Join(err, resp.Body.Close()) }()
	if resp.IsError() {
		return s, fmt.Errorf("it answered %s", resp.Status())
	}
	var body struct {
		Name    string `json:"name"`
		Cluster string `json:"cluster_name"`
		Version struct {
			Number string `json:"number"`
		} `json:"version"`
	}
	if err := json.NewDecoder(io.LimitReader(resp.Body, 1<<20)).Decode(&body); err != nil {
		return s, fmt.Errorf("read its answer: %w", err)
	}
	return Server{body.Name, body.Cluster, body.Version.Number}, nil
}

// Target names the index.
func (ix *Index) Target() string { return TargetPrefix(ix.url) }

// Deliver is not built yet.
func (ix *Index) Deliver(context.Context, []indexer.Document) ([]indexer.Ack, error) {
	return nil, ErrNotYet
}

// Remove is not built yet.
func (ix *Index) Remove(context.Context, []string) error { return ErrNotYet }

// Search is not built yet.
func (ix *Index) Search(context.Context, indexer.Query) (*indexer.Answer, error) {
	return nil, ErrNotYet
}

// Count is not built yet.
func (ix *Index) Count(context.Context) (int, error) { return 0, ErrNotYet }

// Close ends the connection.
func (ix *Index) Close() error { return nil }
