package facts

import (
	"strconv"
	"strings"
	"time"

	"jobsieve/job"
	"jobsieve/text"
)

// Posted gives the posting's date: the one it states, or a relative one counted
// from its own crawl time; empty for none, and where only a day is known on or
// before which it was posted.
func Posted(p *job.Posting) job.Opt {
	at, how := ParsePosted(p.Posted, p.CrawledAt)
	if !how.IsDay() || how.Relative() && p.CrawledAt.IsZero() {
		return ""
	}
	return job.Opt(at.Format(time.DateOnly))
}

// HowPosted says how a text gives the day on which something was posted, whenever
// it was crawled.
func HowPosted(s string) job.DateKnown {
	r, ok := readDate(s, time.Date(latestYear, time.January, 1, 0, 0, 0, 0, time.UTC))
	if !ok {
		return ""
	}
	return r.how()
}

// ParsePosted is ParseDate for the day on which a posting that was crawled at
// seen was posted, or the day on or before which it was, as how says; how is
// empty where it is neither. A day more than a day later is not believed: a date
// that is past with its month before its day is read so, another is none.
func ParsePosted(s string, seen time.Time) (at time.Time, how job.DateKnown) {
	r, ok := readDate(s, seen)
	if !ok {
		return time.Time{}, ""
	}
	if !seen.IsZero() {
		latest := seen.Add(24 * time.Hour)
		if r.at().After(latest) && r.numeric {
			r.day, r.month = r.month, r.day
			ok = r.valid()
		}
		ok = ok && !r.at().After(latest)
	}
	if !ok {
		return time.Time{}, ""
	}
	return r.at(), r.how()
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
	dateAgo  // "ago"
	dateOver // "more than" the length of time beside it
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
	bounded          bool      // it was on that day or before
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

// how says what the time that was read tells of a day.
func (r *dateReader) how() job.DateKnown {
	switch {
	case r.bounded:
		return job.DateBounded
	case r.relative:
		return job.DateInferred
	}
	return job.DateStated
}

// at is the time that was read.
func (r *dateReader) at() time.Time {
	if !r.instant.IsZero() {
		return r.instant.In(job.IST)
	}
	return time.Date(r.year, time.Month(r.month), r.day, 0, 0, 0, 0, r.zone).Add(r.clock).In(job.IST)
}

// The years that a posting may be of.
const earliestYear, latestYear = 1990, 2100

// valid reports a day that exists, in a year that a posting may be of.
func (r *dateReader) valid() bool {
	if y := r.at().Year(); y < earliestYear || y > latestYear {
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
	for k := r.word().kind; k == dateLead || k == dateOver || r.d.IsKind(r.i, text.Symbol); k = r.word().kind {
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
