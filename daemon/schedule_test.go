package daemon

import (
	"strings"
	"testing"
	"time"
)

// TestSchedules shows when schedules fire after Monday, 5 January 2026, 12:00.
func TestSchedules(t *testing.T) {
	from := time.Date(2026, 1, 5, 12, 0, 0, 0, time.UTC)
	for s, want := range map[string]string{
		"0 0 * * 7":            "2026-01-11 00:00 2026-01-18 00:00",
		"0 0 * * 0":            "2026-01-11 00:00 2026-01-18 00:00",
		"0 0 * * SUN":          "2026-01-11 00:00 2026-01-18 00:00",
		"0 0 * * sunday":       "",
		"0 0 * * 6-7":          "2026-01-10 00:00 2026-01-11 00:00",
		"0 0 * * FRI-SUN":      "2026-01-09 00:00 2026-01-10 00:00",
		"0 0 * * sat-mon":      "2026-01-10 00:00 2026-01-11 00:00",
		"0 0 * * 5-7/2":        "2026-01-09 00:00 2026-01-11 00:00",
		"0 0 * * 3,7":          "2026-01-07 00:00 2026-01-11 00:00",
		"0 0 * * 0-7":          "2026-01-06 00:00 2026-01-07 00:00",
		"0 0 * * 1/2":          "2026-01-07 00:00 2026-01-09 00:00",
		"0 0 * * */2":          "2026-01-06 00:00 2026-01-08 00:00",
		"0 0 * * 8":            "",
		"0 0 * * 07":           "2026-01-11 00:00 2026-01-18 00:00",
		"0 0 * * -1":           "",
		"0 0 * * 1-8":          "",
		"0 0 * * 1/0":          "",
		"0 0 * * 1-3-5":        "",
		"0 0 * * 7#1":          "",
		"0 0 31 2 *":           "",
		"0 0 30,31 2 *":        "",
		"0 0 31 4,6,9,11 *":    "",
		"0 0 31 APR,JUN *":     "",
		"0 0 30-31 2 ?":        "",
		"0 0 31 2 1":           "2026-02-02 00:00 2026-02-09 00:00", // either day, as in cron
		"0 0 31 4,5 *":         "2026-05-31 00:00 2027-05-31 00:00",
		"0 0 29 2 *":           "2028-02-29 00:00 ",
		"0 0 1 JAN,JUL *":      "2026-07-01 00:00 2027-01-01 00:00",
		"15 */6 * * *":         "2026-01-05 12:15 2026-01-05 18:15",
		"0 22-4 * * *":         "",
		"60 0 * * *":           "",
		"0 0 0 * *":            "",
		"0 0 * 13 *":           "",
		"0 0 * * * *":          "",
		"":                     "",
		"*/59 * * * *":         "2026-01-05 12:59 2026-01-05 13:00",
		"*/60 * * * *":         "",
		"*/90 * * * *":         "",
		"30/30 * * * *":        "",
		"0,10-20/11 * * * *":   "",
		"10-20/10 * * * *":     "2026-01-05 12:10 2026-01-05 12:20",
		"5/1 * * * *":          "2026-01-05 12:05 2026-01-05 12:06",
		"0 */12 * * *":         "2026-01-06 00:00 2026-01-06 12:00",
		"0 */24 * * *":         "",
		"0 6/18 * * *":         "",
		"0 0 */31 * *":         "",
		"0 0 */30 * *":         "2026-01-31 00:00 2026-02-01 00:00",
		"0 0 1 */12 *":         "",
		"0 0 1 JUN/7 *":        "",
		"0 0 1 JAN-JUL/6 *":    "2026-07-01 00:00 2027-01-01 00:00",
		"0 0 * * */7":          "",
		"0 0 * * FRI/2":        "",
		"0 0 * * FRI-MON/3":    "2026-01-09 00:00 2026-01-12 00:00",
		"@daily":               "2026-01-06 00:00 2026-01-07 00:00",
		"@every 6h":            "2026-01-05 18:00 2026-01-06 00:00",
		"@every 59s":           "",
		"@every 1ns":           "",
		"@every 0s":            "",
		"@every -1h":           "",
		"@every 99999h":        "",
		"@every 9999999999h":   "",
		"@reboot":              "",
		"TZ=0":                 "",
		"CRON_TZ=":             "",
		"TZ=UTC 0 0 * * *":     "",
		"CRON_TZ=UTC @daily":   "",
		" 0  0 * *\t7 ":        "2026-01-11 00:00 2026-01-18 00:00",
		"@every 6h 0 0 31 2 *": "",
	} {
		var got string
		schedule, err := parseSchedule(s)
		if err == nil {
			first := schedule.Next(from)
			got = first.Format("2006-01-02 15:04 ")
			if second := schedule.Next(first); second.Year() < 2032 {
				got += second.Format("2006-01-02 15:04")
			}
		} else if strings.Count(err.Error(), "expected")+strings.Count(err.Error(), "time zone") == 0 {
			t.Errorf("%q: %v", s, err)
		}
		if got != want {
			t.Errorf("%q: %q, want %q (%v)", s, got, want, err)
		}
	}
}

// TestScheduleSteps wants a step that is too long told with what to write instead.
func TestScheduleSteps(t *testing.T) {
	for s, want := range map[string]string{
		"*/90 * * * *": `bad schedule "*/90 * * * *": the step of 90 minutes in "*/90" goes beyond 0 to 59, ` +
			`so it would fire only at 0; expected a smaller step: ` +
			`for every hour write 0 for the minute, for other spans @every 90m`,
		"0 3,6/20 * * *": `bad schedule "0 3,6/20 * * *": the step of 20 hours in "6/20" goes beyond 6 to 23, ` +
			`so it would fire only at 6; expected a smaller step: ` +
			`for once a day write one hour, for longer spans @every 36h`,
	} {
		if err := CheckSchedule(s); err == nil || err.Error() != want {
			t.Errorf("%q: %v\nwant %s", s, err, want)
		}
	}
}

func FuzzSchedule(f *testing.F) {
	for _, s := range []string{"0 0 * * 5-7/2", "TZ=0", "@every 1h", "*/5 1,2 ? JAN-MAR SUN"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		schedule, err := parseSchedule(s)
		if err == nil && schedule.Next(time.Date(2025, 6, 1, 0, 0, 0, 0, time.UTC)).IsZero() {
			t.Errorf("%q never fires", s)
		}
	})
}
