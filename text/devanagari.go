package text

import "unicode/utf8"

// devaFold gives the letter that stands for r in normal form, 0 for none. Its
// branches are a table.
func devaFold(r rune) rune {
	switch r {
	case '\u0929': // letter nnna
		return 'न'
	case '\u0931': // letter rra
		return 'र'
	case '\u0934': // letter llla
		return 'ळ'
	case '\u0958': // letter qa
		return 'क'
	case '\u0959': // letter khha
		return 'ख'
	case '\u095a': // letter ghha
		return 'ग'
	case '\u095b': // letter za
		return 'ज'
	case '\u095c': // letter dddha
		return 'ड'
	case '\u095d': // letter rha
		return 'ढ'
	case '\u095e': // letter fa
		return 'फ'
	case '\u095f': // letter yya
		return 'य'
	case '\u0901': // sign candrabindu
		return 'ं'
	case '\u0949': // vowel sign candra o
		return 'ा'
	case '\u0911': // letter candra o
		return 'आ'
	case '\u0945': // vowel sign candra e
		return 'े'
	case '\u090d': // letter candra e
		return 'ए'
	case '\u093c': // sign nukta
		return 0
	}
	return r
}

// isNasal reports the consonants that a half form may stand for an anusvara.
func isNasal(r rune) bool {
	return r == 'ङ' || r == 'ञ' || r == 'ण' || r == 'न' || r == 'म'
}

// isStopConsonant reports the consonants before which a half nasal is an
// anusvara: क to भ except for the nasals.
func isStopConsonant(r rune) bool {
	return r >= 'क' && r <= 'भ' && !isNasal(r) && r != '\u0929'
}

const virama = '्'

// devaWord reads a word in Devanagari from byte i.
func (d *Doc) devaWord(i int) int {
	s, start, from := d.Text, i, len(d.buf)
	var a, b rune // the two letters appended last
	for i < len(s) {
		r, size := utf8.DecodeRuneInString(s[i:])
		if isIgnored(r) {
			i += size
			continue
		}
		if !isDeva(r) {
			break
		}
		i += size
		f := devaFold(r)
		if f == 0 || r == '\u0945' && (b == 'ा' || b == 'आ') { // "काॅम" for "कॉम"
			continue
		}
		if b == virama && isNasal(a) && isStopConsonant(f) {
			d.buf = append(d.buf[:len(d.buf)-6], "ं"...)
			b = 'ं'
		}
		d.buf = utf8.AppendRune(d.buf, f)
		a, b = b, f
	}
	d.buf = foldEnding(d.buf, from)
	if len(d.buf) == from {
		d.add(start, i, Symbol, Other)
		d.close()
		return i
	}
	d.word(start, i, from, Devanagari)
	return i
}

// endings are spelled two ways at the end of a word: रुपये/रुपए, गयी/गई.
var endings = []struct{ is, to string }{
	{"ये", "ए"}, {"यें", "एं"}, {"यी", "ई"}, {"यीं", "ईं"}, {"ः", ""},
}

// foldEnding gives the word in buf from byte from on one spelling of its end.
func foldEnding(buf []byte, from int) []byte {
	for _, e := range endings {
		cut := len(buf) - len(e.is)
		if cut > from && string(buf[cut:]) == e.is {
			return append(buf[:cut], e.to...)
		}
	}
	return buf
}
