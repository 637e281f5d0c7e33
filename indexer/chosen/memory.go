package chosen

import (
	"jobsieve/indexer"
	"jobsieve/indexer/embedded"
)

// InMemory makes an empty index that is gone once it is closed, whichever is configured. It is
// for postings that no index holds, such as those of a day before today.
func InMemory() (indexer.Index, error) {
	ix, err := embedded.InMemory()
	if err != nil {
		return nil, err
	}
	return ix, nil
}
