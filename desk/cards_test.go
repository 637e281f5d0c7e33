package desk

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"jobsieve/filter"
	"jobsieve/indexer"
	"jobsieve/internal/sentence"
	"jobsieve/job"
	"jobsieve/ledger"
	"jobsieve/report"
)

// cardsDesk has clerk's posts of nine employers for Pune, each on three boards, and of the
// first one for Mumbai too; texts are long enough to decide.
func cardsDesk(t *testing.T) *Desk {
	t.Helper()
	var text strings.Builder
	for i := range 40 {
		fmt.Fprintf(&text, "duty%c%c ", 'a'+rune(i/26), 'a'+rune(i%26))
	}
	var all []job.Posting
	for i := range 9 {
		for _, board := range []string{"one", "three", "two"} {
			all = append(all, job.Posting{
				ID: fmt.Sprintf("%d-%s", i, board), Source: board, Title: "Clerk", Company: fmt.Sprintf("Acme %c", 'A'+rune(i)),
				Location: "Pune", Description: strings.ReplaceAll(text.String(), "duty", fmt.Sprintf("task%c", 'a'+rune(i))),
			})
		}
	}
	mumbai := all[0]
	mumbai.ID, mumbai.Source, mumbai.Location = "0-mumbai", "four", "Mumbai"
	d := testDesk(t, append(all, mumbai)...)
	write(t, d, func(l *ledger.Ledger) error {
		_, err := l.GroupVacancies(t.Context(), nil)
		return err
	})
	return d
}

// cardsOf gives the cards of a search: the company, and what else there is of it.
func cardsOf(t *testing.T, d *Desk, f *filter.Filter, page Page) (out []string, a *Answer) {
	t.Helper()
	a, err := d.Search(t.Context(), f, page, time.Minute)
	if err != nil {
		t.Fatal(err)
	}
	for i := range a.Hits {
		c := &a.Hits[i]
		if len(c.Sightings) != c.Others || c.Since != c.FirstSeen {
			t.Errorf("%d of %d sightings, since %s", len(c.Sightings), c.Others, c.Since)
		}
		out = append(out, fmt.Sprintf("%s +%d, %d places", c.Company, c.Others, len(c.Linked)))
	}
	return out, a
}

// TestCards wants one hit of each vacancy, page after page, however many postings it has.
func TestCards(t *testing.T) {
	d := cardsDesk(t)
	pune := &filter.Filter{Is: map[string][]string{"city": {"Pune"}}}
	page := Page{Limit: 4, Order: indexer.OrderCompany}
	var got []string
	for ; page.Offset < 12; page.Offset += page.Limit {
		cards, a := cardsOf(t, d, pune, page)
		if a.Total != 27 {
			t.Errorf("%d postings", a.Total)
		}
		got = append(got, cards...)
	}
	want := []string{"Acme A +2, 1 places"}
	for i := range 8 {
		want = append(want, fmt.Sprintf("Acme %c +2, 0 places", 'B'+rune(i)))
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
	page = Page{Limit: 30, Order: indexer.OrderCompany, PerPosting: true}
	if cards, a := cardsOf(t, d, pune, page); len(cards) != 27 || a.Folded != 0 {
		t.Errorf("%d postings, %d folded", len(cards), a.Folded)
	}
}

// TestCardsAfterMany wants the vacancies that come after one of very many postings, on every
// page.
func TestCardsAfterMany(t *testing.T) {
	var postings []job.Posting
	for i := range 150 {
		postings = append(postings, job.Posting{
			ID: fmt.Sprint(i), Source: "one", Title: "Claims Clerk", Company: "Acme", Location: "Pune",
		})
	}
	for i := range 9 {
		postings = append(postings, job.Posting{ID: fmt.Sprint("z", i), Source: "one", Title: "Cook", Company: fmt.Sprint("Beta ", i)})
	}
	d := testDesk(t, postings...)
	write(t, d, func(l *ledger.Ledger) error {
		_, err := l.GroupVacancies(t.Context(), nil)
		return err
	})
	var got []string
	page := Page{Limit: 4, Order: indexer.OrderCompany}
	for more := true; more; page.Offset += page.Limit {
		a, err := d.Search(t.Context(), all, page, time.Minute)
		if err != nil {
			t.Fatal(err)
		}
		for i := range a.Hits {
			got = append(got, a.Hits[i].Company)
		}
		more = a.More
	}
	if len(got) != 10 || got[0] != "Acme" || page.Offset != 12 {
		t.Errorf("%q, up to %d", got, page.Offset)
	}
}

// TestCardOfAnotherCity wants the one posting of a vacancy that passes, whoever represents
// it.
func TestCardOfAnotherCity(t *testing.T) {
	d := cardsDesk(t)
	for source, want := range map[string]string{"one": "Acme A +2, 1 places", "four": "Acme A +0, 3 places"} {
		f := &filter.Filter{Is: map[string][]string{"source": {source}}}
		cards, _ := cardsOf(t, d, f, Page{Limit: 1, Order: indexer.OrderCompany})
		if diff := cmp.Diff([]string{want}, cards); diff != "" {
			t.Errorf("%s: %s", source, diff)
		}
	}
}

// TestPerVacancy counts each vacancy once, in the ledger and in the index.
func TestPerVacancy(t *testing.T) {
	d := cardsDesk(t)
	var bytes [2]strings.Builder
	for i, from := range []Origin{FromLedger, FromIndex} {
		which := Counted{Filter: all, From: from, PerVacancy: true}
		table, err := d.Table(t.Context(), report.NewCount("city"), which, never)
		if err != nil {
			t.Fatal(err)
		}
		if err := table.CSV(&bytes[i], false); err != nil {
			t.Fatal(err)
		}
		if !slices.ContainsFunc(sentence.Texts(table.Notes), func(n string) bool { return strings.HasPrefix(n, "each vacancy counts once") }) {
			t.Errorf("notes: %q", table.Notes)
		}
	}
	if bytes[0].String() != bytes[1].String() || !strings.Contains(bytes[0].String(), "total,10,10,") {
		t.Errorf("%s\n%s", bytes[0].String(), bytes[1].String())
	}
	which := Counted{Filter: all, From: FromLedger, PerVacancy: true, AsOf: "2026-01-01"}
	if _, err := d.Table(t.Context(), report.NewCount("city"), which, never); err == nil {
		t.Error("a day before today is counted per vacancy")
	}
}

// TestLivesPerVacancy counts each vacancy once, where its representative passes, from when
// its first posting was seen.
func TestLivesPerVacancy(t *testing.T) {
	d := cardsDesk(t)
	count := func(per, source string) map[string]int {
		t.Helper()
		q := &Asked{Report: "trend", Turnover: true, Per: per, From: FromLedger, By: []string{"source"}}
		if source != "" {
			q.Filter = filter.Filter{Is: map[string][]string{"source": {source}}}
		}
		table, err := d.Report(t.Context(), q, never)
		if err != nil {
			t.Fatal(err)
		}
		noted := slices.ContainsFunc(sentence.Texts(table.Notes), func(n string) bool { return strings.HasPrefix(n, "each vacancy counts as one") })
		if noted != (per == PerVacancy && table.Postings > 0) {
			t.Errorf("notes: %q", table.Notes)
		}
		of := map[string]int{}
		for _, row := range table.Rows {
			n, _ := row[2].(int)
			of[report.Text(row[1])] += n
			of["all"] += n
		}
		return of
	}
	if all := count(PerPosting, ""); all["all"] != 28 || all["one"] != 9 {
		t.Errorf("%v", all)
	}
	each := count(PerVacancy, "")
	if each["all"] != 10 || each["four"] != 1 || len(each) != 3 {
		t.Errorf("%v", each)
	}
	for _, source := range []string{"one", "two", "three", "four"} {
		if some := count(PerVacancy, source); some["all"] != each[source] {
			t.Errorf("%s: %v of %v", source, some, each)
		}
	}
	q := &Asked{Report: "trend", Stays: true, Per: PerVacancy, From: FromLedger}
	if table, err := d.Report(t.Context(), q, never); err != nil || table.Total[0] != 0 { // a file's are not seen by crawls
		t.Errorf("%v %v", table.Total, err)
	}
}
