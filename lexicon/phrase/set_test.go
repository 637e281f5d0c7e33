package phrase

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"jobsieve/text"
)

func TestFind(t *testing.T) {
	patterns := []string{
		"data entry", "(customer|client) (care|support)", "answer~ call~", "calls ..2 customers",
		"tele caller", "c++", "b.com", "डाटा एंट्री", "ग्राहक~ की", "r&d", "voice (|process) executive",
	}
	p := NewSet()
	for i, s := range patterns {
		if err := p.Add(s, i); err != nil {
			t.Fatal(err)
		}
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
		d := text.Parse(tt.in)
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
		err := NewSet().Add(tt.pattern, 0)
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
		p := NewSet()
		if p.Add(s, 0) == nil {
			p.Find(text.Parse(s), nil)
		}
	})
}

// TestManyEdges finds each of many words after one, and no other.
func TestManyEdges(t *testing.T) {
	for _, many := range []int{1, 8, 9, 100} {
		p := NewSet()
		for i := range many {
			if err := p.Add("after "+letters(i), i); err != nil {
				t.Fatal(err)
			}
		}
		for i := range many + 20 {
			found := p.Find(text.Parse("after "+letters(i)), nil)
			if want := i < many; (len(found) == 1 && found[0].Value == i) != want {
				t.Errorf("of %d words: %q is found as %v", many, letters(i), found)
			}
		}
	}
}

// letters writes a number in letters.
func letters(n int) string {
	s := ""
	for _, digit := range fmt.Sprint(n) {
		s += string(digit - '0' + 'q')
	}
	return s
}

// TestTable finds many words, and none that it does not have.
func TestTable(t *testing.T) {
	byWord := map[string]int{"₹": -1}
	for i := range 1000 {
		byWord[letters(i)] = i
	}
	table := NewTable(byWord)
	d := text.Parse("₹ " + letters(0) + " " + letters(999) + " " + letters(1000) + " , 5")
	var got []string
	for i := range len(d.Tokens) + 1 {
		v, ok := table.At(d, i)
		got = append(got, fmt.Sprint(v, ok))
	}
	want := []string{"-1 true", "0 true", "999 true", "0 false", "0 false", "0 false", "0 false"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("values (-want +got):\n%s", diff)
	}
}

func TestTogether(t *testing.T) {
	all := NewTogether()
	fruit, err := AddTo(all, []string{"apple", "pear"}, [][]string{{"apple", "green apple"}, {"pear"}})
	if err != nil {
		t.Fatal(err)
	}
	colour, err := AddTo(all, []int{1}, [][]string{{"green"}})
	if err != nil {
		t.Fatal(err)
	}
	d := text.Parse("a pear, a green apple")
	for range 2 { // what was found the first time is found again
		if diff := cmp.Diff([]Hit[string]{{"pear", 1, 2}, {"apple", 4, 6}}, fruit.Hits(d)); diff != "" {
			t.Error(diff)
		}
		if diff := cmp.Diff([]Hit[int]{{1, 4, 5}}, colour.Hits(d)); diff != "" {
			t.Error(diff)
		}
	}
	d.Reset("green")
	if len(fruit.Hits(d)) != 0 || len(colour.Hits(d)) != 1 {
		t.Error("what was found in a text before is found in another")
	}
	if _, err := AddTo(all, []int{2}, [][]string{{"(a"}}); err == nil {
		t.Error("a pattern with a fault is taken")
	}
}

// TestSplit splits a set in two, which find what it found in the same order, and from
// any word on.
func TestSplit(t *testing.T) {
	set := NewSet()
	patterns := []string{"sort ..2 out", "sort", "sort ..1 out", "sort ..2 it", "put out", "put", "put it"}
	for i, p := range patterns {
		set.MustAdd(p, i)
	}
	d := text.Parse("sort it out, put it out")
	even, odd := set.Split(func(v int) bool { return v%2 == 1 })
	for _, tt := range []struct {
		set  *Set
		keep func(v int) bool
	}{{even, func(v int) bool { return v%2 == 0 }}, {odd, func(v int) bool { return v%2 == 1 }}} {
		want := slices.DeleteFunc(set.Find(d, nil), func(f Found) bool { return !tt.keep(f.Value) })
		got := tt.set.Find(d, nil)
		if diff := cmp.Diff(want, got); diff != "" || len(got) == 0 {
			t.Errorf("(-want +got):\n%s", diff)
		}
		const put = 4 // its token
		later := slices.DeleteFunc(want, func(f Found) bool { return f.First < put })
		if diff := cmp.Diff(later, tt.set.FindFrom(d, put, len(d.Tokens), nil)); diff != "" {
			t.Errorf("from %q on (-want +got):\n%s", d.Tokens[put].Norm, diff)
		}
	}
}

// TestManyWordsLeadOn enters more words after one than a node has bits.
func TestManyWordsLeadOn(t *testing.T) {
	set := NewSet()
	const many = 300
	for i := range many {
		set.MustAdd(fmt.Sprintf("room %d", i), i)
	}
	for i := range many + 10 {
		found := set.Find(text.Parse(fmt.Sprintf("Room %d", i)), nil)
		if ok := len(found) == 1 && found[0].Value == i; ok != (i < many) {
			t.Errorf("room %d: %v", i, found)
		}
	}
}
