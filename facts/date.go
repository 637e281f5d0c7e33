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
	at, relative, ok := ParseDate(p.Posted, p.CrawledAt)
	if !ok || relative && p.CrawledAt.IsZero() {
		return ""
	}
	return job.Opt(at.Format(time.DateOnly))
}

// dateLayouts are the forms of whole dates, tried in order; a day comes before
// its month, as India writes it.
var dateLayouts = []string{
	time.RFC3339Nano, "2006-01-02T15:04:05Z0700", "2006-01-02T15:04:05.999Z0700", "2006-01-02T15:04:05", "2006-01-02T15:04", "2006-01-02 15:04:05Z07:00", "2006-01-02 15:04:05 -0700 MST", "2006-01-02 15:04:05", "2006-01-02 15:04", "2006-01-02", "2006/01/02", "20060102",
	time.RFC1123Z, time.RFC1123, time.RFC850, "Mon, 2 Jan 2006 15:04:05 -0700", "Mon, 2 Jan 2006 15:04:05 MST", "Mon, 2 Jan 2006",
	"2 Jan 2006", "2 January 2006", "2 Jan, 2006", "2 January, 2006", "Jan 2, 2006", "January 2, 2006", "Jan 2 2006", "January 2 2006", "2-Jan-2006", "2-Jan-06", "02-January-2006", "2 Jan 06",
	"2/1/2006", "2-1-2006", "2.1.2006", "2/1/06", "2-1-06", "2.1.06",
}

// yearless are the forms of dates that leave out the year.
var yearless = []string{"2 Jan", "2 January", "Jan 2", "January 2", "2-Jan"}

// ParseDate reads the date of a posting. A relative one, and one without a
// year, counts back from now, and relative is true; if now is zero its date
// means nothing. ok is false for a text that is no date.
func ParseDate(s string, now time.Time) (at time.Time, relative, ok bool) {
	s = strings.TrimSpace(s)
	if s == "" || len(s) > 200 {
		return time.Time{}, false, false
	}
	if at, ok := absolute(s); ok {
		return at, false, true
	}
	if back, ok := ago(s); ok {
		return back(now.In(job.IST)), true, true
	}
	for _, layout := range yearless {
		if t, err := time.ParseInLocation(layout, s, job.IST); err == nil {
			return latest(t, now.In(job.IST)), true, true
		}
	}
	return time.Time{}, false, false
}

func absolute(s string) (time.Time, bool) {
	s = strings.TrimSpace(asciiDigits.Replace(s))
	for _, prefix := range []string{"Posted on", "Posted:", "Posted", "Date:", "on "} {
		if len(s) > len(prefix) && strings.EqualFold(s[:len(prefix)], prefix) {
			s = strings.TrimSpace(s[len(prefix):])
		}
	}
	s = usualZones.Replace(s)
	for _, layout := range dateLayouts {
		t, err := time.ParseInLocation(layout, s, job.IST)
		if err == nil && t.Year() >= 1990 && t.Year() <= 2100 {
			return t.In(job.IST), true
		}
	}
	if n, err := strconv.ParseInt(s, 10, 64); err == nil && len(s) >= 10 && len(s) <= 13 {
		return job.EpochTime(n).In(job.IST), true
	}
	return time.Time{}, false
}

// usualZones brings zones and months to the forms of the layouts.
var usualZones = strings.NewReplacer(" IST", " +0530", "Sept ", "Sep ", " GMT+0000", " +0000")

var asciiDigits = strings.NewReplacer("०", "0", "१", "1", "२", "2", "३", "3", "४", "4", "५", "5", "६", "6", "७", "7", "८", "8", "९", "9")

// latest gives the day of t in the last year in which that is not after now.
func latest(t, now time.Time) time.Time {
	d := time.Date(now.Year(), t.Month(), t.Day(), 0, 0, 0, 0, job.IST)
	if d.After(now) {
		d = d.AddDate(-1, 0, 0)
	}
	return d
}

// agoUnits are the units of "3 weeks ago": days, or months.
var agoUnits = map[string]struct{ days, months int }{
	"minute": {}, "minutes": {}, "min": {}, "mins": {}, "मिनट": {}, "hour": {}, "hours": {}, "hr": {}, "hrs": {}, "h": {}, "घंटे": {}, "घंटा": {}, "ghanta": {}, "second": {}, "seconds": {},
	"day": {1, 0}, "days": {1, 0}, "d": {1, 0}, "दिन": {1, 0}, "din": {1, 0}, "दिनों": {1, 0},
	"week": {7, 0}, "weeks": {7, 0}, "w": {7, 0}, "wk": {7, 0}, "हफ्ते": {7, 0}, "हफ्ता": {7, 0}, "सप्ताह": {7, 0}, "hafta": {7, 0}, "हफ्तों": {7, 0},
	"month": {0, 1}, "months": {0, 1}, "mo": {0, 1}, "माह": {0, 1}, "महीने": {0, 1}, "महीना": {0, 1}, "mahina": {0, 1}, "महीनों": {0, 1},
	"year": {0, 12}, "years": {0, 12}, "साल": {0, 12}, "वर्ष": {0, 12}, "saal": {0, 12},
}

// agoWords end a relative date; without one "3 days" is a length.
var agoWords = map[string]bool{"ago": true, "पहले": true, "pehle": true, "pahle": true, "पूर्व": true, "back": true, "old": true}

// ago reads "3 weeks ago", "30+ Days Ago", "Today", "2 दिन पहले".
func ago(s string) (func(time.Time) time.Time, bool) {
	d := text.Parse(s)
	shift := func(days, months int) func(time.Time) time.Time {
		return func(now time.Time) time.Time { return now.AddDate(0, -months, -days) }
	}
	told := false
	for i := range d.Tokens {
		told = told || agoWords[d.Tokens[i].Norm]
	}
	for i := range d.Tokens {
		switch d.Tokens[i].Norm {
		case "today", "now", "आज", "aaj", "अभी", "abhi":
			return shift(0, 0), true
		case "yesterday", "कल", "kal":
			return shift(1, 0), true
		}
		u, ok := agoUnits[d.Tokens[i].Norm]
		if !ok || !told {
			continue
		}
		n := agoCount(d, i)
		return shift(n*u.days, n*u.months), true
	}
	return nil, false
}

// agoCount gives the number before the unit at token i; "few" and "a" are one.
func agoCount(d *text.Doc, i int) int {
	for j := i - 1; j >= 0 && j >= i-3; j-- {
		if v, ok := numberAt(d, j); ok && v < 1000 {
			return int(v)
		}
	}
	return 1
}
