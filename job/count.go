package job

import "strconv"

// Count gives a number with its noun, for messages: "1 document", "2 documents",
// "0 indexes".
func Count(n int, noun string) string {
	return strconv.Itoa(n) + " " + Noun(n, noun)
}

// Noun gives a noun as it stands after a number: its plural is made with s, or with es after
// s, x or h.
func Noun(n int, noun string) string {
	ending := "s"
	switch noun[len(noun)-1] {
	case 's', 'x', 'h':
		ending = "es"
	}
	return noun + Plural(n, "", ending)
}

// Plural gives the word that goes with a number: one for 1, many for any other.
func Plural(n int, one, many string) string {
	if n == 1 {
		return one
	}
	return many
}
