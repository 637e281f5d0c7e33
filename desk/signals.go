package desk

import (
	"context"

	"jobsieve/filter"
	"jobsieve/indexer/chosen"
	"jobsieve/job"
	"jobsieve/ledger"
	"jobsieve/trust"
)

// Signalled is a posting with the signals that it gives.
type Signalled struct {
	ID      string         `json:"id"`
	Source  string         `json:"source"`
	Title   string         `json:"title"`
	Company job.Opt        `json:"company"`
	URL     job.Opt        `json:"url"`
	Signals []trust.Signal `json:"signals"`
	// Posting has the texts that the signals were read from.
	Posting *job.Posting `json:"-"`
}

// SignalCounts says how many postings were looked at, and how many give a signal: any,
// or one of a kind.
type SignalCounts struct {
	Looked    int                `json:"postings"`
	Signalled int                `json:"with_signals"`
	Of        map[trust.Kind]int `json:"of"`
}

// Signals calls f for every posting that passes a filter and gives a signal of some
// kinds, ordered by id. What many postings show together is looked for among all that
// are stored. lacking is called where the index is asked for the filter's words.
func (d *Desk) Signals(
	ctx context.Context, which *filter.Filter, kinds []trust.Kind, lacking func(chosen.Lack), f func(*Signalled) error,
) (*SignalCounts, error) {
	reader, err := d.trust()
	if err != nil {
		return nil, err
	}
	counts := &SignalCounts{Of: map[trust.Kind]int{}}
	err = d.read(ctx, func(l *ledger.Ledger) error {
		p, err := d.passing(ctx, l, which, lacking)
		if err != nil {
			return err
		}
		s := signalling{reader: reader, kinds: map[trust.Kind]bool{}}
		for _, k := range kinds {
			s.kinds[k] = true
			counts.Of[k] = 0
		}
		if err := s.together.look(ctx, l, s.kinds); err != nil {
			return err
		}
		return l.Each(ctx, p.only(func(r *ledger.Record) error {
			counts.Looked++
			found := s.signalled(r)
			if len(found.Signals) == 0 {
				return nil
			}
			counts.count(found.Signals)
			return f(found)
		}))
	})
	return counts, err
}

// count counts a posting with its signals.
func (c *SignalCounts) count(signals []trust.Signal) {
	c.Signalled++
	met := map[trust.Kind]bool{}
	for i := range signals {
		if k := signals[i].Kind; !met[k] {
			met[k] = true
			c.Of[k]++
		}
	}
}

// trust gives the reader of signals, with the words of the rules in use.
func (d *Desk) trust() (*trust.Reader, error) {
	reader, err := d.Reader()
	if err != nil {
		return nil, err
	}
	d.trustOnce.Do(func() { d.signals, d.trustErr = trust.New(reader.Classifier().Lexicon()) })
	return d.signals, d.trustErr
}

// signalling finds the signals of some kinds.
type signalling struct {
	reader   *trust.Reader
	kinds    map[trust.Kind]bool
	together together
}

func (s *signalling) signalled(r *ledger.Record) *Signalled {
	p := &r.Posting
	out := &Signalled{
		ID: p.ID, Source: p.Source, Title: p.Title, Company: job.Opt(p.Company), URL: job.Opt(p.URL), Posting: p,
	}
	var all []trust.Signal
	if s.kinds[trust.Fee] || s.kinds[trust.MessengerOnly] {
		all = s.reader.Read(p)
	}
	for _, found := range append(all, s.together.of(r)...) {
		if s.kinds[found.Kind] {
			out.Signals = append(out.Signals, found)
		}
	}
	return out
}
