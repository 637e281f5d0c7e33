package elastic

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"

	"jobsieve/job"
)

// copies gives the settings of an index with up to so many more copies. The server makes
// as many as there are nodes for, so that one node alone lacks none.
func copies(replicas int) object {
	if replicas == 0 {
		return object{"auto_expand_replicas": "false", "number_of_replicas": 0}
	}
	return object{"auto_expand_replicas": fmt.Sprintf("0-%d", replicas)}
}

// replicate gives the index as many copies as the options ask for, where they do.
func (ix *Index) replicate(ctx context.Context) error {
	if ix.opts.Replicas == nil {
		return nil
	}
	path := "/" + url.PathEscape(ix.Name) + "/_settings"
	var found map[string]struct {
		Settings struct {
			Index struct {
				Expand   string `json:"auto_expand_replicas"`
				Replicas string `json:"number_of_replicas"`
			} `json:"index"`
		} `json:"settings"`
	}
	if err := ix.call(ctx, http.MethodGet, path, nil, &found); err != nil {
		return err
	}
	want, have := copies(*ix.opts.Replicas), found[ix.Name].Settings.Index
	none := have.Expand == "" && have.Replicas == "0" // as earlier versions made it
	if have.Expand == want["auto_expand_replicas"] || none && *ix.opts.Replicas == 0 {
		return nil
	}
	if err := ix.call(ctx, http.MethodPut, path, object{"index": want}, nil); err != nil {
		return fmt.Errorf("set the copies of %s, replicas under elasticsearch: %w", ix.Name, err)
	}
	return nil
}

// Health says which copies of the index its cluster has.
type Health struct {
	// Status is green where it has all, yellow where it lacks some and holds every
	// document, and red where it lacks documents.
	Status string `json:"status"`
	Nodes  int    `json:"number_of_nodes"`
	// Active is how many copies of shards answer; Starting are being made, and Unassigned
	// are on no node.
	Active     int `json:"active_shards"`
	Starting   int `json:"initializing_shards"`
	Unassigned int `json:"unassigned_shards"`
}

// Health asks how the index is. Whoever may not know gets nil.
func (ix *Index) Health(ctx context.Context) (*Health, error) {
	h := new(Health)
	path := "/_cluster/health/" + url.PathEscape(ix.Name) + "?timeout=5s&master_timeout=5s"
	err := ix.call(ctx, http.MethodGet, path, nil, h)
	var told *serverError
	if errors.As(err, &told) && told.Status == http.StatusForbidden {
		return nil, nil //nolint:nilnil // this user may not know
	}
	if err != nil {
		return nil, fmt.Errorf("health of %s: %w", ix.Name, err)
	}
	return h, nil
}

// String says it in words.
func (h *Health) String() string {
	all := h.Active + h.Starting + h.Unassigned
	const format = "%s, %d of %d %s of its shards there, %d being made, on %s"
	s := fmt.Sprintf(format, h.Status, h.Active, all, job.Plural(all, "copy", "copies"), h.Starting,
		job.Count(h.Nodes, "node"))
	switch h.Status {
	case "yellow":
		return s + ": every document is there, and one node fewer may be too few"
	case "red":
		return s + ": documents are missing until a node that holds them is back; if none comes back, rebuild the index"
	}
	return s
}
