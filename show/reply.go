package show

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"

	"jobsieve/crawler"
	"jobsieve/internal/terminal"
	"jobsieve/job"
)

// Replies shows how sources answered, and what to do about those that did not as they
// should.
func (w *Printer) Replies(replies []crawler.Reply) error {
	t := terminal.Table{
		Head: []string{"SOURCE", "ON", "ANSWER", "POSTINGS", "FIRST PAGE"}, Left: 3,
		Whole: []string{"SOURCE"}, Spare: []string{"FIRST PAGE", "ON"}, Elsewhere: "--json",
	}
	states := map[crawler.ReplyState]int{}
	disabled := 0
	for i := range replies {
		r := &replies[i]
		states[r.State]++
		name, total := r.Source.Name, "–"
		if r.Source.Disabled {
			disabled++
			name += " (disabled)"
		}
		if r.Total != nil {
			total = w.figure(*r.Total)
		}
		on := cmp.Or(r.Source.Platform, string(r.Source.Kind))
		t.Rows = append(t.Rows, []string{name, on, string(r.State), total, w.figure(r.Here)})
	}
	if err := t.Write(w.Out); err != nil {
		return err
	}
	fmt.Fprintln(w.Out)
	for i := range replies {
		w.reply(&replies[i])
	}
	w.tallyReplies(states, disabled, len(replies))
	return nil
}

// reply says what is to be said of a source besides its figures.
func (w *Printer) reply(r *crawler.Reply) {
	why := r.Why
	if why == "" && r.Moved != "" {
		why = "it leads to " + r.Moved
	}
	if why == "" {
		return
	}
	w.say("%s: %s", r.Source.Name, terminal.Safe(why))
	if advice := r.Advice(); advice != "" {
		w.say("  %s", advice)
	}
}

// tallyReplies counts the replies by state, the most frequent first.
func (w *Printer) tallyReplies(states map[crawler.ReplyState]int, disabled, all int) {
	names := slices.SortedFunc(maps.Keys(states), func(a, b crawler.ReplyState) int {
		return cmp.Or(states[b]-states[a], cmp.Compare(a, b))
	})
	parts := make([]string, len(names))
	for i, state := range names {
		parts[i] = fmt.Sprintf("%s %s", state, w.figure(states[state]))
	}
	told := w.count(all, "source") + ": " + strings.Join(parts, ", ")
	if disabled > 0 {
		told += fmt.Sprintf("; %s %s disabled: a run leaves these out until their line disabled: true is removed",
			w.figure(disabled), job.Plural(disabled, "is", "are"))
	}
	w.say("%s", told)
}
