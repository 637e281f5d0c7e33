package text

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

func isDeva(r rune) bool {
	return r >= 0x0900 && r <= 0x097F && !isDevaDigit(r) && !strings.ContainsRune("।॥॰", r)
}

func isDevaDigit(r rune) bool { return r >= '०' && r <= '९' }

// isSpace reports spaces besides the ASCII ones.
func isSpace(r rune) bool { return r > 0x7f && unicode.IsSpace(r) || r == '\u200b' || r == '\u2060' }

// isIgnored reports signs that carry no meaning: joiners, variation
// selectors, direction marks, soft hyphen, byte order mark.
func isIgnored(r rune) bool {
	switch {
	case r == '\u200c', r == '\u200d', r == '\u00ad', r == '\ufeff':
		return true
	case r >= '\ufe00' && r <= '\ufe0f', r >= '\u200e' && r <= '\u200f', r >= '\u202a' && r <= '\u202e':
		return true
	}
	return false
}

// isStyled reports letters that only look special: mathematical, enclosed and
// full-width ones, which advertisements use for bold print.
func isStyled(r rune) bool {
	for _, letters := range [...][2]rune{{0x1D400, 0x1D7FF}, {0xFF21, 0xFF5A}, {0x2460, 0x24FF}, {0x2100, 0x214F}} {
		if r >= letters[0] && r <= letters[1] {
			return true
		}
	}
	return false
}

// appendFolded appends a letter in lower case, without its accents.
func appendFolded(buf []byte, r rune) []byte {
	var in [4]byte
	var out [32]byte
	n := copy(in[:], string(r))
	if !unicode.Is(unicode.Latin, r) && !isStyled(r) && !unicode.Is(unicode.Inherited, r) {
		return utf8.AppendRune(buf, unicode.ToLower(r))
	}
	for _, f := range string(norm.NFKD.Append(out[:0], in[:n]...)) {
		if !unicode.IsMark(f) {
			buf = append(buf, string(unicode.ToLower(f))...)
		}
	}
	return buf
}

// appendSymbol appends a sign in its plain form: dashes as "-", the
// Devanagari abbreviation sign as ".", and so on.
func appendSymbol(buf []byte, r rune) []byte {
	switch r {
	case '–', '—', '‒', '―', '−', '‐', '‑', '～', '－':
		r = '-'
	case '॰', '．':
		r = '.'
	case '，', '、', '،':
		r = ','
	case '：', '꞉':
		r = ':'
	case '“', '”', '„', '«', '»':
		r = '"'
	case '‘', '’', '`':
		r = '\''
	case '／', '⁄':
		r = '/'
	case '｜', '❘', '│', '┃', '¦', '‖':
		r = '|'
	case '▪', '◦', '‣', '·', '∙', '➢', '➤', '►', '✔', '✅', '\uf0b7', '\uf0a7', '◆', '★', '☆', '✦', '✓', '▶', '➡', '→':
		r = '•'
	case '＋':
		r = '+'
	case '₨':
		r = '₹'
	}
	return append(buf, string(r)...)
}
