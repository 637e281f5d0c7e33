package daemon

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"jobsieve/ledger"
)

// testTiming makes the timing of a schedule, in Indian time.
func testTiming(t *testing.T, source, schedule string, jitter time.Duration) *timing {
	t.Helper()
	parsed, err := parseSchedule(schedule)
	if err != nil {
		t.Fatal(err)
	}
	zone, err := time.LoadLocation("Asia/Kolkata")
	if err != nil {
		t.Fatal(err)
	}
	return &timing{source: source, schedule: parsed, zone: zone, jitter: jitter, from: schedule}
}

// moment reads "05 12:00", a day and a time of January 2026 in Indian time; none is
// the zero time.
func moment(t *testing.T, tm *timing, s string) time.Time {
	t.Helper()
	if s == "" {
		return time.Time{}
	}
	at, err := time.ParseInLocation("2006-01-02 15:04", "2026-01-"+s, tm.zone)
	if err != nil {
		t.Fatal(err)
	}
	return at
}

func told(tm *timing, at time.Time) string {
	if at.IsZero() {
		return ""
	}
	return at.In(tm.zone).Format("02 15:04")
}

// TestTake says when sources are due, and when they are due next once they are
// crawled.
func TestTake(t *testing.T) {
	const every, daily = "@every 6h", "10 3 * * *"
	for name, test := range map[string]struct {
		schedule, from, next, begun, crawled, now string
		want                                      string // when it is due; or taken, and when it is due then
	}{
		"never crawled":               {daily, "", "", "", "", "05 12:00", "taken, next 06 03:10"},
		"never crawled, every":        {every, "", "", "", "", "05 12:00", "taken, next 05 18:00"},
		"crawled by hand":             {daily, "", "", "", "05 11:00", "05 12:00", "06 03:10"},
		"crawled by hand, missed":     {daily, "", "", "", "03 11:00", "05 12:00", "taken, next 06 03:10"},
		"crawled by hand, every":      {every, "", "", "", "05 11:00", "05 12:00", "05 17:00"},
		"not due yet":                 {daily, daily, "06 03:10", "05 03:10", "", "06 03:09", "06 03:10"},
		"due":                         {daily, daily, "06 03:10", "05 03:10", "", "06 03:10", "taken, next 07 03:10"},
		"late":                        {daily, daily, "06 03:10", "05 03:10", "", "06 09:00", "taken, next 07 03:10"},
		"missed three times":          {daily, daily, "06 03:10", "05 03:10", "", "08 09:00", "taken, next 09 03:10"},
		"missed, every":               {every, every, "05 18:00", "05 12:00", "", "08 09:00", "taken, next 08 15:00"},
		"crawled by hand since":       {every, every, "05 18:00", "05 12:00", "05 17:00", "05 17:30", "05 18:00"},
		"earlier schedule":            {every, daily, "06 03:10", "05 03:10", "", "05 12:00", "taken, next 05 18:00"},
		"later schedule":              {daily, every, "05 18:00", "05 12:00", "", "05 19:00", "06 03:10"},
		"another schedule, not begun": {daily, every, "05 11:00", "", "", "05 12:00", "taken, next 06 03:10"},
		"clock was ahead":             {daily, daily, "28 03:10", "27 03:10", "", "05 12:00", "06 03:10"},
		"clock was ahead, every":      {every, every, "27 09:10", "27 03:10", "", "05 12:00", "05 18:00"},
		"clock put back a little":     {daily, daily, "06 03:10", "05 03:10", "", "05 03:09", "06 03:10"},
		"crawled by hand ahead":       {every, "", "", "", "27 03:10", "05 12:00", "05 18:00"},
	} {
		t.Run(name, func(t *testing.T) {
			tm := testTiming(t, "acme", test.schedule, 0)
			tm.crawled = moment(t, tm, test.crawled)
			known := ledger.Due{Schedule: test.from, Next: moment(t, tm, test.next), Begun: moment(t, tm, test.begun)}
			now := moment(t, tm, test.now)
			taken, ok := tm.take(known, now)
			got := told(tm, taken.Next)
			if ok {
				got = "taken, next " + got
			}
			if got != test.want || ok != taken.Begun.Equal(now) && !strings.HasPrefix(name, "clock was ahead") {
				t.Errorf("got %s, want %s; begun %s", got, test.want, told(tm, taken.Begun))
			}
			if settled, _ := tm.settle(known, now); settled.Next.After(now) == ok {
				t.Errorf("settled, it is due at %s", told(tm, settled.Next))
			}
			if _, again := tm.take(taken, now); again {
				t.Error("it is taken twice")
			}
		})
	}
}

// TestJitter follows schedules with jitter for two days: no time is left out, and
// each is moved by its own part of the jitter.
func TestJitter(t *testing.T) {
	for _, schedule := range []string{"*/10 * * * *", "0 */2 * * *"} {
		const jitter = 10 * time.Minute
		tm := testTiming(t, "acme", schedule, jitter)
		nominal := moment(t, tm, "05 00:00")
		at := tm.later(nominal)
		moved := map[time.Duration]bool{}
		for range 48 {
			nominal = tm.schedule.Next(nominal)
			known, ok := tm.take(ledger.Due{Schedule: tm.from, Next: at, Begun: at.Add(-time.Second)}, at)
			if !ok {
				t.Fatalf("%s: not due at %s", schedule, told(tm, at))
			}
			by := known.Next.Sub(nominal)
			if by < 0 || by > jitter {
				t.Fatalf("%s: due at %s, %s after %s", schedule, known.Next.In(tm.zone), by, told(tm, nominal))
			}
			moved[by] = true
			at = known.Next
		}
		if len(moved) < 40 {
			t.Errorf("%s: moved by %d spans only", schedule, len(moved))
		}
	}
}

// TestJitterOfSources wants sources apart, and each the same whenever it is asked.
func TestJitterOfSources(t *testing.T) {
	apart := map[string]bool{}
	for i := range 20 {
		tm := testTiming(t, fmt.Sprintf("source-%d", i), "@every 6h", time.Hour)
		begun := moment(t, tm, "05 00:00")
		next := tm.next(begun)
		if by := next.Sub(begun); by < 6*time.Hour || by > 7*time.Hour || !next.Equal(tm.next(begun)) {
			t.Errorf("source %d: after %s", i, by)
		}
		apart[told(tm, next)] = true
	}
	if len(apart) < 10 {
		t.Errorf("20 sources are due at %d times only", len(apart))
	}
}

func TestSpan(t *testing.T) {
	for schedule, want := range map[string]time.Duration{
		"@every 6h": 6 * time.Hour, "@daily": 24 * time.Hour, "*/10 9-17 * * *": 10 * time.Minute,
		"0 3 * * mon": 7 * 24 * time.Hour, "0,5 0 1 1 *": 5 * time.Minute, "15 */6 * * *": 6 * time.Hour,
		"0 0 1 * *": 28 * 24 * time.Hour, "*/7 * * * *": 4 * time.Minute, "0 0 29 2 *": mostBetween, "never": 0,
	} {
		if span := Span(schedule); span != want {
			t.Errorf("%s: %s, want %s", schedule, span, want)
		}
	}
}
