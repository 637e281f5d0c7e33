package pgtest

import (
	"testing"
	"time"
)

// TestPair loses a primary: what was committed there is on the standby, which may be written
// from then on, by the same locator.
func TestPair(t *testing.T) {
	p := NewPair(t)
	Query(t, p.Locator(), "CREATE TABLE kept (n int)")
	for _, atOnce := range []bool{false, true} {
		if err := p.Restart(atOnce, time.Millisecond); err != nil {
			t.Fatal(err)
		}
		Query(t, p.Locator(), "INSERT INTO kept VALUES (1)")
	}
	if err := p.Promote(true, time.Millisecond); err != nil {
		t.Fatal(err)
	}
	Query(t, p.Locator(), "INSERT INTO kept VALUES (2)")
	if got := Query(t, p.Locator(), "SELECT count(*), sum(n) FROM kept"); got != "3|4" {
		t.Errorf("the rows are %s", got)
	}
}
