package job

// OpeningsBand gives the band of a number of openings: 1, 2-5, 6-20 or 21+;
// empty where none is said.
func OpeningsBand(n *int) string {
	switch {
	case n == nil || *n < 1:
		return ""
	case *n == 1:
		return "1"
	case *n <= 5:
		return "2-5"
	case *n <= 20:
		return "6-20"
	}
	return "21+"
}
