package ledger

import (
	"context"
	"errors"
	"testing"

	"jobsieve/internal/pgtest"
	"jobsieve/job"
)

// Summaries are read over whatever the server sends numbers and bytes in, and asked for
// again where the connection ended before the first came.
func TestPostgresSummaries(t *testing.T) {
	locator, ctx := pgtest.Database(t), t.Context()
	writer, other := openServer(t, locator)
	for _, id := range []string{"1", "2", "3"} {
		if err := storeOne(ctx, writer, id, "Clerk"); err != nil {
			t.Fatal(err)
		}
	}
	for _, way := range []string{"", "?default_query_exec_mode=cache_describe"} {
		l, p := openServer(t, locator+way)
		p.main.SetMaxOpenConns(1)
		for range 2 {
			if got := summaries(t, l); len(got) != 3 {
				t.Errorf("%q: %v", way, got)
			}
			if _, err := other.main.ExecContext(ctx, endOthers); err != nil {
				t.Fatal(err)
			}
		}
		stop := errors.New("stop")
		err := l.Summaries(ctx, func(int64, *job.Summary) error { return stop })
		if !errors.Is(err, stop) {
			t.Errorf("%q: stopped: %v", way, err)
		}
		ended, end := context.WithCancel(ctx)
		end()
		if err := l.Summaries(ended, func(int64, *job.Summary) error { return nil }); !errors.Is(err, context.Canceled) {
			t.Errorf("%q: ended: %v", way, err)
		}
		if got := summaries(t, l); len(got) != 3 {
			t.Errorf("%q, afterwards: %v", way, got)
		}
	}
}

// endOthers ends all other connections to the database.
const endOthers = `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
	WHERE datname = current_database() AND pid <> pg_backend_pid()`
