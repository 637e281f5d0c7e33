package contacts

import (
	"html"
	"regexp"
	"sort"
	"strconv"
	"strings"
	"unicode/utf8"
)

// plain is a text as a reader sees it: entities, percent signs and escapes
// taken for what they stand for, digits of any script as 0–9, signs that only
// look different in one form, and those that nobody sees left out.
type plain struct {
	text   string
	pieces []piece
}

// piece begins at a byte of the plain text and at one of the source. It is the
// source's own text if same is true, else it stands for something in the
// source.
type piece struct {
	at, source int
	same       bool
}

// plainOf reads a text.
func plainOf(s string) plain {
	if isPlain(s) {
		return plain{text: s, pieces: []piece{{same: true}}}
	}
	var b strings.Builder
	var pieces []piece
	same := false
	for i := 0; i < len(s); {
		r, size, coded := decode(s[i:])
		folded, changed := fold(r)
		if isBlank(r) && !endsInDigit(b.String()) {
			folded = " " // between digits it splits none
		}
		if coded || changed {
			pieces = append(pieces, piece{b.Len(), i, false})
			b.WriteString(folded)
			same = false
		} else {
			if !same {
				pieces = append(pieces, piece{b.Len(), i, true})
			}
			b.WriteString(s[i : i+size])
			same = true
		}
		i += size
	}
	return plain{b.String(), append(pieces, piece{b.Len(), len(s), false})}
}

func endsInDigit(s string) bool { return s != "" && isDigit(s[len(s)-1]) }

func isPlain(s string) bool {
	for i := range len(s) {
		if c := s[i]; c >= utf8.RuneSelf || c == '&' || c == '%' || c == '\\' || isControl(rune(c)) {
			return false
		}
	}
	return true
}

// sources gives the bytes of the source that spans of the plain text stand for.
func (p *plain) sources(spans []span) []span {
	for i := range spans {
		spans[i] = p.source(spans[i])
	}
	return spans
}

// source is sources for one span.
func (p *plain) source(sp span) span {
	at := func(pos int) int {
		return sort.Search(len(p.pieces), func(i int) bool { return p.pieces[i].at > pos }) - 1
	}
	first, last := p.pieces[at(sp.Start)], at(sp.End-1)
	start := first.source
	if first.same {
		start += sp.Start - first.at
	}
	if q := p.pieces[last]; q.same {
		return span{start, q.source + sp.End - q.at}
	}
	return span{start, p.pieces[last+1].source}
}

// decode reads the first sign of s, and how many bytes it takes; coded is true
// where it stands for another.
func decode(s string) (r rune, size int, coded bool) {
	switch s[0] {
	case '&':
		r, size = entity(s)
	case '%':
		r, size = percent(s)
	case '\\':
		r, size = escape(s)
	}
	if size > 0 {
		return r, size, true
	}
	r, size = utf8.DecodeRuneInString(s)
	return r, size, false
}

// maxCode is how far what stands for one sign is looked for, in bytes.
const maxCode = 64

var entityForm = regexp.MustCompile(`^&(?:amp;)*(#\d{1,10};?|#[xX][0-9A-Fa-f]{1,10};?|` +
	`[A-Za-z][A-Za-z0-9]{1,31};|nbsp|shy|sup[123])`)

// entity reads "&#64;", "&commat;", and "&amp;#64;", which was escaped twice.
func entity(s string) (rune, int) {
	m := entityForm.FindStringSubmatch(s[:min(len(s), maxCode)])
	if m == nil {
		return 0, 0
	}
	out := html.UnescapeString("&" + m[1])
	if r, size := utf8.DecodeRuneInString(out); size == len(out) {
		return r, len(m[0])
	}
	if strings.TrimSpace(out) == "" {
		return ' ', len(m[0]) // some are two spaces
	}
	return 0, 0
}

// percent reads "%40", and "%2540", which was escaped twice.
func percent(s string) (rune, int) {
	s = s[:min(len(s), maxCode)]
	i := 1
	for strings.HasPrefix(s[i:], "25") && hexByte(s[i+2:]) >= 0 {
		i += 2
	}
	c := hexByte(s[i:])
	i += 2
	switch {
	case c < 0:
		return 0, 0
	case c < utf8.RuneSelf:
		return rune(c), i
	}
	buf := []byte{byte(c)}
	for len(buf) < utf8.UTFMax && !utf8.FullRune(buf) && i < len(s) && s[i] == '%' && hexByte(s[i+1:]) >= 0 {
		buf = append(buf, byte(hexByte(s[i+1:])))
		i += 3
	}
	if r, size := utf8.DecodeRune(buf); size == len(buf) && r != utf8.RuneError {
		return r, i
	}
	return 0, 0
}

// hexByte reads two hexadecimal digits, -1 for none.
func hexByte(s string) int {
	if len(s) < 2 || s[0] == '+' || s[0] == '-' {
		return -1
	}
	n, err := strconv.ParseUint(s[:2], 16, 8)
	if err != nil {
		return -1
	}
	return int(n)
}

// escape reads "\u0040", "\x40", "\n" and "\@", with one backslash or several.
func escape(s string) (rune, int) {
	s = s[:min(len(s), maxCode)]
	i := 1
	for i < len(s) && s[i] == '\\' {
		i++
	}
	if i >= len(s) {
		return 0, 0
	}
	digits := map[byte]int{'u': 4, 'x': 2}[s[i]]
	switch c := s[i]; {
	case digits > 0 && len(s) > i+digits:
		n, err := strconv.ParseUint(s[i+1:i+1+digits], 16, 16)
		if err != nil {
			return 0, 0
		}
		return rune(n), i + 1 + digits
	case c == 'n' || c == 'r':
		return '\n', i + 1
	case c == 't':
		return ' ', i + 1
	case c < utf8.RuneSelf && !isLetter(c) && !isDigit(c) && c > ' ':
		return rune(c), i + 1
	}
	return 0, 0
}

func isLetter(c byte) bool { return c|0x20 >= 'a' && c|0x20 <= 'z' }

func isDigit(c byte) bool { return c >= '0' && c <= '9' }
