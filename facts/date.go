package facts

import (
	"strconv"
	"strings"
	"time"

	"jobsieve/job"
	"jobsieve/text"
)

// Posted gives the posting's date: the one it states, or a relative one counted
// from its own crawl time; empty for none.
func Posted(p *job.Posting) job.Opt {
	at, relative, ok := ParsePosted(p.Posted, p.CrawledAt)
	if !ok || relative && p.CrawledAt.IsZero() {
		return ""
	}
	return job.Opt(at.Format(time.DateOnly))
}

// ParsePosted is ParseDate for the day on which a posting that was crawled at
// seen was posted. A day more than a day later is not believed: a date that is
// past with its month before its day is read so, another is none.
func ParsePosted(s string, seen time.Time) (at time.Time, relative, ok bool) {
	r, ok := readDate(s, seen)
	if !ok {
		return time.Time{}, false, false
	}
	if !seen.IsZero() {
		latest := seen.Add(24 * time.Hour)
		if r.at().After(latest) && r.numeric {
			r.day, r.month = r.month, r.day
			ok = r.valid()
		}
		ok = ok && !r.at().After(latest)
	}
	return r.at(), r.relative, ok
}

// ParseDate reads a date, in the time of India where it states no other; a day
// comes before its month, as India writes it, unless it cannot. A relative one,
// and one without a year, counts back from now, and relative is true; if now is
// zero it is not read. ok is false for a text that is no date.
func ParseDate(s string, now time.Time) (at time.Time, relative, ok bool) {
	r, ok := readDate(s, now)
	if !ok {
		return time.Time{}, false, false
	}
	return r.at(), r.relative, true
}

// dateKind says what a word in a date is.
type dateKind uint8

const (
	dateLead    dateKind = iota + 1 // "posted on", "Monday": says nothing
	dateMonth                       // n is its number
	dateBack                        // "yesterday": n days ago
	dateHalf                        // "half" of the unit after it
	dateMinutes                     // these are units; n is how many of the unit it is
	dateDays
	dateMonths
	dateAgo // "ago"
)

// dateWord is what a word means in a date.
type dateWord struct {
	kind dateKind
	n    int
}

// dateReader reads one date, token by token.
type dateReader struct {
	*words
	d *text.Doc
	i int

	year, month, day int
	clock            time.Duration
	zone             *time.Location
	numeric          bool // day and month are numbers, and either could be the other
	relative         bool
	instant          time.Time // where that is known at once
}

// readDate reads the date that a text begins with, after words such as "posted
// on". What follows it is not looked at.
func readDate(s string, now time.Time) (dateReader, bool) {
	const longest = 200
	r := dateReader{words: &Standard().words, zone: job.IST}
	if s = strings.TrimSpace(s); s == "" || len(s) > longest {
		return r, false
	}
	r.d = text.Parse(s)
	r.leads()
	for _, read := range []func(*dateReader, time.Time) bool{
		(*dateReader).epoch, (*dateReader).compact, (*dateReader).written, (*dateReader).ago,
	} {
		if t := r; read(&t, now) && t.valid() {
			return t, true
		}
	}
	return r, false
}

// at is the time that was read.
func (r *dateReader) at() time.Time {
	if !r.instant.IsZero() {
		return r.instant.In(job.IST)
	}
	return time.Date(r.year, time.Month(r.month), r.day, 0, 0, 0, 0, r.zone).Add(r.clock).In(job.IST)
}

// valid reports a day that exists, in a year that a posting may be of.
func (r *dateReader) valid() bool {
	const first, last = 1990, 2100
	if y := r.at().Year(); y < first || y > last {
		return false
	}
	if !r.instant.IsZero() {
		return true
	}
	t := time.Date(r.year, time.Month(r.month), r.day, 0, 0, 0, 0, time.UTC)
	return t.Day() == r.day && int(t.Month()) == r.month
}

// word gives the meaning of the token that is next.
func (r *dateReader) word() dateWord {
	w, _ := r.dates.At(r.d, r.i)
	return w
}

// leads steps over what says nothing before a date.
func (r *dateReader) leads() {
	for r.word().kind == dateLead || r.d.IsKind(r.i, text.Symbol) {
		r.i++
	}
}

// signs steps over the signs that are next.
func (r *dateReader) signs() {
	for r.d.IsKind(r.i, text.Symbol) {
		r.i++
	}
}

// whole reads a whole number of least to most digits.
func (r *dateReader) whole(least, most int) (n int, ok bool) {
	if !r.d.IsKind(r.i, text.Number) {
		return 0, false
	}
	s := r.d.Tokens[r.i].Norm
	n, err := strconv.Atoi(s)
	if err != nil || len(s) < least || len(s) > most {
		return 0, false
	}
	r.i++
	return n, true
}

// epoch reads seconds or milliseconds since 1970: "1735689600", /Date(…)/.
func (r *dateReader) epoch(time.Time) bool {
	const fewest, most = 9, 13
	if !r.d.IsKind(r.i, text.Number) {
		return false
	}
	digits, _, _ := strings.Cut(r.d.Tokens[r.i].Norm, ".")
	n, err := strconv.ParseInt(digits, 10, 64)
	if err != nil || len(digits) < fewest || len(digits) > most {
		return false
	}
	r.instant = job.EpochTime(n)
	return true
}

// compact reads "20261105", with or without a time behind it.
func (r *dateReader) compact(time.Time) bool {
	const day, minute, second = 8, 12, 14
	if !r.d.IsKind(r.i, text.Number) {
		return false
	}
	s := r.d.Tokens[r.i].Norm
	if n := len(s); n != day && n != minute && n != second || strings.Contains(s, ".") {
		return false
	}
	r.year, _ = strconv.Atoi(s[:4])
	r.month, _ = strconv.Atoi(s[4:6])
	r.day, _ = strconv.Atoi(s[6:day])
	return true
}

// written reads "5/11/2026 10:30", "5th Nov, 2026", "Nov 5", "2026-11-05T10:30Z",
// "Nov 05 00:00:00 UTC 2026".
func (r *dateReader) written(now time.Time) bool {
	if !r.yearFirst() && !r.dayFirst() && !r.monthFirst() {
		return false
	}
	if r.year == 0 && !r.d.Is(r.i+1, ":") {
		r.year = r.yearAfter()
	}
	r.readClock()
	if r.year == 0 {
		r.year = r.yearAfter()
	}
	if r.year == 0 {
		r.relative = true
		r.year = now.In(job.IST).Year()
		if r.at().After(now) {
			r.year--
		}
	}
	return true
}

// yearFirst reads a year, month and day.
func (r *dateReader) yearFirst() bool {
	year, ok := r.whole(4, 4)
	if !ok {
		return false
	}
	r.year = year
	r.signs()
	if !r.monthName() {
		if r.month, ok = r.whole(1, 2); !ok {
			return false
		}
	}
	r.signs()
	return r.dayNumber()
}

// monthFirst reads the name of a month and a day.
func (r *dateReader) monthFirst() bool {
	if !r.monthName() {
		return false
	}
	r.signs()
	return r.dayNumber()
}

// dayFirst reads a day and its month: that by its name, or by its number with a
// year after it. Numbers that can only be month and day are that.
func (r *dateReader) dayFirst() bool {
	const months = 12
	if !r.dayNumber() {
		return false
	}
	from := r.i
	r.signs()
	if r.d.Is(r.i, "of") {
		r.i++
	}
	if r.monthName() {
		return true
	}
	month, ok := r.whole(1, 2)
	if !ok || r.i == from+1 {
		return false
	}
	if r.month = month; month > months {
		r.day, r.month = month, r.day
	}
	r.numeric = r.day <= months
	r.year = r.yearAfter()
	return r.year != 0
}

// dayNumber reads the number of a day, and the "th" after it.
func (r *dateReader) dayNumber() bool {
	day, ok := r.whole(1, 2)
	r.day = day
	if ok && r.i < len(r.d.Tokens) && r.d.Tokens[r.i].Glued {
		switch r.d.Tokens[r.i].Norm {
		case "st", "nd", "rd", "th":
			r.i++
		}
	}
	return ok
}

func (r *dateReader) monthName() bool {
	w := r.word()
	if w.kind != dateMonth {
		return false
	}
	r.month = w.n
	r.i++
	return true
}

// yearAfter reads the year after a day and a month, 0 for none.
func (r *dateReader) yearAfter() int {
	const thisCentury = 2000
	from := r.i
	r.signs()
	if y, ok := r.whole(4, 4); ok {
		return y
	}
	if y, ok := r.whole(2, 2); ok && !r.d.Is(r.i, ":") {
		return thisCentury + y
	}
	r.i = from
	return 0
}

// readClock reads the time of a day, and the zone that it is in.
func (r *dateReader) readClock() {
	from := r.i
	r.signs()
	if r.d.Is(r.i, "t") || r.d.Is(r.i, "at") {
		r.i++
	}
	hour, ok := r.whole(1, 2)
	if !ok || !r.d.Is(r.i, ":") {
		r.i = from
		return
	}
	r.i++
	minute, _ := r.whole(1, 2)
	second := 0.
	if r.d.Is(r.i, ":") && r.d.IsKind(r.i+1, text.Number) {
		second, _ = numberAt(r.d, r.i+1)
		r.i += 2
	}
	switch half := next(r.d, r.i); half {
	case "am", "pm":
		hour %= 12
		if half == "pm" {
			hour += 12
		}
		r.i++
	}
	seconds := float64(hour*60+minute)*60 + second
	r.clock = time.Duration(seconds * float64(time.Second))
	r.readZone()
}

// zoneHours gives how far zones are from UTC, in hours.
var zoneHours = map[string]float64{
	"z": 0, "utc": 0, "gmt": 0, "ist": 5.5, "est": -5, "edt": -4, "cst": -6, "cdt": -5,
	"mst": -7, "mdt": -6, "pst": -8, "pdt": -7, "bst": 1, "cet": 1, "cest": 2, "gst": 4, "sgt": 8,
	"aest": 10, "aedt": 11,
}

// readZone reads "Z", "IST", "+05:30", "GMT+0530".
func (r *dateReader) readZone() {
	hours, named := zoneHours[next(r.d, r.i)]
	if named {
		r.i++
	}
	sign := map[string]float64{"+": 1, "-": -1}[next(r.d, r.i)]
	if sign != 0 && r.d.IsKind(r.i+1, text.Number) && r.d.Tokens[r.i+1].Glued {
		r.i++
		h, ok := r.whole(2, 2)
		m := 0
		switch {
		case !ok:
			h, _ = r.whole(4, 4)
			h, m = h/100, h%100
		case r.d.Is(r.i, ":"):
			r.i++
			m, _ = r.whole(2, 2)
		}
		hours, named = sign*(float64(h)+float64(m)/60), true
	}
	if named {
		r.zone = time.FixedZone("", int(hours*60*60))
	}
}

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
	told := r.i == len(r.d.Tokens)
	for ; r.i < len(r.d.Tokens); r.i++ {
		told = told || r.word().kind == dateAgo
	}
	return told
}
