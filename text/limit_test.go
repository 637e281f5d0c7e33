package text

import (
	"strings"
	"testing"
	"unicode/utf8"
)

func TestCut(t *testing.T) {
	for _, tt := range []struct {
		name, in string
		want     int
	}{
		{"short", "data entry", len("data entry")},
		{"just short enough", strings.Repeat("a", Limit), Limit},
		{"at a word's end", strings.Repeat("data entry ", Limit/10), 199_995},
		{"one endless word", strings.Repeat("a", Limit+1), Limit},
		{"within a character", strings.Repeat("a", Limit-1) + "क" + strings.Repeat("a", 99), Limit - 1},
		{"characters without end", strings.Repeat("\xbf", 2*Limit), Limit - utf8.UTFMax},
	} {
		if got := Cut(tt.in); !strings.HasPrefix(tt.in, got) || len(got) != tt.want {
			t.Errorf("%s: %d bytes, want %d", tt.name, len(got), tt.want)
		}
	}
}
