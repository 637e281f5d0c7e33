package lexicon

import (
	"testing"

	"jobsieve/internal/strictyaml"
)

// TestEmbedded reads the lists that come with the program, and tries every
// entry.
func TestEmbedded(t *testing.T) {
	x, faults := readEmbedded()
	for _, f := range faults {
		t.Error(f)
	}
	for name, data := range embeddedFiles() {
		var w wordFile
		f := strictyaml.Read(name, data, &w)
		x.Check(f, w.Lists)
		for _, f := range f.Faults {
			t.Error(f)
		}
	}
}
