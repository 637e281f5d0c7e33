package ledger

import (
	"bytes"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io"
	"net"
	"net/url"
	"os"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"jobsieve/internal/pgtest"
	"jobsieve/job"
)

func TestMain(m *testing.M) { os.Exit(pgtest.Main(m)) }

// openServer opens the ledger of a database, as one more process would.
func openServer(t *testing.T, locator string) (*Ledger, *postgres) {
	t.Helper()
	l, err := Open(t.Context(), locator)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = l.Close() })
	return l, l.engine.(*postgres)
}

func storeOne(ctx context.Context, l *Ledger, id, title string) error {
	_, err := l.Store(ctx, nil, []Entry{{
		Posting: job.Posting{ID: id, Source: "s", Title: title}, Seen: time.Now(), Reading: &Reading{},
	}})
	return err
}

// A locator that leads nowhere says so, and shows no password.
func TestPostgresLocators(t *testing.T) {
	for locator, want := range map[string]string{
		"postgres://me:secret@127.0.0.1:1/jobs": "the database jobs at 127.0.0.1",
		"PostgreSQL://me:secret@127.0.0.1:1":    "see that the server runs",
		"postgres://me:secret@host:port/jobs":   "expected postgres://HOST:PORT/DATABASE",
		"postgres://me:secret@127.0.0.1:1/a?b":  "expected postgres://",
		"postgres://me:secret%zz@host/jobs":     "expected postgres://",
		"postgres://me:secret/x@host/jobs":      "expected postgres://",
		"postgres://me:my@secret@127.0.0.1/a":   "write that of a password as %40",
	} {
		_, opened := Open(t.Context(), locator)
		for _, err := range []error{opened, Exists(locator)} {
			if err == nil || !strings.Contains(err.Error(), want) || strings.Contains(err.Error(), "secret") {
				t.Errorf("%s: %v, want %q", locator, err, want)
			}
		}
	}
}

// A schema that the locator names holds a ledger of its own.
func TestPostgresSchema(t *testing.T) {
	locator, ctx := pgtest.Database(t), t.Context()
	one, p := openServer(t, locator)
	if _, err := p.main.ExecContext(ctx, "CREATE SCHEMA jobs"); err != nil {
		t.Fatal(err)
	}
	own := locator + "?search_path=jobs"
	if err := Exists(own); !errors.Is(err, ErrNone) {
		t.Errorf("before it is made: %v", err)
	}
	other, _ := openServer(t, own)
	first, err := one.BeginCrawl(ctx, "s", time.Now(), 0)
	second, failed := other.BeginCrawl(ctx, "s", time.Now(), 0)
	if err = errors.Join(err, failed, storeOne(ctx, one, "1", "Clerk")); err != nil {
		t.Fatal(err)
	}
	if n, err := other.Count(ctx); n != 0 || err != nil {
		t.Errorf("%d postings in the other: %v", n, err)
	}
	if err := errors.Join(first.Release(), second.Release()); err != nil {
		t.Error(err)
	}
	if _, err := Copy(ctx, locator, own, nil); err != nil {
		t.Error(err)
	}
	faults := faultsOf(t, other)
	if n, err := other.Count(ctx); n != 1 || err != nil || len(faults) > 0 {
		t.Errorf("%d postings copied: %v, %q", n, err, faults)
	}
}

// What a newer program has made is refused.
func TestPostgresNewerSchema(t *testing.T) {
	locator := pgtest.Database(t)
	_, p := openServer(t, locator)
	if _, err := p.main.ExecContext(t.Context(), "INSERT INTO "+schemaTable+" (version_id, is_applied) VALUES (99, TRUE)"); err != nil {
		t.Fatal(err)
	}
	if _, err := Open(t.Context(), locator); err == nil || !strings.Contains(err.Error(), "use a newer jobsieve") {
		t.Errorf("opened: %v", err)
	}
}

// Writes of several processes come one after the other, and each sees those before.
func TestPostgresWritesOneAfterTheOther(t *testing.T) {
	const sides, each = 4, 25
	locator := pgtest.Database(t)
	var group sync.WaitGroup
	for side := range sides {
		l, _ := openServer(t, locator)
		group.Go(func() {
			for i := range each {
				if err := storeOne(t.Context(), l, fmt.Sprintf("%d-%d", side, i), "Clerk"); err != nil {
					t.Error(err)
				}
				err := l.ChangeDue(t.Context(), "s", func(known Due) (Due, bool) {
					return Due{Next: time.UnixMilli(known.Next.UnixMilli()/2*2 + 2)}, true
				})
				if err != nil {
					t.Error(err)
				}
			}
		})
	}
	group.Wait()
	l, _ := openServer(t, locator)
	if n, err := l.Count(t.Context()); n != sides*each || err != nil {
		t.Errorf("%d postings: %v", n, err)
	}
}

// A ledger's stamp changes with what is written, by whomever, and with nothing else.
func TestPostgresStamp(t *testing.T) {
	locator, ctx := pgtest.Database(t), t.Context()
	l, p := openServer(t, locator)
	other, _ := openServer(t, locator)
	stamped := func() stamp {
		t.Helper()
		s, err := p.stamp(ctx)
		if err != nil {
			t.Fatal(err)
		}
		return s
	}
	if err := storeOne(ctx, l, "1", "Clerk"); err != nil {
		t.Fatal(err)
	}
	before := stamped()
	for what, read := range map[string]func() error{
		"count": func() error { _, err := other.Count(ctx); return err },
		"known": func() error { _, err := other.Known(ctx, []Entry{{Posting: job.Posting{ID: "1"}}}); return err },
		"a transaction that writes nothing": func() error {
			return other.transact(ctx, "read", func(tx *sql.Tx) error { return nil })
		},
	} {
		if err := read(); err != nil || stamped() != before {
			t.Errorf("%s: stamped %s, want %s: %v", what, stamped(), before, err)
		}
	}
	for _, l := range []*Ledger{l, other} {
		if err := storeOne(ctx, l, "1", "Typist"); err != nil || stamped() == before {
			t.Errorf("stored: stamped %s as before: %v", before, err)
		}
		before = stamped()
	}
}

// A server that ends while it is written to, and starts again, loses nothing and doubles
// nothing.
func TestPostgresRestarted(t *testing.T) {
	locator, ctx := pgtest.OwnDatabase(t), t.Context()
	l, _ := openServer(t, locator)
	tries := 0
	err := l.transact(ctx, "store", func(tx *sql.Tx) error {
		if tries++; tries == 1 {
			if err := pgtest.Restart(0); err != nil {
				return err
			}
		}
		_, err := tx.ExecContext(ctx, "INSERT INTO told_sick (source, sick) VALUES ($1, TRUE)", "s")
		return err
	})
	if err != nil || tries < 2 {
		t.Errorf("after %d tries: %v", tries, err)
	}
	// Whoever reads meanwhile waits, too.
	restarted := make(chan error)
	go func() { restarted <- pgtest.Restart(time.Second) }()
	for asked, done := 0, false; !done || asked == 0; asked++ {
		if told, err := l.ToldSick(ctx); len(told) != 1 || err != nil {
			t.Fatalf("told %v: %v", told, err)
		}
		select {
		case err := <-restarted:
			if done = true; err != nil {
				t.Fatal(err)
			}
		default:
		}
	}
}

// A slot that was taken is taken after the server has crashed, too.
func TestPostgresSlotsSurviveACrash(t *testing.T) {
	l, _ := openServer(t, pgtest.OwnDatabase(t))
	now := time.Date(2026, 3, 1, 0, 0, 0, 0, time.UTC)
	want := job.Want{Gap: time.Minute, Keeps: time.Minute, Most: time.Hour}
	for _, begins := range []time.Duration{0, time.Minute, 2 * time.Minute} {
		s, err := l.TakeSlot(t.Context(), "h.example", want, func() time.Time { return now })
		if err != nil || s.Wait != begins {
			t.Errorf("a slot begins after %s, want %s: %v", s.Wait, begins, err)
		}
		if err := pgtest.Restart(0); err != nil {
			t.Fatal(err)
		}
	}
}

// A primary is lost, and its standby takes its place: the ledger goes on there by the same
// locator, with all that was committed. A transaction of the one that is lost is not taken
// for one of the same number of the other.
func TestPostgresPromoted(t *testing.T) {
	pair, ctx := pgtest.NewPair(t), t.Context()
	l, p := openServer(t, pair.Locator())
	if err := storeOne(ctx, l, "1", "Clerk"); err != nil {
		t.Fatal(err)
	}
	wrote := written{number: sql.NullString{String: pgtest.Query(t, pair.Locator(), "SELECT pg_current_xact_id()"), Valid: true}}
	wrote.timeline = pgtest.Query(t, pair.Locator(), "SELECT "+timeline)
	if err := p.outcome(ctx, wrote, io.EOF); err != nil {
		t.Errorf("before, a committed transaction is said to be %v", err)
	}
	if err := pair.Promote(true, 0); err != nil {
		t.Fatal(err)
	}
	if err := storeOne(ctx, l, "2", "Typist"); err != nil {
		t.Fatal(err)
	}
	if n, err := l.Count(ctx); n != 2 || err != nil {
		t.Errorf("%d postings: %v", n, err)
	}
	if err := p.outcome(ctx, wrote, io.EOF); err == nil || !strings.Contains(err.Error(), "it is not known whether it was") {
		t.Errorf("afterwards it is said to be %v", err)
	}
}

// A commit whose answer is lost is found out about: it is neither reported as an error nor
// done twice.
func TestPostgresUnansweredCommit(t *testing.T) {
	locator, ctx := pgtest.Database(t), t.Context()
	openServer(t, locator)
	proxied, lose := loseAnswers(t, locator)
	l, _ := openServer(t, proxied)
	run, err := l.BeginRun(ctx, "run", time.Now())
	if err != nil {
		t.Fatal(err)
	}
	lose.Store(true)
	if err := l.AddReceipt(ctx, run, &job.Receipt{Source: "s"}); err != nil || lose.Load() {
		t.Errorf("the commit whose answer was lost (still to be: %v): %v", lose.Load(), err)
	}
	if receipts, err := l.Receipts(ctx, "s", 9); len(receipts) != 1 || err != nil {
		t.Errorf("%d receipts: %v", len(receipts), err)
	}
}

// loseAnswers gives a locator that leads to the same database, on whose way the answer to
// the next commit is lost, with its connection, once lose is set.
func loseAnswers(t *testing.T, locator string) (proxied string, lose *atomic.Bool) {
	t.Helper()
	address, err := url.Parse(locator)
	if err != nil {
		t.Fatal(err)
	}
	server := address.Host
	listener, err := new(net.ListenConfig).Listen(t.Context(), "tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = listener.Close() })
	lose = new(atomic.Bool)
	go func() {
		for {
			in, err := listener.Accept()
			if err != nil {
				return
			}
			out, err := new(net.Dialer).Dial("tcp", server)
			if err != nil {
				_ = in.Close()
				continue
			}
			go pass(in, out, lose)
		}
	}()
	address.Host = listener.Addr().String()
	return address.String(), lose
}

// pass passes what is said on, both ways.
func pass(in, out net.Conn, lose *atomic.Bool) {
	var mute atomic.Bool
	go func() {
		defer func() { _ = out.Close() }()
		b := make([]byte, 1<<16)
		for {
			n, err := in.Read(b)
			if bytes.Contains(b[:n], []byte("commit\x00")) && lose.CompareAndSwap(true, false) {
				mute.Store(true)
			}
			if _, failed := out.Write(b[:n]); failed != nil || err != nil {
				return
			}
		}
	}()
	defer func() { _ = in.Close() }()
	b := make([]byte, 1<<16)
	for {
		n, err := out.Read(b)
		if mute.Load() || err != nil {
			return
		}
		if _, err := io.Copy(in, bytes.NewReader(b[:n])); err != nil {
			return
		}
	}
}

// What is forgotten is in no file of a table or an index any more.
func TestPostgresShredded(t *testing.T) {
	locator, ctx := pgtest.Database(t), t.Context()
	l, p := openServer(t, locator)
	const secret = "the telephone number of Asha"
	for _, title := range []string{secret, secret + " again"} {
		if err := storeOne(ctx, l, "1", title); err != nil {
			t.Fatal(err)
		}
	}
	if err := storeOne(ctx, l, "2", "Clerk"); err != nil {
		t.Fatal(err)
	}
	const search = `SELECT coalesce(string_agg(relname, ' '), '') FROM pg_class WHERE relkind IN ('r', 'i', 't')
		AND pg_relation_filepath(oid) IS NOT NULL AND pg_relation_size(oid) > 0
		AND position($1::text::bytea IN pg_read_binary_file(pg_relation_filepath(oid))) > 0`
	found := func() (in string) {
		t.Helper()
		if _, err := p.main.ExecContext(ctx, "CHECKPOINT"); err != nil {
			t.Fatal(err)
		}
		if err := p.main.QueryRowContext(ctx, search, secret).Scan(&in); err != nil {
			t.Fatal(err)
		}
		return in
	}
	if in := found(); in != "posting version" && in != "version posting" {
		t.Errorf("before it is in %q", in)
	}
	if n, unknown, err := l.Forget(ctx, []string{"1"}); n != 1 || len(unknown) > 0 || err != nil {
		t.Fatalf("%d forgotten, %v unknown: %v", n, unknown, err)
	}
	if in := found(); in != "" {
		t.Errorf("it is in %q still", in)
	}
}

// Rows that refer to none are found, however they came there, and so is an index that the
// server gave up.
func TestPostgresCheck(t *testing.T) {
	locator, ctx := pgtest.Database(t), t.Context()
	l, p := openServer(t, locator)
	for _, id := range []string{"1", "2"} {
		if err := storeOne(ctx, l, id, "Clerk"); err != nil {
			t.Fatal(err)
		}
	}
	found := func() (faults []string) {
		t.Helper()
		err := p.check(ctx, func(fault string) error {
			faults = append(faults, fault)
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
		return faults
	}
	if faults := found(); len(faults) > 0 {
		t.Errorf("in a sound ledger: %q", faults)
	}
	err := onConn(ctx, p.main, func(conn *sql.Conn) error {
		for _, statement := range []string{
			"SET session_replication_role = replica", "DELETE FROM posting", "RESET session_replication_role",
			"UPDATE pg_index SET indisvalid = FALSE WHERE indexrelid = 'posting_state'::regclass",
		} {
			if _, err := conn.ExecContext(ctx, statement); err != nil {
				return err
			}
		}
		return nil
	})
	want := []string{
		"the index posting_state is not valid", "a row of summary is of no posting (2 of them)",
		"a row of vacancy_due is of no posting (2 of them)", "a row of version is of no posting (2 of them)",
	}
	if diff := cmp.Diff(want, found()); diff != "" || err != nil {
		t.Error(diff, err)
	}
	stop := errors.New("that is enough")
	if err := p.check(ctx, func(string) error { return stop }); !errors.Is(err, stop) {
		t.Errorf("stopped: %v", err)
	}
}
