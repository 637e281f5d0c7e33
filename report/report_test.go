package report

import (
	"bytes"
	"math"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"jobsieve/indexer"
	"jobsieve/job"
)

// offer makes a posting with an offer of lo to hi rupees a year, 0 for none.
func offer(title, date string, label job.Label, places []string, lo, hi int64) *indexer.Document {
	d := &indexer.Document{Title: title, Label: string(label), Posted: date, Vacancy: title + strings.Join(places, "|"), City: places}
	pay := job.Pay{Kind: job.PayOffer, Currency: "INR"}
	if lo > 0 {
		pay.AnnualMin = &lo
	}
	if hi > 0 {
		pay.AnnualMax = &hi
	}
	d.SetPay(&pay)
	return d
}

func add(p *Pay, d *indexer.Document) {
	for _, t := range p.Tallies() {
		t.Add(d, d.Posted)
	}
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
	p := NewPay(Options{By: []string{"city"}, Period: job.PerMonth})
	for i := range int64(5) {
		add(p, offer("Clerk", "2026-01-0"+string(rune('1'+i)), job.BPO, []string{"Pune"}, 120000+12000*i, 240000+12000*i))
	}
	add(p, offer("Typist", "2026-02-01", job.BPO, []string{"Pune", "Mumbai"}, 0, 360000))
	estimate := offer("=cmd()", "2026-01-01", job.BPO, nil, 0, 0)
	estimate.SetPay(&job.Pay{Kind: job.PayEstimate, Currency: "INR"})
	add(p, estimate)
	want := []string{
		"city,postings,vacancies,stating_pay,share_stating_pay,estimates,unpaid,period,low_n,low_min,low_p25,low_median,low_p75,mid_n,mid_p10,mid_p25,mid_median,mid_p75,mid_p90,high_n,high_p25,high_median,high_p75,high_max,share_in_entry_band",
		"Mumbai,1,1,1,1.0000,0,0,month,0,,,,,0,,,,,,1,,,,,",
		"Pune,6,2,6,1.0000,0,0,month,5,10000,11000,12000,13000,5,15400,16000,17000,18000,18600,6,21250,22500,23750,30000,0.8333",
		"unknown,1,1,0,0.0000,1,0,month,0,,,,,0,,,,,,0,,,,,",
		"total,7,3,6,0.8571,1,0,month,5,10000,11000,12000,13000,5,15400,16000,17000,18000,18600,6,21250,22500,23750,30000,0.8333",
	}
	if diff := cmp.Diff(want, csvOf(t, p)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if about := p.Table().About.String(); about != "Pay in rupees a month, from 6 of 7 postings that state it; postings of 2026-01-01 to 2026-02-01." {
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
		pay := r.Detail.Pay
		change(&pay)
		r.SetPay(&pay)
		add(p, r)
	}
	row := csvOf(t, p)[1]
	if !strings.HasPrefix(row, "5,1,1,0.2000,1,1,year,1,") {
		t.Error(row)
	}
}

func TestQuantile(t *testing.T) {
	values := Values{[]float64{1, 2, 3, 4}, []int{1, 2, 3, 4}}
	for q, want := range map[float64]float64{0: 1, 0.25: 1.75, 0.5: 2.5, 0.9: 3.7, 1: 4} {
		if got := values.Quantile(q); math.Abs(got-want) > 1e-9 {
			t.Errorf("Quantile(%v) = %v, want %v", q, got, want)
		}
	}
	if !math.IsNaN((Values{}).Quantile(0.5)) {
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
	if got := p.Table().Header()[:2]; got[0] != "function" || got[1] != "least_experience" {
		t.Errorf("header %q", got)
	}
}

// TestDistribution wants every offer in a bin, and the band that BPO work begins in
// beside tables that hold some.
func TestDistribution(t *testing.T) {
	p := NewPay(Options{Period: job.PerMonth})
	for i := range int64(100) {
		add(p, offer("Clerk", "2026-01-01", job.KPO, nil, 120000+1200*i, 120000+1200*i))
	}
	add(p, offer("Chief", "2026-01-01", job.KPO, nil, 12000000, 0))
	table := p.Table()
	n := 0
	for i, b := range table.Distribution {
		n += b.Offers
		if i > 0 && table.Distribution[i-1].To != b.From {
			t.Errorf("%+v does not join the one before", b)
		}
	}
	last := table.Distribution[len(table.Distribution)-1]
	if n != 101 || table.Distribution[0].From != 10000 || last.To != 1000000 || last.Offers == 0 || len(table.Distribution) > mostBins+1 {
		t.Errorf("%d offers in %+v", n, table.Distribution)
	}
	if table.Reference != nil {
		t.Error("BPO work's band beside KPO work alone")
	}
	add(p, offer("Telecaller", "2026-01-01", job.BPO, nil, 120000, 0))
	if r := p.Table().Reference; r == nil || r.Low != 9000 || r.High != 15000 {
		t.Errorf("%+v", r)
	}
	if bins := NewPay(Options{Period: job.PerYear}).Table().Distribution; len(bins) != 0 {
		t.Errorf("%+v of nothing", bins)
	}
}
