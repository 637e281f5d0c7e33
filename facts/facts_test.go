package facts

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"jobsieve/internal/corpus"
	"jobsieve/job"
	"jobsieve/sampleboard"
	"jobsieve/text"
)

// read reads a posting's facts.
func read(p job.Posting) job.Facts {
	docs := map[job.Field]*text.Doc{}
	for _, f := range job.Fields {
		docs[f] = text.Parse(p.Text(f))
	}
	return Standard().Read(&p, func(f job.Field) *text.Doc { return docs[f] }, Posted(&p))
}

// barred gives the texts of a table, which have bars or line ends between them.
func barred(texts string) []string {
	out := strings.Split(strings.ReplaceAll(texts, "\n", " | "), " | ")
	for i := range out {
		out[i] = strings.TrimSpace(out[i])
	}
	return out
}

func places(f job.Facts) string {
	var out []string
	for _, p := range f.Places {
		out = append(out, fmt.Sprintf("%s/%s/%s", p.City, p.State, p.Country))
	}
	return strings.Join(out, " ")
}

func TestPlaces(t *testing.T) {
	tests := []struct{ location, want, mode string }{
		{"Gurugram\n+7", "Gurugram/Haryana/IN", ""},
		{"Hybrid - Bengaluru, Chennai", "Bengaluru/Karnataka/IN Chennai/Tamil Nadu/IN", "hybrid"},
		{"Noida, Ghaziabad", "Noida/Uttar Pradesh/IN Ghaziabad/Uttar Pradesh/IN", ""},
		{"WFH", "", "remote"},
		{"कानपुर, उ.प्र.", "Kanpur/Uttar Pradesh/IN", ""},
		{"Bangalore/Bengaluru", "Bengaluru/Karnataka/IN", ""},
		{"Mumbai (All Areas), Thane", "Mumbai/Maharashtra/IN Thane/Maharashtra/IN", ""},
		{"New Delhi, Delhi", "Delhi/Delhi/IN", ""},
		{"Andheri East, Mumbai, Maharashtra", "Mumbai/Maharashtra/IN", ""},
		{"Other Karnataka", "/Karnataka/IN", ""},
		{"Rampur Kalan, Punjab", "Rampur Kalan/Punjab/IN", ""},
		{"Chaukori Khurd, Uttarakhand", "Chaukori Khurd/Uttarakhand/IN", ""},
		{"India", "//IN", ""},
		{"Dubai, UAE", "Dubai//AE", ""},
		{"Zimbabwe +13", "//ZW", ""},
		{"Location not found", "", ""},
	}
	for _, tt := range tests {
		f := read(job.Posting{Title: "Clerk", Location: tt.location})
		if diff := cmp.Diff([]string{tt.want, tt.mode}, []string{places(f), string(f.Mode)}); diff != "" {
			t.Errorf("%q (-want +got):\n%s", tt.location, diff)
		}
	}
}

func TestExperience(t *testing.T) {
	tests := []struct{ field, description, want string }{
		{"0-2 Yrs", "", "0-2"},
		{"2 to 5 Yrs", "", "2-5"},
		{"1 to >14 Yrs", "", "1-14"},
		{"Fresher", "", "0-0"},
		{"minimum 3 years", "", "3-"},
		{"6 months", "", "0.5-0.5"},
		{"", "2 se 5 saal ka anubhav chahiye.", "2-5"},
		{"", "Minimum 3 years of experience in audit.", "3-"},
		{"", "Freshers may apply too.", "0-"},
		{"", "Only freshers.", "0-0"},
		{"", "कम से कम 2 साल का अनुभव।", "2-"},
		{"", "A firm of 25 years in business. Age 18 to 30 years.", "-"},
	}
	for _, tt := range tests {
		e := read(job.Posting{Title: "Clerk", Experience: tt.field, Description: tt.description}).Experience
		if got := span(e.Min, e.Max); got != tt.want {
			t.Errorf("%q %q: %s, want %s", tt.field, tt.description, got, tt.want)
		}
	}
}

func TestShiftEducationOpenings(t *testing.T) {
	tests := []struct{ description, shift, education, openings, languages string }{
		{"6:30 PM – 3:30 AM IST, US shift. Any graduate.", "night us", "graduate", "", ""},
		{"No night shift. 12th pass.", "", "12th", "", ""},
		{"सुबह 9 से शाम 6। 40 पोस्ट। 10वीं पास।", "day", "10th", "40", ""},
		{"Rotational shifts. MBA preferred, B.Com is a must.", "rotational", "degree", "", ""},
		{"2 PM to 11 PM. Hindi and English speaking. GNM required.", "evening", "professional", "", "hi en"},
		{"5 ladke chahiye, raat ki shift. Marathi preferred.", "night", "", "5", ""},
		{"Interview on 5 June, 10 AM to 4 PM.", "", "", "", ""},
	}
	for _, tt := range tests {
		f := read(job.Posting{Title: "Staff", Description: tt.description})
		openings := ""
		if f.Openings != nil {
			openings = fmt.Sprint(*f.Openings)
		}
		got := []string{strings.Trim(fmt.Sprint(f.Shift), "[]"), string(f.Education), openings, strings.Join(f.Languages, " ")}
		if diff := cmp.Diff([]string{tt.shift, tt.education, tt.openings, tt.languages}, got); diff != "" {
			t.Errorf("%q (-want +got):\n%s", tt.description, diff)
		}
	}
}

func TestParseDate(t *testing.T) {
	now := time.Date(2026, 3, 10, 9, 0, 0, 0, job.IST)
	tests := []struct {
		text, want string
		relative   bool
	}{
		{"2026-11-05T18:05:27Z", "2026-11-05", false},
		{"2026-06-10T22:05:27Z", "2026-06-11", false},
		{"12/11/2025", "2025-11-12", false},
		{"12 Nov 2025", "2025-11-12", false},
		{"Nov 12, 2025", "2025-11-12", false},
		{"Mon, 02 Feb 2026 10:00:00 IST", "2026-02-02", false},
		{"1735689600000", "2025-01-01", false},
		{"30+ Days Ago", "2026-02-08", true},
		{"3 weeks ago", "2026-02-17", true},
		{"2 दिन पहले", "2026-03-08", true},
		{"Today", "2026-03-10", true},
		{"Few Hours Ago", "2026-03-10", true},
		{"1 month ago", "2026-02-10", true},
		{"12 Nov", "2025-11-12", true},
		{"3 months duration", "", false},
		{"soon", "", false},
		{"", "", false},
	}
	for _, tt := range tests {
		at, relative, ok := ParseDate(tt.text, now)
		got := ""
		if ok {
			got = at.Format(time.DateOnly)
		}
		if got != tt.want || relative != tt.relative {
			t.Errorf("ParseDate(%q) = %q, relative %v; want %q, %v", tt.text, got, relative, tt.want, tt.relative)
		}
	}
}

// TestSampleBoard measures every fact on our own board. The figures are what is
// reached; they may only rise.
func TestSampleBoard(t *testing.T) {
	postings, err := sampleboard.Postings()
	if err != nil {
		t.Fatal(err)
	}
	measure(t, postings, map[string]int{"places": 96, "experience": 96, "education": 95, "shift": 95, "mode": 93, "openings": 96, "languages": 96, "language": 92})
}

// TestAds measures every fact on our own advertisements in Hindi and Hinglish.
func TestAds(t *testing.T) {
	ads, err := corpus.Ads()
	if err != nil {
		t.Fatal(err)
	}
	measure(t, ads, map[string]int{"places": 225, "experience": 229, "education": 230, "shift": 227, "mode": 230, "openings": 230, "languages": 229, "language": 225})
}

// measure counts the facts that are read as they must be, and wants as many as
// were reached before.
func measure(t *testing.T, postings []sampleboard.Posting, least map[string]int) {
	t.Helper()
	right := map[string]int{}
	for i := range postings {
		for fact, ok := range rightFacts(&postings[i]) {
			if ok {
				right[fact]++
			}
		}
	}
	for fact, n := range least {
		t.Logf("%s: %d of %d", fact, right[fact], len(postings))
		if right[fact] < n {
			t.Errorf("%s: %d of %d right, want at least %d", fact, right[fact], len(postings), n)
		}
	}
}

// rightFacts says of each fact whether it was read as it must be.
func rightFacts(p *sampleboard.Posting) map[string]bool {
	f, want := read(p.Job()), p.Expect.Facts
	var wantPlaces, gotPlaces, shifts []string
	for _, place := range want.Places {
		wantPlaces = append(wantPlaces, place.City+"/"+place.State+"/"+place.Country)
	}
	for _, place := range f.Places {
		gotPlaces = append(gotPlaces, fmt.Sprintf("%s/%s/%s", place.City, place.State, place.Country))
	}
	for _, s := range f.Shift {
		shifts = append(shifts, string(s))
	}
	slices.Sort(wantPlaces)
	slices.Sort(gotPlaces)
	openings := func(n *int) string {
		if n == nil {
			return ""
		}
		return fmt.Sprint(*n)
	}
	return map[string]bool{
		"places":     slices.Equal(wantPlaces, gotPlaces),
		"experience": span(f.Experience.Min, f.Experience.Max) == span(want.Experience.Min, want.Experience.Max),
		"education":  string(f.Education) == want.Education,
		"shift":      slices.Equal(shifts, want.Shift),
		"mode":       string(f.Mode) == want.Mode,
		"openings":   openings(f.Openings) == openings(want.Openings),
		"languages":  slices.Equal(f.Languages, want.Languages),
		"language":   string(f.Language) == p.Lang,
	}
}

func FuzzRead(f *testing.F) {
	for _, s := range []string{"6:30 PM – 3:30 AM", "2 se 5 saal", "सुबह 9 से शाम 6", "Gurugram +7", "12th pass", "30+ days ago", "5 ladke chahiye"} {
		f.Add(s, s)
	}
	f.Fuzz(func(t *testing.T, short, long string) {
		p := job.Posting{Title: short, Location: short, Experience: short, Posted: short, Description: long}
		for _, r := range read(p).Readings {
			s := p.Text(r.Field)
			if r.Start < 0 || r.End < r.Start || r.End > len(s) || s[r.Start:r.End] != r.Text {
				t.Fatalf("reading %+v of %q", r, s)
			}
		}
	})
}
