package contacts

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf8"

	"jobsieve/internal/sharedtest"
)

// TestMask holds texts with their contacts in «», and texts without any.
func TestMask(t *testing.T) {
	for _, in := range []string{
		// e-mail addresses
		"Write to «hr.team@acme-jobs.co.in» today",
		"«hr @ acme . com»",
		"«hr@acme. com» or",
		"Mail «hr@acme.com». Apply now",
		"«hr[at]acme.com»", "«hr(at)acme.com»", "«hr {at} acme {dot} com»", "«hr <at> acme <dot> in»",
		"«hr [ at ] acme [ dot ] co [ dot ] in»", "«hr(@)acme(.)com»",
		"mail «priya at gmail dot com» now", "mail «PRIYA AT GMAIL DOT COM» now", "mail «priya_at_gmail_dot_com»",
		"«priya-at-gmail-dot-com»",
		"«priya at the rate gmail dot com»", "«priya at the rate of gmail.com»", "«priya @ the rate gmail.com»",
		"«priya@the rate gmail . com»",
		"«priya एट जीमेल डॉट कॉम» पर लिखें", "«priya at gmail.com»", "«priya@gmail»",
		"<a href=\"mailto:«hr@acme.com»\">", "mailto:«hr%40acme.com»?subject=x", "mailto:«hr%2540acme%2Ecom»",
		"?email=«hr@acme.com»&x=1",
		"«hr&#64;acme.com»", "«hr&#064acme.com»", "«hr&#x40;acme&#46;com»", "«hr&commat;acme&period;com»",
		"«hr&amp;#64;acme.com»",
		`«hr\u0040acme.com»`, `«hr\\u0040acme.com»`, `«hr\x40acme\x2ecom»`, `«hr\@acme\.com»`,
		"«hr＠acme．com»", "«hr﹫acme。com»", "«h\u200br@ac\u200dme.com»", "«hr@\u2060acme\u00ad.com»",
		"«hr\u00a0@\u00a0acme.com»",
		"«o'neil+jobs@acme.com»", "«प्रिया@उदाहरण.com»", "«renu.k@tcs.c»",
		// telephone numbers
		"Call «9876543210» now", "Call\n«9876543210»\nnow", "Call «9876543210»/«9123456789»",
		"«9876543210» «9123456789»", "«9876543210», «9123456789»", "«98765 43210» «91234 56789»",
		"WhatsApp «+91 98765-43210»", "«+91-9876543210»", "(«+91) 98765 43210»", "«+91 (0) 98765 43210»",
		"«+(91)9876543210»", "«0091 98765 43210»", "«00919876543210»", "«91 98765 43210»", "«919876543210»",
		"«098765 43210»", "«0 98765 43210»", "«987 654 3210»", "«9876 543 210»", "«9876-54-3210»",
		"«98.76.54.32.10»", "«98765.43210»", "«98765 - 43211»", "(«98765)43210»", "(«98765) (43210»)",
		"«9 8 7 6 5 4 3 2 1 0»", "«9-8-7-6-5-4-3-2-1-0»", "«9.8.7.6.5.4.3.2.1.0»", "«9,8,7,6,5,4,3,2,1,0»",
		"«9_8_7_6_5_4_3_2_1_0»", "«98765/43210»", "«98 76 54 32 10»",
		"1. «98765 43210»", "10 «9876543210»", "Floor 12, «98765 43210»", "560001 - «9876543210»",
		"Ph: «0120-4567890»", "Extn: «040 - 46446003»", "(«011) 2345 6789»", "toll free «1800 123 4567»",
		"«1860-266-2666»", "Tel: «23456789»", "Landline no. «2345 6789»", "call («212) 555-0147»",
		"«+1 415 555 2671»", "«+44 20 7946 0958»", "«+971 50 123 4567»",
		"कॉल करें «९८७६५४३२१०»", "«९८७६५ ४३२१०»", "मोबाइल«९८७६५४३२१०»", "«９８７６５４３２１０»", "«𝟗𝟖𝟕𝟔𝟓𝟒𝟑𝟐𝟏𝟎»",
		"«৯৮৭৬৫৪৩২১০»", "«⑨⑧⑦⑥⑤④③②①⓪»", "«9️⃣8️⃣7️⃣6️⃣5️⃣4️⃣3️⃣2️⃣1️⃣0»️⃣",
		"«98765O432O»", "«98\u200b765\u200b43210»",
		"«9\u00ad8\u00ad7\u00ad6\u00ad5\u00ad4\u00ad3\u00ad2\u00ad1\u00ad0»", "«98765\u00a043210»",
		"«98765–43210»", "«98765‑43210»",
		"«98765&nbsp;43210»", "«&#57;876543210»", "«98765%2043210»", "«98765%2D43210»", `call\n«9876543210»`,
		`«\u0039876543210»`, "«%E0%A5%AF876543210»",
		"tel:«+919876543210»", "tel:«9876543210»", "https://wa.me/«919876543210»?text=hi", "wa.me/«9876543210»",
		"https://api.whatsapp.com/send?phone=«919876543210»", "https://acme.com/apply?mobile=«9876543210»&x=1",
		"Mob«9876543210»", "Phone no.«9876543210»", "call«9876543210»", "WhatsApp:«9876543210»",
		"«9876543210»Call now", "HR-«9876543210»",
		"Turnover «9000000000»", // rather one figure masked than a person's number kept
		// numbers in words
		"«Nine Three One Zero Five Five Two Two One One»",
		"«नौ आठ सात छह पांच चार तीन दो एक शून्य»",
		"call «nau aath saat chhe paanch chaar teen do»",
		"«nine eight double seven six five four three»", "«nine-eight-seven-six-five-four-three-two-one-zero»",
		"«nine,eight,seven,six,five,four,three»",
		"«98765 four three two one zero»", "«nine 8 seven 6 five 4 three 2 one 0»",
		"«nine8seven6five4three2one0»", "«nine eight 76543 two one zero»",
		"«nine&nbsp;eight seven six five four three two»",
		// neither
		"60000-70000 a month", "₹25000 - 30000", "62450 - 78900 a month", "INR 3,00,000 - 5,00,000",
		"25000/30000", "15000 20000 25000 30000 35000", "60,000 - 90,000", "9000 to 15000", "90000-120000",
		"₹9876543210",
		"posted 2026-11-23 10:00", "2026-11-23T10:00:00+05:30", "23-11-2026 10.30", "09/11/2026 18:30",
		"9-11-2026 to 30-11-2026", "1763856000", "1763856000123", "20261123",
		"Chennai 600042", "PIN 600042-2026", "Pin code: 700 091", "560001, 560002, 560003",
		"https://acme.com/jobs/9876543210", "www.acme.com/jobs-9876543210",
		"https://acme.com/a?id=9876543210&ref=8765432109", "acme.in/j/9876543210/apply",
		"https://www.google.com/maps/@28.6139391234,77.2090212345",
		"job id JR9876543210", "Job ID: 9876543210", "Ref no. 9876543210", "Req #7012345678",
		"GSTIN 27AAPFU0939F1ZV", "6ba7b810-9dad-11d1-80b4-00c04fd430c8", "AB_9876543210", "9876543210AB",
		"28.6139391234", "REQ-2026-001234",
		"2 to 5 years, one or two shifts, four or five days", "1 2 3 4 5 6 7 8 9 10", "8 9 10 11 12 13",
		"6,7,8,9,10,11,12", "one two three", "24x7x365", "10th 12th", "1990-2024", "batch of 2023, 2024, 2025",
		"Level 1, 2, 3, 4",
		"interview @ 10.30 AM", "walk-in @ Rs.15000", "apply at acme.com", "look at the dot", "@ Bangalore",
		"5 @ 3.5", "such as @Yahoo or @Hotmail", "follow @acme_jobs", "logo@2x.png", "jquery@3.6.0",
		"work at office. Come in", "at gmail we", "100% of", "R&D; A&B;", `C:\new\table`,
		"",
	} {
		want, plain := marked(in)
		if got := Mask(plain); got != want {
			t.Errorf("%q\n got %q\nwant %q", plain, got, want)
		}
	}
}

// marked gives a text with what stands in «» masked, and as it is.
func marked(s string) (masked, plain string) {
	for s != "" {
		before, rest, found := strings.Cut(s, "«")
		masked, plain = masked+before, plain+before
		if !found {
			break
		}
		contact, after, _ := strings.Cut(rest, "»")
		masked, plain, s = masked+strings.Repeat("x", len(contact)), plain+contact, after
	}
	return masked, plain
}

func TestMaskURL(t *testing.T) {
	for _, in := range []string{
		"/jobs/9876543210", "acme.co/9876543210", "https://acme.com/jobs?id=9876543210",
		"https://wa.me/«919876543210»", "mailto:«hr@acme.com»", "tel:«+91-98765-43210»",
		"https://acme.com/apply?contact=«9876543210»&job=8876543210", "https://acme.com/?to=«hr%40acme.com»",
	} {
		want, plain := marked(in)
		if got := MaskURL(plain); got != want {
			t.Errorf("%q\n got %q\nwant %q", plain, got, want)
		}
	}
}

func TestMaskJSON(t *testing.T) {
	for _, tt := range []struct{ name, in, want string }{
		{"note", `"call\n9876543210"`, `"call\nxxxxxxxxxx"`},
		{"note", `"hr\u0040acme.com"`, `"xxxxxxxxxxx"`},
		{"note", `"\u0039\u0038\u0037\u0036\u0035 43210"`, `"xxxxxxxxxxx"`},
		{"note", `"hr\\u0040acme.com"`, `"` + strings.Repeat("x", 16) + `"`},
		{"x", `{ "a": [1, 2.50, 1e3, "hr@acme.com"], "b" : null }`, `{ "a": [1, 2.50, 1e3, "xxxxxxxxxxx"], "b" : null }`},
		{"x", `{"b":1,"a":"\u0041\/","b":2}`, `{"b":1,"a":"\u0041\/","b":2}`},
		{"x", `{"hr@acme.com":{"9876543210":true}}`, `{"xxxxxxxxxxx":{"xxxxxxxxxx":true}}`},
		{"phone", `9876543210`, `"xxxxxxxxxx"`},
		{"phone", `9.87654321e9`, `"xxxxxxxxxx"`},
		{"recruiterMobileNo", `[9876543210, 26543210]`, `["xxxxxxxxxx", "xxxxxxxx"]`},
		{"contact", `{"a":{"value":919876543210,"id":9876543210}}`, `{"a":{"value":"xxxxxxxxxxxx","id":9876543210}}`},
		{"contact_number", `"2654 3210"`, `"xxxxxxxxx"`},
		{"hr", `9876543210`, `"xxxxxxxxxx"`},
		{"remarks", `{"n":9876543210,"m":1763856000}`, `{"n":"xxxxxxxxxx","m":1763856000}`},
		{"id", `9876543210`, `9876543210`},
		{"jobId", `"9876543210"`, `"9876543210"`},
		{"contactId", `9876543210`, `9876543210`},
		{"job_id", `"call 9876543210"`, `"call xxxxxxxxxx"`},
		{"views", `9876543210`, `9876543210`},
		{"mobile_allowance", `1500000`, `1500000`},
		{"salary", `{"min":9000000000}`, `{"min":9000000000}`},
		{"call_time", `1763856000`, `1763856000`},
		{"phone_verified", `true`, `true`},
		{"x", `9876543210`, `9876543210`},
		{"big", `12345678901234567890`, `12345678901234567890`},
		{"applyUrl", `"https://wa.me/919876543210?text=hi"`, `"https://wa.me/xxxxxxxxxxxx?text=hi"`},
		{"x", `"quote \" hr@acme.com <b>"`, `"quote \" xxxxxxxxxxx <b>"`},
	} {
		if got := string(MaskJSON(tt.name, json.RawMessage(tt.in))); got != tt.want {
			t.Errorf("%s: %s\n got %s\nwant %s", tt.name, tt.in, got, tt.want)
		}
	}
}

// TestMaskFar masks far beyond what readers see.
func TestMaskFar(t *testing.T) {
	got := Mask(strings.Repeat("data entry, ", 100_000) + "call 9876543210 or hr@acme.com")
	if want := "call xxxxxxxxxx or xxxxxxxxxxx"; !strings.HasSuffix(got, want) {
		t.Errorf("got …%q, want …%q", got[len(got)-40:], want)
	}
}

// TestMaskPayTexts masks nothing in the pay texts of real postings.
func TestMaskPayTexts(t *testing.T) {
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
	f.Add(`hr&amp;#64;acme%2540\u0040 9️⃣ (+91) a at b dot com`)
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

func FuzzMaskJSON(f *testing.F) {
	f.Add("phone", `{"a":["hr\u0040acme.com",9876543210]}`)
	f.Fuzz(func(t *testing.T, name, s string) {
		if json.Valid([]byte(s)) && !json.Valid(MaskJSON(name, json.RawMessage(s))) {
			t.Fatalf("%q became no JSON", s)
		}
	})
}
