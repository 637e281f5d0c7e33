package extract

import (
	"testing"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"
)

// encode writes a text in a charset.
func encode(t *testing.T, e encoding.Encoding, s string) string {
	t.Helper()
	out, err := e.NewEncoder().String(s)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func TestXMLText(t *testing.T) {
	const declared = `<?xml version="1.0" encoding="UTF-16"?>`
	little := unicode.UTF16(unicode.LittleEndian, unicode.UseBOM)
	big := unicode.UTF16(unicode.BigEndian, unicode.UseBOM)
	bare := unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM)
	bareBig := unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM)
	for _, tt := range []struct{ name, in, want string }{
		{"plain", "<a>नौकरी</a>", "<a>नौकरी</a>"},
		{"a mark and a declaration", "\uFEFF<?xml version='1.0' encoding='utf-8' ?>\n<a/>", "\n<a/>"},
		{"a declaration without a charset", `<?xml version="1.0"?><a/>`, "<a/>"},
		{"another instruction stays", `<?xml-stylesheet href="x"?><a/>`, `<?xml-stylesheet href="x"?><a/>`},
		{"UTF-16, little-endian", encode(t, little, declared+"<a>नौकरी</a>"), "<a>नौकरी</a>"},
		{"UTF-16, big-endian", encode(t, big, declared+"<a>नौकरी</a>"), "<a>नौकरी</a>"},
		{"UTF-16 without its mark", encode(t, bare, declared+"<a>नौकरी</a>"), "<a>नौकरी</a>"},
		{"UTF-16 without its mark, big-endian", encode(t, bareBig, declared+"<a>नौकरी</a>"), "<a>नौकरी</a>"},
		{"called UTF-16, and is UTF-8 by now", declared + "<a>é</a>", "<a>é</a>"},
		{"Latin-1, as declared", encode(t, charmap.ISO8859_1, `<?xml version="1.0" encoding="iso-8859-1"?><a>é</a>`), "<a>é</a>"},
		{"a bad byte", "<a>x\xffy</a>", "<a>x\uFFFDy</a>"},
		{"characters that XML does not know", "<a>\x00\x0b\t\uFFFE</a>", "<a>\uFFFD\uFFFD\t\uFFFD</a>"},
		{"a charset that nobody knows", "<?xml version=\"1.0\" encoding=\"klingon\"?><a>\xe9</a>", "<a>\uFFFD</a>"},
		{"a < alone", "<a>1 < 2 <3 <</a><", "<a>1 &lt; 2 &lt;3 &lt;</a>&lt;"},
		{"a < in CDATA and comments stays", "<a><![CDATA[1 < 2]]><!-- < --> < </a>", "<a><![CDATA[1 < 2]]><!-- < --> &lt; </a>"},
		{"CDATA that never ends", "<a><![CDATA[1 < 2", "<a><![CDATA[1 &lt; 2"},
		{"nothing", "", ""},
	} {
		if got := string(xmlText([]byte(tt.in))); got != tt.want {
			t.Errorf("%s: %q, want %q", tt.name, got, tt.want)
		}
	}
}
