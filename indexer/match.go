package indexer

import "slices"

// Matches reports a document that the query finds, except for its Terms, which
// only an index answers.
func (q *Query) Matches(d *Document) bool {
	for name, values := range q.Filters {
		if len(values) > 0 && !hasOne(d, name, values) {
			return false
		}
	}
	for name, values := range q.Not {
		if hasOne(d, name, values) {
			return false
		}
	}
	return q.paid(d) && q.asks(d) && within(d.Posted, q.Since, q.Until) && within(d.FirstSeen, q.SeenSince, q.SeenUntil)
}

// hasOne reports a document that has one of several values of a field.
func hasOne(d *Document, name string, values []string) bool {
	f, ok := Fields.Field(name)
	if !ok {
		return false
	}
	have := Fields.Filtered(f, d)
	return slices.ContainsFunc(values, func(v string) bool { return slices.Contains(have, f.Compared(v)) })
}

func (q *Query) paid(d *Document) bool {
	if q.PayLeast <= 0 && q.PayMost <= 0 {
		return true
	}
	low, high, ok := d.Offer()
	return ok && (q.PayLeast <= 0 || high >= q.PayLeast) && (q.PayMost <= 0 || low <= q.PayMost)
}

func (q *Query) asks(d *Document) bool {
	if q.Experience.IsZero() {
		return true
	}
	low, high, ok := d.Years()
	asked := q.Experience.Rounded()
	return ok && (asked.Least == nil || high >= *asked.Least) && (asked.Most == nil || low <= *asked.Most)
}

// within reports a date in a span, both ends included; a span without ends
// takes a document that has no date.
func within(date, since, until string) bool {
	if since == "" && until == "" {
		return true
	}
	return date != "" && date >= since && (until == "" || date <= until)
}
