package vacancy

import (
	"cmp"
	"math"
	"slices"
)

// A signature is what MinHash makes of the shingles of a text: two of them agree in
// about as many of their values as the texts have of their shingles in common (Broder,
// 1997). It is cut into bands, and texts that share a band are candidates. With 21 bands of
// 6 values that is 93 % of the pairs whose likeness is 0.7, and 8 % of those with 0.4.
const (
	signatureSize = 128
	bandSize      = 6
	bandCount     = signatureSize / bandSize
)

// shingleWords is how many words that follow one another are a shingle.
const shingleWords = 3

// seed is where the numbers begin by which signatures are made. Another seed makes other
// bands, so that those which were kept say nothing any more.
const seed = 0x6A6F627369657665

// mix makes every bit of its result depend on every bit of x (the end of splitmix64).
func mix(x uint64) uint64 {
	x ^= x >> 30
	x *= 0xBF58476D1CE4E5B9
	x ^= x >> 27
	x *= 0x94D049BB133111EB
	return x ^ x>>31
}

// hashOf is the same for equal words in every process (FNV-1a, mixed).
func hashOf(words ...string) uint64 {
	h := uint64(0xCBF29CE484222325)
	for _, w := range words {
		for i := range len(w) {
			h = (h ^ uint64(w[i])) * 0x100000001B3
		}
		h = (h ^ ' ') * 0x100000001B3
	}
	return mix(h)
}

// shinglesOf gives the hashes of all runs of shingleWords words, each once, in order.
func shinglesOf(words []string) []uint64 {
	if len(words) < shingleWords {
		return nil
	}
	out := make([]uint64, 0, len(words)-shingleWords+1)
	for i := shingleWords; i <= len(words); i++ {
		out = append(out, hashOf(words[i-shingleWords:i]...))
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// Key stands for what postings of one vacancy have in common. Few are equal by chance: of a
// million postings with a text, one in eight shares a key with another that way.
type Key int32

// keyBits is the size of a key.
const keyBits = 32

// keyOf gives the key of a hash: its upper half.
func keyOf(hash uint64) Key { return Key(hash >> keyBits) }

// bandsOf gives the bands of the signature of shingles; none for no shingles.
func bandsOf(shingles []uint64) []Key {
	if len(shingles) == 0 {
		return nil
	}
	var least [signatureSize]uint64
	for i := range least {
		least[i] = math.MaxUint64
		factor, add := mix(seed+uint64(i))|1, mix(seed-1-uint64(i))
		for _, s := range shingles {
			least[i] = min(least[i], s*factor+add)
		}
	}
	out := make([]Key, bandCount)
	for i := range out {
		band := mix(seed + uint64(i))
		for _, v := range least[i*bandSize : (i+1)*bandSize] {
			band = mix(band ^ v)
		}
		out[i] = keyOf(band)
	}
	return out
}

// shared counts what two ordered lists have in common.
func shared[T cmp.Ordered](a, b []T) (n int) {
	for len(a) > 0 && len(b) > 0 {
		switch {
		case a[0] < b[0]:
			a = a[1:]
		case a[0] > b[0]:
			b = b[1:]
		default:
			n++
			a, b = a[1:], b[1:]
		}
	}
	return n
}
