// Package embedded is the index that needs nothing installed: a Bleve index in
// the data folder. It is the only home of bleve.
//
// Texts are brought to the normal form of package text and stemmed here, so
// that Bleve only compares words.
package embedded

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"strconv"

	"github.com/blevesearch/bleve/v2"

	"jobsieve/indexer"
	"jobsieve/internal/private"
)

// FolderName is the index's folder in the data folder.
const FolderName = "index"

// TargetPrefix begins the targets of all embedded indexes.
const TargetPrefix = "embedded:"

// layout counts the changes to what is stored; an index of another layout is
// made anew.
const layout = 4

// Index is an open embedded index. One process holds it at a time; the caller
// sees to that.
type Index struct {
	bleve  bleve.Index
	target string
}

var _ indexer.Index = (*Index)(nil)

// Open opens the index in the data folder dir. Where there is none, or one
// that does not open or has another layout, it makes an empty one, whose
// target is new, so that the ledger delivers everything again.
func Open(dir string, log *slog.Logger) (*Index, error) {
	path := filepath.Join(dir, FolderName)
	if err := os.RemoveAll(path + ".new"); err != nil { // left by a kill
		return nil, fmt.Errorf("open the embedded index: %w", err)
	}
	if _, err := os.Stat(path); err == nil {
		if err := private.Tree(path); err != nil {
			return nil, fmt.Errorf("open the embedded index: %w", err)
		}
		ix, err := reopen(path)
		if err == nil {
			return ix, nil
		}
		log.Warn("embedded index is made anew from the ledger", "path", path, "reason", err)
	}
	return Create(dir)
}

func reopen(path string) (*Index, error) {
	b, err := bleve.OpenUsing(path, map[string]any{"bolt_timeout": "5s"})
	if err != nil {
		return nil, fmt.Errorf("it does not open: %w", err)
	}
	id, err := b.GetInternal([]byte("id"))
	if err == nil && len(id) == 0 {
		err = errors.New("it was not finished")
	}
	if err == nil {
		var have []byte
		if have, err = b.GetInternal([]byte("layout")); err == nil && string(have) != strconv.Itoa(layout) {
			err = fmt.Errorf("it has layout %q, this program uses %d", have, layout)
		}
	}
	if err != nil {
		return nil, errors.Join(err, b.Close())
	}
	return &Index{b, TargetPrefix + string(id)}, nil
}

// Create makes an empty index in the data folder dir, in place of any other.
// It is made aside and renamed, so that a kill leaves no broken one.
func Create(dir string) (*Index, error) {
	path := filepath.Join(dir, FolderName)
	if err := create(path + ".new"); err != nil {
		return nil, fmt.Errorf("create the embedded index: %w", err)
	}
	if err := os.RemoveAll(path); err != nil {
		return nil, fmt.Errorf("replace the embedded index: %w", err)
	}
	if err := os.Rename(path+".new", path); err != nil {
		return nil, fmt.Errorf("replace the embedded index: %w", err)
	}
	ix, err := reopen(path)
	if err != nil {
		return nil, fmt.Errorf("open the embedded index just made: %w", err)
	}
	return ix, nil
}

func create(path string) error {
	if err := os.RemoveAll(path); err != nil {
		return err
	}
	m, err := newMapping()
	if err != nil {
		return err
	}
	if err := os.Mkdir(path, 0o700); err != nil { // Bleve's own folders are open to all
		return err
	}
	b, err := bleve.New(path, m)
	if err != nil {
		return err
	}
	var id [8]byte
	if _, err := rand.Read(id[:]); err != nil {
		return errors.Join(err, b.Close())
	}
	batch := b.NewBatch()
	batch.SetInternal([]byte("id"), []byte(hex.EncodeToString(id[:])))
	batch.SetInternal([]byte("layout"), []byte(strconv.Itoa(layout)))
	return errors.Join(b.Batch(batch), b.Close(), private.Tree(path))
}

// Target names this very index.
func (ix *Index) Target() string { return ix.target }

// Close closes the index.
func (ix *Index) Close() error {
	if err := ix.bleve.Close(); err != nil {
		return fmt.Errorf("close the embedded index: %w", err)
	}
	return nil
}

// Deliver puts documents into the index; when it returns they are on disk.
func (ix *Index) Deliver(_ context.Context, docs []indexer.Document) ([]indexer.Ack, error) {
	later := make([]indexer.Ack, len(docs))
	for i := range later {
		later[i].Later = true
	}
	batch := ix.bleve.NewBatch()
	for i := range docs {
		if docs[i].Gone {
			batch.Delete(docs[i].Key)
			continue
		}
		fields, err := fieldsOf(&docs[i])
		if err == nil {
			err = batch.Index(docs[i].Key, fields)
		}
		if err != nil {
			return later, fmt.Errorf("index %s: %w", docs[i].Key, err)
		}
	}
	if err := ix.bleve.Batch(batch); err != nil {
		return later, fmt.Errorf("write the embedded index: %w", err)
	}
	return make([]indexer.Ack, len(docs)), nil
}

// Parallel is 1: the index takes one batch at a time.
func (ix *Index) Parallel() int { return 1 }

// eachPage is how many documents Each reads at once.
const eachPage = 500

// Each calls f for every document, by key, as the index is now.
func (ix *Index) Each(ctx context.Context, f func(*indexer.Document) error) error {
	// A reader of this moment would need Bleve's inner interface; the daemon
	// and commands write in batches, and a key that was passed stays passed.
	var after []string
	for {
		req := bleve.NewSearchRequestOptions(bleve.NewMatchAllQuery(), eachPage, 0, false)
		req.Fields = []string{fieldSource}
		req.SortBy([]string{"_id"})
		req.SearchAfter = after
		res, err := ix.bleve.SearchInContext(ctx, req)
		if err != nil {
			return fmt.Errorf("read the embedded index: %w", err)
		}
		for _, hit := range res.Hits {
			d, err := sourceOf(hit.Fields)
			if err != nil {
				return err
			}
			if err := f(d); err != nil {
				return err
			}
		}
		if len(res.Hits) < eachPage {
			return nil
		}
		after = []string{res.Hits[len(res.Hits)-1].ID}
	}
}

// Refresh has nothing to do: a search sees what was delivered before it.
func (ix *Index) Refresh(context.Context) error { return nil }

// Count is how many documents the index holds.
func (ix *Index) Count(context.Context) (int, error) {
	n, err := ix.bleve.DocCount()
	if err != nil {
		return 0, fmt.Errorf("count the embedded index: %w", err)
	}
	return int(n), nil
}

// sourceOf reads the document that was stored with a hit.
func sourceOf(fields map[string]any) (*indexer.Document, error) {
	s, _ := fields[fieldSource].(string)
	d := new(indexer.Document)
	if err := json.Unmarshal([]byte(s), d); err != nil {
		return nil, fmt.Errorf("read a stored document: %w", err)
	}
	return d, nil
}
