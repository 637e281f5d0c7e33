package page

import (
	"jobsieve/desk"
	"jobsieve/job"
)

// event is one thing that became of a posting.
type event struct {
	At      string // the day
	What    string
	Changes []string
}

// mostChanged is how many characters of a value that was changed are shown.
const mostChanged = 80

// eventsOf tells what became of a posting, in the order of time.
func (w *words) eventsOf(h *desk.History) (out []event) {
	for i := range h.Events {
		e := &h.Events[i]
		one := event{At: dayOf(e.At)}
		switch {
		case e.Version != nil && e.Version.Number == 1:
			one.What = w.T("posting.first_version")
		case e.Version != nil:
			one.What = w.T("posting.version", number(int(e.Version.Number)))
			one.Changes = w.changes(e.Version.Changes)
		case e.ReadAnew != nil:
			verdict := &e.ReadAnew.Earlier.Verdict
			label := w.Value("label", string(verdict.Label))
			one.What = w.T("posting.read_anew", label, score(verdict.Score), verdict.RulesVersion)
			one.Changes = w.changes(e.ReadAnew.Changes)
			if e.ReadAnew.Changes == nil {
				one.Changes = []string{w.T("posting.not_kept")}
			}
		case e.Turn != nil:
			cause := w.T("cause." + string(e.Turn.Cause))
			one.What = w.T("posting.turned", w.Value(stateName, string(e.Turn.State)), cause)
		case e.Hand != nil:
			one.What = w.hand(e.Hand)
		}
		out = append(out, one)
	}
	return out
}

func (w *words) hand(h *job.HandLabel) string {
	return w.T("posting.labelled", w.Value("label", string(h.Label)), h.Because)
}

func (w *words) changes(all []desk.Change) (out []string) {
	for _, c := range all {
		out = append(out, w.T("posting.change", w.Field(c.Field), w.shortly(c.From), w.shortly(c.To)))
	}
	return out
}

// shortly gives the beginning of a value.
func (w *words) shortly(s string) string {
	runes := []rune(s)
	switch {
	case len(runes) == 0:
		return w.T("posting.nothing_stated")
	case len(runes) > mostChanged:
		return string(runes[:mostChanged]) + "…"
	}
	return s
}
