package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"

	"jobsieve/config"
	"jobsieve/indexer"
	"jobsieve/indexer/elastic"
	"jobsieve/indexer/embedded"
	"jobsieve/internal/terminal"
	"jobsieve/ledger"
	"jobsieve/pipeline"
	"jobsieve/web"
)

type indexStatusCmd struct {
	JSON bool `name:"json" help:"Print it as JSON."`
}

// Help says how it ends.
func (*indexStatusCmd) Help() string {
	return `Compares what the index holds with the ledger, document by document. Ends with 3 where the index could not be reached, does not hold what was delivered to it, or holds what it should not; "mend" names the command that helps. Documents that wait are counted and are no fault.`
}

// indexStatus is what is known of the index.
type indexStatus struct {
	Index string `json:"index"`
	ledger.Deliveries
	// Reached says that the index answered; Error why not.
	Reached bool   `json:"reached"`
	Error   string `json:"error,omitempty"`
	Server  string `json:"server,omitempty"`
	Name    string `json:"name,omitempty"`
	// Held is how many documents the index holds; null where it can't be told.
	Held  *int `json:"held"`
	Older int  `json:"older"`
	Newer int  `json:"newer"`
	// Differs says by how much the index differs; Mend which command mends it.
	Differs string   `json:"differs,omitempty"`
	Mend    string   `json:"mend,omitempty"`
	Drift   []string `json:"drift"`
}

// Run counts documents and compares the index.
func (cmd *indexStatusCmd) Run(a *app) (err error) {
	c, err := a.loadConfig(false)
	if err != nil {
		return err
	}
	l, err := a.openLedger()
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, l.Close()) }()
	s, err := a.status(c, l)
	if err != nil {
		return err
	}
	if cmd.JSON {
		err = a.writeJSON(s)
	} else {
		err = a.tellStatus(s)
	}
	if err == nil && (s.Differs != "" || !s.Reached) {
		return partly
	}
	return err
}

// status asks the index, and compares what it holds with the ledger.
func (a *app) status(c *config.Config, l *ledger.Ledger) (*indexStatus, error) {
	s := &indexStatus{Index: c.Index, Drift: []string{}}
	last, err := a.target(c, l)
	if err != nil {
		return nil, err
	}
	took, err := l.Held(a.ctx, last)
	if err != nil {
		return nil, err
	}
	found, err := a.compared(c, l, s)
	var lost *embedded.LostError
	switch {
	case err == nil:
		s.Reached, s.Deliveries = true, found.Deliveries
		s.differ(a, &found.Difference)
		if s.Delivered+s.Refused == 0 && s.Differs == "" {
			s.lack(a, took-found.Difference.Held)
		}
		return s, nil
	case errors.As(err, &lost), errors.Is(err, elastic.ErrNoIndex):
		s.Error, s.Held = err.Error(), new(int)
		s.Deliveries, err = l.Deliveries(a.ctx, "")
		s.lack(a, took)
		return s, err
	}
	if s.Error = err.Error(); errors.Is(err, elastic.ErrNotOwn) {
		s.Mend = a.command("index", "rebuild")
	}
	s.Deliveries, err = l.Deliveries(a.ctx, last)
	return s, err
}

// lack notes that the index took nothing yet, and holds fewer documents than the
// one had taken which was in its place before.
func (s *indexStatus) lack(a *app, missing int) {
	if missing > 0 {
		s.Missing, s.Mend = missing, a.command("index", "sync")
		s.Differs = fmt.Sprintf("the %d documents that it took are missing", missing)
	}
}

// differ notes by how much the index differs.
func (s *indexStatus) differ(a *app, d *indexer.Difference) {
	s.Held, s.Missing, s.Older, s.Newer, s.Foreign = &d.Held, d.Missing, d.Older, d.Newer, d.Foreign
	if s.Differs = d.String(); s.Differs != "" {
		s.Mend = a.command("index", "rebuild")
	}
}

// compared compares the index with the ledger: through the daemon that holds it,
// or itself. Of a server it notes what it is, and where the mapping differs.
func (a *app) compared(c *config.Config, l *ledger.Ledger, s *indexStatus) (found *web.Status, err error) {
	if client, ok := a.daemonOf(c); ok {
		return client.Status(a.ctx)
	}
	ix, done, err := a.lookAtIndex(a.ctx, c)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, done()) }()
	if e, ok := ix.(*elastic.Index); ok {
		s.Name, s.Server = e.Name, fmt.Sprintf("%s, Elasticsearch %s", e.Server.Name, e.Server.Version)
		if s.Drift, err = e.Drift(a.ctx); err != nil {
			return nil, err
		}
	}
	return statusOf(a.ctx, l, ix)
}

// statusOf compares an open index with the ledger.
func statusOf(ctx context.Context, l *ledger.Ledger, ix indexer.Index) (*web.Status, error) {
	differs, err := pipeline.Compare(ctx, l, ix)
	if err != nil {
		return nil, err
	}
	counts, err := l.Deliveries(ctx, ledger.Target(ix.Target()))
	return &web.Status{Deliveries: counts, Difference: differs}, err
}

func (a *app) tellStatus(s *indexStatus) error {
	var b strings.Builder
	const format = "index %s: %d documents = %d delivered + %d waiting + %d refused\n"
	fmt.Fprintf(&b, format, s.Index, s.Taken, s.Delivered, s.Waiting, s.Refused)
	if s.Error != "" {
		fmt.Fprintf(&b, "not reached: %s\n", terminal.Safe(s.Error))
	}
	if s.Name != "" {
		fmt.Fprintf(&b, "server %s; index %s\n", s.Server, s.Name)
	}
	if s.Held != nil {
		fmt.Fprintf(&b, "the index holds %d documents\n", *s.Held)
	}
	if s.Differs != "" {
		fmt.Fprintf(&b, "The index is not the ledger's: %s. To mend it: %s\n", terminal.Safe(s.Differs), s.Mend)
	}
	for _, d := range s.Drift {
		fmt.Fprintf(&b, "mapping: %s\n", terminal.Safe(d))
	}
	if len(s.Drift) > 0 {
		fmt.Fprintf(&b, "The mapping is not this program's; %s\n", a.command("index", "rebuild"))
	}
	if _, err := io.WriteString(a.out, b.String()); err != nil {
		return fmt.Errorf("write: %w", err)
	}
	return nil
}
