package embedded

import (
	"encoding/json"
	"strconv"
	"time"

	"github.com/blevesearch/bleve/v2"
	"github.com/blevesearch/bleve/v2/analysis/analyzer/custom"
	"github.com/blevesearch/bleve/v2/analysis/analyzer/keyword"
	"github.com/blevesearch/bleve/v2/analysis/tokenizer/whitespace"
	"github.com/blevesearch/bleve/v2/mapping"

	"jobsieve/indexer"
	"jobsieve/indexer/stem"
)

// The fields of the index besides those that are filtered.
const (
	fieldWords         = "words"    // all texts, in normal form
	fieldStems         = "stems"    // the same, stemmed
	fieldParts         = "parts"    // the same without the description, each with its part
	fieldConcepts      = "concepts" // what all texts are about
	fieldTitleConcepts = "title_concepts"
	fieldPayLow        = "pay_low" // rupees a year
	fieldPayHigh       = "pay_high"
	fieldDay           = "day"        // of posting, in days since 1970
	fieldLatestDay     = "latest_day" // the day on or before which it was posted, where no more is known
	fieldSeenDay       = "seen_day"   // when it was first seen
	fieldClosedDay     = "closed_day" // since when it is closed
	fieldYearsLow      = "years_low"
	fieldYearsHigh     = "years_high"
	fieldOpenings      = "openings"
	fieldSource        = "source"   // the whole document; not searched
	fieldRevision      = "revision" // the document's, in decimal digits
	fieldID            = "id"       // the posting's, for the order
)

// facetField is the index's field of a facet or filter.
func facetField(name string) string { return "facet_" + name }

// sortField is the field that hits are ordered by a text with.
func sortField(name string) string { return "sort_" + name }

// sorted are the texts that hits can be ordered by.
var sorted = []string{string(indexer.OrderCompany), string(indexer.OrderTitle)}

// valued are the fields of a schema whose values are compared as a whole. Those
// that are made from others are found through them.
func valued(schema indexer.Schema) []*indexer.Field {
	var out []*indexer.Field
	for i := range schema {
		if f := &schema[i]; isValued(f) {
			out = append(out, f)
		}
	}
	return out
}

func isValued(f *indexer.Field) bool { return (f.Facet || f.Filter != "") && len(f.Of) == 0 }

// fieldNames are the names of those fields, and of the columns of others.
func fieldNames(schema indexer.Schema) []string {
	var out []string
	for _, f := range valued(schema) {
		out = append(out, f.Name)
	}
	for _, f := range ownColumns(schema) {
		out = append(out, groupColumn(f))
	}
	return out
}

// numbers are the fields that are bounded.
var numbers = []string{
	fieldPayLow, fieldPayHigh, fieldDay, fieldLatestDay, fieldSeenDay, fieldClosedDay,
	fieldYearsLow, fieldYearsHigh, fieldOpenings,
}

// analyzerWords splits at spaces; all else was done before.
const analyzerWords = "words"

func newMapping(schema indexer.Schema) (mapping.IndexMapping, error) {
	m := bleve.NewIndexMapping()
	err := m.AddCustomAnalyzer(analyzerWords, map[string]any{"type": custom.Name, "tokenizer": whitespace.Name})
	if err != nil {
		return nil, err
	}
	doc := bleve.NewDocumentStaticMapping()
	words := func(positions bool) *mapping.FieldMapping {
		f := bleve.NewTextFieldMapping()
		f.Analyzer, f.IncludeTermVectors = analyzerWords, positions
		f.Store, f.IncludeInAll, f.DocValues = false, false, false
		return f
	}
	doc.AddFieldMappingsAt(fieldWords, words(true))
	doc.AddFieldMappingsAt(fieldStems, words(false))
	doc.AddFieldMappingsAt(fieldParts, words(false))
	value := func(name string) {
		f := bleve.NewTextFieldMapping()
		f.Analyzer, f.Store, f.IncludeInAll, f.IncludeTermVectors = keyword.Name, false, false, false
		doc.AddFieldMappingsAt(name, f)
	}
	value(fieldConcepts)
	value(fieldTitleConcepts)
	value(fieldRevision)
	value(fieldID)
	for _, f := range valued(schema) {
		value(facetField(f.Name))
	}
	for _, f := range ownColumns(schema) {
		value(groupColumn(f))
	}
	for _, name := range columnNames {
		value(name)
	}
	for _, name := range sorted {
		value(sortField(name))
	}
	for _, name := range numbers {
		f := bleve.NewNumericFieldMapping()
		f.Store, f.IncludeInAll = false, false
		doc.AddFieldMappingsAt(name, f)
	}
	source := bleve.NewTextFieldMapping()
	source.Index, source.IncludeInAll, source.IncludeTermVectors, source.DocValues = false, false, false, false
	doc.AddFieldMappingsAt(fieldSource, source)
	m.DefaultMapping = doc
	return m, nil
}

// fieldsOf makes the fields of a document.
func fieldsOf(schema indexer.Schema, d *indexer.Document) (map[string]any, error) {
	source, err := json.Marshal(d)
	if err != nil {
		return nil, err
	}
	t := d.SearchTexts(stem.Of)
	fields := map[string]any{
		fieldWords: t.Words, fieldStems: t.Stems, fieldParts: t.Parts, fieldSource: string(source),
		fieldConcepts: t.Concepts, fieldTitleConcepts: t.TitleConcepts,
		fieldRevision: strconv.FormatInt(d.Revision, 10), fieldID: d.ID,
	}
	for _, f := range valued(schema) {
		if values := schema.Filtered(f, d); len(values) > 0 {
			fields[facetField(f.Name)] = values
		}
	}
	for _, name := range sorted {
		if text := indexer.SortName(name, d); text != "" {
			fields[sortField(name)] = text
		}
	}
	columnsOf(schema, d, fields)
	if d.Openings != nil {
		fields[fieldOpenings] = float64(*d.Openings)
	}
	if low, high, ok := d.Offer(); ok {
		fields[fieldPayLow], fields[fieldPayHigh] = float64(low), float64(high)
	}
	if low, high, ok := d.Years(); ok {
		fields[fieldYearsLow], fields[fieldYearsHigh] = low, high
	}
	days := map[string]string{
		fieldDay: d.Posted, fieldLatestDay: d.PostedLatest, fieldSeenDay: d.FirstSeen, fieldClosedDay: d.Closed,
	}
	for name, date := range days {
		if day, ok := dayOf(date); ok {
			fields[name] = day
		}
	}
	return fields, nil
}

// dayOf gives the number of days from 1970 to a date.
func dayOf(date string) (float64, bool) {
	t, err := time.Parse(time.DateOnly, date)
	return float64(t.Unix() / 86400), err == nil
}
