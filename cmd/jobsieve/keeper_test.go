package main

import (
	"context"
	"errors"
	"io"
	"log/slog"
	"net/http/httptest"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"jobsieve/config"
	"jobsieve/indexer"
	"jobsieve/indexer/conformance"
	"jobsieve/job"
	"jobsieve/ledger"
	"jobsieve/web"
	"net/http"
)

// testKeeper makes a keeper of a ledger with one posting and of an index in
// memory.
func testKeeper(t *testing.T) (*keeper, *conformance.Memory) {
	t.Helper()
	l, err := ledger.Open(t.Context(), t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := l.Close(); err != nil {
			t.Error(err)
		}
	})
	storeOne(t, l, "a")
	ix := &conformance.Memory{Name: "memory"}
	a := &app{ctx: t.Context(), err: io.Discard, now: time.Now, log: slog.New(slog.DiscardHandler)}
	return &keeper{
		app: a, config: &config.Config{Index: config.DefaultIndex}, ledger: l, metrics: web.NewMetrics(), failed: make(chan struct{}, 1),
		open: func(context.Context) (indexer.Index, func() error, error) { return ix, ix.Close, nil },
	}, ix
}

func storeOne(t *testing.T, l *ledger.Ledger, id string) {
	t.Helper()
	e := ledger.Entry{Posting: job.Posting{ID: id, Source: "s", Title: "Typist"}, Seen: time.Unix(0, 0), Reading: &ledger.Reading{}}
	if _, err := l.Store(t.Context(), nil, []ledger.Entry{e}); err != nil {
		t.Fatal(err)
	}
}

// metric asks for the metrics, as Prometheus does.
func metric(t *testing.T, m *web.Metrics, line string) {
	t.Helper()
	w := httptest.NewRecorder()
	web.Public(m, func() error { return nil }).Handler.ServeHTTP(w, httptest.NewRequest(http.MethodGet, "/metrics", nil))
	if !strings.Contains(w.Body.String(), "\n"+line+"\n") {
		t.Errorf("the metrics do not say %q", line)
	}
}

// TestKeeperTriesAgain lets an index be away for an hour: the daemon says so, and
// delivers by itself when it is back.
func TestKeeperTriesAgain(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		k, ix := testKeeper(t)
		ix.Fail(errors.New("it is away"))
		ctx, stop := context.WithCancel(t.Context())
		ended := make(chan struct{})
		go func() {
			k.run(ctx)
			close(ended)
		}()
		time.Sleep(time.Hour)
		synctest.Wait()
		tries := ix.Deliveries()
		if least, most := int(time.Hour/lastRetry), 3*int(time.Hour/lastRetry)+10; tries < least || tries > most {
			t.Errorf("%d tries in an hour, want %d to %d", tries, least, most)
		}
		if err := k.healthy(); err == nil || !strings.Contains(err.Error(), "1 documents wait") || !strings.Contains(err.Error(), "it is away") {
			t.Errorf("while it is away: %v", err)
		}
		metric(t, k.metrics, "jobsieve_documents_waiting 1")
		ix.Fail(nil)
		time.Sleep(lastRetry)
		synctest.Wait()
		if err := k.healthy(); err != nil {
			t.Errorf("when it is back: %v", err)
		}
		metric(t, k.metrics, "jobsieve_documents_waiting 0")

		// What a run stored and could not deliver is delivered, too.
		storeOne(t, k.ledger, "b")
		time.Sleep(lastRetry)
		synctest.Wait()
		if n, err := ix.Count(ctx); n != 2 || err != nil {
			t.Errorf("%d documents: %v", n, err)
		}
		// A failure between wakes it at once.
		ix.Fail(errors.New("it is away"))
		if _, err := k.Sync(ctx, nil); err == nil {
			t.Error("a sync with an index that is away succeeds")
		}
		ix.Fail(nil)
		time.Sleep(firstRetry)
		synctest.Wait()
		if err := k.healthy(); err != nil {
			t.Errorf("%s after a failure: %v", firstRetry, err)
		}
		stop()
		<-ended
	})
}

// TestKeeperFaults counts what waits for an index that can't even be opened,
// and for one that lost documents.
func TestKeeperFaults(t *testing.T) {
	k, ix := testKeeper(t)
	open := k.open
	k.open = func(context.Context) (indexer.Index, func() error, error) {
		return nil, nil, errors.New("nothing listens there")
	}
	if counts, err := k.Sync(t.Context(), nil); err == nil || counts.Waiting != 1 {
		t.Errorf("%+v %v", counts, err)
	}
	metric(t, k.metrics, "jobsieve_documents_waiting 1")
	if err := k.healthy(); err == nil || !strings.Contains(err.Error(), "nothing listens there") {
		t.Errorf("%v", err)
	}
	k.open = open
	if _, err := k.Sync(t.Context(), nil); err != nil || k.healthy() != nil {
		t.Errorf("%v %v", err, k.healthy())
	}
	ix.Set("a", 0)
	if counts, err := k.Sync(t.Context(), nil); err != nil || counts.Missing != 1 {
		t.Errorf("%+v %v", counts, err)
	}
	if err := k.healthy(); err == nil || !strings.Contains(err.Error(), "index rebuild") {
		t.Errorf("with a document lost: %v", err)
	}
	if found, err := k.Search(t.Context(), indexer.Query{}); err != nil || found.Missing != 1 {
		t.Errorf("a search: %+v %v", found, err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	ix.Set("a", 1)
	if _, err := k.Sync(t.Context(), nil); err != nil {
		t.Fatal(err)
	}
	cancel()
	storeOne(t, k.ledger, "b")
	if _, err := k.Sync(ctx, nil); err == nil || k.healthy() != nil {
		t.Errorf("a command that went away is a fault of the index: %v %v", err, k.healthy())
	}
}

// TestSourceFaults lets two sources fail and one succeed.
func TestSourceFaults(t *testing.T) {
	k, _ := testKeeper(t)
	d := &daemon{index: k, faults: map[string]error{}}
	d.note("one", errors.New("fault one"))
	d.note("two", errors.New("fault two"))
	d.note("three", nil)
	d.note("two", nil)
	if err := d.healthy(); err == nil || err.Error() != "source one: fault one" {
		t.Errorf("%v", err)
	}
	d.note("one", nil)
	if err := d.healthy(); err != nil {
		t.Errorf("%v", err)
	}
}
