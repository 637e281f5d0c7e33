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

// The fields of the index besides the facets.
const (
	fieldWords      = "words"       // all texts, in normal form
	fieldStems      = "stems"       // the same, stemmed
	fieldTitleStems = "title_stems" // the title alone
	fieldPayLow     = "pay_low"     // rupees a year
	fieldPayHigh    = "pay_high"
	fieldDay        = "day"      // of posting, in days since 1970
	fieldSource     = "source"   // the whole document; not searched
	fieldRevision   = "revision" // the document's, in decimal digits
)

// facetField is the index's field of a facet.
func facetField(name string) string { return "facet_" + name }

// analyzerWords splits at spaces; all else was done before.
const analyzerWords = "words"

func newMapping() (mapping.IndexMapping, error) {
	m := bleve.NewIndexMapping()
	err := m.AddCustomAnalyzer(analyzerWords, map[string]any{"type": custom.Name, "tokenizer": whitespace.Name})
	if err != nil {
		return nil, err
	}
	doc := bleve.NewDocumentStaticMapping()
	words := func(positions bool) *mapping.FieldMapping {
		f := bleve.NewTextFieldMapping()
		f.Analyzer, f.Store, f.IncludeInAll, f.IncludeTermVectors, f.DocValues = analyzerWords, false, false, positions, false
		return f
	}
	doc.AddFieldMappingsAt(fieldWords, words(true))
	doc.AddFieldMappingsAt(fieldStems, words(false))
	doc.AddFieldMappingsAt(fieldTitleStems, words(false))
	value := func(name string) {
		f := bleve.NewTextFieldMapping()
		f.Analyzer, f.Store, f.IncludeInAll, f.IncludeTermVectors = keyword.Name, false, false, false
		doc.AddFieldMappingsAt(name, f)
	}
	value(fieldRevision)
	for _, name := range indexer.Facets {
		value(facetField(name))
	}
	for _, name := range []string{fieldPayLow, fieldPayHigh, fieldDay} {
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
func fieldsOf(d *indexer.Document) (map[string]any, error) {
	source, err := json.Marshal(d)
	if err != nil {
		return nil, err
	}
	words, stems := d.SearchTexts(stem.Of)
	fields := map[string]any{
		fieldWords: words, fieldStems: stems, fieldTitleStems: stems[0], fieldSource: string(source),
		fieldRevision: strconv.FormatInt(d.Revision, 10),
	}
	for _, name := range indexer.Facets {
		if values := facetValues(d, name); len(values) > 0 {
			fields[facetField(name)] = values
		}
	}
	low, high := d.PayAnnualLow, d.PayAnnualHigh
	if low == nil {
		low = high
	}
	if high == nil {
		high = low
	}
	if low != nil && d.PayKind == "offer" && !d.PaySuspect {
		fields[fieldPayLow], fields[fieldPayHigh] = float64(*low), float64(*high)
	}
	if day, ok := dayOf(d.Posted); ok {
		fields[fieldDay] = day
	}
	return fields, nil
}

// dayOf gives the days since 1970 of a date.
func dayOf(date string) (float64, bool) {
	t, err := time.Parse(time.DateOnly, date)
	return float64(t.Unix() / 86400), err == nil
}

func facetValues(d *indexer.Document, name string) []string {
	one := func(s string) []string {
		if s == "" {
			return nil
		}
		return []string{s}
	}
	switch name {
	case "city":
		return d.City
	case "country":
		return d.Country
	case "criteria":
		return d.Criteria
	case "education":
		return one(d.Education)
	case "experience_band":
		return one(d.ExperienceBand)
	case "function":
		return one(d.Function)
	case "label":
		return one(d.Label)
	case "language":
		return one(d.Language)
	case "languages":
		return d.Languages
	case "mode":
		return one(d.Mode)
	case "openings_band":
		return one(d.OpeningsBand)
	case "outsourced":
		return one(strconv.FormatBool(d.Outsourced))
	case "pay_band":
		return one(d.PayBand)
	case "pay_kind":
		return one(d.PayKind)
	case "posted_month":
		return one(d.PostedMonth)
	case "shift":
		return d.Shift
	case "source":
		return one(d.Source)
	case "state":
		return d.State
	}
	return nil
}
