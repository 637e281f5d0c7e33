package vacancy

import (
	"slices"
	"strings"

	"jobsieve/text"
)

// legalForms end the names of companies and say nothing of which company it is, in
// normal form. The longest stand first.
var legalForms = [][]string{
	{"private", "limited"}, {"private", "ltd"}, {"pvt", "limited"}, {"pvt", "ltd"}, {"p", "limited"}, {"p", "ltd"},
	{"l", "l", "p"}, {"l", "l", "c"}, {"p", "l", "c"}, {"प्राइवेट", "लिमिटेड"}, {"प्रा", "लि"},
	{"limited"}, {"ltd"}, {"pvt"}, {"llp"}, {"llc"}, {"plc"}, {"inc"}, {"incorporated"}, {"gmbh"}, {"opc"},
	{"लिमिटेड"}, {"लि"},
}

// shortForms are the short forms of words that end names; these stay, for they are
// parts of names: "Sharma & Co" is not Sharma.
var shortForms = map[string]string{"company": "co", "corporation": "corp"}

// EmployerKey gives what the spellings of a company's name have in common: its words
// in normal form, without legal forms at the end. It is empty for an empty name alone.
func EmployerKey(name string) string {
	words := text.Words(name)
	if len(words) == 0 {
		return strings.ToLower(strings.TrimSpace(name))
	}
	words = withoutAnd(withoutLegalForms(words))
	last := len(words) - 1
	if short, ok := shortForms[words[last]]; ok {
		words[last] = short
	}
	return strings.Join(words, " ")
}

// withoutLegalForms drops legal forms at the end of a name, and never all of it.
func withoutLegalForms(words []string) []string {
	for {
		i := slices.IndexFunc(legalForms, func(form []string) bool {
			rest := len(words) - len(form)
			return rest > 0 && slices.Equal(words[rest:], form)
		})
		if i < 0 {
			return words
		}
		words = words[:len(words)-len(legalForms[i])]
	}
}

// withoutAnd drops "and" between words, where others write a sign.
func withoutAnd(words []string) []string {
	last := len(words) - 1
	out := words[:0]
	for i, w := range words {
		if w != "and" || i == 0 || i == last {
			out = append(out, w)
		}
	}
	return out
}
