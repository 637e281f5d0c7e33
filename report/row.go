// Package report makes tables that an analyst can defend: exact quantiles, how
// many postings each figure rests on, and nothing where there are too few.
//
// Postings, or counts of them, enter a tally; a report makes a table of tallies,
// whose cells are typed; the table leaves as CSV, JSON or for the terminal.
package report

import (
	"fmt"
	"slices"
	"strings"

	"jobsieve/indexer"
	"jobsieve/internal/sentence"
	"jobsieve/internal/strictyaml"
)

// unknown stands for a value that a posting does not state.
const unknown = "unknown"

// IsUnknown reports the group of postings that do not state what they are grouped by.
func IsUnknown(group string) bool { return group == unknown }

// undated stands for the month of a posting whose very day is not known.
const undated = "undated"

// notClosed stands for the month in which a posting was closed that is not.
const notClosed = "not closed"

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

// titles are what heads columns of groups.
func titles(by []string) []string {
	out := slices.Clone(by)
	for i, name := range by {
		if f, ok := indexer.Fields.Grouping(name); ok && f.Title != "" {
			out[i] = f.Title
		}
	}
	return out
}

// fieldOf finds the field of a grouping. CheckGroupings refuses what has none; here all
// its values are unknown.
func fieldOf(name string) *indexer.Field {
	f, ok := indexer.Fields.Grouping(name)
	if !ok {
		return new(indexer.Field)
	}
	return f
}

// valuesOf gives the different values of a field, unknown or undated where there is
// none.
func valuesOf(f *indexer.Field, d *indexer.Document) []string {
	texts := f.Grouped(d)
	if len(texts) == 1 {
		return []string{valueOr(f, texts[0])}
	}
	var out []string
	for _, v := range texts {
		if v = strings.TrimSpace(v); v != "" && !slices.Contains(out, v) {
			out = append(out, v)
		}
	}
	if len(out) == 0 {
		return []string{Lacking(f)}
	}
	return out
}

// valueOr gives a value without the spaces around it, unknown or undated where it is
// empty.
func valueOr(f *indexer.Field, value string) string {
	if v := strings.TrimSpace(value); v != "" {
		return v
	}
	return Lacking(f)
}

// Lacking is what stands for the value of a field in the groups of postings that have
// none.
func Lacking(f *indexer.Field) string {
	switch f.Grouping {
	case "month":
		return undated
	case "closed_month":
		return notClosed
	}
	return unknown
}

// postings gives a number of postings with the noun, for people.
func postings(n int) sentence.Grouped { return sentence.Grouped{N: n, Of: "posting"} }
