package elastic

import (
	"context"
	"fmt"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"jobsieve/indexer"
)

// MappingError says that the index holds a field in another way than this
// program: what is delivered there would be refused, or not be found. The next
// delivery makes the index again beside it.
type MappingError struct {
	// Index is its name, Conflicts what differs, a text a field.
	Index     string
	Conflicts []string
}

func (e *MappingError) Error() string {
	const format = "the mapping of %s can't take today's documents: %s; \"jobsieve index rebuild\" makes it anew " +
		"beside it"
	return fmt.Sprintf(format, e.Index, strings.Join(e.Conflicts, "; "))
}

// upgrade gives the index the fields of this program that it lacks, as one made
// by an earlier version does: the mapping refuses documents with unknown fields.
// It changes none that is there: where one is there with another type, that is
// noted, and Renew begins another index.
func (ix *Index) upgrade(ctx context.Context) error {
	want, err := properties(indexer.Fields)
	if err != nil {
		return err
	}
	have, err := ix.properties(ctx)
	if err != nil {
		return err
	}
	if conflicts := conflicts(want, have); len(conflicts) > 0 {
		ix.Conflict = &MappingError{ix.Name, conflicts}
		return nil
	}
	missing := lacking(want, have)
	if len(missing) == 0 {
		return nil
	}
	names := slices.Sorted(maps.Keys(missing))
	path := "/" + url.PathEscape(ix.Name) + "/_mapping"
	if err := ix.call(ctx, http.MethodPut, path, object{"properties": missing}, nil); err != nil {
		return fmt.Errorf("add %s to the mapping of %s: %w", strings.Join(names, ", "), ix.Name, err)
	}
	ix.Added = names
	return nil
}

// properties are the fields of the index as the server has them.
func (ix *Index) properties(ctx context.Context) (map[string]any, error) {
	var got map[string]struct {
		Mappings struct {
			Properties map[string]any `json:"properties"`
		} `json:"mappings"`
	}
	err := ix.call(ctx, http.MethodGet, "/"+url.PathEscape(ix.Name)+"/_mapping", nil, &got)
	return got[ix.Name].Mappings.Properties, err
}

// conflicts says which fields, or parts of them, have a type other than the one
// wanted. Nothing else that can differ causes a document to be refused, and it
// is left to Drift.
func conflicts(want, have map[string]any) []string {
	var out []string
	for _, name := range slices.Sorted(maps.Keys(want)) {
		w, g := typesOf(want[name]), typesOf(have[name])
		for _, part := range slices.Sorted(maps.Keys(w)) {
			if g[part] != "" && g[part] != w[part] {
				out = append(out, fmt.Sprintf("%s is %s, expected %s", name+part, g[part], w[part]))
			}
		}
	}
	return out
}

// lacking gives the fields of which the server lacks parts.
func lacking(want, have map[string]any) map[string]any {
	out := map[string]any{}
	for name := range want {
		w, g := typesOf(want[name]), typesOf(have[name])
		for part := range w {
			if g[part] == "" {
				out[name] = want[name]
			}
		}
	}
	return out
}

// typesOf gives the type of a field under "", and those of its parts under
// their names after a dot. The server leaves out that of objects.
func typesOf(property any) map[string]string {
	field, ok := property.(map[string]any)
	if !ok {
		return nil
	}
	out := map[string]string{"": "object"}
	if t, ok := field["type"].(string); ok {
		out[""] = t
	}
	parts, _ := field["fields"].(map[string]any)
	for name, p := range parts {
		part, _ := p.(map[string]any)
		out["."+name], _ = part["type"].(string)
	}
	return out
}
