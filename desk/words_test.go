package desk

import (
	"context"
	"net"
	"testing"

	"github.com/google/go-cmp/cmp"

	"jobsieve/config"
	"jobsieve/filter"
	"jobsieve/indexer"
	"jobsieve/indexer/chosen"
	"jobsieve/job"
	"jobsieve/ledger"
	"jobsieve/report"
)

// wordsAnd makes a filter of words and of a label, which may be empty.
func wordsAnd(words string, label job.Label) *filter.Filter {
	f := &filter.Filter{Text: words}
	if label != "" {
		f.Is = map[string][]string{"label": {string(label)}}
	}
	return f
}

func deliver(t *testing.T, d *Desk) {
	t.Helper()
	write(t, d, func(l *ledger.Ledger) error {
		_, err := d.Index.Sync(t.Context(), l, nil)
		return err
	})
}

// exportedKeys are the postings that pass a filter, and what was said to be lacking.
func exportedKeys(t *testing.T, d *Desk, f *filter.Filter, from Origin) (keys []string, lack chosen.Lack) {
	t.Helper()
	keys = []string{}
	err := d.Export(t.Context(), f, from, func(l chosen.Lack) { lack = l }, func(e Exported) error {
		keys = append(keys, ledger.Key(e.Source, e.ID))
		return nil
	})
	if err != nil {
		t.Errorf("%s from the %s: %v", f.String(), from, err)
	}
	return keys, lack
}

// TestWords asks for words wherever a filter is taken.
func TestWords(t *testing.T) {
	d := testDesk(t, texts...)
	deliver(t, d)
	for name, c := range map[string]struct {
		words string
		label job.Label
		want  []string
	}{
		"a word":              {"research", "", []string{"acme/a2"}},
		"a word of several":   {"pune", "", []string{"acme/a1", "other/a1"}},
		"a word and a label":  {"pune", job.BPO, []string{"acme/a1", "other/a1"}},
		"nothing of a label":  {"pune", job.KPO, []string{}},
		"a phrase":            {`"financial models"`, "", []string{"acme/a2"}},
		"a phrase of nothing": {`"models financial"`, "", []string{}},
		"nothing":             {"astronaut", "", []string{}},
		"without a word":      {"-pune", "", []string{"acme/a2", "other/b1"}},
		"no word":             {"", job.KPO, []string{"acme/a2"}},
	} {
		f := wordsAnd(c.words, c.label)
		for _, from := range []Origin{FromLedger, FromIndex} {
			keys, lack := exportedKeys(t, d, f, from)
			if diff := cmp.Diff(c.want, keys); diff != "" || lack != (chosen.Lack{}) {
				t.Errorf("%s from the %s, lacking %+v (-want +got):\n%s", name, from, lack, diff)
			}
			table, err := d.Table(t.Context(), report.NewPay(report.Options{Period: job.PerMonth}), Counted{Filter: f, From: from}, never)
			if err != nil || table.Postings != len(c.want) {
				t.Errorf("%s: the table from the %s counts %d, want %d: %v", name, from, table.Postings, len(c.want), err)
			}
		}
		shown, err := d.Relabelled(t.Context(), f, 1, never)
		if err != nil || shown.Postings != len(c.want) {
			t.Errorf("%s: %d would be read again, want %d: %v", name, shown.Postings, len(c.want), err)
		}
		write(t, d, func(l *ledger.Ledger) error {
			_, done, err := d.Relabel(t.Context(), l, f, 1, never)
			if err == nil && done.Postings != len(c.want) {
				t.Errorf("%s: %d were read again, want %d", name, done.Postings, len(c.want))
			}
			return err
		})
	}
}

// TestWordsOfALaggingIndex has an index that lacks a posting, and then one that
// holds what the ledger does not have.
func TestWordsOfALaggingIndex(t *testing.T) {
	d := testDesk(t, texts...)
	deliver(t, d)
	late := job.Posting{ID: "late", Source: "acme", Title: "Typist", Location: "Pune"}
	store(t, d, late)
	f := wordsAnd("pune", "")
	for _, from := range []Origin{FromLedger, FromIndex} {
		keys, lack := exportedKeys(t, d, f, from)
		if len(keys) != 2 || lack != (chosen.Lack{Waiting: 1}) {
			t.Errorf("from the %s: %q, lacking %+v", from, keys, lack)
		}
	}
	var lack chosen.Lack
	note := func(l chosen.Lack) { lack = l }
	if m, err := d.Relabelled(t.Context(), f, 1, note); err != nil || m.Postings != 2 || lack.Waiting != 1 {
		t.Errorf("%+v, lacking %+v: %v", m, lack, err)
	}
	if _, lack := exportedKeys(t, d, wordsAnd("", job.BPO), FromLedger); lack != (chosen.Lack{}) {
		t.Errorf("the index is asked without need: %+v", lack)
	}
	deliver(t, d)
	if keys, lack := exportedKeys(t, d, f, FromLedger); len(keys) != 3 || lack != (chosen.Lack{}) {
		t.Errorf("once it was delivered: %q, lacking %+v", keys, lack)
	}
}

// TestWordsOfALostIndex has an index that was never made: it is filled first.
func TestWordsOfALostIndex(t *testing.T) {
	d := testDesk(t, texts...)
	if keys, lack := exportedKeys(t, d, wordsAnd("pune", ""), FromLedger); len(keys) != 2 || lack != (chosen.Lack{}) {
		t.Errorf("%q, lacking %+v", keys, lack)
	}
}

// TestWordsWithoutTheIndex wants an error where the index can't be reached, and
// nothing to pass.
func TestWordsWithoutTheIndex(t *testing.T) {
	d := testDesk(t, texts...)
	closed, err := net.Listen("tcp", "127.0.0.1:0")
	if err == nil {
		err = closed.Close()
	}
	if err != nil {
		t.Fatal(err)
	}
	d.Config = config.Default()
	d.Config.Index = "http://" + closed.Addr().String()
	d.Index.Config = d.Config
	f := wordsAnd("pune", "")
	for name, ask := range map[string]func(context.Context) error{
		"export": func(ctx context.Context) error {
			return d.Export(ctx, f, FromLedger, never, func(e Exported) error { t.Errorf("%s passes", e.ID); return nil })
		},
		"documents": func(ctx context.Context) error {
			return d.Documents(ctx, f, FromLedger, never, func(*indexer.Document) error { return nil })
		},
		"table": func(ctx context.Context) error {
			_, err := d.Table(ctx, report.NewPay(report.Options{Period: job.PerMonth}), Counted{Filter: f, From: FromLedger}, never)
			return err
		},
		"relabel": func(ctx context.Context) error { _, err := d.Relabelled(ctx, f, 1, never); return err },
	} {
		if err := ask(t.Context()); err == nil {
			t.Errorf("%s: the words are forgotten", name)
		}
	}
	if keys, _ := exportedKeys(t, d, wordsAnd("", job.KPO), FromLedger); len(keys) != 1 {
		t.Errorf("without words the index is needed: %q", keys)
	}
}
