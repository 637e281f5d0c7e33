package report

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"jobsieve/indexer"
	"jobsieve/job"
)

// spelled are postings of one employer in three spellings, the first of which two have,
// of another in two that are as common, of none, and of one that is called Unknown.
func spelled() (docs []*indexer.Document) {
	for i, name := range []string{
		"Genpact India Pvt. Ltd.", "GENPACT INDIA", "Genpact India Pvt. Ltd.", "Genpact India (P) Limited", "eClerx", "EClerx",
		"", " ", "Unknown Ltd.", "unknown",
	} {
		d := offer("Telecaller", "2026-01-02", job.BPO, []string{"Pune", "Delhi"}, 120000+int64(i)*12000, 240000)
		d.Company, d.Vacancy = name, "0123456789abcdef"
		docs = append(docs, d)
	}
	docs[1].Label = string(job.KPO)
	docs[3].Vacancy = "fedcba9876543210"
	return docs
}

// TestEmployers wants one row of each employer, named by its commonest spelling, whose
// vacancy of several spellings is one.
func TestEmployers(t *testing.T) {
	for name, tt := range map[string]struct {
		report Report
		want   []string
	}{
		"count": {NewCount("employer"), []string{
			"employer,postings,vacancies,share", "EClerx,2,1,0.2000", "Genpact India Pvt. Ltd.,4,2,0.4000",
			"Unknown Ltd.,1,1,0.1000", "unknown,3,1,0.3000", "total,10,2,1.0000",
		}},
		"in each place": {NewCount("label", "employer", "city"), []string{
			"label,employer,city,postings,vacancies,share",
			"BPO,EClerx,Delhi,2,1,0.2000", "BPO,EClerx,Pune,2,1,0.2000",
			"BPO,Genpact India Pvt. Ltd.,Delhi,3,2,0.3000", "BPO,Genpact India Pvt. Ltd.,Pune,3,2,0.3000",
			"BPO,Unknown Ltd.,Delhi,1,1,0.1000", "BPO,Unknown Ltd.,Pune,1,1,0.1000",
			"BPO,unknown,Delhi,3,1,0.3000", "BPO,unknown,Pune,3,1,0.3000",
			"KPO,Genpact India Pvt. Ltd.,Delhi,1,1,0.1000", "KPO,Genpact India Pvt. Ltd.,Pune,1,1,0.1000",
			"total,,,10,2,1.0000",
		}},
		"across": {NewAcross(NewCount, "employer", "label"), []string{
			"label,EClerx,Genpact India Pvt. Ltd.,Unknown Ltd.,unknown", "BPO,2,3,1,3", "KPO,,1,,", "total,2,4,1,3",
		}},
		"companies": {NewCount("company"), []string{
			"company,postings,vacancies,share", "EClerx,1,1,0.1000", "GENPACT INDIA,1,1,0.1000",
			"Genpact India (P) Limited,1,1,0.1000", "Genpact India Pvt. Ltd.,2,1,0.2000", "Unknown Ltd.,1,1,0.1000",
			"eClerx,1,1,0.1000", "unknown,3,1,0.3000", "total,10,2,1.0000",
		}},
	} {
		if diff := cmp.Diff(tt.want, linesOf(t, tt.report, spelled()...)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
}

// TestEmployerQuantiles wants the quantiles of all offers of an employer.
func TestEmployerQuantiles(t *testing.T) {
	docs := append(spelled(), spelled()[:1]...)
	docs[len(docs)-1].Company = "genpact india llp"
	r := NewPay(Options{By: []string{"employer"}, Period: job.PerMonth})
	linesOf(t, r, docs...)
	table := r.Table()
	if got := table.Rows[1][0]; got != "Genpact India Pvt. Ltd." {
		t.Fatal(got)
	}
	// Five offers begin at 10,000, 10,000, 11,000, 12,000 and 13,000 a month.
	for i, c := range table.Columns {
		if c.Name == "low_median" && table.Rows[1][i] != 11000 {
			t.Errorf("%s: %v", c.Name, table.Rows[1][i])
		}
	}
}

// TestCompareEmployers finds an employer by any spelling of its name.
func TestCompareEmployers(t *testing.T) {
	c := NewComparison(job.PerMonth, "employer", "GENPACT INDIA PRIVATE LIMITED", "eclerx ltd")
	linesOf(t, c, spelled()...)
	table := c.Table()
	for i, want := range [][2]any{{"Genpact India Pvt. Ltd.", 4}, {"EClerx", 2}} {
		if got := [2]any(table.Rows[i][:2]); got != want {
			t.Errorf("%v, want %v", got, want)
		}
	}
}
