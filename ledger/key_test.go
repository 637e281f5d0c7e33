package ledger

import (
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"
)

func TestKey(t *testing.T) {
	for _, tt := range []struct{ source, id, want string }{
		{"naukri-chowk", "naukri-chowk:nc-005", "naukri-chowk/naukri-chowk:nc-005"},
		{"import", "42", "import/42"},
		{"acme", "https://acme.example/jobs?id=7&p=a/b", "acme/https://acme.example/jobs?id=7&p=a/b"},
		{"भर्ती", "पद १", "भर्ती/पद १"},
		{"a/b", "c", "a%2Fb/c"},
		{"a", "b/c", "a/b/c"},
		{"a%2Fb", "100%", "a%252Fb/100%25"},
		{"", "", "/"},
		{"s", "\x00\n\xff\u202e\u00a0", "s/%00%0A%FF%E2%80%AE%C2%A0"},
	} {
		if got := Key(tt.source, tt.id); got != tt.want {
			t.Errorf("%q of %q: %q, want %q", tt.id, tt.source, got, tt.want)
		}
	}
}

// No two postings share a key, whatever a board or a file calls them, and every
// key is one that an index takes.
func TestKeysOfHostileIDs(t *testing.T) {
	long := strings.Repeat("क", 500)
	names := []string{
		"", "/", "//", "%", "%2F", "%25", "a", "a/", "/a", "a/a", "~", "\x00", "\xff", "\uFFFD", "\ud7ff", "_", "..",
		" ", "a ", " a", "A", "\xed\xa0\x80", long, long + "1", long + "2", "1" + long, strings.Repeat("\x01", 300),
		strings.Repeat("x", longestKey-1), strings.Repeat("x", longestKey), strings.Repeat("x", 4096),
		Key("", long)[1:], Key("a", long)[2:],
	}
	seen := map[string][2]string{}
	for _, source := range names {
		for _, id := range names {
			key := Key(source, id)
			if other, ok := seen[key]; ok {
				t.Errorf("%.20q of %.20q and %.20q of %.20q are both %q", id, source, other[1], other[0], key)
			}
			seen[key] = [2]string{source, id}
			odd := strings.ContainsFunc(key, func(r rune) bool { return !unicode.IsPrint(r) })
			if len(key) == 0 || len(key) > 512 || odd || !utf8.ValidString(key) {
				t.Errorf("%.20q of %.20q has the key %q of %d bytes", id, source, key, len(key))
			}
		}
	}
}
