package job

import (
	"encoding/json"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

func TestCounts(t *testing.T) {
	var c, d Counts
	c.Store(New)
	c.Store(Changed)
	c.Reject(RejectCountry)
	d.Store(Unchanged)
	d.Reject(RejectCountry)
	c.Add(d)
	want := Counts{Seen: 5, New: 1, Changed: 1, Unchanged: 1, Rejected: 2, Reasons: map[Rejection]int{RejectCountry: 2}}
	if diff := cmp.Diff(want, c); diff != "" || !c.AddUp() {
		t.Errorf("adds up %v (-want +got):\n%s", c.AddUp(), diff)
	}
	c.Seen++
	if c.AddUp() {
		t.Error("counts that do not add up pass")
	}
}

func TestCanonicalURL(t *testing.T) {
	tests := []struct{ in, want string }{
		{"HTTPS://Jobs.Example.org:443/a?b=2&a=1&utm_source=x#top", "https://jobs.example.org/a?a=1&b=2"},
		{"http://jobs.example.org", "http://jobs.example.org/"},
		{"http://[::1]:80/a", "http://[::1]/a"},
		{"not a url", "not a url"},
		// tracking on every site
		{"https://e.example/view?job=1&GCLID=x&fbclid=y&mc_eid=z", "https://e.example/view?job=1"},
		{"https://e.example/jobs/12;jsessionid=0A1B?x=1", "https://e.example/jobs/12?x=1"},
		{"https://e.example/(S(lit3py55t21z5v55vlm25s55))/jobs/12", "https://e.example/jobs/12"},
		// what names a visit on some sites, and the posting on others
		{"https://e.example/view?ref=A1", "https://e.example/view?ref=A1"},
		{"https://e.example/job.php?lang=en&page=2&sid=77", "https://e.example/job.php?lang=en&page=2&sid=77"},
		{"https://e.example/v1/detail?src=9&px=2&xp=3", "https://e.example/v1/detail?px=2&src=9&xp=3"},
		{"https://e.example/job-listings-clerk-acme-pune-0-to-5-years-030226001234?src=list&sid=17&xp=3&px=1", "https://e.example/job-listings-clerk-acme-pune-0-to-5-years-030226001234"},
		{"https://e.example/jobs/12?ref=home", "https://e.example/jobs/12"},
		{"https://e.example/view?jobId=12&sid=5", "https://e.example/view?jobId=12"},
		// parameters that the standard would not read
		{"https://e.example/view?id=5%ZZ&b=1", "https://e.example/view?b=1&id=5%ZZ"},
		{"https://e.example/view?id=A;1", "https://e.example/view?id=A;1"},
		{"https://e.example/view?id=2&id=1&&a", "https://e.example/view?a=&id=2&id=1"},
		{"https://e.example/Jobs/A%2FB/", "https://e.example/Jobs/A%2FB/"},
		// fragments
		{"https://e.example/#/job/12", "https://e.example/#/job/12"},
		{"https://e.example/jobs#!/12", "https://e.example/jobs#!/12"},
		{"https://e.example/jobs#jobId=12", "https://e.example/jobs#jobId=12"},
		{"https://e.example/jobs/12#apply", "https://e.example/jobs/12"},
		{"https://e.example/jobs/12#:~:text=job=x", "https://e.example/jobs/12"},
	}
	for _, tt := range tests {
		if got := CanonicalURL(tt.in); got != tt.want {
			t.Errorf("CanonicalURL(%q) = %q, want %q", tt.in, got, tt.want)
		}
	}
}

func TestDeriveID(t *testing.T) {
	a := DeriveID(&Posting{Source: "s", URL: "http://x.example/1?utm_medium=y"})
	b := DeriveID(&Posting{Source: "s", URL: "http://x.example/1", Title: "other"})
	if a != b || !strings.HasPrefix(a, "s:url-") {
		t.Errorf("%s and %s", a, b)
	}
	c := DeriveID(&Posting{Source: "s", Title: "Clerk", Posted: "3 days ago"})
	if d := DeriveID(&Posting{Source: "s", Title: "Clerk", Posted: "4 days ago"}); c != d || !strings.HasPrefix(c, "s:text-") {
		t.Errorf("%s and %s", c, d)
	}
}

func TestExactURL(t *testing.T) {
	const in, want = "https://e.example/jobs/12?utm_medium=x&sid=5&ref=home#part", "https://e.example/jobs/12?ref=home&sid=5#part"
	if got := ExactURL(in); got != want {
		t.Errorf("%s, want %s", got, want)
	}
}

func TestNamesOne(t *testing.T) {
	for s, want := range map[string]bool{
		"https://e.example/jobs/12": true, "https://e.example/jobs/customer-support-executive": true, "https://e.example/j/x7Kd92Qa": true,
		"https://e.example/view?jobId=a": true, "https://e.example/#/jobs/a": true, "https://e.example/view?q=4711": true,
		"https://e.example/": false, "https://e.example/jobs": false, "https://e.example/apply?lang=en&page=2": false, "https://e.example/api/v1": false,
	} {
		if got := NamesOne(s); got != want {
			t.Errorf("%s: %v, want %v", s, got, want)
		}
	}
}

// TestHashIsExact compares numbers that a float64 can't tell apart, and ways to
// write one value.
func TestHashIsExact(t *testing.T) {
	hash := func(value string) string {
		p := Posting{Title: "Clerk", Extra: []Member{{"x", json.RawMessage(value)}}}
		return string(p.Hash(false))
	}
	for _, tt := range []struct {
		a, b string
		same bool
	}{
		{"9007199254740992", "9007199254740993", false},
		{`{"id":18446744073709551615}`, `{"id":18446744073709551614}`, false},
		{"[0.1000000000000000055]", "[0.1]", false},
		{`{"a":1,"b":[2]}`, "{ \"b\": [2],\n\"a\": 1 }", true},
	} {
		if same := hash(tt.a) == hash(tt.b); same != tt.same {
			t.Errorf("%s and %s: same %v, want %v", tt.a, tt.b, same, tt.same)
		}
	}
}

func TestParseTime(t *testing.T) {
	want := time.Date(2026, 1, 31, 12, 0, 0, 0, IST)
	for _, text := range []string{"2026-01-31T12:00:00+05:30", "2026-01-31 12:00:00+05:30", "2026-01-31 12:00:00", "1769841000", "1769841000000"} {
		if at, err := ParseTime(text); err != nil || !at.Equal(want) {
			t.Errorf("ParseTime(%s) = %v, %v; want %v", text, at, err, want)
		}
	}
}

func TestOptIsNull(t *testing.T) {
	body, err := json.Marshal(struct {
		A Opt `json:"a"`
		B Opt `json:"b"`
	}{B: "x"})
	if err != nil || string(body) != `{"a":null,"b":"x"}` {
		t.Errorf("%s %v", body, err)
	}
}

func TestGrouped(t *testing.T) {
	for v, want := range map[float64]string{0: "0", 999: "999", 1000: "1,000", 250000: "2,50,000", 12500000: "1,25,00,000", 27.5: "27.50"} {
		if got := Grouped(v); got != want {
			t.Errorf("Grouped(%v) = %q, want %q", v, got, want)
		}
	}
}

func TestBand(t *testing.T) {
	v := func(f float64) *float64 { return &f }
	tests := []struct {
		e    Experience
		want string
	}{{Experience{}, ""}, {Experience{Min: v(0)}, "0-1"}, {Experience{Max: v(2)}, "0-1"}, {Experience{Min: v(1), Max: v(3)}, "1-3"}, {Experience{Min: v(3)}, "3-6"}, {Experience{Min: v(6)}, "6+"}}
	for _, tt := range tests {
		if got := tt.e.Band(); got != tt.want {
			t.Errorf("%+v: %q, want %q", tt.e, got, tt.want)
		}
	}
}
