// Package terminal writes for people: tables, colours where they are seen,
// and strangers' text made harmless.
package terminal

import (
	"fmt"
	"io"
	"os"
	"strings"
	"unicode"

	"github.com/rivo/uniseg"
	"golang.org/x/term"
)

// usualColumns is the width of a terminal that does not say how wide it is.
const usualColumns = 80

// Columns is how many columns a writer has, 0 where it isn't a terminal. A
// writer in front of a terminal has a method of that name.
func Columns(w io.Writer) int {
	switch w := w.(type) {
	case interface{ Columns() int }:
		return w.Columns()
	case *os.File:
		if !term.IsTerminal(int(w.Fd())) {
			return 0
		}
		if n, _, err := term.GetSize(int(w.Fd())); err == nil && n > 0 {
			return n
		}
		return usualColumns
	}
	return 0
}

// Safe removes from a text what a terminal would obey: control characters,
// escape sequences, direction marks. Line ends become spaces.
func Safe(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case strings.ContainsRune("\n\t\r\u2028\u2029", r):
			return ' '
		case unicode.IsControl(r), unicode.Is(unicode.Bidi_Control, r), r == '\ufeff', r == unicode.ReplacementChar:
			return -1
		}
		return r
	}, s)
}

// Width is how many columns a text takes on a terminal.
func Width(s string) int { return uniseg.StringWidth(s) }

// Cut shortens a text to at most columns columns, with "…" for the rest. What
// people see as one character stays whole.
func Cut(s string, columns int) string {
	if Width(s) <= columns {
		return s
	}
	var b strings.Builder
	n := 0
	for g := uniseg.NewGraphemes(s); g.Next(); {
		if n += g.Width(); n > columns-1 {
			break
		}
		b.WriteString(g.Str())
	}
	b.WriteString("…")
	return b.String()
}

// Fit writes lines that are ready. A terminal gets each cut to its width,
// anything else gets them as they are.
func Fit(w io.Writer, lines string) error {
	if columns := Columns(w); columns > 0 {
		var b strings.Builder
		for line := range strings.Lines(lines) {
			b.WriteString(Cut(strings.TrimSuffix(line, "\n"), columns))
			b.WriteByte('\n')
		}
		lines = b.String()
	}
	if _, err := io.WriteString(w, lines); err != nil {
		return fmt.Errorf("write a table: %w", err)
	}
	return nil
}

// maxCell is the greatest width at which a cell is shown.
const maxCell = 60

// Table writes rows under a head, the first left columns to the left, the
// others, which are figures, to the right. On a terminal the widest of the left
// columns give way until the table fits.
func Table(w io.Writer, head []string, rows [][]string, left int) error {
	widths := make([]int, len(head))
	for i, h := range head {
		widths[i] = Width(h)
	}
	for _, row := range rows {
		for i, cell := range row {
			widths[i] = max(widths[i], min(maxCell, Width(Safe(cell))))
		}
	}
	if columns := Columns(w); columns > 0 {
		narrow(widths, left, columns)
	}
	var b strings.Builder
	line(&b, head, widths, left)
	for i, n := range widths {
		if i > 0 {
			b.WriteString("  ")
		}
		b.WriteString(strings.Repeat("─", n))
	}
	b.WriteByte('\n')
	for _, row := range rows {
		line(&b, row, widths, left)
	}
	return Fit(w, b.String())
}

// leastCell is the narrowest that a column gets.
const leastCell = 6

// narrow makes the widest of the left columns narrower until all fit.
func narrow(widths []int, left, columns int) {
	need := 2 * (len(widths) - 1)
	for _, n := range widths {
		need += n
	}
	for ; need > columns; need-- {
		widest := 0
		for i := range min(left, len(widths)) {
			if widths[i] > widths[widest] {
				widest = i
			}
		}
		if left == 0 || widths[widest] <= leastCell {
			return // what is still too wide is cut at the edge
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
