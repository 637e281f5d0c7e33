package fetch

import (
	"testing"

	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"
)

func TestPlainUTF8(t *testing.T) {
	latin := func(s string) []byte {
		b, err := charmap.Windows1252.NewEncoder().Bytes([]byte(s))
		if err != nil {
			t.Fatal(err)
		}
		return b
	}
	utf16, err := unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewEncoder().Bytes([]byte("<p>नमस्ते"))
	if err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct {
		name, contentType string
		body              []byte
		want              string
	}{
		{"plain", "text/html; charset=utf-8", []byte("नमस्ते"), "नमस्ते"},
		{"nothing said", "text/html", []byte("नमस्ते"), "नमस्ते"},
		{"UTF-8 that is called another", "text/html; charset=iso-8859-1", []byte("नमस्ते"), "नमस्ते"},
		{"by the header", "text/html; charset=windows-1252", latin("Café – ₹"[:len("Café – ")]), "Café – "},
		{"by a meta element", "text/html", append([]byte(`<meta charset="windows-1252">`), latin("Café")...), `<meta charset="windows-1252">Café`},
		{"by an older meta element", "", append([]byte(`<meta http-equiv="Content-Type" content="text/html; charset=iso-8859-1">`), latin("Café")...), `<meta http-equiv="Content-Type" content="text/html; charset=iso-8859-1">Café`},
		{"by sniffing", "text/html", latin("Café"), "Café"},
		{"called UTF-8, and is not", "text/html; charset=utf-8", latin("Café"), "Café"},
		{"UTF-8 with a broken byte", "text/html; charset=utf-8", []byte("नमस्ते \xff दुनिया"), "नमस्ते \uFFFD दुनिया"},
		{"UTF-16 with its mark", "text/html", utf16, "<p>नमस्ते"},
		{"a charset that nobody knows", "text/html; charset=klingon", latin("Café"), "Café"},
		{"XML that says it", "application/xml", latin(`<?xml version="1.0" encoding="ISO-8859-1"?><a>é</a>`), "<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?><a>\xe9</a>"},
		{"XML that says UTF-8, and is not", "application/xml", latin(`<?xml version="1.0" encoding="UTF-8"?><a>é</a>`), `<?xml version="1.0" encoding="UTF-8"?><a>é</a>`},
		{"XML by the header", "text/xml; charset=iso-8859-1", latin("<a>é</a>"), "<a>é</a>"},
		{"no text", "application/pdf", []byte("%PDF\xe9"), "%PDF\xe9"},
	} {
		if got, _ := plainUTF8(tt.body, tt.contentType); string(got) != tt.want {
			t.Errorf("%s: %q, want %q", tt.name, got, tt.want)
		}
	}
}
