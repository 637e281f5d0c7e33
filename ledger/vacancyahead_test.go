package ledger

import (
	"database/sql"
	"errors"
	"fmt"
	"testing"
)

// What is got ahead is what the ledger has: what was written since it was known is read
// anew, and of what is forgotten, or not there, nothing is known.
func TestAhead(t *testing.T) {
	const postings, changed, forgotten, absent = mostCompared + 8, 3, 5, 1000
	ctx := t.Context()
	l, _ := openFile(t, t.TempDir())
	store := func(n int, title string) {
		t.Helper()
		if err := storeOne(ctx, l, fmt.Sprint(n), title); err != nil {
			t.Fatal(err)
		}
	}
	var numbers []int64
	for n := 1; n <= postings; n++ {
		store(n, "Clerk")
		numbers = append(numbers, int64(n))
	}
	known := map[int64]*compared{}
	look := func() {
		t.Helper()
		err := l.transact(ctx, "look", func(tx *sql.Tx) (err error) {
			g := l.grouper(tx)
			defer func() { err = errors.Join(err, g.tx.close()) }()
			g.known = known
			return g.ahead(ctx, append(numbers, absent))
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	look()
	before := *known[changed]
	same := known[1]
	store(changed, "Typist")
	if _, _, err := l.Forget(ctx, []string{fmt.Sprint(forgotten)}); err != nil {
		t.Fatal(err)
	}
	look()
	if c := known[changed]; c.revision <= before.revision {
		t.Errorf("changed: %+v, as before", c)
	}
	if known[1] != same {
		t.Error("what is the same was read again")
	}
	if c, ok := known[forgotten]; c != nil || !ok {
		t.Errorf("forgotten: %+v, %t", c, ok)
	}
	if _, ok := known[absent]; ok || len(known) != postings {
		t.Errorf("%d are known, want %d", len(known), postings)
	}
}
