package text

// word adds the token or tokens of a word whose letters are in buf from byte
// from on: its common spelling, split up where it is several words.
func (d *Doc) word(start, end, from int, sc Script) {
	w := d.buf[from:]
	if len(w) == 0 { // nothing but signs that were left out
		d.add(start, end, Symbol, Other)
		d.close()
		return
	}
	if mayHave(variantShapes, w) {
		if canon, ok := variants[string(w)]; ok {
			d.buf = append(d.buf[:from], canon...)
			w = d.buf[from:]
		}
	}
	if sc == Latin && len(w) == end-start && len(w) >= minGlued {
		if cuts, n := glued.cut(w); n > 0 {
			d.parts(start, from, cuts[:n])
			return
		}
	}
	d.add(start, end, Word, sc)
	d.Tokens[len(d.Tokens)-1].from = from
	d.close()
}

// parts adds one token for each part of a word; cuts are the ends of the parts.
func (d *Doc) parts(start, from int, cuts []int) {
	begin := 0
	for i, end := range cuts {
		d.Tokens = append(d.Tokens, Token{
			Start: start + begin, End: start + end, Kind: Word, Script: Latin, Glued: i > 0,
			from: from + begin, to: from + end,
		})
		begin = end
	}
}

// PlainWord gives the normal form of a word of small letters a to z, empty where it
// is several words written as one. It is not ok for any other text.
func PlainWord(w string) (norm string, ok bool) {
	for i := range len(w) {
		if w[i] < 'a' || w[i] > 'z' {
			return "", false
		}
	}
	if canon, ok := variants[w]; ok {
		w = canon
	}
	if len(w) >= minGlued {
		if _, n := glued.cut([]byte(w)); n > 0 {
			return "", true
		}
	}
	return w, true
}
