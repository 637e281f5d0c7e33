package pipeline

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"testing"
	"time"

	"jobsieve/config"
	"jobsieve/job"
	"jobsieve/ledger"
	"jobsieve/sampleboard"
)

// boardLine makes a line whose configuration has the sample board, served on
// this machine, as its only source.
func boardLine(t *testing.T) *Line {
	t.Helper()
	host, stop, err := sampleboard.Serve()
	if err != nil {
		t.Fatal(err)
	}
	l, err := ledger.Open(t.Context(), t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := errors.Join(l.Close(), stop()); err != nil {
			t.Error(err)
		}
	})
	c := config.Default()
	c.Sources = []config.Source{sampleboard.Source(host)}
	c.Sources[0].Pay.Period = job.PerMonth
	reader, err := ReaderFor(c, c.Rules)
	if err != nil {
		t.Fatal(err)
	}
	return &Line{
		Ledger: l, Reader: reader, Config: c, Now: time.Now, Log: slog.New(slog.DiscardHandler), Progress: func(string, int) {},
		Deliver: func(ctx context.Context, progress func(int)) (ledger.Deliveries, error) {
			progress(1)
			return l.Deliveries(ctx, "")
		},
	}
}

// TestLine takes the sample board through the whole line, then its kept pages,
// and then the board once more.
func TestLine(t *testing.T) {
	line := boardLine(t)
	sources := []*config.Source{&line.Config.Sources[0]}
	check := func(what string, sum *Summary, err error, want job.Counts) {
		t.Helper()
		if err != nil || len(sum.Sources) != 1 || !sum.Sources[0].AddUp() {
			t.Fatalf("%s: %+v: %v", what, sum, err)
		}
		if got := sum.Counts; got.Seen != want.Seen || got.New != want.New || got.Unchanged != want.Unchanged {
			t.Errorf("%s: %+v, want %+v", what, got, want)
		}
	}
	sum, err := line.Run(t.Context(), "run", sources)
	check("first", sum, err, job.Counts{Seen: 96, New: 96})
	if !sum.Sources[0].Complete || !sum.Partly() || sum.Waiting != 96 {
		t.Errorf("all documents wait: %+v", sum)
	}
	sum, err = line.Reextract(t.Context(), sources)
	check("reextract", sum, err, job.Counts{Seen: 96, Unchanged: 96})
	sum, err = line.Run(t.Context(), "run", sources)
	check("again", sum, err, job.Counts{Seen: 96, Unchanged: 96})
	other := config.Source{Name: "never", Kind: config.KindHTML}
	sum, err = line.Reextract(t.Context(), []*config.Source{&other})
	if err != nil || !sum.Sources[0].Failed {
		t.Errorf("pages of a source that was never crawled: %+v: %v", sum, err)
	}
}

// TestHeldSource crawls a source that another process crawls.
func TestHeldSource(t *testing.T) {
	line := boardLine(t)
	src := &line.Config.Sources[0]
	crawl, err := line.Ledger.BeginCrawl(t.Context(), src.Name, time.Now(), 0)
	if err != nil {
		t.Fatal(err)
	}
	sum, err := line.Run(t.Context(), "run", []*config.Source{src})
	if err != nil || len(sum.Held) != 1 || len(sum.Sources) != 0 || !sum.Partly() {
		t.Errorf("%+v: %v", sum, err)
	}
	if err := crawl.Release(); err != nil {
		t.Fatal(err)
	}
}

// TestImport imports rows, one of which can't be read, one that repeats another,
// and one that names a person's number.
func TestImport(t *testing.T) {
	line := boardLine(t)
	const in = `{"id":"1","title":"Telecaller","description":"Call 9876543210."}
{"id":"1","title":"Telecaller","description":"Call 9876543210."}
not a row
{"id":"2","title":"Typist"}
`
	sum, err := line.Import(t.Context(), "import", "rows.jsonl", "mine", strings.NewReader(in))
	if err != nil || sum.New != 2 || sum.Repeated != 1 || sum.Reasons[job.RejectUnreadable] != 1 || !sum.Partly() {
		t.Fatalf("%+v: %v", sum, err)
	}
	if p := sum.Sources[0].Problems; len(p) == 0 || !strings.Contains(p[0], "rows.jsonl:3") && !strings.Contains(p[0], "line 3") {
		t.Errorf("the line is not named: %q", p)
	}
	records, err := line.Ledger.Get(t.Context(), "1")
	if err != nil || len(records) != 1 || strings.Contains(records[0].Posting.Description, "98765") {
		t.Errorf("%+v: %v", records, err)
	}
	broken := errors.New("it is away")
	line.Deliver = func(context.Context, func(int)) (ledger.Deliveries, error) {
		return ledger.Deliveries{Waiting: 3}, broken
	}
	sum, err = line.Import(t.Context(), "import", "rows.jsonl", "mine", strings.NewReader(`{"id":"3","title":"Cook"}`))
	if err != nil || sum.New != 1 || sum.IndexError != broken.Error() || sum.Waiting != 3 {
		t.Errorf("an index that is away costs more than a wait: %+v: %v", sum, err)
	}
}

// TestCrawled imports rows with relative dates: what is not said to have been crawled
// earlier is counted from today, and counted.
func TestCrawled(t *testing.T) {
	line := boardLine(t)
	const in = `{"id":"%[1]s1","title":"Cook","posted":"3 days ago"}
{"id":"%[1]s2","title":"Typist","posted":"3 days ago","crawled_at":"2026-01-10"}
{"id":"%[1]s3","title":"Driver","posted":"2026-01-01"}
{"id":"%[1]s4","title":"Guard"}
`
	today := line.Now().In(job.IST).AddDate(0, 0, -3).Format(time.DateOnly)
	for _, tt := range []struct {
		prefix    string
		crawled   time.Time
		fromToday int
		dates     []string
	}{
		{"a", time.Time{}, 1, []string{today, "2026-01-07", "2026-01-01", ""}},
		{"b", time.Date(2026, 2, 10, 12, 0, 0, 0, job.IST), 0, []string{"2026-02-07", "2026-01-07", "2026-01-01", ""}},
		{"a", time.Time{}, 0, []string{today, "2026-01-07", "2026-01-01", ""}}, // known, and counted before
	} {
		line.Crawled = tt.crawled
		sum, err := line.Import(t.Context(), "import", "rows.jsonl", "mine", strings.NewReader(fmt.Sprintf(in, tt.prefix)))
		if err != nil || sum.FromToday != tt.fromToday {
			t.Fatalf("%s: %d counted from today, want %d: %v", tt.prefix, sum.FromToday, tt.fromToday, err)
		}
		for i, want := range tt.dates {
			records, err := line.Ledger.Get(t.Context(), fmt.Sprintf("%s%d", tt.prefix, i+1))
			if err != nil || len(records) != 1 || records[0].Posted != want {
				t.Errorf("%s%d: %+v, want %q: %v", tt.prefix, i+1, records, want, err)
			}
		}
	}
}

// TestReaderParts asks a reader for what others than the line want of it.
func TestReaderParts(t *testing.T) {
	line := boardLine(t)
	r := line.Reader
	p := job.Posting{Source: "naukri-chowk", Title: "Cook", Description: "Cook lunch. 15000"}
	if docs, f, money := r.Parts(&p); docs == nil || f.Language == "" || money.Kind == "" {
		t.Errorf("%+v %+v", f, money)
	}
	if unheard := r.Unheard(&p); len(unheard) == 0 {
		t.Error("a cook's work speaks for no other work")
	}
	all := r.ReadAll(t.Context())
	readings, err := all([]*ledger.Record{{Posting: p}, {Posting: p}})
	if err != nil || len(readings) != 2 || readings[1].Verdict.Label != job.Unclassified {
		t.Errorf("%+v: %v", readings, err)
	}
	if said := r.ExplainPay(job.FieldSalary, "15000", "naukri-chowk"); !strings.Contains(said, "month") {
		t.Errorf("the source's period is not used: %s", said)
	}
	if money, err := r.PayOf(job.FieldSalary, "15000", "naukri-chowk"); err != nil || money.Period != job.Opt(job.PerMonth) {
		t.Errorf("%+v: %v", money, err)
	}
	if _, err := r.PayOf("hat", "15000", ""); err == nil {
		t.Error("pay is read from a hat")
	}
	var rules *RulesError
	if _, err := ReaderFor(line.Config, t.TempDir()+"/none"); !errors.As(err, &rules) || rules.Error() == "" {
		t.Errorf("%v", err)
	}
	if faults := r.CheckCases(); len(faults) > 0 {
		t.Errorf("%v", faults)
	}
}
