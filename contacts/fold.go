package contacts

import (
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// fold gives the plain form of a sign, empty for one that nobody sees; changed
// is false where the sign is already plain.
func fold(r rune) (s string, changed bool) {
	switch {
	case r == '\v', r == '\f', r >= utf8.RuneSelf && unicode.IsSpace(r):
		return " ", true
	case isControl(r):
		return "", true
	case r < utf8.RuneSelf:
		return string(r), false
	case unseen(r):
		return "", true
	case unicode.Is(unicode.Nd, r):
		return string('0' + digitValue(r)), true
	case unicode.Is(unicode.Pd, r), r == '−':
		return "-", true
	case unicode.In(r, unicode.Ps, unicode.Pi):
		return "(", true
	case unicode.In(r, unicode.Pe, unicode.Pf):
		return ")", true
	case r == '。', r == '｡':
		return ".", true
	case r == 'ⓐ', r == 'Ⓐ': // drawn as @ is
		return "@", true
	}
	if d := otherDigits(r); d != "" {
		return d, true
	}
	return compatible(r)
}

// compatible gives the signs of ASCII that a sign is a variant of, such as a wide
// letter or a raised figure.
func compatible(r rune) (s string, changed bool) {
	if r < 0x2000 && r != '¹' && r != '²' && r != '³' {
		return string(r), false
	}
	folded := norm.NFKC.String(string(r))
	for i := range len(folded) {
		if folded[i] >= utf8.RuneSelf {
			return string(r), false
		}
	}
	return folded, true
}

// isControl reports a control sign that stands for no space.
func isControl(r rune) bool {
	return unicode.IsControl(r) && r != '\t' && r != '\n' && r != '\r'
}

// marks go on the sign before: accents that belong to no single script, and
// circles and boxes.
var marks = &unicode.RangeTable{R16: []unicode.Range16{
	{Lo: 0x0300, Hi: 0x036F, Stride: 1}, {Lo: 0x1AB0, Hi: 0x1AFF, Stride: 1}, {Lo: 0x1DC0, Hi: 0x1DFF, Stride: 1},
	{Lo: 0x20D0, Hi: 0x20FF, Stride: 1}, {Lo: 0xFE20, Hi: 0xFE2F, Stride: 1},
}}

// isBlank reports a filler, which looks like a space.
func isBlank(r rune) bool { return strings.ContainsRune("\u115f\u1160\u2800\u3164\uffa0", r) }

// unseen reports a sign that nobody sees, a filler, or a mark on the sign before.
func unseen(r rune) bool {
	return isBlank(r) || unicode.In(r, unicode.Cf, unicode.Me, unicode.Variation_Selector,
		unicode.Other_Default_Ignorable_Code_Point, marks)
}

// digitValue gives the value of a decimal digit of any script; they stand in
// tens.
func digitValue(r rune) rune {
	for _, t := range unicode.Nd.R16 {
		if r <= rune(t.Hi) {
			return (r - rune(t.Lo)) % 10
		}
	}
	for _, t := range unicode.Nd.R32 {
		if r <= rune(t.Hi) {
			return (r - rune(t.Lo)) % 10
		}
	}
	return 0
}

// digitRows are digits that are neither decimal digits to Unicode nor have one
// as their normal form, each row with the value of its first.
var digitRows = []struct {
	value int
	first rune
	last  rune
}{
	{1, '፩', '፱'}, {1, '⓵', '⓾'}, {0, '⓿', '⓿'}, {1, '❶', '❿'}, {1, '➀', '➉'}, {1, '➊', '➓'}, {11, '⓫', '⓴'},
	{1, '\U00010107', '\U0001010F'}, {1, '\U00011052', '\U0001105A'}, {1, '\U0001D360', '\U0001D368'},
	{0, '\U0001F10B', '\U0001F10B'}, {0, '\U0001F10C', '\U0001F10C'}, {10, '\U0001F51F', '\U0001F51F'},
}

// chineseDigits each take three bytes.
const chineseDigits = "〇一二三四五六七八九"

// otherDigits gives the figures that a sign of digitRows or a Chinese digit
// stands for, empty for any other.
func otherDigits(r rune) string {
	for _, row := range digitRows {
		if r >= row.first && r <= row.last {
			return strconv.Itoa(row.value + int(r-row.first))
		}
	}
	if k := strings.IndexRune(chineseDigits, r); k >= 0 {
		return strconv.Itoa(k / len("〇"))
	}
	return ""
}
