package report

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"jobsieve/internal/sentence"
	"jobsieve/internal/strictyaml"
	"jobsieve/job"
)

// Choice says which rows of a table are kept, and in which order. The total stays that
// of all.
type Choice struct {
	// Sort is a column, with a "-" before it for the greatest first; empty for the
	// order of the groups.
	Sort string
	// Top is how many rows are kept, the first ones: by postings, the greatest first,
	// where Sort is empty. 0 keeps all.
	Top int
	// Least is the fewest postings that a row may have.
	Least int
}

// Choose keeps the rows of a choice, and notes how many it leaves out. Its error says that
// there is no such column.
func (t *Table) Choose(c Choice) error {
	if c.Least > 0 {
		if err := t.leave(c.Least); err != nil {
			return err
		}
	}
	name, down := strings.CutPrefix(c.Sort, "-")
	if c.Sort == "" && c.Top > 0 {
		if t.Across > 0 {
			t.first(c.Top)
			return nil
		}
		name, down = t.bySize(), true
	}
	if name != "" {
		at := slices.Index(t.Header(), name)
		if at < 0 {
			return fmt.Errorf("no column %q: %s", name, strictyaml.Expected(name, t.Header()))
		}
		slices.SortStableFunc(t.Rows, func(a, b []any) int { return compareCells(a[at], b[at], down) })
	}
	t.cut(c.Top, name)
	return nil
}

// first keeps the rows that have the most postings in all their columns together.
func (t *Table) first(top int) {
	size := func(row []any) (n int) {
		for i := t.Groups(); i < len(row); i += t.Across {
			count, _ := row[i].(int)
			n += count
		}
		return n
	}
	slices.SortStableFunc(t.Rows, func(a, b []any) int { return size(b) - size(a) })
	t.cut(top, "postings")
}

// cut keeps the first rows, if there are more than top, which is not 0.
func (t *Table) cut(top int, by string) {
	if top > 0 && len(t.Rows) > top {
		t.Notes = append(t.Notes, sentence.Of("groups_cut", "%s more left out: the %s shown are the first by %s.",
			sentence.Count{N: len(t.Rows) - top, Of: "group"}, job.Grouped(float64(top)), sentence.Name(by)))
		t.Rows = t.Rows[:top]
	}
}

// bySize is the column that says how many postings a row has: postings, or the first that
// counts.
func (t *Table) bySize() string {
	for _, c := range t.Columns {
		if c.Kind == KindCount {
			return c.Name
		}
	}
	return ""
}

// leave leaves out rows of fewer postings.
func (t *Table) leave(least int) error {
	at := slices.Index(t.Header(), "postings")
	if at < 0 {
		return fmt.Errorf("the rows of this table have no number of postings of their own")
	}
	before := len(t.Rows)
	t.Rows = slices.DeleteFunc(t.Rows, func(row []any) bool {
		n, _ := row[at].(int)
		return n < least
	})
	if left := before - len(t.Rows); left > 0 {
		t.Notes = append(t.Notes, sentence.Of("groups_small", "%s with fewer than %s left out.",
			sentence.Count{N: left, Of: "group"}, postings(least)))
	}
	return nil
}

// compareCells orders cells of one column; blank ones come last.
func compareCells(a, b any, down bool) int {
	switch {
	case a == nil || b == nil:
		return cmp.Compare(blank(a), blank(b))
	case down:
		a, b = b, a
	}
	switch a := a.(type) {
	case string:
		return cmp.Compare(a, Text(b))
	case int:
		return cmp.Compare(a, b.(int))
	case float64:
		return cmp.Compare(a, b.(float64))
	}
	return 0
}

func blank(cell any) int {
	if cell == nil {
		return 1
	}
	return 0
}
