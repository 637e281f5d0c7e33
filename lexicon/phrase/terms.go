package phrase

import (
	"math"
	"strings"
	"sync"

	"jobsieve/text"
)

// Terms finds many terms in a text at once, each word of them in any of its
// forms. It is built with Add and can then be used by several goroutines, each
// on its own document.
type Terms struct {
	// trie has a word by its number, which is that of the node after it as a first
	// word.
	trie  trie
	forms slots[form] // all forms of words
	// entered gives the number of a word in normal form, spelled that of one as terms
	// spell it, several where it is no single word.
	entered, spelled words
	parts            speller  // of patterns that are more than words
	doc              text.Doc // of what Add reads
	term             []int32  // its words
	lines            []byte   // forms of a word
}

// form is a form of one or several words.
type form struct {
	bits uint64 // of the words
	// leads has the bits of what may follow them as first words, all where one of
	// them is a term by itself or has a gap after it. Done fills it in.
	leads uint64
	// word is the first of them, more the link of the next and one, 0 for none.
	word, more int32
}

// several is the number of what is no single word.
const several = -2

// NewTerms gives an empty set of terms.
func NewTerms() *Terms {
	t := &Terms{parts: speller{}}
	t.trie.grow()
	return t
}

// Add adds a pattern, whose finds carry value; hinglish says that its words are
// Hindi in Latin letters. It fails where the pattern has faults of form.
func (t *Terms) Add(pattern string, hinglish bool, value int) error {
	if t.plain(pattern, hinglish) {
		at := t.term[0]
		for _, w := range t.term[1:] {
			at = t.trie.step(at, text.Key(w))
		}
		t.trie.put(at, int32(value))
		return nil
	}
	seqs, err := expand(pattern, t.parts)
	if err != nil {
		return err
	}
	for _, seq := range seqs {
		at := int32(0)
		for _, e := range seq {
			at = t.step(at, e, hinglish)
		}
		t.trie.put(at, int32(value))
	}
	return nil
}

// plain reads a pattern of nothing but single words, as nearly all are, and reports
// whether it is one. It looks at each spelling of a word only once.
func (t *Terms) plain(pattern string, hinglish bool) bool {
	t.term = t.term[:0]
	for rest := pattern; rest != ""; {
		var w string
		if w, rest, _ = strings.Cut(rest, " "); w == "" {
			continue
		}
		key := wordKey(w, hinglish)
		n := t.spelled.find(key)
		if n == nil {
			t.spelled.put(key, t.single(w, hinglish))
			n = t.spelled.find(key)
		}
		if *n == several {
			return false
		}
		t.term = append(t.term, *n)
	}
	return len(t.term) > 0
}

// single gives the number of a word as a term spells it.
func (t *Terms) single(w string, hinglish bool) int32 {
	if strings.ContainsAny(w, "()|~") || strings.HasPrefix(w, "..") {
		return several
	}
	t.doc.Reset(w)
	if len(t.doc.Tokens) != 1 || !t.doc.Tokens[0].InPhrase() {
		return several
	}
	return t.word(t.doc.Tokens[0].Norm, hinglish)
}

// Done ends what Add began: nothing is found before, and nothing may be added after.
func (t *Terms) Done() {
	t.layOut()
	for i := range t.forms.list {
		of := &t.forms.list[i].value
		for word, more := of.word, of.more; ; {
			n := &t.trie.nodes[word]
			if of.leads |= n.leads; n.value != noValue || n.gaps != 0 {
				of.leads = math.MaxUint64
			}
			if more == 0 {
				break
			}
			l := t.trie.links[more-1]
			word, more = l.value, l.next
		}
	}
}

// layOut puts close together what is looked at together. Words get other numbers, those
// of their new nodes.
func (t *Terms) layOut() {
	before := t.trie
	t.trie = trie{}
	numbers := t.trie.copyOf(&before, nil, func(numbers []int32, word text.Key) text.Key {
		return text.Key(numbers[word])
	})
	for i := range t.forms.list {
		f := &t.forms.list[i].value
		if f.word == 0 {
			continue // an empty slot
		}
		old := *f
		*f = form{word: numbers[old.word], bits: bitOf(text.Key(numbers[old.word]))}
		for more := old.more; more != 0; {
			l := before.links[more-1]
			f.bits |= bitOf(text.Key(numbers[l.value]))
			t.trie.chain(&f.more, numbers[l.value])
			more = l.next
		}
	}
	t.entered, t.spelled = words{}, words{}
}

// Shared calls f with the values of each term that has several.
func (t *Terms) Shared(f func(values []int)) {
	var found []Found
	var values []int
	for i := range t.trie.nodes {
		n := &t.trie.nodes[i]
		if n.more == 0 {
			continue
		}
		values = values[:0]
		found = t.trie.values(n, 0, 0, found[:0])
		for _, v := range found {
			values = append(values, v.Value)
		}
		f(values)
	}
}

// step gives the node after e, making it where there is none.
func (t *Terms) step(at int32, e element, hinglish bool) int32 {
	switch {
	case e.gap > 0:
		return t.trie.gap(at, e.gap)
	case at == 0:
		return t.word(e.word, hinglish)
	}
	return t.trie.step(at, text.Key(t.word(e.word, hinglish)))
}

// wordKey stands for a word of a term: of the same letters, one in Hinglish is
// another.
func wordKey(w string, hinglish bool) text.Key {
	key := text.KeyOf(w)
	if hinglish {
		return max(1, ^key)
	}
	return key
}

// word gives the number of a word in normal form, entering its forms where it is
// new.
func (t *Terms) word(norm string, hinglish bool) int32 {
	key := wordKey(norm, hinglish)
	if n := t.entered.find(key); n != nil {
		return *n
	}
	n := t.trie.grow()
	t.entered.put(key, n)
	t.enter(norm, n)
	t.enterForms(formsOf(norm, hinglish), n)
	return n
}

// enterForms notes the forms of a word, those that are several words left out. What
// is not plain is read in one go.
func (t *Terms) enterForms(forms []string, word int32) {
	t.lines = t.lines[:0]
	for _, f := range forms {
		norm, ok := text.PlainWord(f)
		switch {
		case !ok:
			t.lines = append(append(t.lines, f...), '\n')
		case norm != "":
			t.enter(norm, word)
		}
	}
	t.doc.Reset(string(t.lines))
	for i := range t.doc.Tokens {
		w := &t.doc.Tokens[i]
		if w.Kind != text.Newline && (w.Start == 0 || t.lines[w.Start-1] == '\n') && t.lines[w.End] == '\n' {
			t.enter(w.Norm, word)
		}
	}
}

// enter notes a form of a word, in normal form.
func (t *Terms) enter(norm string, word int32) {
	key := text.KeyOf(norm)
	f := t.forms.find(key)
	if f == nil {
		t.forms.put(key, form{bits: bitOf(text.Key(word)), word: word})
		return
	}
	f.bits |= bitOf(text.Key(word))
	if f.word != word {
		t.trie.chain(&f.more, word)
	}
}

// Find appends every place in d where a term is, in the order of their first
// tokens, to out. Terms end at a sentence's and a line's end.
func (t *Terms) Find(d *text.Doc, out []Found) []Found {
	f := termFinder{finder: finder{trie: &t.trie, d: d, keys: d.Keys(), out: out}}
	forms := formMemory.Get().(*[]form)
	defer formMemory.Put(forms)
	*forms = t.formsIn(f.keys, (*forms)[:0])
	f.forms = *forms
	for i := range f.forms {
		if leads := f.forms[i].leads; leads != math.MaxUint64 && !f.continues(leads, i+1) {
			continue
		}
		f.first = i
		for word, more := f.forms[i].word, f.forms[i].more; ; {
			f.reached(word, i+1)
			if more == 0 {
				break
			}
			l := t.trie.links[more-1]
			word, more = l.value, l.next
		}
	}
	return f.out
}

// formsIn appends the form that each token is, one of no word where it is none.
func (t *Terms) formsIn(keys []text.Key, out []form) []form {
	for _, key := range keys {
		var of form
		if key != 0 {
			if known := t.forms.find(key); known != nil {
				of = *known
			}
		}
		out = append(out, of)
	}
	return out
}

// Visit calls f with what Find finds, which is valid until f returns. It does not
// call f where nothing is found.
func (t *Terms) Visit(d *text.Doc, f func([]Found)) {
	found := memory.Get().(*[]Found)
	defer memory.Put(found)
	if *found = t.Find(d, (*found)[:0]); len(*found) > 0 {
		f(*found)
	}
}

// formMemory holds the forms of one text's words, to be reused.
var formMemory = sync.Pool{New: func() any { return new([]form) }}

type termFinder struct {
	forms []form // of each token
	finder
}

// continues reports that what leads on may do so with token i.
func (f *termFinder) continues(leads uint64, i int) bool {
	if leads == 0 {
		return false
	}
	j := f.adjacent(i)
	return j >= 0 && f.forms[j].bits&leads != 0
}

// follow goes on from node at with token i, which may lead on from there.
func (f *termFinder) follow(at int32, i int) {
	of := &f.forms[i]
	for word, more := of.word, of.more; ; {
		if to := f.trie.after(at, text.Key(word)); to != 0 {
			f.reached(to, i+1)
		}
		if more == 0 {
			return
		}
		l := f.trie.links[more-1]
		word, more = l.value, l.next
	}
}

// reached goes on from node at, the token before i being matched.
func (f *termFinder) reached(at int32, i int) {
	n := &f.trie.nodes[at]
	f.out = f.trie.values(n, f.first, i, f.out)
	if n.leads != 0 {
		if j := f.adjacent(i); j >= 0 && n.leads&f.forms[j].bits != 0 {
			f.follow(at, j)
		}
	}
	for _, g := range f.trie.gapsOf(n) {
		f.skipTo(g, i)
	}
}

// skipTo follows a gap: none to most words, up to the end of the sentence.
func (f *termFinder) skipTo(g gapEdge, i int) {
	leads := f.trie.nodes[g.node].leads
	for words := 0; i < len(f.keys) && words <= g.most; i++ {
		if f.keys[i] == 0 {
			if f.d.Stop(i) {
				return
			}
			continue
		}
		if leads&f.forms[i].bits != 0 {
			f.follow(g.node, i)
		}
		words++
	}
}
