package daemon

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"jobsieve/config"
	"jobsieve/desk"
	"jobsieve/indexer/chosen"
	"jobsieve/ledger"
	"jobsieve/pipeline"
	"jobsieve/web"
	"jobsieve/work"
)

// inBubble runs a test in a bubble of synctest. Something is stored outside of it
// first: zstd makes a channel when it is first used, which must belong to none.
func inBubble(t *testing.T, test func(*testing.T)) {
	t.Helper()
	d := testDaemon(t, "first @every 6h")
	if _, err := d.Line.Run(t.Context(), "run", []*config.Source{&d.Line.Config.Sources[0]}); err != nil {
		t.Fatal(err)
	}
	synctest.Test(t, test)
}

// testDaemon makes a daemon of a new data folder that crawls sources of kind file,
// written as their names and schedules.
func testDaemon(t *testing.T, sources ...string) *Daemon {
	t.Helper()
	dir := t.TempDir()
	write(t, filepath.Join(dir, "rows.jsonl"), `{"id":"1","title":"Telecaller"}`+"\n")
	write(t, filepath.Join(dir, "jobsieve.yaml"), configOf(sources...))
	c, reader := loaded(t, dir)
	l, err := ledger.Open(t.Context(), filepath.Join(dir, "data"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := l.Close(); err != nil {
			t.Error(err)
		}
	})
	log := slog.New(slog.DiscardHandler)
	tasks, err := work.InProcess(work.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return &Daemon{
		Tasks: tasks, Roles: AllRoles, Dir: dir, Log: log, Metrics: web.NewMetrics(), Grace: time.Minute,
		Index: (&chosen.Index{Config: c}).Keep(l, nil), Files: NewWatch(c),
		Desk: func(c *config.Config) *desk.Desk {
			index := &chosen.Index{Config: c, Dir: filepath.Join(dir, "data"), Log: log, Now: time.Now}
			return &desk.Desk{Dir: filepath.Join(dir, "data"), Config: c, Index: index}
		},
		Line: &pipeline.Line{
			Ledger: l, Reader: reader, Config: c, Now: time.Now, Log: log,
			Deliver: func(context.Context, func(int)) (ledger.Deliveries, error) { return ledger.Deliveries{}, nil },
		},
	}
}

// configOf writes sources, each as its name and its schedule after a space.
func configOf(sources ...string) string {
	text := "timezone: UTC\nsources:\n"
	for _, s := range sources {
		name, schedule, _ := strings.Cut(s, " ")
		text += fmt.Sprintf("  - {name: %s, kind: file, path: rows.jsonl, schedule: %q}\n", name, schedule)
	}
	return text
}

func loaded(t *testing.T, dir string) (*config.Config, *pipeline.Reader) {
	t.Helper()
	c, err := config.Load(filepath.Join(dir, "jobsieve.yaml"), config.Checks{Schedule: CheckSchedule})
	if err != nil {
		t.Fatal(err)
	}
	reader, err := pipeline.ReaderFor(c, c.Rules)
	if err != nil {
		t.Fatal(err)
	}
	return c, reader
}

func write(t *testing.T, path, text string) {
	t.Helper()
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}

// runFor runs a daemon's crawls for a time, and waits for them to end.
func runFor(t *testing.T, d *Daemon, span time.Duration) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), span)
	defer cancel()
	d.loop(ctx)
}

// crawled gives when the sources were crawled, in the order of their crawls.
func crawled(t *testing.T, d *Daemon) (times []string) {
	t.Helper()
	receipts, err := d.Line.Ledger.Receipts(t.Context(), "", 100)
	if err != nil {
		t.Fatal(err)
	}
	for i := range receipts {
		times = append(times, receipts[i].Source+receipts[i].Started.UTC().Format(" 02 15:04"))
	}
	slices.Sort(times)
	return times
}

// TestCrawlsBySchedule lets a daemon run for a day from 1 January, 00:00, be away for
// three, and run again.
func TestCrawlsBySchedule(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		d := testDaemon(t, "often @every 6h", "nightly 0 3 * * *", "never ")
		runFor(t, d, 23*time.Hour)
		day := []string{
			"nightly 01 00:00", "nightly 01 03:00", "often 01 00:00", "often 01 06:00", "often 01 12:00", "often 01 18:00",
		}
		if diff := cmp.Diff(day, crawled(t, d)); diff != "" {
			t.Error(diff)
		}
		time.Sleep(3 * 24 * time.Hour)
		runFor(t, d, 5*time.Hour)
		after := []string{"nightly 04 23:00", "nightly 05 03:00", "often 04 23:00"}
		after = append(after, day...)
		slices.Sort(after)
		if diff := cmp.Diff(after, crawled(t, d)); diff != "" {
			t.Error(diff)
		}
	})
}

// TestCrawlsBesideOthers lets another process crawl a source when it is due: it stays
// due. What another process has taken is not crawled again.
func TestCrawlsBesideOthers(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		d := testDaemon(t, "a @every 6h", "b @every 6h")
		other, err := d.Line.Ledger.BeginCrawl(t.Context(), "a", time.Now(), 0)
		if err != nil {
			t.Fatal(err)
		}
		plan := &Plan{Config: d.Line.Config, Ledger: d.Line.Ledger, Now: time.Now}
		taken, err := plan.Begin(t.Context(), &d.Line.Config.Sources[1], 0)
		if err != nil {
			t.Fatal(err)
		}
		time.AfterFunc(10*time.Minute+time.Second, func() {
			if err := other.Release(); err != nil {
				t.Error(err)
			}
			if err := taken.Release(); err != nil {
				t.Error(err)
			}
		})
		runFor(t, d, time.Hour)
		if diff := cmp.Diff([]string{"a 01 00:11"}, crawled(t, d)); diff != "" {
			t.Error(diff)
		}
		if err := d.healthy(); err != nil {
			t.Errorf("what others do is a fault: %v", err)
		}
	})
}

// TestCrawlsAtOnce lets crawls take longer than their schedules: a source is never
// crawled twice at once, and no more than a few are crawled at once.
func TestCrawlsAtOnce(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		var sources []string
		for i := range pipeline.ParallelSources + 2 {
			sources = append(sources, fmt.Sprintf("s%d @every 5m", i))
		}
		d := testDaemon(t, sources...)
		var now, most atomic.Int32
		d.Line.Progress = func(what string, _ int) {
			if !strings.HasPrefix(what, "s") {
				return
			}
			most.Store(max(most.Load(), now.Add(1)))
			time.Sleep(10 * time.Minute)
			now.Add(-1)
		}
		runFor(t, d, 29*time.Minute)
		if most.Load() != pipeline.ParallelSources {
			t.Errorf("%d crawls at once, want %d", most.Load(), pipeline.ParallelSources)
		}
		want := []string{
			"s0 01 00:00", "s1 01 00:00", "s2 01 00:00", "s3 01 00:00", "s4 01 00:10", "s5 01 00:10",
		}
		if got := crawled(t, d); len(got) != 3*pipeline.ParallelSources || !isSubset(want, got) {
			t.Errorf("got %v, want %v among them", got, want)
		}
	})
}

func isSubset(part, of []string) bool {
	return !slices.ContainsFunc(part, func(s string) bool { return !slices.Contains(of, s) })
}

// TestCrawlsThatCantBegin lets the ledger of a source's crawl fail: it is told, and tried
// again, while the daemon goes on.
func TestCrawlsThatCantBegin(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		d := testDaemon(t, "a @every 6h")
		lock := filepath.Join(d.Dir, "data", "crawl-a.lock")
		if err := os.Mkdir(lock, 0o700); err != nil { // so that it can't be locked
			t.Fatal(err)
		}
		time.AfterFunc(150*time.Second, func() {
			if err := d.healthy(); err == nil || !strings.Contains(err.Error(), "source a: ") {
				t.Errorf("while it fails: %v", err)
			}
			if err := os.Remove(lock); err != nil {
				t.Error(err)
			}
		})
		runFor(t, d, time.Hour)
		if diff := cmp.Diff([]string{"a 01 00:02"}, crawled(t, d)); diff != "" {
			t.Error(diff)
		}
		if err := d.healthy(); err != nil {
			t.Errorf("afterwards: %v", err)
		}
	})
}

// TestFaultEndsElsewhere lets a crawl fail here, with which another machine goes on.
func TestFaultEndsElsewhere(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		d := testDaemon(t, "a @every 6h")
		runFor(t, d, time.Minute)
		d.note("a", errors.New("the server was away"))
		if err := d.healthy(); err == nil {
			t.Error("it is healthy")
		}
		runFor(t, d, 2*time.Minute)
		if err := d.healthy(); err != nil {
			t.Error(err)
		}
	})
}

// TestDrainingBeginsNothing lets a daemon drain, and work again.
func TestDrainingBeginsNothing(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		d := testDaemon(t, "often @every 1m")
		ctx, l := t.Context(), d.Line.Ledger
		var err error
		if d.Machine, err = l.Join(ctx, ledger.Machine{Name: "one"}); err != nil {
			t.Fatal(err)
		}
		for _, draining := range []bool{true, false} {
			if err := l.Drain(ctx, "one", draining); err != nil {
				t.Fatal(err)
			}
			time.Sleep(10 * time.Second) // it learns of that
			runFor(t, d, 3*time.Minute)
			if times := crawled(t, d); (len(times) == 0) != draining {
				t.Errorf("draining %v: crawled at %q", draining, times)
			}
			if told := metrics(t, d); strings.Contains(told, "\njobsieve_draining 1\n") != draining {
				t.Errorf("draining %v: the metrics say otherwise", draining)
			}
		}
		if err := d.Machine.Leave(ctx); err != nil {
			t.Error(err)
		}
	})
}
