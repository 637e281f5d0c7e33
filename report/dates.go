package report

import (
	"fmt"

	"jobsieve/job"
)

// DateCounts counts postings by how their dates are known.
type DateCounts struct {
	Stated, Inferred, Bounded int
	// Unknown counts those without any, which go by the day they were first seen.
	Unknown int
}

// Add counts one posting.
func (c *DateCounts) Add(known job.DateKnown) {
	switch known {
	case job.DateStated:
		c.Stated++
	case job.DateInferred:
		c.Inferred++
	case job.DateBounded:
		c.Bounded++
	default:
		c.Unknown++
	}
}

func (c DateCounts) String() string {
	n := c.Stated + c.Inferred + c.Bounded + c.Unknown
	const format = "Dates of %s: %d stated, %d inferred from relative ones, %d only bounded, %d unknown and counted " +
		"from the day first seen."
	return fmt.Sprintf(format, job.Count(n, "posting"), c.Stated, c.Inferred, c.Bounded, c.Unknown)
}

// within reports a row whose date is in a span, both ends included; empty for
// none. One of which only the latest day is known may be older than any first day.
func (r *Row) within(since, until string) bool {
	if since != "" && (r.Known == job.DateBounded || r.Date < since) {
		return false
	}
	return until == "" || r.Date <= until
}
