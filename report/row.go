// Package report makes pay tables that an analyst can defend: exact quantiles,
// how many postings each figure rests on, and nothing where too few stand
// behind it.
//
// Postings enter as rows, one after the other; a table leaves, as CSV or for
// the terminal.
package report

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"jobsieve/internal/strictyaml"
	"jobsieve/job"
)

// Row is what a table takes of a posting.
type Row struct {
	Posting *job.Posting
	Facts   *job.Facts
	Pay     *job.Pay
	Verdict *job.Verdict
	// Vacancy is the same for postings of the same title, company and place.
	Vacancy string
	// Date is when it was posted, else first seen: YYYY-MM-DD.
	Date string
}

// unknown stands for a value that a posting does not state.
const unknown = "unknown"

// groupings give, for each name that a table can be grouped by, the values of
// a row; one with several values counts under each.
var groupings = map[string]func(*Row) []string{
	"city":    func(r *Row) []string { return each(r.Facts.Places, func(p job.Place) string { return string(p.City) }) },
	"company": func(r *Row) []string { return one(strings.TrimSpace(r.Posting.Company)) },
	"country": func(r *Row) []string {
		return each(r.Facts.Places, func(p job.Place) string { return string(p.Country) })
	},
	"education":  func(r *Row) []string { return one(string(r.Facts.Education)) },
	"experience": func(r *Row) []string { return one(r.Facts.Experience.Band()) },
	"function":   func(r *Row) []string { return one(string(r.Verdict.Function)) },
	"label":      func(r *Row) []string { return one(string(r.Verdict.Label)) },
	"language":   func(r *Row) []string { return one(string(r.Facts.Language)) },
	"languages":  func(r *Row) []string { return each(r.Facts.Languages, func(l string) string { return l }) },
	"mode":       func(r *Row) []string { return one(string(r.Facts.Mode)) },
	"month":      func(r *Row) []string { return one(r.Date[:min(7, len(r.Date))]) },
	"openings":   func(r *Row) []string { return one(job.OpeningsBand(r.Facts.Openings)) },
	"outsourced": func(r *Row) []string { return one(fmt.Sprint(r.Verdict.Outsourced)) },
	"place":      func(r *Row) []string { return each(r.Facts.Places, placeName) },
	"shift":      func(r *Row) []string { return each(r.Facts.Shift, func(s job.Shift) string { return string(s) }) },
	"source":     func(r *Row) []string { return one(r.Posting.Source) },
	"state": func(r *Row) []string {
		return each(r.Facts.Places, func(p job.Place) string { return string(p.State) })
	},
}

// Groupings are the names that a table can be grouped by.
func Groupings() []string { return slices.Sorted(maps.Keys(groupings)) }

// CheckGroupings refuses a name that a table can't be grouped by.
func CheckGroupings(by []string) error {
	for _, name := range by {
		if groupings[name] == nil {
			return fmt.Errorf("can't group by %q: %s", name, strictyaml.Expected(name, Groupings()))
		}
	}
	return nil
}

func one(s string) []string {
	if s == "" {
		return []string{unknown}
	}
	return []string{s}
}

// each gives the different values of a list, unknown where there is none.
func each[T any](list []T, value func(T) string) []string {
	var out []string
	for _, item := range list {
		if v := value(item); v != "" && !slices.Contains(out, v) {
			out = append(out, v)
		}
	}
	if len(out) == 0 {
		return []string{unknown}
	}
	return out
}

// placeName names a place as exactly as is known.
func placeName(p job.Place) string {
	switch {
	case p.City != "":
		return string(p.City)
	case p.State != "":
		return string(p.State)
	}
	return string(p.Country)
}
