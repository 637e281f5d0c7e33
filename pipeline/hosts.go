package pipeline

import (
	"context"
	"time"

	"jobsieve/config"
	"jobsieve/crawler"
	"jobsieve/job"
	"jobsieve/ledger"
)

// hostsKept is how long is known how a host does that is not asked any more.
const hostsKept = 30 * 24 * time.Hour

// NewHosts knows of hosts what the ledger does, so that all processes that crawl into it
// ask each host at one pace between them. now is the machine's clock.
func NewHosts(l *ledger.Ledger, now func() time.Time) *crawler.Hosts {
	return crawler.NewHosts(book{l, now})
}

// dropHosts drops what is known of hosts that were not asked for long.
func (l *Line) dropHosts(ctx context.Context) error {
	ctx, stop := gracefully(ctx)
	defer stop()
	now := l.Now()
	longest := max(time.Duration(l.Config.Deadline), config.DefaultDeadline) // that a slot is waited for
	return l.Ledger.DropHosts(ctx, now.Add(-hostsKept), now.Add(longest))
}

// book passes what is known of hosts between crawls and the ledger.
type book struct {
	*ledger.Ledger // knows their robots.txt
	now            func() time.Time
}

var _ crawler.Book = book{}

// Take takes a host's next slot.
func (b book) Take(ctx context.Context, host string, w job.Want) (job.Slot, error) {
	return b.TakeSlot(ctx, host, w, b.now)
}

// Rest gives how long a host is still left alone.
func (b book) Rest(ctx context.Context, host string) (time.Duration, error) {
	return b.HostRest(ctx, host, b.now)
}

// Note notes how a host does.
func (b book) Note(ctx context.Context, host string, c job.Condition) error {
	return b.NoteHost(ctx, host, c, b.now)
}
