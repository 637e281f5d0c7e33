package elastic

import (
	"net/http"
	"strings"
	"testing"

	"jobsieve/indexer"
)

// TestKeysOfOlderIndexes names documents as the index of an older version did.
func TestKeysOfOlderIndexes(t *testing.T) {
	docs := []*indexer.Document{{Key: "s/1", ID: "1", Source: "s"}}
	for schema, want := range map[int]string{0: "1 1@s", 1: "1 1@s", 2: "s/1"} {
		if got := strings.Join((&Own{schema: schema}).keys(docs), " "); got != want {
			t.Errorf("schema %d: %s, want %s", schema, got, want)
		}
	}
}

// TestRenew takes an index for one of an older version: another is begun beside
// it, and what is forgotten goes from it under its older id.
func TestRenew(t *testing.T) {
	ix := openTest(t, nil)
	ctx := t.Context()
	if next, err := ix.Renew(ctx); next != nil || err != nil {
		t.Fatalf("an index of today is renewed: %v", err)
	}
	meta := object{"_meta": object{"by": by, "schema_version": 1}}
	if err := ix.call(ctx, http.MethodPut, "/"+ix.Name+"/_mapping", meta, nil); err != nil {
		t.Fatal(err)
	}
	for _, id := range []string{"1", "1@s", "2"} {
		if err := ix.call(ctx, http.MethodPut, "/"+ix.Name+"/_doc/"+id+"?refresh=true", object{"id": id}, nil); err != nil {
			t.Fatal(err)
		}
	}
	renewed, err := ix.Renew(ctx)
	if err != nil || renewed == nil {
		t.Fatalf("an older index is not renewed: %v", err)
	}
	next := renewed.(*Index)
	if next.Name == ix.Name {
		t.Errorf("%s is filled", next.Name)
	}
	acks, err := next.Deliver(ctx, []indexer.Document{{Key: "s/1", ID: "1", Source: "s", Revision: 2, Gone: true}})
	if err != nil || !acks[0].Delivered {
		t.Fatalf("%+v: %v", acks, err)
	}
	wantCount(t, ix, 1)
	if err := next.Discard(ctx); err != nil {
		t.Error(err)
	}
}
