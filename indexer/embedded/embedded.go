// Package embedded is the index that needs nothing installed: a Bleve index in
// the data folder. It is the only home of bleve, except for its stemmers.
//
// Texts are brought to the normal form of package text and stemmed here, so
// that Bleve only compares words.
package embedded

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"github.com/blevesearch/bleve/v2"
	"github.com/blevesearch/bleve/v2/search"
	index "github.com/blevesearch/bleve_index_api"

	"jobsieve/indexer"
	"jobsieve/internal/private"
)

// FolderName is the index's folder in the data folder.
const FolderName = "index"

// TargetPrefix begins the targets of all embedded indexes.
const TargetPrefix = "embedded:"

// layout counts the changes to what is stored; an index with an older layout is
// rebuilt.
const layout = 14

// Index is an open embedded index. One process holds it at a time; the caller
// sees to that.
type Index struct {
	bleve  bleve.Index
	target string
	path   string // empty for one in memory
	// opened is the file that was opened, to notice when it is taken away.
	opened os.FileInfo
}

var _ indexer.Index = (*Index)(nil)

// LostError says that a data folder has no index that can be used, and why:
// there is none, it is proven to be damaged, or it has an older layout.
type LostError struct {
	Path, Reason string
}

func (e *LostError) Error() string { return e.Path + ": " + e.Reason }

// ErrTakenAway says that an index was deleted or replaced while it was open.
var ErrTakenAway = errors.New("the files of the embedded index were removed")

// Look opens the index in the data folder dir. Where none can be used its error
// is a *LostError; any other says why it can't be opened now. It changes
// nothing, except that it finishes or undoes what a kill has left of a rebuild.
func Look(dir string) (*Index, error) {
	path := filepath.Join(dir, FolderName)
	if err := tidy(path); err != nil {
		return nil, fmt.Errorf("open the embedded index: %w", err)
	}
	info, err := os.Stat(path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		if link, err := os.Readlink(path); err == nil {
			return nil, fmt.Errorf("open the embedded index: %s is a link to %s, which is not there", path, link)
		}
		return nil, &LostError{path, "there is no index"}
	case err == nil && !info.IsDir():
		return nil, &LostError{path, "it is a file, not a folder"}
	case err != nil:
		return nil, fmt.Errorf("open the embedded index: %w", err)
	}
	if err := private.Tree(path); err != nil {
		return nil, fmt.Errorf("open the embedded index: %w", err)
	}
	ix, err := reopen(path)
	var broken *damaged
	switch {
	case errors.As(err, &broken):
		return nil, &LostError{path, broken.reason}
	case err != nil:
		return nil, fmt.Errorf("open the embedded index %s: %w", path, err)
	}
	return ix, nil
}

// Open is Look, and makes an empty index where none can be used; its target is
// new, so that the ledger delivers everything again.
func Open(dir string, log *slog.Logger) (*Index, error) {
	ix, err := Look(dir)
	var lost *LostError
	if !errors.As(err, &lost) {
		return ix, err
	}
	if _, err := os.Lstat(lost.Path); err == nil {
		log.Warn("the embedded index can't be used and is rebuilt from the ledger", "path", lost.Path,
			"reason", lost.Reason)
	}
	next, err := Begin(dir)
	if err == nil {
		err = next.TakePlace(context.Background())
	}
	if err != nil {
		return nil, err
	}
	return next, nil
}

func reopen(path string) (*Index, error) {
	if err := inspect(path); err != nil {
		return nil, err
	}
	ix := &Index{path: path}
	err := guarded(func() (err error) {
		ix.bleve, err = bleve.OpenUsing(path, map[string]any{"bolt_timeout": lockWait.String()})
		return err
	})
	if err != nil {
		return nil, err
	}
	if err = ix.identify(); err == nil {
		ix.opened, err = os.Stat(ix.rootFile())
	}
	if err != nil {
		return nil, errors.Join(err, ix.bleve.Close())
	}
	return ix, nil
}

func (ix *Index) rootFile() string { return filepath.Join(ix.path, "store", "root.bolt") }

// identify reads which index this is, and its layout.
func (ix *Index) identify() error {
	id, err := ix.bleve.GetInternal([]byte("id"))
	if err != nil {
		return err
	}
	text, err := ix.bleve.GetInternal([]byte("layout"))
	if err != nil {
		return err
	}
	have, err := strconv.Atoi(string(text))
	switch {
	case len(id) == 0 || err != nil:
		return damage("it was not finished")
	case have < layout:
		return damage("it has the older layout %d, this program uses %d", have, layout)
	case have > layout:
		const format = "it has layout %d, this program knows up to %d: use a newer jobsieve, or delete the folder"
		return fmt.Errorf(format, have, layout)
	}
	ix.target = TargetPrefix + string(id)
	fields, err := ix.bleve.GetInternal([]byte("fields"))
	if err != nil {
		return err
	}
	return compareFields(strings.Fields(string(fields)), fieldNames(indexer.Fields))
}

// compareFields compares the fields that an index was made for with those that
// this program searches: it has to be rebuilt for new ones.
func compareFields(have, want []string) error {
	for _, name := range want {
		if !slices.Contains(have, name) {
			return damage("it was made before documents had the field %s", name)
		}
	}
	for _, name := range have {
		if !slices.Contains(want, name) {
			const format = "it has the field %s, which this program does not know: use a newer jobsieve, or delete " +
				"the folder"
			return fmt.Errorf(format, name)
		}
	}
	return nil
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

// use calls f, which uses the index. A panic there becomes an error.
func (ix *Index) use(what string, f func() error) error {
	if ix.takenAway() {
		return fmt.Errorf("%s: %w: %s", what, ErrTakenAway, ix.path)
	}
	err := guarded(f)
	var broken *damaged
	if errors.As(err, &broken) {
		return fmt.Errorf("%s: %w; \"jobsieve index rebuild\" rebuilds it", what, err)
	}
	if err != nil {
		return fmt.Errorf("%s: %w", what, err)
	}
	return nil
}

// takenAway reports an index whose files are no longer those that were opened.
func (ix *Index) takenAway() bool {
	if ix.path == "" { // it has none
		return false
	}
	now, err := os.Stat(ix.rootFile())
	return errors.Is(err, fs.ErrNotExist) || err == nil && !os.SameFile(now, ix.opened)
}

// Deliver puts documents into the index; when it returns they are on disk, unless the index
// is in memory.
func (ix *Index) Deliver(_ context.Context, docs []indexer.Document) ([]indexer.Ack, error) {
	acks := make([]indexer.Ack, len(docs))
	err := ix.use("write the embedded index", func() error { return ix.write(docs) })
	for i := range acks {
		acks[i].Delivered = err == nil
	}
	return acks, err
}

func (ix *Index) write(docs []indexer.Document) error {
	batch := ix.bleve.NewBatch()
	for i := range docs {
		if docs[i].Gone {
			batch.Delete(docs[i].Key)
			continue
		}
		fields, err := fieldsOf(indexer.Fields, &docs[i])
		if err == nil {
			err = batch.Index(docs[i].Key, fields)
		}
		if err != nil {
			return fmt.Errorf("document %s: %w", docs[i].Key, err)
		}
	}
	return ix.bleve.Batch(batch)
}

// Parallel is 1: the index takes one batch at a time.
func (ix *Index) Parallel() int { return 1 }

// eachPage is how many documents Each reads at once.
const eachPage = 500

// Each calls f for every document, by id and key, as the index is now.
func (ix *Index) Each(ctx context.Context, f func(*indexer.Document) error) error {
	req := bleve.NewSearchRequestOptions(bleve.NewMatchAllQuery(), eachPage, 0, false)
	req.Fields = []string{fieldSource}
	req.SortBy([]string{fieldID, "_id"})
	return ix.eachHit(ctx, req, func(hit *search.DocumentMatch) error {
		d, err := sourceOf(hit.Fields)
		if err != nil {
			return err
		}
		return f(d)
	})
}

// eachHit calls f for every hit of a request, whose size is that of a page.
func (ix *Index) eachHit(ctx context.Context, req *bleve.SearchRequest, f func(*search.DocumentMatch) error) error {
	// A reader of this moment would need Bleve's inner interface; the daemon
	// and commands write in batches, and a document that was passed stays passed.
	for {
		res, err := ix.ask(ctx, req)
		if err != nil {
			return err
		}
		for _, hit := range res.Hits {
			if err := f(hit); err != nil {
				return err
			}
		}
		if len(res.Hits) < req.Size {
			return nil
		}
		req.SearchAfter = res.Hits[len(res.Hits)-1].Sort
	}
}

// Refresh has nothing to do: a search sees what was delivered before it.
func (ix *Index) Refresh(context.Context) error { return nil }

// ask searches.
func (ix *Index) ask(ctx context.Context, req *bleve.SearchRequest) (res *bleve.SearchResult, err error) {
	return res, ix.use("search the embedded index", func() (err error) {
		res, err = ix.bleve.SearchInContext(ctx, req)
		return err
	})
}

// Count is how many documents the index holds.
func (ix *Index) Count(context.Context) (n int, err error) {
	return n, ix.use("count the embedded index", func() error {
		count, err := ix.bleve.DocCount()
		n = int(count)
		return err
	})
}

// EachVersion calls f for every document's key and version, as the index is now.
func (ix *Index) EachVersion(ctx context.Context, f func(key string, version int64) error) error {
	return ix.use("read the embedded index", func() error {
		return ix.read(func(r index.IndexReader) error { return eachVersion(ctx, r, f) })
	})
}

// read calls f with the index as it is now.
func (ix *Index) read(f func(index.IndexReader) error) (err error) {
	inner, err := ix.bleve.Advanced()
	if err != nil {
		return err
	}
	r, err := inner.Reader()
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, r.Close()) }()
	return f(r)
}

func eachVersion(ctx context.Context, r index.IndexReader, f func(key string, version int64) error) (err error) {
	docs, err := r.DocIDReaderAll()
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, docs.Close()) }()
	values, err := r.DocValueReader([]string{fieldRevision})
	if err != nil {
		return err
	}
	for {
		id, err := docs.Next()
		if err != nil || id == nil {
			return err
		}
		key, err := r.ExternalID(id)
		if err != nil {
			return err
		}
		var version int64
		err = values.VisitDocValues(id, func(_ string, term []byte) {
			version, _ = strconv.ParseInt(string(term), 10, 64) // it was written as a number
		})
		if err == nil {
			err = errors.Join(ctx.Err(), f(key, version))
		}
		if err != nil {
			return err
		}
	}
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
