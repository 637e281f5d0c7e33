package rows

import (
	"fmt"
	"testing"

	"jobsieve/job"
)

// TestRepeats tells the rows apart that say an id again, and those that say something
// else under it.
func TestRepeats(t *testing.T) {
	var r Repeats
	for i, c := range []struct {
		p    job.Posting
		met  bool
		told int
	}{
		{job.Posting{Source: "s", ID: "1", Title: "A"}, false, 0},
		{job.Posting{Source: "s", ID: "1", Title: "A"}, true, 0},
		{job.Posting{Source: "t", ID: "1", Title: "B"}, false, 0},
		{job.Posting{Source: "s", ID: "1", Title: "B"}, true, 1},
		{job.Posting{Source: "s", ID: "1", Title: "A"}, true, 1},
	} {
		if met := r.Met(i+1, &c.p); met != c.met || r.Differ() != c.told || len(r.Notes()) != c.told {
			t.Errorf("row %d: %v, %q", i+1, met, r.Notes())
		}
	}
	const want = `line 4: the id "1" is in line 1 already, where it says something else; the first counts`
	if got := r.Notes()[0]; got != want {
		t.Errorf("%q, want %q", got, want)
	}
	for i := range 3 * MaxTold {
		r.Met(10+i, &job.Posting{Source: "s", ID: "1", Title: fmt.Sprint(i)})
	}
	if notes := r.Notes(); len(notes) != MaxTold+1 || r.Differ() != 3*MaxTold+1 {
		t.Errorf("%d of %d: %q", len(notes), r.Differ(), notes)
	}
}
