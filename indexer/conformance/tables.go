package conformance

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"jobsieve/indexer"
	"jobsieve/job"
	"jobsieve/report"
)

// tablesOf are the groupings of tables that every index gives alike.
var tablesOf = []string{
	"", "label", "function", "place", "city", "state", "country", "source", "company", "experience", "education",
	"shift", "mode", "language", "languages", "openings", "outsourced", "labelled_by", "month",
	"city,label", "company,month", "shift,languages", "place,function", "month,outsourced",
	"city,state,country", "city,shift,languages", "company,place,month", "label,function,experience",
	"company,source,label", "education,mode,city", "employer", "employer,label", "place,employer,month", "skill", "skill,label",
	"employer,skill", "first_seen_month", "first_seen_month,month", "company,first_seen_month",
	"posting_state", "closed_month", "posting_state,label", "closed_month,company",
}

// tables counts documents, hostile ones too, in the index, and wants the same bytes as
// from the documents themselves.
func tables(t *testing.T, ix indexer.Index) {
	random := rand.New(rand.NewPCG(3, 4))
	docs := append(Documents(), randomDocuments(random)...)
	Deliver(t, ix, docs[len(Documents()):])
	defer func() {
		var gone []indexer.Document
		for i := range docs[len(Documents()):] {
			gone = append(gone, indexer.Document{Key: docs[len(Documents())+i].Key, Revision: 2, Gone: true})
		}
		Deliver(t, ix, gone)
	}()
	full := 0
	for i, names := range tablesOf {
		by := strings.FieldsFunc(names, func(r rune) bool { return r == ',' })
		none := indexer.Query{Filters: map[string][]string{"city": {"Atlantis"}}}
		for _, q := range []indexer.Query{{}, randomQuery(random, docs), none} {
			want, got := report.NewPay(payBy(by)), report.NewPay(payBy(by))
			count(t, want, docs, &q)
			if err := Count(t, got, ix, &q); err != nil {
				t.Fatalf("%q of %+v: %v", names, q, err)
			}
			if want.Table().Postings > 0 {
				full++
			}
			if diff := cmp.Diff(csvOf(t, want), csvOf(t, got)); diff != "" {
				t.Errorf("table %d by %q of %+v (-of documents +of the index):\n%s", i, names, q, diff)
			}
		}
	}
	if full < len(tablesOf) {
		t.Errorf("%d tables have postings", full)
	}
}

func payBy(by []string) report.Options { return report.Options{By: by, Period: job.PerMonth} }

// Count counts for a report what a query without words finds.
func Count(t testing.TB, r report.Report, ix indexer.Index, q *indexer.Query) error {
	t.Helper()
	for _, tally := range r.Tallies() {
		if err := tally.CountWith(t.Context(), ix, *q); err != nil {
			return err
		}
	}
	return nil
}

// count counts the documents that match a query.
func count(t testing.TB, r report.Report, docs []indexer.Document, q *indexer.Query) {
	t.Helper()
	for i := range docs {
		d := &docs[i]
		date := d.Posted
		for _, other := range []string{d.PostedLatest, d.FirstSeen} {
			if date == "" {
				date = other
			}
		}
		if !q.Matches(d) {
			continue
		}
		for _, tally := range r.Tallies() {
			tally.Add(d, date)
		}
	}
}

// csvOf writes a table, and what stands beside it, as lines.
func csvOf(t *testing.T, r report.Report) []string {
	t.Helper()
	table := r.Table()
	var b bytes.Buffer
	if err := table.CSV(&b, false); err != nil {
		t.Fatal(err)
	}
	return append(strings.Split(b.String(), "\n"), table.About.String())
}

// hostile are values that a crawled posting may have.
var hostile = []string{
	"", " ", "Acme", "ACME", " Acme ", "acme\x00", "Acme Pvt. Ltd.", "Acme (P) Limited", "Unknown", "Ltd", "=cmd()", "a,b\n\"c\"", "<b>", "Ａｃｍｅ", "एक्मे", "\u202eemcA", "\U0001F4BC",
	strings.Repeat("x", indexer.MaxNamed), strings.Repeat("x", indexer.MaxNamed+1),
	strings.Repeat("\U0001F4BC", indexer.MaxNamed/2+1), "unknown", "null", "0", "-1",
}

// randomDocuments draws documents of which many share their values.
func randomDocuments(random *rand.Rand) []indexer.Document {
	const documents = 300
	one := func(values ...string) string { return values[random.IntN(len(values))] }
	out := make([]indexer.Document, documents)
	for i := range out {
		d := &out[i]
		d.Key, d.Revision, d.SchemaVersion = fmt.Sprintf("tables/%d", i), 1, indexer.SchemaVersion
		d.ID, d.Source, d.Company = d.Key, one("a", "b", " b"), one(hostile...)
		d.Label, d.Function = one("BPO", "KPO", "UNCLASSIFIED", ""), one("none", "back-office", "")
		d.LabelledBy, d.Outsourced = one("rules", "hand", ""), random.IntN(2) == 0
		d.FirstSeen = fmt.Sprintf("2025-%02d-%02d", 1+random.IntN(12), 1+random.IntN(28))
		if d.PostingState = one("", "open", "closed", "unknown"); d.PostingState == "closed" {
			d.Closed = fmt.Sprintf("2025-%02d-%02d", 1+random.IntN(12), 1+random.IntN(28))
		}
		d.Posted = one("", "2024-02-29", "2024-03-01", "2024-12-31")
		d.PostedMonth = d.Posted[:min(len("2006-01"), len(d.Posted))]
		d.VacancyRole = one("", "representative", "other")
		d.Vacancy = one("0123456789abcdef", "fedcba9876543210", fmt.Sprintf("%016x", i/2), "", "no vacancy")
		if random.IntN(3) == 0 {
			d.VacancyRole, d.Vacancy = "alone", fmt.Sprintf("%016x", 1000+i)
		}
		facts := job.Facts{Language: job.Language(one("en", "hi", "mixed"))}
		for range random.IntN(4) {
			facts.Places = append(facts.Places, job.Place{
				City: job.Opt(one("", "Pune", "Mumbai", "=Pune")), State: job.Opt(one("", "Maharashtra")), Country: "IN",
			})
		}
		for _, s := range job.Shifts {
			if random.IntN(4) == 0 {
				facts.Shift = append(facts.Shift, s)
			}
		}
		for _, l := range []string{"en", "hi", "ta"} {
			if random.IntN(3) == 0 {
				facts.Languages = append(facts.Languages, l)
			}
		}
		for _, s := range []string{"excel", "sql", "typing"} {
			if random.IntN(3) == 0 {
				facts.Skills = append(facts.Skills, s)
			}
		}
		facts.Education, facts.Mode = job.Opt(one("", "12th", "graduate")), job.Opt(one("", "remote"))
		if n := random.IntN(30); n > 0 {
			facts.Openings, facts.Experience.Min = &n, years(float64(n))
		}
		d.SetFacts(&facts)
		d.SetPay(randomPay(random))
	}
	return out
}

// randomPay draws pay of all kinds, some of which doesn't count.
func randomPay(random *rand.Rand) *job.Pay {
	p := &job.Pay{
		Kind: job.PayKinds[random.IntN(len(job.PayKinds))], Currency: "INR", Suspect: random.IntN(5) == 0,
	}
	if random.IntN(2) == 0 {
		p.Kind = job.PayOffer
	}
	if random.IntN(5) == 0 {
		p.Currency = job.Opt([]string{"", "USD"}[random.IntN(2)])
	}
	if random.IntN(4) > 0 {
		p.AnnualMin = rupees(int64(random.IntN(4)) * 60_000)
	}
	if random.IntN(4) > 0 {
		p.AnnualMax = rupees(240_000 + int64(random.IntN(4))*60_000)
	}
	return p
}
