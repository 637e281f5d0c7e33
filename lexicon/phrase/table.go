package phrase

import "jobsieve/text"

// words gives numbers to words, from 0 on. A word is found by its key, which a
// document makes once for whatever is looked for in it.
type words struct {
	keys   []text.Key // a power of two of places, at most a quarter of them taken
	places []int32    // of the word of each key in list
	list   []string
}

// find gives a word's number, -1 for none.
func (w *words) find(key text.Key, word string) int32 {
	if len(w.keys) == 0 {
		return -1
	}
	most := len(w.keys) - 1
	for i := int(key) & most; w.keys[i] != 0; i = (i + 1) & most {
		if n := w.places[i]; w.keys[i] == key && w.list[n] == word {
			return n
		}
	}
	return -1
}

// add gives a word's number, and a new one to a new word.
func (w *words) add(word string) int32 {
	if n := w.find(text.KeyOf(word), word); n >= 0 {
		return n
	}
	const sparse = 4
	w.list = append(w.list, word)
	if sparse*len(w.list) > len(w.keys) {
		w.grow(max(64, 2*len(w.keys)))
	} else {
		w.put(int32(len(w.list) - 1))
	}
	return int32(len(w.list) - 1)
}

// grow makes places for the words anew.
func (w *words) grow(places int) {
	w.keys, w.places = make([]text.Key, places), make([]int32, places)
	for n := range w.list {
		w.put(int32(n))
	}
}

// put gives the word of a number its place.
func (w *words) put(n int32) {
	key, most := text.KeyOf(w.list[n]), len(w.keys)-1
	i := int(key) & most
	for w.keys[i] != 0 {
		i = (i + 1) & most
	}
	w.keys[i], w.places[i] = key, n
}

// Table gives values to single words.
type Table[V any] struct {
	words  words
	values []V
}

// NewTable makes a table of words in normal form, or of signs.
func NewTable[V any](byWord map[string]V) *Table[V] {
	t := &Table[V]{}
	for word, v := range byWord {
		t.words.add(word)
		t.values = append(t.values, v)
	}
	return t
}

// Of gives the value of a word.
func (t *Table[V]) Of(word string) (v V, ok bool) { return t.value(text.KeyOf(word), word) }

func (t *Table[V]) value(key text.Key, word string) (v V, ok bool) {
	if n := t.words.find(key, word); n >= 0 {
		return t.values[n], true
	}
	return v, false
}

// At gives the value of token i; of none beyond the last.
func (t *Table[V]) At(d *text.Doc, i int) (v V, ok bool) {
	if i < 0 || i >= len(d.Tokens) {
		return v, false
	}
	key := d.Keys()[i]
	if key == 0 { // a sign
		return t.Of(d.Tokens[i].Norm)
	}
	return t.value(key, d.Tokens[i].Norm)
}
