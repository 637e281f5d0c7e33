package chosen

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"log/slog"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"runtime/debug"
	"strings"
	"sync/atomic"
	"time"

	"jobsieve/indexer"
	"jobsieve/internal/serving"
	"jobsieve/ledger"
)

// noteName is the file in the data folder that says where a daemon listens.
const noteName = "serve.json"

// note is what the file says: the socket, which only this user can reach, who
// has it, and which index that process keeps.
type note struct {
	Address string `json:"address"`
	PID     int    `json:"pid"`
	Index   string `json:"index"`
}

func readNote(dir string) (n note, err error) {
	body, err := os.ReadFile(filepath.Join(dir, noteName))
	if err == nil {
		err = json.Unmarshal(body, &n)
	}
	return n, err
}

// Backend is what the daemon does for other processes.
type Backend interface {
	// Search answers a query that was checked.
	Search(ctx context.Context, q indexer.Query) (*Found, error)
	// Keys is Search for the keys of all documents that the query finds.
	Keys(ctx context.Context, q indexer.Query) (*FoundKeys, error)
	// Sync brings the index up to date with the ledger; progress is told how many
	// documents were handled.
	Sync(ctx context.Context, progress func(done int)) (ledger.Deliveries, error)
	// Compare compares the index with the ledger.
	Compare(ctx context.Context) (*Comparison, error)
}

// Lack is how an index differs from the ledger.
type Lack struct {
	// Waiting are the documents that it has yet to take, Missing those that it
	// has lost, Foreign those that it has and the ledger lacks, or has otherwise.
	Waiting int `json:"waiting"`
	Missing int `json:"missing"`
	Foreign int `json:"foreign"`
}

// Found is what a query found, and how the index differed from the ledger.
type Found struct {
	*indexer.Answer
	Lack
}

// FoundKeys are the keys of the documents that a query found, and how the index
// differed from the ledger.
type FoundKeys struct {
	Keys []string `json:"keys"`
	Lack
}

// Set gives the keys for looking them up.
func (f *FoundKeys) Set() map[string]bool {
	set := make(map[string]bool, len(f.Keys))
	for _, key := range f.Keys {
		set[key] = true
	}
	return set
}

// Comparison is what an index took, and what it holds.
type Comparison struct {
	Deliveries ledger.Deliveries  `json:"deliveries"`
	Difference indexer.Difference `json:"difference"`
}

// Local answers other processes of the same data folder.
type Local struct {
	server   *http.Server
	listener net.Listener
	dir      string
	note     note
}

// maxSocketPath is the longest path that a socket may have on every system.
const maxSocketPath = 100

// Listen begins to answer for the data folder dir and an index.
func Listen(dir, index string, b Backend, log *slog.Logger) (*Local, error) {
	l, err := listen(dir, index)
	if err != nil {
		return nil, fmt.Errorf("listen for other commands: %w", err)
	}
	l.server = serving.Server(localHandler(b, log))
	l.server.ErrorLog = slog.NewLogLogger(log.Handler(), slog.LevelError)
	l.server.WriteTimeout = 0 // each line of an answer has its own
	return l, nil
}

func listen(dir, index string) (*Local, error) {
	if old, running := Dial(dir); running {
		return nil, fmt.Errorf("the daemon of %s is running already: process %d", dir, old.pid)
	}
	if old, err := readNote(dir); err == nil {
		old.clear(dir) // left by a kill
	}
	address, err := socketPath(dir)
	if err != nil {
		return nil, err
	}
	if err := os.Remove(address); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, err
	}
	listener, err := net.Listen("unix", address)
	if err != nil {
		return nil, err
	}
	l := &Local{listener: serving.Limit(listener), dir: dir, note: note{address, os.Getpid(), index}}
	if err = os.Chmod(address, 0o600); err == nil {
		err = l.writeNote()
	}
	if err != nil {
		return nil, errors.Join(err, listener.Close())
	}
	return l, nil
}

// socketPath gives the place of the socket: in the data folder, or where its
// path is too long for one, in a new folder that is this user's alone.
func socketPath(dir string) (string, error) {
	abs, err := filepath.Abs(filepath.Join(dir, "serve.sock"))
	if err != nil || len(abs) <= maxSocketPath {
		return abs, err
	}
	for _, parent := range []string{os.TempDir(), "/tmp"} {
		if len(parent)+len("/jobsieve-0123456789/serve.sock") > maxSocketPath {
			continue
		}
		short, err := os.MkdirTemp(parent, tempPrefix)
		return filepath.Join(short, "serve.sock"), err
	}
	const format = "the paths of the data folder %s and of the temporary folder %s are too long for a socket; " +
		"set TMPDIR to a shorter one"
	return "", fmt.Errorf(format, dir, os.TempDir())
}

const tempPrefix = "jobsieve-"

// clear removes the socket, and its folder if that was made for it.
func (n *note) clear(dir string) {
	_ = os.Remove(n.Address) // it goes when the listener closes
	parent := filepath.Dir(n.Address)
	if strings.HasPrefix(filepath.Base(parent), tempPrefix) && parent != filepath.Clean(dir) {
		_ = os.Remove(parent) // only where it is empty
	}
}

// writeNote writes the note for this user's eyes, whole or not at all.
func (l *Local) writeNote() error {
	body, err := json.Marshal(l.note)
	if err != nil {
		return err
	}
	path := filepath.Join(l.dir, noteName)
	f, err := os.CreateTemp(l.dir, noteName+".")
	if err != nil {
		return err
	}
	_, err = f.Write(body)
	if err = errors.Join(err, f.Close()); err == nil {
		err = os.Rename(f.Name(), path)
	}
	if err != nil {
		return errors.Join(err, os.Remove(f.Name()))
	}
	return nil
}

// Serve answers until Close.
func (l *Local) Serve() error {
	if err := l.server.Serve(l.listener); !errors.Is(err, http.ErrServerClosed) {
		return fmt.Errorf("answer other commands: %w", err)
	}
	return nil
}

// Close stops answering; what is being answered is finished first. A note by
// another process stays.
func (l *Local) Close(ctx context.Context) error {
	err := l.server.Shutdown(ctx)
	l.note.clear(l.dir)
	if n, e := readNote(l.dir); e == nil && n == l.note {
		err = errors.Join(err, os.Remove(filepath.Join(l.dir, noteName)))
	}
	return err
}

func localHandler(b Backend, log *slog.Logger) http.Handler {
	mux := http.NewServeMux()
	query := func(path string, answer func(context.Context, indexer.Query) (any, error)) {
		mux.HandleFunc("POST "+path, func(w http.ResponseWriter, r *http.Request) {
			q, err := queryOf(r)
			if err != nil {
				http.Error(w, err.Error(), http.StatusBadRequest)
				return
			}
			stream(w, r, log, func(ctx context.Context, _ func(int)) (any, error) { return answer(ctx, q) })
		})
	}
	query("/search", func(ctx context.Context, q indexer.Query) (any, error) { return b.Search(ctx, q) })
	query("/keys", func(ctx context.Context, q indexer.Query) (any, error) { return b.Keys(ctx, q) })
	mux.HandleFunc("POST /sync", func(w http.ResponseWriter, r *http.Request) {
		stream(w, r, log, func(ctx context.Context, progress func(int)) (any, error) { return b.Sync(ctx, progress) })
	})
	mux.HandleFunc("POST /compare", func(w http.ResponseWriter, r *http.Request) {
		stream(w, r, log, func(ctx context.Context, _ func(int)) (any, error) { return b.Compare(ctx) })
	})
	return mux
}

// queryOf reads the query of a request, and checks it.
func queryOf(r *http.Request) (q indexer.Query, err error) {
	if err = json.NewDecoder(io.LimitReader(r.Body, 1<<20)).Decode(&q); err != nil {
		return q, err
	}
	return q, q.Check()
}

// line is one line of an answer. All but the last say that the daemon is alive,
// and how far it has got.
type line struct {
	Done   int             `json:"done,omitempty"`
	End    bool            `json:"end,omitempty"`
	Result json.RawMessage `json:"result,omitempty"`
	Error  string          `json:"error,omitempty"`
}

// The daemon says every beat that it is alive; lineTime is how long the other
// side may take to read a line.
const (
	beat     = time.Second
	lineTime = 10 * time.Second
)

// work is what a request asks for; progress is told how far it has got.
type work func(ctx context.Context, progress func(int)) (any, error)

// stream answers a request with what f gives, and with signs of life until then.
func stream(w http.ResponseWriter, r *http.Request, log *slog.Logger, f work) {
	ctx, cancel := context.WithCancel(r.Context())
	defer cancel()
	rc := http.NewResponseController(w)
	_ = rc.SetReadDeadline(time.Time{}) // the request is read, and the work may be long
	var done atomic.Int64
	last := make(chan line, 1)
	go func() {
		last <- lastLine(log, func() (any, error) { return f(ctx, func(n int) { done.Store(int64(n)) }) })
	}()
	ticker := time.NewTicker(beat)
	defer ticker.Stop()
	for ended := false; !ended; {
		l := line{}
		select {
		case l = <-last:
			ended = true
		case <-ticker.C:
			l.Done = int(done.Load())
		}
		_ = rc.SetWriteDeadline(time.Now().Add(lineTime))
		err := json.NewEncoder(w).Encode(l)
		if err = errors.Join(err, rc.Flush()); err != nil && !ended {
			cancel()
			<-last
			return
		}
	}
}

// lastLine gives the outcome of f as a line. A panic is the request's, and not
// the daemon's end.
func lastLine(log *slog.Logger, f func() (any, error)) (l line) {
	defer func() {
		if r := recover(); r != nil {
			log.Error("a request of another command failed", "panic", r, "stack", string(debug.Stack()))
			l = line{End: true, Error: fmt.Sprintf("it failed: %v", r)}
		}
	}()
	v, err := f()
	if err != nil {
		l.Error = err.Error()
	}
	body, err := json.Marshal(v)
	if err != nil {
		return line{End: true, Error: err.Error()}
	}
	l.End, l.Result = true, body
	return l
}
