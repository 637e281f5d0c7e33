package report

import (
	"bytes"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"jobsieve/indexer"
	"jobsieve/internal/sentence"
	"jobsieve/job"
)

// linesOf counts postings for a report and gives its CSV.
func linesOf(t *testing.T, r Report, docs ...*indexer.Document) []string {
	t.Helper()
	for _, d := range docs {
		d.PostedMonth = d.Posted[:min(7, len(d.Posted))]
		for _, tally := range r.Tallies() {
			tally.Add(d, d.Posted)
		}
	}
	var b bytes.Buffer
	if err := r.Table().CSV(&b, false); err != nil {
		t.Fatal(err)
	}
	return strings.Split(strings.TrimSpace(b.String()), "\n")
}

// some are five telecallers in Pune, two of one vacancy, and a clerk in Pune and Delhi of
// another month that states no pay.
func some() []*indexer.Document {
	var docs []*indexer.Document
	for i := range int64(5) {
		docs = append(docs, offer("Telecaller "+string(rune('a'+i)), "2026-01-02", job.BPO, []string{"Pune"}, 120000+i*12000, 240000))
	}
	docs[1].Vacancy = docs[0].Vacancy
	for _, d := range docs {
		d.Skill, d.FirstSeen = []string{"excel", "typing"}, "2026-03-01"
	}
	docs[0].FirstSeen, docs[1].FirstSeen = "2026-02-28", "2026-02-01"
	docs[0].Skill = []string{"excel"}
	clerk := offer("Clerk", "2026-02-02", job.Unclassified, []string{"Pune", "Delhi"}, 0, 0)
	clerk.SetPay(&job.Pay{Kind: job.PayUndisclosed})
	clerk.FirstSeen = "2026-03-31"
	return append(docs, clerk) // which names no skill
}

func TestReports(t *testing.T) {
	for name, tt := range map[string]struct {
		report Report
		want   []string
	}{
		"count": {NewCount("city"), []string{
			"city,postings,vacancies,share", "Delhi,1,1,0.1667", "Pune,6,5,1.0000", "total,6,5,1.0000",
		}},
		"disclosure": {NewDisclosure("label"), []string{
			"label,postings,stating_pay,share_stating_pay,other_offers,estimates,unpaid,undisclosed,silent",
			"BPO,5,5,1.0000,0,0,0,0,0", "UNCLASSIFIED,1,0,0.0000,0,0,0,1,0", "total,6,5,0.8333,0,0,0,1,0",
		}},
		"trend": {NewTrend(job.PerMonth), []string{
			"month,postings,vacancies,stating_pay,share_stating_pay,period,mid_n,mid_median",
			"2026-01,5,4,5,1.0000,month,5,16000", "2026-02,1,1,0,0.0000,month,0,", "total,6,5,5,0.8333,month,5,16000",
		}},
		"first seen": {NewCount("first_seen_month", "label"), []string{
			"first_seen_month,label,postings,vacancies,share", "2026-02,BPO,2,1,0.3333", "2026-03,BPO,3,3,0.5000",
			"2026-03,UNCLASSIFIED,1,1,0.1667", "total,,6,5,1.0000",
		}},
		"skills": {NewSkills(job.PerMonth), []string{
			"skill,postings,share,stating_pay,period,mid_n,mid_median", "excel,5,0.8333,5,month,5,16000",
			"typing,4,0.6667,4,month,4,", "unknown,1,0.1667,0,month,0,", "total,6,1.0000,5,month,5,16000",
		}},
		"skills by label": {NewSkills(job.PerYear, "label"), []string{
			"skill,label,postings,share,stating_pay,period,mid_n,mid_median", "excel,BPO,5,0.8333,5,year,5,192000",
			"typing,BPO,4,0.6667,4,year,4,", "unknown,UNCLASSIFIED,1,0.1667,0,year,0,", "total,,6,1.0000,5,year,5,192000",
		}},
	} {
		if diff := cmp.Diff(tt.want, linesOf(t, tt.report, some()...)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
}

// TestOtherOffers wants offers that don't count in pay tables to be told from silence.
func TestOtherOffers(t *testing.T) {
	d := offer("x", "2026-01-01", job.BPO, nil, 1000, 0)
	foreign := d.Detail.Pay
	foreign.Currency = "USD"
	d.SetPay(&foreign)
	silent := offer("y", "2026-01-01", job.BPO, nil, 0, 0)
	silent.SetPay(&job.Pay{Kind: job.PayNone})
	if got := linesOf(t, NewDisclosure(), d, silent)[1]; got != "2,0,0.0000,1,0,0,0,1" {
		t.Error(got)
	}
}

func TestLabels(t *testing.T) {
	docs := some()
	for _, d := range docs {
		d.Function, d.LabelledBy = "telesales-collections", "rules"
	}
	docs[0].LabelledBy = "hand"
	docs[5].Function, docs[5].Reason = "none", "tie"
	want := []string{
		"label,function,postings,vacancies,share,by_hand,no_evidence,below_threshold,tie,cancelled",
		"BPO,telesales-collections,5,4,0.8333,1,0,0,0,0",
		"UNCLASSIFIED,none,1,1,0.1667,0,0,0,1,0",
		"total,,6,5,1.0000,1,0,0,1,0",
	}
	if diff := cmp.Diff(want, linesOf(t, NewLabels(), docs...)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestNothingCounted(t *testing.T) {
	if table := NewCount("city").Table(); table.About.String() != "No postings match." || len(table.Rows) != 0 {
		t.Errorf("%+v", table)
	}
}

func TestAcross(t *testing.T) {
	if diff := cmp.Diff([]string{
		"city,BPO,UNCLASSIFIED", "Delhi,,1", "Pune,5,1", "total,5,1",
	}, linesOf(t, NewAcross(NewCount, "label", "city"), some()...)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]string{"BPO,UNCLASSIFIED", "5,1"}, linesOf(t, NewAcross(NewCount, "label"), some()...)); diff != "" {
		t.Errorf("without groups (-want +got):\n%s", diff)
	}
	trend := func(by ...string) Report { return NewTrend(job.PerMonth, by...) }
	if diff := cmp.Diff([]string{
		"month,BPO_postings,BPO_mid_n,BPO_mid_median,UNCLASSIFIED_postings,UNCLASSIFIED_mid_n,UNCLASSIFIED_mid_median",
		"2026-01,5,5,16000,,,", "2026-02,,,,1,0,",
	}, linesOf(t, NewAcross(trend, "label"), some()...)); diff != "" {
		t.Errorf("trend (-want +got):\n%s", diff)
	}
}

func TestSkillsAcross(t *testing.T) {
	skills := func(by ...string) Report { return NewSkills(job.PerMonth, by...) }
	if diff := cmp.Diff([]string{
		"skill,BPO_postings,BPO_stating_pay,BPO_mid_median,UNCLASSIFIED_postings,UNCLASSIFIED_stating_pay,UNCLASSIFIED_mid_median",
		"excel,5,5,16000,,,", "typing,4,4,,,,", "unknown,,,,1,0,",
	}, linesOf(t, NewAcross(skills, "label"), some()...)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// TestTooManyAcross wants columns for the commonest values, and the others named as left out.
func TestTooManyAcross(t *testing.T) {
	var docs []*indexer.Document
	for i := range 60 {
		city := string(rune('A'+i/10)) + string(rune('0'+i%10))
		docs = append(docs, offer("x", "2026-01-01", job.BPO, []string{city}, 0, 1000))
	}
	docs = append(docs, offer("y", "2026-01-01", job.BPO, []string{"F9"}, 0, 1000))
	r := NewAcross(NewCount, "city", "label")
	header := linesOf(t, r, docs...)[0]
	if !strings.HasSuffix(header, ",F9") || strings.Count(header, ",") != mostAcross {
		t.Error(header)
	}
	if notes := r.Table().Notes; len(notes) != 1 || notes[0].String() != "10 values of city with the fewest postings have no columns." {
		t.Errorf("%q", notes)
	}
}

func TestChoose(t *testing.T) {
	made := func() *Table {
		return &Table{
			Columns: []Column{{Name: "city", Kind: KindGroup}, {Name: "postings", Kind: KindCount}, {Name: "mid_median", Kind: KindRupees}},
			Rows:    [][]any{{"Agra", 3, nil}, {"Bhopal", 9, 100}, {"Chennai", 9, 300}, {"Delhi", 1, 200}},
			Total:   []any{nil, 22, 250},
		}
	}
	for _, tt := range []struct {
		choice Choice
		want   string
		notes  []string
	}{
		{Choice{}, "Agra Bhopal Chennai Delhi", nil},
		{Choice{Sort: "-city"}, "Delhi Chennai Bhopal Agra", nil},
		{Choice{Sort: "mid_median"}, "Bhopal Delhi Chennai Agra", nil},
		{Choice{Sort: "-mid_median"}, "Chennai Delhi Bhopal Agra", nil},
		{Choice{Top: 3}, "Bhopal Chennai Agra", []string{"1 group more left out: the 3 shown are the first by postings."}},
		{Choice{Least: 3, Sort: "postings", Top: 1}, "Agra", []string{
			"1 group with fewer than 3 postings left out.", "2 groups more left out: the 1 shown are the first by postings.",
		}},
	} {
		table := made()
		if err := table.Choose(tt.choice); err != nil {
			t.Errorf("%+v: %v", tt.choice, err)
		}
		var got []string
		for _, row := range table.Rows {
			got = append(got, Text(row[0]))
		}
		if strings.Join(got, " ") != tt.want || !slices.Equal(sentence.Texts(table.Notes), tt.notes) || table.Total[1] != 22 {
			t.Errorf("%+v: %q, %q", tt.choice, got, table.Notes)
		}
	}
	if err := made().Choose(Choice{Sort: "postngs"}); err == nil || !strings.Contains(err.Error(), `did you mean "postings"?`) {
		t.Errorf("%v", err)
	}
}
