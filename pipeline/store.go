package pipeline

import (
	"context"
	"time"

	"jobsieve/config"
	"jobsieve/crawler"
	"jobsieve/facts"
	"jobsieve/job"
	"jobsieve/ledger"
)

// batchSize is how many postings are stored at once.
const batchSize = 200

// batchAge is the longest that a posting waits for its batch.
const batchAge = 2 * time.Second

// store takes the postings of one source, reads them, and stores them in
// batches. It counts what became of each.
type store struct {
	ledger *ledger.Ledger
	reader *Reader
	now    func() time.Time
	keep   *config.Keep // nil keeps all
	// keepContacts leaves e-mail addresses and telephone numbers as they are.
	keepContacts bool

	counts job.Counts
	// filled counts the postings that have a field.
	filled map[job.Field]int
	batch  []ledger.Entry
	since  time.Time
	// progress is told how many postings were seen; nil tells nobody.
	progress func(seen int)
}

var _ crawler.Sink = (*store)(nil)

// Posting stores a posting, unless the source does not keep it.
func (s *store) Posting(ctx context.Context, p *job.Posting, at crawler.Sight) error {
	if expired(p, at.Seen) {
		s.Reject(job.RejectExpired, p.ID)
		return nil
	}
	if !s.keepContacts {
		maskContacts(p)
	}
	for _, f := range job.Fields {
		if p.Text(f) != "" {
			s.filled[f]++
		}
	}
	entry := s.entry(p, at)
	if s.keep != nil {
		reading := s.reader.Read(&entry.Posting)
		if why, ok := s.keep.Wants(p.Title, reading.Facts.Places); !ok {
			s.Reject(why, p.ID)
			return nil
		}
		entry.Read = func() ledger.Reading { return reading }
	}
	if len(s.batch) == 0 {
		s.since = s.now()
	}
	s.batch = append(s.batch, entry)
	if len(s.batch) >= batchSize || s.now().Sub(s.since) >= batchAge {
		return s.flush(ctx)
	}
	return nil
}

// entry resolves the posting's date: a relative one counts from when the
// posting was crawled, else from when its page came, else from now.
func (s *store) entry(p *job.Posting, at crawler.Sight) ledger.Entry {
	e := ledger.Entry{Posting: *p, Seen: at.Seen}
	if e.Seen.IsZero() {
		e.Seen = s.now()
	}
	ref := p.CrawledAt
	if ref.IsZero() {
		ref = at.Written
	}
	if ref.IsZero() {
		ref = e.Seen
	}
	posted, relative, ok := facts.ParseDate(p.Posted, ref)
	if ok {
		e.Posted = posted.Format(time.DateOnly)
	}
	e.Relative = relative
	e.Read = func() ledger.Reading { return s.reader.Read(&e.Posting) }
	return e
}

// flush stores what was gathered. It goes on when the context has ended: what
// was fetched is not lost.
func (s *store) flush(ctx context.Context) error {
	ctx = context.WithoutCancel(ctx)
	if len(s.batch) == 0 {
		return nil
	}
	changes, err := s.ledger.Store(ctx, s.batch)
	if err != nil {
		return err
	}
	for _, c := range changes {
		s.counts.Store(c)
	}
	clear(s.batch)
	s.batch = s.batch[:0]
	s.tell()
	return nil
}

func (s *store) tell() {
	if s.progress != nil {
		s.progress(s.counts.Seen)
	}
}

// Reject counts a posting that is not stored.
func (s *store) Reject(why job.Rejection, _ string) { s.counts.Reject(why) }

// Known reports whether the ledger has a posting of the id.
func (s *store) Known(ctx context.Context, source, id string) (bool, error) {
	return s.ledger.Known(ctx, source, id)
}

// Repeated counts a posting that its crawl has met before.
func (s *store) Repeated() { s.counts.Repeat() }
