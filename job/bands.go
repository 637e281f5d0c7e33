package job

// OpeningsBands are the bands that numbers of openings are grouped in.
var OpeningsBands = []string{"1", "2-5", "6-20", "21+"}

// OpeningsBand gives the band of a number of openings: 1, 2-5, 6-20 or 21+;
// empty where none is said.
func OpeningsBand(n *int) string {
	switch {
	case n == nil || *n < 1:
		return ""
	case *n == 1:
		return OpeningsBands[0]
	case *n <= 5:
		return OpeningsBands[1]
	case *n <= 20:
		return OpeningsBands[2]
	}
	return OpeningsBands[3]
}
