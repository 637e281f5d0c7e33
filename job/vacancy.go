package job

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
)

// Vacancy stands for what postings advertise: those of one vacancy have the same, made
// from the key of the first of them. Zero is none.
type Vacancy uint64

// VacancyOf makes the vacancy whose first posting has a key.
func VacancyOf(key string) Vacancy {
	sum := sha256.Sum256([]byte(key))
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

// VacancyRole says what a posting is among those of its vacancy.
type VacancyRole string

// The roles.
const (
	RoleAlone          VacancyRole = "alone"          // no other posting of the vacancy is known
	RoleRepresentative VacancyRole = "representative" // it stands for them: the newest stated offer
	RoleOther          VacancyRole = "other"          // another stands for it
)

// VacancyRoles lists every role.
var VacancyRoles = []VacancyRole{RoleAlone, RoleRepresentative, RoleOther}
