package embedded

import (
	"encoding/json"
	"sync/atomic"

	"jobsieve/indexer"
)

// facetsKey is where the index keeps the facets of all its documents, which take long to
// count and are what every search without a word shows. A write takes them away.
var facetsKey = []byte("facets")

// facets are those of all documents, by field.
type facets = map[string][]indexer.Count

// keptFacets gives the facets that are kept; nil where none are.
func (ix *Index) keptFacets() (kept facets) {
	err := ix.use("read the facets of the embedded index", func() error {
		data, err := ix.bleve.GetInternal(facetsKey)
		if err != nil || len(data) == 0 {
			return err
		}
		return json.Unmarshal(data, &kept)
	})
	if err != nil { // they are counted anew, which says what is wrong
		return nil
	}
	return kept
}

// keepFacets keeps facets that were counted after so many writes, unless there were
// others since. That they can't be kept costs the next search time and nothing else.
func (ix *Index) keepFacets(counted facets, writes int64) {
	_ = ix.use("keep the facets of the embedded index", func() error {
		data, err := json.Marshal(counted)
		if err == nil {
			err = ix.bleve.SetInternal(facetsKey, data)
		}
		if err == nil && atomic.LoadInt64(&ix.writes) != writes { // they may be those of before
			err = ix.bleve.DeleteInternal(facetsKey)
		}
		return err
	})
}
