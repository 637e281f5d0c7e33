package fetch

import (
	"bytes"
	"mime"
	"regexp"
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html/charset"
)

// xmlEncoding is a declaration by which readers of XML find the charset.
var xmlEncoding = regexp.MustCompile(`^\s*<\?xml[^>]*\sencoding\s*=\s*["']([^"']*)`)

// namesCharset reports XML that names a charset other than UTF-8.
func namesCharset(body []byte) bool {
	m := xmlEncoding.FindSubmatch(body)
	return m != nil && !strings.EqualFold(string(m[1]), "utf-8")
}

// plainUTF8 gives a body in UTF-8, and the Content-Type that says so. What is
// UTF-8 is taken as such, whatever it is called: no text in another charset looks
// like it. Else its byte order mark, the header and the page's own meta elements
// say what it is, in this order; windows-1252 where none does, or where it is
// called UTF-8 and clearly isn't. XML that names its charset stays as it is.
func plainUTF8(body []byte, contentType string) (text []byte, typed string) {
	media, _, err := mime.ParseMediaType(contentType)
	if err != nil || media == "" {
		media = "text/html"
	}
	typed, body = media+"; charset=utf-8", bytes.TrimPrefix(body, mark)
	if utf8.Valid(body) || !isTextual(media) || bytes.HasPrefix(body, gzipMagic) || namesCharset(body) {
		return body, typed
	}
	encoding, name, _ := charset.DetermineEncoding(body, contentType)
	if name == "utf-8" {
		if hasUTF8(body) {
			return bytes.ToValidUTF8(body, []byte("\uFFFD")), typed
		}
		encoding, _ = charset.Lookup("windows-1252")
	}
	if decoded, err := encoding.NewDecoder().Bytes(body); err == nil {
		body = bytes.TrimPrefix(decoded, mark)
	}
	return body, typed
}

// isTextual reports a type that is text.
func isTextual(media string) bool {
	return strings.HasPrefix(media, "text/") || strings.Contains(media, "xml") || strings.Contains(media, "json")
}

// mark is the byte order mark.
var mark = []byte("\xef\xbb\xbf")

// hasUTF8 reports a text with more UTF-8 than invalid bytes.
func hasUTF8(body []byte) bool {
	good, bad := 0, 0
	for len(body) > 0 {
		r, n := utf8.DecodeRune(body)
		switch {
		case r == utf8.RuneError && n == 1:
			bad++
		case n > 1:
			good++
		}
		body = body[n:]
	}
	return good > bad
}
