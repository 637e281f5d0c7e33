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

// Say writes sentences and ends the line. A terminal gets them broken between words;
// anything else gets them as they are.
func Say(w io.Writer, sentences string) error {
	columns := Columns(w)
	var b strings.Builder
	at := 0
	for i, word := range strings.Split(sentences, " ") {
		n := Width(word)
		switch {
		case i == 0:
		case columns > 0 && at+1+n > columns:
			b.WriteByte('\n')
			at = 0
		default:
			b.WriteByte(' ')
			at++
		}
		b.WriteString(word)
		at += n
	}
	b.WriteByte('\n')
	_, err := io.WriteString(w, b.String())
	return err
}
