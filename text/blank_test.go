package text

import (
	"strings"
	"testing"
)

// TestBlank takes pieces out of a text: the other tokens stay where they are, and
// none is glued to what stood before a piece.
func TestBlank(t *testing.T) {
	d := Parse("Apply now. (x)Cook\nlunch, apply now")
	d.Blank([][2]int{{0, 9}, {11, 14}, {26, 35}})
	var got []string
	for _, tok := range d.Tokens {
		glued := ""
		if tok.Glued {
			glued = "+"
		}
		got = append(got, glued+tok.Norm)
	}
	if want := ". cook \n lunch +,"; strings.Join(got, " ") != want {
		t.Errorf("%q, want %q", strings.Join(got, " "), want)
	}
	if d.Text != "         .    Cook\nlunch,          " {
		t.Errorf("%q", d.Text)
	}
}
