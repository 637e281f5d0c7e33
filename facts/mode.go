package facts

import (
	"jobsieve/job"
	"jobsieve/lexicon/phrase"
	"jobsieve/text"
)

// mode reads where the work is done, from the location first. Hybrid wins over
// the two that it consists of; work from home that is denied is on site.
func (r *reader) mode() job.Opt {
	for _, f := range []job.Field{job.FieldLocation, job.FieldTitle, job.FieldDescription} {
		d := r.docs(f)
		best, at := job.Mode(""), phrase.Hit[string]{}
		for _, h := range r.words.mode.Hits(d) {
			m := job.Mode(h.Value)
			if m == job.ModeRemote && (denied(d, r.denials.All(d), h.First, h.End) || r.isTool(d, h)) {
				continue
			}
			if rankMode(m) > rankMode(best) {
				best, at = m, h
			}
		}
		if best != "" {
			r.note("mode", string(best), f, at.First, at.End)
			return job.Opt(best)
		}
	}
	return ""
}

func rankMode(m job.Mode) int {
	switch m {
	case job.ModeHybrid:
		return 3
	case job.ModeOnsite:
		return 2
	case job.ModeRemote:
		return 1
	}
	return 0
}

// isTool reports "remote support", "remote areas": not where the work is done.
func (w *words) isTool(d *text.Doc, h phrase.Hit[string]) bool {
	if !d.Is(h.First, "remote") && !d.Is(h.First, "remotely") && !d.Is(h.First, "रिमोट") {
		return false
	}
	return w.tools[next(d, h.End)]
}
