package text

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// norms gives the normal forms of a text's tokens, with "/" before a glued one.
func norms(s string) string {
	d := Parse(s)
	var out []string
	for _, t := range d.Tokens {
		n := strings.ReplaceAll(t.Norm, "\n", "¶")
		if t.Glued {
			n = "~" + n
		}
		out = append(out, n)
	}
	return strings.Join(out, " ")
}

func TestParse(t *testing.T) {
	tests := []struct{ in, want string }{
		{"", ""},
		{"Data Entry", "data entry"},
		{"₹2,50,000 - 3,00,000", "₹ ~250000 - 300000"},
		{"18-28k", "18 ~- ~28 ~k"},
		{"5.5LPA, v1.2.3 on 12.10.2025", "5.5 ~lpa ~, v ~1 ~. ~2 ~. ~3 on 12 ~. ~10 ~. ~2025"},
		{"1,2,3 and 10,12", "1 ~, ~2 ~, ~3 and 10 ~, ~12"},
		{"१२,५०० रु.", "12500 रु ~."},
		{"Bachelor’s don't", "bachelors dont"},
		{"VoiceProcess, NonVoice/BackOffice", "voice ~process ~, non ~voice ~/ ~back ~office"},
		{"Telecaller (WorkFromHome)", "tele ~caller ( ~work ~from ~home ~)"},
		{"DevOps homework officer", "devops homework officer"},
		{"डाटा एन्ट्री", "डाटा एंट्री"},
		{"डेटा एण्ट्री", "डाटा एंट्री"},
		{"हिन्दी हिंदी हज़ार हजार पाँच", "हिंदी हिंदी हजार हजार पांच"},
		{"ऑफ़िस आफिस कम्प्यूटर", "आफिस आफिस कंप्यूटर"},
		{"चाहिये रुपये गयी ये", "चाहिए रुपए गई ये"},
		{"जन्म तुम्हारा सम्पर्क", "जन्म तुम्हारा संपर्क"},
		{"𝗛𝗶𝗿𝗶𝗻𝗴 Ｃａｆé", "hiring cafe"},
		{"Day sift nhi", "day shift nahi"},
		{"one\ntwo", "one ¶ two"},
		{"this line is long enough to have been wrapped by an editor\nhere it goes on", "this line is long enough to have been wrapped by an editor here it goes on"},
		{"a\n\nb", "a ¶ b"},
		{"हिन्दीEnglish", "हिंदी ~english"},
		{"5–6", "5 ~- ~6"},
		{"\xff\xfe bad", "\uFFFD ~\uFFFD bad"},
	}
	for _, tt := range tests {
		if diff := cmp.Diff(tt.want, norms(tt.in)); diff != "" {
			t.Errorf("Parse(%q) (-want +got):\n%s", tt.in, diff)
		}
	}
}

func FuzzParse(f *testing.F) {
	for _, s := range []string{"Data Entry ₹2,50,000", "१२,५०० रु.", "\xff1,", "न्\u200dट", "aa\n\r\nbb", "1,23,", "a'’b"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		end := 0
		for _, tok := range Parse(s).Tokens {
			if tok.Start < end || tok.End <= tok.Start || tok.End > len(s) || tok.Norm == "" && tok.Kind != Symbol {
				t.Fatalf("token %+v after byte %d of %q", tok, end, s)
			}
			end = tok.End
		}
	})
}

func TestInitialsEndNoSentence(t *testing.T) {
	for s, sentences := range map[string]int{
		"B. Tech in any branch":           1,
		"B.E. / B.Tech. or M.E. from IIT": 1,
		"बी.एससी. नर्सिंग या जीएनएम":      1,
		"A graduate. Must know Tally":     2,
		"Has a B.E. Experience is a must": 2,
	} {
		d := Parse(s)
		if got := d.Sentence(len(d.Tokens)-1) + 1; got != sentences {
			t.Errorf("%q: %d sentences, want %d", s, got, sentences)
		}
	}
}
