package text

// Table gives values to words. It finds a word by its number, which a document
// looks up once for all tables and phrases.
type Table[V any] struct {
	byWord map[string]V
	// at leads from a word's number to its place in values, less one; 0 for none.
	at     []int32
	values []V
}

// NewTable makes a table of words in normal form, or of signs.
func NewTable[V any](byWord map[string]V) *Table[V] {
	t := &Table[V]{byWord: byWord}
	for word, v := range byWord {
		n := numberOf(word)
		if more := int(n) + 1 - len(t.at); more > 0 {
			t.at = append(t.at, make([]int32, more)...)
		}
		t.values = append(t.values, v)
		t.at[n] = int32(len(t.values))
	}
	return t
}

// Of gives the value of a word.
func (t *Table[V]) Of(word string) (V, bool) {
	v, ok := t.byWord[word]
	return v, ok
}

// At gives the value of token i; of none beyond the last.
func (t *Table[V]) At(d *Doc, i int) (v V, ok bool) {
	if i < 0 || i >= len(d.Tokens) {
		return v, false
	}
	syms := d.syms
	if len(syms) != len(d.Tokens) {
		syms = d.symbols()
	}
	switch n := syms[i]; {
	case n == sign: // signs have no number
		return t.Of(d.Tokens[i].Norm)
	case n < 0 || int(n) >= len(t.at) || t.at[n] == 0:
		return v, false
	default:
		return t.values[t.at[n]-1], true
	}
}
