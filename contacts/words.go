package contacts

import (
	"strings"
	"unicode/utf8"

	"jobsieve/text"
)

// joints are the signs that may stand between the digits of a number.
const joints = "-,./()"

// digitWords are the words for digits, in normal form, in English, Hindi and
// Hinglish.
var digitWords = wordSet(`zero one two three four five six seven eight nine oh
	शून्य एक दो तीन चार पांच छह छः छे सात आठ नौ जीरो वन टू थ्री फोर फाइव सिक्स सेवन एट नाइन
	shunya shoonya jiro ek do teen tin char chaar paanch panch chhe che chah chhah saat sat aath ath nau no`)

// repeatWords come before a digit that is said two or three times.
var repeatWords = wordSet("double triple डबल ट्रिपल")

// wordSet gives words as they are written, and in normal form.
func wordSet(words string) map[string]bool {
	set := map[string]bool{}
	for w := range strings.FieldsSeq(words) {
		set[w] = true
		for _, t := range text.Parse(w).Tokens {
			set[t.Norm] = true
		}
	}
	return set
}

// How many digits make a number: in words alone, and in words and figures, with
// how many of them words.
const (
	leastWords = 7
	leastMixed = 10
	mostMixed  = 13
	fewWords   = 3
)

// inWords finds telephone numbers that are written in words, or in words and
// figures, in a plain text.
func inWords(s string) (out []span) {
	if !speaks(s) {
		return nil
	}
	d := text.Parse(s)
	said := spoken{first: -1}
	flush := func() {
		if said.telephone() {
			out = append(out, span{d.Tokens[said.first].Start, d.Tokens[said.last].End})
		}
		said = spoken{first: -1}
	}
	for i := range d.Tokens {
		switch t := &d.Tokens[i]; {
		case t.Kind == text.Word && (digitWords[t.Norm] || said.first >= 0 && repeatWords[t.Norm]):
			said.add(i, 1, true)
		case t.Kind == text.Number && len(t.Norm) <= leastMixed:
			said.add(i, len(t.Norm), len(t.Norm) == 1 && said.words > 0)
		case t.Kind == text.Symbol && strings.Contains(joints, t.Norm):
		default:
			flush()
		}
	}
	flush()
	return out
}

// spoken is a run of digits in words and figures.
type spoken struct {
	first, last   int // tokens; first is -1 where there is none
	digits, words int
}

func (s *spoken) add(i, digits int, word bool) {
	if s.first < 0 || s.words == 0 && s.digits+digits > leastMixed {
		*s = spoken{first: i}
	}
	s.last = i
	s.digits += digits
	if word {
		s.words++
	}
}

func (s *spoken) telephone() bool {
	return s.words >= leastWords || s.words >= fewWords && s.digits >= leastMixed && s.digits <= mostMixed
}

// speaks reports that a text may hold enough words for digits. One in a script
// other than Latin always may.
func speaks(s string) bool {
	words, start := 0, 0
	for i := 0; i <= len(s); i++ {
		if i < len(s) && s[i] >= utf8.RuneSelf {
			return true
		}
		if i < len(s) && isLetter(s[i]) {
			continue
		}
		if n := i - start; n >= 2 && n <= len("chhah") && isDigitWord(s[start:i]) {
			if words++; words >= fewWords {
				return true
			}
		}
		start = i + 1
	}
	return false
}

func isDigitWord(s string) bool {
	var lower [8]byte
	for i := range len(s) {
		lower[i] = s[i] | 0x20
	}
	return digitWords[string(lower[:len(s)])]
}
