package config

import (
	"encoding/json"
	"fmt"
	"strings"

	"github.com/invopop/jsonschema"
)

// Schema is the JSON Schema of the configuration file, for editors.
func Schema() ([]byte, error) {
	r := jsonschema.Reflector{ExpandedStruct: true, DoNotReference: false}
	s := r.Reflect(&Config{})
	s.Title = "jobsieve.yaml"
	s.ID = ""
	for i := range sourceKeys {
		of, key := s.Definitions["Source"], sourceKeys[i].key
		if part, within, nested := strings.Cut(key, "."); nested {
			of, key = s.Definitions[strings.ToUpper(part[:1])+part[1:]], within
		}
		described, ok := of.Properties.Get(key)
		if !ok {
			return nil, fmt.Errorf("write the schema: a source has no key %s", sourceKeys[i].key)
		}
		sourceKeys[i].describe(described)
	}
	body, err := json.MarshalIndent(s, "", "  ")
	if err != nil {
		return nil, fmt.Errorf("write the schema: %w", err)
	}
	return append(body, '\n'), nil
}
