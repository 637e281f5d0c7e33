package elastic

import (
	"context"
	_ "embed"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
)

//go:embed template.json
var templateJSON []byte

// template is the settings and the mapping of an index.
type template struct {
	Settings map[string]any `json:"settings"`
	Mappings map[string]any `json:"mappings"`
}

func readTemplate() (template, error) {
	var t template
	if err := json.Unmarshal(templateJSON, &t); err != nil {
		return t, fmt.Errorf("template.json: %w", err)
	}
	return t, nil
}

// Open reaches the server and the index behind the alias. Where there is none
// it makes the template, the index and the alias if create says so, else its
// error is ErrNoIndex.
func Open(ctx context.Context, opts Options, create bool) (*Index, error) {
	ix, err := Connect(ctx, opts)
	if err != nil {
		return nil, err
	}
	err = ix.resolve(ctx)
	if errors.Is(err, ErrNoIndex) && create {
		err = ix.Setup(ctx)
	}
	if err != nil {
		return nil, fmt.Errorf("elasticsearch at %s: index %s: %w", ix.opts.URL, ix.opts.Alias, err)
	}
	return ix, nil
}

// resolve finds the index behind the alias.
func (ix *Index) resolve(ctx context.Context) error {
	var found map[string]struct {
		Settings struct {
			Index struct {
				UUID string `json:"uuid"`
			} `json:"index"`
		} `json:"settings"`
	}
	err := ix.call(ctx, http.MethodGet, "/"+url.PathEscape(ix.opts.Alias)+"/_settings?filter_path=*.settings.index.uuid", nil, &found)
	if err != nil {
		return err
	}
	names := slices.Sorted(maps.Keys(found))
	switch {
	case len(names) != 1:
		return fmt.Errorf("the alias leads to %d indexes (%s); it must lead to one", len(names), strings.Join(names, ", "))
	case names[0] == ix.opts.Alias:
		return fmt.Errorf("%s is an index and no alias: rename or delete it, or set another alias under elasticsearch", names[0])
	}
	ix.Name, ix.UUID, ix.direct = names[0], found[names[0]].Settings.Index.UUID, false
	return nil
}

// Setup puts the template in place, and makes an index behind the alias where
// there is none.
func (ix *Index) Setup(ctx context.Context) error {
	if err := ix.PutTemplate(ctx); err != nil {
		return err
	}
	err := ix.resolve(ctx)
	if !errors.Is(err, ErrNoIndex) {
		return err
	}
	next, err := ix.Create(ctx)
	if err != nil {
		return err
	}
	if err := next.TakeAlias(ctx); err != nil {
		return err
	}
	ix.Name, ix.UUID = next.Name, next.UUID
	return nil
}

// PutTemplate puts the template in place, or a newer one over an older.
func (ix *Index) PutTemplate(ctx context.Context) error {
	t, err := readTemplate()
	if err != nil {
		return err
	}
	body := map[string]any{"index_patterns": []string{ix.opts.Alias + "-*"}, "template": t, "priority": 200, "_meta": map[string]any{"by": "jobsieve"}}
	return ix.call(ctx, http.MethodPut, "/_index_template/"+url.PathEscape(ix.opts.Alias), body, nil)
}

// Create makes a new index beside those that exist, without the alias.
func (ix *Index) Create(ctx context.Context) (*Index, error) {
	names, err := ix.Indexes(ctx)
	if err != nil {
		return nil, err
	}
	last := 0
	for _, name := range names {
		if n, err := strconv.Atoi(strings.TrimPrefix(name, ix.opts.Alias+"-")); err == nil {
			last = max(last, n)
		}
	}
	next := *ix
	next.Name, next.direct = fmt.Sprintf("%s-%06d", ix.opts.Alias, last+1), true
	if err := ix.call(ctx, http.MethodPut, "/"+url.PathEscape(next.Name), nil, nil); err != nil {
		return nil, err
	}
	var found map[string]struct {
		Settings struct {
			Index struct {
				UUID string `json:"uuid"`
			} `json:"index"`
		} `json:"settings"`
	}
	if err := ix.call(ctx, http.MethodGet, "/"+url.PathEscape(next.Name)+"/_settings?filter_path=*.settings.index.uuid", nil, &found); err != nil {
		return nil, err
	}
	next.UUID = found[next.Name].Settings.Index.UUID
	return &next, nil
}

// Indexes gives the names of all indexes that were made for the alias, in
// order.
func (ix *Index) Indexes(ctx context.Context) ([]string, error) {
	var found map[string]json.RawMessage
	err := ix.call(ctx, http.MethodGet, "/"+url.PathEscape(ix.opts.Alias)+"-*?filter_path=*.aliases&expand_wildcards=open", nil, &found)
	return slices.Sorted(maps.Keys(found)), err
}

// TakeAlias makes the alias lead to this index alone, in one step.
func (ix *Index) TakeAlias(ctx context.Context) error {
	actions := []any{map[string]any{"remove": map[string]any{"index": ix.opts.Alias + "-*", "alias": ix.opts.Alias, "must_exist": false}}, map[string]any{"add": map[string]any{"index": ix.Name, "alias": ix.opts.Alias, "is_write_index": true}}}
	if err := ix.call(ctx, http.MethodPost, "/_aliases", map[string]any{"actions": actions}, nil); err != nil {
		return err
	}
	ix.direct = false
	return nil
}

// Prune deletes all indexes that were made for the alias but the one that it
// leads to, and gives their names.
func (ix *Index) Prune(ctx context.Context) (pruned []string, err error) {
	names, err := ix.Indexes(ctx)
	if err != nil {
		return nil, err
	}
	for _, name := range names {
		if name == ix.Name {
			continue
		}
		if err := ix.call(ctx, http.MethodDelete, "/"+url.PathEscape(name), nil, nil); err != nil {
			return pruned, err
		}
		pruned = append(pruned, name)
	}
	return pruned, nil
}

// Drift compares the index's mapping with the one of this program and gives
// the differences, a line each; none where it is the same.
func (ix *Index) Drift(ctx context.Context) ([]string, error) {
	want, err := readTemplate()
	if err != nil {
		return nil, err
	}
	var got map[string]struct {
		Mappings map[string]any `json:"mappings"`
	}
	if err := ix.call(ctx, http.MethodGet, "/"+url.PathEscape(ix.Name)+"/_mapping", nil, &got); err != nil {
		return nil, err
	}
	var out []string
	compare("", want.Mappings, got[ix.Name].Mappings, &out)
	return out, nil
}

// compare notes what differs between two JSON objects. A setting that the
// server leaves out because it is the default is no difference.
func compare(path string, want, got map[string]any, out *[]string) {
	for _, key := range slices.Sorted(maps.Keys(want)) {
		at := strings.TrimPrefix(path+"."+key, ".")
		w, g := want[key], got[key]
		wm, isMap := w.(map[string]any)
		gm, _ := g.(map[string]any)
		switch {
		case isMap && gm == nil:
			*out = append(*out, at+" is missing")
		case isMap:
			compare(at, wm, gm, out)
		case g == nil && isDefault(key, w):
		case g == nil:
			*out = append(*out, fmt.Sprintf("%s should be %v, is not set", at, w))
		case fmt.Sprint(w) != fmt.Sprint(g):
			*out = append(*out, fmt.Sprintf("%s should be %v, is %v", at, w, g))
		}
	}
	for _, key := range slices.Sorted(maps.Keys(got)) {
		if _, ok := want[key]; !ok && strings.HasSuffix("."+path, "properties") {
			*out = append(*out, strings.TrimPrefix(path+"."+key, ".")+" is not of this program")
		}
	}
}

// isDefault reports settings that the server leaves out of its answer.
func isDefault(key string, v any) bool {
	return key == "type" && v == "object" || key == "analyzer" && v == "standard"
}

// FieldTypes gives the type of each field of the mapping, by its name.
func FieldTypes() (map[string]string, error) {
	t, err := readTemplate()
	if err != nil {
		return nil, err
	}
	properties, _ := t.Mappings["properties"].(map[string]any)
	types := map[string]string{}
	for name, p := range properties {
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
