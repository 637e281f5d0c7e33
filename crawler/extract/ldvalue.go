package extract

import (
	"encoding/json"
	"maps"
	"slices"
	"strings"
)

// block is one value of JSON-LD, in which objects may name others by @id.
type block struct {
	named map[string]map[string]any
	// beside are those of all blocks on the page, for what this one lacks.
	beside map[string]map[string]any
	left   int // values that may still be looked at
}

// How much is looked at: in values, with some beyond those that a block has, since what
// several objects name counts for each; and in depth.
const (
	mostShared  = 200_000
	deepestTerm = 16
)

func newBlock(v any) *block {
	b := &block{named: map[string]map[string]any{}, left: mostShared}
	b.index(v)
	return b
}

func (b *block) index(v any) {
	b.left++
	switch v := v.(type) {
	case []any:
		for _, item := range v {
			b.index(item)
		}
	case map[string]any:
		if id, ok := v["@id"].(string); ok && !isReference(v) && b.named[id] == nil {
			b.named[id] = v
		}
		for _, key := range slices.Sorted(maps.Keys(v)) {
			b.index(v[key])
		}
	}
}

// isReference reports an object that only names another.
func isReference(o map[string]any) bool {
	_, named := o["@id"]
	_, typed := o["@type"]
	return named && (len(o) == 1 || typed && len(o) == 2)
}

// object gives an object with its properties under the names that schema.org has
// for them, whatever their case and prefix, without those that say nothing, and
// with the objects that it only names filled in.
func (b *block) object(o map[string]any, depth int) map[string]any {
	out := map[string]any{}
	for _, key := range slices.Sorted(maps.Keys(o)) {
		name := propertyName(key)
		if _, have := out[name]; have && name != key {
			continue
		}
		if v := b.value(o[key], depth+1); v != nil && v != "" {
			out[name] = v
		}
	}
	return out
}

// find gives the object of an id; nil where the page has none.
func (b *block) find(id string) map[string]any {
	if o := b.named[id]; o != nil {
		return o
	}
	return b.beside[id]
}

func (b *block) value(v any, depth int) any {
	if b.left--; b.left < 0 || depth > deepestTerm {
		return nil
	}
	switch v := v.(type) {
	case []any:
		out := make([]any, len(v))
		for i, item := range v {
			out[i] = b.value(item, depth+1)
		}
		return out
	case map[string]any:
		if id, ok := v["@id"].(string); ok && isReference(v) {
			if o := b.find(id); o != nil {
				v = o
			}
		}
		return b.object(v, depth)
	}
	return v
}

// propertyNames are the properties that are read, by their names in lower case.
var propertyNames = func() map[string]string {
	names := map[string]string{}
	for name := range strings.FieldsSeq(`@type title name legalName url identifier description hiringOrganization
		jobLocation jobLocationType applicantLocationRequirements address addressLocality addressRegion addressCountry streetAddress
		containedInPlace skills datePosted totalJobOpenings experienceRequirements monthsOfExperience
		baseSalary estimatedSalary salaryCurrency currency value minValue maxValue unitText employmentType validThrough directApply
		experienceInPlaceOfEducation responsibilities qualifications educationRequirements credentialCategory workHours
		jobBenefits incentiveCompensation`) {
		names[strings.ToLower(name)] = name
	}
	return names
}()

// propertyName gives the name that schema.org has for a property, whatever its case
// and prefix; that of another stays.
func propertyName(key string) string {
	if name := propertyNames[strings.ToLower(localName(key))]; name != "" {
		return name
	}
	return key
}

// localName gives a name without its prefix or address.
func localName(s string) string { return s[strings.LastIndexAny(s, "/:#")+1:] }

// plain gives the text of a value: a text itself, an object's value or name,
// the first item of a list that says something.
func plain(v any) string {
	switch v := v.(type) {
	case string:
		return strings.TrimSpace(v)
	case json.Number:
		return numberText(v)
	case []any:
		for _, item := range v {
			if s := plain(item); s != "" {
				return s
			}
		}
	case map[string]any:
		for _, key := range []string{"value", "name", "@value", "legalName", "text", "label"} {
			if s := plain(v[key]); s != "" {
				return s
			}
		}
	}
	return ""
}

// listOf gives a list as it is, and anything else as a list of one.
func listOf(v any) []any {
	if list, ok := v.([]any); ok {
		return list
	}
	return []any{v}
}

func plainList(v any) string {
	var parts []string
	for _, item := range listOf(v) {
		if s := plain(item); s != "" {
			parts = append(parts, s)
		}
	}
	return strings.Join(parts, ", ")
}

// link gives the address that a value is or names.
func link(v any) string {
	if o, ok := v.(map[string]any); ok {
		for _, key := range []string{"@id", "url"} {
			if s := plain(o[key]); s != "" {
				return s
			}
		}
	}
	return plain(v)
}

// identifier gives the id of a posting. The name of an identifier is that of
// whoever issued it, usually the company.
func identifier(v any, company string) string {
	switch v := v.(type) {
	case []any:
		for _, item := range v {
			if s := identifier(item, company); s != "" {
				return s
			}
		}
		return ""
	case map[string]any:
		for _, key := range []string{"value", "@value", "@id"} {
			if s := plain(v[key]); s != "" {
				return s
			}
		}
		if name := plain(v["name"]); name != company {
			return name
		}
		return ""
	}
	return plain(v)
}
