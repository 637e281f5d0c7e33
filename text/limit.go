package text

import (
	"strings"
	"unicode/utf8"
)

// Limit is how much of a text readers see, in bytes; a longer one is an attack
// or a fault. What is read costs in proportion to the text, so that this bounds
// it.
const Limit = 200_000

// longWord is how far back the end of a word is looked for.
const longWord = 200

// Cut gives what readers see of a text: all of it, or the beginning up to the
// end of a word.
func Cut(s string) string {
	if len(s) <= Limit {
		return s
	}
	end := Limit
	for !utf8.RuneStart(s[end]) && end > Limit-utf8.UTFMax {
		end--
	}
	if i := strings.LastIndexAny(s[end-longWord:end], " \t\n"); i >= 0 {
		end += i - longWord
	}
	return s[:end]
}
