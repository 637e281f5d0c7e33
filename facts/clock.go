package facts

import (
	"slices"
	"strconv"
	"strings"

	"jobsieve/job"
	"jobsieve/lexicon/phrase"
	"jobsieve/text"
)

// hourNames are the hours in words.
var hourNames = map[string]int{
	"one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
	"eleven": 11, "twelve": 12,
	"एक": 1, "दो": 2, "तीन": 3, "चार": 4, "पांच": 5, "छह": 6, "सात": 7, "आठ": 8, "नौ": 9, "दस": 10, "ग्यारह": 11,
	"बारह": 12,
	"ek":   1, "do": 2, "teen": 3, "char": 4, "chaar": 4, "paanch": 5, "panch": 5, "chhah": 6, "chhe": 6, "che": 6,
	"saat": 7, "sat": 7, "aath": 8, "nau": 9, "das": 10, "dus": 10, "gyarah": 11, "barah": 12,
}

// clock is a span of working hours: minutes after midnight, and the tokens that
// it was read from.
type clock struct {
	from, to   int
	first, end int
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

// The lengths of working hours: the shortest, the usual and the longest.
const (
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
			c := clock{from, to, a.first, b.end}
			odd := max(c.length()-usualHours, usualHours-c.length())
			if (c.shift() == job.ShiftNight) != night {
				odd += 3 * hour
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
		if !ok {
			continue
		}
		r.lookAround()
		r.goOn(&a, out)
		c := likeliest(a, b, r.atNight(a.first, b.end))
		if n := c.length(); n >= shortestHours && n <= longestHours && r.ofWork(a, b) {
			out = append(out, c)
			r.last = b.end
		}
		i = b.end - 1
	}
	return out
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
	past, part := r.hourParts.At(r.d, i)
	if part {
		i++
	}
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
	if written {
		i = r.readMinutes(&t, i)
	}
	t.end = r.readHalf(&t, i)
	if part {
		t.hour, t.minute = t.hour+(past+hour)/hour-1, (past+hour)%hour
	}
	return t, t.minute < hour
}

// readMinutes reads ":30" and ":30:00" after an hour and gives the token after that.
func (r *clockReader) readMinutes(t *clockTime, i int) int {
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
		within := i > 0 && r.d.Tokens[i].Glued && slices.Contains([]string{":", ".", "/", "₹"}, next(r.d, i-1))
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
	if !ok || t.half != halfUnsaid || !t.marked && j == i || r.d.IsKind(j+1, text.Number) {
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
	if j == i || j >= len(r.d.Tokens) {
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
		if !r.inHours(i) && !r.timeZones[norm] && !slices.Contains([]string{"ist", "(", ")", "."}, norm) {
			break
		}
	}
	return i
}

func (r *clockReader) inHours(i int) bool {
	return r.d.Is(i, "hrs") || r.d.Is(i, "hours") || r.d.Is(i, "hr") || r.d.Is(i, "h")
}

// ofWork reports that two times are working hours: they are times at all, and
// not those of an interview or of a shop.
func (r *clockReader) ofWork(a, b clockTime) bool {
	after := next(r.d, b.end)
	counted := r.noTime[after] && b.half == halfUnsaid // but not "6 pm din me"
	if r.unitYears[after] > 0 || counted || r.d.Is(b.end, "%") || r.d.Is(a.first-1, "₹") {
		return false
	}
	if !a.marked && !b.marked && !r.bare(a, b) {
		return false
	}
	if r.elsewhere(a.first, b.end) {
		r.lastElse = b.end
		return false
	}
	return true
}

// bare reports two bare numbers that are working hours all the same. Those in words go
// down, as "nine to five" does and "two to three" does not.
func (r *clockReader) bare(a, b clockTime) bool {
	if a.inWords || b.inWords {
		return a.inWords && b.inWords && a.hour > b.hour && r.timed(a, b)
	}
	return r.timed(a, b) || r.backwards(a, b)
}

// backwards reports "10 to 7", "9 से 6": no other range goes down. Between signs it stands by
// itself, and has the length of a working day: "10-7."
func (r *clockReader) backwards(a, b clockTime) bool {
	if a.hour <= b.hour || a.hour > 12 || a.compact {
		return false
	}
	dayLong := a.hour >= 8 && a.hour <= 11 && b.hour >= 4 && b.hour+12-a.hour <= 10
	return r.d.IsKind(b.first-1, text.Word) || dayLong && r.aSentence(a.first, b.end)
}

// aSentence reports tokens first up to but not including end with nothing else in their sentence.
func (r *clockReader) aSentence(first, end int) bool {
	return (first == 0 || r.d.Stop(first-1)) && (end >= len(r.d.Tokens) || r.d.Stop(end))
}

// timed reports words beside two bare numbers that make working hours of them.
func (r *clockReader) timed(a, b clockTime) bool {
	const near = 4
	if r.last >= 0 && a.first-r.last <= near && r.d.Unbroken(r.last, a.first) {
		return true // "8 to 2 or 2 to 9"
	}
	for _, h := range phrase.Near(r.before, a.first-near, a.first) {
		if h.End <= a.first && r.d.Unbroken(h.End, a.first) {
			return true
		}
	}
	if a.compact || b.compact {
		return false
	}
	for _, h := range phrase.Near(r.after, b.end, b.end+near) {
		if h.First == b.end || h.First == b.end+1 && r.d.IsKind(b.end, text.Word) {
			return true
		}
	}
	const sentence = 8
	for _, h := range phrase.Near(r.daysWork, a.first-sentence, b.end+sentence) {
		if r.d.Unbroken(min(b.end, h.First), max(a.first, h.End)) {
			return true
		}
	}
	return false
}

// elsewhere reports words near tokens first up to but not including end that
// make their hours those of an interview or of customers.
func (r *clockReader) elsewhere(first, end int) bool {
	const before, after, joined = 8, 6, 2
	if r.lastElse >= 0 && first-r.lastElse <= joined && r.d.Unbroken(r.lastElse, first) {
		return true // "patients are seen 10 to 1 and 5 to 8"
	}
	own := r.ofOneself(first)
	for _, h := range phrase.Near(r.others, first-before, end+after) {
		about := h.First <= first && h.End >= end // "ग्राहक 10 से 9 आते हैं"
		switch {
		case h.End <= first: // "open all day, your duty 10 to 7" has a comma before one's own
			about = r.d.Unbroken(h.End, first) && !r.ownAfter(h, own)
		case h.First >= end:
			about = own < 0 && r.d.Unbroken(end, h.First) && !r.hasOwn(end, h)
		}
		if about {
			return true
		}
	}
	return r.ofPublic(first) || r.onDate(first)
}

// ofOneself gives the token at which words right before hours begin that make these one's
// own, -1 for none: "your duty 10 to 7".
func (r *clockReader) ofOneself(first int) int {
	const near = 4
	for _, h := range phrase.Near(r.own, first-near, first) {
		if h.End <= first && clause(r.d, h.End, first) {
			return h.First
		}
	}
	return -1
}

// ownAfter reports that words at token own, -1 for none, make hours one's own after hit h has
// spoken of others', within them or in the same breath: "shop timing for staff".
func (r *clockReader) ownAfter(h phrase.Hit[string], own int) bool {
	if own < h.End {
		return own >= h.First
	}
	return !clause(r.d, h.End, own) || r.ownInstead[next(r.d, own-1)]
}

// onDate reports a date before hours, which are those of that day: "12 June, 10 AM to 4 PM".
func (r *clockReader) onDate(first int) bool {
	const before = 8
	for i := max(0, first-before); i < first; i++ {
		if r.months[r.d.Tokens[i].Norm] && r.d.Unbroken(i, first) {
			return r.d.IsKind(i-1, text.Number) || r.d.IsKind(i-2, text.Number)
		}
	}
	return false
}

// ofPublic reports a clause that begins with those who come, and says from when:
// "Our members train from 5 am to 11 am".
func (r *clockReader) ofPublic(first int) bool {
	const reach = 10
	if !r.d.Is(first-1, "from") && !r.d.Is(first-1, "between") {
		return false
	}
	for _, h := range phrase.Near(r.public, first-reach, first-2) {
		start := h.First
		if r.d.Is(start-1, "our") || r.d.Is(start-1, "the") {
			start--
		}
		if start == 0 || r.d.Stop(start-1) {
			return clause(r.d, h.First, first)
		}
	}
	return false
}

// hasOwn reports that what others do there has hours of its own: "9 to 6, lunch
// 1 pm to 2 pm".
func (r *clockReader) hasOwn(end int, h phrase.Hit[string]) bool {
	i := h.End
	if i < len(r.d.Tokens) && (r.clockUntil[next(r.d, i)] || r.d.Is(i, "from") || r.d.Is(i, ":")) {
		i++
	}
	if i >= len(r.d.Tokens) || clause(r.d, end, h.First) && !r.d.Is(end, "with") || !r.mayBegin(i) {
		return false
	}
	t, ok := r.timeAt(i)
	return ok && t.marked
}

// atNight reports the name of a night shift beside tokens first up to but not
// including end.
func (r *clockReader) atNight(first, end int) bool {
	const near = 5
	for _, h := range phrase.Near(r.named, first-near, end+near) {
		named := h.Value.role == roleOfHours && (h.Value.shift == job.ShiftNight || h.Value.shift == job.ShiftUS)
		if named && clause(r.d, min(h.End, end), max(h.First, first)) {
			return true
		}
	}
	return false
}

// next gives the token at i, empty where there is none.
func next(d *text.Doc, i int) string {
	if i >= 0 && i < len(d.Tokens) {
		return d.Tokens[i].Norm
	}
	return ""
}
