package chosen

import (
	"context"
	"errors"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"jobsieve/config"
	"jobsieve/indexer"
	"jobsieve/ledger"
)

// testIndex chooses the embedded index of the folder that a ledger of n postings
// lies in.
func testIndex(t *testing.T, n int) (*Index, *ledger.Ledger) {
	t.Helper()
	dir := t.TempDir()
	l, err := ledger.Open(t.Context(), dir)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := l.Close(); err != nil {
			t.Error(err)
		}
	})
	for i := range n {
		store1(t, l, string(rune('a'+i)), "Typist")
	}
	return &Index{
		Config: config.Default(), Dir: dir, Log: slog.New(slog.DiscardHandler), Now: time.Now,
		Command: func(args ...string) string { return "jobsieve " + strings.Join(args, " ") },
	}, l
}

func statusOf(t *testing.T, x *Index, l *ledger.Ledger) *Status {
	t.Helper()
	s, err := x.Status(t.Context(), l)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// TestLostIndex takes the embedded index away: its status says what is missing,
// a sync mends it, and a search fills it before it answers.
func TestLostIndex(t *testing.T) {
	x, l := testIndex(t, 3)
	ctx := t.Context()
	if s := statusOf(t, x, l); s.Reached || *s.Held != 0 || s.Waiting != 3 || s.Differs != "" {
		t.Errorf("before there is one: %+v", s)
	}
	if _, err := x.Setup(ctx, time.Second); err != nil {
		t.Fatal(err)
	}
	if counts, err := x.Sync(ctx, l, nil); err != nil || counts.Delivered != 3 {
		t.Fatalf("%+v: %v", counts, err)
	}
	if s := statusOf(t, x, l); !s.Reached || *s.Held != 3 || s.Differs != "" {
		t.Errorf("delivered: %+v", s)
	}
	lose := func() {
		if err := os.RemoveAll(filepath.Join(x.Dir, "index")); err != nil {
			t.Fatal(err)
		}
	}
	lose()
	if s := statusOf(t, x, l); s.Reached || s.Missing != 3 || s.Mend != "jobsieve index sync" {
		t.Errorf("lost: %+v", s)
	}
	if counts, err := x.Sync(ctx, l, nil); err != nil || counts.Delivered != 3 || counts.Missing != 0 {
		t.Errorf("mended: %+v: %v", counts, err)
	}
	lose()
	filled := 0
	x.Filling = func(n int, fill func(func(int)) error) error {
		filled = n
		return fill(func(int) {})
	}
	if found, err := x.Search(ctx, l, indexer.Query{}, time.Second); err != nil || found.Total != 3 || filled != 3 {
		t.Errorf("%+v after %d were filled: %v", found, filled, err)
	}
}

// TestEachTellsWhatIsLacking reads an index that does not have all of the ledger.
func TestEachTellsWhatIsLacking(t *testing.T) {
	x, l := testIndex(t, 2)
	if _, err := x.Sync(t.Context(), l, nil); err != nil {
		t.Fatal(err)
	}
	store1(t, l, "later", "Welder")
	var lack Lack
	n := 0
	each := func(q indexer.Query) error {
		n = 0
		return x.Each(t.Context(), l, q, func(f Lack) { lack = f }, func(*indexer.Document) error { n++; return nil })
	}
	if err := each(indexer.Query{}); err != nil || n != 2 || lack != (Lack{Waiting: 1}) {
		t.Errorf("%d documents, lacking %+v: %v", n, lack, err)
	}
	welder := indexer.Query{Terms: []indexer.Term{{Words: []string{"welder"}}}}
	if err := each(welder); err != nil || n != 0 {
		t.Errorf("%d documents have what waits: %v", n, err)
	}
	found, err := x.Keys(t.Context(), l, welder, time.Second)
	if err != nil || len(found.Keys) != 0 || found.Lack != (Lack{Waiting: 1}) {
		t.Errorf("%+v: %v", found, err)
	}
	if _, err := x.Sync(t.Context(), l, nil); err != nil {
		t.Fatal(err)
	}
	if err := each(welder); err != nil || n != 1 || lack != (Lack{}) {
		t.Errorf("%d documents, lacking %+v: %v", n, lack, err)
	}
}

func TestRebuildEmbedded(t *testing.T) {
	x, l := testIndex(t, 3)
	for range 2 {
		made, err := x.Rebuild(t.Context(), l, time.Second, nil)
		if err != nil || made.Delivered != 3 || made.Name != "" {
			t.Fatalf("%+v: %v", made, err)
		}
	}
	if s := statusOf(t, x, l); s.Differs != "" || *s.Held != 3 {
		t.Errorf("%+v", s)
	}
}

// TestHeldIndex has the index in another process's hands.
func TestHeldIndex(t *testing.T) {
	x, l := testIndex(t, 1)
	lock, err := x.lock(t.Context(), 0)
	if err != nil {
		t.Fatal(err)
	}
	var held *ledger.HeldError
	if _, err := x.Setup(t.Context(), 0); !errors.As(err, &held) {
		t.Errorf("setup: %v", err)
	}
	if _, err := x.Rebuild(t.Context(), l, 0, nil); !errors.As(err, &held) {
		t.Errorf("rebuild: %v", err)
	}
	keeper := x.Keep(l, nil)
	if err := keeper.Hold(t.Context(), 0); !errors.As(err, &held) {
		t.Errorf("hold: %v", err)
	}
	if err := lock.Release(); err != nil {
		t.Fatal(err)
	}
	if err := keeper.Hold(t.Context(), time.Second); err != nil {
		t.Fatal(err)
	}
	if counts, err := keeper.Sync(t.Context(), nil); err != nil || counts.Delivered != 1 {
		t.Errorf("%+v: %v", counts, err)
	}
	if c, err := keeper.Compare(t.Context()); err != nil || c.Difference.Held != 1 {
		t.Errorf("%+v: %v", c, err)
	}
	if err := keeper.Close(); err != nil {
		t.Fatal(err)
	}
}

// TestDaemonHolds asks the index through a daemon, and asks for what a daemon
// does not give.
func TestDaemonHolds(t *testing.T) {
	x, l := testIndex(t, 2)
	keeper := x.Keep(l, nil)
	if err := keeper.Hold(t.Context(), time.Second); err != nil {
		t.Fatal(err)
	}
	local, err := Listen(x.Dir, config.DefaultIndex, keeper, x.Log)
	if err != nil {
		t.Fatal(err)
	}
	ended := make(chan error, 1)
	go func() { ended <- local.Serve() }()
	if counts, err := x.Sync(t.Context(), l, nil); err != nil || counts.Delivered != 2 {
		t.Errorf("%+v: %v", counts, err)
	}
	if found, err := x.Search(t.Context(), l, indexer.Query{}, time.Second); err != nil || found.Total != 2 {
		t.Errorf("%+v: %v", found, err)
	}
	if found, err := x.Keys(t.Context(), l, indexer.Query{}, time.Second); err != nil || len(found.Keys) != 2 {
		t.Errorf("%+v: %v", found, err)
	}
	if s := statusOf(t, x, l); !s.Reached || *s.Held != 2 {
		t.Errorf("%+v", s)
	}
	none := func(*indexer.Document) error { return nil }
	if err := x.Each(t.Context(), l, indexer.Query{}, nil, none); err == nil || !strings.Contains(err.Error(), "stop it first") {
		t.Errorf("each: %v", err)
	}
	if _, err := x.Rebuild(t.Context(), l, time.Hour, nil); err == nil || !strings.Contains(err.Error(), "stop it first") {
		t.Errorf("rebuild: %v", err)
	}
	if err := errors.Join(local.Close(context.Background()), <-ended, keeper.Close()); err != nil {
		t.Error(err)
	}
}

// TestServerAway asks for an index on a server that does not answer, and for one
// whose certificate can't be read.
func TestServerAway(t *testing.T) {
	x, l := testIndex(t, 1)
	x.Config.Index = "http://127.0.0.1:1"
	x.Config.Elasticsearch.Timeout = config.Duration(time.Second)
	ctx := t.Context()
	if x.Embedded() || x.Alias() == "" {
		t.Errorf("embedded %v, alias %q", x.Embedded(), x.Alias())
	}
	if _, running := x.Daemon(); running {
		t.Error("a daemon holds a server's index")
	}
	if counts, err := x.Sync(ctx, l, nil); err == nil || counts.Waiting != 1 {
		t.Errorf("%+v: %v", counts, err)
	}
	if s := statusOf(t, x, l); s.Reached || s.Error == "" || s.Waiting != 1 {
		t.Errorf("%+v", s)
	}
	x.Config.Elasticsearch.CAFile = filepath.Join(x.Dir, "none.pem")
	for name, ask := range map[string]func() error{
		"setup":   func() error { _, err := x.Setup(ctx, 0); return err },
		"left":    func() error { _, err := x.Left(ctx); return err },
		"rebuild": func() error { _, err := x.Rebuild(ctx, l, 0, nil); return err },
		"search":  func() error { _, err := x.Search(ctx, nil, indexer.Query{}, 0); return err },
		"keys":    func() error { _, err := x.Keys(ctx, nil, indexer.Query{}, 0); return err },
	} {
		var bad *ConfigError
		if err := ask(); !errors.As(err, &bad) {
			t.Errorf("%s: %v", name, err)
		}
	}
	x.Config.Index = config.DefaultIndex
	if _, err := x.Left(ctx); !errors.Is(err, ErrNothingLeft) {
		t.Errorf("left: %v", err)
	}
	if err := x.OrDiffers(ledger.Deliveries{Missing: 2}, nil); err == nil || !strings.Contains(err.Error(), "jobsieve index rebuild") {
		t.Errorf("%v", err)
	}
}
