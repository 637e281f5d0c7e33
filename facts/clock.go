package facts

import (
	"slices"
	"strconv"
	"strings"

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

// half is the part of the day that a time is said to be in.
type half uint8

const (
	halfUnsaid   half = iota
	halfMorning       // before noon
	halfEvening       // after noon
	halfNight         // "8 at night", "3 at night"
	halfNoon          // twelve
	halfMidnight      // twelve at night
	halfWhole         // the hour is one of twenty-four: "18:30", "0930"
)

// clockTime is one time of day in a text.
type clockTime struct {
	hour, minute int
	half         half
	inWords      bool // "nine"
	marked       bool // "6:30", "6 PM", "सुबह 9", "9 बजे": certainly a time
	compact      bool // "1830": it could be a year, too
	first, end   int
}

// minutes gives the times after midnight that a time may mean.
func (t clockTime) minutes() []int {
	at := func(h int) int { return (h*hour + t.minute) % day }
	h := t.hour % 12
	switch {
	case t.half == halfWhole || t.hour > 12 || t.hour == 0:
		return []int{at(t.hour)}
	case t.half == halfMorning, t.half == halfMidnight:
		return []int{at(h)}
	case t.half == halfEvening, t.half == halfNoon:
		return []int{at(h + 12)}
	case t.half == halfNight && t.hour >= 6 && t.hour < 12:
		return []int{at(h + 12)}
	case t.half == halfNight:
		return []int{at(h)}
	}
	return []int{at(h), at(h + 12)}
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
	best, least := clock{}, 0
	for _, from := range a.minutes() {
		for _, to := range b.minutes() {
			said := a.half != halfUnsaid || b.half != halfUnsaid
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
	d                       *text.Doc
	named                   []phrase.Hit[shiftWord]
	before, after, daysWork []phrase.Hit[string]
	others, public, own     []phrase.Hit[string]
	last                    int // the end of the hours that were read last
	lastElse                int // the end of the last hours that are not of work
}

// clockSpans finds "6:30 PM – 3:30 AM", "9 to 6", "सुबह 9 से शाम 5", given the
// words that name shifts.
func (w *words) clockSpans(d *text.Doc, named []phrase.Hit[shiftWord]) []clock {
	var out []clock
	r := clockReader{words: w, d: d, named: named, last: -1, lastElse: -1}
	for i := 0; i < len(d.Tokens); i++ {
		if !r.mayBegin(i) {
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
		r.lookAround()
		r.goOn(&a, out)
		c := likeliest(a, b, r.atNight(a.first, b.end))
		if r.long(c, a, b) && r.ofWork(a, b) {
			out = append(out, c)
			r.last = b.end
		}
		i = b.end - 1
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

// mayBegin reports a token that a time of day may begin with.
func (r *clockReader) mayBegin(i int) bool {
	switch r.d.Tokens[i].Kind {
	case text.Number:
		return true
	case text.Word:
		_, ok := r.clockStarts.At(r.d, i)
		return ok
	}
	return false
}

// lookAround finds the words that say what hours are about, once there are any.
func (r *clockReader) lookAround() {
	if r.others != nil {
		return
	}
	r.public, r.own = r.thePublic.Hits(r.d), r.ownHours.Hits(r.d)
	r.before, r.after = r.workingHours.Hits(r.d), r.hoursBefore.Hits(r.d)
	r.daysWork, r.others = r.daysOfWork.Hits(r.d), append([]phrase.Hit[string]{}, r.otherHours.Hits(r.d)...)
}

// timeAt reads a time of day at token i.
func (r *clockReader) timeAt(i int) (t clockTime, ok bool) {
	t.first = i
	if h, ok := r.dayparts.At(r.d, i); ok {
		t.half, t.marked = h, true
		for i++; r.ofDaypart[next(r.d, i)]; i++ {
		}
	}
	past, i, part := r.readPart(&t, i)
	n, ok := r.numberOfHour(i)
	if !ok {
		if t.half == halfNoon || t.half == halfMidnight {
			t.hour, t.end = 12, i
			return t, true
		}
		return t, false
	}
	written := r.d.Tokens[i].Kind == text.Number
	if written && !t.readNumber(r.d.Tokens[i].Norm) {
		return t, false
	}
	if !written {
		t.hour, t.inWords = n, true
	}
	i++
	i = r.readMinutes(&t, i)
	t.end = r.readHalf(&t, i)
	if part {
		t.hour, t.minute = t.hour+(past+hour)/hour-1, (past+hour)%hour
	}
	return t, t.minute < hour
}

// readPart reads "half past" and साढ़े before an hour and gives the token after that, and how
// many minutes past the hour that makes.
func (r *clockReader) readPart(t *clockTime, i int) (past, after int, ok bool) {
	past, ok = r.hourParts.At(r.d, i)
	if !ok {
		return 0, i, false
	}
	if r.d.Is(i+1, "past") {
		t.marked = true
		return past, i + 2, true
	}
	return past, i + 1, true
}

// readMinutes reads ":30", ":30:00" and "thirty" after an hour and gives the token after that.
func (r *clockReader) readMinutes(t *clockTime, i int) int {
	if t.inWords {
		if n, ok := r.numbers.At(r.d, i); ok && (n == hour/4 || n == hour/2 || n == 3*hour/4) {
			t.minute = int(n)
			i++
		}
		return i
	}
	sign := (r.d.Is(i, ":") || r.d.Is(i, ".")) && r.d.Tokens[i].Glued
	if !sign || t.minute > 0 || !r.minutesAt(i+1) {
		return i
	}
	t.minute, _ = strconv.Atoi(r.d.Tokens[i+1].Norm)
	t.marked = true
	i += 2
	if r.d.Is(i, ":") && r.minutesAt(i+1) { // seconds
		i += 2
	}
	return i
}

// numberOfHour gives the number of an hour at token i, in digits or in words.
func (r *clockReader) numberOfHour(i int) (int, bool) {
	if r.d.IsKind(i, text.Number) {
		// "10:30" begins at its hour; "12.30.45" and "24/7" are no times.
		within := i > 0 && r.d.Tokens[i].Glued && slices.Contains([]string{":", ".", "/", "₹"}, next(r.d, i-1)) &&
			!(r.d.Is(i-1, ":") && r.d.IsKind(i-2, text.Word)) // but "Timing:10.00"
		return 0, !within
	}
	return r.hourNames.At(r.d, i)
}

// minutesAt reports two digits right after a sign.
func (r *clockReader) minutesAt(i int) bool {
	return r.d.IsKind(i, text.Number) && r.d.Tokens[i].Glued && len(r.d.Tokens[i].Norm) == 2
}

// readNumber reads "6", "6.30" and "1830".
func (t *clockTime) readNumber(norm string) bool {
	whole, part, decimal := strings.Cut(norm, ".")
	n, err := strconv.Atoi(whole)
	if err != nil {
		return false
	}
	switch {
	case decimal && len(whole) <= 2:
		t.minute, err = strconv.Atoi(part)
		t.marked = err == nil && t.minute%15 == 0
		if !t.marked || len(part) > 2 {
			return false
		}
		if len(part) == 1 { // "9.3" is half past nine
			t.minute *= 10
		}
	case len(whole) == 4 && !decimal:
		n, t.minute = n/100, n%100
		t.compact, t.half = true, halfWhole
		if t.minute%5 != 0 {
			return false
		}
		t.marked = whole[0] == '0'
	case len(whole) > 2:
		return false
	}
	t.hour = n
	if whole == "00" && t.half == halfUnsaid {
		t.half = halfWhole
	}
	return n <= 24
}

// readHalf reads AM, PM, बजे, "in the morning" after a time and gives the token
// after that.
func (r *clockReader) readHalf(t *clockTime, i int) int {
	i = r.readNoon(t, i)
	if r.d.Is(i, "o") && r.d.Is(i+1, "clock") {
		t.marked = true
		i += 2
	} else if r.clockMarks[next(r.d, i)] {
		t.marked = true
		i++
	}
	j := i
	for r.d.Is(j, "in") || r.d.Is(j, "the") || r.d.Is(j, "at") || r.ofDaypart[next(r.d, j)] {
		j++
	}
	if j >= len(r.d.Tokens) {
		return i
	}
	h, ok := r.dayparts.At(r.d, j)
	bare := !t.marked && j == i && !r.clockUntil[next(r.d, j+1)] // but "8 subah se"
	if !ok || t.half != halfUnsaid || bare || r.d.IsKind(j+1, text.Number) {
		return i
	}
	t.half, t.marked = h, true
	return j + 1
}

// readNoon reads AM or PM, also "a.m." and "a m", and gives the token after that.
func (r *clockReader) readNoon(t *clockTime, i int) int {
	said := map[string]half{"am": halfMorning, "pm": halfEvening, "a": halfMorning, "p": halfEvening}
	if h, ok := said[next(r.d, i)]; ok {
		switch {
		case len(r.d.Tokens[i].Norm) == 2:
			i++
		case r.d.Is(i+1, ".") && r.d.Is(i+2, "m"):
			if i += 3; r.d.Is(i, ".") && r.d.Tokens[i].Glued {
				i++
			}
		case r.d.Is(i+1, "m"):
			i += 2
		default:
			return i
		}
		t.marked = true
		if t.half == halfUnsaid || t.half == halfWhole {
			t.half = h
		}
	}
	return i
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

// next gives the token at i, empty where there is none.
func next(d *text.Doc, i int) string {
	if i >= 0 && i < len(d.Tokens) {
		return d.Tokens[i].Norm
	}
	return ""
}
