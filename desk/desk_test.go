package desk

import (
	"context"
	"errors"
	"log/slog"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"jobsieve/config"
	"jobsieve/filter"
	"jobsieve/indexer"
	"jobsieve/indexer/chosen"
	"jobsieve/job"
	"jobsieve/ledger"
	"jobsieve/pipeline"
	"jobsieve/report"
)

// texts are the postings that a test's desk answers for.
var texts = []job.Posting{
	{ID: "a1", Source: "acme", Title: "Telecaller, night shift", Location: "Pune", Salary: "12,000 - 15,000 per month",
		Description: "Answer calls of customers and resolve their complaints."},
	{ID: "a2", Source: "acme", Title: "Equity Research Analyst", Company: "=Acme", Location: "Mumbai",
		Salary: "6-8 LPA", Description: "Build financial models and write research reports."},
	{ID: "b1", Source: "other", Title: "Cook", Location: "Delhi", Description: "Cook lunch."},
	{ID: "a1", Source: "other", Title: "Data entry operator", Location: "Pune", Salary: "9000"},
}

// testDesk makes a desk with a ledger of postings, none of them delivered.
func testDesk(t *testing.T, postings ...job.Posting) *Desk {
	t.Helper()
	c := config.Default()
	c.Sources = []config.Source{{Name: "acme"}, {Name: "asleep", Disabled: true}}
	dir := t.TempDir()
	index := &chosen.Index{
		Config: c, Dir: dir, Log: slog.New(slog.DiscardHandler), Now: time.Now,
		Command: func(args ...string) string { return strings.Join(args, " ") },
	}
	d := &Desk{Dir: dir, Config: c, Index: index}
	store(t, d, postings...)
	return d
}

func store(t *testing.T, d *Desk, postings ...job.Posting) {
	t.Helper()
	if len(postings) == 0 {
		return
	}
	reader, err := d.Reader()
	if err != nil {
		t.Fatal(err)
	}
	write(t, d, func(l *ledger.Ledger) error {
		var entries []ledger.Entry
		for i := range postings {
			r := reader.Read(&postings[i])
			entries = append(entries, ledger.Entry{Posting: postings[i], Seen: time.Unix(1_790_000_000, 0), Reading: &r})
		}
		_, err := l.Store(t.Context(), nil, entries)
		return err
	})
}

// write opens the ledger for writing.
func write(t *testing.T, d *Desk, f func(*ledger.Ledger) error) {
	t.Helper()
	l, err := ledger.Open(t.Context(), d.Dir)
	if err == nil {
		err = errors.Join(f(l), l.Close())
	}
	if err != nil {
		t.Fatal(err)
	}
}

func never(chosen.Lack) {}

// all lets all postings pass.
var all = new(filter.Filter)

func TestNoLedger(t *testing.T) {
	d := testDesk(t)
	ctx := t.Context()
	for name, ask := range map[string]func() error{
		"search":  func() error { _, err := d.Search(ctx, all, Page{}, time.Second); return err },
		"explain": func() error { _, err := d.Explain(ctx, "a1", ""); return err },
		"export":  func() error { return d.Export(ctx, all, FromLedger, never, func(Exported) error { return nil }) },
		"index":   func() error { return d.Export(ctx, all, FromIndex, never, func(Exported) error { return nil }) },
		"pay": func() error {
			_, err := d.Table(ctx, report.NewPay(report.Options{}), Counted{Filter: all, From: FromLedger}, never)
			return err
		},
		"health":  func() error { _, err := d.Health(ctx); return err },
		"runs":    func() error { _, err := d.Runs(ctx, "", 1); return err },
		"labels":  func() error { _, err := d.Labels(ctx); return err },
		"status":  func() error { _, err := d.IndexStatus(ctx); return err },
		"refused": func() error { _, err := d.Refused(ctx); return err },
		"relabel": func() error { _, err := d.Relabelled(ctx, all, 1, never); return err },
		"source":  func() error { return d.CheckSource(ctx, "acme") },
		"signals": func() error { _, err := d.Signals(ctx, all, nil, never, nil); return err },
	} {
		if err := ask(); !errors.Is(err, ledger.ErrNone) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if err := d.Export(ctx, all, "a hat", never, nil); err == nil {
		t.Error("what is read from a hat is no error")
	}
}

func TestSources(t *testing.T) {
	d := testDesk(t, texts...)
	ctx := t.Context()
	for name, want := range map[string]string{
		"": "", "acme": "", "asleep": "", "other": "",
		"acne": `no source "acne": did you mean "acme"? Expected acme, asleep or other`,
	} {
		got := ""
		if err := d.CheckSource(ctx, name); err != nil {
			got = err.Error()
		}
		if (got == "") != (want == "") || !strings.Contains(got, strings.SplitN(want, ":", 2)[0]) {
			t.Errorf("%q: %q, want %q", name, got, want)
		}
	}
	var unknown *config.UnknownSourceError
	if err := testDesk(t).CheckDefaults(ctx, "nobody"); !errors.As(err, &unknown) {
		t.Errorf("without a ledger: %v", err)
	}
	if err := d.CheckDefaults(ctx, "other"); err != nil {
		t.Errorf("of the ledger: %v", err)
	}
	if _, err := d.Runs(ctx, "nobody", 5); !errors.As(err, &unknown) {
		t.Errorf("runs: %v", err)
	}
	if _, err := d.Runs(ctx, "", -1); err == nil {
		t.Error("a limit below zero is taken")
	}
}

func TestHealthOfAll(t *testing.T) {
	d := testDesk(t, texts...)
	write(t, d, func(l *ledger.Ledger) error {
		run, err := l.BeginRun(t.Context(), "run", time.Now())
		if err != nil {
			return err
		}
		r := job.Receipt{Source: "acme", Complete: true, Counts: job.Counts{Seen: 2, New: 2}}
		return l.AddReceipt(t.Context(), run, &r)
	})
	all, err := d.Health(t.Context())
	if err != nil || len(all) != 2 || len(all[0].Problems) > 0 || !all[1].Disabled {
		t.Errorf("%+v: %v", all, err)
	}
	runs, err := d.Runs(t.Context(), "acme", 5)
	if err != nil || len(runs) != 1 || runs[0].Seen != 2 {
		t.Errorf("%+v: %v", runs, err)
	}
}

func TestExplain(t *testing.T) {
	d := testDesk(t, texts...)
	both, err := d.Explain(t.Context(), "a1", "")
	if err != nil || len(both) != 2 {
		t.Fatalf("%d explanations: %v", len(both), err)
	}
	one, err := d.Explain(t.Context(), "a1", "acme")
	if err != nil || len(one) != 1 {
		t.Fatalf("%d explanations: %v", len(one), err)
	}
	e := one[0]
	if e.Record.Verdict.Label != job.BPO || len(e.Criteria) == 0 || e.Record.Version != 1 {
		t.Errorf("%+v", e)
	}
	for _, c := range e.Criteria {
		if c.Says == "" || len(c.Evidence) == 0 {
			t.Errorf("criterion %+v", c)
		}
		if !slices.IsSortedFunc(c.Evidence, func(a, b job.Evidence) int { return int(100 * (b.Weight - a.Weight)) }) {
			t.Errorf("%s is not in the order of weight", c.ID)
		}
	}
	if none, err := d.Explain(t.Context(), "nothing", ""); len(none) != 0 || err != nil {
		t.Errorf("%+v: %v", none, err)
	}
	text, err := d.ExplainText(texts[0])
	if err != nil || text.Record.Version != 0 {
		t.Fatalf("%+v: %v", text, err)
	}
	if diff := cmp.Diff(e.Criteria, text.Criteria); diff != "" {
		t.Errorf("the text is explained otherwise: %s", diff)
	}
}

func TestExportIsTheSameFromBoth(t *testing.T) {
	d := testDesk(t, texts...)
	write(t, d, func(l *ledger.Ledger) error {
		_, err := d.Index.Sync(t.Context(), l, nil)
		return err
	})
	read := func(from Origin) (out []Exported) {
		lacking := func(l chosen.Lack) {
			if l != (chosen.Lack{}) {
				t.Errorf("lacking %+v", l)
			}
		}
		if err := d.Export(t.Context(), all, from, lacking, func(e Exported) error { out = append(out, e); return nil }); err != nil {
			t.Fatal(err)
		}
		return out
	}
	fromLedger, fromIndex := read(FromLedger), read(FromIndex)
	if diff := cmp.Diff(fromLedger, fromIndex); diff != "" || len(fromLedger) != len(texts) {
		t.Errorf("%d postings: %s", len(fromLedger), diff)
	}
	columns := Columns(indexer.Fields)
	err := d.Documents(t.Context(), all, FromLedger, never, func(doc *indexer.Document) error {
		row := Row(indexer.Fields, doc)
		if len(row) != len(columns) {
			t.Errorf("%d cells for %d columns", len(row), len(columns))
		}
		if company := row[slices.Index(columns, "company")]; strings.HasPrefix(company, "=") {
			t.Errorf("a spreadsheet takes %q for a formula", company)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	byLedger, err := d.Table(t.Context(), report.NewPay(report.Options{By: []string{"label"}, Period: job.PerMonth}), Counted{Filter: all, From: FromLedger}, never)
	if err != nil {
		t.Fatal(err)
	}
	byIndex, err := d.Table(t.Context(), report.NewPay(report.Options{By: []string{"label"}, Period: job.PerMonth}), Counted{Filter: all, From: FromIndex}, never)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(byLedger, byIndex); diff != "" {
		t.Error(diff)
	}
	found, err := d.Search(t.Context(), all, Page{Limit: 5}, time.Second)
	if err != nil || found.Total != len(texts) {
		t.Errorf("%+v: %v", found, err)
	}
	s, err := d.IndexStatus(t.Context())
	if err != nil || !s.Reached || s.Differs != "" || *s.Held != len(texts) {
		t.Errorf("%+v: %v", s, err)
	}
	if refused, err := d.Refused(t.Context()); len(refused) > 0 || err != nil {
		t.Errorf("%+v: %v", refused, err)
	}
}

func TestLabels(t *testing.T) {
	d := testDesk(t, texts...)
	counts, err := d.Labels(t.Context())
	total := 0
	for _, c := range counts {
		total += c.Postings
	}
	if err != nil || total != len(texts) {
		t.Errorf("%+v: %v", counts, err)
	}
	reader, err := d.Reader()
	if err != nil {
		t.Fatal(err)
	}
	m, err := d.Impact(t.Context(), reader, reader, 3)
	if err != nil || m.Postings != len(texts) || m.Changed != 0 {
		t.Errorf("%+v: %v", m, err)
	}
}

// TestRelabel stores a reading that today's rules don't give: it is shown, and
// then mended.
func TestRelabel(t *testing.T) {
	d := testDesk(t, texts...)
	wrong := job.Posting{ID: "w", Source: "acme", Title: "Telecaller"}
	write(t, d, func(l *ledger.Ledger) error {
		r := ledger.Reading{Verdict: job.Verdict{Label: job.KPO, Criteria: []string{}, Evidence: []job.Evidence{}}}
		_, err := l.Store(t.Context(), nil, []ledger.Entry{{Posting: wrong, Seen: time.Now(), Reading: &r}})
		return err
	})
	check := func(m *Impact, err error) {
		t.Helper()
		want := []LabelChange{{job.KPO, job.BPO}}
		if err != nil || m.Postings != len(texts)+1 || !slices.Equal(m.Changes(), want) || m.Samples[0].ID != "w" {
			t.Errorf("%+v: %v", m, err)
		}
	}
	otherwise := func(want int) {
		t.Helper()
		table, err := d.Table(t.Context(), report.NewPay(report.Options{Period: job.PerMonth}), Counted{Filter: all, From: FromLedger}, never)
		if err != nil || table.ReadOtherwise != want {
			t.Errorf("%d were read by other rules, want %d: %v", table.ReadOtherwise, want, err)
		}
		s, err := d.IndexStatus(t.Context())
		if err != nil || s.ReadOtherwise != want {
			t.Errorf("%d were read by other rules, want %d: %v", s.ReadOtherwise, want, err)
		}
	}
	otherwise(1)
	check(d.Relabelled(t.Context(), all, 1, never))
	write(t, d, func(l *ledger.Ledger) error {
		n, m, err := d.Relabel(t.Context(), l, all, 1, never)
		check(m, err)
		if n != 1 {
			t.Errorf("%d readings stored, want 1", n)
		}
		return nil
	})
	otherwise(0)
	if m, err := d.Relabelled(t.Context(), all, 1, never); err != nil || m.Changed != 0 {
		t.Errorf("afterwards: %+v: %v", m, err)
	}
}

// TestRelabelReadsSkills has a ledger that an earlier version wrote, whose postings have no
// skills, and reads them again.
func TestRelabelReadsSkills(t *testing.T) {
	p := job.Posting{ID: "1", Source: "acme", Title: "Typist", Skills: "MS Excel"}
	d := testDesk(t, p)
	reader, err := d.Reader()
	if err != nil {
		t.Fatal(err)
	}
	skills := func() (out []string) {
		t.Helper()
		table, err := d.Table(t.Context(), report.NewSkills(job.PerMonth), Counted{Filter: all, From: FromLedger}, never)
		if err != nil {
			t.Fatal(err)
		}
		for _, row := range table.Rows {
			out = append(out, report.Text(row[0]))
		}
		return out
	}
	write(t, d, func(l *ledger.Ledger) error {
		r := reader.Read(&p)
		r.Facts.Skills = nil
		_, err := l.Reread(t.Context(), time.Now(), func([]*ledger.Record) ([]ledger.Reading, error) {
			return []ledger.Reading{r}, nil
		}, nil)
		return err
	})
	if got := skills(); !slices.Equal(got, []string{"unknown"}) {
		t.Errorf("before: %q", got)
	}
	write(t, d, func(l *ledger.Ledger) error {
		_, m, err := d.Relabel(t.Context(), l, all, 1, never)
		if len(m.Reread) != 1 || m.Reread[0].What != "skills" || m.Reread[0].Samples[0].To != "excel; typing" {
			t.Errorf("%+v", m.Reread)
		}
		return err
	})
	if got := skills(); !slices.Equal(got, []string{"excel", "typing"}) {
		t.Errorf("afterwards: %q", got)
	}
}

// TestBadRules has a folder of rules that is not there.
func TestBadRules(t *testing.T) {
	d := testDesk(t, texts...)
	bad := &Desk{Dir: d.Dir, Config: config.Default(), Index: d.Index}
	bad.Config.Rules = t.TempDir() + "/none"
	var rules *pipeline.RulesError
	for name, ask := range map[string]func() error{
		"explain":    func() error { _, err := bad.Explain(t.Context(), "a1", ""); return err },
		"text":       func() error { _, err := bad.ExplainText(texts[0]); return err },
		"relabelled": func() error { _, err := bad.Relabelled(t.Context(), all, 1, never); return err },
		"relabel":    func() error { _, _, err := bad.Relabel(context.Background(), nil, all, 1, never); return err },
	} {
		if err := ask(); !errors.As(err, &rules) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// TestHolding wants a ledger that stays open while questions are asked, and questions that
// find none where there is none.
func TestHolding(t *testing.T) {
	for _, postings := range [][]job.Posting{texts, nil} {
		d := testDesk(t, postings...)
		err := d.Holding(t.Context(), func() error {
			if isHeld := d.Ledger != nil; isHeld != (len(postings) > 0) {
				t.Errorf("%d postings: held %t", len(postings), isHeld)
			}
			_, err := d.Basis(t.Context())
			return err
		})
		if isNone := errors.Is(err, ledger.ErrNone); isNone != (len(postings) == 0) || err != nil && !isNone {
			t.Errorf("%d postings: %v", len(postings), err)
		}
		if d.Ledger != nil {
			t.Errorf("%d postings: held afterwards", len(postings))
		}
	}
}
