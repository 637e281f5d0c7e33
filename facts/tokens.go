package facts

import (
	"unicode"
	"unicode/utf8"

	"jobsieve/text"
)

// next gives the token at i, empty where there is none.
func next(d *text.Doc, i int) string {
	if i >= 0 && i < len(d.Tokens) {
		return d.Tokens[i].Norm
	}
	return ""
}

// closes reports that a clause ends before token i.
func closes(d *text.Doc, i int) bool {
	return i >= len(d.Tokens) || d.Stop(i) || d.Is(i, ",") || d.Is(i, ")")
}

// apart reports that tokens first up to but not including end have a sign or
// nothing on either side.
func apart(d *text.Doc, first, end int) bool {
	for _, i := range []int{first - 1, end} {
		if d.IsKind(i, text.Word) || d.IsKind(i, text.Number) {
			return false
		}
	}
	return true
}

// clause reports that there is no sentence end or comma among tokens i to j.
func clause(d *text.Doc, i, j int) bool {
	for ; i < j; i++ {
		if d.Stop(i) || d.Is(i, ",") {
			return false
		}
	}
	return true
}

// startsSentence reports that a sentence or a line begins at token i.
func startsSentence(d *text.Doc, i int) bool { return i == 0 || !d.Unbroken(i-1, i) }

// capital reports a word that begins with a capital.
func capital(d *text.Doc, i int) bool {
	return d.IsKind(i, text.Word) && unicode.IsUpper(initial(d, i))
}

// initial gives the letter that token i begins with, as it is written.
func initial(d *text.Doc, i int) rune {
	first, _ := utf8.DecodeRuneInString(d.Slice(i, i+1))
	return first
}
