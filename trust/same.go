package trust

import (
	"hash/maphash"
	"unicode/utf8"

	"jobsieve/contacts"
	"jobsieve/text"
)

// LeastText is how many characters a text must have, in normal form, to be compared
// with others.
const LeastText = 200

var seed = maphash.MakeSeed()

// SameText gives what a text has in common with those of the same words and numbers,
// whatever their signs, spaces and contacts: a hash, which means nothing beyond this
// process. It is not ok for a text of fewer than LeastText characters.
func SameText(s string) (hash uint64, ok bool) {
	d := text.Parse(contacts.Mask(text.Cut(s)))
	var h maphash.Hash
	h.SetSeed(seed)
	characters := 0
	for i := range d.Tokens {
		t := &d.Tokens[i]
		if t.Kind != text.Word && t.Kind != text.Number || isMasked(t.Norm) {
			continue
		}
		h.WriteString(t.Norm)
		h.WriteByte(' ')
		characters += utf8.RuneCountInString(t.Norm) + 1
	}
	return h.Sum64(), characters > LeastText
}

// Hash gives the hash of a name; like that of a text it means nothing beyond this process.
func Hash(name string) uint64 { return maphash.String(seed, name) }
