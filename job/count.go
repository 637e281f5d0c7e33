package job

import "strconv"

// Count gives a number with its noun, for messages: "1 document", "2 documents",
// "0 indexes". The plural of noun is made with s, or with es after s, x or h.
func Count(n int, noun string) string {
	ending := "s"
	switch noun[len(noun)-1] {
	case 's', 'x', 'h':
		ending = "es"
	}
	return strconv.Itoa(n) + " " + noun + Plural(n, "", ending)
}

// Plural gives the word that goes with a number: one for 1, many for any other.
func Plural(n int, one, many string) string {
	if n == 1 {
		return one
	}
	return many
}
