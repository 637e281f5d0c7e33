package terminal

import (
	"fmt"
	"io"
	"slices"
	"strings"
)

// maxCell is the greatest width at which a cell is shown.
const maxCell = 60

// readable is the width that a column of text gets at least, if it needs as
// much, as long as others can be left out for it.
const readable = 16

// leastCell is the narrowest that a column gets.
const leastCell = 6

// Table is a table for people.
type Table struct {
	// Head names the columns. The first Left are texts, which stand to the left,
	// the others are figures, which stand to the right and are never cut.
	Head []string
	Left int
	Rows [][]string
	// Whole names the texts that are of no use when cut, such as ids.
	Whole []string
	// Spare names the columns that a narrow terminal does without, the least
	// needed first.
	Spare []string
	// Elsewhere says what shows all columns, such as "--json".
	Elsewhere string
}

// Write writes the table. On a terminal that is too narrow for it columns are
// left out, which is said below it, and then the widest texts are cut.
func (t *Table) Write(w io.Writer) error {
	shown, widths, left := t.fit(Columns(w))
	var b strings.Builder
	line(&b, pick(t.Head, shown), widths, left)
	for i, n := range widths {
		if i > 0 {
			b.WriteString("  ")
		}
		b.WriteString(strings.Repeat("─", n))
	}
	b.WriteByte('\n')
	for _, row := range t.Rows {
		line(&b, pick(row, shown), widths, left)
	}
	if err := Fit(w, b.String()); err != nil || len(shown) == len(t.Head) {
		return err
	}
	var leftOut []string
	for i, name := range t.Head {
		if !slices.Contains(shown, i) {
			leftOut = append(leftOut, name)
		}
	}
	const format = "Left out for want of room: %s. All columns: %s, or a wider terminal."
	if err := Say(w, fmt.Sprintf(format, strings.Join(leftOut, ", "), t.Elsewhere)); err != nil {
		return fmt.Errorf("write a table: %w", err)
	}
	return nil
}

// fit chooses the columns that so many columns of a terminal have room for, 0 for
// any number, and their widths; the first left of them are texts.
func (t *Table) fit(columns int) (shown, widths []int, left int) {
	all := t.widths()
	for i := range t.Head {
		shown = append(shown, i)
	}
	if columns > 0 {
		for _, name := range t.Spare {
			if t.least(all, shown) <= columns {
				break
			}
			shown = slices.DeleteFunc(shown, func(i int) bool { return t.Head[i] == name })
		}
	}
	var cut, whole []int // the columns that may be made narrower
	for at, i := range shown {
		widths = append(widths, all[i])
		if i >= t.Left {
			continue
		}
		left++
		whole = append(whole, at)
		if !slices.Contains(t.Whole, t.Head[i]) {
			cut = append(cut, at)
		}
	}
	if columns > 0 {
		narrow(widths, cut, columns)
		narrow(widths, whole, columns)
	}
	return shown, widths, left
}

// widths are those that the cells need.
func (t *Table) widths() []int {
	widths := make([]int, len(t.Head))
	for i, h := range t.Head {
		widths[i] = Width(h)
	}
	for _, row := range t.Rows {
		for i, cell := range row {
			widths[i] = max(widths[i], min(maxCell, Width(Safe(cell))))
		}
	}
	return widths
}

// least is the width of the chosen columns when each text is as narrow as it is
// still readable.
func (t *Table) least(widths, shown []int) int {
	n := -2
	for _, i := range shown {
		w := widths[i]
		if i < t.Left && !slices.Contains(t.Whole, t.Head[i]) {
			w = min(w, readable)
		}
		n += w + 2
	}
	return n
}

// pick gives the chosen cells of a row.
func pick(row []string, shown []int) []string {
	out := make([]string, len(shown))
	for at, i := range shown {
		out[at] = row[i]
	}
	return out
}

// narrow makes the widest of the columns at some places narrower until all fit;
// what is still too wide is cut at the edge.
func narrow(widths, at []int, columns int) {
	need := 2 * (len(widths) - 1)
	for _, n := range widths {
		need += n
	}
	for ; need > columns && len(at) > 0; need-- {
		widest := at[0]
		for _, i := range at {
			if widths[i] > widths[widest] {
				widest = i
			}
		}
		if widths[widest] <= leastCell {
			return
		}
		widths[widest]--
	}
}

func line(b *strings.Builder, cells []string, widths []int, left int) {
	var s strings.Builder
	for i, cell := range cells {
		cell = Cut(Safe(cell), widths[i])
		pad := strings.Repeat(" ", widths[i]-Width(cell))
		if i > 0 {
			s.WriteString("  ")
		}
		if i < left {
			s.WriteString(cell + pad)
		} else {
			s.WriteString(pad + cell)
		}
	}
	b.WriteString(strings.TrimRight(s.String(), " "))
	b.WriteByte('\n')
}
