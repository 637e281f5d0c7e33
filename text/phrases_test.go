package text

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestFind(t *testing.T) {
	patterns := []string{
		"data entry", "(customer|client) (care|support)", "answer~ call~", "calls ..2 customers",
		"tele caller", "c++", "b.com", "डाटा एंट्री", "ग्राहक~ की", "r&d", "voice (|process) executive",
	}
	p := NewPhrases()
	for i, s := range patterns {
		p.MustAdd(s, i)
	}
	tests := []struct {
		in   string
		want []string
	}{
		{"Data-Entry; data, entry; data. Entry", []string{"data entry=Data-Entry"}},
		{"Customer support", []string{"(customer|client) (care|support)=Customer support"}},
		{"answering calls and answered the call", []string{"answer~ call~=answering calls"}},
		{"make calls to our customers", []string{"calls ..2 customers=calls to our customers"}},
		{"calls to all of our customers", nil},
		{"calls. To customers", nil},
		{"Telecaller, TELE-CALLER", []string{"tele caller=Telecaller", "tele caller=TELE-CALLER"}},
		{"C++ and C", []string{"c++=C++"}},
		{"B.Com or B Com", []string{"b.com=B.Com", "b.com=B Com"}},
		{"डेटा एन्ट्री", []string{"डाटा एंट्री=डेटा एन्ट्री"}},
		{"ग्राहकों की", []string{"ग्राहक~ की=ग्राहकों की"}},
		{"R&D", []string{"r&d=R&D"}},
		{"voice executive, VoiceProcess executive", []string{"voice (|process) executive=voice executive", "voice (|process) executive=VoiceProcess executive"}},
	}
	for _, tt := range tests {
		d := Parse(tt.in)
		var got []string
		for _, f := range p.Find(d, nil) {
			got = append(got, patterns[f.Value]+"="+d.Slice(f.First, f.End))
		}
		if diff := cmp.Diff(tt.want, got); diff != "" {
			t.Errorf("Find in %q (-want +got):\n%s", tt.in, diff)
		}
	}
}

func TestPatternFaults(t *testing.T) {
	tests := []struct{ pattern, want string }{
		{"", "may match nothing"},
		{"(a|)", "may match nothing"},
		{"(a", "a ( without its )"},
		{"a)", `")" outside parentheses`},
		{"a|b", `"|" outside parentheses`},
		{"..2 a", "begins or ends with a gap"},
		{"a ..x b", `gap "..x": expected ..1 to ..9`},
		{"a -- b", `"--" has no letter or digit`},
		{strings.Repeat("(a|b|c|d) ", 9), "stands for more than 20000 phrases"},
	}
	for _, tt := range tests {
		err := NewPhrases().Add(tt.pattern, 0)
		if err == nil || !strings.Contains(err.Error(), tt.want) {
			t.Errorf("Add(%q) = %v, want an error with %q", tt.pattern, err, tt.want)
		}
	}
}

func FuzzPattern(f *testing.F) {
	for _, s := range []string{"a (b|c) ..2 d~", "((a))", "(|)", "…"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		p := NewPhrases()
		if p.Add(s, 0) == nil {
			p.Find(Parse(s), nil)
		}
	})
}
