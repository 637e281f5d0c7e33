package chosen

import (
	"context"

	"jobsieve/indexer"
	"jobsieve/ledger"
)

// Compare compares what an index holds with the ledger, document by document.
// Others may store and deliver meanwhile: what differs at first is looked up in
// the ledger once more. A document that waits, or was refused, may be held in
// an older version, or not at all.
func Compare(ctx context.Context, l *ledger.Ledger, ix indexer.Index) (indexer.Difference, error) {
	c := comparison{known: map[string]ledger.Document{}, differs: map[string]int64{}}
	target := ledger.Target(ix.Target())
	err := l.Documents(ctx, target, func(d *ledger.Document) error {
		c.known[d.Key] = *d
		return nil
	})
	if err == nil {
		err = ix.EachVersion(ctx, c.held)
	}
	if err != nil {
		return c.Difference, err
	}
	for key, d := range c.known { // what was not held
		if d.Delivered && !d.Forgotten {
			c.differs[key] = 0
		}
	}
	c.known = map[string]ledger.Document{}
	if len(c.differs) > 0 {
		err = l.Documents(ctx, target, func(d *ledger.Document) error {
			if _, ok := c.differs[d.Key]; ok {
				c.known[d.Key] = *d
			}
			return nil
		})
	}
	for key, version := range c.differs {
		c.judge(key, version)
	}
	return c.Difference, err
}

// comparison is what is known while an index is compared.
type comparison struct {
	indexer.Difference
	known map[string]ledger.Document // and not met in the index
	// differs gives the versions of documents that differ, 0 for one that is
	// missing.
	differs map[string]int64
}

// held notes a document of the index.
func (c *comparison) held(key string, version int64) error {
	c.Held++
	d, ok := c.known[key]
	delete(c.known, key)
	if c.kind(&d, ok, version) != nil {
		c.differs[key] = version
	}
	return nil
}

// judge counts a document that differed at first.
func (c *comparison) judge(key string, version int64) {
	d, ok := c.known[key]
	n := c.kind(&d, ok, version)
	if n == nil {
		return
	}
	*n++
	if c.Example == "" || key < c.Example {
		c.Example = key
	}
}

// kind gives the count of a document that is held in a version, or not at all,
// compared with what the ledger has of it; nil where that is as it should be.
func (c *comparison) kind(d *ledger.Document, known bool, version int64) *int {
	switch {
	case version == 0 && known && d.Delivered && !d.Forgotten:
		return &c.Missing
	case version == 0:
		return nil
	case !known, d.Delivered && d.Forgotten && version <= d.Revision:
		return &c.Foreign
	case version > d.Revision:
		return &c.Newer
	case d.Delivered && version < d.Revision:
		return &c.Older
	}
	return nil
}
