// Package terminal writes for people: tables, colours where they are seen,
// and text of strangers made harmless.
package terminal

import (
	"fmt"
	"io"
	"os"
	"strings"
	"unicode"

	"golang.org/x/term"
	"golang.org/x/text/width"
)

// Is reports whether a file is a terminal.
func Is(f *os.File) bool { return term.IsTerminal(int(f.Fd())) }

// Safe takes from a text what a terminal would obey: control characters,
// escape sequences, direction marks. Line ends become spaces.
func Safe(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\n' || r == '\t' || r == '\r':
			return ' '
		case unicode.IsControl(r), r >= '\u202a' && r <= '\u202e', r >= '\u2066' && r <= '\u2069', r == '\u200e', r == '\u200f', r == '\ufeff', r == unicode.ReplacementChar:
			return -1
		}
		return r
	}, s)
}

// Width is how many columns a text takes on a terminal.
func Width(s string) int {
	n := 0
	for _, r := range s {
		switch {
		case unicode.Is(unicode.Mn, r), unicode.Is(unicode.Me, r), unicode.Is(unicode.Cf, r):
		default:
			n++
			if k := width.LookupRune(r).Kind(); k == width.EastAsianWide || k == width.EastAsianFullwidth {
				n++
			}
		}
	}
	return n
}

// Cut shortens a text to at most columns columns, with "…" for the rest.
func Cut(s string, columns int) string {
	if Width(s) <= columns {
		return s
	}
	n := 0
	for i, r := range s {
		w := Width(string(r))
		if n+w > columns-1 {
			return s[:i] + "…"
		}
		n += w
	}
	return s
}

// maxCell is the widest that a cell is shown.
const maxCell = 60

// Table writes rows under a head, the first left columns to the left, the
// others to the right.
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
	if _, err := io.WriteString(w, b.String()); err != nil {
		return fmt.Errorf("write a table: %w", err)
	}
	return nil
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
