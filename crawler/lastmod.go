package crawler

import (
	"strings"
	"time"
)

// lastMod is when a sitemap says that a page was changed: at a time, or on the day that
// begins then; the zero time where it says nothing.
type lastMod struct {
	at time.Time
	// until is when the page had surely changed if it is said to have.
	until time.Time
	day   bool
}

// How far the time that is meant may be from the one that is written.
const (
	clocks  = time.Hour      // the clocks of two machines
	zones   = 14 * time.Hour // a time without its zone, from that in UTC
	oneDay  = 24 * time.Hour
	farZone = 12 * time.Hour // a day somewhere, from that in UTC
)

// lastModForms are the forms of lastmod, with how long each may last.
var lastModForms = []struct {
	layout string
	lasts  time.Duration
}{
	{time.RFC3339Nano, clocks},
	{"2006-01-02T15:04Z07:00", clocks},
	{"2006-01-02 15:04:05Z07:00", clocks},
	{"2006-01-02 15:04:05 -0700", clocks},
	{"2006-01-02T15:04:05-0700", clocks},
	{"2006-01-02T15:04:05", zones},
	{"2006-01-02 15:04:05", zones},
	{"2006-01-02T15:04", zones},
	{time.DateOnly, oneDay + farZone},
}

// lastModOf reads a lastmod. One that can't be read, or is in the future, says nothing.
func lastModOf(text string, now time.Time) lastMod {
	text = strings.TrimSpace(text)
	for _, form := range lastModForms {
		at, err := time.Parse(form.layout, text)
		if err != nil {
			continue
		}
		if at.After(now.Add(zones)) || at.Unix() <= 0 {
			return lastMod{}
		}
		at = at.Truncate(time.Millisecond) // as it is kept
		return lastMod{at, at.Add(form.lasts), form.layout == time.DateOnly}
	}
	return lastMod{}
}

// says gives what lastmod says of a page that is known.
func (m lastMod) says(k *Known, now time.Time) Said {
	same := m.at.Equal(k.Modified)
	switch {
	case m.at.IsZero():
		return SaidNothing
	case same && m.day && k.Asked.Before(m.until) && now.After(m.until):
		return SaidNothing // it may have changed later on that day
	case !same && m.until.After(k.Asked):
		return SaidChanged
	}
	return SaidUnchanged
}
