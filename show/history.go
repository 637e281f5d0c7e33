package show

import (
	"fmt"
	"strings"

	"jobsieve/desk"
	"jobsieve/internal/terminal"
	"jobsieve/job"
	"jobsieve/ledger"
)

// causes say why a posting has its state.
var causes = map[job.Cause]string{
	job.CauseSeen:    "its source shows it again",
	job.CauseGone:    "its page is gone, leads elsewhere, or says that it is over",
	job.CauseOver:    "the last day on which it can be applied for, as it says, is past",
	job.CauseMissed:  "complete crawls did not find it any more",
	job.CauseBeyond:  "crawls no longer come to where it was: its source shows the newest only",
	job.CauseUnread:  "its source was not read well for long",
	job.CauseInAFile: "a file has it that was crawled after it was closed",
}

// eventTime is how the time of an event is written.
const eventTime = "2006-01-02 15:04"

// History shows what became of a posting, in the order of time.
func (w *Printer) History(h *desk.History) error {
	p := &h.Record.Posting
	var b strings.Builder
	fmt.Fprintf(&b, "%s\n%s, source %s: %s\n\n", terminal.Safe(p.Title), terminal.Safe(p.ID), terminal.Safe(p.Source),
		h.Record.State)
	for i := range h.Events {
		e := &h.Events[i]
		fmt.Fprintf(&b, "%s  ", e.At.In(job.IST).Format(eventTime))
		switch {
		case e.Version != nil:
			fmt.Fprintf(&b, "version %d\n", e.Version.Number)
			changes(&b, e.Version.Changes)
		case e.ReadAnew != nil:
			readAnew(&b, e.ReadAnew)
		case e.Turn != nil:
			turn(&b, e.Turn)
		case e.Hand != nil:
			fmt.Fprintf(&b, "labelled %s %s by hand%s: %s\n", e.Hand.Label, e.Hand.Function, by(e.Hand),
				terminal.Safe(e.Hand.Because))
		}
	}
	_, err := fmt.Fprint(w.Out, b.String())
	return err
}

func by(h *job.HandLabel) string {
	if h.By == "" {
		return ""
	}
	return ", by " + terminal.Safe(h.By)
}

func turn(b *strings.Builder, t *ledger.Turn) {
	fmt.Fprintf(b, "%s: %s", t.State, causes[t.Cause])
	if t.Crawl > 0 {
		fmt.Fprintf(b, " (crawl %d of its source)", t.Crawl)
	}
	b.WriteString("\n")
}

func readAnew(b *strings.Builder, r *desk.ReadAnew) {
	v := &r.Earlier.Verdict
	fmt.Fprintf(b, "read anew; before it was %s %s, score %.2f, by the rules %s\n", v.Label, v.Function, v.Score,
		orDash(terminal.Safe(v.RulesVersion)))
	if r.Changes == nil {
		fmt.Fprintf(b, "%swhat was read then is not kept: the text changed since\n", indent)
	}
	changes(b, r.Changes)
}

// indent is as wide as the time of an event.
var indent = strings.Repeat(" ", len(eventTime)+len("  "))

// changeColumns is how much of a value that was changed is shown.
const changeColumns = 50

func changes(b *strings.Builder, all []desk.Change) {
	for _, c := range all {
		from, to := apart(c.From, c.To)
		field := terminal.Cut(terminal.Safe(c.Field), changeColumns)
		fmt.Fprintf(b, "%s%s: %s → %s\n", indent, field, orDash(from), orDash(to))
	}
}

// apart shows two texts from shortly before where they begin to differ.
func apart(a, b string) (string, string) {
	from, to := []rune(a), []rune(b)
	same := 0
	for same < min(len(from), len(to)) && from[same] == to[same] {
		same++
	}
	const before = 15
	lead := ""
	if start := same - before; start > 0 && max(len(from), len(to)) > changeColumns {
		from, to, lead = from[start:], to[start:], "…"
	}
	short := func(r []rune) string {
		if len(r) == 0 {
			return ""
		}
		return terminal.Cut(lead+terminal.Safe(string(r[:min(len(r), 2*changeColumns)])), changeColumns)
	}
	return short(from), short(to)
}
