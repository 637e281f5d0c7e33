package embedded

import (
	"log/slog"
	"os"
	"path/filepath"
	"testing"

	"github.com/blevesearch/bleve/v2"
	"github.com/blevesearch/bleve/v2/search"
	"github.com/google/go-cmp/cmp"

	"jobsieve/indexer/conformance"
)

// openNew opens an index of the test's own.
func openNew(t *testing.T) *Index {
	t.Helper()
	ix, err := Open(t.TempDir(), slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := ix.Close(); err != nil {
			t.Error(err)
		}
	})
	return ix
}

func TestConformance(t *testing.T) {
	ix := openNew(t)
	conformance.Run(t, ix)
}

// TestInMemory wants an index without files to answer as one with files does.
func TestInMemory(t *testing.T) {
	ix, err := InMemory()
	if err != nil {
		t.Fatal(err)
	}
	conformance.Run(t, ix)
	if err := ix.Close(); err != nil {
		t.Error(err)
	}
}

// TestPages reads hits a few at a time, and wants each once, in order.
func TestPages(t *testing.T) {
	ix := openNew(t)
	docs := conformance.Documents()
	conformance.Deliver(t, ix, docs)
	for _, page := range []int{1, 2, len(docs), len(docs) + 1} {
		req := bleve.NewSearchRequestOptions(bleve.NewMatchAllQuery(), page, 0, false)
		req.SortBy([]string{"_id"})
		var got, want []string
		err := ix.eachHit(t.Context(), req, func(hit *search.DocumentMatch) error {
			got = append(got, hit.ID)
			return nil
		})
		for i := range docs {
			want = append(want, docs[i].Key)
		}
		if diff := cmp.Diff(want, got); diff != "" || err != nil {
			t.Errorf("pages of %d: %v (-want +got):\n%s", page, err, diff)
		}
	}
}

func TestBrokenIndexIsMadeAnew(t *testing.T) {
	dir := t.TempDir()
	log := slog.New(slog.DiscardHandler)
	open := func() string {
		t.Helper()
		ix, err := Open(dir, log)
		if err != nil {
			t.Fatal(err)
		}
		if err := ix.Close(); err != nil {
			t.Fatal(err)
		}
		return ix.Target()
	}
	first := open()
	if again := open(); again != first {
		t.Errorf("opened again it is %s, was %s", again, first)
	}
	if err := os.WriteFile(filepath.Join(dir, FolderName, "index_meta.json"), []byte("{"), 0o600); err != nil {
		t.Fatal(err)
	}
	second := open()
	if second == first {
		t.Error("a broken index kept its target")
	}
	if err := os.RemoveAll(filepath.Join(dir, FolderName, "store")); err != nil {
		t.Fatal(err)
	}
	if third := open(); third == second {
		t.Error("an index without its store kept its target")
	}
}
