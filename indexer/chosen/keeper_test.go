package chosen

import (
	"context"
	"errors"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"jobsieve/config"
	"jobsieve/indexer"
	"jobsieve/indexer/conformance"
	"jobsieve/indexer/elastic"
	"jobsieve/job"
	"jobsieve/ledger"
)

// testKeeper makes a keeper of a ledger with one posting and of an index in
// memory.
func testKeeper(t *testing.T) (*Keeper, *conformance.Memory) {
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
	x := &Index{
		Config: &config.Config{Index: config.DefaultIndex}, Now: time.Now, Log: slog.New(slog.DiscardHandler),
		Command: func(args ...string) string { return strings.Join(args, " ") },
	}
	k := x.Keep(l, nil)
	k.hold, k.open = false, func(context.Context) (indexer.Index, func() error, error) { return ix, ix.Close, nil }
	return k, ix
}

func storeOne(t *testing.T, l *ledger.Ledger, id string) {
	t.Helper()
	e := ledger.Entry{Posting: job.Posting{ID: id, Source: "s", Title: "Typist"}, Seen: time.Unix(0, 0), Reading: &ledger.Reading{}}
	if _, err := l.Store(t.Context(), nil, []ledger.Entry{e}); err != nil {
		t.Fatal(err)
	}
}

// told notes the documents that wait, as a keeper tells them.
func told(k *Keeper) *int {
	waiting := new(int)
	k.counted = func(n, _ int) { *waiting = n }
	return waiting
}

// TestKeeperOfAnother lets a machine fail to deliver what another delivers then.
func TestKeeperOfAnother(t *testing.T) {
	k, ix := testKeeper(t)
	ix.Name = k.chosen.targetPrefix() + "memory"
	waiting := told(k)
	ctx := t.Context()
	another := k.chosen.Keep(k.ledger, nil)
	another.hold, another.open = k.hold, k.open
	if _, err := another.Sync(ctx, nil); err != nil { // so that the ledger knows the index
		t.Fatal(err)
	}
	storeOne(t, k.ledger, "b")
	ix.Fail(errors.New("it is away"))
	if _, err := k.Sync(ctx, nil); err == nil {
		t.Fatal("it is delivered")
	}
	if err := k.Look(ctx); err != nil || k.Healthy() == nil || *waiting != 1 {
		t.Errorf("while it waits: %v, %v, %d", err, k.Healthy(), *waiting)
	}
	ix.Fail(nil)
	if _, err := another.Sync(ctx, nil); err != nil {
		t.Fatal(err)
	}
	if err := k.Look(ctx); err != nil || k.Healthy() != nil || *waiting != 0 {
		t.Errorf("when another has delivered: %v, %v, %d", err, k.Healthy(), *waiting)
	}
}

// TestKeeperTriesAgain lets an index be away for an hour: the daemon says so, and
// delivers by itself when it is back.
func TestKeeperTriesAgain(t *testing.T) {
	testKeeper(t) // zstd makes a channel when it is first used, which must belong to no bubble
	synctest.Test(t, func(t *testing.T) {
		k, ix := testKeeper(t)
		waiting := told(k)
		ix.Fail(errors.New("it is away"))
		ctx, stop := context.WithCancel(t.Context())
		ended := make(chan struct{})
		go func() {
			k.Run(ctx)
			close(ended)
		}()
		time.Sleep(time.Hour)
		synctest.Wait()
		tries := ix.Deliveries()
		if least, most := int(time.Hour/lastRetry), 3*int(time.Hour/lastRetry)+10; tries < least || tries > most {
			t.Errorf("%d tries in an hour, want %d to %d", tries, least, most)
		}
		if err := k.Healthy(); err == nil || !strings.Contains(err.Error(), "1 document waiting") || !strings.Contains(err.Error(), "it is away") {
			t.Errorf("while it is away: %v", err)
		}
		if *waiting != 1 {
			t.Errorf("%d documents wait, want 1", *waiting)
		}
		ix.Fail(nil)
		time.Sleep(lastRetry)
		synctest.Wait()
		if err := k.Healthy(); err != nil {
			t.Errorf("when it is back: %v", err)
		}
		if *waiting != 0 {
			t.Errorf("%d documents wait, want 0", *waiting)
		}

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
		if err := k.Healthy(); err != nil {
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
	waiting := told(k)
	open := k.open
	k.open = func(context.Context) (indexer.Index, func() error, error) {
		return nil, nil, errors.New("nothing listens there")
	}
	if counts, err := k.Sync(t.Context(), nil); err == nil || counts.Waiting != 1 {
		t.Errorf("%+v %v", counts, err)
	}
	if *waiting != 1 {
		t.Errorf("%d documents wait, want 1", *waiting)
	}
	if err := k.Healthy(); err == nil || !strings.Contains(err.Error(), "nothing listens there") {
		t.Errorf("%v", err)
	}
	k.open = open
	if _, err := k.Sync(t.Context(), nil); err != nil || k.Healthy() != nil {
		t.Errorf("%v %v", err, k.Healthy())
	}
	ix.Set("s/a", 0)
	if counts, err := k.Sync(t.Context(), nil); err != nil || counts.Missing != 1 {
		t.Errorf("%+v %v", counts, err)
	}
	if err := k.Healthy(); err == nil || !strings.Contains(err.Error(), "index rebuild") {
		t.Errorf("with a document lost: %v", err)
	}
	if found, err := k.Search(t.Context(), indexer.Query{}); err != nil || found.Missing != 1 {
		t.Errorf("a search: %+v %v", found, err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	ix.Set("s/a", 1)
	if _, err := k.Sync(t.Context(), nil); err != nil {
		t.Fatal(err)
	}
	cancel()
	storeOne(t, k.ledger, "b")
	if _, err := k.Sync(ctx, nil); err == nil || k.Healthy() != nil {
		t.Errorf("a command that went away is a fault of the index: %v %v", err, k.Healthy())
	}
}

// TestQuestionMakesNothing wants a question in the daemon to leave a server as it is that
// lacks the index.
func TestQuestionMakesNothing(t *testing.T) {
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("X-Elastic-Product", "Elasticsearch")
		w.Header().Set("Content-Type", "application/json")
		switch {
		case r.Method != http.MethodGet:
			t.Errorf("%s %s", r.Method, r.URL)
			w.WriteHeader(http.StatusForbidden)
		case strings.Contains(r.URL.Path, "*"):
			_, _ = w.Write([]byte("{}"))
		case r.URL.Path != "/":
			w.WriteHeader(http.StatusNotFound)
			_, _ = w.Write([]byte(`{"error": {"type": "index_not_found_exception"}, "status": 404}`))
		default:
			_, _ = w.Write([]byte(`{"name": "n", "cluster_name": "c", "version": {"number": "9.0.0"}}`))
		}
	}))
	t.Cleanup(server.Close)
	x := &Index{Config: &config.Config{Index: server.URL}, Now: time.Now, Log: slog.New(slog.DiscardHandler)}
	x.Kept = x.Keep(nil, nil)
	if _, err := x.Search(t.Context(), nil, indexer.Query{}, Wait); !errors.Is(err, elastic.ErrNoIndex) {
		t.Errorf("expected that there is no index, got %v", err)
	}
}
