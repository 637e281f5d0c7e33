package conformance

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"jobsieve/job"
	"jobsieve/ledger"
)

// damagedRows damages rows 2 to 7 of 8. Each is reported, and everything else
// is read, delivered and read again.
func damagedRows(t *testing.T, p Place) {
	ctx := t.Context()
	l, err := ledger.Open(ctx, p.Locator)
	if err != nil {
		t.Fatal(err)
	}
	for i := range 8 {
		storeAll(t, l, day, entry("s", fmt.Sprint(i+1), "Telecaller"))
	}
	for i, damage := range []string{
		`content = '{"title":'`, "content = ''", "content = '[1]'", "reading = 'nonsense'", `reading = '{"facts":7}'`,
		`hand = '{"label":'`,
	} {
		p.Exec(t, fmt.Sprintf("UPDATE posting SET %s WHERE id = '%d'", damage, i+2))
	}
	var got []string
	err = l.Each(ctx, func(r *ledger.Record) error {
		got = append(got, r.Posting.ID)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	// Batches of two: some hold nothing that can be read.
	for after := int64(0); ; {
		batch, err := l.Waiting(ctx, "embedded:x", after, 2)
		if err != nil {
			t.Fatal(err)
		}
		if len(batch) == 0 {
			break
		}
		after = batch[len(batch)-1].N
		for _, r := range batch {
			got = append(got, "waits "+r.Posting.ID)
		}
	}
	n, err := l.Reread(ctx, day, func(rs []*ledger.Record) ([]ledger.Reading, error) {
		out := make([]ledger.Reading, len(rs))
		for i := range out {
			out[i].Pay.Kind = "other"
		}
		return out, nil
	}, nil)
	got = append(got, fmt.Sprintf("%d anew", n))
	if want := "1 8 waits 1 waits 8 2 anew"; err != nil || strings.Join(got, " ") != want {
		t.Errorf("%s, want %s: %v", strings.Join(got, " "), want, err)
	}
	var damaged *ledger.DamagedError
	err = l.Close()
	if !errors.As(err, &damaged) || damaged.Rows != 6 || !strings.Contains(err.Error(), "posting 2 of source s: ") {
		t.Errorf("told: %v", err)
	}
}

// damagedReceipt damages one receipt of three.
func damagedReceipt(t *testing.T, p Place) {
	ctx := t.Context()
	l, err := ledger.Open(ctx, p.Locator)
	if err != nil {
		t.Fatal(err)
	}
	storeAll(t, l, day, entry("s", "1", "Telecaller"))
	run, err := l.BeginRun(ctx, "run", day)
	if err != nil {
		t.Fatal(err)
	}
	for i := range 3 {
		if err := l.AddReceipt(ctx, run, &job.Receipt{Source: fmt.Sprintf("s%d", i)}); err != nil {
			t.Fatal(err)
		}
	}
	p.Exec(t, "UPDATE receipt SET body = '{' WHERE source = 's1'")
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
