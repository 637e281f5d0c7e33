package embedded

import (
	"fmt"

	"github.com/blevesearch/bleve/v2"
	"github.com/blevesearch/bleve/v2/index/scorch"

	"jobsieve/indexer"
)

// InMemory makes an empty index that has no files: what is delivered to it is gone once it is
// closed. Nothing else can reach it, so that its target is of no ledger.
func InMemory() (*Index, error) {
	m, err := newMapping(indexer.Fields)
	if err != nil {
		return nil, fmt.Errorf("make an index in memory: %w", err)
	}
	b, err := bleve.NewUsing("", m, scorch.Name, scorch.Name, nil)
	if err != nil {
		return nil, fmt.Errorf("make an index in memory: %w", err)
	}
	return &Index{bleve: b}, nil
}
