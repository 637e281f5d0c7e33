package chosen

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"jobsieve/indexer"
	"jobsieve/internal/serving"
	"jobsieve/ledger"
)

// backend is a daemon's index.
type backend struct {
	search func(indexer.Query) (*Found, error)
	sync   func(ctx context.Context, progress func(int)) (ledger.Deliveries, error)
}

func (b *backend) Search(_ context.Context, q indexer.Query) (*Found, error) { return b.search(q) }
func (b *backend) Keys(context.Context, indexer.Query) (*FoundKeys, error) {
	return &FoundKeys{Keys: []string{"s/1", "s/2"}, Lack: Lack{Waiting: 4}}, nil
}
func (b *backend) Sync(ctx context.Context, progress func(int)) (ledger.Deliveries, error) {
	return b.sync(ctx, progress)
}
func (b *backend) Compare(context.Context) (*Comparison, error) {
	return &Comparison{Deliveries: ledger.Deliveries{Taken: 3}, Difference: indexer.Difference{Held: 2, Missing: 1}}, nil
}

// listening makes a daemon that answers for a data folder.
func listening(t *testing.T, dir string, b Backend) *Local {
	t.Helper()
	l, err := Listen(dir, "embedded", b, slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	ended := make(chan error, 1)
	go func() { ended <- l.Serve() }()
	t.Cleanup(func() {
		if err := errors.Join(l.Close(context.Background()), <-ended); err != nil {
			t.Error(err)
		}
	})
	return l
}

func dialed(t *testing.T, dir string) *Client {
	t.Helper()
	c, ok := Dial(dir)
	if !ok {
		t.Fatal("no daemon is found")
	}
	c.Silence = time.Hour // the test does not rest on speed
	return c
}

func TestLocal(t *testing.T) {
	for name, dir := range map[string]string{"a short path": "", "a long path": strings.Repeat("long", 40)} {
		t.Run(name, func(t *testing.T) {
			dir := filepath.Join(t.TempDir(), dir)
			if err := os.MkdirAll(dir, 0o700); err != nil {
				t.Fatal(err)
			}
			l := listening(t, dir, &backend{
				search: func(q indexer.Query) (*Found, error) {
					return &Found{Answer: &indexer.Answer{Total: q.Limit}, Lack: Lack{Waiting: 4, Missing: 5}}, nil
				},
				sync: func(_ context.Context, progress func(int)) (ledger.Deliveries, error) {
					progress(7)
					return ledger.Deliveries{Waiting: 9}, errors.New("it is away")
				},
			})
			for path, want := range map[string]os.FileMode{filepath.Join(dir, noteName): 0o600, l.note.Address: 0o600 | os.ModeSocket} {
				if info, err := os.Stat(path); err != nil || info.Mode() != want {
					t.Errorf("%s: %v %v", path, info, err)
				}
			}
			c := dialed(t, dir)
			if _, err := Listen(dir, "embedded", nil, slog.New(slog.DiscardHandler)); err == nil || !strings.Contains(err.Error(), "is running already") {
				t.Errorf("a second daemon: %v", err)
			}
			if f, err := c.Search(t.Context(), indexer.Query{Limit: 8}); err != nil || f.Total != 8 || f.Waiting != 4 || f.Missing != 5 {
				t.Errorf("%+v %v", f, err)
			}
			if f, err := c.Keys(t.Context(), indexer.Query{}); err != nil || len(f.Keys) != 2 || f.Waiting != 4 {
				t.Errorf("%+v %v", f, err)
			}
			if d, err := c.Sync(t.Context(), nil); err == nil || d.Waiting != 9 || !strings.Contains(err.Error(), "it is away") {
				t.Errorf("%+v %v", d, err)
			}
			defer func() { // the socket goes, and its folder where that was made for it
				if err := l.Close(context.Background()); err != nil {
					t.Error(err)
				}
				if _, err := os.Stat(filepath.Dir(l.note.Address)); (err == nil) != (filepath.Dir(l.note.Address) == dir) {
					t.Errorf("%s is there: %v", l.note.Address, err)
				}
			}()
			if s, err := c.Compare(t.Context()); err != nil || s.Deliveries.Taken != 3 || s.Difference.Missing != 1 {
				t.Errorf("%+v %v", s, err)
			}
		})
	}
}

// TestStrangeRequests sends what no command sends; none reaches the index, and
// none ends the daemon.
func TestStrangeRequests(t *testing.T) {
	dir := t.TempDir()
	listening(t, dir, &backend{search: func(q indexer.Query) (*Found, error) {
		if q.Limit == 13 {
			panic("unlucky")
		}
		return &Found{Answer: &indexer.Answer{}}, nil
	}})
	c := dialed(t, dir)
	for body, want := range map[string]int{
		`{"Limit":-5}`: 400, `{"Offset":-1}`: 400, `{"Limit":1,"Offset":9223372036854775807}`: 400, `{"Limit":100001}`: 400,
		`{"Terms":[{}]}`: 400, `{"Terms":[{"Words":[""]}]}`: 400, `{"Filters":{"planet":["Mars"]}}`: 400, `{"Since":"x"}`: 400, `{"PayLeast":-1}`: 400,
		`{"Limit":"1"}`: 400, `{"Limit":1.5}`: 400, `[]`: 400, ``: 400, `null`: 200, `{"Limit":5}`: 200, `{"Limit":13}`: 200,
	} {
		resp, err := c.http.Post("http://daemon/search", "application/json", strings.NewReader(body))
		if err != nil {
			t.Fatalf("%s: %v", body, err)
		}
		answer, err := io.ReadAll(resp.Body)
		_ = resp.Body.Close()
		if err != nil || resp.StatusCode != want {
			t.Errorf("%s: %s %v %s", body, resp.Status, err, answer)
		}
		if failed := strings.Contains(string(answer), "it failed: unlucky"); failed != strings.Contains(body, "13") {
			t.Errorf("%s: %s", body, answer)
		}
	}
}

// TestHungDaemon asks a daemon that is stopped: it listens and says nothing.
func TestHungDaemon(t *testing.T) {
	dir := t.TempDir()
	address := filepath.Join(dir, "serve.sock")
	listener, err := net.Listen("unix", address)
	if err != nil {
		t.Fatal(err)
	}
	defer listener.Close()
	body, err := json.Marshal(note{address, 4711, "embedded"})
	if err == nil {
		err = os.WriteFile(filepath.Join(dir, noteName), body, 0o600)
	}
	if err != nil {
		t.Fatal(err)
	}
	c := dialed(t, dir)
	c.Silence = 20 * time.Millisecond
	for name, ask := range map[string]func() error{
		"search": func() error { _, err := c.Search(t.Context(), indexer.Query{}); return err },
		"sync":   func() error { _, err := c.Sync(t.Context(), nil); return err },
		"status": func() error { _, err := c.Compare(t.Context()); return err },
	} {
		if err := ask(); err == nil || !strings.Contains(err.Error(), "process 4711, has said nothing for 20ms") {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// TestLongWork lets a sync take an hour: its signs of life keep the other side
// waiting.
func TestLongWork(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := &backend{sync: func(_ context.Context, progress func(int)) (ledger.Deliveries, error) {
			time.Sleep(30 * time.Minute)
			progress(5)
			time.Sleep(30 * time.Minute)
			return ledger.Deliveries{Delivered: 5}, nil
		}}
		client, serve := piped(t, serving.Server(localHandler(b, slog.New(slog.DiscardHandler))))
		serve.server.WriteTimeout = 0
		c := &Client{http: client, Silence: DefaultSilence}
		told := 0
		d, err := c.Sync(t.Context(), func(n int) { told = n })
		if err != nil || d.Delivered != 5 || told != 5 {
			t.Errorf("%+v, told %d: %v", d, told, err)
		}
		client.CloseIdleConnections()
	})
}

// TestSlowReaders opens connections that send half a request, send nothing, or
// never read: each is dropped.
func TestSlowReaders(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		_, serve := piped(t, serving.Server(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
			_, _ = w.Write(make([]byte, 1<<20))
		})))
		for name, sent := range map[string]string{"half a request": "GET / HTTP/1.1\r\nHo", "nothing": "", "half a body": "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\n{", "no reading": "GET / HTTP/1.1\r\nHost: x\r\n\r\n"} {
			conn := serve.dial()
			if _, err := io.WriteString(conn, sent); err != nil {
				t.Fatal(err)
			}
			time.Sleep(time.Minute)
			synctest.Wait()
			if n, err := io.Copy(io.Discard, bufio.NewReader(conn)); n > 1<<16 || err != nil {
				t.Errorf("%s: after a minute the connection is open: %d bytes, %v", name, n, err)
			}
		}
	})
}

// pipes is a listener whose connections are pipes.
type pipes struct {
	server *http.Server
	conns  chan net.Conn
	closed chan struct{}
}

// piped serves over pipes until the test ends.
func piped(t *testing.T, s *http.Server) (*http.Client, *pipes) {
	t.Helper()
	p := &pipes{server: s, conns: make(chan net.Conn), closed: make(chan struct{})}
	ended := make(chan error, 1)
	go func() { ended <- s.Serve(p) }()
	t.Cleanup(func() {
		_ = s.Close()
		if err := <-ended; !errors.Is(err, http.ErrServerClosed) {
			t.Error(err)
		}
	})
	return &http.Client{Transport: &http.Transport{DialContext: func(context.Context, string, string) (net.Conn, error) { return p.dial(), nil }, DisableKeepAlives: true}}, p
}

func (p *pipes) dial() net.Conn {
	near, far := net.Pipe()
	p.conns <- far
	return near
}

// Accept gives the next connection.
func (p *pipes) Accept() (net.Conn, error) {
	select {
	case c := <-p.conns:
		return c, nil
	case <-p.closed:
		return nil, fmt.Errorf("closed: %w", net.ErrClosed)
	}
}

// Close ends the listener.
func (p *pipes) Close() error {
	close(p.closed)
	return nil
}

// Addr is nothing that can be dialed.
func (p *pipes) Addr() net.Addr { return &net.UnixAddr{} }

// TestNoteOfOthers closes a daemon whose note another has replaced.
func TestNoteOfOthers(t *testing.T) {
	dir := t.TempDir()
	l := listening(t, dir, &backend{})
	path := filepath.Join(dir, noteName)
	if err := os.WriteFile(path, []byte(`{"address":"/elsewhere","pid":1}`), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := l.Close(t.Context()); err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(path); err != nil {
		t.Errorf("the note of another is gone: %v", err)
	}
}
