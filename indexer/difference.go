package indexer

import (
	"fmt"
	"strings"

	"jobsieve/job"
)

// Difference is what an index holds, compared with what a ledger says of it.
type Difference struct {
	// Held is how many documents the index holds.
	Held int `json:"held"`
	// Missing counts documents that the index took and does not hold, Older
	// those that it holds in an older version than it took.
	Missing int `json:"missing"`
	Older   int `json:"older"`
	// Newer counts documents that the index holds in a newer version than the
	// ledger has, as after an older copy of the ledger was restored; Foreign,
	// those that the ledger does not have, or that should be gone.
	Newer   int `json:"newer"`
	Foreign int `json:"foreign"`
	// Example is the key of a document that differs.
	Example string `json:"example,omitempty"`
}

// None reports an index that holds what it should.
func (d *Difference) None() bool { return d.Missing+d.Older+d.Newer+d.Foreign == 0 }

// String says by how much an index differs; empty where it does not.
func (d *Difference) String() string {
	var parts []string
	for _, p := range []struct {
		n         int
		one, many string
	}{
		{d.Missing, "document that it took is missing", "documents that it took are missing"},
		{d.Older, "document is older than what it took", "documents are older than what it took"},
		{d.Newer, "document is newer than the ledger's", "documents are newer than the ledger's"},
		{d.Foreign, "document is not the ledger's", "documents are not the ledger's"},
	} {
		if p.n > 0 {
			parts = append(parts, fmt.Sprintf("%d %s", p.n, job.Plural(p.n, p.one, p.many)))
		}
	}
	if len(parts) == 0 {
		return ""
	}
	return strings.Join(parts, ", ") + "; one of them is " + d.Example
}
