package api

import (
	"bytes"
	"encoding/json"
	"maps"
	"reflect"
	"slices"
	"strings"

	"github.com/danielgtaylor/huma/v2"

	"jobsieve/job"
)

// outline begins the OpenAPI document.
func outline() *huma.OpenAPI {
	return &huma.OpenAPI{
		OpenAPI: "3.1.0",
		Info: &huma.Info{
			Title: "jobsieve", Version: "1",
			Description: "Indian job postings, labelled BPO, KPO or UNCLASSIFIED with the evidence, their pay and " +
				"facts. Read-only. The parameters that choose postings are those of the command line, with _ for - " +
				"in their names; one that is given several times matches any of its values. A question that is " +
				"wrong is answered with 400 and all its faults.",
		},
	}
}

// schemaOf describes a type.
func schemaOf[T any](s *server) *huma.Schema {
	return s.api.OpenAPI().Components.Schemas.Schema(reflect.TypeFor[T](), true, "")
}

// anything describes what has no description here.
func anything() *huma.Schema { return &huma.Schema{} }

// bytesOf describes a file.
func bytesOf() *huma.Schema { return &huma.Schema{Type: huma.TypeString, Format: "binary"} }

// optional is a text that is null where there is none.
type optional struct{}

// Schema describes it.
func (optional) Schema(huma.Registry) *huma.Schema {
	return &huma.Schema{Type: huma.TypeString, Nullable: true}
}

// register says how types are written that do so themselves.
func register(types huma.Registry) {
	types.RegisterTypeAlias(reflect.TypeFor[job.Opt](), reflect.TypeFor[optional]())
}

// complete adds what huma leaves out of objects: members whose Go names are taken by
// another, and that maps and objects may be null.
func complete(types huma.Registry) {
	done := map[string]bool{}
	for len(done) < len(types.Map()) { // a member that is added may add its own
		for _, name := range slices.Sorted(maps.Keys(types.Map())) {
			if !done[name] {
				done[name] = true
				completeMembers(types, types.Map()[name], types.TypeFromRef(refPrefix+name))
			}
		}
	}
}

const refPrefix = "#/components/schemas/"

func completeMembers(types huma.Registry, schema *huma.Schema, t reflect.Type) {
	for t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	for member := range t.Fields() {
		key, options, _ := strings.Cut(member.Tag.Get("json"), ",")
		if member.Anonymous && key == "" {
			completeMembers(types, schema, member.Type)
			continue
		}
		if !member.IsExported() || key == "" || key == "-" {
			continue
		}
		maybe := strings.Contains(options, "omit")
		if schema.Properties[key] == nil {
			schema.Properties[key] = types.Schema(member.Type, true, "")
			if !maybe {
				schema.Required = append(schema.Required, key)
			}
		}
		property := schema.Properties[key]
		switch {
		case maybe:
		case member.Type.Kind() == reflect.Map:
			property.Nullable = true
		case member.Type.Kind() == reflect.Pointer && property.Ref != "":
			schema.Properties[key] = &huma.Schema{
				Description: property.Description, AnyOf: []*huma.Schema{{Ref: property.Ref}, {Type: "null"}},
			}
		}
	}
}

// written writes the document.
func written(document *huma.OpenAPI) []byte {
	body, err := json.Marshal(document)
	if err != nil {
		panic(err) // it is made of what this package says, and a test makes it
	}
	var b bytes.Buffer
	if err := json.Indent(&b, body, "", "  "); err != nil {
		panic(err)
	}
	return append(b.Bytes(), '\n')
}

// openAPI is the document about all that can be asked.
func (s *server) openAPI() operation {
	return operation{
		path: "/openapi.json", id: "openapi", summary: "This document",
		answers: map[string]*huma.Schema{jsonType: anything()},
		answer: func(q *question) (*answer, error) {
			return &answer{kind: jsonType, body: s.document}, q.faults.err()
		},
	}
}
