package facts

import (
	"slices"

	"jobsieve/job"
	"jobsieve/lexicon/phrase"
	"jobsieve/text"
)

// clock is a span of working hours: minutes after midnight, and the tokens that
// it was read from.
type clock struct {
	from, to   int
	first, end int
	said       bool // which half of the day it is in
}

const (
	hour = 60
	day  = 24 * hour
)

// length is how many minutes a span has.
func (c clock) length() int { return ((c.to-c.from)%day + day) % day }

// shift says what working these hours is.
func (c clock) shift() job.Shift {
	switch to := c.from + c.length(); {
	case to >= day || c.from < 5*hour:
		return job.ShiftNight
	case to > 20*hour:
		return job.ShiftEvening
	}
	return job.ShiftDay
}

// The lengths of working hours: the shortest where they are said to be worked and where
// they are not, the usual and the longest.
const (
	briefestHours = hour
	shortestHours = 3 * hour
	usualHours    = 9 * hour
	longestHours  = 17 * hour
)

// likeliest gives the hours from one time to another that a working day most
// likely has: about nine, and not at night unless that is said.
func likeliest(a, b clockTime, night bool) clock {
	said := a.half != halfUnsaid || b.half != halfUnsaid
	best, least := clock{}, 0
	for _, from := range a.minutes() {
		for _, to := range b.minutes() {
			c := clock{from, to, a.first, b.end, said}
			odd := max(c.length()-usualHours, usualHours-c.length())
			if (c.shift() == job.ShiftNight) != night {
				odd += 3 * hour
			}
			if (a.half == halfUnsaid) != (b.half == halfUnsaid) && c.length() > 13*hour { // "7 am to 9"
				odd += 6 * hour
			}
			if best.end == 0 || odd < least {
				best, least = c, odd
			}
		}
	}
	return best
}

// clockReader finds hours of the clock in one text.
type clockReader struct {
	*words
	d        *text.Doc
	named    []phrase.Hit[shiftWord]
	last     int // the end of the hours that were read last, and the hour that they end at
	lastHour int
	lastElse int // the end of the last hours that are not of work
}

// clockSpans finds "6:30 PM – 3:30 AM", "9 to 6", "सुबह 9 से शाम 5", given the
// words that name shifts.
func (w *words) clockSpans(d *text.Doc, named []phrase.Hit[shiftWord]) []clock {
	var out []clock
	r := clockReader{words: w, d: d, named: named, last: -1, lastElse: -1}
	end := 0 // of the times that were read last
	for _, i := range w.numberStarts(d) {
		if i < end {
			continue
		}
		a, ok := r.timeAt(i)
		if !ok {
			continue
		}
		b, ok := r.until(a)
		if ok {
			r.partAfter(&a, &b)
		} else if b, ok = r.told(&a); !ok {
			continue
		}
		r.goOn(&a, out)
		r.goOnLater(&a, b, out)
		c := likeliest(a, b, r.atNight(a.first, b.end))
		if r.long(c, a, b) && r.ofWork(a, b) {
			out = append(out, c)
			r.last, r.lastHour = b.end, b.hour
		}
		end = b.end
	}
	return out
}

// long reports hours that are long enough to be worked, and no more than one can.
func (r *clockReader) long(c clock, a, b clockTime) bool {
	n := c.length()
	return n <= longestHours && (n >= shortestHours || n >= briefestHours && r.brief(a, b))
}

// goOn makes a begin when the hours before it end, where it goes on from these: the third
// of "6-2, 2-10, 10-6".
func (r *clockReader) goOn(a *clockTime, before []clock) {
	const near = 3
	if len(before) == 0 || a.first-r.last > near || !r.d.Unbroken(r.last, a.first) {
		return
	}
	if end := before[len(before)-1].to; slices.Contains(a.minutes(), end) {
		a.hour, a.minute, a.half = end/hour, end%hour, halfWhole
	}
}

// goOnLater makes a begin after the hours before it, where both are half a day's work: "10 to 2
// and 6 to 10", "11 to 3 for lunch, then 7 to 11".
func (r *clockReader) goOnLater(a *clockTime, b clockTime, before []clock) {
	const half = 5 * hour
	unsaid := a.half == halfUnsaid && b.half == halfUnsaid && a.hour < b.hour && b.hour < 12
	if len(before) == 0 || !unsaid || !r.goesOn(a.first) {
		return
	}
	last := before[len(before)-1]
	later := (a.hour%12 + 12) * hour
	if last.from < last.to && last.length() <= half && a.hour*hour < last.to && last.to <= later {
		a.half = halfEvening
	}
}

// goesOn reports that between the hours that were read last and token i there is no "or".
func (r *clockReader) goesOn(i int) bool {
	const near = 6
	if i-r.last > near || !r.d.Unbroken(r.last, i) {
		return false
	}
	return !slices.ContainsFunc(r.d.Tokens[r.last:i], func(t text.Token) bool {
		return t.Norm == "or" || t.Norm == "ya" || t.Norm == "या" || t.Norm == "/"
	})
}

// until reads the second time of a span whose first one is a.
func (r *clockReader) until(a clockTime) (b clockTime, ok bool) {
	i := r.skip(a.end)
	j := i
	for r.d.Is(j, "-") || r.d.Is(j, "~") {
		j++
	}
	for r.clockUntil[next(r.d, j)] {
		if r.d.Is(j, "and") && !r.d.Is(a.first-1, "between") {
			j = i // "10 am and 5 pm" are two times
			break
		}
		j++
	}
	if j == i {
		j = r.ends(i)
	}
	if j == i {
		return b, false
	}
	for r.clockAbout[next(r.d, j)] {
		j++
	}
	if j >= len(r.d.Tokens) {
		return b, false
	}
	if b, ok = r.timeAt(j); !ok {
		return b, false
	}
	if k := b.end; r.inHours(k) {
		if !a.marked && !b.marked && !a.compact {
			return b, false // "8 to 9 hours" is a length
		}
		b.end, b.marked = k+1, true
	}
	return b, true
}

// ends steps over "and ends at" from token i, and gives i where that is not said.
func (r *clockReader) ends(i int) int {
	j := i
	for r.d.Is(j, ",") || r.clockUntil[next(r.d, j)] {
		j++
	}
	if !r.clockEnds[next(r.d, j)] {
		return i
	}
	for r.clockEnds[next(r.d, j)] || slices.Contains([]string{"time", "at", "by", ":"}, next(r.d, j)) {
		j++
	}
	return j
}

// skip steps over "hrs", "IST" and signs between a time and what follows.
func (r *clockReader) skip(i int) int {
	for ; i < len(r.d.Tokens); i++ {
		norm := r.d.Tokens[i].Norm
		beside := slices.Contains([]string{"ist", "(", ")", ".", "onwards", "onward"}, norm)
		if !beside && !r.inHours(i) && !r.timeZones[norm] {
			break
		}
	}
	return i
}
