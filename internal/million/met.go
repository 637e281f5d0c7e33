package million

import (
	"crypto/sha256"
	"encoding/binary"
)

// met knows which texts it has met, in memory that doesn't grow: a Bloom filter. It may
// take a new text for one that it has met, one in three thousand after three million
// texts; never the reverse.
type met struct{ bits [1 << 20]uint64 }

// textPlaces is how many of the bits stand for a text.
const textPlaces = 5

// either reports a text that was met. Where none was, it notes all of them; the first
// may be empty, which is none.
func (m *met) either(one string, others ...string) bool {
	texts := others
	if one != "" {
		texts = append([]string{one}, others...)
	}
	for _, s := range texts {
		if m.has(s) {
			return true
		}
	}
	for _, s := range texts {
		for _, at := range m.places(s) {
			m.bits[at>>6] |= 1 << (at & 63)
		}
	}
	return false
}

func (m *met) has(s string) bool {
	for _, at := range m.places(s) {
		if m.bits[at>>6]&(1<<(at&63)) == 0 {
			return false
		}
	}
	return true
}

// places gives the bits of a text.
func (m *met) places(s string) [textPlaces]uint64 {
	const half, number = 8, 64
	sum := sha256.Sum256([]byte(s))
	at, step := binary.BigEndian.Uint64(sum[:half]), binary.BigEndian.Uint64(sum[half:])|1
	var out [textPlaces]uint64
	for i := range out {
		out[i] = at % uint64(len(m.bits)*number)
		at += step
	}
	return out
}
