package filter

import (
	"jobsieve/indexer"
)

// Query is the query that the filter makes for an index. Its error is Faults.
func (f *Filter) Query() (indexer.Query, error) {
	n, err := f.Normal(Book{})
	if err != nil {
		return indexer.Query{}, err
	}
	terms, err := indexer.ParseTerms(n.Text)
	if err != nil {
		return indexer.Query{}, err
	}
	var faults Faults
	where := conditions(Book{}, n.Where, &faults)
	if len(faults) > 0 {
		return indexer.Query{}, faults
	}
	return indexer.Query{
		Where: termsOf(where), Openings: n.Openings,
		Terms: terms, Filters: inIndex(n.Is), Not: inIndex(n.Not), Experience: n.Experience,
		PayLeast: n.Pay.annual(n.Pay.Min), PayMost: n.Pay.annual(n.Pay.Max),
		Since: n.Posted.Since, Until: n.Posted.Until, SeenSince: n.FirstSeen.Since, SeenUntil: n.FirstSeen.Until,
	}, nil
}

// inIndex gives values by the names of fields.
func inIndex(values map[string][]string) map[string][]string {
	out := map[string][]string{}
	for name, list := range values {
		field, ok := indexer.Fields.Filter(name)
		if !ok {
			continue // Normal refuses it
		}
		out[field.Name] = append(out[field.Name], valuesInIndex(field, list)...)
	}
	return out
}

// InIndex gives the values that documents have of a field for a value of a filter in
// its normal form.
func InIndex(field *indexer.Field, value string) []string {
	return valuesInIndex(field, []string{value})
}

// valuesInIndex gives the values that documents have of a field.
func valuesInIndex(field *indexer.Field, values []string) (out []string) {
	for _, v := range values {
		if field.Name == "place" {
			out = append(out, placeInIndex(v)...)
			continue
		}
		out = append(out, v)
	}
	return out
}

// Matcher gives a function that reports the documents that pass the filter
// except for its Text, which only an index answers. Its error is Faults.
func (f *Filter) Matcher() (func(*indexer.Document) bool, error) {
	q, err := f.Query()
	if err != nil {
		return nil, err
	}
	return q.Matches, nil
}

// Match reports a document that passes the filter except for its Text. No
// document passes one that has faults. For many documents use Matcher.
func (f *Filter) Match(d *indexer.Document) bool {
	matches, err := f.Matcher()
	return err == nil && matches(d)
}
