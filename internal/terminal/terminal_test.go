package terminal

import (
	"bytes"
	"strings"
	"testing"
)

// screen is a terminal of some width.
type screen struct {
	bytes.Buffer
	columns int
}

func (s *screen) Columns() int { return s.columns }

var sampleRows = [][]string{
	{"naukri-chowk:nc-005", "टेलीकॉलर / ग्राहक सेवा अधिकारी (हिन्दी), रात की पाली", "भारत बीपीओ", "12,00,000"},
	{"x", "Customer support executive – international voice process", "Acme", "9"},
	{"日本語の求人", "👩‍💻 developer", "Ünïcode e\u0301tude", "100"},
}

// TestTableFits shows a table on terminals of many widths: no line is wider, no
// figure is cut while a text can be, and no character is torn.
func TestTableFits(t *testing.T) {
	table := Table{Head: []string{"id", "title", "company", "postings"}, Left: 3, Rows: sampleRows}
	var pipe bytes.Buffer
	if err := table.Write(&pipe); err != nil {
		t.Fatal(err)
	}
	for _, columns := range []int{1, 2, 10, 30, 40, 60, 80, 200} {
		s := &screen{columns: columns}
		if err := table.Write(s); err != nil {
			t.Fatal(err)
		}
		for line := range strings.Lines(s.String()) {
			line = strings.TrimSuffix(line, "\n")
			if Width(line) > columns || strings.Contains(line, "\ufffd") {
				t.Errorf("%d columns: %q has %d", columns, line, Width(line))
			}
		}
		if columns >= 40 && !strings.Contains(s.String(), "12,00,000") {
			t.Errorf("%d columns cut a figure:\n%s", columns, s.String())
		}
		if columns == 200 && s.String() != pipe.String() {
			t.Errorf("room enough, and another table than in a pipe:\n%s", s.String())
		}
	}
}

func TestCut(t *testing.T) {
	for _, tt := range []struct {
		in      string
		columns int
		want    string
	}{
		{"Telecaller", 10, "Telecaller"}, {"Telecaller", 5, "Tele…"}, {"Telecaller", 1, "…"},
		{"टेलीकॉलर", 7, "टेलीकॉलर"}, {"टेलीकॉलर", 4, "टेली…"}, {"टेलीकॉलर", 3, "टे…"},
		{"日本語", 4, "日…"}, {"e\u0301e\u0301e\u0301", 2, "e\u0301…"}, {"👩‍💻👩‍💻", 3, "👩‍💻…"}, {"", 0, ""},
	} {
		if got := Cut(tt.in, tt.columns); got != tt.want || Width(got) > tt.columns {
			t.Errorf("%q in %d columns: %q, want %q", tt.in, tt.columns, got, tt.want)
		}
	}
}

func TestSay(t *testing.T) {
	const said = "Left out: a, b.  टेलीकॉलर वाले"
	s := &screen{columns: 9}
	var pipe bytes.Buffer
	if err := Say(s, said); err != nil {
		t.Fatal(err)
	}
	if err := Say(&pipe, said); err != nil || pipe.String() != said+"\n" {
		t.Errorf("a pipe got %q: %v", pipe.String(), err)
	}
	if got := s.String(); got != "Left out:\na, b. \nटेलीकॉलर\nवाले\n" {
		t.Errorf("%q", got)
	}
}

func TestFit(t *testing.T) {
	const lines = "STARTED  SOURCE\n2026-01-01  टेलीकॉलर board\n"
	s := &screen{columns: 14}
	var pipe bytes.Buffer
	if err := Fit(s, lines); err != nil {
		t.Fatal(err)
	}
	if err := Fit(&pipe, lines); err != nil || pipe.String() != lines {
		t.Errorf("a pipe got %q: %v", pipe.String(), err)
	}
	if got := s.String(); got != "STARTED  SOUR…\n2026-01-01  टे…\n" {
		t.Errorf("%q", got)
	}
}

func TestSafe(t *testing.T) {
	for in, want := range map[string]string{
		"a\nb\tc\rd": "a b c d", "\x1b[31mred\x1b[0m": "[31mred[0m", "a\u202eb\u2066c\u200fd\ufeffe\u061cf": "abcdef", "\u0085\u009b31m": "31m", "a\u2028b": "a b",
		"हिन्दी": "हिन्दी",
	} {
		if got := Safe(in); got != want {
			t.Errorf("%q: %q, want %q", in, got, want)
		}
	}
}
