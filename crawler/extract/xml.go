package extract

import (
	"bytes"
	"regexp"
	"slices"
	"unicode/utf8"

	"golang.org/x/net/html/charset"
	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/unicode"
)

// xmlDeclaration is the declaration of an XML document, with the charset that
// it names.
var xmlDeclaration = regexp.MustCompile(`^\s*<\?xml\s(?:[^>]*?\bencoding\s*=\s*["']([^"'>]*)["'])?[^>]*>`)

// xmlText brings an XML document to text that every reader of XML takes: UTF-8
// without a byte order mark or a declaration, each "<" that begins no tag
// written as "&lt;", and bytes and characters that XML does not know as U+FFFD.
// UTF-16 is known by its mark or its zeros; what is UTF-8 is taken as such,
// whatever it is called.
func xmlText(body []byte) []byte {
	body = plainText(body)
	body = body[len(xmlDeclaration.Find(body)):]
	return escapeStray(bytes.Map(xmlRune, body))
}

// plainText brings a text to UTF-8, without its byte order mark. What isn't
// UTF-8 is in the charset that an XML declaration names.
func plainText(body []byte) []byte {
	decode := utf16Of(body)
	if decode == nil && !utf8.Valid(body) {
		if m := xmlDeclaration.FindSubmatch(body); m != nil {
			decode, _ = charset.Lookup(string(m[1]))
		}
	}
	if decode != nil {
		if text, err := decode.NewDecoder().Bytes(body); err == nil {
			body = text
		}
	}
	return bytes.TrimPrefix(body, []byte("\uFEFF"))
}

// utf16Of gives the form of UTF-16 that a text is in; nil where it is in none.
func utf16Of(b []byte) encoding.Encoding {
	switch {
	case len(b) < 2:
		return nil
	case b[0] == 0xff && b[1] == 0xfe, b[0] != 0 && b[1] == 0:
		return unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM)
	case b[0] == 0xfe && b[1] == 0xff, b[0] == 0 && b[1] != 0:
		return unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM)
	}
	return nil
}

// xmlRune gives U+FFFD for a character that XML does not know.
func xmlRune(r rune) rune {
	switch {
	case r == '\t', r == '\n', r == '\r':
		return r
	case r < ' ', r == 0xFFFE, r == 0xFFFF:
		return utf8.RuneError
	}
	return r
}

// escapeStray writes each "<" that begins no tag as "&lt;", except in CDATA and
// comments, where it begins nothing.
func escapeStray(b []byte) []byte {
	var out bytes.Buffer
	out.Grow(len(b))
	for opaque := []string{"<![CDATA[", "]]>", "<!--", "-->"}; ; {
		i := bytes.IndexByte(b, '<')
		if i < 0 {
			out.Write(b)
			return out.Bytes()
		}
		out.Write(b[:i])
		b = b[i:]
		n := 1
		if beginsTag(b) {
			n, opaque = opaqueLength(b, opaque)
			out.Write(b[:n])
		} else {
			out.WriteString("&lt;")
		}
		b = b[n:]
	}
}

// beginsTag reports that a "<" begins a tag, or what else XML has in one.
func beginsTag(b []byte) bool {
	return len(b) > 1 && (b[1] >= utf8.RuneSelf || bytes.IndexByte([]byte("/!?_:"), b[1]) >= 0 || isLetter(b[1]))
}

func isLetter(c byte) bool { return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' }

// opaqueLength gives the length of the part that b begins with, with its end; 1
// where it begins with none that ends. Its pairs are the openings and ends of
// such parts; rest are those that may still end, so that none is searched for
// in vain twice.
func opaqueLength(b []byte, pairs []string) (n int, rest []string) {
	for i := 0; i < len(pairs); i += 2 {
		if !bytes.HasPrefix(b, []byte(pairs[i])) {
			continue
		}
		if end := bytes.Index(b, []byte(pairs[i+1])); end >= 0 {
			return end + len(pairs[i+1]), pairs
		}
		return 1, slices.Delete(slices.Clone(pairs), i, i+2)
	}
	return 1, pairs
}
