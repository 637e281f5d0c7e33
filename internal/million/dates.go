package million

import (
	"regexp"
	"strconv"
	"strings"
	"time"

	"jobsieve/job"
)

// Postings are crawled from firstDay on, for so many days.
var (
	firstDay = time.Date(2024, time.July, 1, 0, 0, 0, 0, job.IST)
	days     = 730
)

// ago finds how long ago a relative date is.
var ago = regexp.MustCompile(`(?i)^(\d+)( (?:day|week|month)s ago)$`)

// most is the most of a unit that a relative date says.
var most = map[string]int{"d": 29, "w": 4, "m": 3}

// date gives a posting a moment at which it was crawled, and a date that is written as
// another one.
func (m *Maker) date(p *job.Posting, posted string) {
	const dayHours, newest = 24, 30
	minutes := m.random.IntN(days * dayHours * 60)
	p.CrawledAt = firstDay.Add(time.Duration(minutes) * time.Minute)
	written := p.CrawledAt.AddDate(0, 0, -m.random.IntN(newest))
	p.Posted = posted
	if _, err := time.Parse(time.DateOnly, posted); err == nil {
		p.Posted = written.Format(time.DateOnly)
	}
	if _, err := time.Parse(time.RFC3339, posted); err == nil {
		p.Posted = written.UTC().Format(time.RFC3339)
	}
	if found := ago.FindStringSubmatch(posted); found != nil {
		unit := strings.ToLower(found[2][1:2])
		p.Posted = strconv.Itoa(2+m.random.IntN(most[unit]-1)) + found[2]
	}
}
