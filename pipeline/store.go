package pipeline

import (
	"context"
	"log/slog"
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
	log    *slog.Logger
	source string
	keep   *config.Keep // nil keeps all
	// keepContacts leaves e-mail addresses and telephone numbers as they are.
	keepContacts bool

	counts job.Counts
	// filled counts the postings to store that have a field.
	filled  map[job.Field]int
	batch   []ledger.Entry
	touched []string
	since   time.Time
	// progress is told how many postings were seen; nil tells nobody.
	progress func(seen int)
}

var _ crawler.Sink = (*store)(nil)

// Posting stores a posting, unless the source does not keep it.
func (s *store) Posting(ctx context.Context, p *job.Posting, from crawler.Source) error {
	if !s.keepContacts {
		maskContacts(p)
	}
	entry := s.entry(p, from)
	if s.keep != nil {
		reading := s.read(&entry.Posting)
		if why, ok := s.keep.Wants(p.Title, reading.Facts.Places); !ok {
			s.Reject(why, p.ID)
			return nil
		}
		entry.Read = func() ledger.Reading { return reading }
	}
	for _, f := range job.Fields {
		if p.Text(f) != "" {
			s.filled[f]++
		}
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
func (s *store) entry(p *job.Posting, from crawler.Source) ledger.Entry {
	e := ledger.Entry{Posting: *p, Seen: from.At, Page: ledger.Page{URL: from.URL, ETag: from.ETag, Modified: from.Modified}}
	if e.Seen.IsZero() {
		e.Seen = s.now()
	}
	ref := p.CrawledAt
	if ref.IsZero() {
		ref = e.Seen
	}
	at, relative, ok := facts.ParseDate(p.Posted, ref)
	if ok {
		e.Posted = at.Format(time.DateOnly)
	}
	e.Relative = relative
	e.Read = func() ledger.Reading { return s.read(&e.Posting) }
	return e
}

func (s *store) read(p *job.Posting) ledger.Reading {
	r := s.reader.Read(p)
	s.log.Debug("posting read", "source", p.Source, "id", p.ID, "label", r.Verdict.Label, "function", r.Verdict.Function)
	return r
}

// flush stores what was gathered. It goes on when the context has ended: what
// was fetched is not lost.
func (s *store) flush(ctx context.Context) error {
	ctx = context.WithoutCancel(ctx)
	if len(s.touched) > 0 {
		if err := s.ledger.Touch(ctx, s.source, s.touched, s.now()); err != nil {
			return err
		}
		s.touched = s.touched[:0]
	}
	if len(s.batch) == 0 {
		return nil
	}
	changes, err := s.ledger.Store(ctx, s.batch)
	if err != nil {
		return err
	}
	for i, c := range changes {
		s.counts.Store(c)
		p := &s.batch[i].Posting
		s.log.Debug("posting", "source", p.Source, "id", p.ID, "title", p.Title, "change", c)
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

// Unchanged counts a posting whose page has not changed.
func (s *store) Unchanged(ctx context.Context, url string) error {
	s.touched = append(s.touched, url)
	s.counts.Store(job.Unchanged)
	if len(s.touched) >= batchSize {
		return s.flush(ctx)
	}
	return nil
}

// Reject counts a posting that is not stored.
func (s *store) Reject(why job.Rejection, what string) {
	s.counts.Reject(why)
	s.log.Debug("posting rejected", "source", s.source, "what", what, "reason", why)
}

// Repeated counts a posting that its crawl has met before.
func (s *store) Repeated() { s.counts.Repeat() }

// Validator gives what the page of a known posting was last served with.
func (s *store) Validator(ctx context.Context, url string) (crawler.Validator, bool, error) {
	p, ok, err := s.ledger.Page(ctx, s.source, url)
	return crawler.Validator{ETag: p.ETag, Modified: p.Modified}, ok, err
}
