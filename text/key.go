package text

import "hash/maphash"

// Key stands for a normal form, of which it is a hash: equal forms have equal
// keys, and it is as good as impossible for unequal ones to have the same, even
// in texts made for that purpose. It means nothing beyond this process, and is
// never 0.
type Key uint64

// seed is that of all keys in the process.
var seed = maphash.MakeSeed()

// KeyOf gives the key of a normal form.
func KeyOf(norm string) Key {
	return max(1, Key(maphash.String(seed, norm)))
}

// Keys gives the key of each token that a phrase can hold, and 0 for the
// others. They are made once, however much is looked for in d.
func (d *Doc) Keys() []Key {
	if len(d.keys) == len(d.Tokens) {
		return d.keys
	}
	d.keys = d.keys[:0]
	for i := range d.Tokens {
		var k Key
		if t := &d.Tokens[i]; t.InPhrase() {
			k = KeyOf(t.Norm)
		}
		d.keys = append(d.keys, k)
	}
	return d.keys
}

// InPhrase reports whether a phrase can hold the token: words, numbers, and the
// signs that are part of names (C++, C#).
func (t *Token) InPhrase() bool {
	inName := t.Kind == Symbol && t.Glued && (t.Norm == "+" || t.Norm == "#")
	return t.Kind == Word || t.Kind == Number || inName
}
