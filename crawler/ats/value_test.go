package ats

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"
)

func TestModeOf(t *testing.T) {
	for s, want := range map[string]mode{
		"": "", "Remote": remote, "REMOTE": remote, "fully_remote": remote, "Fully Remote": remote,
		"ORA_REMOTE": remote, "remote_local": remote,
		"Work from Home": remote, "work-from-home": remote, "Telecommute": remote, "Hybrid": hybrid,
		"hybrid_remote":    hybrid,
		"Partially remote": hybrid, "ORA_HYBRID": hybrid, "Not Remote": "", "Non-remote": "", "No remote": "",
		"On-site": "", "onsite": "",
		"ORA_ON_SITE": "", "unspecified": "", "none": "", "In office": "",
	} {
		if got := modeOf(s); got != want {
			t.Errorf("%q: %q, want %q", s, got, want)
		}
	}
}

func TestPeriod(t *testing.T) {
	for s, want := range map[string]string{
		"": " 1", "YEAR": "YEAR 1", "1 YEAR": "YEAR 1", "yearly": "YEAR 1", "ANNUAL": "YEAR 1",
		"per-year-salary": "YEAR 1", "per annum": "YEAR 1",
		"MONTHLY": "MONTH 1", "per-month-salary": "MONTH 1", "a month": "MONTH 1", "WEEK": "WEEK 1",
		"per-week-salary": "WEEK 1", "daily": "DAY 1",
		"per-day-wage": "DAY 1", "HOURLY": "HOUR 1", "per-hour-wage": "HOUR 1", "bi-week-salary": "YEAR 26",
		"2 WEEKS":     "YEAR 26",
		"Fortnightly": "YEAR 26", "semi-month-salary": "YEAR 24", "0.5 MONTH": "YEAR 24", "quarter": "YEAR 4",
		"3 MONTHS": "YEAR 4",
		"6 MONTHS": "YEAR 2", "2 MONTHS": "YEAR 6", "bi-month-salary": "OTHER 1", "one-time": "OTHER 1",
		"NONE": "OTHER 1", "shift": "OTHER 1",
	} {
		unit, times := period(s)
		if got := fmt.Sprint(unit, " ", times); got != want {
			t.Errorf("%q: %s, want %s", s, got, want)
		}
	}
}

func TestPeriodIn(t *testing.T) {
	for s, want := range map[string]string{
		"Estimated hourly pay range": "hourly", "Annual base salary": "annual", "Bi-weekly pay": "bi weekly",
		"Pay range":                        "",
		"Monthly pay, reviewed every year": "", "Zone 1": "", "Yearly (per year)": "year",
	} {
		if got := periodIn(s); got != want {
			t.Errorf("%q: %q, want %q", s, got, want)
		}
	}
}

func TestAmount(t *testing.T) {
	for _, tt := range []struct {
		v     any
		times float64
		want  string
	}{
		{json.Number("15000"), 1, "15000"}, {json.Number("15000.50"), 1, "15000.5"},
		{json.Number("1.5e4"), 1, "15000"}, {json.Number("0"), 1, "<nil>"},
		{json.Number("-5"), 1, "<nil>"}, {json.Number("1e999"), 1, "<nil>"}, {"15000", 1, "15000"},
		{" 15000.00 ", 1, "15000"}, {"0", 1, "<nil>"},
		{"₹ 2,40,000", 1, "₹ 2,40,000"}, {"negotiable", 1, "<nil>"}, {"1,000", 0.01, "<nil>"},
		{json.Number("1885"), 0.01, "18.85"},
		{json.Number("1500000"), 0.01, "15000"}, {"1500000", 0.01, "15000"}, {json.Number("2000"), 26, "52000"},
		{object{"amount": json.Number("7")}, 1, "7"},
		{nil, 1, "<nil>"}, {true, 1, "<nil>"}, {[]any{}, 1, "<nil>"},
	} {
		if got := fmt.Sprint(amount(tt.v, tt.times)); got != tt.want {
			t.Errorf("%v times %v: %s, want %s", tt.v, tt.times, got, tt.want)
		}
	}
}

func TestInCountry(t *testing.T) {
	for _, tt := range [][3]string{
		{"Pune", "IN", "Pune, India"}, {"Pune", "in", "Pune, India"}, {"Pune", "India", "Pune, India"},
		{"Pune, India", "IN", "Pune, India"},
		{"Pune, IND", "IN", "Pune, IND"}, {"London, UK", "GB", "London, UK"},
		{"Austin, TX, USA", "US", "Austin, TX, USA"},
		{"Austin, TX", "US", "Austin, TX, United States"}, {"", "IN", "India"}, {"Pune", "", "Pune"},
		{"Indianapolis", "IN", "Indianapolis, India"},
		{"Pune", "??", "Pune, ??"}, {"Remote", "IN", "Remote, India"},
	} {
		if got := inCountry(tt[0], tt[1]); got != tt[2] {
			t.Errorf("%q in %q: %q, want %q", tt[0], tt[1], got, tt[2])
		}
	}
}

func TestWhere(t *testing.T) {
	for _, tt := range []struct {
		mode mode
		of   string
		want string
	}{
		{hybrid, "Pune", "Pune, hybrid"}, {remote, "", "remote"}, {"", "", ""},
		{"", "Pune/pune, Maharashtra/Pune, Maharashtra, India", "Pune, Maharashtra, India"},
		{remote, "Remote, Italy/Italy", "Remote, Italy"}, {hybrid, "Remote", "Remote, hybrid"},
		{"", "Hyderabad, India/Hyderabad, Pakistan", "Hyderabad, India | Hyderabad, Pakistan"},
		{"", " Pune / Surat /Pune", "Pune | Surat"},
	} {
		got := where(tt.mode, strings.Split(tt.of, "/")...)
		if got != tt.want {
			t.Errorf("%q %q: %q, want %q", tt.mode, tt.of, got, tt.want)
		}
		if again := whereToo(got, "", ""); again != got {
			t.Errorf("%q: %q, read and written again", got, again)
		}
	}
	var many []string
	for i := range 100_000 {
		many = append(many, fmt.Sprintf("Town %d, India", i))
	}
	if n := len(distinct(append(many, many...))); n != len(many) {
		t.Errorf("%d of %d places", n, len(many))
	}
}

func TestDecode(t *testing.T) {
	for body, want := range map[string]string{
		`{"id": 9007199254740993}`: "9007199254740993", `{"id": "9007199254740993"}`: "9007199254740993",
		`{"id": 90071992547409931234567890}`: "90071992547409931234567890",
		`{"id": 12.0}`:                       "12", `{"id": 12.50}`: "12.5", `{"id": 1.2e3}`: "1200",
		`{"id": 1e400}`:      "1e400",
		`{"id": ["a", "b"]}`: "a, b", `{"id": {}}`: "",
		"\uFEFF" + `{"id": "x"}`: "x", `{"id": null}`: "", `{"id": true}`: "",
	} {
		v, err := decode([]byte(body))
		if got := str(v, "id"); got != want || err != nil {
			t.Errorf("%s: %q, %v, want %q", body, got, err, want)
		}
	}
	for _, body := range []string{"", "<html>", "{", "{} {}", `{"id": 1`} {
		if _, err := decode([]byte(body)); err == nil {
			t.Errorf("%q was read", body)
		}
	}
}
