// Package contacts finds the e-mail addresses and telephone numbers of people
// in the texts of postings, and masks them.
//
// A text enters; the same text leaves with each byte of what was found replaced
// by "x", so that the spans of everything else stay what they were.
package contacts

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"jobsieve/text"
)

// Span is a contact: bytes Start up to but not including End.
type Span struct{ Start, End int }

// Mask replaces each byte of every contact by "x".
func Mask(s string) string {
	spans := Find(s)
	if len(spans) == 0 {
		return s
	}
	b := []byte(s)
	for _, sp := range spans {
		for i := sp.Start; i < sp.End; i++ {
			b[i] = 'x'
		}
	}
	return string(b)
}

// Find gives the contacts of a text: e-mail addresses, then numbers, then
// numbers in words. They may overlap.
func Find(s string) []Span {
	if !mayHold(s) {
		return nil
	}
	out := emails(s)
	out = append(out, numbers(s)...)
	return append(out, inWords(s)...)
}

// mayHold reports that a text is worth a closer look: it has an @, or enough
// digits or words for a number.
func mayHold(s string) bool {
	if mayHoldAddress(s) {
		return true
	}
	digits := 0
	for i := range len(s) {
		switch c := s[i]; {
		case c >= '0' && c <= '9', c == 0xA5: // the second byte of Devanagari digits
			digits++
		}
	}
	return digits >= leastDigits || strings.Count(s, " ")+strings.Count(s, "-") >= leastWords
}

var (
	address = regexp.MustCompile(`[\p{L}\p{N}._%+\-]+ ?(?:@|\[at\]|\(at\)) ?[\p{L}\p{N}\-]+(?: ?\. ?[\p{L}\p{N}\-]+)+`)
	spelled = regexp.MustCompile(`(?i)[a-z0-9._%+\-]+ (?:at|@|\[at\]|\(at\)) [a-z0-9\-]+ (?:dot|\[dot\]|\(dot\)) (?:com|in|co|org|net)(?: (?:dot|\[dot\]|\(dot\)) in)?`)
)

// mayHoldAddress reports what every e-mail address has, in one form or another.
func mayHoldAddress(s string) bool {
	for _, sign := range []string{"@", "[at]", "(at)", " at ", " AT ", " At "} {
		if strings.Contains(s, sign) {
			return true
		}
	}
	return false
}

func emails(s string) (out []Span) {
	if mayHoldAddress(s) {
		for _, re := range []*regexp.Regexp{address, spelled} {
			for _, m := range re.FindAllStringIndex(s, -1) {
				out = append(out, Span{m[0], m[1]})
			}
		}
	}
	return out
}

// The digits that a telephone number has.
const (
	leastDigits = 8
	mostDigits  = 15
)

// numbers finds telephone numbers in digits, those of Devanagari too.
func numbers(s string) (out []Span) {
	for i := 0; i < len(s); {
		r, n := utf8.DecodeRuneInString(s[i:])
		if digit(r) < 0 && r != '+' {
			i += n
			continue
		}
		c := run(s, i)
		if c.telephone(s) {
			out = append(out, Span{c.start, c.end})
		}
		i = max(c.end, i+n)
	}
	return out
}

// number is a run of digits with the signs that may stand within a number.
type number struct {
	start, end int
	digits     string
	plus       bool
	groups     []int // the digits of each part
}

// run reads the run of digits at i.
func run(s string, i int) number {
	c := number{start: i, end: i}
	group := 0
	var b strings.Builder
	gap := 0
	for j := i; j < len(s) && b.Len() <= mostDigits; {
		r, n := utf8.DecodeRuneInString(s[j:])
		switch d := digit(r); {
		case d >= 0:
			b.WriteByte(byte('0' + d))
			group++
			c.end, gap = j+n, 0
		case r == '+' && j == i:
			c.plus = true
		case (r == ' ' || r == '-' || r == '.' || r == '(' || r == ')' || r == '\u00A0' || r == '–') && gap < 2 && b.Len() > 0:
			gap++
			if group > 0 {
				c.groups = append(c.groups, group)
			}
			group = 0
		default:
			j = len(s)
		}
		j += n
	}
	if group > 0 {
		c.groups = append(c.groups, group)
	}
	c.digits = b.String()
	return c
}

// digit gives the value of a digit, -1 for any other sign.
func digit(r rune) int {
	switch {
	case r >= '0' && r <= '9':
		return int(r - '0')
	case r >= '०' && r <= '९':
		return int(r - '०')
	}
	return -1
}

// telephone reports a run that is a telephone number and no amount, date or
// part of an address.
func (c *number) telephone(s string) bool {
	d := c.digits
	if len(d) < leastDigits || len(d) > mostDigits || c.within(s) || c.amounts() {
		return false
	}
	mobile := func(d string) bool { return len(d) == 10 && d[0] >= '6' }
	switch {
	case c.plus:
		return len(d) >= 10
	case mobile(d), len(d) == 11 && d[0] == '0' && (mobile(d[1:]) || len(c.groups) > 1 && c.groups[0] <= 5), len(d) == 12 && strings.HasPrefix(d, "91") && mobile(d[2:]):
		return true
	case strings.HasPrefix(d, "1800") && (len(d) == 10 || len(d) == 11):
		return true
	}
	return false
}

// amounts reports parts that are rather two amounts: "60000-70000".
func (c *number) amounts() bool {
	if len(c.groups) != 2 || c.groups[0] != c.groups[1] && c.groups[0] != 5 && c.groups[0] != 6 {
		return false
	}
	first, second := c.digits[:c.groups[0]], c.digits[c.groups[0]:]
	return strings.HasSuffix(first, "00") && strings.HasSuffix(second, "00")
}

// within reports a run that is part of a longer word, or of a web address.
func (c *number) within(s string) bool {
	before, _ := utf8.DecodeLastRuneInString(s[:c.start])
	after, _ := utf8.DecodeRuneInString(s[c.end:])
	if unicode.IsLetter(before) || before == '_' || before == '₹' || before == '$' || unicode.IsLetter(after) && after < 0x900 || after == '_' {
		return true
	}
	word := s[strings.LastIndexAny(s[:c.start], " \n\t\"'(<")+1 : c.start]
	return strings.Contains(word, "/") && (strings.Contains(word, "://") || strings.Contains(word, "www.") || strings.Contains(word, ".com") || strings.Contains(word, ".in/"))
}

// digitWords are the words for digits, in normal form, in English, Hindi and
// Hinglish.
var digitWords = wordSet(`zero one two three four five six seven eight nine oh
	शून्य एक दो तीन चार पांच छह छः छे सात आठ नौ जीरो वन टू थ्री फोर फाइव सिक्स सेवन एट नाइन
	shunya shoonya jiro ek do teen tin char chaar paanch panch chhe che chah chhah saat sat aath ath nau no`)

// repeatWords stand before a digit that is said twice or three times.
var repeatWords = wordSet("double triple डबल ट्रिपल")

func wordSet(words string) map[string]bool {
	set := map[string]bool{}
	for w := range strings.FieldsSeq(words) {
		for _, t := range text.Parse(w).Tokens {
			set[t.Norm] = true
		}
	}
	return set
}

// leastWords is how many words for digits make a number.
const leastWords = 7

// inWords finds telephone numbers that are written in words.
func inWords(s string) (out []Span) {
	d := text.Parse(s)
	first, n, last := -1, 0, 0
	flush := func() {
		if n >= leastWords {
			out = append(out, Span{d.Tokens[first].Start, d.Tokens[last].End})
		}
		first, n = -1, 0
	}
	for i := range d.Tokens {
		t := &d.Tokens[i]
		switch {
		case t.Kind == text.Word && (digitWords[t.Norm] || first >= 0 && repeatWords[t.Norm]), t.Kind == text.Number && first >= 0 && len(t.Norm) == 1:
			if first < 0 {
				first = i
			}
			n, last = n+1, i
		case t.Kind == text.Symbol && (t.Norm == "-" || t.Norm == "," || t.Norm == "."):
		default:
			flush()
		}
	}
	flush()
	return out
}
