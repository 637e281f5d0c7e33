package indexer

import "slices"

// Matches reports a document that the query finds, except for its Terms, which
// only an index answers.
func (q *Query) Matches(d *Document) bool {
	if !hasEach(d, q.Filters) {
		return false
	}
	for name, values := range q.Not {
		if hasOne(d, name, values) {
			return false
		}
	}
	return q.Bounds().Matches(d) && allMatch(q.Where, d)
}

// hasEach reports a document that has, of each field, one of its values.
func hasEach(d *Document, fields map[string][]string) bool {
	for name, values := range fields {
		if len(values) > 0 && !hasOne(d, name, values) {
			return false
		}
	}
	return true
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
