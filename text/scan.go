package text

import (
	"unicode"
	"unicode/utf8"
)

// Classes of ASCII bytes.
const (
	classSymbol = iota
	classLower
	classUpper
	classDigit
	classSpace
	classNewline
	classWide // begins a rune of several bytes
)

var classes = func() (c [256]uint8) {
	for b := range c {
		switch {
		case b >= 'a' && b <= 'z':
			c[b] = classLower
		case b >= 'A' && b <= 'Z':
			c[b] = classUpper
		case b >= '0' && b <= '9':
			c[b] = classDigit
		case b == '\n' || b == '\r':
			c[b] = classNewline
		case b <= ' ' || b == 0x7f:
			c[b] = classSpace
		case b >= utf8.RuneSelf:
			c[b] = classWide
		}
	}
	return c
}()

// scan fills Tokens and buf from Text.
func (d *Doc) scan() {
	s := d.Text
	for i := 0; i < len(s); {
		start := i
		switch classes[s[i]] {
		case classSpace:
			i++
			continue
		case classNewline:
			i = d.newline(i)
			continue
		case classLower, classUpper:
			i = d.latinWord(i)
		case classDigit:
			i = d.number(i)
		case classSymbol:
			i++
			d.add(start, i, Symbol, Other)
			d.buf = append(d.buf, s[start])
			d.close()
		default:
			r, size := utf8.DecodeRuneInString(s[i:])
			switch {
			case isSpace(r):
				i += size
				continue
			case isIgnored(r):
				i += size
				continue
			case isDevaDigit(r):
				i = d.number(i)
			case isDeva(r):
				i = d.devaWord(i)
			case unicode.IsLetter(r):
				i = d.latinWord(i)
			default:
				i += size
				d.add(start, i, Symbol, Other)
				d.buf = appendSymbol(d.buf, r)
				d.close()
			}
		}
		d.glue(start)
	}
}

// add begins a token whose normal form is appended to buf next.
func (d *Doc) add(start, end int, k Kind, sc Script) {
	d.Tokens = append(d.Tokens, Token{
		Start: start, End: end, Kind: k, Script: sc, from: len(d.buf),
	})
}

// close ends the token begun last.
func (d *Doc) close() {
	d.Tokens[len(d.Tokens)-1].to = len(d.buf)
}

// glue sets Glued for the first token that begins at start.
func (d *Doc) glue(start int) {
	i := len(d.Tokens) - 1
	for i > 0 && d.Tokens[i].Start > start {
		i--
	}
	if i > 0 && d.Tokens[i].Start == start {
		d.Tokens[i].Glued = d.Tokens[i-1].End == start && d.Tokens[i-1].Kind != Newline
	}
}

// newline reads line ends from i on and adds a Newline token, unless the line
// was only wrapped: the next one goes on in lower case after a word or comma.
func (d *Doc) newline(i int) int {
	s, start := d.Text, i
	lines := 0
	for i < len(s) {
		switch classes[s[i]] {
		case classNewline:
			if s[i] == '\n' || i+1 >= len(s) || s[i+1] != '\n' {
				lines++
			}
			i++
			continue
		case classSpace:
			i++
			continue
		}
		break
	}
	if i < len(s) && lines == 1 && classes[s[i]] == classLower && d.goesOn(start) {
		return i
	}
	d.add(start, i, Newline, Other)
	d.buf = append(d.buf, '\n')
	d.close()
	d.line = i
	return i
}

// wrapWidth is the shortest line, in bytes, that may have been wrapped.
const wrapWidth = 50

// goesOn reports whether the line before byte end can go on after it.
func (d *Doc) goesOn(end int) bool {
	n := len(d.Tokens)
	if n == 0 {
		return false
	}
	last := &d.Tokens[n-1]
	if last.Kind == Symbol && last.Norm != "," && last.Norm != "-" && last.Norm != "&" {
		return false
	}
	return end-d.line >= wrapWidth
}

// latinWord reads a word of any script but Devanagari from byte i. Its branches are
// the classes of bytes.
func (d *Doc) latinWord(i int) int {
	s, start, from := d.Text, i, len(d.buf)
	sc := Latin
	for i < len(s) {
		switch classes[s[i]] {
		case classLower, classUpper:
			n := letters(s[i:])
			d.buf = appendLower(d.buf, s[i:i+n])
			i += n
			continue
		case classSymbol:
			if n := apostrophe(s[i:]); n > 0 && i > start {
				i += n
				continue
			}
		case classWide:
			if n := apostrophe(s[i:]); n > 0 && i > start {
				i += n
				continue
			}
			r, size := utf8.DecodeRuneInString(s[i:])
			if isIgnored(r) {
				i += size
				continue
			}
			if !isDeva(r) && (unicode.IsLetter(r) || unicode.IsMark(r)) {
				if !unicode.Is(unicode.Latin, r) && !unicode.IsMark(r) && !isStyled(r) {
					sc = Other
				}
				d.buf = appendFolded(d.buf, r)
				i += size
				continue
			}
		}
		break
	}
	d.word(start, i, from, sc)
	return i
}

// letters gives how many letters a to z or A to Z s begins with.
func letters(s string) (n int) {
	for n < len(s) && (classes[s[n]] == classLower || classes[s[n]] == classUpper) {
		n++
	}
	return n
}

// appendLower appends letters a to z or A to Z as small ones.
func appendLower(buf []byte, s string) []byte {
	n := len(buf)
	buf = append(buf, s...)
	for i := range buf[n:] {
		buf[n+i] |= 'a' - 'A'
	}
	return buf
}

// apostrophe gives the length of an apostrophe at the start of s that has a
// letter after it, else 0.
func apostrophe(s string) int {
	n := 0
	switch {
	case s[0] == '\'':
		n = 1
	case len(s) > 3 && (s[:3] == "’" || s[:3] == "‘"):
		n = 3
	}
	if n == 0 || n >= len(s) {
		return 0
	}
	if c := classes[s[n]]; c == classLower || c == classUpper {
		return n
	}
	return 0
}

// number reads digits with grouping commas and decimals from byte i.
func (d *Doc) number(i int) int {
	s, start, from := d.Text, i, len(d.buf)
	i = d.digits(i)
	first := i
	mark, groups, last := len(d.buf), 0, 0
	for i-start <= maxNumber && i+1 < len(s) && s[i] == ',' {
		next := d.digits(i + 1)
		if n := digitCount(s[i+1 : next]); n != 2 && n != 3 {
			break
		} else {
			last = n
		}
		groups++
		i = next
	}
	if groups > 0 && (last != 3 || digitCount(s[start:first]) > 3 || i < len(s) && isDigitAt(s, i)) {
		i, groups = first, 0
	}
	if groups == 0 {
		d.buf = d.buf[:mark]
	} else {
		d.buf = append(d.buf[:from], digitsOf(s[start:i])...)
	}
	if end := d.decimals(start, i); end > i {
		i = end
	}
	d.add(start, i, Number, Other)
	d.Tokens[len(d.Tokens)-1].from = from
	d.close()
	return i
}

// maxNumber is the longest number, in bytes, that grouping is looked for in.
const maxNumber = 64

// decimals reads ".5" at byte i, unless it is part of a date or a version.
func (d *Doc) decimals(start, i int) int {
	s := d.Text
	if i+1 >= len(s) || s[i] != '.' || !isDigitAt(s, i+1) {
		return i
	}
	if start >= 2 && s[start-1] == '.' && s[start-2] >= '0' && s[start-2] <= '9' {
		return i
	}
	mark := len(d.buf)
	d.buf = append(d.buf, '.')
	end := d.digits(i + 1)
	if end+1 < len(s) && s[end] == '.' && isDigitAt(s, end+1) {
		d.buf = d.buf[:mark]
		return i
	}
	return end
}

// digits appends the digits from byte i on and gives their end.
func (d *Doc) digits(i int) int {
	s := d.Text
	for i < len(s) {
		if c := s[i]; c >= '0' && c <= '9' {
			d.buf = append(d.buf, c)
			i++
			continue
		}
		if s[i] != 0xE0 || i+2 >= len(s) || s[i+1] != 0xA5 || s[i+2] < 0xA6 || s[i+2] > 0xAF {
			break
		}
		d.buf = append(d.buf, '0'+s[i+2]-0xA6)
		i += 3
	}
	return i
}

func isDigitAt(s string, i int) bool {
	if s[i] >= '0' && s[i] <= '9' {
		return true
	}
	r, _ := utf8.DecodeRuneInString(s[i:])
	return isDevaDigit(r)
}

func digitCount(s string) int {
	n := 0
	for range s {
		n++
	}
	return n
}

func digitsOf(s string) []byte {
	out := make([]byte, 0, len(s))
	for _, r := range s {
		switch {
		case r >= '0' && r <= '9':
			out = append(out, byte(r))
		case isDevaDigit(r):
			out = append(out, byte('0'+r-'०'))
		}
	}
	return out
}
