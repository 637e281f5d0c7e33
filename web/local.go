package web

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"time"

	"jobsieve/indexer"
	"jobsieve/internal/private"
	"jobsieve/ledger"
)

// noteName is the file in the data folder that says where a daemon listens.
const noteName = "serve.json"

// note is what the file says.
type note struct {
	Network string `json:"network"`
	Address string `json:"address"`
}

// Backend is what the daemon does for other processes.
type Backend interface {
	Search(ctx context.Context, q indexer.Query) (*indexer.Answer, error)
	Sync(ctx context.Context) (ledger.Deliveries, error)
}

// Local answers other processes of the same data folder.
type Local struct {
	server   *http.Server
	listener net.Listener
	dir      string
}

// maxSocketPath is the longest path that a socket may have on every system.
const maxSocketPath = 100

// Listen begins to answer for the data folder dir.
func Listen(dir string, b Backend) (*Local, error) {
	n := note{"unix", filepath.Join(dir, "serve.sock")}
	if abs, err := filepath.Abs(n.Address); err == nil {
		n.Address = abs
	}
	if len(n.Address) > maxSocketPath {
		n = note{"tcp", "127.0.0.1:0"}
	} else if err := os.Remove(n.Address); err != nil && !errors.Is(err, os.ErrNotExist) {
		return nil, fmt.Errorf("listen for other commands: %w", err)
	}
	listener, err := net.Listen(n.Network, n.Address)
	if err != nil {
		return nil, fmt.Errorf("listen for other commands: %w", err)
	}
	if n.Network == "tcp" {
		n.Address = listener.Addr().String()
	} else if err := private.Narrow(n.Address); err != nil {
		return nil, errors.Join(err, listener.Close())
	}
	l := &Local{&http.Server{Handler: localHandler(b), ReadHeaderTimeout: 10 * time.Second}, listener, dir}
	body, err := json.Marshal(n)
	if err == nil {
		err = private.Write(filepath.Join(dir, noteName), body)
	}
	if err != nil {
		return nil, errors.Join(fmt.Errorf("listen for other commands: %w", err), listener.Close())
	}
	return l, nil
}

// Serve answers until Close.
func (l *Local) Serve() error {
	if err := l.server.Serve(l.listener); !errors.Is(err, http.ErrServerClosed) {
		return fmt.Errorf("answer other commands: %w", err)
	}
	return nil
}

// Close stops answering; what is being answered is finished first.
func (l *Local) Close(ctx context.Context) error {
	err := l.server.Shutdown(ctx)
	if e := os.Remove(filepath.Join(l.dir, noteName)); e != nil && !errors.Is(e, os.ErrNotExist) {
		err = errors.Join(err, e)
	}
	return err
}

func localHandler(b Backend) http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("POST /search", func(w http.ResponseWriter, r *http.Request) {
		var q indexer.Query
		if err := json.NewDecoder(io.LimitReader(r.Body, 1<<20)).Decode(&q); err != nil {
			http.Error(w, err.Error(), http.StatusBadRequest)
			return
		}
		answer, err := b.Search(r.Context(), q)
		reply(w, answer, err)
	})
	mux.HandleFunc("POST /sync", func(w http.ResponseWriter, r *http.Request) {
		counts, err := b.Sync(r.Context())
		reply(w, counts, err)
	})
	return mux
}

func reply(w http.ResponseWriter, v any, err error) {
	if err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	w.Header().Set("Content-Type", "application/json")
	_ = json.NewEncoder(w).Encode(v) // the other side sees a broken answer
}

// Client asks a running daemon.
type Client struct{ http *http.Client }

// Dial finds the daemon of a data folder; ok is false where none runs.
func Dial(dir string) (c *Client, ok bool) {
	body, err := os.ReadFile(filepath.Join(dir, noteName))
	var n note
	if err != nil || json.Unmarshal(body, &n) != nil {
		return nil, false
	}
	conn, err := net.DialTimeout(n.Network, n.Address, 2*time.Second)
	if err != nil {
		return nil, false
	}
	_ = conn.Close() // it only showed that somebody answers
	dial := func(ctx context.Context, _, _ string) (net.Conn, error) {
		var d net.Dialer
		return d.DialContext(ctx, n.Network, n.Address)
	}
	return &Client{&http.Client{Transport: &http.Transport{DialContext: dial}}}, true
}

// Search asks the daemon's index.
func (c *Client) Search(ctx context.Context, q indexer.Query) (*indexer.Answer, error) {
	a := new(indexer.Answer)
	return a, c.post(ctx, "/search", q, a)
}

// Sync has the daemon bring its index up to the ledger.
func (c *Client) Sync(ctx context.Context) (ledger.Deliveries, error) {
	var d ledger.Deliveries
	return d, c.post(ctx, "/sync", struct{}{}, &d)
}

func (c *Client) post(ctx context.Context, path string, in, out any) (err error) {
	body, err := json.Marshal(in)
	if err != nil {
		return fmt.Errorf("ask the daemon: %w", err)
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, "http://daemon"+path, bytes.NewReader(body))
	if err != nil {
		return fmt.Errorf("ask the daemon: %w", err)
	}
	resp, err := c.http.Do(req)
	if err != nil {
		return fmt.Errorf("ask the daemon: %w", err)
	}
	defer func() { err = errors.Join(err, resp.Body.Close()) }()
	if resp.StatusCode != http.StatusOK {
		message, _ := io.ReadAll(io.LimitReader(resp.Body, 4096))
		return fmt.Errorf("the daemon says: %s", bytes.TrimSpace(message))
	}
	if err := json.NewDecoder(resp.Body).Decode(out); err != nil {
		return fmt.Errorf("ask the daemon: %w", err)
	}
	return nil
}
