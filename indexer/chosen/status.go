package chosen

import (
	"context"
	"errors"
	"fmt"

	"jobsieve/indexer"
	"jobsieve/indexer/elastic"
	"jobsieve/indexer/embedded"
	"jobsieve/job"
	"jobsieve/ledger"
)

// Status is what is known about the index.
type Status struct {
	Index string `json:"index"`
	ledger.Deliveries
	// Reached says that the index answered; Error why it did not.
	Reached bool   `json:"reached"`
	Error   string `json:"error,omitempty"`
	Server  string `json:"server,omitempty"`
	Name    string `json:"name,omitempty"`
	// Held is how many documents the index holds; null where that can't be found
	// out.
	Held  *int `json:"held"`
	Older int  `json:"older"`
	Newer int  `json:"newer"`
	// Differs says by how much the index differs; Mend which command fixes it.
	Differs string `json:"differs,omitempty"`
	Mend    string `json:"mend,omitempty"`
	// Health says which copies of the index its server has; null for the embedded one.
	Health *elastic.Health `json:"health,omitempty"`
	// Drift says where the mapping differs from this program's.
	Drift []string `json:"drift"`
}

// Status asks the index, and compares what it holds with the ledger.
func (x *Index) Status(ctx context.Context, l *ledger.Ledger) (*Status, error) {
	s := &Status{Index: x.Config.Index, Drift: []string{}}
	last, err := x.Target(ctx, l)
	if err != nil {
		return nil, err
	}
	took, err := l.Deliveries(ctx, last)
	if err != nil {
		return nil, err
	}
	found, err := x.compared(ctx, l, s)
	var lost *embedded.LostError
	switch {
	case err == nil:
		s.Reached, s.Deliveries = true, found.Deliveries
		s.differ(x, &found.Difference)
		if s.Delivered+s.Refused == 0 && s.Differs == "" {
			s.lack(x, took.Delivered-found.Difference.Held)
		}
		return s, nil
	case errors.As(err, &lost), errors.Is(err, elastic.ErrNoIndex):
		s.Error, s.Held = err.Error(), new(int)
		s.Deliveries, err = l.Deliveries(ctx, "")
		s.lack(x, took.Delivered)
		if s.Waiting > 0 && s.Mend == "" && lost == nil {
			s.Mend = x.Command("index", "sync") // which makes it, too
		}
		return s, err
	}
	if s.Error = err.Error(); errors.Is(err, elastic.ErrNotOwn) {
		s.Mend = x.Command("index", "rebuild")
	}
	s.Deliveries, err = l.Deliveries(ctx, last)
	return s, err
}

// lack notes that the index has taken nothing yet, and holds fewer documents
// than the one that was in its place before had taken.
func (s *Status) lack(x *Index, missing int) {
	if missing > 0 {
		s.Missing, s.Mend = missing, x.Command("index", "sync")
		s.Differs = fmt.Sprintf("the %s that it took %s missing", job.Count(missing, "document"),
			job.Plural(missing, "is", "are"))
	}
}

// differ notes by how much the index differs.
func (s *Status) differ(x *Index, d *indexer.Difference) {
	s.Held, s.Missing, s.Older, s.Newer, s.Foreign = &d.Held, d.Missing, d.Older, d.Newer, d.Foreign
	if s.Differs = d.String(); s.Differs != "" {
		s.Mend = x.Command("index", "rebuild")
	}
}

// compared compares the index with the ledger: through the daemon that holds it,
// or itself. For a server it notes what that is, and where the mapping differs.
func (x *Index) compared(ctx context.Context, l *ledger.Ledger, s *Status) (found *Comparison, err error) {
	if client, ok := x.Daemon(); ok {
		return client.Compare(ctx)
	}
	ix, done, err := x.look(ctx)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, done()) }()
	if e, ok := ix.(*elastic.Index); ok {
		s.Name, s.Server = e.Name, fmt.Sprintf("%s, Elasticsearch %s", e.Server.Name, e.Server.Version)
		if s.Health, err = e.Health(ctx); err != nil {
			return nil, err
		}
		if s.Drift, err = e.Drift(ctx); err != nil {
			return nil, err
		}
	}
	return compareOpen(ctx, l, ix)
}

// compareOpen compares an open index with the ledger.
func compareOpen(ctx context.Context, l *ledger.Ledger, ix indexer.Index) (*Comparison, error) {
	differs, err := Compare(ctx, l, ix)
	if err != nil {
		return nil, err
	}
	counts, err := l.Deliveries(ctx, ledger.Target(ix.Target()))
	return &Comparison{Deliveries: counts, Difference: differs}, err
}
