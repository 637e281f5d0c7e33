package report

import (
	"bytes"
	"math"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"jobsieve/job"
)

// offer makes a row with an offer of lo to hi rupees a year, 0 for none.
func offer(title, date string, label job.Label, places []string, lo, hi int64) *Row {
	r := &Row{
		Posting: &job.Posting{Title: title, Company: "Acme", Source: "s"}, Facts: &job.Facts{}, Verdict: &job.Verdict{Label: label},
		Pay: &job.Pay{Kind: job.PayOffer, Currency: "INR"}, Date: date, Vacancy: title + strings.Join(places, "|"),
	}
	for _, city := range places {
		r.Facts.Places = append(r.Facts.Places, job.Place{City: job.Opt(city), Country: "IN"})
	}
	if lo > 0 {
		r.Pay.AnnualMin = &lo
	}
	if hi > 0 {
		r.Pay.AnnualMax = &hi
	}
	return r
}

func csvOf(t *testing.T, p *Pay) []string {
	t.Helper()
	var b bytes.Buffer
	if err := p.Table().CSV(&b, false); err != nil {
		t.Fatal(err)
	}
	return strings.Split(strings.TrimSpace(b.String()), "\n")
}

func TestPayTable(t *testing.T) {
	p := NewPay(Options{By: []string{"place"}, Period: job.PerMonth})
	for i := range int64(5) {
		p.Add(offer("Clerk", "2026-01-0"+string(rune('1'+i)), job.BPO, []string{"Pune"}, 120000+12000*i, 240000+12000*i))
	}
	p.Add(offer("Typist", "2026-02-01", job.BPO, []string{"Pune", "Mumbai"}, 0, 360000))
	p.Add(&Row{Posting: &job.Posting{Title: "=cmd()"}, Facts: &job.Facts{}, Verdict: &job.Verdict{}, Pay: &job.Pay{Kind: job.PayEstimate, Currency: "INR"}, Date: "2026-01-01"})
	want := []string{
		"place,postings,vacancies,stating_pay,share_stating_pay,estimates,unpaid,period,low_n,low_min,low_p25,low_median,low_p75,mid_n,mid_p10,mid_p25,mid_median,mid_p75,mid_p90,high_n,high_p25,high_median,high_p75,high_max,share_in_entry_band",
		"Mumbai,1,1,1,1.0000,0,0,month,0,,,,,0,,,,,,1,,,,,",
		"Pune,6,2,6,1.0000,0,0,month,5,10000,11000,12000,13000,5,15400,16000,17000,18000,18600,6,21250,22500,23750,30000,0.8333",
		"unknown,1,1,0,0.0000,1,0,month,0,,,,,0,,,,,,0,,,,,",
		"total,7,3,6,0.8571,1,0,month,5,10000,11000,12000,13000,5,15400,16000,17000,18000,18600,6,21250,22500,23750,30000,0.8333",
	}
	if diff := cmp.Diff(want, csvOf(t, p)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if about := p.Table().About; about != "Pay in rupees a month, from 6 of 7 postings that state it; postings of 2026-01-01 to 2026-02-01." {
		t.Error(about)
	}
}

func TestOnlyBelievableOffersInRupeesCount(t *testing.T) {
	p := NewPay(Options{Period: job.PerYear})
	for _, change := range []func(*job.Pay){
		func(*job.Pay) {}, func(m *job.Pay) { m.Kind = job.PayEstimate }, func(m *job.Pay) { m.Kind = job.PayUnpaid },
		func(m *job.Pay) { m.Suspect = true }, func(m *job.Pay) { m.Currency = "USD" },
	} {
		r := offer("x", "2026-01-01", job.BPO, nil, 100000, 200000)
		change(r.Pay)
		p.Add(r)
	}
	row := csvOf(t, p)[1]
	if !strings.HasPrefix(row, "5,1,1,0.2000,1,1,year,1,") {
		t.Error(row)
	}
}

func TestSinceUntil(t *testing.T) {
	p := NewPay(Options{Period: job.PerYear, Since: "2026-01-02", Until: "2026-01-03"})
	for _, date := range []string{"2026-01-01", "2026-01-02", "2026-01-03", "2026-01-04"} {
		p.Add(offer("x", date, job.BPO, nil, 1, 1))
	}
	if row := csvOf(t, p)[1]; !strings.HasPrefix(row, "2,") {
		t.Error(row)
	}
}

func TestQuantile(t *testing.T) {
	values := []float64{1, 2, 3, 4}
	for q, want := range map[float64]float64{0: 1, 0.25: 1.75, 0.5: 2.5, 0.9: 3.7, 1: 4} {
		if got := Quantile(values, q); math.Abs(got-want) > 1e-9 {
			t.Errorf("Quantile(%v) = %v, want %v", q, got, want)
		}
	}
	if !math.IsNaN(Quantile(nil, 0.5)) {
		t.Error("a quantile of nothing")
	}
}

func TestSafeCell(t *testing.T) {
	for in, want := range map[string]string{"": "", "Pune": "Pune", "=1+1": "'=1+1", "+91": "'+91", "-x": "'-x", "@a": "'@a", "\tx": "'\tx", "＝1": "'＝1"} {
		if got := SafeCell(in); got != want {
			t.Errorf("SafeCell(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestCSVWithMark(t *testing.T) {
	var b bytes.Buffer
	if err := NewPay(Options{Period: job.PerYear}).Table().CSV(&b, true); err != nil || !strings.HasPrefix(b.String(), "\ufeffpostings,") {
		t.Errorf("%q %v", b.String(), err)
	}
}

func TestGroupsSayWhatTheyHold(t *testing.T) {
	p := NewPay(Options{By: []string{"function", "experience"}, Period: job.PerYear})
	if got := p.Table().Header[:2]; got[0] != "function" || got[1] != "least_experience" {
		t.Errorf("header %q", got)
	}
}

// TestBoundedDates takes a posting of which only the latest day is known in up to
// that day, and in no span with a first day.
func TestBoundedDates(t *testing.T) {
	rows := []Row{
		{Date: "2026-01-05", Known: job.DateStated}, {Date: "2026-01-06", Known: job.DateInferred},
		{Date: "2026-01-07", Known: job.DateBounded}, {Date: "2026-01-08"},
	}
	for _, tt := range []struct {
		since, until string
		want         DateCounts
	}{
		{"", "", DateCounts{1, 1, 1, 1}},
		{"", "2026-01-07", DateCounts{1, 1, 1, 0}},
		{"", "2026-01-06", DateCounts{1, 1, 0, 0}},
		{"2026-01-01", "", DateCounts{1, 1, 0, 1}},
	} {
		p := NewPay(Options{Since: tt.since, Until: tt.until})
		for i := range rows {
			rows[i].Pay = &job.Pay{}
			p.Add(&rows[i])
		}
		if got := p.Table().Dates; got != tt.want {
			t.Errorf("%q to %q: %s; want %s", tt.since, tt.until, got, tt.want)
		}
	}
}
