package elastic

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"jobsieve/indexer"
	"jobsieve/indexer/stem"
)

// queryOf writes a query's conditions.
func queryOf(q *indexer.Query) object {
	must, filter, not := []object{}, []object{}, []object{}
	for i := range q.Terms {
		if t := &q.Terms[i]; t.Not {
			not = append(not, termOf(t))
		} else {
			must = append(must, termOf(t))
		}
	}
	filter = append(filter, valuesOf(q.Filters)...)
	not = append(not, valuesOf(q.Not)...)
	filter = append(filter, boundsOf(q.Bounds())...)
	filter = append(filter, termsOf(q.Where)...)
	return object{"bool": object{"must": must, "filter": filter, "must_not": not}}
}

// valuesOf wants each field to have one of its values.
func valuesOf(values map[string][]string) []object {
	var out []object
	for _, name := range slices.Sorted(maps.Keys(values)) {
		if some := values[name]; len(some) > 0 {
			out = append(out, oneOf(name, some))
		}
	}
	return out
}

// oneOf wants a field to have one of several values.
func oneOf(name string, values []string) object {
	f, ok := indexer.Fields.Field(name)
	switch {
	case !ok:
		return object{"match_none": object{}} // Check refuses it
	case len(f.Of) > 0:
		var either []object
		for _, part := range f.Of {
			either = append(either, oneOf(part, values))
		}
		return anyOf(either)
	case f.Type == indexer.TypeNamedText:
		var either []object
		for _, v := range values {
			term := object{"value": v, "case_insensitive": true}
			either = append(either, object{"term": object{fieldPath(f): term}})
		}
		return anyOf(either)
	}
	return object{"terms": object{fieldPath(f): values}}
}

func anyOf(either []object) object { return someOf(either, 1) }

func someOf(either []object, least int) object {
	return object{"bool": object{"should": either, "minimum_should_match": least}}
}

// termOf writes a term, whether or not it must hold.
func termOf(t *indexer.Term) object {
	switch {
	case len(t.Any) > 0:
		return someOf(termsOf(t.Any), max(1, t.Least))
	case len(t.All) > 0:
		return object{"bool": object{"must": termsOf(t.All)}}
	case t.Concept != "":
		field := "concepts"
		if t.Part == indexer.PartTitle {
			field = "title_concepts"
		}
		return weighing(t.Weight, object{"term": object{field: t.Concept}})
	case len(t.Values) > 0:
		return weighing(t.Weight, valuesOf(t.Values)...)
	case t.Known != "":
		return weighing(t.Weight, known(t.Known))
	case !t.Bounds.IsZero():
		return weighing(t.Weight, boundsOf(&t.Bounds)...)
	}
	return wordsOf(t)
}

func termsOf(terms []indexer.Term) []object {
	out := make([]object, len(terms))
	for i := range terms {
		out[i] = termOf(&terms[i])
		if terms[i].Not {
			out[i] = object{"bool": object{"must_not": []object{out[i]}}}
		}
	}
	return out
}

// weighing makes conditions count a weight together, and nothing by themselves.
func weighing(weight float64, conditions ...object) object {
	return object{"constant_score": object{"filter": object{"bool": object{"filter": conditions}}, "boost": weight}}
}

// wordsOf wants a word, or a phrase.
func wordsOf(t *indexer.Term) object {
	weight := cmp.Or(t.Weight, 1)
	if len(t.Words) > 1 {
		phrase := object{"query": strings.Join(t.Words, " "), "boost": weight}
		within := []object{{"match_phrase": object{"normal": phrase}}}
		for _, w := range t.Words {
			if t.Part != "" {
				word := object{"term": object{"parts": indexer.PartWord(t.Part, stem.Of(w))}}
				within = append(within, weighing(0, word))
			}
		}
		return object{"bool": object{"must": within}}
	}
	word := stem.Of(t.Words[0])
	part := func(name string) object {
		term := object{"value": indexer.PartWord(name, word), "boost": indexer.PartBoost * weight}
		return object{"term": object{"parts": term}}
	}
	if t.Part != "" {
		return part(t.Part)
	}
	return object{"bool": object{
		"must":   []object{{"term": object{"stems": object{"value": word, "boost": weight}}}},
		"should": []object{part(indexer.PartTitle), part(indexer.PartCompany)},
	}}
}

// boundsOf are the bounds of pay, experience, openings and dates.
func boundsOf(b *indexer.Bounds) []object {
	var out []object
	if b.PayLeast > 0 {
		out = append(out, payBound("pay_annual_high", "pay_annual_low", "gte", b.PayLeast))
	}
	if b.PayMost > 0 {
		out = append(out, payBound("pay_annual_low", "pay_annual_high", "lte", b.PayMost))
	}
	if b.Experience.Least != nil {
		out = append(out, openEnd("experience_max", "experience_min", "gte", *b.Experience.Least))
	}
	if b.Experience.Most != nil {
		out = append(out, openEnd("experience_min", "experience_max", "lte", *b.Experience.Most))
	}
	if b.Openings.Least != nil {
		out = append(out, between("openings", "gte", *b.Openings.Least))
	}
	if b.Openings.Most != nil {
		out = append(out, between("openings", "lte", *b.Openings.Most))
	}
	return slices.Concat(out, posted(b.Since, b.Until), dates("first_seen", b.SeenSince, b.SeenUntil),
		dates("closed", b.ClosedSince, b.ClosedUntil))
}

func between(field, op string, v any) object { return object{"range": object{field: object{op: v}}} }

// known wants a field to have any value.
func known(name string) object {
	f, ok := indexer.Fields.Field(name)
	switch {
	case !ok:
		return object{"match_none": object{}} // Check refuses it
	case len(f.Of) == 0 && f.Type == indexer.TypeBoolean:
		return exists(f.Name)
	case len(f.Of) == 0: // an empty text is a value to the server
		none := object{"term": object{fieldPath(f): ""}}
		return object{"bool": object{"filter": []object{exists(fieldPath(f))}, "must_not": []object{none}}}
	}
	var either []object
	for _, part := range f.Of {
		either = append(either, known(part))
	}
	return anyOf(either)
}

func exists(field string) object { return object{"exists": object{"field": field}} }

func missing(field string) object {
	return object{"bool": object{"must_not": []object{exists(field)}}}
}

// payBound bounds an offer that can be believed. One that states only one side
// is taken for both.
func payBound(a, b, op string, v int64) object {
	return object{"bool": object{
		"should": []object{
			between(a, op, v), {"bool": object{"filter": []object{missing(a), between(b, op, v)}}},
		},
		"minimum_should_match": 1,
		"filter":               believed(),
	}}
}

// believed wants an offer that can be believed.
func believed() []object {
	return []object{{"term": object{"pay_kind": "offer"}}, {"term": object{"pay_suspect": false}}}
}

// openEnd bounds a side of a span that is open where the document states only
// the other side.
func openEnd(side, other, op string, v float64) object {
	return anyOf([]object{between(side, op, v), {"bool": object{"filter": []object{missing(side), exists(other)}}}})
}

// posted bounds the day of posting. Where only the latest day is known, that tells
// of a last day alone.
func posted(since, until string) []object {
	if since != "" || until == "" {
		return dates("posted", since, until)
	}
	return []object{anyOf([]object{between("posted", "lte", until), between("posted_latest", "lte", until)})}
}

func dates(field, since, until string) []object {
	var out []object
	if since != "" {
		out = append(out, between(field, "gte", since))
	}
	if until != "" {
		out = append(out, between(field, "lte", until))
	}
	return out
}
