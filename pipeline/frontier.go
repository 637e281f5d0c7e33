package pipeline

import (
	"bytes"
	"encoding/gob"
	"errors"
	"fmt"
	"time"

	"jobsieve/config"
	"jobsieve/crawler"
	"jobsieve/job"
	"jobsieve/ledger"
)

// frontierForm is the first byte of a frontier that is kept. It rises with each change of
// what is in it.
const frontierForm = 2

// frontier is where a crawl stands, and what its slices have counted.
type frontier struct {
	// Way stands for how the source is read: where that has changed the crawl goes on by
	// the pages that are kept.
	Way string
	// Spent is how long the slices of the run took. Told says that a receipt has what was
	// counted.
	Spent time.Duration
	Told  bool

	Counts job.Counts
	Long   int
	Filled map[job.Field]int
	Unseen unseen
	Opened int
	Crawl  []byte // where the crawler stands
}

// bytes gives the frontier as it is kept; none for no frontier.
func (f *frontier) bytes() ([]byte, error) {
	if f == nil {
		return nil, nil
	}
	out := bytes.NewBuffer([]byte{frontierForm})
	if err := gob.NewEncoder(out).Encode(f); err != nil {
		return nil, fmt.Errorf("keep where a crawl stands: %w", err)
	}
	return out.Bytes(), nil
}

var errOtherWay = errors.New("it is of another version, or the source is read in another way now")

// frontierOf gives where a claimed crawl of a source goes on; nil, without an error, where it
// has kept none.
func frontierOf(crawl *ledger.Crawl, src *config.Source) (*frontier, *crawler.Frontier, error) {
	kept := crawl.Frontier
	if len(kept) == 0 {
		return nil, nil, nil
	}
	way, err := wayOf(src)
	if err != nil {
		return nil, nil, err
	}
	f := &frontier{}
	if kept[0] != frontierForm {
		return nil, nil, errOtherWay
	}
	if err := gob.NewDecoder(bytes.NewReader(kept[1:])).Decode(f); err != nil {
		return nil, nil, err
	}
	if f.Way != way {
		return nil, nil, errOtherWay
	}
	at, err := crawler.ReadFrontier(f.Crawl)
	if err != nil {
		return nil, nil, err
	}
	return f, at, nil
}

// goOn lets a store count on from where the frontier was kept. What a receipt has counted
// as new or changed is known now, as where the crawl reads its pages again.
func (s *store) goOn(f *frontier) {
	s.counts, s.long, s.unseen, s.crawl.Opened = f.Counts, f.Long, f.Unseen, f.Opened
	for field, n := range f.Filled {
		s.filled[field] = n
	}
	if f.Told {
		s.counts.Unchanged += s.counts.New + s.counts.Changed
		s.counts.New, s.counts.Changed = 0, 0
	}
}

// frontier gives where the crawl stands, once all that the store has taken is stored.
func (s *store) frontier(way string, spent time.Duration, at []byte) *frontier {
	return &frontier{
		Way: way, Spent: spent, Counts: s.counts, Long: s.long, Filled: s.filled, Unseen: s.unseen,
		Opened: s.crawl.Opened, Crawl: at,
	}
}
