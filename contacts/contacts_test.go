package contacts

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf8"

	"jobsieve/internal/sharedtest"
)

func TestMask(t *testing.T) {
	for in, want := range map[string]string{
		"Write to hr.team@acme-jobs.co.in today":        "Write to xxxxxxxxxxxxxxxxxxxxxxx today",
		"hr @ acme . com":                               "xxxxxxxxxxxxxxx",
		"hr[at]acme.com":                                "xxxxxxxxxxxxxx",
		"mail priya at gmail dot com now":               "mail xxxxxxxxxxxxxxxxxxxxxx now",
		"Call 9876543210 now":                           "Call xxxxxxxxxx now",
		"WhatsApp +91 98765-43210":                      "WhatsApp xxxxxxxxxxxxxxx",
		"098765 43210":                                  "xxxxxxxxxxxx",
		"Ph: 0120-4567890":                              "Ph: xxxxxxxxxxxx",
		"toll free 1800 123 4567":                       "toll free xxxxxxxxxxxxx",
		"कॉल करें ९८७६५४३२१०":                           "कॉल करें " + strings.Repeat("x", 30),
		"Nine Three One Zero Five Five Two Two One One": strings.Repeat("x", 45),
		"नौ आठ सात छह पांच चार तीन दो एक शून्य":        strings.Repeat("x", len("नौ आठ सात छह पांच चार तीन दो एक शून्य")),
		"call nau aath saat chhe paanch chaar teen do": "call " + strings.Repeat("x", 39),
		"nine eight double seven six five four three":  strings.Repeat("x", 43),
		"60000-70000 a month":                                "60000-70000 a month",
		"₹25000 - 30000":                                     "₹25000 - 30000",
		"INR 3,00,000 - 5,00,000":                            "INR 3,00,000 - 5,00,000",
		"posted 2026-11-23 10:00":                            "posted 2026-11-23 10:00",
		"https://acme.com/jobs/9876543210":                   "https://acme.com/jobs/9876543210",
		"job id JR9876543210":                                "job id JR9876543210",
		"2 to 5 years, one or two shifts, four or five days": "2 to 5 years, one or two shifts, four or five days",
		"Turnover 9000000000":                                "Turnover xxxxxxxxxx", // rather one figure masked than a person's number kept
		"":                                                   "",
	} {
		if got := Mask(in); got != want {
			t.Errorf("%q\n got %q\nwant %q", in, got, want)
		}
	}
}

// TestMaskRealPostings masks nothing but what was masked before in the real
// postings' pay fields, and little in the others.
func TestMaskRealPostings(t *testing.T) {
	body, err := os.ReadFile(filepath.Join(sharedtest.Dir(t), "data", "pay", "indian_salary_strings_observed.tsv"))
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(string(body)) {
		if Mask(line) != line {
			t.Errorf("a pay text is masked: %q", line)
		}
	}
}

func FuzzMask(f *testing.F) {
	f.Add("Call +91 98765 43210 or hr@acme.in")
	f.Add("नौ आठ सात ९८७६५४३२१०")
	f.Fuzz(func(t *testing.T, s string) {
		got := Mask(s)
		if len(got) != len(s) {
			t.Fatalf("%d bytes became %d", len(s), len(got))
		}
		if utf8.ValidString(s) && !utf8.ValidString(got) {
			t.Fatalf("%q became invalid", s)
		}
	})
}
