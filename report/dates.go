package report

import (
	"slices"

	"jobsieve/indexer"
	"jobsieve/internal/sentence"
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

// Text says it. In a table by months, undated stands for postings whose very day is not
// known.
func (c DateCounts) Text(months bool) sentence.Sentence {
	n := c.Stated + c.Inferred + c.Bounded + c.Unknown
	rest := sentence.Of("counted_from_first_seen", "unknown and counted from the day first seen.")
	if months {
		rest = sentence.Of("no_month", "unknown; neither of these has a month.")
	}
	grouped := func(n int) string { return job.Grouped(float64(n)) }
	return sentence.Of("dates", "Dates of %s: %s stated, %s inferred from relative ones, %s only bounded, %s %s",
		postings(n), grouped(c.Stated), grouped(c.Inferred), grouped(c.Bounded), grouped(c.Unknown), rest)
}

// LeftOut says how many postings dates have left out that may be of them.
func LeftOut(n int) sentence.Sentence {
	return sentence.Of("dates_left_out",
		"%s left out that may be of these dates: all that is known is a last day (\"30+ days ago\").", postings(n))
}
