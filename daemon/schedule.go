package daemon

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/robfig/cron/v3"
)

var (
	errTimezone = errors.New("a time zone does not belong in a schedule; set timezone for all")
	errNever    = errors.New("it would never fire, since there is no such day; " +
		"expected a day that one of its months has")
)

// leastBetween is the least time between two crawls that a schedule may ask for,
// mostBetween the most.
const (
	leastBetween = time.Minute
	mostBetween  = 366 * 24 * time.Hour
)

// parseSchedule reads five fields as in cron, or @every 6h, @daily and so on.
func parseSchedule(s string) (cron.Schedule, error) {
	if strings.Contains(s, "TZ=") {
		return nil, errTimezone
	}
	if err := steps(s); err != nil {
		return nil, fmt.Errorf("bad schedule %q: %w", s, err)
	}
	schedule, err := cron.ParseStandard(sundays(s))
	if err != nil {
		const format = "bad schedule %q: expected five fields such as \"15 */6 * * *\" " +
			"(minute hour day month weekday), or @every 6h: %w"
		return nil, fmt.Errorf(format, s, err)
	}
	if c, ok := schedule.(cron.ConstantDelaySchedule); ok && (c.Delay < leastBetween || c.Delay > mostBetween) {
		return nil, fmt.Errorf("bad schedule %q: expected at least a minute and at most a year between two crawls", s)
	}
	// From a fixed day, so that a schedule is right or wrong whatever day it is.
	if schedule.Next(time.Date(2024, 1, 1, 0, 0, 0, 0, time.UTC)).IsZero() {
		return nil, fmt.Errorf("bad schedule %q: %w", s, errNever)
	}
	return schedule, nil
}

// CheckSchedule refuses what isn't a schedule, or never fires.
func CheckSchedule(s string) error {
	_, err := parseSchedule(s)
	return err
}

// spansLooked is how many times a schedule is followed to find its least span: as
// many as one of every minute has in a day.
const spansLooked = 24 * 60

// Span is the least time between two crawls of a schedule; 0 where it isn't one.
func Span(s string) time.Duration {
	schedule, err := parseSchedule(s)
	if err != nil {
		return 0
	}
	if every, ok := schedule.(cron.ConstantDelaySchedule); ok {
		return every.Delay
	}
	least := mostBetween
	at := schedule.Next(time.Date(2024, 1, 1, 0, 0, 0, 0, time.UTC))
	for range spansLooked {
		next := schedule.Next(at)
		if next.IsZero() {
			break
		}
		least, at = min(least, next.Sub(at)), next
	}
	return least
}

// sundays writes the weekdays of five fields in a way that the cron library
// reads: it knows Sunday only as 0, and so no week that ends with it.
func sundays(s string) string {
	fields := strings.Fields(s)
	if len(fields) != 5 {
		return s
	}
	var days []string
	for part := range strings.SplitSeq(fields[4], ",") {
		days = append(days, weekdays(part)...)
	}
	return strings.Join(append(fields[:4], strings.Join(days, ",")), " ")
}

// cronField is one of the five fields of a schedule: what it counts, and its least
// and greatest value.
type cronField struct {
	unit        string
	least, most int
	advice      string // for a step that the field can't have
}

var cronFields = []cronField{
	{"minutes", 0, 59, `for every hour write 0 for the minute, for other spans @every 90m`},
	{"hours", 0, 23, `for once a day write one hour, for longer spans @every 36h`},
	{"days", 1, 31, `for once a month write one day, for other spans @every 840h`},
	{"months", 1, 12, `for once a year write one month`},
	{"weekdays", 0, 6, `for once a week write one weekday`},
}

// steps refuses steps that lead out of their range at once: such a part fires at its
// first value alone, though it looks as if it asked for more.
func steps(s string) error {
	parts := strings.Fields(s)
	if len(parts) != len(cronFields) {
		return nil
	}
	for i, f := range cronFields {
		for part := range strings.SplitSeq(parts[i], ",") {
			if err := f.step(part); err != nil {
				return err
			}
		}
	}
	return nil
}

// step looks at a part such as 5-40/20; one that can't be read is left to the
// library.
func (f cronField) step(part string) error {
	span, stepText, stepped := strings.Cut(part, "/")
	step, err := strconv.Atoi(stepText)
	from, to, ok := f.span(span)
	tooLong := ok && step > max(1, to-from)
	if stepped && err == nil && tooLong {
		return fmt.Errorf("the step of %d %s in %q goes beyond %d to %d, so it would fire only at %d; "+
			"expected a smaller step: %s", step, f.unit, part, from, to, from, f.advice)
	}
	return nil
}

// span gives the first and the last value of a part with a step; ok is false where
// they can't be read.
func (f cronField) span(s string) (from, to int, ok bool) {
	if s == "*" || s == "?" {
		return f.least, f.most, true
	}
	first, last, ranged := strings.Cut(s, "-")
	from, ok = f.value(first)
	if to = f.most; ok && ranged {
		to, ok = f.value(last)
	}
	return from, to, ok && from <= to
}

// value reads a number or a name of a month or weekday.
func (f cronField) value(s string) (int, bool) {
	var names []string
	switch f.unit {
	case "weekdays":
		return weekday(s)
	case "months":
		names = monthNames
	}
	if i := slices.Index(names, strings.ToLower(s)); i >= 0 {
		return i + f.least, true
	}
	n, err := strconv.ParseUint(s, 10, 8)
	return int(n), err == nil
}

var monthNames = []string{"jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"}

var weekdayNames = []string{"sun", "mon", "tue", "wed", "thu", "fri", "sat"}

// weekdays gives the days of a part such as 5-7/2 or FRI-SUN, and any other part
// as it is.
func weekdays(part string) []string {
	span, stepText, stepped := strings.Cut(part, "/")
	first, last, ranged := strings.Cut(span, "-")
	from, ok := weekday(first)
	to, step := from, 1
	if ranged && ok {
		to, ok = weekday(last)
	} else if stepped {
		to = 6 // as the library has it: from there on
	}
	if stepped && ok {
		n, err := strconv.Atoi(stepText)
		step, ok = n, err == nil && n > 0
	}
	if !ok {
		return []string{part}
	}
	if to < from {
		to += 7
	}
	var days []string
	for d := from; d <= to; d += step {
		days = append(days, strconv.Itoa(d%7))
	}
	return days
}

// weekday reads a day: 0 to 7, or its name.
func weekday(s string) (int, bool) {
	if i := slices.Index(weekdayNames, strings.ToLower(s)); i >= 0 {
		return i, true
	}
	n, err := strconv.ParseUint(s, 10, 8)
	return int(n), err == nil && n <= 7
}
