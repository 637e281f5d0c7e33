package facts

import (
	"strconv"
	"strings"
	"time"

	"jobsieve/job"
	"jobsieve/text"
)

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
