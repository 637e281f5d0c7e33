package elastic

import (
	_ "embed"
	"encoding/json"
	"fmt"

	"jobsieve/indexer"
)

// template.json is an index without its fields, which are those of the schema.
//
//go:embed template.json
var templateJSON []byte

// template is the settings and the mapping of an index.
type template struct {
	Settings map[string]any `json:"settings"`
	Mappings map[string]any `json:"mappings"`
}

// readTemplate makes the template of an index that holds documents of a schema.
func readTemplate(schema indexer.Schema) (template, error) {
	var t template
	if err := json.Unmarshal(templateJSON, &t); err != nil {
		return t, fmt.Errorf("template.json: %w", err)
	}
	all, err := properties(schema)
	t.Mappings["properties"] = all
	return t, err
}

// The parts in which texts for people are also held.
const (
	stemmed = `"english": {"type": "text", "analyzer": "english"}, "hindi": {"type": "text", "analyzer": "hindi"}`
	exact   = `"keyword": {"type": "keyword", "ignore_above": 256}` // indexer.MaxNamed
)

// mappings are how the server holds fields of each type.
var mappings = map[indexer.Type]string{
	indexer.TypeKeyword:     `{"type": "keyword"}`,
	indexer.TypeKeptKeyword: `{"type": "keyword", "index": false, "doc_values": false}`,
	indexer.TypeLongKeyword: `{"type": "keyword", "ignore_above": 512}`,
	indexer.TypeText:        `{"type": "text", "analyzer": "standard", "fields": {` + stemmed + `}}`,
	indexer.TypeNamedText:   `{"type": "text", "analyzer": "standard", "fields": {` + exact + `, ` + stemmed + `}}`,
	indexer.TypeKeptText:    `{"type": "text", "analyzer": "standard", "index": false}`,
	indexer.TypeWords:       `{"type": "text", "analyzer": "standard"}`,
	indexer.TypeStems:       `{"type": "text", "analyzer": "standard", "index_options": "freqs"}`,
	indexer.TypeBoolean:     `{"type": "boolean"}`,
	indexer.TypeInteger:     `{"type": "integer"}`,
	indexer.TypeLong:        `{"type": "long"}`,
	indexer.TypeFloat:       `{"type": "float"}`,
	indexer.TypeDouble:      `{"type": "double"}`,
	indexer.TypeDate:        `{"type": "date", "format": "strict_date"}`,
	indexer.TypeKept:        `{"type": "object", "enabled": false}`,
}

// properties are the fields of a schema in the server's terms.
func properties(schema indexer.Schema) (map[string]any, error) {
	out := map[string]any{}
	for i := range schema {
		f := &schema[i]
		if f.Type == "" {
			continue
		}
		var property map[string]any
		if err := json.Unmarshal([]byte(mappings[f.Type]), &property); err != nil {
			return nil, fmt.Errorf("field %s: no mapping for the type %q: %w", f.Name, f.Type, err)
		}
		out[f.Name] = property
	}
	return out, nil
}

// fieldPath is the field that filters compare.
func fieldPath(f *indexer.Field) string {
	if f.Type == indexer.TypeNamedText {
		return f.Name + ".keyword"
	}
	return f.Name
}

// FieldTypes gives the type of each field of a schema in the mapping, by its
// name.
func FieldTypes(schema indexer.Schema) (map[string]string, error) {
	all, err := properties(schema)
	if err != nil {
		return nil, err
	}
	types := map[string]string{}
	for name, p := range all {
		field, _ := p.(map[string]any)
		types[name], _ = field["type"].(string)
		parts, _ := field["fields"].(map[string]any)
		for part, p := range parts {
			field, _ := p.(map[string]any)
			types[name+"."+part], _ = field["type"].(string)
		}
	}
	return types, nil
}
