package ledger

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"strings"
	"sync"
	"testing"
	"time"

	"jobsieve/job"
)

// openFile opens the ledger of a folder, as one more process would.
func openFile(t *testing.T, dir string) (*Ledger, *sqliteFile) {
	t.Helper()
	l, err := Open(t.Context(), dir)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = l.Close() }) // what damage it tells is the test's
	return l, l.engine.(*sqliteFile)
}

// A write waits for another process, and is not refused.
func TestWritesWaitForOneAnother(t *testing.T) {
	dir := t.TempDir()
	a, _ := openFile(t, dir)
	_, b := openFile(t, dir)
	ctx := t.Context()
	release := hold(t, a)
	tries := 0
	err := patiently(ctx, b.busy, func() error {
		if tries++; tries == 2 {
			release()
		}
		return once(ctx, b.main, func(*sql.Tx) error { return nil })
	})
	if err != nil || tries < 2 {
		t.Errorf("after %d tries: %v", tries, err)
	}
}

// hold has another process hold the file until it is released.
func hold(t *testing.T, l *Ledger) (release func()) {
	t.Helper()
	writing, done := make(chan bool), make(chan bool)
	var group sync.WaitGroup
	group.Go(func() {
		err := l.transact(t.Context(), "hold the file", func(*sql.Tx) error {
			close(writing)
			<-done
			return nil
		})
		if err != nil {
			t.Error(err)
		}
	})
	<-writing
	return func() {
		close(done)
		group.Wait()
	}
}

func TestAcquire(t *testing.T) {
	dir := t.TempDir()
	lock, err := Acquire(t.Context(), dir, "writer", "the ledger", 0)
	if err != nil {
		t.Fatal(err)
	}
	_, err = Acquire(t.Context(), dir, "writer", "the ledger", time.Millisecond)
	var held *HeldError
	if !errors.As(err, &held) || held.Holder.PID != os.Getpid() || held.Holder.Command == "" || held.Holder.Started.IsZero() {
		t.Errorf("second: %v", err)
	}
	if err := lock.Release(); err != nil {
		t.Fatal(err)
	}
	again, err := Acquire(t.Context(), dir, "writer", "the ledger", 0)
	if err != nil {
		t.Fatalf("after its release: %v", err)
	}
	if err := again.Release(); err != nil {
		t.Error(err)
	}
}

// TestDamagedValues puts values into rows that SQLite allows there and other
// databases do not.
func TestDamagedValues(t *testing.T) {
	for _, damage := range []string{"content = x'00ff'", "version = 'many'", "first_seen = 'early'"} {
		t.Run(damage, func(t *testing.T) {
			ctx := context.WithoutCancel(t.Context())
			l, file := openFile(t, t.TempDir())
			for i := range 5 {
				p := job.Posting{ID: fmt.Sprint(i + 1), Source: "s", Title: "Telecaller"}
				if _, err := l.Store(ctx, nil, []Entry{{Posting: p, Seen: time.UnixMilli(1), Reading: &Reading{}}}); err != nil {
					t.Fatal(err)
				}
			}
			if _, err := file.main.ExecContext(ctx, "UPDATE posting SET "+damage+" WHERE n IN (2, 3)"); err != nil {
				t.Fatal(err)
			}
			var got []string
			err := l.Each(ctx, func(r *Record) error {
				got = append(got, r.Posting.ID)
				return nil
			})
			if want := "1 4 5"; err != nil || strings.Join(got, " ") != want {
				t.Errorf("%s, want %s: %v", strings.Join(got, " "), want, err)
			}
			var damaged *DamagedError
			if err = l.Close(); !errors.As(err, &damaged) || damaged.Rows != 2 {
				t.Errorf("told: %v", err)
			}
		})
	}
}

// A source's name in Hindi is three times as long where a file is called by it.
func TestClaimOfLongNames(t *testing.T) {
	l, _ := openFile(t, t.TempDir())
	long := strings.Repeat("नौकरी", 20)
	for _, source := range []string{"नौकरी", long, long + "1"} {
		c, err := l.BeginCrawl(t.Context(), source, time.Now(), 0)
		if err != nil {
			t.Fatal(err)
		}
		var held *HeldError
		if _, err := l.BeginCrawl(t.Context(), source, time.Now(), 0); !errors.As(err, &held) {
			t.Errorf("crawled twice at once: %v", err)
		}
		defer func() { _ = c.Release() }()
	}
}

func TestLocators(t *testing.T) {
	t.Chdir(t.TempDir())
	const expected = "; expected a folder, such as ./jobsieve-data, or postgres://HOST/DATABASE"
	for _, tt := range []struct{ locator, want string }{
		{"file:///tmp/x", "a ledger at file://… is not known" + expected},
		{"folder", ""},
		{"./a://b", ""},
		{"postgres://db.example/jobs?default_query_exec_mode=exec", errMode.Error()},
		{"postgres://db.example/jobs?default_query_exec_mode=simple_protocol", errMode.Error()},
	} {
		l, err := Open(t.Context(), tt.locator)
		if tt.want == "" {
			if err != nil {
				t.Errorf("%s: %v", tt.locator, err)
				continue
			}
			if err := errors.Join(Exists(tt.locator), l.Close()); err != nil {
				t.Errorf("%s: %v", tt.locator, err)
			}
			continue
		}
		_, attached := Attach(t.Context(), tt.locator)
		for what, err := range map[string]error{"open": err, "attach": attached, "exists": Exists(tt.locator)} {
			if err == nil || err.Error() != tt.want {
				t.Errorf("%s %s: %v, want %s", what, tt.locator, err, tt.want)
			}
		}
	}
}

// Who looks which crawls are claimed keeps none from being claimed.
func TestClaimsHinderNone(t *testing.T) {
	l, err := Open(t.Context(), t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	ctx, stop := context.WithCancel(t.Context())
	var looking sync.WaitGroup
	looking.Go(func() {
		for ctx.Err() == nil {
			if _, err := l.Claims(t.Context()); err != nil {
				t.Error(err)
			}
		}
	})
	for range 500 {
		c, err := l.engine.claim(t.Context(), "a", "", 0)
		if err != nil {
			t.Error(err)
			break
		}
		if err := c.Release(); err != nil {
			t.Error(err)
		}
	}
	stop()
	looking.Wait()
}
