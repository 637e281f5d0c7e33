package elastic

import (
	"net/http"
	"testing"

	"jobsieve/internal/estest"
)

// TestReplicas opens an index with each number of copies. One node alone lacks none.
func TestReplicas(t *testing.T) {
	at := estest.URL(t)
	opts := Options{URL: at, Alias: estest.Alias(t, at)}
	number := func(n int) *int { return &n }
	for _, c := range []struct {
		replicas *int
		want     string
	}{
		{nil, "0-1"}, {number(0), "false"}, {nil, "false"}, {number(2), "0-2"}, {nil, "0-2"}, {number(1), "0-1"},
	} {
		opts.Replicas = c.replicas
		ix, err := Open(t.Context(), opts, true)
		if err != nil {
			t.Fatal(err)
		}
		var found map[string]struct {
			Settings struct{ Index map[string]any }
		}
		if err := ix.call(t.Context(), http.MethodGet, "/"+ix.Name+"/_settings", nil, &found); err != nil {
			t.Fatal(err)
		}
		if got := found[ix.Name].Settings.Index["auto_expand_replicas"]; got != c.want {
			t.Errorf("with replicas %v the index has %v, want %s", c.replicas, got, c.want)
		}
		if h, err := ix.Health(t.Context()); err != nil || h == nil || h.Status != "green" || h.Active != 1 {
			t.Errorf("with replicas %v its health is %+v: %v", c.replicas, h, err)
		}
	}
}

func TestHealthInWords(t *testing.T) {
	for want, h := range map[string]Health{
		"green, 1 of 1 copy of its shards there, 0 being made, on 1 node": {Status: "green", Nodes: 1, Active: 1},
		"yellow, 1 of 2 copies of its shards there, 1 being made, on 2 nodes: every document is there, and one node " +
			"fewer may be too few": {Status: "yellow", Nodes: 2, Active: 1, Starting: 1},
		"red, 0 of 2 copies of its shards there, 0 being made, on 1 node: documents are missing until a node that " +
			"holds them is back; if none comes back, rebuild the index": {Status: "red", Nodes: 1, Unassigned: 2},
	} {
		if got := h.String(); got != want {
			t.Errorf("it says %q, want %q", got, want)
		}
	}
}
