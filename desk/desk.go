// Package desk answers questions about what is stored: searches, explanations,
// exports, pay tables, what the rules do, how sources and the index are doing.
// Each use case takes a question and gives a value; printing it is up to
// whoever asked, a command, a page or a test.
//
// Where a ledger has damaged rows a use case gives what it read of the others
// together with a *ledger.DamagedError.
package desk

import (
	"context"
	"errors"
	"slices"
	"sync"

	"jobsieve/classifier"
	"jobsieve/config"
	"jobsieve/filter"
	"jobsieve/indexer/chosen"
	"jobsieve/internal/lately"
	"jobsieve/ledger"
	"jobsieve/pay"
	"jobsieve/pipeline"
	"jobsieve/question"
	"jobsieve/trust"
)

// Desk answers for one data folder and one configuration. It may be used by
// several goroutines.
type Desk struct {
	// Dir is the data folder.
	Dir    string
	Config *config.Config
	Index  *chosen.Index
	// Ledger, which may be nil, is the ledger of the folder, open: it is not opened anew
	// for each question.
	Ledger *ledger.Ledger

	once   sync.Once
	reader *pipeline.Reader
	err    error

	outlineOnce sync.Once
	outline     *classifier.Outline

	questionsOnce sync.Once
	asks          *question.Reader
	asksErr       error

	trustOnce sync.Once
	signals   *trust.Reader
	trustErr  error

	otherwise lately.Count[int] // see readOtherwise
	basis     lately.Count[Basis]
}

// Reader gives the reader of postings that the configuration asks for. Its error
// is a *pipeline.RulesError where the rules have faults.
func (d *Desk) Reader() (*pipeline.Reader, error) {
	d.once.Do(func() { d.reader, d.err = pipeline.ReaderFor(d.Config, d.Config.Rules) })
	return d.reader, d.err
}

// ledger is the locator of the ledger.
func (d *Desk) ledger() string { return d.Config.LedgerIn(d.Dir) }

// read opens the ledger, passes it to f and closes it. Its error is
// ledger.ErrNone where there is no ledger.
func (d *Desk) read(ctx context.Context, f func(*ledger.Ledger) error) error {
	l, err := d.attach(ctx)
	if err != nil {
		return err
	}
	return errors.Join(f(l), l.Close())
}

// Holding calls f, during which the ledger, where there is one, stays open: it is not
// opened anew for each question.
func (d *Desk) Holding(ctx context.Context, f func() error) error {
	l, err := ledger.Attach(ctx, d.ledger())
	if errors.Is(err, ledger.ErrNone) {
		return f()
	}
	if err != nil {
		return err
	}
	d.Ledger = l
	err = f()
	d.Ledger = nil
	return errors.Join(err, l.Close())
}

// attach gives the ledger; its error is ErrNone where there is none.
func (d *Desk) attach(ctx context.Context) (*ledger.Ledger, error) {
	if d.Ledger != nil {
		return d.Ledger.Lend(), nil
	}
	return ledger.Attach(ctx, d.ledger())
}

// readAny is read for questions to an index that another ledger may feed: then
// f gets nil where there is none here.
func (d *Desk) readAny(ctx context.Context, f func(*ledger.Ledger) error) error {
	err := d.read(ctx, f)
	if errors.Is(err, ledger.ErrNone) && !d.Index.Embedded() {
		return f(nil)
	}
	return err
}

// CheckSource refuses the name of a source, empty for none, that neither the
// configuration nor the ledger knows: nothing asked about it would be found. Its
// error is a *config.UnknownSourceError then.
func (d *Desk) CheckSource(ctx context.Context, name string) error {
	if name == "" {
		return nil
	}
	return d.read(ctx, func(l *ledger.Ledger) error { return d.checkSource(ctx, l, name) })
}

func (d *Desk) checkSource(ctx context.Context, l *ledger.Ledger, name string) error {
	if name == "" {
		return nil
	}
	known, err := l.KnownSources(ctx)
	if err != nil {
		return err
	}
	for i := range d.Config.Sources {
		known = append(known, d.Config.Sources[i].Name)
	}
	if slices.Contains(known, name) {
		return nil
	}
	slices.Sort(known)
	return &config.UnknownSourceError{Name: name, Known: slices.Compact(known)}
}

// CheckDefaults is CheckSource for a question that needs no ledger: what holds
// for the pay of a source. Well-known boards are known without one.
func (d *Desk) CheckDefaults(ctx context.Context, name string) error {
	if name == "" || pay.DefaultsOf(name) != (pay.Defaults{}) {
		return nil
	}
	_, unknown := d.Config.Source(name)
	if unknown == nil {
		return nil
	}
	err := d.CheckSource(ctx, name)
	if errors.Is(err, ledger.ErrNone) {
		return unknown
	}
	return err
}

// outlined gives the outline of the rules; nil where they have faults, which are
// reported by whatever needs the rules themselves.
func (d *Desk) outlined() *classifier.Outline {
	d.outlineOnce.Do(func() {
		if o, err := classifier.ReadOutline(d.Config.Rules); err == nil {
			d.outline = o
		}
	})
	return d.outline
}

// readOtherwise counts the postings of a ledger, which may be nil, that were read
// by other rules than today's: none where today's have faults that show in their
// outline. Of many it is the count of lately.
func (d *Desk) readOtherwise(ctx context.Context, l *ledger.Ledger) (int, error) {
	rules := d.outlined()
	if l == nil || rules == nil {
		return 0, nil
	}
	return d.otherwise.Get(ctx, func(ctx context.Context) (int, int, error) {
		return l.ReadOtherwise(ctx, rules.Version)
	})
}

// Book gives what filters take from the rule book: nothing where the rules have
// faults that show in their outline.
func (d *Desk) Book() filter.Book {
	rules := d.outlined()
	if rules == nil {
		return filter.Book{}
	}
	book := filter.Book{Functions: rules.Labels.Functions()}
	for _, l := range rules.Labels {
		book.Labels = append(book.Labels, l.Label)
	}
	for _, k := range rules.Criteria {
		book.Criteria = append(book.Criteria, k.ID)
	}
	return book
}
