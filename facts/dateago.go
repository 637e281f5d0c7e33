package facts

import (
	"time"

	"jobsieve/job"
)

// ago reads "3 weeks ago", "30+ Days Ago", "3d", "Today", "2 दिन पहले". A length
// of time with something else behind it is not when something was posted.
func (r *dateReader) ago(now time.Time) bool {
	r.relative, r.instant = true, now.In(job.IST)
	if w := r.word(); w.kind == dateBack {
		r.instant = r.instant.AddDate(0, 0, -w.n)
		return true
	}
	n := 1. // "a day", "few hours"
	if r.word().kind == dateHalf {
		n = 0.5
		r.i++
	} else if v, ok := numberAt(r.d, r.i); ok && v < 1000 {
		n = v
		r.i++
	}
	r.leads()
	w := r.word()
	r.i++
	switch w.kind {
	case dateMinutes:
		r.instant = r.instant.Add(-time.Duration(n*float64(w.n)) * time.Minute)
	case dateDays:
		r.instant = r.instant.AddDate(0, 0, -int(n*float64(w.n)))
	case dateMonths:
		r.instant = r.instant.AddDate(0, -int(n*float64(w.n)), 0)
	default:
		return false
	}
	r.signs()
	return r.endsAgo()
}

// endsAgo reports a length of time that ends the text, or has "ago" behind it, and
// notes whether it is the least that has passed.
func (r *dateReader) endsAgo() bool {
	told := r.i == len(r.d.Tokens)
	for ; r.i < len(r.d.Tokens) && !told; r.i++ {
		told = r.word().kind == dateAgo
	}
	before := dateReader{words: r.words, d: r.d}
	for ; before.i < r.i; before.i++ {
		r.bounded = r.bounded || before.isOver()
	}
	return told
}

// isOver reports that the token that is next says "or more".
func (r *dateReader) isOver() bool {
	switch next(r.d, r.i) {
	case "+", ">", "≥":
		return true
	}
	return r.word().kind == dateOver
}
