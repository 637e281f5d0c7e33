package indexer

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"jobsieve/job"
)

func ptr[T any](v T) *T { return &v }

// made is a document of a posting of which everything is known.
func made() (*Document, *job.Posting, *job.Verdict) {
	p := &job.Posting{
		ID: "1", Source: "acme", URL: "http://acme.example/1", Title: "Voice process", Company: "Acme", Location: "Pune",
		Experience: "0-1", Salary: "12-15k", Skills: "Hindi", Description: "Answer calls.",
	}
	v := &job.Verdict{
		Label: job.BPO, Function: "customer-support-voice", Score: 0.9, Margin: 0.8, Criteria: []string{"D3-front-office"},
		Outsourced: true, RulesVersion: "v", Evidence: []job.Evidence{{Rule: "r"}},
	}
	f := &job.Facts{
		Places:   []job.Place{{City: "Pune", State: "Maharashtra", Country: "IN"}, {Country: "IN"}},
		Language: job.English, Experience: job.Experience{Min: ptr(0.0), Max: ptr(1.0)},
	}
	d := &Document{Key: "acme/1", Posted: "2026-01-05", FirstSeen: "2026-01-06"}
	d.SetPosting(p)
	d.SetLabel(v, nil)
	d.SetFacts(f)
	d.SetPay(&job.Pay{
		Kind: job.PayOffer, Min: ptr(12000.0), Max: ptr(15000.0), Currency: "INR", Period: job.Opt(job.PerMonth),
		AnnualMin: ptr(int64(144000)), AnnualMax: ptr(int64(180000)),
	})
	d.Vacancy = job.VacancyOf(d.Key).String()
	return d, p, v
}

func TestDocumentGivesBackWhatItWasMadeFrom(t *testing.T) {
	d, p, v := made()
	if diff := cmp.Diff(*p, d.Posting()); diff != "" {
		t.Errorf("the posting: %s", diff)
	}
	if diff := cmp.Diff(*v, d.Verdict()); diff != "" {
		t.Errorf("the verdict: %s", diff)
	}
	want := Hit{
		ID: "1", Source: "acme", Title: "Voice process", Company: "Acme", Label: "BPO", Function: "customer-support-voice",
		LabelledBy: job.ByRules, Place: "Pune", Pay: "₹12,000–15,000 a month", Posted: "2026-01-05", URL: "http://acme.example/1", Score: 2,
		FirstSeen: "2026-01-06", Vacancy: job.VacancyOf("acme/1").String(),
		Stated: Stated{
			City: []string{"Pune"}, State: []string{"Maharashtra"}, Country: []string{"IN"},
			ExperienceMin: number(0), ExperienceMax: number(1),
			PayKind: "offer", PayMin: number(12000), PayMax: number(15000), PayCurrency: "INR", PayPeriod: "month",
			PayAnnualLow: rupees(144000), PayAnnualHigh: rupees(180000),
		},
	}
	if diff := cmp.Diff(want, d.Hit(2)); diff != "" {
		t.Errorf("the hit: %s", diff)
	}
	got := d.SearchTexts(strings.ToUpper)
	if got.Words[0] != "voice process" || got.Stems[0] != "VOICE PROCESS" || len(got.Words) != len(HighlightFields) ||
		!strings.HasPrefix(got.Parts, "title_VOICE title_PROCESS company_ACME") {
		t.Errorf("%+v", got)
	}
}

// TestLabelByHandHolds has a label by hand, and an older document that does not say
// who gave its label.
func TestLabelByHandHolds(t *testing.T) {
	d, _, v := made()
	hand := &job.HandLabel{Label: job.KPO, Function: "market-business-research", Because: "it surveys"}
	d.SetLabel(v, hand)
	if diff := cmp.Diff(*v, d.Verdict()); diff != "" {
		t.Errorf("the rules' verdict: %s", diff)
	}
	h := d.Hit(1)
	if h.Label != "KPO" || h.Function != "market-business-research" || h.LabelledBy != job.ByHand || h.LabelledBecause != "it surveys" {
		t.Errorf("%+v", h)
	}
	if d.SetLabel(v, nil); d.Label != "BPO" || d.LabelledBy != "rules" || d.Detail.Hand != nil {
		t.Errorf("without it: %s by %s", d.Label, d.LabelledBy)
	}
	d.LabelledBy, d.RulesLabel, d.RulesFunction = "", "", ""
	if diff := cmp.Diff(*v, d.Verdict()); diff != "" || d.Labeller() != job.ByRules {
		t.Errorf("an older one: %s, labelled by %s", diff, d.Labeller())
	}
}

func TestHitTellsPlaceAndPay(t *testing.T) {
	for want, d := range map[string]*Document{
		"|":                           {},
		"Goa|up to USD 9 an hour":     {State: []string{"Goa"}, PayMax: ptr(9.0), PayCurrency: "USD", PayPeriod: "hour"},
		"IN, NP|from ₹9":              {Country: []string{"IN", "NP"}, PayMin: ptr(9.0), PayCurrency: "INR"},
		"Pune, Goa|₹1,00,000 a month": {City: []string{"Pune", "Goa"}, PayMin: ptr(1e5), PayMax: ptr(1e5), PayCurrency: "INR", PayPeriod: "month"},
	} {
		h := d.Hit(0)
		if got := h.Place + "|" + h.Pay; got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}

func TestPayBand(t *testing.T) {
	for monthly, want := range map[int64]string{
		8999: "0-9000", 9000: "9000-15000", 15000: "9000-15000", 15001: "15000-25000", 99999: "50000-100000", 100000: "100000+",
	} {
		for _, p := range []job.Pay{{AnnualMin: ptr(12 * monthly)}, {AnnualMax: ptr(12 * monthly)}} {
			if got := payBand(&p); got != want {
				t.Errorf("%d: %s, want %s", monthly, got, want)
			}
		}
	}
}

func TestDifference(t *testing.T) {
	for want, d := range map[string]Difference{
		"": {Held: 5},
		"1 document that it took is missing; one of them is a":                                             {Missing: 1, Example: "a"},
		"2 documents are older than what it took, 1 document is newer than the ledger's; one of them is b": {Older: 2, Newer: 1, Example: "b"},
		"3 documents are not the ledger's; one of them is c":                                               {Foreign: 3, Example: "c"},
	} {
		if got := d.String(); got != want || d.None() != (want == "") {
			t.Errorf("%q, %v; want %q", got, d.None(), want)
		}
	}
}

// TestMatches asks one document every kind of question.
func TestMatches(t *testing.T) {
	d, _, _ := made()
	is := func(name string, values ...string) Query { return Query{Filters: map[string][]string{name: values}} }
	not := func(name string, values ...string) Query { return Query{Not: map[string][]string{name: values}} }
	span := func(least, most *float64) Query { return Query{Experience: Span{least, most}} }
	for name, c := range map[string]struct {
		q    Query
		want bool
	}{
		"all":                 {Query{}, true},
		"its label":           {is("label", "KPO", "BPO"), true},
		"another label":       {is("label", "KPO"), false},
		"no values":           {is("label"), true},
		"a company's case":    {is("company", "ACME"), true},
		"a place":             {is("place", "Pune"), true},
		"not its city":        {not("city", "Pune"), false},
		"not another city":    {not("city", "Goa"), true},
		"an unknown field":    {is("planet", "Mars"), false},
		"pay within":          {Query{PayLeast: 150000, PayMost: 160000}, true},
		"pay too low":         {Query{PayLeast: 180001}, false},
		"pay too high":        {Query{PayMost: 143999}, false},
		"years overlap":       {span(ptr(1.0), ptr(3.0)), true},
		"years beyond":        {span(ptr(1.5), nil), false},
		"posted within":       {Query{Since: "2026-01-05", Until: "2026-01-05"}, true},
		"posted before":       {Query{Since: "2026-01-06"}, false},
		"first seen after":    {Query{SeenUntil: "2026-01-05"}, false},
		"first seen on a day": {Query{SeenSince: "2026-01-06"}, true},
	} {
		if got := c.q.Matches(d); got != c.want {
			t.Errorf("%s: %v", name, got)
		}
	}
	silent := &Document{}
	for name, q := range map[string]Query{"pay": {PayLeast: 1}, "years": span(ptr(0.0), nil), "a date": {Since: "2026-01-01"}} {
		if q.Matches(silent) {
			t.Errorf("a document that states no %s passes", name)
		}
	}
}

func TestCheckQuery(t *testing.T) {
	for want, q := range map[string]Query{
		"":                        {Filters: map[string][]string{"label": {"BPO"}}, Limit: 10, Since: "2026-01-31"},
		`unknown filter "planet"`: {Not: map[string][]string{"planet": {"Mars"}}},
		"limit -1":                {Limit: -1},
		"offset 99999":            {Limit: 2, Offset: 99_999},
		"expected rupees":         {PayMost: -1},
		`got "soon"`:              {SeenUntil: "soon"},
		"no words":                {Terms: []Term{{}}},
	} {
		err := q.Check()
		if (err == nil) != (want == "") || err != nil && !strings.Contains(err.Error(), want) {
			t.Errorf("%v, want %q", err, want)
		}
	}
}

// TestSchema wants the parts of the table of fields to agree with each other.
func TestSchema(t *testing.T) {
	for _, name := range Fields.Facets() {
		if f, ok := Fields.Field(name); !ok || !f.Facet {
			t.Errorf("the facet %s is no field", name)
		}
	}
	for _, name := range Fields.Filters() {
		if f, ok := Fields.Filter(name); !ok || f.Filter != name {
			t.Errorf("the filter %s is not found", name)
		}
	}
	for _, name := range Fields.Groupings() {
		if f, ok := Fields.Grouping(name); !ok || f.Grouping != name {
			t.Errorf("the grouping %s is not found", name)
		}
	}
	if f, ok := Fields.Filter("criteria"); !ok || f.Filter != "criterion" {
		t.Error("a filter is not found by its field's name")
	}
	for _, find := range []func(string) (*Field, bool){Fields.Field, Fields.Filter, Fields.Grouping} {
		if _, ok := find("planet"); ok {
			t.Error("an unknown name is found")
		}
	}
	d, _, _ := made()
	columns := Fields.Columns()
	i := slices.IndexFunc(columns, func(f Field) bool { return f.Column == "places" })
	if got := columns[i].Texts(d); !slices.Equal(got, []string{"Pune/Maharashtra/IN; IN"}) {
		t.Errorf("%q", got)
	}
}

func number(v float64) *float64 { return &v }

func rupees(v int64) *int64 { return &v }
