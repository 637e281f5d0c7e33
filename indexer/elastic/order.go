package elastic

import (
	"math"
	"time"

	"jobsieve/indexer"
)

// orderOf is what hits are ordered by before all else.
func orderOf(q *indexer.Query) []object {
	switch q.Order {
	case indexer.OrderDate:
		return nil
	case indexer.OrderCompany, indexer.OrderTitle:
		field, ok := indexer.Fields.Field(string(q.Order))
		if !ok {
			return nil
		}
		return []object{{fieldPath(field): object{"order": "asc", "missing": "_last"}}}
	}
	if indexer.Ranked(q.Terms) || q.Order == indexer.OrderPay {
		return []object{{"_score": object{"order": "desc"}}}
	}
	return nil
}

// afterOf gives the values by which hits are ordered of the document that they come after.
func afterOf(q *indexer.Query) (values []any) {
	r := q.After
	switch {
	case q.Order == indexer.OrderPay:
		values = append(values, float32(r.Amount))
	case q.Order != indexer.OrderDate && r.Name == "":
		values = append(values, nil)
	case q.Order != indexer.OrderDate:
		values = append(values, r.Name)
	}
	posted := int64(math.MinInt64) // what has no date is last
	if day, err := time.Parse(time.DateOnly, r.Posted); err == nil {
		posted = day.UnixMilli()
	}
	return append(values, posted, r.Key)
}

// byPay makes the score of what a query finds the upper amount of its offer: no field
// has that of offers that can be believed, and a script would need leave.
func byPay(query object) object {
	offers := func(field string, more ...object) object {
		return object{
			"filter":             object{"bool": object{"filter": append(more, believed()...)}},
			"field_value_factor": object{"field": field, "missing": 0},
		}
	}
	return object{"function_score": object{
		"query": query, "score_mode": "first", "boost_mode": "replace",
		"functions": []object{
			offers("pay_annual_high", exists("pay_annual_high")), offers("pay_annual_low", exists("pay_annual_low")),
			{"weight": 0},
		},
	}}
}
