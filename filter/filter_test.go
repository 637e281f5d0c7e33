package filter

import (
	"encoding/json"
	"errors"
	"net/url"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"jobsieve/classifier"
	"jobsieve/facts"
	"jobsieve/indexer"
	"jobsieve/indexer/conformance"
)

// book is that of the rule book that comes with the program.
var book = sync.OnceValue(func() (b Book) {
	c, err := classifier.New("")
	if err != nil {
		panic(err)
	}
	for _, l := range c.Labels() {
		b.Labels = append(b.Labels, l.Label)
	}
	b.Functions = c.Labels().Functions()
	for _, k := range c.Criteria() {
		b.Criteria = append(b.Criteria, k.ID)
	}
	return b
})

func parseQuery(t *testing.T, query string) (Filter, error) {
	t.Helper()
	params, err := url.ParseQuery(query)
	if err != nil {
		t.Fatal(err)
	}
	return Parse(params, book())
}

// TestNormalForm wants filters that say the same to be written the same.
func TestNormalForm(t *testing.T) {
	tests := []struct{ in, want string }{
		{"", ""},
		{"label=kpo&label=BPO&label=bpo", "label=BPO&label=KPO"},
		{"city=Bangalore&city=bengaluru", "city=Bengaluru"},
		{"city=Nowhere+Junction", "city=Nowhere+Junction"},
		{"state=karnataka&country=india&country=GB", "country=GB&country=IN&state=Karnataka"},
		{"place=bangalore&place=AP&place=India&place=IN", "place=Andhra+Pradesh&place=Bengaluru&place=India"},
		{"place=TN&place=Tunisia&place=St.+Lucia", "place=St.+Lucia&place=Tamil+Nadu&place=Tunisia"},
		{"criterion=d3&criteria=D11-shift-work", "criterion=D11-shift-work&criterion=D3-front-office"},
		{"company=+Acme++%26+SONS+", "company=acme+%26+sons"},
		{"outsourced=yes&outsourced=TRUE", "outsourced=true"},
		{"not.city=Bombay&not.label=unclassified", "not.city=Mumbai&not.label=UNCLASSIFIED"},
		{"experience=0+-+2", "experience=0-2"},
		{"experience=3%2B", "experience=3-"},
		{"experience=3-3", "experience=3"},
		{"pay_min=12000", "pay_min=12000&pay_period=month"},
		{"pay_min=150.50&pay_max=0&pay_period=Hour", "pay_min=150.5&pay_period=hour"},
		{"pay_period=year", ""},
		{"since=2026-01-31&first_seen_until=2026-02-01", "first_seen_until=2026-02-01&since=2026-01-31"},
		{"text=++voice+++%22a+b%22", "text=voice+%22a+b%22"},
		{"city=&since=&label=", ""},
		{"posted_month=2026-01&languages=HI&pay_band=100000%2B", "languages=hi&pay_band=100000%2B&posted_month=2026-01"},
	}
	for _, tt := range tests {
		f, err := parseQuery(t, tt.in)
		if err != nil || f.String() != tt.want {
			t.Errorf("%s: %s %v, want %s", tt.in, f.String(), err, tt.want)
			continue
		}
		wantRoundTrips(t, &f)
	}
}

// wantRoundTrips wants a filter in its normal form to come back from each of its
// written forms.
func wantRoundTrips(t *testing.T, f *Filter) {
	t.Helper()
	again, err := Parse(f.Values(), book())
	if diff := cmp.Diff(*f, again); diff != "" || err != nil {
		t.Errorf("%s as parameters: %v\n%s", f, err, diff)
	}
	normal, err := f.Normal(book())
	if diff := cmp.Diff(*f, normal); diff != "" || err != nil {
		t.Errorf("%s in its normal form: %v\n%s", f, err, diff)
	}
	body, err := json.Marshal(f)
	if err != nil {
		t.Fatal(err)
	}
	var read Filter
	err = json.Unmarshal(body, &read)
	if diff := cmp.Diff(*f, read); diff != "" || err != nil {
		t.Errorf("%s as JSON: %v\n%s", body, err, diff)
	}
}

func TestJSON(t *testing.T) {
	var f Filter
	const in = `{"label":"bpo","city":["Pune","Bombay"],"pay_min":15000,"outsourced":true,"experience":"0-2","mode":null}`
	if err := json.Unmarshal([]byte(in), &f); err != nil {
		t.Fatal(err)
	}
	f, err := f.Normal(book())
	if err != nil {
		t.Fatal(err)
	}
	body, err := json.Marshal(f)
	const want = `{"city":["Mumbai","Pune"],"experience":"0-2","label":["BPO"],"outsourced":["true"],` +
		`"pay_min":"15000","pay_period":"month"}`
	if string(body) != want || err != nil {
		t.Errorf("%s %v, want %s", body, err, want)
	}
	for _, bad := range []string{`[]`, `"x"`, `{"label":{"a":1}}`, `{"planet":"Mars"}`, `{"label":["X"]}`, `{} {}`} {
		err := json.Unmarshal([]byte(bad), &f)
		if err == nil {
			err = f.Check(book())
		}
		if err == nil {
			t.Errorf("%s passes", bad)
		}
	}
}

// TestFaults wants all faults of a filter together, each with its field, what
// was expected, and what may be meant.
func TestFaults(t *testing.T) {
	_, err := parseQuery(t, "label=BPA&city=Pune&function=customer-support-voce&shift=nite&criterion=D99&state=Kornatika"+
		"&place=Pune,+Mumbai&experience=5-2&pay_min=20000&pay_max=100&since=tomorrow&first_seen_since=2026-02-01&first_seen_until=2026-01-01"+
		"&outsourced=perhaps&country=Nowhere&planet=Mars&not.plant=x&posted_month=May&languages=hindi&text=%22open"+
		"&company="+strings.Repeat("x", 300))
	var faults Faults
	errors.As(err, &faults)
	want := []struct{ field, problem string }{
		{"company", "at most 256 letters, got 300"},
		{"country", `unknown country "Nowhere"`},
		{"criterion", `unknown criterion "D99"; expected one of D1-outsourced-process`},
		{"experience", "5 is above 2; expected the lower number first"},
		{"first_seen_since", "2026-02-01 is after first_seen_until, 2026-01-01"},
		{"function", `did you mean "customer-support-voice"?`},
		{"label", `unknown label "BPA"; expected one of BPO, KPO, UNCLASSIFIED; did you mean "BPO"?`},
		{"languages", "expected the code of a language"},
		{"not.plant", `unknown filter "plant"`},
		{"outsourced", "expected true or false"},
		{"pay_min", "20000 is above pay_max, 100"},
		{"place", "expected the name of one city, state or country"},
		{"planet", `unknown filter "planet"`},
		{"posted_month", "expected a month such as 2026-01"},
		{"shift", `unknown shift "nite"; expected one of`},
		{"since", "expected a date such as 2026-01-31"},
		{"state", `did you mean "Karnataka"?`},
		{"text", "quotation mark"},
	}
	if len(faults) != len(want) {
		t.Fatalf("%d faults, want %d: %v", len(faults), len(want), err)
	}
	for i, w := range want {
		if faults[i].Field != w.field || !strings.Contains(faults[i].Problem(), w.problem) {
			t.Errorf("%s: %s; want %s: %s", faults[i].Field, faults[i].Problem(), w.field, w.problem)
		}
	}
	for _, query := range []string{
		"experience=x", "experience=1-x", "experience=-2", "experience=NaN", "experience=1-500", "experience=1&experience=2",
		"pay_min=lots", "pay_min=-1", "pay_max=NaN", "pay_max=Inf",
		"pay_min=1&pay_period=decade", "since=2026-02-30", "pay_band=9",
	} {
		if f, err := parseQuery(t, query); err == nil {
			t.Errorf("%s passes: %s", query, f.String())
		}
	}
}

// TestPlacesAreStable wants the official name of a place to be its own.
func TestPlacesAreStable(t *testing.T) {
	names := append(facts.Cities(), facts.States()...)
	for _, code := range []string{"IN", "US", "GB", "AE", "SG", "MM", "TN", "LC"} {
		names = append(names, facts.CountryName(code))
	}
	names = append(names, "Bombay", "Amaravati AP", "Phenhara", "Delhi NCR", "goa", "UAE", "भारत", "पुणे", "St. Mary's")
	for _, name := range names {
		once, err := place(name)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if twice, err := place(once); twice != once || err != nil {
			t.Errorf("%s is %s, and that is %s: %v", name, once, twice, err)
		}
	}
	for _, name := range facts.Cities() {
		if got, _ := city(name); got != name {
			t.Errorf("the city %s is %s", name, got)
		}
	}
}

func TestQuery(t *testing.T) {
	f, err := parseQuery(t, "text=voice&place=India&criterion=D3&not.city=Pune&experience=1-2&pay_min=100&pay_max=200"+
		"&pay_period=hour&since=2026-01-01&first_seen_until=2026-03-01")
	if err != nil {
		t.Fatal(err)
	}
	least, most := 1.0, 2.0
	want := indexer.Query{
		Terms:   []indexer.Term{{Words: []string{"voice"}}},
		Filters: map[string][]string{"place": {"India", "IN"}, "criteria": {"D3-front-office"}},
		Not:     map[string][]string{"city": {"Pune"}}, Experience: indexer.Span{Least: &least, Most: &most},
		PayLeast: 249600, PayMost: 499200, Since: "2026-01-01", SeenUntil: "2026-03-01",
	}
	got, err := f.Query()
	if diff := cmp.Diff(want, got); diff != "" || err != nil {
		t.Errorf("%v (-want +got):\n%s", err, diff)
	}
	if err := got.Check(); err != nil {
		t.Error(err)
	}
	if _, err := (&Filter{Is: map[string][]string{"planet": {"Mars"}}}).Query(); err == nil {
		t.Error("a filter with faults is asked")
	}
	if (&Filter{Posted: Dates{Since: "soon"}}).Match(new(indexer.Document)) {
		t.Error("a filter with faults matches")
	}
	if !(&Filter{}).Match(new(indexer.Document)) {
		t.Error("the empty filter leaves a document out")
	}
}

func TestNames(t *testing.T) {
	conformance.WithField(t, indexer.Field{
		Name: "union", Type: indexer.TypeKeyword, Filter: "union", Value: func(*indexer.Document) any { return "yes" },
	})
	if !slices.Contains(Names(), "union") || !slices.Contains(Names(), "first_seen_since") {
		t.Errorf("%q", Names())
	}
	f, err := parseQuery(t, "union=yes")
	if err != nil || !f.Match(new(indexer.Document)) {
		t.Errorf("a new field is no filter: %v", err)
	}
}

func FuzzParse(f *testing.F) {
	f.Add("label=BPO&experience=0-2&pay_min=5&since=2026-01-01&not.place=India&text=a")
	f.Fuzz(func(t *testing.T, query string) {
		params, err := url.ParseQuery(query)
		if err != nil {
			return
		}
		filter, err := Parse(params, Book{})
		if err != nil {
			return
		}
		again, err := Parse(filter.Values(), Book{})
		if err != nil || again.String() != filter.String() {
			t.Fatalf("%q is %s, and that is %s: %v", query, filter.String(), again.String(), err)
		}
	})
}

func FuzzJSON(f *testing.F) {
	f.Add([]byte(`{"label":"bpo","not.city":["Pune",1],"pay_min":15000,"outsourced":true,"experience":"0-2","mode":null}`))
	f.Fuzz(func(t *testing.T, body []byte) {
		var once, twice Filter
		if json.Unmarshal(body, &once) != nil {
			return
		}
		again, err := json.Marshal(once)
		if err == nil {
			err = json.Unmarshal(again, &twice)
		}
		if err != nil || once.String() != twice.String() {
			t.Fatalf("%q is %s, and that is %s: %v", body, once.String(), twice.String(), err)
		}
	})
}
