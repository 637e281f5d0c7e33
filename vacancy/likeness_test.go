package vacancy

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"jobsieve/job"
)

// prose gives a text of so many words, no three of which stand together in that of
// another name.
func prose(name string, words int) string {
	var b strings.Builder
	for i := range words {
		fmt.Fprintf(&b, "%s%c%c ", name, 'a'+rune(i/26), 'a'+rune(i%26))
	}
	return b.String()
}

// offer is a posting with what was read from it.
type offer struct {
	job.Posting
	facts job.Facts
	pay   job.Pay
}

func (o offer) traits() *Traits {
	t := TraitsOf(&o.Posting, &o.facts, &o.pay)
	return &t
}

// clerk is a posting that the cases change.
func clerk(change ...func(*offer)) offer {
	o := offer{Posting: job.Posting{
		Title: "Claims Processor", Company: "Acme Services Pvt Ltd", Location: "Pune", Description: prose("duty", 60),
	}}
	o.facts.Places = []job.Place{{City: "Pune"}}
	for _, f := range change {
		f(&o)
	}
	return o
}

func title(s string) func(*offer)   { return func(o *offer) { o.Title = s } }
func company(s string) func(*offer) { return func(o *offer) { o.Company = s } }
func source(s string) func(*offer)  { return func(o *offer) { o.Source = s } }
func body(s string) func(*offer)    { return func(o *offer) { o.Description = s } }
func shift(s job.Shift) func(*offer) {
	return func(o *offer) { o.facts.Shift = []job.Shift{s} }
}

func cities(names ...job.Opt) func(*offer) {
	return func(o *offer) {
		o.facts.Places, o.Location = nil, ""
		for _, n := range names {
			o.facts.Places = append(o.facts.Places, job.Place{City: n})
			o.Location += string(n) + ", "
		}
	}
}

func remote(o *offer) {
	o.facts.Places, o.Location, o.facts.Mode = nil, "", job.Opt(job.ModeRemote)
}

// around is a place outside Pune, and country one that isn't stated nearer.
func around(o *offer) {
	o.Location = "Pune Rural"
	o.facts.Places = []job.Place{{City: "Pune", Raw: "Pune Rural"}}
}

func country(o *offer) {
	o.Location = "India"
	o.facts.Places = []job.Place{{Country: "IN", Raw: "India"}}
}

// stateOf adds the state of Pune as a place.
func stateOf(name job.Opt) func(*offer) {
	return func(o *offer) {
		o.facts.Places = []job.Place{{City: "Pune", State: name}, {State: name}}
	}
}

func posted(day string) func(*offer) { return func(o *offer) { o.Posted = day } }

func years(least, most float64) func(*offer) {
	return func(o *offer) { o.facts.Experience = job.Experience{Min: &least, Max: &most} }
}

func url(s string) func(*offer)      { return func(o *offer) { o.URL = s } }
func location(s string) func(*offer) { return func(o *offer) { o.Location = s } }

func pays(least, most int64) func(*offer) {
	return func(o *offer) {
		o.pay = job.Pay{Kind: job.PayOffer, Currency: "INR", AnnualMin: &least, AnnualMax: &most}
	}
}

func TestCompare(t *testing.T) {
	bare, long := body("Apply now."), prose("duty", 100)
	changed, half := prose("duty", 54)+prose("other", 6), prose("duty", 45)+prose("other", 15)
	const dated = "https://www.naukri.com/job-listings-claims-processor-pune-"
	const one, two = "https://jobs.example/a-12345678", "https://jobs.example/a-12345679"
	for name, c := range map[string]struct {
		a, b    offer
		want    Verdict
		against []Guard
	}{
		"posted again":             {clerk(), clerk(), Same, nil},
		"advertised":               {clerk(), clerk(title("Urgent Hiring: Claims Processor - Pune")), Same, nil},
		"a legal form":             {clerk(), clerk(company("ACME SERVICES")), Same, nil},
		"a consultancy's copy":     {clerk(years(1, 2)), clerk(years(1, 2), company("Sharma Consultants")), Same, nil},
		"a usual text":             {clerk(), clerk(company("Beta")), Different, nil},
		"a card on another board":  {clerk(bare, years(1, 2)), clerk(bare, years(1, 4), source("other")), Same, nil},
		"a word more, short texts": {clerk(), clerk(title("Dental Claims Processor")), Different, nil},
		"a word more, long texts":  {clerk(body(long)), clerk(body(long), title("Dental Claims Processor")), Same, nil},
		"a word each": {
			clerk(body(long), title("Medical Claims Officer")), clerk(body(long), title("Dental Claims Officer")), Different, nil,
		},
		"a word each, all agrees": {
			clerk(body(long+"dental"), years(1, 2), title("Clinic Claims Officer")),
			clerk(body(long+"dental"), years(1, 2), title("Dental Claims Officer")), Same, nil,
		},
		"a word each, none told": {
			clerk(body(long), years(1, 2), title("Clinic Claims Officer")),
			clerk(body(long), years(1, 2), title("Dental Claims Officer")), Different, nil,
		},
		"a word each, each told": {
			clerk(body(long+"clinic"), years(1, 2), title("Clinic Claims Officer")),
			clerk(body(long+"dental"), years(1, 2), title("Dental Claims Officer")), Different, nil,
		},
		"a line at the end":      {clerk(), clerk(body(prose("duty", 60) + "send your cv today")), Same, nil},
		"other duties":           {clerk(), clerk(body(prose("other", 60))), Different, nil},
		"the same boilerplate":   {clerk(), clerk(title("Java Developer")), Different, nil},
		"another city":           {clerk(), clerk(cities("Chennai")), Linked, []Guard{GuardCity}},
		"one city of three":      {clerk(), clerk(cities("Pune", "Chennai", "Goa")), Linked, []Guard{GuardCity}},
		"one city more":          {clerk(), clerk(cities("Pune", "Chennai")), Same, nil},
		"remote, or in a city":   {clerk(remote), clerk(), Linked, []Guard{GuardCity}},
		"a shorter text":         {clerk(), clerk(body(prose("duty", 40))), Same, nil},
		"a place in the title":   {clerk(title("Claims Processor in Pune - 12 posts")), clerk(), Same, nil},
		"more years at most":     {clerk(years(1, 2)), clerk(years(1, 4)), Same, nil},
		"more years on cards":    {clerk(bare, years(1, 2)), clerk(bare, years(1, 4)), Different, []Guard{GuardExperience}},
		"a card for a city more": {clerk(bare), clerk(bare, cities("Pune", "Chennai")), Different, []Guard{GuardCity}},
		"cards of a grade":       {clerk(bare, title("Senior Executive")), clerk(bare, title("Senior Executive")), Different, nil},
		"cards of a trade": {
			clerk(bare, title("Sr Software Engineer"), years(1, 2)), clerk(bare, title("Sr Software Engineer"), years(1, 2)),
			Different, nil,
		},
		"cards of a trade, and pay": {
			clerk(bare, title("Sr Software Engineer"), pays(300000, 400000)),
			clerk(bare, title("Sr Software Engineer"), pays(300000, 400000)), Same, nil,
		},
		"a copy elsewhere":         {clerk(), clerk(company("Sharma"), cities()), Different, nil},
		"an employer's rating":     {clerk(bare), clerk(bare, company("Acme Services3.9(1,239 Reviews)")), Same, nil},
		"another language":         {clerk(title("Claims Odia")), clerk(title("Claims Bengali")), Different, []Guard{GuardProcess}},
		"two cities in any order":  {clerk(cities("Pune", "Chennai")), clerk(cities("Chennai", "Pune")), Same, nil},
		"a city that isn't stated": {clerk(), clerk(cities()), Same, nil},
		"another city, and pay":    {clerk(pays(2e5, 3e5)), clerk(cities("Goa"), pays(3e5, 4e5)), Different, []Guard{GuardCity, GuardPay}},
		"pay by the month":         {clerk(pays(200_004, 300_000)), clerk(pays(200_000, 300_000)), Same, nil},
		"pay that isn't stated":    {clerk(pays(2e5, 3e5)), clerk(), Same, nil},
		"another shift":            {clerk(shift(job.ShiftDay)), clerk(shift(job.ShiftNight)), Different, []Guard{GuardShift}},
		"other years":              {clerk(years(0, 1)), clerk(years(2, 5)), Different, []Guard{GuardExperience}},
		"another process": {
			clerk(title("Claims Processor Domestic")), clerk(title("Claims Processor US")), Different, []Guard{GuardProcess},
		},
		"another grade": {
			clerk(), clerk(title("Senior Claims Processor")), Different, []Guard{GuardGrade},
		},
		"a grade left out": {
			clerk(body(long), years(1, 2)), clerk(body(long), years(1, 2), title("Senior Claims Processor")), Same, nil,
		},
		"a text that is in others": {
			clerk(title("Other"), company(""), years(0, 5)), clerk(title("Other"), company(""), years(0, 5), body(long)), Different, nil,
		},
		"a range within":          {clerk(years(0, 3)), clerk(years(1, 3)), Same, nil},
		"a range within, changed": {clerk(years(0, 3)), clerk(years(1, 3), body(changed)), Different, nil},
		"ranges that overlap":     {clerk(years(0, 3)), clerk(years(1, 4)), Different, []Guard{GuardExperience}},
		"pay within":              {clerk(pays(1e5, 3e5)), clerk(pays(2e5, 25e4)), Same, nil},
		"pay that overlaps":       {clerk(pays(1e5, 3e5)), clerk(pays(2e5, 4e5)), Different, []Guard{GuardPay}},
		"pay within, a city more": {
			clerk(pays(1e5, 3e5)), clerk(pays(2e5, 3e5), cities("Pune", "Goa")), Different, []Guard{GuardPay},
		},
		"a family of work": {
			clerk(company(""), years(1, 2)), clerk(company(""), years(1, 2), title("Office Administrator")), Same, nil,
		},
		"a family and its grade": {
			clerk(company(""), years(1, 2)),
			clerk(company(""), years(1, 2), title("Senior Administrator"), body(changed)), Same, nil,
		},
		"a family of another city": {
			clerk(company(""), years(1, 2), cities()), clerk(company(""), years(1, 2), title("Administrator")), Different, nil,
		},
		"a word that texts tell": {
			clerk(body(prose("duty", 60) + "dental")), clerk(body(prose("duty", 60)+"dental"), title("Dental Claims Processor")), Same, nil,
		},
		"a word that no text tells": {
			clerk(body(long)), clerk(body(long+"call now, and ask for us"), title("Dental Claims Processor")), Different, nil,
		},
		"words written as one":   {clerk(title("GenAI Claims Processor")), clerk(title("Gen AI Claims Processor")), Same, nil},
		"a name written as one":  {clerk(company("Team Plus Staffing")), clerk(company("TeamPlus Staffing")), Same, nil},
		"a copy that says whose": {clerk(), clerk(body(prose("duty", 60)+"at Acme Services"), company("Beta")), Same, nil},
		"overlapping ranges, years told": {
			clerk(years(0, 3), body(prose("duty", 60)+"2+ years")), clerk(years(1, 4), body(prose("duty", 60)+"2 yrs")), Same, nil,
		},
		"overlapping ranges, other years told": {
			clerk(years(0, 3), body(prose("duty", 60)+"1 to 2 years")), clerk(years(1, 4), body(prose("duty", 60)+"2 to 3 years")),
			Different, []Guard{GuardExperience},
		},
		"ranges that touch, years told": {
			clerk(years(0, 3), body(prose("duty", 60)+"3 years")), clerk(years(3, 6), body(prose("duty", 60)+"3 years")),
			Different, []Guard{GuardExperience},
		},
		"a text written anew": {
			clerk(posted("2024-01-02"), years(1, 2)), clerk(posted("2024-01-09"), years(1, 2), body(half)), Same, nil,
		},
		"a text written anew, later": {
			clerk(posted("2024-01-02"), years(1, 2)), clerk(posted("2024-01-10"), years(1, 2), body(half)), Different, nil,
		},
		"a text written anew, no day": {clerk(years(1, 2)), clerk(years(1, 2), body(half)), Different, nil},
		"another platform":            {clerk(title("Android Clerk")), clerk(title("iOS Clerk")), Different, []Guard{GuardProcess}},
		"praise of whoever is wanted": {
			clerk(title("Claims Processor (Good Communication Skills)")), clerk(title("Claims Processor Skills")), Same, nil,
		},
		"a city and its state": {
			clerk(stateOf("Maharashtra")), clerk(cities("Pune", "Goa"), title("Claims Processor - Pune")), Same, nil,
		},
		"titled for one city of two": {
			clerk(cities("Pune", "Goa")), clerk(cities("Pune", "Goa"), title("Claims Processor - Pune")), Linked, []Guard{GuardCity},
		},
		"another title, and a city more": {
			clerk(body(long)), clerk(body(long), title("Dental Claims Processor"), cities("Pune", "Goa")), Different, nil,
		},
		"titled for two cities": {
			clerk(cities("Pune", "Goa"), title("Clerk - Pune")), clerk(cities("Pune", "Goa"), title("Clerk - Goa")), Linked, []Guard{GuardCity},
		},
		"cards without a place": {clerk(bare, cities()), clerk(bare, cities()), Same, nil},
		"two numbers, no place": {clerk(bare, cities(), url(one)), clerk(bare, cities(), url(two)), Different, nil},
		"two numbers, one range": {
			clerk(bare, cities(), years(1, 2), url(one)), clerk(bare, cities(), years(1, 2), url(two)), Same, nil,
		},
		"two numbers, from home":  {clerk(bare, remote, url(one)), clerk(bare, remote, url(two)), Same, nil},
		"areas of a city":         {clerk(bare), clerk(bare, location("Pune(Baner +3)")), Same, nil},
		"cities that are cut":     {clerk(bare), clerk(bare, location("Pune +3")), Different, []Guard{GuardCity}},
		"cards":                   {clerk(bare), clerk(bare), Same, nil},
		"cards of two employers":  {clerk(bare), clerk(bare, company("Beta")), Different, nil},
		"cards for two cities":    {clerk(bare), clerk(bare, cities("Goa")), Different, []Guard{GuardCity}},
		"a card and a whole text": {clerk(bare), clerk(), Different, nil},
		"a card under its number": {
			clerk(bare, url(one)), clerk(url("https://jobs.example/b-12345678?from=x")), Same, nil,
		},
		"a card of a trade under its number": {
			clerk(bare, title("Software Engineer"), url(one)), clerk(title("Software Engineer"), url(one)), Same, nil,
		},
		"cards of one month":         {clerk(bare, posted("2025-01-02")), clerk(bare, posted("2025-02-01T10:00:00Z")), Same, nil},
		"cards of two years":         {clerk(bare, posted("2024-01-02")), clerk(bare, posted("2025-01-03")), Different, nil},
		"cards numbered in a year":   {clerk(bare, url(dated+"310124500001")), clerk(bare, url(dated+"300125500001")), Same, nil},
		"cards numbered years on":    {clerk(bare, url(dated+"310124500001")), clerk(bare, url(dated+"310125500001")), Different, nil},
		"texts of two years":         {clerk(posted("2024-01-02")), clerk(posted("2025-01-03")), Same, nil},
		"a day that is none":         {clerk(bare, url(dated+"310224500001")), clerk(bare, url(dated+"310125500001")), Same, nil},
		"a city and what is around":  {clerk(bare), clerk(bare, around), Different, []Guard{GuardCity}},
		"the text for around a city": {clerk(), clerk(around), Linked, []Guard{GuardCity}},
		"a country and a city":       {clerk(country), clerk(), Linked, []Guard{GuardCity}},
		"a country on another board": {clerk(country, source("other")), clerk(), Same, nil},
		"an abbreviation":            {clerk(title("AI Claims")), clerk(title("Artificial Intelligence Claims")), Same, nil},
		"a grade, and one text": {
			clerk(title("Senior Associate")), clerk(title("Senior Associate")), Same, nil,
		},
		"a grade, and a longer text": {
			clerk(title("Senior Associate")), clerk(title("Senior Associate"), body(prose("duty", 55))), Different, nil,
		},
		"a card under another": {clerk(bare, url(one)), clerk(url(two)), Different, nil},
		"a card with a PIN code": {
			clerk(bare, url("https://jobs.example/a-411001")), clerk(url("https://jobs.example/a-411001")), Different, nil,
		},
		"a name that was cut": {clerk(bare, company("Acme Serv...")), clerk(bare), Same, nil},
	} {
		t.Run(name, func(t *testing.T) {
			got, back := Compare(c.a.traits(), c.b.traits()), Compare(c.b.traits(), c.a.traits())
			if got.Verdict != c.want {
				t.Errorf("%s, want %s: %+v", got.Verdict, c.want, got)
			}
			if diff := cmp.Diff(c.against, got.Against); diff != "" {
				t.Error(diff)
			}
			if diff := cmp.Diff(got, back); diff != "" {
				t.Errorf("the other way round: %s", diff)
			}
		})
	}
}

// TestKeys shares keys where postings are worth comparing, and no more than there are.
func TestKeys(t *testing.T) {
	bare := body("Apply now.")
	for name, c := range map[string]struct {
		a, b offer
		want bool
	}{
		"the same text elsewhere": {clerk(), clerk(company("Beta"), title("Typist"), cities("Goa")), true},
		"a line at the end":       {clerk(), clerk(company("Beta"), body(prose("duty", 60)+"call now")), true},
		"other texts, one head":   {clerk(), clerk(body(prose("other", 60))), true},
		"a part, without a place": {clerk(), clerk(body(prose("duty", 30)), cities()), true},
		"other texts and heads":   {clerk(), clerk(company("Beta"), body(prose("other", 60))), false},
		"cards":                   {clerk(bare), clerk(bare), true},
		"cards of two employers":  {clerk(bare), clerk(bare, company("Beta")), false},
		"no employer":             {clerk(bare, company("")), clerk(bare, company("")), false},
	} {
		keys := map[Key]bool{}
		for _, k := range c.a.traits().Keys() {
			keys[k] = true
		}
		found := false
		for _, k := range c.b.traits().Keys() {
			found = found || keys[k]
		}
		if found != c.want || len(keys) > bandCount+2 {
			t.Errorf("%s: shared %v of %d keys, want %v", name, found, len(keys), c.want)
		}
	}
}

// TestSignatures estimates what texts have in common: of two texts that share half of
// their shingles about half of the values of signatures agree.
func TestBands(t *testing.T) {
	if got := bandsOf(nil); got != nil {
		t.Errorf("bands of nothing: %v", got)
	}
	a := strings.Fields(prose("duty", 300))
	for _, c := range []struct{ common, least, most int }{{300, bandCount, bandCount}, {290, 4, bandCount}, {100, 0, 2}} {
		b := append(append([]string{}, a[:c.common]...), strings.Fields(prose("x", 300-c.common))...)
		x, y := bandsOf(shinglesOf(a)), bandsOf(shinglesOf(b))
		n := 0
		for i := range x {
			if x[i] == y[i] {
				n++
			}
		}
		if n < c.least || n > c.most {
			t.Errorf("%d words in common: %d bands, want %d to %d", c.common, n, c.least, c.most)
		}
	}
}
