// Package text turns a text into tokens in one normal form, which facts, pay,
// rules and search all share, and says what language it is in.
//
// A string enters; tokens leave, each with its bytes in that string, so that
// whatever is found can be shown where it is. Any string is accepted, invalid
// UTF-8 too.
//
// The normal form: letters in lower case without accents or nukta, full-width
// and "mathematical" letters as plain ones, digits of any script as 0–9 without
// grouping commas, one spelling for the variants that Indian postings use
// (डाटा/डेटा, एन्ट्री/एंट्री, sift/shift), and words that are written as one
// split up (voiceprocess, telecaller).
package text

// Kind says what a token is.
type Kind uint8

// The kinds of token.
const (
	Word    Kind = iota // letters of one script
	Number              // digits, with decimals: "2,50,000" is 250000
	Symbol              // one punctuation mark or sign, as it stands
	Newline             // a line end that is not just wrapping
)

// Script is what a word is written in.
type Script uint8

// The scripts.
const (
	Other Script = iota
	Latin
	Devanagari
)

// Token is one word, number or sign.
type Token struct {
	// Start and End are its bytes in the text.
	Start, End int
	Kind       Kind
	Script     Script
	// Glued is true where nothing is between this token and the one before.
	Glued bool
	// Norm is the normal form; for a Newline it is "\n".
	Norm string

	from, to int
}

// Doc is a text with its tokens.
type Doc struct {
	Text   string
	Tokens []Token

	buf   []byte  // normal forms, one after the other
	line  int     // the byte after the last Newline, while tokens are made
	keys  []Key   // the tokens' keys, once they are asked for
	stops []int32 // how many tokens before each are a Stop, once that is asked for
	kept  []kept  // what others found in these tokens, or in those before
	turn  int     // how often the tokens have become others
}

// kept is what somebody found in the tokens of a turn.
type kept struct {
	by, found any
	turn      int
}

// Kept gives what by has kept with Keep, and whether it is of these tokens. Else it is
// of earlier ones, and good for its memory alone; nil for none.
func (d *Doc) Kept(by any) (found any, current bool) {
	for i := range d.kept {
		if k := &d.kept[i]; k.by == by {
			return k.found, k.turn == d.turn
		}
	}
	return nil, false
}

// Keep keeps what by found in d. It is for work on the same tokens that several readers
// would do again.
func (d *Doc) Keep(by, found any) {
	for i := range d.kept {
		if d.kept[i].by == by {
			d.kept[i] = kept{by, found, d.turn}
			return
		}
	}
	d.kept = append(d.kept, kept{by, found, d.turn})
}

// Parse reads a text.
func Parse(s string) *Doc {
	d := new(Doc)
	d.Reset(s)
	return d
}

// Reset makes d the document of s, reusing its memory. Tokens taken from
// it before keep their values.
func (d *Doc) Reset(s string) {
	d.Text = s
	d.Tokens = d.Tokens[:0]
	d.buf = d.buf[:0]
	d.line = 0
	d.forget()
	d.scan()
	norm := string(d.buf)
	for i := range d.Tokens {
		t := &d.Tokens[i]
		t.Norm = norm[t.from:t.to]
	}
}

// Slice gives the original text from token i up to but not including token j.
func (d *Doc) Slice(i, j int) string {
	if i >= j {
		return ""
	}
	return d.Text[d.Tokens[i].Start:d.Tokens[j-1].End]
}

// Is reports whether token i exists and has the normal form norm.
func (d *Doc) Is(i int, norm string) bool {
	return i >= 0 && i < len(d.Tokens) && d.Tokens[i].Norm == norm
}

// IsKind reports whether token i exists and is of kind k.
func (d *Doc) IsKind(i int, k Kind) bool {
	return i >= 0 && i < len(d.Tokens) && d.Tokens[i].Kind == k
}

// Sentence gives the number of the sentence that token i is in, from 0 on;
// i may be the number of tokens. A Stop belongs to the sentence that it ends.
func (d *Doc) Sentence(i int) int {
	if len(d.stops) == 0 {
		n := int32(0)
		for i := range d.Tokens {
			d.stops = append(d.stops, n)
			if d.Stop(i) {
				n++
			}
		}
		d.stops = append(d.stops, n)
	}
	return int(d.stops[i])
}

// Unbroken reports that no Stop is among the tokens from i up to but not
// including j.
func (d *Doc) Unbroken(i, j int) bool {
	return i >= j || d.Sentence(i) == d.Sentence(j)
}

// Stop reports whether token i ends a sentence or a line.
func (d *Doc) Stop(i int) bool {
	k := d.Tokens[i].Kind
	return k == Newline || k == Symbol && d.ending(i)
}

// ending reports a sign that ends a sentence.
func (d *Doc) ending(i int) bool {
	t := &d.Tokens[i]
	switch t.Norm {
	case "।", "॥", "!", "?", ";", "|", "•", "●":
		return true
	case "*":
		return !t.Glued || i+1 >= len(d.Tokens) || !d.Tokens[i+1].Glued
	case ".":
		// A full stop ends a sentence; a point in "B.Com" does not.
		return i+1 >= len(d.Tokens) || !d.Tokens[i+1].Glued && !d.initial(i)
	}
	return false
}

// initial reports a point that belongs to the short form before it and ends no
// sentence: those of "B. Tech" and "J. Morgan", the last of "B.E. in" and of
// "बी.एससी. नर्सिंग".
func (d *Doc) initial(i int) bool {
	if i == 0 || d.Tokens[i-1].Kind != Word {
		return false
	}
	last, next := &d.Tokens[i-1], &d.Tokens[i+1]
	dotted := last.Glued && d.Is(i-2, ".")
	if shortNames[last.Norm] && next.Kind == Word && !d.IsKind(i-2, Number) {
		return true
	}
	if !dotted && (last.End-last.Start != 1 || classes[d.Text[last.Start]] != classUpper) {
		return false
	}
	if next.Kind == Symbol {
		return next.Norm == "/" || next.Norm == "," || next.Norm == "(" || next.Norm == ")"
	}
	return next.Kind == Word && dotted != (classes[d.Text[next.Start]] == classUpper)
}

// shortNames are the words of names of places that are mostly written with a point.
var shortNames = map[string]bool{"gr": true, "mt": true} // Greater, Mount

// Blank takes pieces of the text out: the tokens in them go, and Text has spaces
// where they were, so that all spans stay the same. A piece is from its first
// byte up to but not including its second.
func (d *Doc) Blank(pieces [][2]int) {
	b := []byte(d.Text)
	gone := make([]bool, len(b))
	for _, p := range pieces {
		for i := p[0]; i < p[1]; i++ {
			if b[i] != '\n' {
				b[i], gone[i] = ' ', true
			}
		}
	}
	d.Text = string(b)
	left, cut := d.Tokens[:0], false
	for _, t := range d.Tokens {
		if t.Start < len(gone) && gone[t.Start] {
			cut = true
			continue
		}
		t.Glued = t.Glued && !cut
		cut = false
		left = append(left, t)
	}
	d.Tokens = left
	d.forget()
}

// forget drops what is known of the tokens.
func (d *Doc) forget() {
	d.keys, d.stops = d.keys[:0], d.stops[:0]
	d.turn++
}
