package pipeline

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"strings"
	"sync"
	"time"

	"jobsieve/config"
	"jobsieve/crawler"
	"jobsieve/job"
	"jobsieve/ledger"
)

// Line is the whole line from source to index.
type Line struct {
	Ledger *ledger.Ledger
	Reader *Reader
	// Deliver brings the index up to the ledger and counts its documents,
	// with an error where some wait because it can't be reached.
	Deliver func(ctx context.Context, progress func(done int)) (ledger.Deliveries, error)
	Config  *config.Config
	// KeepContacts leaves people's contacts in the texts of imported rows.
	KeepContacts bool
	Version      string
	Now          func() time.Time
	Log          *slog.Logger
	// Hosts is what crawls know of hosts; nil lets each know for itself.
	Hosts *crawler.Hosts
	// Progress tells people how far the work is; nil tells nobody.
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

	rowsLost bool // an import left rows out that can't be a posting
}

// Partly reports a run that did less than it was asked: a source failed, a
// line could not be read, documents wait or were refused.
func (s *Summary) Partly() bool {
	if s.Waiting > 0 || s.Refused > 0 || s.IndexError != "" {
		return true
	}
	for i := range s.Sources {
		if s.Sources[i].Failed || s.Sources[i].Why != "" {
			return true
		}
	}
	return s.Reasons[job.RejectUnreadable] > 0 || s.rowsLost
}

// parallelSources is how many sources are crawled at once; each keeps its own
// pace with its hosts.
const parallelSources = 4

// Run crawls the sources, stores what they yield, and delivers it to the
// index. A source that fails does not stop the others: its receipt says so.
func (l *Line) Run(ctx context.Context, command string, sources []*config.Source) (*Summary, error) {
	id, err := l.Ledger.BeginRun(ctx, command, l.Now())
	if err != nil {
		return nil, err
	}
	sum := &Summary{Sources: make([]job.Receipt, len(sources))}
	errs := make([]error, len(sources))
	slots := make(chan struct{}, parallelSources)
	var group sync.WaitGroup
	for i, src := range sources {
		group.Go(func() {
			slots <- struct{}{}
			defer func() { <-slots }()
			sum.Sources[i], errs[i] = l.crawl(ctx, src)
		})
	}
	group.Wait()
	return l.end(ctx, id, sum, errors.Join(errors.Join(errs...), l.dropPages(context.WithoutCancel(ctx))))
}

// Reextract reads the pages again that the last crawl of each source was
// answered with, as the sources say now, and delivers what that changes. It asks
// no site for anything.
func (l *Line) Reextract(ctx context.Context, sources []*config.Source) (*Summary, error) {
	id, err := l.Ledger.BeginRun(ctx, "reextract", l.Now())
	if err != nil {
		return nil, err
	}
	sum := &Summary{}
	for _, src := range sources {
		last, ok, e := l.Ledger.LastCrawl(ctx, src.Name)
		if err = e; err != nil {
			break
		}
		if !ok {
			sum.Sources = append(sum.Sources, job.Receipt{Source: src.Name, Started: l.Now(), Finished: l.Now(), Offline: true, Failed: true, Why: "no page of it is kept: it was not crawled yet"})
			continue
		}
		receipt, e := l.read(ctx, src, crawler.Env{Pages: pages{last}, Offline: true})
		sum.Sources = append(sum.Sources, receipt)
		if err = e; err != nil {
			break
		}
	}
	return l.end(ctx, id, sum, err)
}

// crawl reads one source into the ledger, or goes on with a crawl of it that was
// cut off.
func (l *Line) crawl(ctx context.Context, src *config.Source) (job.Receipt, error) {
	if src.Kind == config.KindFile {
		return l.read(ctx, src, crawler.Env{})
	}
	crawl, err := l.Ledger.BeginCrawl(ctx, src.Name, l.Now())
	if err != nil {
		return job.Receipt{}, err
	}
	receipt, err := l.read(ctx, src, crawler.Env{Pages: pages{crawl}, Resumed: crawl.Resumed})
	if err != nil || receipt.CutOff {
		return receipt, err
	}
	ctx = context.WithoutCancel(ctx)
	if err := crawl.End(ctx); err != nil {
		return receipt, err
	}
	return receipt, l.Ledger.DropPages(ctx, src.Name, l.Now().Add(-src.Fetch.Keep()), l.Now())
}

// dropPages drops the pages that were kept long enough, those of sources that
// were not crawled now or are configured no more among them.
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

// read reads one source into the ledger; env says from where.
func (l *Line) read(ctx context.Context, src *config.Source, env crawler.Env) (job.Receipt, error) {
	ctx, cancel := context.WithTimeout(ctx, time.Duration(l.Config.Deadline))
	defer cancel()
	s := l.store(src.Name)
	s.keepContacts = src.KeepContacts
	if len(src.Keep.Countries)+len(src.Keep.Titles)+len(src.Keep.NotTitles) > 0 {
		s.keep = &src.Keep
	}
	env.Contact, env.Version, env.Hosts, env.Now, env.Log = l.Config.Contact, l.Version, l.Hosts, l.Now, l.Log
	receipt, err := crawler.Crawl(ctx, src, env, s)
	err = errors.Join(err, s.flush(ctx))
	receipt.Counts, receipt.Filled = s.counts, s.filled
	if err == nil && !receipt.AddUp() {
		err = fmt.Errorf("the counts of source %s do not add up: %+v", src.Name, receipt.Counts)
	}
	l.Log.Info("source read", "source", src.Name, "seen", receipt.Seen, "new", receipt.New, "changed", receipt.Changed,
		"unchanged", receipt.Unchanged, "rejected", receipt.Rejected, "complete", receipt.Complete)
	return receipt, err
}

// pages hands the answers of a crawl to the ledger.
type pages struct{ crawl *ledger.Crawl }

// Keep keeps an answer.
func (p pages) Keep(ctx context.Context, request string, a *crawler.Answer) error {
	return p.crawl.Keep(ctx, request, &ledger.Answer{URL: a.URL, Status: a.Status, ETag: a.ETag, Modified: a.Modified, Robots: a.Robots, Body: a.Body, At: a.At})
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

func answerOf(a *ledger.Answer) crawler.Answer {
	return crawler.Answer{
		URL: a.URL, Status: a.Status, ETag: a.ETag, Modified: a.Modified, Robots: a.Robots, Body: a.Body, At: a.At, Asked: a.Asked,
	}
}

func (l *Line) store(label string) *store {
	s := &store{ledger: l.Ledger, reader: l.Reader, now: l.Now, filled: map[job.Field]int{}}
	if l.Progress != nil {
		s.progress = func(seen int) { l.Progress(label, seen) }
	}
	return s
}

// end keeps the receipts, delivers what waits, and closes the run.
func (l *Line) end(ctx context.Context, id int64, sum *Summary, err error) (*Summary, error) {
	safe := context.WithoutCancel(ctx)
	for i := range sum.Sources {
		sum.Add(sum.Sources[i].Counts)
		if sum.Sources[i].Source != "" {
			err = errors.Join(err, l.Ledger.AddReceipt(safe, id, &sum.Sources[i]))
		}
	}
	if err == nil {
		l.deliver(ctx, sum)
	}
	outcome := "done"
	switch {
	case err != nil:
		outcome = "failed"
	case sum.Partly():
		outcome = "partly"
	}
	return sum, errors.Join(err, l.Ledger.EndRun(safe, id, l.Now(), outcome))
}

// deliver brings the index up to the ledger. An index that can't be reached is
// no error of the run: the rows wait.
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

// Import reads the rows of a file into the ledger and delivers them. source
// names rows that name none. A line that can't be read is told with its
// number, and the rest goes on.
func (l *Line) Import(ctx context.Context, command, name, source string, in io.Reader) (*Summary, error) {
	id, err := l.Ledger.BeginRun(ctx, command, l.Now())
	if err != nil {
		return nil, err
	}
	s := l.store(name)
	s.keepContacts = l.KeepContacts
	receipt := job.Receipt{Source: "import", Started: l.Now(), Pages: 1}
	err = readRows(name, in, func(line int, p *job.Posting, rowErr error) error {
		if ctx.Err() != nil {
			return ctx.Err()
		}
		if rowErr != nil {
			l.Log.Error("line left out", "file", name, "line", line, "reason", rowErr)
			s.Reject(rejection(rowErr), name)
			return nil
		}
		if p.Source == "" {
			p.Source = source
		}
		if p.ID == "" {
			p.ID = job.DeriveID(p)
		}
		return s.Posting(ctx, p, crawler.Sight{})
	})
	stopped := errors.Is(err, context.Canceled)
	if stopped {
		receipt.Why, err = "stopped: asked to stop", nil
	}
	err = errors.Join(err, s.flush(ctx))
	receipt.Finished, receipt.Complete, receipt.Counts = l.Now(), err == nil && !stopped, s.counts
	if err == nil && !receipt.AddUp() {
		err = fmt.Errorf("the counts of the import do not add up: %+v", receipt.Counts)
	}
	return l.end(ctx, id, &Summary{Sources: []job.Receipt{receipt}, rowsLost: s.counts.Reasons[job.RejectNoTitle] > 0}, err)
}

func readRows(name string, in io.Reader, f crawler.RowFunc) error {
	if strings.HasSuffix(strings.ToLower(name), ".csv") {
		return crawler.ReadCSV(in, nil, f)
	}
	return crawler.ReadLines(in, f)
}

func rejection(err error) job.Rejection {
	if errors.Is(err, job.ErrNoTitle) {
		return job.RejectNoTitle
	}
	return job.RejectUnreadable
}
