package pipeline

import (
	"context"
	"log/slog"
	"slices"
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

// batchBytes is how much text a batch holds at most, not counting its last
// posting.
const batchBytes = 8 << 20

// store takes the postings of one source, in batches, through the line:
//
//	mask → read → keep? → store
//
// and counts what became of each. See flush and pass.
type store struct {
	ledger *ledger.Ledger
	crawl  *ledger.Crawl // nil for an import
	claims *claims       // of an import that is complete; else nil
	read   func(p *job.Posting, posted job.Opt) ledger.Reading
	now    func() time.Time
	log    *slog.Logger
	keep   *config.Keep // nil keeps all
	// keepContacts leaves e-mail addresses and telephone numbers as they are.
	keepContacts bool

	counts job.Counts
	// long counts the postings with a field that is longer than readers see.
	long int
	// fromToday counts the new postings whose date is relative, and counted from when
	// they came, since they do not say when they were crawled.
	fromToday int
	// filled counts the postings that were kept and have a field.
	filled map[job.Field]int
	// unseen is what the crawl shows of postings that it stores nothing of.
	unseen unseen
	// visits are what came of asking for the addresses of a sitemap; nil for other sources.
	visits *addresses
	batch  []ledger.Entry
	sights []crawler.Sight // of the batch
	bytes  int
	since  time.Time
	// progress is told how many postings were seen; nil tells nobody.
	progress func(seen int)
}

var _ crawler.Sink = (*store)(nil)

// Posting takes a posting, and stores what was gathered once that is enough.
func (s *store) Posting(ctx context.Context, p *job.Posting, at crawler.Sight) error {
	until := expiry(p, at.Seen)
	if !until.IsZero() && until.Before(at.Seen) {
		s.unseen.over(p.ID, until)
		s.Reject(job.RejectExpired, p.ID)
		return nil
	}
	if len(s.batch) == 0 {
		s.since = s.now()
	}
	if at.Seen.IsZero() {
		at.Seen = s.now()
	}
	s.batch, s.sights = append(s.batch, ledger.Entry{Posting: *p, Link: at.Link, Until: until}), append(s.sights, at)
	for _, f := range job.Fields {
		s.bytes += len(p.Text(f))
	}
	if len(s.batch) >= batchSize || s.bytes >= batchBytes || s.now().Sub(s.since) >= batchAge {
		return s.flush(ctx)
	}
	return nil
}

// flush takes what was gathered through the line. Where the context has ended it
// goes on for grace; what is not read by then is dropped uncounted, since the
// kept pages or the file still have it.
func (s *store) flush(ctx context.Context) error {
	ctx, stop := gracefully(ctx)
	defer stop()
	batch, sights := s.batch, s.sights
	s.batch, s.sights, s.bytes = nil, nil, 0
	err := onAllCores(ctx, len(batch), func(i int) { s.prepare(&batch[i], sights[i]) })
	for err == nil && len(batch) > 0 {
		batch, err = s.pass(ctx, batch)
	}
	if err == nil && s.visits != nil {
		err = s.visits.flush(ctx)
	}
	s.tell()
	return err
}

// pass takes prepared entries through the line: what the ledger does not know is
// read, what the source does not keep is dropped, the rest is stored, and what
// became of each is counted. Deliver follows when the run ends. It gives back
// those that must be read after all, since another process has changed what was
// known about them.
func (s *store) pass(ctx context.Context, batch []ledger.Entry) (again []ledger.Entry, err error) {
	if err := s.readAll(ctx, batch); err != nil {
		return nil, err
	}
	batch = s.kept(batch)
	changes, err := s.put(ctx, batch)
	if err != nil {
		return nil, err
	}
	for i, c := range changes {
		if c == ledger.Unread {
			again = append(again, batch[i])
			continue
		}
		s.count(&batch[i].Posting, c)
		if s.visits != nil && c == job.Changed {
			s.visits.changed[batch[i].Posting.ID] = true
		}
		if e := &batch[i]; c == job.New && e.PostedHow.Relative() && e.Posting.CrawledAt.IsZero() {
			s.fromToday++
		}
	}
	return again, nil
}

// put stores entries, and says what each of them changed.
func (s *store) put(ctx context.Context, batch []ledger.Entry) ([]job.Change, error) {
	if s.claims == nil {
		return s.ledger.Store(ctx, s.crawl, batch)
	}
	changes := make([]job.Change, len(batch))
	places := map[string][]int{}
	for i := range batch {
		places[batch[i].Posting.Source] = append(places[batch[i].Posting.Source], i)
	}
	for source, places := range places {
		crawl, err := s.claims.of(ctx, source)
		if err != nil {
			return nil, err
		}
		these := make([]ledger.Entry, len(places))
		for i, at := range places {
			these[i] = batch[at]
		}
		done, err := s.ledger.Store(ctx, crawl, these)
		if err != nil {
			return nil, err
		}
		for i, at := range places {
			changes[at] = done[i]
		}
	}
	return changes, nil
}

// prepare decodes the posting, masks people's contacts and resolves the posting's date: a relative one
// counts from when the posting was crawled, else from when its page came, else
// from now.
func (s *store) prepare(e *ledger.Entry, at crawler.Sight) {
	p := &e.Posting
	Decode(p)
	if !s.keepContacts {
		maskContacts(p)
	}
	e.Seen = at.Seen
	seen := at.Written
	if seen.IsZero() {
		seen = e.Seen
	}
	e.Posted, e.PostedHow = PostedOf(p, seen)
}

// PostedOf gives the date on which a posting was posted, YYYY-MM-DD, and how it is known;
// both are empty for none. A relative one counts from when the posting was crawled, as it
// says itself, else from when it was seen.
func PostedOf(p *job.Posting, seen time.Time) (date string, how job.DateKnown) {
	if !p.CrawledAt.IsZero() {
		seen = p.CrawledAt
	}
	posted, how := facts.ParsePosted(p.Posted, seen)
	if how == "" {
		return "", ""
	}
	return posted.Format(time.DateOnly), how
}

// count counts a posting that was stored.
func (s *store) count(p *job.Posting, c job.Change) {
	s.counts.Store(c)
	if cut(p) {
		s.long++
	}
	s.log.Debug("posting", "source", p.Source, "id", p.ID, "change", c)
	for _, f := range job.Fields {
		if p.Text(f) != "" {
			s.filled[f]++
		}
	}
}

// readAll reads the entries that the ledger does not know, or all of them where
// the source keeps some only.
func (s *store) readAll(ctx context.Context, batch []ledger.Entry) error {
	known := make([]bool, len(batch))
	if s.keep == nil {
		var err error
		if known, err = s.ledger.Known(ctx, batch); err != nil {
			return err
		}
	}
	return onAllCores(ctx, len(batch), func(i int) {
		if !known[i] {
			p := &batch[i].Posting
			reading := s.read(p, statedDate(&batch[i]))
			s.log.Debug("posting read", "source", p.Source, "id", p.ID,
				"label", reading.Verdict.Label, "function", reading.Verdict.Function)
			batch[i].Reading = &reading
		}
	})
}

// statedDate is what facts.Posted says of an entry; where that counts from the
// posting's own crawl time it was read when the entry was prepared.
func statedDate(e *ledger.Entry) job.Opt {
	if e.Posting.CrawledAt.IsZero() {
		return facts.Posted(&e.Posting)
	}
	if !e.PostedHow.IsDay() {
		return ""
	}
	return job.Opt(e.Posted)
}

// kept gives the entries that the source keeps, and counts the others.
func (s *store) kept(batch []ledger.Entry) []ledger.Entry {
	if s.keep == nil {
		return batch
	}
	return slices.DeleteFunc(batch, func(e ledger.Entry) bool {
		why, ok := s.keep.Wants(e.Posting.Title, e.Reading.Facts.Places)
		if !ok {
			s.unseen.Listed = append(s.unseen.Listed, e.Posting.ID)
			s.Reject(why, e.Posting.ID)
		}
		return !ok
	})
}

func (s *store) tell() {
	if s.progress != nil {
		s.progress(s.counts.Seen)
	}
}

// Reject counts a posting that is not stored.
func (s *store) Reject(why job.Rejection, what string) {
	s.counts.Reject(why)
	s.unseen.reject(why, what)
	s.log.Debug("posting rejected", "what", what, "reason", why)
}

// Known reports whether the ledger has a posting of the id.
func (s *store) Known(ctx context.Context, source, id string) (bool, error) {
	return s.ledger.Has(ctx, source, id)
}

// Repeated counts a posting that its crawl has met before.
func (s *store) Repeated() { s.counts.Repeat() }
