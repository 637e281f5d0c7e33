package show

import (
	"fmt"
	"strings"

	"jobsieve/config"
	"jobsieve/crawler"
	"jobsieve/desk"
	"jobsieve/internal/terminal"
	"jobsieve/job"
)

// Preview shows the postings that were looked at, and what they lack.
func (w *Printer) Preview(src *config.Source, p *crawler.Preview) {
	for i := range p.Postings {
		p.Postings[i].URL = src.Hide(p.Postings[i].URL)
		w.fields(&p.Postings[i])
	}
	fmt.Fprintf(w.Out, "%s read%s\n", w.count(len(p.Postings), "posting"), w.reasons(p.Rejected))
	w.missing(p.Postings)
}

// previewBytes is the most that is shown of a field.
const previewBytes = 160

// fields shows what was read of a posting.
func (w *Printer) fields(p *job.Posting) {
	fmt.Fprintf(w.Out, "%s\n", terminal.Safe(p.ID))
	for _, f := range append(append([]job.Field{}, job.Fields...), "url", "posted") {
		text := strings.Join(strings.Fields(p.Text(f)), " ")
		switch f {
		case "url":
			text = p.URL
		case "posted":
			text = p.Posted
		}
		if text == "" {
			continue
		}
		if len(text) > previewBytes {
			text = strings.ToValidUTF8(text[:previewBytes], "") + "…"
		}
		fmt.Fprintf(w.Out, "  %-12s %s\n", f, terminal.Safe(text))
	}
}

// missing names the fields that no posting, or not every one, has.
func (w *Printer) missing(postings []job.Posting) {
	if len(postings) == 0 {
		return
	}
	var never, some []string
	for _, f := range job.Fields {
		n := 0
		for i := range postings {
			if postings[i].Text(f) != "" {
				n++
			}
		}
		switch {
		case n == 0:
			never = append(never, string(f))
		case n < len(postings):
			some = append(some, fmt.Sprintf("%s (%d of %d)", f, n, len(postings)))
		}
	}
	if len(never) > 0 {
		fmt.Fprintf(w.Out, "In none of them: %s\n", strings.Join(never, ", "))
	}
	if len(some) > 0 {
		fmt.Fprintf(w.Out, "Not in all: %s\n", strings.Join(some, ", "))
	}
}

// Health shows how a source is doing.
func (w *Printer) Health(h *desk.Health) {
	if h.Last != nil {
		fmt.Fprintf(w.Out, "%s: %s, %s seen", h.Source, h.Last.Started.Format("2006-01-02 15:04"),
			w.figure(h.Last.Seen))
		if h.Usual > 0 {
			fmt.Fprintf(w.Out, ", usually %s", w.figure(h.Usual))
		}
		fmt.Fprintln(w.Out)
	} else {
		fmt.Fprintf(w.Out, "%s:\n", h.Source)
	}
	for _, problem := range h.Problems {
		fmt.Fprintf(w.Out, "  %s\n", terminal.Safe(problem))
	}
	switch {
	case h.Disabled:
		fmt.Fprintln(w.Out, "  disabled")
	case len(h.Problems) == 0:
		fmt.Fprintln(w.Out, "  ok")
	}
}
