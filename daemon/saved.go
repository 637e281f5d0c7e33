package daemon

import (
	"context"
	"errors"
	"fmt"
	"io"
	"slices"

	"jobsieve/config"
	"jobsieve/desk"
	"jobsieve/ledger"
	"jobsieve/web"
)

// SavedNotice tells somebody of postings that are new to a saved search.
type SavedNotice struct {
	desk.Question
	Postings []desk.NewPosting `json:"postings"`
	// UpTo is the ledger's own number of the last of them: it grows from notice to notice,
	// and one with a number that came before is a repetition.
	UpTo int64 `json:"up_to"`
}

// mostTold is how many postings a notice has at most; more are in the next one.
const mostTold = 100

// tellSaved tells the webhook of each saved search of what is new to it. One that fails
// does not hold up the others.
func (d *Daemon) tellSaved(ctx context.Context) error {
	line := d.current()
	all, err := line.Ledger.SavedSearches(ctx)
	for i := range all {
		s := &all[i]
		if s.Webhook == "" || ctx.Err() != nil {
			continue
		}
		if e := d.tellOf(ctx, d.Desk(line.Config), line.Ledger, s); e != nil {
			err = errors.Join(err, fmt.Errorf("the saved search %s: %w", s.Name, e))
		}
	}
	return err
}

// tellOf tells of what is new to one saved search, and remembers what was accepted, also
// while the daemon stops.
func (d *Daemon) tellOf(ctx context.Context, k *desk.Desk, l *ledger.Ledger, s *ledger.SavedSearch) error {
	news, err := k.News(ctx, l, s, s.Told)
	if err != nil {
		return err
	}
	to := &config.Notify{URL: config.NewSecret(s.Webhook)}
	for some := range slices.Chunk(news.Postings, mostTold) {
		notice := SavedNotice{Question: news.Question, Postings: some, UpTo: some[len(some)-1].N}
		if err := send(ctx, to, &notice); err != nil {
			return fmt.Errorf("tell its webhook: %w", err)
		}
		if err := l.TellSaved(context.WithoutCancel(ctx), s, notice.UpTo); err != nil {
			return err
		}
		d.Log.Info("notice sent", "saved", s.Name, "postings", len(some))
	}
	return l.TellSaved(ctx, s, news.UpTo)
}

// feed writes RSS of a saved search. Its error is a *desk.UnknownSavedError where there
// is none of that name.
func (d *Daemon) feed(ctx context.Context, w io.Writer, name string) error {
	line := d.current()
	found, err := desk.SavedNamed(ctx, line.Ledger, []string{name})
	if err != nil {
		return err
	}
	news, err := d.Desk(line.Config).Newest(ctx, line.Ledger, &found[0], web.MostInFeed)
	if err != nil {
		return err
	}
	return web.WriteFeed(w, news, line.Config.Listen)
}
