package elastic

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"jobsieve/indexer"
)

// Open reaches the server and the index behind the alias. Where there is none
// it makes the template, the index and the alias if create says so, else its
// error is ErrNoIndex. With create, which says that documents will be delivered,
// the index gets the fields that it lacks; where it can't have them Conflict says
// why.
func Open(ctx context.Context, opts Options, create bool) (*Index, error) {
	ix, err := Connect(ctx, opts)
	if err != nil {
		return nil, err
	}
	err = ix.resolve(ctx)
	if create {
		err = ix.ready(ctx, err)
	}
	if err != nil {
		return nil, fmt.Errorf("elasticsearch at %s: index %s: %w", ix.opts.URL, ix.opts.Alias, err)
	}
	return ix, nil
}

// ready makes an index ready for documents; found is what resolve said.
func (ix *Index) ready(ctx context.Context, found error) error {
	switch {
	case errors.Is(found, ErrNoIndex):
		return ix.Setup(ctx)
	case found != nil:
		return found
	}
	return errors.Join(ix.upgrade(ctx), ix.replicate(ctx))
}

// resolve finds the index behind the alias.
func (ix *Index) resolve(ctx context.Context) error {
	var found map[string]described
	err := ix.call(ctx, http.MethodGet, "/"+url.PathEscape(ix.opts.Alias)+"?filter_path="+describing, nil, &found)
	if err != nil {
		return err
	}
	names := slices.Sorted(maps.Keys(found))
	switch {
	case len(names) != 1:
		return fmt.Errorf("the alias leads to %d indexes (%s); it must lead to one", len(names),
			strings.Join(names, ", "))
	case names[0] == ix.opts.Alias:
		return fmt.Errorf("%s is an index, not an alias: rename or delete it, or set another alias under elasticsearch",
			names[0])
	}
	d := found[names[0]]
	if !d.own() {
		return fmt.Errorf("the alias leads to %s: %w", names[0], ErrNotOwn)
	}
	ix.Name, ix.UUID, ix.direct = names[0], d.Settings.Index.UUID, false
	return nil
}

// Setup makes an index behind the alias where there is none, and gives the one
// that is there the fields that it lacks; its error is a *MappingError where that
// can't have them.
func (ix *Index) Setup(ctx context.Context) error {
	if err := ix.dropTemplate(ctx); err != nil {
		return err
	}
	err := ix.resolve(ctx)
	if err == nil {
		err = errors.Join(ix.upgrade(ctx), ix.replicate(ctx))
		if err == nil && ix.Conflict != nil {
			err = ix.Conflict
		}
		return err
	}
	if !errors.Is(err, ErrNoIndex) {
		return err
	}
	next, err := ix.Create(ctx)
	if err != nil {
		return err
	}
	if err := next.TakePlace(ctx); err != nil {
		return errors.Join(err, next.Discard(ctx))
	}
	ix.Name, ix.UUID = next.Name, next.UUID
	return nil
}

// by marks what this program made.
const by = "jobsieve"

// dropTemplate removes the index template that earlier versions made, which
// gave the mapping to other people's indexes too. Where this user may not do
// that, it stays: nothing depends on it.
func (ix *Index) dropTemplate(ctx context.Context) error {
	path := "/_index_template/" + url.PathEscape(ix.opts.Alias)
	var found struct {
		Templates []struct {
			Template struct {
				Meta meta `json:"_meta"`
			} `json:"index_template"`
		} `json:"index_templates"`
	}
	err := ix.call(ctx, http.MethodGet, path, nil, &found)
	if err == nil && len(found.Templates) == 1 && found.Templates[0].Template.Meta.By == by {
		err = ix.call(ctx, http.MethodDelete, path, nil, nil)
	}
	var told *serverError
	if errors.As(err, &told) && (told.Status == http.StatusNotFound || told.Status == http.StatusForbidden) {
		return nil
	}
	return err
}

// meta is what a mapping or a template says about itself.
type meta struct {
	By            string `json:"by"`
	SchemaVersion int    `json:"schema_version"`
}

// Create makes a new index beside those that exist, without the alias.
func (ix *Index) Create(ctx context.Context) (*Index, error) {
	body, err := readTemplate(indexer.Fields)
	if err != nil {
		return nil, err
	}
	if ix.opts.Replicas != nil {
		maps.Copy(body.Settings["index"].(object), copies(*ix.opts.Replicas))
	}
	taken, err := ix.numbered(ctx)
	if err != nil {
		return nil, err
	}
	last := 0
	for name := range taken {
		last = max(last, ix.number(name))
	}
	next := *ix
	next.Name, next.direct = fmt.Sprintf("%s-%06d", ix.opts.Alias, last+1), true
	if err := ix.call(ctx, http.MethodPut, "/"+url.PathEscape(next.Name), body, nil); err != nil {
		return nil, err
	}
	made, err := ix.numbered(ctx)
	if err != nil {
		return nil, errors.Join(err, next.Discard(ctx))
	}
	next.UUID = made[next.Name].Settings.Index.UUID
	return &next, nil
}

// numbered are the indexes whose names are the alias and a number.
func (ix *Index) numbered(ctx context.Context) (map[string]described, error) {
	var found map[string]described
	const filter = "expand_wildcards=open,closed&filter_path=" + describing
	if err := ix.call(ctx, http.MethodGet, "/"+url.PathEscape(ix.opts.Alias)+"-*?"+filter, nil, &found); err != nil {
		return nil, err
	}
	maps.DeleteFunc(found, func(name string, _ described) bool { return ix.number(name) == 0 })
	return found, nil
}

// describing asks for what is described.
const describing = "*.aliases,*.settings.index.uuid,*.mappings._meta,*.mappings.properties.rules_version.type"

// described is what a server says about an index.
type described struct {
	Aliases  map[string]json.RawMessage `json:"aliases"`
	Settings struct {
		Index struct {
			UUID string `json:"uuid"`
		} `json:"index"`
	} `json:"settings"`
	Mappings struct {
		Meta       meta `json:"_meta"`
		Properties map[string]json.RawMessage
	} `json:"mappings"`
}

// own reports an index that this program made. Earlier versions did not mark
// theirs, except with the version of the mapping.
func (d *described) own() bool {
	m := &d.Mappings
	unmarked := m.Meta.By == "" && m.Meta.SchemaVersion > 0 && m.Properties["rules_version"] != nil
	return m.Meta.By == by || unmarked
}

// number gives the number in an index's name, at least six digits after the
// alias; 0 for any other name.
func (ix *Index) number(name string) int {
	digits, ok := strings.CutPrefix(name, ix.opts.Alias+"-")
	n, err := strconv.Atoi(digits)
	if !ok || err != nil || fmt.Sprintf("%06d", n) != digits {
		return 0
	}
	return n
}

// Own is an index that this program made for the alias.
type Own struct {
	Name string
	// Target is the target that it was for the ledger.
	Target string
	// Aliases are the names that lead to it.
	Aliases []string
	// schema is the version of its documents.
	schema int
}

// Own gives the indexes that this program made for the alias, in order.
func (ix *Index) Own(ctx context.Context) ([]Own, error) {
	found, err := ix.numbered(ctx)
	if err != nil {
		return nil, err
	}
	var out []Own
	byNumber := func(a, b string) int { return ix.number(a) - ix.number(b) }
	for _, name := range slices.SortedFunc(maps.Keys(found), byNumber) {
		d := found[name]
		if d.own() {
			target := TargetPrefix(ix.opts.URL, ix.opts.Alias) + d.Settings.Index.UUID
			delete(d.Aliases, fillingAlias(name))
			out = append(out, Own{name, target, slices.Sorted(maps.Keys(d.Aliases)), d.Mappings.Meta.SchemaVersion})
		}
	}
	return out, nil
}

// Left gives the indexes that were made for the alias before the one that it
// leads to and that have no alias: what rebuilds have left.
func (ix *Index) Left(ctx context.Context) ([]Own, error) {
	own, err := ix.Own(ctx)
	inUse := func(o Own) bool { return len(o.Aliases) > 0 || ix.number(o.Name) >= ix.number(ix.Name) }
	return slices.DeleteFunc(own, inUse), err
}

// Delete deletes an index that Left gave.
func (ix *Index) Delete(ctx context.Context, o Own) error {
	return ix.call(ctx, http.MethodDelete, "/"+url.PathEscape(o.Name), nil, nil)
}

// TakePlace makes the alias lead to this index alone, in one step, whoever made
// those that it led to.
func (ix *Index) TakePlace(ctx context.Context) error {
	var led map[string]any
	err := ix.call(ctx, http.MethodGet, "/_alias/"+url.PathEscape(ix.opts.Alias), nil, &led)
	var told *serverError
	if err != nil && !(errors.As(err, &told) && told.Status == http.StatusNotFound) {
		return err
	}
	actions := []object{}
	for _, name := range slices.Sorted(maps.Keys(led)) {
		if name != ix.Name {
			actions = append(actions, object{"remove": object{"index": name, "alias": ix.opts.Alias}})
		}
	}
	actions = append(actions, object{"add": object{"index": ix.Name, "alias": ix.opts.Alias, "is_write_index": true}})
	if ix.shared {
		actions = append(actions, object{"remove": object{"index": ix.Name, "alias": fillingAlias(ix.Name)}})
	}
	if err := ix.call(ctx, http.MethodPost, "/_aliases", object{"actions": actions}, nil); err != nil {
		return err
	}
	ix.direct, ix.shared = false, false
	return nil
}

// Discard deletes an index that Create made and that has not taken the alias.
func (ix *Index) Discard(ctx context.Context) error {
	if !ix.direct {
		return fmt.Errorf("the alias leads to %s: it is not deleted", ix.Name)
	}
	if err := ix.call(context.WithoutCancel(ctx), http.MethodDelete, "/"+url.PathEscape(ix.Name), nil,
		nil); err != nil {
		return fmt.Errorf("delete the index %s, which was not finished: %w", ix.Name, err)
	}
	return nil
}

// Drift compares the index's mapping with this program's and gives the
// differences, a line each; none where it is the same.
func (ix *Index) Drift(ctx context.Context) ([]string, error) {
	want, err := readTemplate(indexer.Fields)
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
	delete(want.Mappings, "_meta") // who made the index, not part of how it works
	compare("", want.Mappings, got[ix.Name].Mappings, &out)
	return out, nil
}

// compare notes what differs between two JSON objects. A setting that the
// server leaves out because it is the default is not a difference.
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
