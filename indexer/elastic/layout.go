package elastic

import (
	"context"
	"errors"

	"jobsieve/indexer"
)

// keysOfSource is the first version of documents whose ids are made from the
// posting's source and id.
const keysOfSource = 2

// keys gives the ids that the index may hold documents under.
func (o *Own) keys(docs []*indexer.Document) []string {
	var keys []string
	for _, d := range docs {
		if o.schema >= keysOfSource {
			keys = append(keys, d.Key)
			continue
		}
		// It was the posting's id, or, where another source already had that, the id
		// and the source.
		keys = append(keys, d.ID, d.ID+"@"+d.Source)
	}
	return keys
}

// Renew begins an index that is to take the place of this one, if this program
// made it when documents had an older version, or if its mapping can't take
// today's; else it gives nil. The new one is empty, and the alias leads to the
// old one still.
func (ix *Index) Renew(ctx context.Context) (indexer.Index, error) {
	if ix.Conflict != nil {
		next, err := ix.Create(ctx)
		if err != nil {
			return nil, errors.Join(ix.Conflict, err)
		}
		return next, nil
	}
	own, err := ix.Own(ctx)
	if err != nil {
		return nil, err
	}
	for _, o := range own {
		if o.Name == ix.Name && o.schema < indexer.SchemaVersion {
			return ix.Create(ctx)
		}
	}
	return nil, nil //nolint:nilnil // there is nothing to renew
}
