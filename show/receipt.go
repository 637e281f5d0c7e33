package show

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"jobsieve/internal/terminal"
	"jobsieve/job"
	"jobsieve/pipeline"
)

// Summary shows what a run did; stopped says that it was asked to stop.
func (w *Printer) Summary(s *pipeline.Summary, stopped bool) {
	for i := range s.Sources {
		w.Receipt(&s.Sources[i])
	}
	took, indexing := s.Took.Round(time.Second/100), s.Indexing.Round(time.Second/100)
	fmt.Fprintf(w.Out, "%s in all, %s of it for the index\n", took, indexing)
	if s.IndexError != "" && s.Waiting == 0 {
		fmt.Fprintf(w.Out, "Index: %s\n", terminal.Safe(s.IndexError))
	} else if s.IndexError != "" {
		them := job.Plural(s.Waiting, "it", "them")
		why, when := s.IndexError, "When the index answers again"
		if stopped {
			why, when = "the run was asked to stop", "To deliver "+them
		}
		fmt.Fprintf(w.Out, "Index: %s waiting: %s\n", w.count(s.Waiting, "document"), terminal.Safe(why))
		fmt.Fprintf(w.Out, "Nothing is lost: the ledger keeps %s. %s: %s\n", them, when, w.Command("index", "sync"))
	} else if s.Refused > 0 {
		fmt.Fprintf(w.Out, "Index: %s refused; see: %s\n", w.count(s.Refused, "document"),
			w.Command("index", "refused"))
	}
}

// Receipt shows what came from one source.
func (w *Printer) Receipt(r *job.Receipt) {
	fmt.Fprintf(w.Out, "%s: %s seen = %s new + %s changed + %s unchanged + %s rejected%s", r.Source,
		w.figure(r.Seen), w.figure(r.New), w.figure(r.Changed), w.figure(r.Unchanged), w.figure(r.Rejected),
		w.reasons(r.Reasons))
	if r.Repeated > 0 {
		fmt.Fprintf(w.Out, " + %s repeated", w.figure(r.Repeated))
	}
	fmt.Fprint(w.Out, w.turned(r.Turned))
	if r.Pages > 0 && r.Source != "import" {
		fmt.Fprintf(w.Out, "; %s", w.count(r.Pages, "list page"))
	}
	if r.NotModified > 0 {
		fmt.Fprintf(w.Out, ", %s not modified", w.count(r.NotModified, "page"))
	}
	if r.Sitemap != nil && r.Sitemap.Unchanged > 0 {
		fmt.Fprintf(w.Out, ", %s unchanged by lastmod", w.count(r.Sitemap.Unchanged, "page"))
	}
	if r.Replayed > 0 {
		fmt.Fprintf(w.Out, ", %s kept from before", w.count(r.Replayed, "page"))
	}
	if r.Waits > 0 {
		fmt.Fprintf(w.Out, ", waited %s in %s", r.Waited.Round(time.Second/10), w.count(r.Waits, "pause"))
	}
	fmt.Fprintf(w.Out, "; %s\n", r.Finished.Sub(r.Started).Round(time.Second/100))
	if r.Why != "" {
		fmt.Fprintf(w.Out, "  not complete: %s\n", terminal.Safe(r.Why))
	}
	if r.Cut > 0 {
		fmt.Fprintf(w.Out, "  %s with a text so long that only its beginning was read; all of it is kept\n",
			w.figure(r.Cut))
	}
	if r.CutOff {
		fmt.Fprintln(w.Out, "  the next run resumes from here")
	}
	for _, p := range r.Problems {
		if p != r.Why {
			fmt.Fprintf(w.Out, "  %s\n", terminal.Safe(p))
		}
	}
}

// turned says how many postings got which state: "; 3 closed, 1 open again".
func (w *Printer) turned(m map[job.State]int) string {
	var parts []string
	for _, t := range []struct {
		state job.State
		how   string
	}{{job.StateClosed, "closed"}, {job.StateOpen, "open again"}, {job.StateUnknown, "perhaps open no more"}} {
		if n := m[t.state]; n > 0 {
			parts = append(parts, w.figure(n)+" "+t.how)
		}
	}
	if len(parts) == 0 {
		return ""
	}
	return "; " + strings.Join(parts, ", ")
}

// reasons says why postings were rejected: " (country 3, noindex 1)".
func (w *Printer) reasons(m map[job.Rejection]int) string {
	if len(m) == 0 {
		return ""
	}
	var parts []string
	for _, why := range slices.Sorted(maps.Keys(m)) {
		parts = append(parts, fmt.Sprintf("%s %s", why, w.figure(m[why])))
	}
	return " (" + strings.Join(parts, ", ") + ")"
}

// FullReceipt shows everything that a receipt says.
func (w *Printer) FullReceipt(r *job.Receipt) {
	fmt.Fprintf(w.Out, "%s  ", r.Started.Format("2006-01-02 15:04:05"))
	w.Receipt(r)
	line := func(what, format string, args ...any) {
		fmt.Fprintf(w.Out, "  %-12s %s\n", what, terminal.Safe(fmt.Sprintf(format, args...)))
	}
	if r.Expected != nil {
		line("expected", "%s, as the site says", w.count(*r.Expected, "posting"))
	}
	if s := r.Sitemap; s != nil {
		line("sitemap", "%s = %s asked for + %s unchanged by lastmod + %s met again + %s without an open posting"+
			" + %s left for later",
			w.count(s.Listed, "page"), w.figure(s.Asked), w.figure(s.Unchanged), w.figure(s.Again), w.figure(s.Empty),
			w.figure(s.Later))
	}
	if len(r.Statuses) > 0 {
		var parts []string
		for _, code := range slices.Sorted(maps.Keys(r.Statuses)) {
			parts = append(parts, fmt.Sprintf("%s × %d", w.figure(r.Statuses[code]), code))
		}
		line("answers", "%s; %d bytes", strings.Join(parts, ", "), r.Bytes)
	}
	for _, host := range slices.Sorted(maps.Keys(r.Robots)) {
		line("robots.txt", "%s of %s", r.Robots[host], host)
	}
	if len(r.Filled) > 0 {
		var parts []string
		for _, f := range job.Fields {
			parts = append(parts, fmt.Sprintf("%s %s", f, w.figure(r.Filled[f])))
		}
		line("filled", "%s", strings.Join(parts, ", "))
	}
}

// Runs shows receipts as a table.
func (w *Printer) Runs(receipts []job.Receipt) error {
	if len(receipts) == 0 {
		_, err := fmt.Fprintln(w.Out, "No run was recorded.")
		return err
	}
	t := terminal.Table{
		Head: []string{"STARTED", "SOURCE", "SEEN", "NEW", "CHANGED", "UNCHANGED", "REJECTED", "PAGES", "HOW IT ENDED"},
		Left: 9, Whole: []string{"STARTED", "SEEN", "NEW", "CHANGED", "UNCHANGED", "REJECTED", "PAGES"},
		Spare: []string{"PAGES", "UNCHANGED", "REJECTED", "CHANGED"}, Elsewhere: "--full, --json",
	}
	for i := range receipts {
		r := &receipts[i]
		how := "complete"
		if !r.Complete {
			how = terminal.Safe(r.Why)
		}
		if r.Offline {
			how += " (pages read again)"
		}
		row := []string{r.Started.Format("2006-01-02 15:04"), terminal.Safe(r.Source)}
		for _, n := range []int{r.Seen, r.New, r.Changed, r.Unchanged, r.Rejected, r.Pages} {
			row = append(row, w.figure(n))
		}
		t.Rows = append(t.Rows, append(row, how))
	}
	return w.listing(&t)
}
