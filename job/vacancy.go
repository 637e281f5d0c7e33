package job

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"slices"
	"strings"
)

// Vacancy stands for what a posting offers: it is the same for postings of the
// same title, company and places, in normal form. Zero is none.
type Vacancy uint64

// VacancyOf makes the vacancy of a title and a company, both in normal form, and
// of places.
func VacancyOf(title, company string, places []Place) Vacancy {
	var names []string
	for i := range places {
		p := &places[i]
		names = append(names, strings.Join([]string{string(p.City), string(p.State), string(p.Country)}, "/"))
	}
	slices.Sort(names)
	where := strings.Join(slices.Compact(names), "|")
	sum := sha256.Sum256([]byte(title + "\x00" + company + "\x00" + where))
	return Vacancy(binary.BigEndian.Uint64(sum[:]))
}

// String writes a vacancy as documents have it: 16 digits in base 16, nothing
// for none.
func (v Vacancy) String() string {
	if v == 0 {
		return ""
	}
	const size = 8
	var number [size]byte
	var digits [2 * size]byte
	binary.BigEndian.PutUint64(number[:], uint64(v))
	hex.Encode(digits[:], number[:])
	return string(digits[:])
}
