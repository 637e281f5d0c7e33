// Package report makes pay tables that an analyst can defend: exact quantiles,
// how many postings each figure rests on, and nothing where there are too few.
//
// Postings enter as rows, one after the other; a table leaves, as CSV or for
// the terminal.
package report

import (
	"fmt"
	"slices"
	"strings"

	"jobsieve/indexer"
	"jobsieve/internal/strictyaml"
	"jobsieve/job"
)

// Row is what a table takes from a posting.
type Row struct {
	Posting *job.Posting
	Facts   *job.Facts
	Pay     *job.Pay
	Verdict *job.Verdict
	// Hand is the label that a person gave it; nil where only the rules did.
	Hand *job.HandLabel
	// Vacancy is the same for postings of the same title, company and place.
	Vacancy string
	// Date is when it was posted, or the day on or before which it was, else when it
	// was first seen: YYYY-MM-DD. Known says which of these it is, and is empty for
	// the last.
	Date  string
	Known job.DateKnown
}

// unknown stands for a value that a posting does not state.
const unknown = "unknown"

// undated stands for the month of a posting whose very day is not known.
const undated = "undated"

// document is the part of the row that can be grouped by: postings are grouped by
// the fields of a document.
func (r *Row) document() *indexer.Document {
	d := &indexer.Document{Vacancy: r.Vacancy}
	if r.Known != "" {
		d.SetPosted(r.Date, r.Known)
	}
	if r.Posting != nil {
		d.SetPosting(r.Posting)
	}
	if r.Verdict != nil {
		d.SetLabel(r.Verdict, r.Hand)
	}
	if r.Facts != nil {
		d.SetFacts(r.Facts)
	}
	if r.Pay != nil {
		d.SetPay(r.Pay)
	}
	return d
}

// Groupings are the names that a table can be grouped by.
func Groupings() []string { return indexer.Fields.Groupings() }

// CheckGroupings refuses a name that a table can't be grouped by, and one that
// is given twice.
func CheckGroupings(by []string) error {
	for i, name := range by {
		if _, ok := indexer.Fields.Grouping(name); !ok {
			return fmt.Errorf("can't group by %q: %s", name, strictyaml.Expected(name, Groupings()))
		}
		if slices.Contains(by[:i], name) {
			return fmt.Errorf("can't group by %q twice; expected each name once", name)
		}
	}
	return nil
}

// valuesOf gives the different values of a field, unknown or undated where there is
// none.
func valuesOf(f *indexer.Field, d *indexer.Document) []string {
	var out []string
	for _, v := range f.Texts(d) {
		if v = strings.TrimSpace(v); v != "" && !slices.Contains(out, v) {
			out = append(out, v)
		}
	}
	switch {
	case len(out) > 0:
		return out
	case f.Grouping == "month":
		return []string{undated}
	}
	return []string{unknown}
}
