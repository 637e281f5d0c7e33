package ledger

import (
	"crypto/sha256"
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"
)

// longestKey is how long a key is at most, in bytes. One that would be longer is
// cut there, and the hash of the whole takes it beyond that length, though not
// beyond 512, the most that Elasticsearch takes: no two postings have the same
// key.
const longestKey = 440

// Key is the id of a posting's document in every index: its source, a slash and
// its id. It depends on nothing else. Slashes in the source, and percent signs
// and whatever can't be printed in either, are written as %2F: a key is
// printable UTF-8 of 1 to 512 bytes.
func Key(source, id string) string {
	var b strings.Builder
	escape(&b, source, '/')
	b.WriteByte('/')
	escape(&b, id, '%')
	key := b.String()
	if len(key) <= longestKey {
		return key
	}
	head := key[:longestKey]
	for !utf8.ValidString(head) { // from a character that was cut, which is all that can be wrong
		head = head[:len(head)-1]
	}
	return fmt.Sprintf("%s~%x", head, sha256.Sum256([]byte(key)))
}

// escape writes s with what a key can't hold as %XX, a byte each; also, too.
func escape(b *strings.Builder, s string, also rune) {
	for len(s) > 0 {
		r, n := utf8.DecodeRuneInString(s)
		odd := r == utf8.RuneError && n == 1 || r == '%' || r == also || !unicode.IsPrint(r)
		for i := 0; odd && i < n; i++ {
			fmt.Fprintf(b, "%%%02X", s[i])
		}
		if !odd {
			b.WriteString(s[:n])
		}
		s = s[n:]
	}
}
