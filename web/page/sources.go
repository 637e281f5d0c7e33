package page

import (
	"net/http"
	"net/url"
	"slices"
	"time"

	"jobsieve/desk"
	"jobsieve/job"
)

// sourcesView is how the configured sources do, those that a person should look at first,
// and the latest runs of all, imports too.
type sourcesView struct {
	Sources []sourceView
	Runs    []runView
}

// sourceView is one source.
type sourceView struct {
	Name, Search string
	// State is one of sick, unread, well and disabled; Says is that in words.
	State, Says string
	Last        *runView
	Usual, Next string
	Problems    []string
	Runs        []runView
}

// runView is the receipt of a run. Outcome is one of whole, partly and failed; Says is that
// in words. Day is when it ended, as machines read it.
type runView struct {
	Source, At, Day, Outcome, Says          string
	Seen, New, Changed, Unchanged, Rejected string
	// Why says in English what stopped it.
	Why string
}

// latestRuns is how many runs of all sources are shown, runsOfSource how many of one.
const (
	latestRuns   = 20
	runsOfSource = 10
)

// sources shows how the sources do.
func (p *pages) sources(r *http.Request, w *words) (*answer, error) {
	d := p.desk()
	all, err := d.Sources(r.Context())
	if err != nil {
		return nil, err
	}
	runs, err := d.Runs(r.Context(), "", latestRuns)
	if err != nil {
		return nil, err
	}
	rank := func(s *desk.Source) int { return slices.Index(sourceStates, sourceState(&s.Health)) }
	slices.SortStableFunc(all, func(a, b desk.Source) int { return rank(&a) - rank(&b) })
	v := &sourcesView{Runs: w.runs(runs)}
	for i := range all {
		v.Sources = append(v.Sources, w.source(&all[i]))
	}
	return &answer{page: "sources", title: w.T("sources.title"), body: v}, nil
}

// sourceStates are how sources do, in the order in which they are shown.
var sourceStates = []string{"sick", "unread", "well", "disabled"}

func sourceState(h *desk.Health) string {
	switch {
	case h.Disabled:
		return "disabled"
	case h.Sick():
		return "sick"
	case h.Last == nil:
		return "unread"
	}
	return "well"
}

// source tells of a source.
func (w *words) source(s *desk.Source) sourceView {
	v := sourceView{Name: s.Source, State: sourceState(&s.Health), Runs: w.runs(s.Receipts)}
	v.Runs = v.Runs[:min(runsOfSource, len(v.Runs))]
	v.Says = w.T("sources.is_" + v.State)
	v.Search = w.link("/", url.Values{"source": {s.Source}})
	if s.Last != nil {
		v.Last = &w.runs([]job.Receipt{*s.Last})[0]
	}
	if s.Sick() {
		v.Problems = s.Problems
	}
	if s.Usual > 0 {
		v.Usual = w.T("sources.usually", w.Count("count.postings", s.Usual))
	}
	if !s.Next.IsZero() {
		v.Next = w.T("sources.next", w.moment(s.Next))
	}
	return v
}

// runs tells of runs.
func (w *words) runs(receipts []job.Receipt) (out []runView) {
	for i := range receipts {
		r := &receipts[i]
		v := runView{
			Source: r.Source, At: w.moment(r.Finished), Day: r.Finished.In(job.IST).Format(time.RFC3339),
			Outcome: "whole", Seen: number(r.Seen), New: number(r.New), Changed: number(r.Changed),
			Unchanged: number(r.Unchanged + r.Repeated), Rejected: number(r.Rejected), Why: r.Why,
		}
		if r.Failed {
			v.Outcome = "failed"
		} else if !r.Complete {
			v.Outcome = "partly"
		}
		v.Says = w.T("sources.run_" + v.Outcome)
		if r.Offline {
			v.Says = w.T("sources.offline", v.Says)
		}
		out = append(out, v)
	}
	return out
}

// moment writes a day and the time of day, in India's time.
func (w *words) moment(at time.Time) string {
	return w.Date(dayOf(at)) + " " + at.In(job.IST).Format("15:04")
}
