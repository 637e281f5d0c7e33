package report

import (
	"fmt"
	"slices"

	"jobsieve/indexer"
	"jobsieve/job"
)

// DateCounts counts postings by how their dates are known.
type DateCounts struct {
	Stated, Inferred, Bounded int
	// Unknown counts those without any, which go by the day they were first seen.
	Unknown int
}

// NewDates begins a tally of how dates are known, for DatesIn.
func NewDates() *Tally { return tallyOfPostings("posted_how") }

// Dated reports that the groups go by dates of posting.
func (t *Tally) Dated() bool {
	return slices.ContainsFunc(t.fields, func(f *indexer.Field) bool { return f.Grouping == "month" })
}

// DatesIn gives what such a tally has counted.
func DatesIn(t *Tally) (c DateCounts) {
	for _, g := range t.Groups() {
		switch job.DateKnown(g.Values[0]) {
		case job.DateStated:
			c.Stated += g.Postings
		case job.DateInferred:
			c.Inferred += g.Postings
		case job.DateBounded:
			c.Bounded += g.Postings
		default:
			c.Unknown += g.Postings
		}
	}
	return c
}

func (c DateCounts) String() string {
	n := c.Stated + c.Inferred + c.Bounded + c.Unknown
	grouped := func(n int) string { return job.Grouped(float64(n)) }
	const format = "Dates of %s: %s stated, %s inferred from relative ones, %s only bounded, %s unknown and counted " +
		"from the day first seen."
	return fmt.Sprintf(format, postings(n), grouped(c.Stated), grouped(c.Inferred), grouped(c.Bounded),
		grouped(c.Unknown))
}
