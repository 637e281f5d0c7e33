package contacts

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// glued reports that group i is two mobile numbers or more with nothing
// between: "98765432109123456780".
func (sc *scanner) glued(i int) bool {
	g := sc.groups[i]
	if g.size() < 2*mobileDigits {
		return false
	}
	digits := string(sc.digits[sc.at[i] : sc.at[i]+g.size()])
	ends := make([]bool, len(digits)+1) // where a number may end
	ends[0] = true
	for from := range digits {
		if !ends[from] {
			continue
		}
		for _, prefix := range prefixes {
			first := from + len(prefix)
			to := first + mobileDigits
			if to <= len(digits) && strings.HasPrefix(digits[from:], prefix) && digits[first] >= '6' {
				ends[to] = true
			}
		}
	}
	if !ends[len(digits)] {
		return false
	}
	c := sc.number(i, i, digits)
	return sc.nature == phone || sc.stands(&c)
}

// smallWords are too short to be told apart from a part of an id by their
// length.
var smallWords = strings.Fields(`ok or on pm am me my to us hr is in at by if so we no n ya ji pe par ko ka ke ki se
	hi`)

// idEnds end the words that an id follows.
var idEnds = regexp.MustCompile(`(?i)(?:id|ids|ref|req|job|code|key|no|num|sku|inv|jr|token|hash|order)$`)

// mostWord is how long a word may be that stands beside a number without a
// space, in bytes.
const mostWord = 40

// isWord reports that a word begins here, and not the rest of an id.
func isWord(s string) bool {
	n := 0
	for n < len(s) && n < 3 && isLetter(s[n]) {
		n++
	}
	return n == 3 || n > 0 && slices.Contains(smallWords, strings.ToLower(s[:n])) && !joined(s[n:])
}

// joined reports that what follows a word goes on with it.
func joined(s string) bool {
	return s != "" && (s[0] == '_' || s[0] == '-' || s[0] >= utf8.RuneSelf)
}

// wordEnds reports that a text ends with a word, and not with the beginning of
// an id: "now9876543210", not "JR9876543210" and "job-ab9876543210".
func wordEnds(s string) bool {
	s = s[max(0, len(s)-mostWord):]
	start := len(s)
	for start > 0 && isLetter(s[start-1]) {
		start--
	}
	word, before := s[start:], s[:start]
	switch last, _ := utf8.DecodeLastRuneInString(before); {
	case start == 0 && len(s) == mostWord, last == '_', last == '-':
		return false
	case before != "" && isDigit(before[len(before)-1]) && !endsNumber(before):
		return false
	case len(word) < 3:
		return slices.Contains(smallWords, strings.ToLower(word))
	}
	return strings.IndexFunc(word, unicode.IsLower) >= 0 && !idEnds.MatchString(word)
}

// endsNumber reports digits at the end of a text that may be a telephone
// number.
func endsNumber(s string) bool {
	return len(s)-len(strings.TrimRight(s, "0123456789")) >= mobileDigits
}
