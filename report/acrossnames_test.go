package report

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestAcrossNames wants columns whose names postings give to differ from the others, and
// to be no formulas.
func TestAcrossNames(t *testing.T) {
	docs := some()[:3]
	for i, company := range []string{"label", "=1+1", "label_"} {
		docs[i].Company = company
	}
	if diff := cmp.Diff([]string{
		"label,'=1+1,label_,label__", "BPO,1,1,1", "total,1,1,1",
	}, linesOf(t, NewAcross(NewCount, "company", "label"), docs...)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}
