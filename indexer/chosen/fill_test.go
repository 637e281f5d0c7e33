package chosen

import (
	"context"
	"errors"
	"os"
	"testing"
	"time"

	"jobsieve/indexer"
	"jobsieve/indexer/elastic"
	"jobsieve/internal/estest"
	"jobsieve/ledger"
)

func TestMain(m *testing.M) { os.Exit(estest.Main(m)) }

// onServer makes an index on a real server of a ledger of documents.
func onServer(t *testing.T, documents int) (*Index, *ledger.Ledger) {
	t.Helper()
	x, l := testIndex(t, documents)
	x.Config.Index = estest.URL(t)
	x.Config.Elasticsearch.Alias = estest.Alias(t, x.Config.Index)
	return x, l
}

// rebuiltTogether rebuilds an index that others fill, and says how many documents were left.
func rebuiltTogether(t *testing.T, x *Index, l *ledger.Ledger, others func([]Part) error) (left int, err error) {
	t.Helper()
	x.Share = func(_ context.Context, parts []Part) error { return others(parts) }
	_, err = x.Rebuild(t.Context(), l, 0, func(done int) { left = done })
	return left, err
}

// What another process delivers of an index that is rebuilt, this one need not.
func TestFill(t *testing.T) {
	x, l := onServer(t, 30)
	var seen []Part
	left, err := rebuiltTogether(t, x, l, func(parts []Part) error {
		seen = parts
		part := parts[0]
		part.Last = 20
		return x.Fill(t.Context(), l, &part)
	})
	if err != nil || left != 10 || len(seen) != 1 || seen[0].After != 0 || seen[0].Last < 30 {
		t.Errorf("%d documents were left of %+v: %v", left, seen, err)
	}
	whole := func(step string) {
		t.Helper()
		if s := statusOf(t, x, l); s.Delivered != 30 || s.Waiting != 0 || s.Missing != 0 || s.Foreign != 0 {
			t.Errorf("%s: %+v", step, s)
		}
	}
	whole("rebuilt")
	if err := x.Fill(t.Context(), l, &seen[0]); err != nil {
		t.Error(err)
	}
	whole("filled once more")
	old := seen[0]
	if left, err := rebuiltTogether(t, x, l, func([]Part) error { return x.Fill(t.Context(), l, &old) }); err != nil || left != 30 {
		t.Errorf("a part of an older index: %d documents were left: %v", left, err)
	}
	whole("rebuilt again")
}

// A process that goes on to fill an index that is discarded makes no index anew.
func TestFillOfADiscardedIndex(t *testing.T) {
	x, l := onServer(t, 3)
	if _, err := x.Sync(t.Context(), l, nil); err != nil {
		t.Fatal(err)
	}
	opts, err := x.elastic()
	if err != nil {
		t.Fatal(err)
	}
	server, err := elastic.Connect(t.Context(), opts)
	if err != nil {
		t.Fatal(err)
	}
	var next *elastic.Index
	var part Part
	failed := errors.New("the queue is away")
	_, err = rebuiltTogether(t, x, l, func(parts []Part) (err error) {
		part = parts[0]
		next, err = server.Filling(t.Context(), part.Index)
		return errors.Join(err, failed)
	})
	if !errors.Is(err, failed) || next == nil {
		t.Fatalf("%+v: %v", next, err)
	}
	if _, err := next.Deliver(t.Context(), []indexer.Document{{Key: "a", Revision: 1}}); !errors.Is(err, elastic.ErrNoIndex) {
		t.Errorf("delivered to what is deleted: %v", err)
	}
	if err := x.Fill(t.Context(), l, &part); err != nil {
		t.Error(err)
	}
	if own, err := server.Own(t.Context()); err != nil || len(own) != 1 {
		t.Errorf("%+v: %v", own, err)
	}
	if s := statusOf(t, x, l); s.Delivered != 3 || s.Waiting != 0 {
		t.Errorf("%+v", s)
	}
}

// What a rebuild that was killed left is in no use, though others may have filled it.
func TestFillLeft(t *testing.T) {
	x, l := onServer(t, 1)
	opts, err := x.elastic()
	if err != nil {
		t.Fatal(err)
	}
	server, err := elastic.Connect(t.Context(), opts)
	if err != nil {
		t.Fatal(err)
	}
	killed, err := server.Create(t.Context())
	if err == nil {
		err = killed.Share(t.Context())
	}
	if err != nil {
		t.Fatal(err)
	}
	if _, err := x.Rebuild(t.Context(), l, 0, func(int) {}); err != nil {
		t.Fatal(err)
	}
	left, err := x.Left(t.Context())
	if err != nil || len(left.Names) != 1 || left.Names[0] != killed.Name {
		t.Errorf("%+v: %v", left, err)
	}
}

// A delivery to an index that is built, which comes late, leaves it the last target.
func TestLateDelivery(t *testing.T) {
	l := stored(t, 1)
	ctx := t.Context()
	late := []ledger.Delivery{{N: 1, Revision: 1}}
	err := errors.Join(l.Acknowledge(ctx, "ix:a", building(), late), l.Built(ctx, "ix:a", time.Unix(9, 0)),
		l.Acknowledge(ctx, "ix:a", building(), late))
	if target, failed := l.LastTarget(ctx, "ix:"); target != "ix:a" || err != nil || failed != nil {
		t.Errorf("%q: %v", target, errors.Join(err, failed))
	}
}
