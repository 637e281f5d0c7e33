package indexer

import (
	"strings"
	"testing"
)

func TestEmployer(t *testing.T) {
	f, _ := Fields.Grouping("employer")
	for name, want := range map[string]int{"Acme Ltd.": 1, "": 0, strings.Repeat("x", MaxNamed+1): 0} {
		if got := f.Grouped(&Document{Company: name}); len(got) != want {
			t.Errorf("%.10q: %q", name, got)
		}
	}
}
