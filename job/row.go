package job

import (
	"encoding/json"
	"fmt"
	"strconv"
	"time"
)

// Member is one key and value of a JSON object, the value as it was given.
type Member struct {
	Key   string
	Value json.RawMessage
}

// RowFields are what a row may say, by the names that columns are mapped to: the
// fields of a posting, when it was fetched, and the parts of pay and place.
var RowFields = []string{
	"id", "source", "title", "company", "location", "experience", "salary", "skills", "description", "url", "posted",
	"openings", ValidThrough, "crawled_at", "salary_min", "salary_max", "salary_currency", "salary_period",
	"city", "state", "country", "remote",
}

var timeLayouts = []string{
	time.RFC3339Nano, "2006-01-02T15:04:05", "2006-01-02 15:04:05Z07:00", "2006-01-02 15:04:05", "2006-01-02",
}

// IST is Indian Standard Time, in which Indian boards write dates.
var IST = time.FixedZone("IST", 5*3600+1800)

// ParseTime reads when a row was fetched: a date, with or without a time and
// zone, or seconds or milliseconds since 1970. An empty text is the zero time.
func ParseTime(text string) (time.Time, error) {
	if text == "" {
		return time.Time{}, nil
	}
	for _, layout := range timeLayouts {
		if t, err := time.ParseInLocation(layout, text, IST); err == nil {
			return t, nil
		}
	}
	if n, err := strconv.ParseInt(text, 10, 64); err == nil {
		return EpochTime(n), nil
	}
	const format = "expected a time such as 2026-01-31T12:00:00+05:30 or seconds since 1970, got %q"
	return time.Time{}, fmt.Errorf(format, text)
}

// EpochTime reads seconds or milliseconds since 1970, whichever gives a date
// before the year 5000.
func EpochTime(n int64) time.Time {
	const year5000 = 95617584000
	if n > year5000 || n < -year5000 {
		return time.UnixMilli(n)
	}
	return time.Unix(n, 0)
}
