package main

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"jobsieve/config"
	"jobsieve/crawler"
	"jobsieve/internal/terminal"
	"jobsieve/job"
	"jobsieve/ledger"
	"jobsieve/pipeline"
)

// line makes the line for a ledger that is open for writing.
func (a *app) line(c *config.Config, l *ledger.Ledger, p *progress, w waitFlags) (*pipeline.Line, error) {
	r, err := a.reader(c)
	if err != nil {
		return nil, err
	}
	return &pipeline.Line{
		Ledger: l, Reader: r, Config: c, Version: version, Now: a.now, Log: a.log, Hosts: crawler.NewHosts(), Progress: p.tell, Wait: w.forCrawls(),
		Deliver: func(ctx context.Context, progress func(int)) (ledger.Deliveries, error) {
			counts, err := a.deliver(ctx, c, l, progress)
			return counts, a.orDiffers(counts, err)
		},
	}, nil
}

// finish tells what a run did and gives the error that its exit code means.
func (a *app) finish(s *pipeline.Summary, asJSON bool, w waitFlags) error {
	if err := a.tellSummary(s, asJSON); err != nil {
		return err
	}
	for _, held := range s.Held {
		fmt.Fprintf(a.err, "jobsieve: left out: %s\n", terminal.Safe(held))
	}
	held := len(s.Held)
	if w.SkipIfRunning {
		s.Held = nil
	}
	switch {
	case held > 0 && len(s.Sources) == 0 && !w.SkipIfRunning:
		return &codeError{code: exitHeld}
	case s.Partly():
		return partly
	}
	return nil
}

// tellSummary tells what a run did: to people, or as one line of JSON.
func (a *app) tellSummary(s *pipeline.Summary, asJSON bool) error {
	if asJSON {
		return a.writeJSON(s)
	}
	for i := range s.Sources {
		a.tellReceipt(&s.Sources[i])
	}
	took, indexing := s.Took.Round(time.Second/100), s.Indexing.Round(time.Second/100)
	fmt.Fprintf(a.out, "%s in all, %s of it for the index\n", took, indexing)
	if s.IndexError != "" && s.Waiting == 0 {
		fmt.Fprintf(a.out, "Index: %s\n", terminal.Safe(s.IndexError))
	} else if s.IndexError != "" {
		why, when := s.IndexError, "When the index answers again"
		if a.ctx.Err() != nil {
			why, when = "the run was asked to stop", "To take them to the index"
		}
		fmt.Fprintf(a.out, "Index: %d documents wait: %s\n", s.Waiting, terminal.Safe(why))
		fmt.Fprintf(a.out, "They are safe in the ledger. %s: %s\n", when, a.command("index", "sync"))
	} else if s.Refused > 0 {
		fmt.Fprintf(a.out, "Index: %d documents were refused; see: %s\n", s.Refused, a.command("index", "refused"))
	}
	return nil
}

func (a *app) tellReceipt(r *job.Receipt) {
	fmt.Fprintf(a.out, "%s: %d seen = %d new + %d changed + %d unchanged + %d rejected%s", r.Source, r.Seen, r.New, r.Changed, r.Unchanged, r.Rejected, reasons(r.Reasons))
	if r.Repeated > 0 {
		fmt.Fprintf(a.out, " + %d repeated", r.Repeated)
	}
	if r.Pages > 0 && r.Source != "import" {
		fmt.Fprintf(a.out, "; %d list pages", r.Pages)
	}
	if r.NotModified > 0 {
		fmt.Fprintf(a.out, ", %d pages not modified", r.NotModified)
	}
	if r.Replayed > 0 {
		fmt.Fprintf(a.out, ", %d pages kept from before", r.Replayed)
	}
	if r.Waits > 0 {
		fmt.Fprintf(a.out, ", waited %s in %d pauses", r.Waited.Round(time.Second/10), r.Waits)
	}
	fmt.Fprintf(a.out, "; %s\n", r.Finished.Sub(r.Started).Round(time.Second/100))
	if r.Why != "" {
		fmt.Fprintf(a.out, "  not complete: %s\n", terminal.Safe(r.Why))
	}
	if r.Cut > 0 {
		fmt.Fprintf(a.out, "  %d with a text so long that only its beginning was read; all of it is kept\n", r.Cut)
	}
	if r.CutOff {
		fmt.Fprintln(a.out, "  the next run goes on from here")
	}
	for _, p := range r.Problems {
		if p != r.Why {
			fmt.Fprintf(a.out, "  %s\n", terminal.Safe(p))
		}
	}
}

// reasons tells why postings were rejected: " (country 3, noindex 1)".
func reasons(m map[job.Rejection]int) string {
	if len(m) == 0 {
		return ""
	}
	var parts []string
	for _, why := range slices.Sorted(maps.Keys(m)) {
		parts = append(parts, fmt.Sprintf("%s %d", why, m[why]))
	}
	return " (" + strings.Join(parts, ", ") + ")"
}

func (a *app) writeJSON(v any) error {
	enc := json.NewEncoder(a.out)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(v); err != nil {
		return fmt.Errorf("write: %w", err)
	}
	return nil
}
