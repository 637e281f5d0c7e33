package ledger

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"jobsieve/job"
)

// TestDamagedRows damages rows in every way that SQLite allows. Each is told, and
// everything else is read, delivered and read anew.
func TestDamagedRows(t *testing.T) {
	for _, damage := range []string{
		"content = '{\"title\":'", "content = ''", "content = '[1]'", "content = x'00ff'", "reading = 'nonsense'", "reading = '{\"facts\":7}'", "version = 'many'", "first_seen = 'early'",
	} {
		t.Run(damage, func(t *testing.T) {
			ctx := t.Context()
			l := filled(t, 5)
			if _, err := l.db.ExecContext(ctx, "UPDATE posting SET "+damage+" WHERE n IN (2, 3)"); err != nil {
				t.Fatal(err)
			}
			var got []string
			note := func(r *Record) error {
				got = append(got, r.Posting.ID)
				return nil
			}
			if err := l.Each(ctx, note); err != nil {
				t.Fatal(err)
			}
			// Batches of two: the second holds nothing that can be read.
			for after := int64(0); ; {
				batch, err := l.Waiting(ctx, "embedded:x", after, 1)
				if err != nil {
					t.Fatal(err)
				}
				if len(batch) == 0 {
					break
				}
				after = batch[0].N
				got = append(got, "waits "+batch[0].Posting.ID)
			}
			n, err := l.Reread(ctx, time.Now(), func(rs []*Record) ([]Reading, error) {
				out := make([]Reading, len(rs))
				for i := range out {
					out[i].Pay.Kind = "other"
				}
				return out, nil
			}, nil)
			got = append(got, fmt.Sprintf("%d anew", n))
			if want := "1 4 5 waits 1 waits 4 waits 5 3 anew"; err != nil || strings.Join(got, " ") != want {
				t.Errorf("%s, want %s: %v", strings.Join(got, " "), want, err)
			}
			var damaged *DamagedError
			err = l.Close()
			if !errors.As(err, &damaged) || damaged.Rows != 2 || !strings.Contains(err.Error(), "posting 2 of source s: ") {
				t.Errorf("told: %v", err)
			}
		})
	}
}

func TestDamagedReceipt(t *testing.T) {
	ctx := t.Context()
	l := filled(t, 1)
	run, err := l.BeginRun(ctx, "run", time.Now())
	if err != nil {
		t.Fatal(err)
	}
	for i := range 3 {
		if err := l.AddReceipt(ctx, run, &job.Receipt{Source: fmt.Sprintf("s%d", i)}); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := l.db.ExecContext(ctx, "UPDATE receipt SET body = '{' WHERE source = 's1'"); err != nil {
		t.Fatal(err)
	}
	receipts, err := l.Receipts(ctx, "", 9)
	if err != nil || len(receipts) != 2 {
		t.Errorf("%d receipts: %v", len(receipts), err)
	}
	names, err := l.KnownSources(ctx)
	if err != nil || strings.Join(names, " ") != "s s0 s1 s2" {
		t.Errorf("sources %v: %v", names, err)
	}
	if err := l.Close(); err == nil {
		t.Error("not told")
	}
}

// filled is a ledger with n postings.
func filled(t *testing.T, n int) *Ledger {
	t.Helper()
	l, err := Open(t.Context(), t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = l.Close() })
	var entries []Entry
	for i := range n {
		p := job.Posting{ID: fmt.Sprint(i + 1), Source: "s", Title: "Telecaller"}
		entries = append(entries, Entry{Posting: p, Seen: time.Now(), Reading: &Reading{}})
	}
	if _, err := l.Store(context.WithoutCancel(t.Context()), nil, entries); err != nil {
		t.Fatal(err)
	}
	return l
}
