package facts

import (
	"slices"

	"jobsieve/job"
	"jobsieve/text"
)

// shifts reads the working hours that are named in words and in clock hours.
func (r *reader) shifts() []job.Shift {
	found := map[job.Shift]bool{}
	for _, f := range []job.Field{job.FieldTitle, job.FieldDescription, job.FieldSkills} {
		d := r.docs(f)
		for _, h := range r.shift.Hits(d) {
			if h.Value == valueDenied || denied(d, h.First, h.End) || isReply(d, h.First) {
				continue
			}
			r.addShift(found, job.Shift(h.Value), f, h.First, h.End)
		}
		for _, c := range r.clockSpans(d) {
			r.addShift(found, c.shift(), f, c.first, c.end)
		}
	}
	out := []job.Shift{}
	for _, s := range job.Shifts {
		if found[s] {
			out = append(out, s)
		}
	}
	return out
}

func (r *reader) addShift(found map[job.Shift]bool, s job.Shift, f job.Field, first, end int) {
	if !found[s] {
		r.note("shift", string(s), f, first, end)
	}
	found[s] = true
}

// denied reports "no …" before or "… नहीं" after, in the same clause.
func denied(d *text.Doc, first, end int) bool {
	for i := first - 1; i >= 0 && i >= first-3 && !d.Stop(i) && !d.Is(i, ","); i-- {
		if slices.Contains([]string{"no", "not", "without", "never", "non", "zero", "na", "न", "बिना", "bina"}, d.Tokens[i].Norm) {
			return true
		}
	}
	for i := end; i < len(d.Tokens) && i < end+4 && !d.Stop(i) && !d.Is(i, ","); i++ {
		if slices.Contains([]string{"nahi", "नहीं", "zero"}, d.Tokens[i].Norm) {
			return true
		}
	}
	return false
}

// isReply reports service hours of something else: "24x7 support for", "reply
// within 24 hours".
func isReply(d *text.Doc, first int) bool {
	return d.Is(first-1, "within") || d.Is(first-1, "in")
}
