package text

// shapes holds words by a few of their letters: what tells at once that most words of a
// text are none of a list's.
type shapes [1 << shapeBits / 64]uint64

// shapeBits is how many bits tell a word's shape: five of each of three letters.
const shapeBits = 15

// shapeOf numbers the first, the middle and the last letter of a word that has any.
func shapeOf[T string | []byte](w T) uint {
	const letter, bits = 31, 5
	n := len(w)
	return uint(w[0]&letter)<<(2*bits) | uint(w[n/2]&letter)<<bits | uint(w[n-1]&letter)
}

// put adds a word.
func (s *shapes) put(w string) {
	at := shapeOf(w)
	s[at/64] |= 1 << (at % 64)
}

// mayHave reports the shape of one of the words. w has a letter.
func mayHave[T string | []byte](s *shapes, w T) bool {
	at := shapeOf(w)
	return s[at/64]&(1<<(at%64)) != 0
}

// shapesOf gives the shapes of words.
func shapesOf[V any](words map[string]V) *shapes {
	s := new(shapes)
	for w := range words {
		s.put(w)
	}
	return s
}
