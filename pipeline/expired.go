package pipeline

import (
	"regexp"
	"time"

	"jobsieve/facts"
	"jobsieve/job"
)

// timeOfDay is the time in a date that states one, midnight the time in a date
// that means the whole day all the same.
var (
	timeOfDay = regexp.MustCompile(`\d:\d\d`)
	midnight  = regexp.MustCompile(`(?i)(?:^|[T\s,])(?:0?0:00(?::00(?:\.0+)?)?(?:$|[Z+\s-])|12:00(?::00)?\s*am)`)
)

// expiry gives when, as its board says, a posting that was seen at a time can be applied
// for no longer; the zero time where it says nothing. A date without a time means that
// whole day. Rows of files have no time at which they were seen: they may be about the
// past.
func expiry(p *job.Posting, seen time.Time) time.Time {
	text := p.Until()
	if text == "" || seen.IsZero() {
		return time.Time{}
	}
	until, relative, ok := facts.ParseDate(text, seen)
	if !ok || relative {
		return time.Time{}
	}
	if !timeOfDay.MatchString(text) || midnight.MatchString(text) {
		until = until.Add(24 * time.Hour)
	}
	if posted, how := facts.ParsePosted(p.Posted, seen); how.IsDay() && until.Before(posted) {
		return time.Time{} // over before it began: the date means something else
	}
	return until
}
