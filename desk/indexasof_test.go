package desk

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"jobsieve/filter"
	"jobsieve/indexer"
	"jobsieve/indexer/chosen"
	"jobsieve/job"
	"jobsieve/ledger"
	"jobsieve/sampleboard"
)

// TestWordsAsOf wants words to be found in the texts of a day, by searches, tables and
// exports.
func TestWordsAsOf(t *testing.T) {
	d := pastDesk(t)
	for _, c := range []struct {
		day  int
		text string
		is   map[string][]string
		want []string
	}{
		{day: 2, text: "telecaller", want: []string{"Telecaller, night shift"}},
		{day: 3, text: "telecaller"},
		{day: -1, text: "telecaller"},
		{day: 2, text: "research"},
		{day: 3, text: "research", want: []string{"Equity Research Analyst"}},
		{day: 2, text: "रात की शिफ्ट", want: []string{"Telecaller, night shift"}},
		{day: 2, text: `"resolve their complaints"`, want: []string{"Telecaller, night shift"}},
		{day: 2, text: "-cook", want: []string{"Telecaller, night shift"}},
		{day: 2, text: "jobs in Poona", want: []string{"Telecaller, night shift"}},
		{day: 3, text: "jobs in Poona", want: []string{"Data entry operator"}},
		{day: 3, text: "title:cook", want: []string{"Cook"}},
		{day: 3, text: "cook", is: map[string][]string{"city": {"Pune"}}},
		{day: 3, text: "-telecaller", is: map[string][]string{"city": {"Mumbai", "Pune"}},
			want: []string{"Equity Research Analyst", "Data entry operator"}},
	} {
		day, f := dayOf(dayOfTest(c.day)), &filter.Filter{Text: c.text, Is: c.is}
		a, err := d.SearchAsOf(t.Context(), f, Page{Limit: 10, Order: indexer.OrderDate}, day)
		if err != nil {
			t.Fatal(err)
		}
		var found, exported []string
		for i := range a.Hits {
			found = append(found, a.Hits[i].Title)
		}
		err = d.RecordsAsOf(t.Context(), f, day, func(r *ledger.Record) error {
			exported = append(exported, r.Posting.Title)
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(c.want, found); diff != "" || a.Total != len(c.want) {
			t.Errorf("day %d, %s: %d found (-want +got):\n%s", c.day, c.text, a.Total, diff)
		}
		if diff := cmp.Diff(c.want, exported); diff != "" {
			t.Errorf("day %d, %s: exported (-want +got):\n%s", c.day, c.text, diff)
		}
		table := countedAsOf(t, d, f, day)
		if total := table[len(table)-1]; !strings.HasPrefix(total, "total,"+job.Grouped(float64(len(c.want)))+",") {
			t.Errorf("day %d, %s: %s", c.day, c.text, total)
		}
	}
}

// TestSearchAsOfIsSearch wants a search as of a day to come to find what a search finds, with
// its facets and what it says of the question, and in its order where that is not by weights.
func TestSearchAsOfIsSearch(t *testing.T) {
	postings, err := sampleboard.Postings()
	if err != nil {
		t.Fatal(err)
	}
	all := make([]job.Posting, len(postings))
	for i := range postings {
		all[i] = postings[i].Job()
		all[i].ID, all[i].Source = postings[i].ID, "acme"
	}
	d := testDesk(t, all...)
	for _, text := range []string{
		"telecaller", "telecaller night shift", "acountant in Bangalor for freshers", "voice process -sales",
		"15k se upar", "data entry OR typing", `"customer support"`, "unheardof telecaller", "रात की शिफ्ट", "",
	} {
		for _, order := range []indexer.Order{indexer.OrderRelevance, indexer.OrderPay} {
			f, page := &filter.Filter{Text: text}, Page{Limit: len(all), Order: order, PerPosting: true}
			want, err := d.Search(t.Context(), f, page, chosen.Wait)
			if err != nil {
				t.Fatal(err)
			}
			got, err := d.SearchAsOf(t.Context(), f, page, "2999-12-31")
			if err != nil {
				t.Fatal(err)
			}
			type said struct {
				Total, Closed, Less    int
				More                   bool
				Facets, Parts, Unknown any
				Hits                   []indexer.Hit
			}
			sayingOf := func(a *Answer) (s said) {
				s = said{a.Total, a.ClosedLeftOut, a.Less, a.More, a.Facets, a.Understood, a.Unknown, nil}
				for i := range a.Hits {
					h := a.Hits[i].Hit
					if h.Score = 0; text == "" {
						h.Highlights = nil
					}
					s.Hits = append(s.Hits, h)
				}
				if order == indexer.OrderRelevance { // in files a word that stands once has a weight of its own
					slices.SortFunc(s.Hits, func(a, b indexer.Hit) int { return strings.Compare(a.ID, b.ID) })
				}
				return s
			}
			if diff := cmp.Diff(sayingOf(want), sayingOf(got)); diff != "" {
				t.Errorf("%q by %s (-want +got):\n%s", text, order, diff)
			}
		}
	}
}

// TestHitsAsOf wants the postings of hits as they were on the day of the answer.
func TestHitsAsOf(t *testing.T) {
	d := pastDesk(t)
	for _, text := range []string{"", "pune"} {
		f := &filter.Filter{Text: text, Is: map[string][]string{"city": {"Pune"}}}
		a, err := d.SearchAsOf(t.Context(), f, Page{Limit: 10}, dayOf(dayOfTest(2)))
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		err = d.HitDocuments(t.Context(), a, func(doc *indexer.Document) error {
			got = append(got, doc.Title)
			return nil
		})
		if diff := cmp.Diff([]string{"Telecaller, night shift"}, got); diff != "" || err != nil {
			t.Errorf("%q: %v (-want +got):\n%s", text, err, diff)
		}
	}
}

// TestMostAsOf wants no more postings of a day to be looked through for words than a bound.
func TestMostAsOf(t *testing.T) {
	d := pastDesk(t)
	for most, wrong := range map[int]bool{1: true, 2: false} {
		ix, err := chosen.InMemory()
		if err != nil {
			t.Fatal(err)
		}
		err = d.read(t.Context(), func(l *ledger.Ledger) error {
			return d.fillAsOf(t.Context(), l, &filter.Filter{Text: "cook"}, dayOf(dayOfTest(2)), ix, most)
		})
		var of *ParameterError
		if errors.As(err, &of) != wrong || (err != nil) != wrong {
			t.Errorf("at most %d: %v", most, err)
		}
		if wrong && !strings.Contains(err.Error(), "looked for in up to 1 postings of a day, and more pass the other filters") {
			t.Error(err)
		}
		if err := ix.Close(); err != nil {
			t.Error(err)
		}
	}
}
