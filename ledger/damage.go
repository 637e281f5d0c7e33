package ledger

import (
	"fmt"
	"strings"
	"sync"
)

// DamagedError says that some rows can't be read. All others were: a damaged row
// is left out and stops nothing, and Close reports it.
type DamagedError struct {
	// Rows is how many there are, First what is wrong with the first of them.
	Rows  int
	First []string
}

func (e *DamagedError) Error() string {
	return fmt.Sprintf("the ledger has damaged rows, which were left out (%d): %s; \"jobsieve forget ID\" removes "+
		"a posting, and the next crawl or import stores it anew",
		e.Rows, strings.Join(e.First, "; "))
}

// mostDamage is how many damaged rows are told apart.
const mostDamage = 10

// damage is the rows that could not be read. Its methods may be called by
// several goroutines.
type damage struct {
	mu   sync.Mutex
	rows map[string]bool
	told []string
}

// note notes that a row can't be read, once.
func (d *damage) note(row string, err error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.rows[row] {
		return
	}
	if d.rows == nil {
		d.rows = map[string]bool{}
	}
	d.rows[row] = true
	if len(d.told) < mostDamage {
		d.told = append(d.told, fmt.Sprintf("%s: %v", row, err))
	}
}

// Damaged gives a *DamagedError where rows that were read are damaged.
func (l *Ledger) Damaged() error {
	l.damage.mu.Lock()
	defer l.damage.mu.Unlock()
	if len(l.damage.rows) == 0 {
		return nil
	}
	return &DamagedError{len(l.damage.rows), l.damage.told}
}
