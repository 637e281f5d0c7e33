package main

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"jobsieve/desk"
	"jobsieve/indexer"
	"jobsieve/job"
)

// observed is a posting of an export with what was observed.
type observed struct {
	desk.Exported
	Observed struct {
		Vacancy string `json:"vacancy"`
	} `json:"observed"`
}

// tally counts what f says of each row.
func tally(rows []observed, f func(e *observed, add func(path string, n float64))) map[string]float64 {
	out := map[string]float64{}
	for i := range rows {
		f(&rows[i], func(path string, n float64) { out[path] += n })
	}
	return out
}

func documentOf(e *observed) indexer.Document {
	d := indexer.Document{}
	d.SetLabel(&e.Verdict, e.Hand)
	d.SetFacts(&e.Facts)
	d.SetPay(&e.Pay)
	d.Vacancy = e.Observed.Vacancy
	return d
}

// byValue counts the values of a field among the rows that are wanted.
func byValue(name string, wanted func(*indexer.Document) bool, values func(*indexer.Document) []string) func([]observed) map[string]float64 {
	return func(rows []observed) map[string]float64 {
		return tally(rows, func(e *observed, add func(string, float64)) {
			d := documentOf(e)
			if !wanted(&d) {
				return
			}
			add("total", 1)
			for _, v := range values(&d) {
				if v != "" {
					add(name+"/"+v, 1)
				}
			}
		})
	}
}

// withPart counts, beside a field's values, the rows of each that have part.
func withPart(name string, wanted func(*indexer.Document) bool, value func(*indexer.Document) string, part string, has func(*indexer.Document) bool) func([]observed) map[string]float64 {
	return func(rows []observed) map[string]float64 {
		return tally(rows, func(e *observed, add func(string, float64)) {
			d := documentOf(e)
			if !wanted(&d) {
				return
			}
			add(name+"/"+value(&d), 1)
			n := 0.0
			if has(&d) {
				n = 1
			}
			add(name+"/"+value(&d)+"/"+part, n)
		})
	}
}

func all(*indexer.Document) bool               { return true }
func isBPO(d *indexer.Document) bool           { return d.Label == "BPO" }
func isKPO(d *indexer.Document) bool           { return d.Label == "KPO" }
func labelOf(d *indexer.Document) []string     { return []string{d.Label} }
func functionOf(d *indexer.Document) []string  { return []string{d.Function} }
func citiesOf(d *indexer.Document) []string    { return d.City }
func educationOf(d *indexer.Document) []string { return []string{d.Education} }

// answers are computed from the export, in the order of the questions.
var answers = []func([]observed) map[string]float64{
	byValue("label", all, labelOf),
	byValue("function", isBPO, functionOf),
	voicePay,
	withPart("function", func(d *indexer.Document) bool { return d.Function != "none" }, func(d *indexer.Document) string { return d.Function }, "night", func(d *indexer.Document) bool {
		return slices.ContainsFunc(d.Shift, func(s string) bool { return s == "night" || s == "us" || s == "uk" })
	}),
	withPart("function", isKPO, func(d *indexer.Document) string { return d.Function }, "offer", func(d *indexer.Document) bool { return d.PayKind == "offer" }),
	byValue("label", func(d *indexer.Document) bool { return d.PayBand == "9000-15000" && d.ExperienceBand == "0-1" }, labelOf),
	openings,
	withPart("label", all, func(d *indexer.Document) string { return d.Label }, "remote", func(d *indexer.Document) bool { return d.Mode == "remote" }),
	byValue("city", isKPO, citiesOf),
	payByExperience,
	byValue("function", func(d *indexer.Document) bool { return d.Outsourced }, functionOf),
	byValue("criteria", func(d *indexer.Document) bool { return d.Label != "UNCLASSIFIED" }, func(d *indexer.Document) []string { return d.Criteria }),
	byValue("label", func(d *indexer.Document) bool { return slices.Contains(d.Languages, "hi") }, labelOf),
	byValue("education", isBPO, educationOf),
	dataEntry,
	vacancies,
	bySource(job.PayUnpaid),
	bySource(job.PayEstimate),
	byValue("reason", func(d *indexer.Document) bool { return d.Label == "UNCLASSIFIED" }, func(d *indexer.Document) []string { return []string{d.Reason} }),
	byValue("city", func(d *indexer.Document) bool {
		return isBPO(d) && d.PayBand != "" && d.PayMonthlyLow != nil && *d.PayMonthlyLow >= 25000
	}, citiesOf),
	lowAmounts,
}

func lowAmounts(rows []observed) map[string]float64 {
	return tally(rows, func(e *observed, add func(string, float64)) {
		if d := documentOf(e); isBPO(&d) && d.PayBand != "" && d.PayAnnualLow != nil {
			add("total", 1)
			add("low/"+fmt.Sprint(float64(*d.PayAnnualLow)), 1)
		}
	})
}

func voicePay(rows []observed) map[string]float64 {
	figures := map[string][]float64{}
	for i := range rows {
		d := documentOf(&rows[i])
		if d.Function == "customer-support-voice" && d.PayBand != "" && d.PayMonthlyLow != nil {
			for _, city := range d.City {
				figures[city] = append(figures[city], *d.PayMonthlyLow)
			}
		}
	}
	out := map[string]float64{}
	for city, f := range figures {
		slices.Sort(f)
		out["city/"+city] = float64(len(f))
		out["city/"+city+"/low/50.0"] = (f[(len(f)-1)/2] + f[len(f)/2]) / 2
	}
	return out
}

func openings(rows []observed) map[string]float64 {
	return tally(rows, func(e *observed, add func(string, float64)) {
		if e.Facts.Openings != nil {
			add("company/"+string(e.Company), 1)
			add("company/"+string(e.Company)+"/openings", float64(*e.Facts.Openings))
		}
	})
}

func payByExperience(rows []observed) map[string]float64 {
	sum, n, all := map[string]float64{}, map[string]float64{}, map[string]float64{}
	for i := range rows {
		d := documentOf(&rows[i])
		if d.PayBand == "" || d.ExperienceBand == "" {
			continue
		}
		all["experience_band/"+d.ExperienceBand]++
		if d.PayAnnualMid != nil {
			sum[d.ExperienceBand] += *d.PayAnnualMid
			n[d.ExperienceBand]++
		}
	}
	for band, s := range sum {
		all["experience_band/"+band+"/mid"] = s / n[band]
	}
	return all
}

var words = regexp.MustCompile(`[\p{L}\p{M}\p{N}_']+`)

func dataEntry(rows []observed) map[string]float64 {
	return tally(rows, func(e *observed, add func(string, float64)) {
		title := " " + strings.Join(words.FindAllString(strings.ToLower(e.Title), -1), " ") + " "
		if strings.Contains(title, " data entry ") {
			add("total", 1)
		}
	})
}

func vacancies(rows []observed) map[string]float64 {
	out, seen := map[string]float64{}, map[string]bool{}
	for i := range rows {
		d := documentOf(&rows[i])
		out["label/"+d.Label]++
		if key := d.Label + d.Vacancy; !seen[key] {
			seen[key] = true
			out["label/"+d.Label+"/vacancies"]++
		}
	}
	return out
}

func bySource(kind job.PayKind) func([]observed) map[string]float64 {
	return func(rows []observed) map[string]float64 {
		return tally(rows, func(e *observed, add func(string, float64)) {
			if e.Pay.Kind == kind {
				add("total", 1)
				add("source/"+e.Source, 1)
			}
		})
	}
}
