package page

import (
	"testing"

	"jobsieve/desk"
	"jobsieve/indexer"
	"jobsieve/indexer/chosen"
)

// TestTotal wants the number of vacancies beside that of postings where the last of them are shown.
func TestTotal(t *testing.T) {
	for _, tt := range []struct {
		offset, hits, postings int
		more                   bool
		want                   string
	}{
		{0, 2, 3, false, "3 postings, of 2 vacancies"}, {20, 1, 22, false, "22 postings, of 21 vacancies"},
		{0, 1, 2, false, "2 postings, of one vacancy"}, {0, 3, 3, false, "3 postings"}, {0, 2, 3, true, "3 postings"},
		{20, 0, 3, false, "3 postings"},
	} {
		a := &ask{w: catalogue(t, "en"), offset: tt.offset}
		got := &desk.Answer{Found: &chosen.Found{Answer: &indexer.Answer{Total: tt.postings}}, More: tt.more}
		got.Hits = make([]desk.Card, tt.hits)
		if said := a.total(got); said != tt.want {
			t.Errorf("%+v: %q", tt, said)
		}
	}
}

// TestCountsAsOf wants a field that is filtered by to count other values, but not of a day.
func TestCountsAsOf(t *testing.T) {
	for url, want := range map[string]bool{"/?label=BPO": true, "/?label=BPO&as_of=2026-09-30": false} {
		counted := false
		for _, n := range elements(tree(t, get(t, sample(t), url)), "input") {
			counted = counted || attribute(n, "id") == "is-label-KPO" && textOf(n.Parent) != "KPO"
		}
		if counted != want {
			t.Errorf("%s: counts of other labels: %t", url, counted)
		}
	}
}
