package pipeline

import (
	"fmt"
	"strings"
	"testing"

	"jobsieve/job"
	"jobsieve/ledger"
)

// TestCompleteImports imports files that have every open posting, and others.
func TestCompleteImports(t *testing.T) {
	y := newYear(t)
	rows := func(ids ...int) string {
		var b strings.Builder
		for _, id := range ids {
			fmt.Fprintf(&b, `{"id": "%d", "source": "s%d", "title": "Clerk %d"}`+"\n", id, id%2, id)
		}
		return b.String()
	}
	for i, step := range []struct {
		file     string
		complete bool
		want     string
	}{
		{rows(1, 3, 5, 7, 2, 4, 6, 8), false, "1=unknown 2=unknown 3=unknown 4=unknown 5=unknown 6=unknown 7=unknown 8=unknown"},
		{rows(1, 3, 5, 7, 2, 4, 6, 8), true, ""},
		{rows(1, 3, 5, 7, 2, 4, 6, 8), true, ""},
		{rows(1, 3, 5, 2, 4, 6, 8), false, ""},
		{rows(1, 3, 5, 2, 4, 6, 8) + "no row\n", true, ""},
		{rows(1, 3, 5, 2, 4, 6, 8), true, "7=closed"},
		{rows(1, 3, 5), true, "7=closed"},
		{rows(1, 2), true, "7=closed"},
		{rows(7), true, ""},
	} {
		y.line.Complete = step.complete
		sum, err := y.line.Import(t.Context(), "import", "file", "import", strings.NewReader(step.file))
		if err != nil || !sum.Sources[0].AddUp() {
			t.Fatalf("file %d: %+v, %v", i+1, sum, err)
		}
		var got []string
		err = y.line.Ledger.Each(t.Context(), func(r *ledger.Record) error {
			if r.State != job.StateOpen {
				got = append(got, fmt.Sprintf("%s=%s", r.Posting.ID, r.State))
			}
			return nil
		})
		if err != nil || strings.Join(got, " ") != step.want {
			t.Errorf("after file %d: %v, want %s: %v", i+1, got, step.want, err)
		}
	}
}
