package ledger

import (
	"context"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"github.com/gofrs/flock"

	"jobsieve/internal/private"
)

// Holder is who holds a lock.
type Holder struct {
	PID     int       `json:"pid"`
	Command string    `json:"command"`
	Started time.Time `json:"started"`
}

// HeldError says that another process holds a lock.
type HeldError struct {
	What   string // what the lock is for
	Holder Holder
}

func (e *HeldError) Error() string {
	return fmt.Sprintf("%s is held by %s, started %s", e.What, e.Holder, e.Holder.Started.Format(time.DateTime))
}

// String is the process as people read it.
func (h Holder) String() string { return fmt.Sprintf("process %d (%s)", h.PID, h.Command) }

// Lock is a lock on a file that ends with its process, however that ends.
type Lock struct {
	file *flock.Flock
}

// lockPoll is how often a waiting process looks again.
const lockPoll = 50 * time.Millisecond

// Who looks whether a lock is held has it for a moment: one that is not to be waited for is
// tried again so often, for a glance.
const (
	glance  = 20 * time.Millisecond
	glances = 4
)

// Acquire takes the lock of a name in the data folder dir, waiting up to
// wait. Where another process keeps it the error is a *HeldError.
func Acquire(ctx context.Context, dir, name, what string, wait time.Duration) (*Lock, error) {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, fmt.Errorf("create the data folder: %w", err)
	}
	path := filepath.Join(dir, lockFile(name))
	if err := private.File(path); err != nil {
		return nil, fmt.Errorf("lock %s: %w", path, err)
	}
	f := flock.New(path)
	ok, err := f.TryLock()
	if err == nil && !ok {
		poll := lockPoll
		if wait < glance {
			wait, poll = glance, glance/glances
		}
		waiting, cancel := context.WithTimeout(ctx, wait)
		defer cancel()
		ok, err = f.TryLockContext(waiting, poll)
		if errors.Is(err, context.DeadlineExceeded) && ctx.Err() == nil {
			err = nil
		}
	}
	if err != nil {
		return nil, fmt.Errorf("lock %s: %w", path, err)
	}
	if !ok {
		return nil, &HeldError{What: what, Holder: readHolder(path)}
	}
	if err := writeHolder(path); err != nil {
		return nil, errors.Join(err, f.Close())
	}
	return &Lock{f}, nil
}

// lockFile is the file of a lock, which is called by a hash where its name is too long for
// a file's: one in Hindi has nine bytes for each letter, as it is escaped.
func lockFile(name string) string {
	const longest = 200 // bytes
	if len(name) > longest {
		name = fmt.Sprintf("%x", sha256.Sum256([]byte(name)))
	}
	return name + ".lock"
}

// Release gives the lock up.
func (l *Lock) Release() error {
	if err := l.file.Close(); err != nil {
		return fmt.Errorf("release a lock: %w", err)
	}
	return nil
}

// Command is what is noted about a lock's holder, and may be shown to other
// users of the machine; main sets it before any lock is taken. It holds no
// secrets.
var Command = filepath.Base(os.Args[0])

func writeHolder(path string) error {
	body, err := json.Marshal(Holder{os.Getpid(), Command, time.Now().Truncate(time.Second)})
	if err == nil {
		err = private.Write(path, body)
	}
	if err != nil {
		return fmt.Errorf("note the holder of %s: %w", path, err)
	}
	return nil
}

// readHolder reads who holds a lock; a holder that has not said so yet is
// process 0.
func readHolder(path string) Holder {
	var h Holder
	if body, err := os.ReadFile(path); err == nil {
		_ = json.Unmarshal(body, &h) // a half-written note says nothing
	}
	return h
}
