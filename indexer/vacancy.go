package indexer

import (
	"hash/fnv"
	"strings"
)

// VacancyNumber gives a vacancy's name, which is 16 hexadecimal digits, as a number,
// and a number for any other.
func VacancyNumber(name string) (n uint64) {
	const digits = "0123456789abcdef"
	for i := range len(name) {
		digit := strings.IndexByte(digits, name[i])
		if digit < 0 || len(name) != len(digits) {
			h := fnv.New64a()
			_, _ = h.Write([]byte(name)) // it never fails
			return h.Sum64()
		}
		n = n<<4 | uint64(digit)
	}
	return n
}
