package facts

import (
	"testing"
	"time"

	"jobsieve/job"
)

// dateOf gives the date that ParsePosted reads, and whether it is relative.
func dateOf(s string, seen time.Time) (date string, relative bool) {
	at, how := ParsePosted(s, seen)
	if how == "" {
		return "", false
	}
	return at.Format(time.DateOnly), how.Relative()
}

// TestWrittenDates reads each date in all the ways in which boards write it.
func TestWrittenDates(t *testing.T) {
	seen := time.Date(2026, 11, 26, 6, 0, 0, 0, time.UTC)
	for date, texts := range map[string]string{
		"2026-10-25": `2026-10-25 | 2026/10/25 | 2026.10.25 | 2026-Oct-25 | 20261025 | 202610251015
			20261025T101500Z | 25/10/2026 | 25-10-2026 | 25.10.2026 | 25/10/26 | 25.10.26 | 10/25/2026
			25 / 10 / 2026 | 25/10/2026 10:30 | 25-10-2026 10:30 AM | 25-10-2026, 5:08:47 PM | 25/10/2026 - 9.15 PM
			25 Oct 2026 | 25 October, 2026 | 25-OCT-26 | 25Oct2026 | 25 Oct '26 | Oct 25, 2026 | Oct. 25 2026
			25th Oct 2026 | October 25th, 2026 | 25th of October 2026 | Oct-25-2026, 10:30 AM
			Sunday, 25 October 2026 | Sun Oct 25 2026 | Sun, 25 Oct 2026 10:00:00 IST | Sun Oct 25 00:00:00 UTC 2026
			Sun Oct 25 2026 10:30:00 GMT+0530 (India Standard Time) | Sun Oct 25 00:00:00 2026
			Posted on: 25 Oct, 2026 | Date Posted: 25/10/2026 | Last updated 25 Oct 2026 | Posted 25 Oct 2026 by Asha
			25 अक्टूबर 2026 | २५ अक्तूबर, २०२६ | २५/१०/२०२६ | दिनांक: 25.10.2026 | रविवार, 25 अक्टूबर 2026
			2026-10-25T10:30 | 2026-10-25 10:30:00.123456 | 2026-10-25T10:30:00+0530 | 2026-10-25T18:29:59Z
			2026-10-24 18:30:00 UTC | 2026-10-24T23:30:00-07:00 | 2026-10-25 10:00:00 +0530 IST | 1792886400
			1792886400000 | 1792886400.0 | /Date(1792886400000)/ | /Date(1792886400000+0530)/
			{"$date": "2026-10-25T00:00:00Z"}`,
		"2026-11-26": `Today | Just Posted | Just now | Few hours ago | 5h | 5h ago | Posted 45 minutes ago | आज
			5 घंटे पहले | abhi | Posted Today | PostedJust posted | an hour ago`,
		"2026-11-25": `Yesterday | 1 day ago | a day ago | 1d | 1 Day(s) Ago | कल | kal | 24 hours ago
			Yesterday, 10:30 AM`,
		"2026-11-24": `2 days ago | 2d | 2d ago | 2 Days | २ दिन पहले | दो दिन पहले | 2 din pehle | परसों
			EmployerActive 2 days ago`,
		"2026-11-12": `Posted 2 weeks ago | 2w | two weeks ago | 2 हफ्ते पहले | 2 hafte pehle | 2 सप्ताह पूर्व`,
		"2026-10-27": `30+ Days Ago | Posted 30+ Days Ago | 30+ days | 30d+ ago | more than 30 days ago`,
		"2026-10-26": `1 month ago | 1mo | about a month ago | एक महीने पहले | 1 mahina pehle`,
		"2025-12-12": `12 Dec | Dec 12 | 12th December | 12 दिसंबर | 12 Dec, 10:30 AM`, // the last one that is past
		"": ` | soon | Urgent | Apply now | Hiring now | 3 months duration | 2 years experience | 10 AM to 6 PM
			24x7 | 45 | 2026 | Nov 2026 | 12/2026 | 31/02/2026 | 13/13/2026 | 0000-00-00 | 0001-01-01 | 1970-01-01
			110001 | 9876543210 | N/A | 3.5 | Closing date 25 Oct 2026 | Posted in the last 7 days`,
	} {
		for _, s := range barred(texts) {
			if got, _ := dateOf(s, seen); got != date {
				t.Errorf("%q: %q, want %q", s, got, date)
			}
		}
	}
}

// TestHowPosted says of each text whether it means a day, and whether that is
// stated.
func TestHowPosted(t *testing.T) {
	seen := time.Date(2026, 11, 26, 6, 0, 0, 0, time.UTC)
	for how, texts := range map[job.DateKnown]string{
		job.DateStated: `2026-10-25 | 25 Oct 2026 | Posted on: 25 Oct, 2026 | 1792886400 | 20261025`,
		job.DateInferred: `Today | Few hours ago | 3 days ago | 3d | 2 weeks ago | a month ago | 12 Dec | कल
			2 दिन पहले | Active 2 days ago, over 100 applicants`,
		job.DateBounded: `30+ Days Ago | Posted 30+ Days Ago | 30+ days | 30d+ ago | more than 30 days ago | 30 plus days ago
			over a month ago | at least 30 days ago | older than 30 days | 30 days or more ago | > 30 days ago
			30+ दिन पहले | 30 दिन से ज़्यादा पहले | 30 दिन से अधिक पहले | 30 din se zyada pehle | 30+ din pehle`,
		"": `soon | Apply now | 3 months duration | more than 2 years experience | over 100 applicants`,
	} {
		for _, s := range barred(texts) {
			_, got := ParsePosted(s, seen)
			if got != how || HowPosted(s) != how {
				t.Errorf("%q: %q, at any time %q; want %q", s, got, HowPosted(s), how)
			}
			day := Posted(&job.Posting{Posted: s, CrawledAt: seen})
			if (day != "") != how.IsDay() {
				t.Errorf("%q: the day is %q", s, day)
			}
		}
	}
}

// TestJustBefore counts minutes back over midnight in India.
func TestJustBefore(t *testing.T) {
	seen := time.Date(2026, 6, 9, 18, 50, 0, 0, time.UTC) // twenty past midnight
	for s, want := range map[string]string{
		"10 minutes ago": "2026-06-10", "25 मिनट पहले": "2026-06-09", "45m": "2026-06-09", "30 seconds ago": "2026-06-10",
		"half an hour ago": "2026-06-09", "आधे घंटे पहले": "2026-06-09", "डेढ़ घंटे पहले": "2026-06-09", "just now": "2026-06-10",
	} {
		if got, _ := dateOf(s, seen); got != want {
			t.Errorf("%q: %q, want %q", s, got, want)
		}
	}
}

// TestFuture believes no date of a posting that is more than a day after its
// crawl, and lets deadlines be there.
func TestFuture(t *testing.T) {
	seen := time.Date(2026, 6, 12, 6, 0, 0, 0, time.UTC)
	for s, want := range map[string]string{
		"12/06/2026": "2026-06-12", "2026-06-13": "2026-06-13", "06/11/2026": "2026-06-11", "06-11-26": "2026-06-11",
		"05/07/2026": "2026-05-07", "06/11/2025": "2025-11-06", "09/11/2026": "", "25/12/2026": "", "2026-06-14": "",
		"2026-11-06": "", "6 Nov 2026": "", "1893456000": "",
	} {
		if got, _ := dateOf(s, seen); got != want {
			t.Errorf("%q: %q, want %q", s, got, want)
		}
	}
	at, _, ok := ParseDate("06/11/2026", seen)
	if want := time.Date(2026, 11, 6, 0, 0, 0, 0, job.IST); !ok || !at.Equal(want) {
		t.Errorf("a deadline is %v, %v; want %v", at, ok, want)
	}
	if got := Posted(&job.Posting{Posted: "06/11/2026"}); got != "2026-11-06" {
		t.Errorf("without the time of its crawl: %q", got)
	}
}

func FuzzParseDate(f *testing.F) {
	for _, s := range barred("5th Nov 2026 | 05/11/2026 10:30 | 2026-11-05T10:30:00+05:30 | /Date(17356896000)/ | 3d | ५ नवंबर") {
		f.Add(s)
	}
	seen := time.Date(2026, 11, 26, 6, 0, 0, 0, time.UTC)
	f.Fuzz(func(t *testing.T, s string) {
		at, how := ParsePosted(s, seen)
		if how != "" && at.After(seen.Add(24*time.Hour)) {
			t.Fatalf("%q: %v, %s", s, at, how)
		}
	})
}
