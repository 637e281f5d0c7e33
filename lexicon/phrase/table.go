package phrase

import "jobsieve/text"

// words gives numbers to words.
type words = slots[int32]

// slots hold what words stand for, by the keys that a document makes once for
// whatever is looked for in it.
type slots[V any] struct {
	list  []slot[V] // a power of two of them, at most three quarters taken
	taken int
}

// slot is what the word of a key stands for; 0 is the key of none.
type slot[V any] struct {
	key   text.Key
	value V
}

// find gives what a word stands for, nil for none.
func (w *slots[V]) find(key text.Key) *V {
	if len(w.list) == 0 {
		return nil
	}
	most := len(w.list) - 1
	for i := int(key) & most; ; i = (i + 1) & most {
		switch s := &w.list[i]; s.key {
		case key:
			return &s.value
		case 0:
			return nil
		}
	}
}

// put enters what a word stands for, which stands for nothing yet.
func (w *slots[V]) put(key text.Key, value V) {
	const least = 64
	if w.taken++; 4*w.taken > 3*len(w.list) {
		old := w.list
		w.list = make([]slot[V], max(least, 2*len(old)))
		for _, s := range old {
			if s.key != 0 {
				w.place(s)
			}
		}
	}
	w.place(slot[V]{key, value})
}

func (w *slots[V]) place(s slot[V]) {
	most := len(w.list) - 1
	i := int(s.key) & most
	for w.list[i].key != 0 {
		i = (i + 1) & most
	}
	w.list[i] = s
}

// sieve holds words, and lets a few others through. It is small enough to stay near
// where most words of a text are none of a set's.
type sieve [512]uint64

// bit is the place of a word in a sieve; other bits of its key than those that a table
// begins to look at.
func (s *sieve) bit(key text.Key) (at *uint64, bit uint64) {
	const word = 6 // 1<<6 bits
	n := uint64(key) >> 32 % (64 * uint64(len(s)))
	return &s[n>>word], 1 << (n % 64)
}

func (s *sieve) put(key text.Key) {
	at, bit := s.bit(key)
	*at |= bit
}

// may reports a word of the sieve, and sometimes another one.
func (s *sieve) may(key text.Key) bool {
	at, bit := s.bit(key)
	return *at&bit != 0
}

// Table gives values to single words.
type Table[V any] struct{ slots slots[V] }

// NewTable makes a table of words in normal form, or of signs.
func NewTable[V any](byWord map[string]V) *Table[V] {
	t := &Table[V]{}
	for word, v := range byWord {
		t.slots.put(text.KeyOf(word), v)
	}
	return t
}

// Of gives the value of a word.
func (t *Table[V]) Of(word string) (v V, ok bool) { return t.value(text.KeyOf(word)) }

func (t *Table[V]) value(key text.Key) (v V, ok bool) {
	if of := t.slots.find(key); of != nil {
		return *of, true
	}
	return v, false
}

// At gives the value of token i; none beyond the last.
func (t *Table[V]) At(d *text.Doc, i int) (v V, ok bool) {
	if i < 0 || i >= len(d.Tokens) {
		return v, false
	}
	key := d.Keys()[i]
	if key == 0 { // a sign
		return t.Of(d.Tokens[i].Norm)
	}
	return t.value(key)
}
