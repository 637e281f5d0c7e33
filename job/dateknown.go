package job

// DateKnown says how the day is known on which something was posted; empty where
// nothing is known of it.
type DateKnown string

// The ways in which such a day is known.
const (
	DateStated   DateKnown = "stated"   // a date of the calendar
	DateInferred DateKnown = "inferred" // counted back from when it was crawled: "3 days ago"
	DateBounded  DateKnown = "bounded"  // a day on or before which it was posted: "30+ days ago"
)

// DatesKnown lists every way.
var DatesKnown = []DateKnown{DateStated, DateInferred, DateBounded}

// Relative reports a text that says something else on another day.
func (k DateKnown) Relative() bool { return k == DateInferred || k == DateBounded }

// IsDay reports that the very day is known.
func (k DateKnown) IsDay() bool { return k == DateStated || k == DateInferred }
