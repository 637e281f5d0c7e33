package text

import (
	"html"
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/width"
)

// Decode undoes what ways into the program do to texts: character references
// (&#8377;), UTF-8 that was read as Windows-1252 ("â‚¹"), full-width letters and
// digits, and spaces that do not break. A text without any is given back as it is;
// none comes to hold a control character that it did not.
func Decode(s string) string {
	if strings.IndexByte(s, '&') >= 0 {
		s = references(references(s)) // &amp;#8377; was encoded twice
	}
	if !hasByte(s, 0xC2, 0xC3, 0xEF) {
		return s
	}
	s = strings.ReplaceAll(mended(s), "\u00A0", " ")
	if strings.IndexByte(s, 0xEF) >= 0 {
		s = strings.Map(narrowed, s)
	}
	return s
}

func hasByte(s string, bytes ...byte) bool {
	for _, b := range bytes {
		if strings.IndexByte(s, b) >= 0 {
			return true
		}
	}
	return false
}

// reference is a whole character reference.
var reference = regexp.MustCompile(`&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});`)

// references resolves character references, but for those of the signs that HTML
// is made of: a text that holds a tag in writing stays one.
func references(s string) string {
	return reference.ReplaceAllStringFunc(s, func(ref string) string {
		out := html.UnescapeString(ref)
		if out == "<" || out == ">" || !utf8.ValidString(out) || commands(out) {
			return ref
		}
		return out
	})
}

// commands reports characters that are commands to terminals.
func commands(s string) bool {
	return strings.ContainsFunc(s, func(r rune) bool {
		return unicode.IsControl(r) && r != '\n' && r != '\t' || unicode.Is(unicode.Bidi_Control, r)
	})
}

// narrowed gives the usual form of a full-width letter or digit.
func narrowed(r rune) rune {
	if p := width.LookupRune(r); p.Kind() == width.EastAsianFullwidth {
		if n := p.Narrow(); n != 0 {
			return n
		}
	}
	return r
}

// mended reads again the runs of letters that are UTF-8 read as Windows-1252.
func mended(s string) string {
	var out strings.Builder
	done := 0
	for i := 0; i < len(s); {
		if s[i] < utf8.RuneSelf {
			i++
			continue
		}
		run, end := windowsRun(s, i)
		if len(run) > 1 && utf8.Valid(run) && !commands(string(run)) {
			out.WriteString(s[done:i])
			out.Write(run)
			done = end
		}
		i = end
	}
	if done == 0 {
		return s
	}
	return out.String() + s[done:]
}

// windowsRun gives the bytes that Windows-1252 has for the letters beyond ASCII from
// byte i on, as far as it has any, and where they end. A letter that it does not
// have is passed over.
func windowsRun(s string, i int) (run []byte, end int) {
	for i < len(s) && s[i] >= utf8.RuneSelf {
		r, size := utf8.DecodeRuneInString(s[i:])
		b, ok := windowsByte(r)
		if !ok {
			if len(run) == 0 {
				return nil, i + size
			}
			return run, i
		}
		run = append(run, b)
		i += size
	}
	return run, i
}

// windowsByte gives the byte of Windows-1252 for a letter; those bytes that mean
// nothing there are read as control characters.
func windowsByte(r rune) (byte, bool) {
	if r >= 0x80 && r < 0xA0 {
		return byte(r), true
	}
	return charmap.Windows1252.EncodeRune(r)
}
