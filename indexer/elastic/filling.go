package elastic

import (
	"context"
	"errors"
	"fmt"
	"net/http"
)

// fillingAlias is the alias by which several processes fill an index that is being built.
// Through it no index is made anew where that one is deleted meanwhile.
func fillingAlias(name string) string { return name + "-filling" }

// Share lets others fill an index that Create made, by Filling, until it takes its place or is
// discarded.
func (ix *Index) Share(ctx context.Context) error {
	add := object{"add": object{"index": ix.Name, "alias": fillingAlias(ix.Name), "is_write_index": true}}
	if err := ix.call(ctx, http.MethodPost, "/_aliases", object{"actions": []object{add}}, nil); err != nil {
		return fmt.Errorf("let others fill the index %s: %w", ix.Name, err)
	}
	ix.shared = true
	return nil
}

// ErrNotFilling says that an index is not being filled, or not any more.
var ErrNotFilling = errors.New("it is not being filled")

// Filling gives the index of a name that another process builds and shares. Its error is
// ErrNotFilling where that is over.
func (ix *Index) Filling(ctx context.Context, name string) (*Index, error) {
	known, err := ix.numbered(ctx)
	if err != nil {
		return nil, err
	}
	found := known[name]
	if _, shared := found.Aliases[fillingAlias(name)]; !shared {
		return nil, ErrNotFilling
	}
	next := *ix
	next.Name, next.UUID, next.direct, next.shared = name, found.Settings.Index.UUID, true, true
	return &next, nil
}
