package embedded

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"github.com/blevesearch/bleve/v2"

	"jobsieve/indexer"
	"jobsieve/internal/private"
)

// What is beside an index while another takes its place: the new one, until
// it is complete, and the old one, until the new one has its name.
const (
	suffixNew = ".jobsieve-new"
	suffixOld = ".jobsieve-old"
)

// tidy removes what a kill has left beside the index at path. Where it struck
// between the two renames, the old one gets its name back.
func tidy(path string) error {
	_, err := os.Lstat(path)
	if errors.Is(err, fs.ErrNotExist) {
		if err := os.Rename(path+suffixOld, path); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return err
		}
	}
	return errors.Join(os.RemoveAll(path+suffixNew), os.RemoveAll(path+suffixOld))
}

// Begin makes an empty index beside the one in the data folder dir, which stays
// as it is until TakePlace.
func Begin(dir string) (*Index, error) {
	path := filepath.Join(dir, FolderName) + suffixNew
	err := os.RemoveAll(path)
	if err == nil {
		err = create(path)
	}
	var ix *Index
	if err == nil {
		ix, err = reopen(path)
	}
	if err != nil {
		return nil, fmt.Errorf("make an embedded index: %w", err)
	}
	return ix, nil
}

func create(path string) error {
	m, err := newMapping(indexer.Fields)
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
	_, _ = rand.Read(id[:]) // it never fails
	batch := b.NewBatch()
	batch.SetInternal([]byte("id"), []byte(hex.EncodeToString(id[:])))
	batch.SetInternal([]byte("layout"), []byte(strconv.Itoa(layout)))
	batch.SetInternal([]byte("fields"), []byte(strings.Join(fieldNames(indexer.Fields), " ")))
	return errors.Join(b.Batch(batch), b.Close(), private.Tree(path))
}

// TakePlace puts an index that was begun in the place of the other, which is
// deleted. If what is in that place isn't a folder, it is not an index, and is
// kept under another name.
func (ix *Index) TakePlace(context.Context) error {
	path := ix.path[:len(ix.path)-len(suffixNew)]
	if err := ix.replace(path); err != nil {
		return fmt.Errorf("replace the embedded index: %w", err)
	}
	next, err := reopen(path)
	if err != nil {
		return fmt.Errorf("open the embedded index just made: %w", err)
	}
	*ix = *next
	return nil
}

func (ix *Index) replace(path string) error {
	if err := ix.bleve.Close(); err != nil {
		return err
	}
	old := path + suffixOld
	if info, err := os.Lstat(path); err == nil && !info.IsDir() {
		old = path + ".no-index"
	}
	if err := os.Rename(path, old); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	if err := os.Rename(ix.path, path); err != nil {
		return err
	}
	return os.RemoveAll(path + suffixOld)
}

// Discard deletes an index that was begun and has not taken its place.
func (ix *Index) Discard(context.Context) error {
	if err := errors.Join(ix.bleve.Close(), os.RemoveAll(ix.path)); err != nil {
		return fmt.Errorf("delete an embedded index that was not finished: %w", err)
	}
	return nil
}
