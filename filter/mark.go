package filter

import (
	"strings"
	"unicode"

	"jobsieve/internal/sentence"
)

// told is what was there in place of what was expected.
func told(there string) sentence.Sentence {
	if there == "" {
		return sentence.Of("the_end", "the end")
	}
	return sentence.Of("quoted", "%q", there)
}

// around is how many letters are shown on each side of a fault.
const around = 40

// under writes the condition with the place of the fault marked below it.
func (f *Fault) under() string {
	before, after := []rune(f.In[:f.Start]), []rune(f.In[f.End:])
	lead, tail := "", ""
	if len(before) > around {
		before, lead = before[len(before)-around:], "…"
	}
	if len(after) > around {
		after, tail = after[:around], "…"
	}
	fault := []rune(f.In[f.Start:f.End])
	if len(fault) > 2*around {
		fault = fault[:2*around]
	}
	line := lead + string(before) + string(fault) + string(after) + tail
	indent := strings.Repeat(" ", columns(lead)+columns(string(before)))
	carets := strings.Repeat("^", max(1, columns(string(fault))))
	return "    " + strings.Map(plain, line) + "\n    " + indent + carets
}

// columns is how many columns letters take; marks stand above others.
func columns(s string) (n int) {
	for _, r := range s {
		if !unicode.Is(unicode.Mn, r) {
			n++
		}
	}
	return n
}

// plain makes a space of what moves a cursor.
func plain(r rune) rune {
	if unicode.IsSpace(r) || unicode.IsControl(r) || unicode.Is(unicode.Cf, r) {
		return ' '
	}
	return r
}
