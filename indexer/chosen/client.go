package chosen

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net"
	"net/http"
	"syscall"
	"time"

	"jobsieve/indexer"
	"jobsieve/ledger"
)

// Client asks a running daemon.
type Client struct {
	http *http.Client
	pid  int
	// Index is the one that the daemon keeps, as it is configured.
	Index string
	// Silence is how long the daemon may say nothing at all; it says every second
	// that it is alive.
	Silence time.Duration
}

// DefaultSilence is how long a daemon may say nothing.
const DefaultSilence = 10 * time.Second

// Dial finds the daemon of a data folder; ok is false where none runs. One that
// runs may be suspended, so there is a limit to waiting for its answers.
func Dial(dir string) (c *Client, ok bool) {
	n, err := readNote(dir)
	if err != nil || n.Address == "" {
		return nil, false
	}
	conn, err := net.DialTimeout("unix", n.Address, 2*time.Second)
	if errors.Is(err, syscall.ECONNREFUSED) || errors.Is(err, fs.ErrNotExist) {
		return nil, false
	}
	if err == nil {
		_ = conn.Close() // it only showed that something listens
	}
	dial := func(ctx context.Context, _, _ string) (net.Conn, error) {
		var d net.Dialer
		return d.DialContext(ctx, "unix", n.Address)
	}
	transport := &http.Transport{DialContext: dial, DisableKeepAlives: true}
	return &Client{&http.Client{Transport: transport}, n.PID, n.Index, DefaultSilence}, true
}

// Search asks the daemon's index.
func (c *Client) Search(ctx context.Context, q indexer.Query) (*Found, error) {
	f := &Found{Answer: new(indexer.Answer)}
	err := c.post(ctx, "/search", q, f, nil)
	return f, err
}

// Keys asks the daemon's index for the keys of all documents that a query finds.
func (c *Client) Keys(ctx context.Context, q indexer.Query) (*FoundKeys, error) {
	f := new(FoundKeys)
	err := c.post(ctx, "/keys", q, f, nil)
	return f, err
}

// Sync has the daemon bring its index up to date with the ledger; progress,
// which may be nil, is told how many documents were handled. The counts are
// given with an error too.
func (c *Client) Sync(ctx context.Context, progress func(done int)) (ledger.Deliveries, error) {
	var d ledger.Deliveries
	err := c.post(ctx, "/sync", struct{}{}, &d, progress)
	return d, err
}

// Compare has the daemon compare its index with the ledger.
func (c *Client) Compare(ctx context.Context) (*Comparison, error) {
	out := new(Comparison)
	err := c.post(ctx, "/compare", struct{}{}, out, nil)
	return out, err
}

func (c *Client) post(ctx context.Context, path string, in, out any, progress func(int)) (err error) {
	const format = "the daemon, process %d, has said nothing for %s: it is stopped or the machine is overloaded; " +
		"let it continue (kill -CONT %[1]d) or end it"
	silent := fmt.Errorf(format, c.pid, c.Silence)
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	watch := time.AfterFunc(c.Silence, func() { cancel(silent) })
	defer watch.Stop()
	err = c.ask(ctx, path, in, func(l *line) error {
		watch.Reset(c.Silence)
		if !l.End {
			if progress != nil && l.Done > 0 {
				progress(l.Done)
			}
			return nil
		}
		if len(l.Result) > 0 {
			if err := json.Unmarshal(l.Result, out); err != nil {
				return err
			}
		}
		if l.Error != "" {
			return fmt.Errorf("the daemon says: %s", l.Error)
		}
		return io.EOF
	})
	if errors.Is(context.Cause(ctx), silent) {
		return silent
	}
	if err != nil {
		return fmt.Errorf("ask the daemon: %w", err)
	}
	return nil
}

// ask sends a request and hands over each line of the answer, until f says with
// io.EOF that it was the last.
func (c *Client) ask(ctx context.Context, path string, in any, f func(*line) error) (err error) {
	body, err := json.Marshal(in)
	if err != nil {
		return err
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, "http://daemon"+path, bytes.NewReader(body))
	if err != nil {
		return err
	}
	resp, err := c.http.Do(req)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, resp.Body.Close()) }()
	if resp.StatusCode != http.StatusOK {
		message, _ := io.ReadAll(io.LimitReader(resp.Body, 4096))
		return fmt.Errorf("%s: %s", resp.Status, bytes.TrimSpace(message))
	}
	lines := json.NewDecoder(resp.Body)
	for {
		var l line
		if err := lines.Decode(&l); err != nil {
			return fmt.Errorf("the answer was cut off: %w", err)
		}
		if err := f(&l); errors.Is(err, io.EOF) {
			return nil
		} else if err != nil {
			return err
		}
	}
}
