package rows

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
)

// window is the part of an input that is looked at: from the beginning of a row
// to as far as the row may go. So a row can be started again.
type window struct {
	in     *bufio.Reader // as large as the longest row
	line   int           // that the window begins in
	format Format
	end    error // why no more can be read
	cut    error // what was left out at the end of the input
	notes  notes

	afterCR bool // the window begins after a CR
}

// bytes gives what is in the window.
func (w *window) bytes() []byte {
	b, _ := w.in.Peek(w.in.Buffered()) // never fails
	return b
}

// more widens the window. It reports false where that is full or the input has
// ended. What bytes gave before is invalid in either case.
func (w *window) more() bool {
	if w.end != nil || w.full() {
		return false
	}
	if _, err := w.in.Peek(w.in.Buffered() + 1); err != nil {
		if w.end = err; !errors.Is(err, io.EOF) {
			w.cut = err
		}
		return false
	}
	return true
}

func (w *window) full() bool { return w.in.Buffered() == w.in.Size() }

// advance moves the beginning of the window.
func (w *window) advance(n int) {
	b := w.bytes()[:n]
	w.line += lineEnds(b, w.afterCR)
	if n > 0 {
		w.afterCR = b[n-1] == '\r'
	}
	_, _ = w.in.Discard(n) // it is there
}

// lineEnds counts the ends of lines: LF, CR LF, or CR.
func lineEnds(b []byte, afterCR bool) int {
	n := bytes.Count(b, []byte("\n"))
	if i := bytes.IndexByte(b, '\r'); i >= 0 {
		n += bytes.Count(b[i:], []byte("\r")) - bytes.Count(b[i:], []byte("\r\n"))
	}
	if afterCR && len(b) > 0 && b[0] == '\n' {
		n--
	}
	return n
}

var errLong = fmt.Errorf("longer than %d MiB, which no posting is", maxRow>>20)

// lineAt gives the line that begins at a place of the window, without its end, and
// the place of the next. Its error is io.EOF after the last, errLong where the
// window is too small, else why the input ends within the line.
func (w *window) lineAt(from int) (line []byte, next int, err error) {
	for at := from; ; {
		b := w.bytes()
		i := bytes.IndexAny(b[at:], "\r\n")
		whole := i >= 0 && (b[at+i] == '\n' || at+i+1 < len(b))
		if i < 0 {
			at = len(b)
		} else {
			at += i
		}
		if !whole && w.more() {
			continue
		}
		b = w.bytes()
		switch {
		case i >= 0:
			return b[from:at], at + len(lineEnd(b[at:])), nil
		case w.full() && w.end == nil:
			return nil, 0, errLong
		case w.cut != nil && !errors.Is(w.cut, errTrailing) && at > from:
			return b[from:at], at, fmt.Errorf("the row is cut off: %w", w.cut)
		case at == from:
			return nil, at, io.EOF
		}
		return b[from:at], at, nil
	}
}

// lineEnd gives the end of a line that a text begins with.
func lineEnd(b []byte) []byte {
	if bytes.HasPrefix(b, []byte("\r\n")) {
		return b[:2]
	}
	return b[:1]
}

// skipTo leaves out what comes before the first of some bytes, however far that
// is, or before the end.
func (w *window) skipTo(stops string) {
	for {
		b := w.bytes()
		if i := bytes.IndexAny(b, stops); i >= 0 {
			w.advance(i)
			return
		}
		w.advance(len(b))
		if !w.more() {
			return
		}
	}
}

// text gives a part of the input as UTF-8. What is not UTF-8 is taken for
// windows-1252 where it has no other character beyond ASCII, else for damage.
func (w *window) text(b []byte, line int) []byte {
	if utf8.Valid(b) {
		return b
	}
	if !hasMultibyte(b) {
		if s, err := charmap.Windows1252.NewDecoder().Bytes(b); err == nil {
			w.notes.add("1252", "line %d is not UTF-8 and is read as windows-1252, as are all such lines", line)
			return s
		}
	}
	w.notes.add("bytes", "line %d has bytes that are not UTF-8; there and in other lines they become U+FFFD", line)
	return bytes.ToValidUTF8(b, []byte("\uFFFD"))
}

// hasMultibyte reports a character beyond ASCII in UTF-8.
func hasMultibyte(b []byte) bool {
	for len(b) > 0 {
		_, n := utf8.DecodeRune(b)
		if n > 1 {
			return true
		}
		b = b[n:]
	}
	return false
}

// lineText gives a line of CSV as text. A NUL would end texts in other programs.
func (w *window) lineText(b []byte, line int) string {
	s := string(w.text(b, line))
	if strings.IndexByte(s, 0) >= 0 {
		w.notes.add("nul", "line %d has NUL bytes; there and in other lines they become U+FFFD", line)
		s = strings.ReplaceAll(s, "\x00", "\uFFFD")
	}
	return s
}
