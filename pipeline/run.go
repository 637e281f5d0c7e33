package pipeline

import (
	"context"
	"errors"
	"log/slog"
	"sync"
	"time"

	"jobsieve/config"
	"jobsieve/contacts"
	"jobsieve/crawler"
	"jobsieve/crawler/rows"
	"jobsieve/job"
	"jobsieve/ledger"
)

// Line is the whole line from source to index.
type Line struct {
	Ledger *ledger.Ledger
	Reader *Reader
	// Deliver brings the index up to date with the ledger and counts its
	// documents, with an error where some wait because it can't be reached.
	Deliver func(ctx context.Context, progress func(done int)) (ledger.Deliveries, error)
	Config  *config.Config
	// Wait is how long a crawl waits for one of the same source by another
	// process.
	Wait time.Duration
	// Begin begins the crawl of a source that is due, waiting up to wait; a source
	// for which its error is ledger.ErrNotDue is left out. Nil crawls each at once.
	Begin func(ctx context.Context, src *config.Source, wait time.Duration) (*ledger.Crawl, error)
	// KeepContacts leaves people's contacts in the texts of imported rows.
	KeepContacts bool
	// Crawled is when the rows of an import were crawled that do not say it
	// themselves; the zero time where nobody knows.
	Crawled time.Time
	// Complete says that an import has every open posting of the sources that it names.
	Complete bool
	// Rows says how the rows of an import are read.
	Rows    rows.Options
	Version string
	Now     func() time.Time
	Log     *slog.Logger
	// Sleep replaces the waits of crawls in tests; nil waits.
	Sleep func(context.Context, time.Duration) error
	// Hosts is what crawls know of hosts; nil lets each know for itself.
	Hosts *crawler.Hosts
	// Progress tells people how far the work has got; nil tells nobody.
	Progress func(what string, done int)
}

// Summary is what a run did. Its counts add up.
type Summary struct {
	job.Counts
	// Waiting and Refused count the documents that the index has not taken.
	Waiting int `json:"waiting"`
	Refused int `json:"refused"`
	// IndexError is why documents wait, empty where none do.
	IndexError string        `json:"index_error,omitempty"`
	Sources    []job.Receipt `json:"sources"`
	// FromToday counts the new rows of an import whose date is relative and was
	// counted from today, since nothing says when they were crawled.
	FromToday int `json:"counted_from_today,omitempty"`
	// Held says which sources were left out, since other processes were crawling
	// them.
	Held []string `json:"held,omitempty"`
	// Indexing is how long the index took, Took how long the whole run.
	Indexing time.Duration `json:"indexing_ns"`
	Took     time.Duration `json:"took_ns"`

	began time.Time
}

// Partly reports a run that did less than it was asked: a source failed, a
// line could not be read, documents wait or were refused.
func (s *Summary) Partly() bool {
	if s.Waiting > 0 || s.Refused > 0 || s.IndexError != "" || len(s.Held) > 0 {
		return true
	}
	for i := range s.Sources {
		if s.Sources[i].Failed || s.Sources[i].Why != "" {
			return true
		}
	}
	return s.Reasons[job.RejectUnreadable] > 0
}

// ParallelSources is how many sources are crawled at once; each keeps its own
// pace with its hosts.
const ParallelSources = 4

// Run crawls the sources, stores what they yield, and delivers it to the
// index. A source that fails does not stop the others: its receipt says so.
func (l *Line) Run(ctx context.Context, command string, sources []*config.Source) (*Summary, error) {
	id, err := l.Ledger.BeginRun(ctx, command, l.Now())
	if err != nil {
		return nil, err
	}
	began := l.Now()
	receipts := make([]job.Receipt, len(sources))
	errs := make([]error, len(sources))
	slots := make(chan struct{}, ParallelSources)
	var group sync.WaitGroup
	for i, src := range sources {
		group.Go(func() {
			slots <- struct{}{}
			defer func() { <-slots }()
			receipts[i], errs[i] = l.crawl(ctx, src)
		})
	}
	group.Wait()
	sum, err := summarise(began, receipts, errs)
	return l.end(ctx, id, sum, errors.Join(err, l.Tidy(ctx)))
}

// Tidy drops pages and hosts that were kept long enough, and lets go of what is known of
// postings whose sources were not read for long. Run ends with it.
func (l *Line) Tidy(ctx context.Context) error {
	return errors.Join(l.dropPages(context.WithoutCancel(ctx)), l.dropHosts(ctx), l.ageUnread(ctx),
		l.dropRereadings(ctx))
}

// keepRereadings is how long it is known how far a reading anew is that machines share.
const keepRereadings = 7 * 24 * time.Hour

func (l *Line) dropRereadings(ctx context.Context) error {
	ctx, stop := gracefully(ctx)
	defer stop()
	return l.Ledger.DropRereadings(ctx, l.Now().Add(-keepRereadings))
}

// unreadAfter is how long a source may not be read well until nothing is known any more
// of postings that were not seen since either.
const unreadAfter = 45 * 24 * time.Hour

// ageUnread lets it be unknown whether postings are open whose sources were not read for
// long: they are disabled, fail, or were taken out of the configuration.
func (l *Line) ageUnread(ctx context.Context) error {
	ctx, stop := gracefully(ctx)
	defer stop()
	now := l.Now()
	n, err := l.Ledger.Unread(ctx, now.Add(-unreadAfter), now)
	if n > 0 {
		l.Log.Warn("postings whose sources were not read well for 45 days count as unknown", "postings", n)
	}
	return err
}

// Reextract reads the pages again that the last crawl of each source received,
// as the sources now say, and delivers what that changes. It asks no site for
// anything.
func (l *Line) Reextract(ctx context.Context, sources []*config.Source) (*Summary, error) {
	id, err := l.Ledger.BeginRun(ctx, "reextract", l.Now())
	if err != nil {
		return nil, err
	}
	began := l.Now()
	receipts := make([]job.Receipt, len(sources))
	errs := make([]error, len(sources))
	for i, src := range sources {
		receipts[i], errs[i] = l.reextract(ctx, src)
	}
	sum, err := summarise(began, receipts, errs)
	return l.end(ctx, id, sum, err)
}

func (l *Line) reextract(ctx context.Context, src *config.Source) (r job.Receipt, err error) {
	last, err := l.Ledger.LastCrawl(ctx, src.Name, l.Wait)
	if errors.Is(err, ledger.ErrNoCrawl) {
		return job.Receipt{
			Source: src.Name, Started: l.Now(), Finished: l.Now(), Offline: true, Failed: true,
			Why: "no page of it is kept: it has not been crawled yet",
		}, nil
	}
	if err != nil {
		return r, err
	}
	defer func() { err = errors.Join(err, last.Release()) }()
	part, err := l.read(ctx, src, last, crawler.Env{Pages: pages{last}, Offline: true})
	return part.receipt, err
}

// summarise makes a summary of receipts, leaving out those of sources that
// others crawl.
func summarise(began time.Time, receipts []job.Receipt, errs []error) (*Summary, error) {
	sum := &Summary{began: began, Sources: []job.Receipt{}}
	var rest []error
	for i, err := range errs {
		var held *ledger.HeldError
		if errors.As(err, &held) {
			sum.Held = append(sum.Held, held.Error())
			continue
		}
		if errors.Is(err, ledger.ErrNotDue) {
			continue
		}
		rest = append(rest, err)
		if receipts[i].Source != "" {
			sum.Sources = append(sum.Sources, receipts[i])
		}
	}
	return sum, errors.Join(rest...)
}

// dropPages drops the pages that were kept long enough, including those of
// sources that were not crawled now or are no longer configured.
func (l *Line) dropPages(ctx context.Context) error {
	names, err := l.Ledger.PageSources(ctx)
	if err != nil {
		return err
	}
	keep := map[string]time.Duration{}
	for i := range l.Config.Sources {
		keep[l.Config.Sources[i].Name] = l.Config.Sources[i].Fetch.Keep()
	}
	for _, name := range names {
		d, ok := keep[name]
		if !ok {
			d = config.DefaultKeepPages
		}
		if err := l.Ledger.DropPages(ctx, name, l.Now().Add(-d), l.Now()); err != nil {
			return err
		}
	}
	return nil
}

// stopped reports an error that only means that the context has ended.
func stopped(ctx context.Context, err error) bool {
	return ctx.Err() != nil && (errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded))
}

// pages passes the answers of a crawl to the ledger.
type pages struct{ crawl *ledger.Crawl }

// Keep keeps an answer.
func (p pages) Keep(ctx context.Context, request string, a *crawler.Answer) error {
	return p.crawl.Keep(ctx, request, &ledger.Page{
		URL: a.URL, Status: a.Status, ETag: a.ETag, Modified: a.Modified,
		Robots: a.Robots, Body: a.Body, At: a.At,
	})
}

// Kept gives an answer of this crawl.
func (p pages) Kept(ctx context.Context, request string) (crawler.Answer, bool, error) {
	a, ok, err := p.crawl.Kept(ctx, request)
	return answerOf(&a), ok, err
}

// Last gives the newest answer of any crawl whose body is kept.
func (p pages) Last(ctx context.Context, request string) (crawler.Answer, bool, error) {
	a, ok, err := p.crawl.Last(ctx, request)
	return answerOf(&a), ok, err
}

func answerOf(a *ledger.Page) crawler.Answer {
	return crawler.Answer{
		URL: a.URL, Status: a.Status, ETag: a.ETag, Modified: a.Modified,
		Robots: a.Robots, Body: a.Body, At: a.At, Asked: a.Asked,
	}
}

func (l *Line) store(label string) *store {
	s := &store{ledger: l.Ledger, read: l.Reader.dated, now: l.Now, log: l.Log, filled: map[job.Field]int{}}
	if l.Progress != nil {
		s.progress = func(seen int) { l.Progress(label, seen) }
	}
	return s
}

// How a run ended.
const (
	outcomeDone   = "done"
	outcomePartly = "partly"
	outcomeFailed = "failed"
)

// end keeps the receipts, groups what is new by vacancy, delivers what waits, and closes the run.
func (l *Line) end(ctx context.Context, id int64, sum *Summary, err error) (*Summary, error) {
	safe, stop := gracefully(ctx)
	defer stop()
	for i := range sum.Sources {
		sum.Add(sum.Sources[i].Counts)
		err = errors.Join(err, l.keepReceipt(safe, id, &sum.Sources[i]))
	}
	if err == nil {
		err = l.Group(ctx)
	}
	if began := l.Now(); err == nil {
		l.deliver(ctx, sum)
		sum.Indexing = l.Now().Sub(began)
	}
	sum.Took = l.Now().Sub(sum.began)
	outcome := outcomeDone
	switch {
	case err != nil:
		outcome = outcomeFailed
	case sum.Partly():
		outcome = outcomePartly
	}
	return sum, errors.Join(err, l.Ledger.EndRun(safe, id, l.Now(), outcome))
}

// keepReceipt keeps a receipt of a run.
func (l *Line) keepReceipt(ctx context.Context, run int64, r *job.Receipt) error {
	maskProblems(r)
	if r.Source == "" {
		return nil
	}
	return l.Ledger.AddReceipt(ctx, run, r)
}

// maskProblems masks the contacts in the problems of a receipt, which may name a column or a
// page.
func maskProblems(r *job.Receipt) {
	for i, problem := range r.Problems {
		r.Problems[i] = contacts.Mask(problem)
	}
}

// Group puts what is new or changed into clusters, each of one vacancy. What is left when
// the run is stopped is for the next one. Run does this, and Slice does not.
func (l *Line) Group(ctx context.Context) error {
	_, err := l.Ledger.GroupVacancies(ctx, func(done int) {
		if l.Progress != nil {
			l.Progress("compared", done)
		}
	})
	if stopped(ctx, err) {
		return nil
	}
	return err
}

// deliver brings the index up to date with the ledger. An index that can't be
// reached is not an error of the run: the rows wait.
func (l *Line) deliver(ctx context.Context, sum *Summary) {
	counts, err := l.Deliver(ctx, func(done int) {
		if l.Progress != nil {
			l.Progress("indexed", done)
		}
	})
	if err != nil {
		sum.IndexError = err.Error()
	}
	sum.Waiting, sum.Refused = counts.Waiting, counts.Refused
}
