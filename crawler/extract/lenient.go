package extract

import (
	"strings"
	"unicode/utf8"
)

// lenientJSON reads JSON as pages really have it. What isn't JSON is mended
// where its meaning is plain: wrappers of CDATA and comments, raw line breaks
// in texts, commas before a closing bracket, escapes that JSON does not know, a
// semicolon at the end; or it is escaped as HTML.
func lenientJSON(s string) (any, error) {
	v, err := DecodeJSON([]byte(s))
	if err == nil {
		return v, nil
	}
	for _, mended := range []string{mend(unwrap(s)), resolved(unwrap(s))} {
		if v, e := DecodeJSON([]byte(mended)); e == nil {
			return v, nil
		}
	}
	return nil, err
}

// What is around JSON in scripts, before and after it.
var (
	openings = []string{"\uFEFF", "/*<![CDATA[*/", "//<![CDATA[", "<![CDATA[", "<!--"}
	closings = []string{"/*]]>*/", "//]]>", "]]>", "-->", ";"}
)

// unwrap takes away what is around JSON.
func unwrap(s string) string {
	for {
		before := len(s)
		s = strings.TrimSpace(s)
		for _, o := range openings {
			s = strings.TrimPrefix(s, o)
		}
		for _, c := range closings {
			s = strings.TrimSuffix(s, c)
		}
		if len(s) == before {
			return s
		}
	}
}

// mend rewrites JSON, character by character.
func mend(s string) string {
	var b strings.Builder
	b.Grow(len(s))
	var quote byte // the one that ends the text, 0 outside of texts
	for i := 0; i < len(s); {
		c := s[i]
		switch {
		case quote != 0:
			i += mendText(&b, s[i:], &quote)
			continue
		case c == '"' || c == '\'':
			quote, c = c, '"'
		case c == ',' && closes(s[i+1:]):
			i++
			continue
		case isNameByte(c) && !isDigit(c):
			n := nameLength(s[i:])
			b.WriteString(mendName(s[i : i+n]))
			i += n
			continue
		case isDigit(c):
			n := nameLength(s[i:]) // as in 1e5
			b.WriteString(s[i : i+n])
			i += n
			continue
		}
		b.WriteByte(c)
		i++
	}
	return b.String()
}

func isNameByte(c byte) bool { return c == '_' || c == '$' || isDigit(c) || isLetter(c) }

func isDigit(c byte) bool { return c >= '0' && c <= '9' }

func nameLength(s string) int {
	n := 0
	for n < len(s) && isNameByte(s[n]) {
		n++
	}
	return n
}

// mendName writes a name that has no quotes.
func mendName(s string) string {
	switch s {
	case "true", "false", "null":
		return s
	case "undefined", "NaN":
		return "null"
	}
	return `"` + s + `"`
}

// mendText writes one character of a text and says how many bytes it had.
func mendText(b *strings.Builder, s string, quote *byte) int {
	switch c := s[0]; {
	case c == *quote:
		*quote = 0
		b.WriteByte('"')
	case c == '"':
		b.WriteString(`\"`)
	case c == '\n':
		b.WriteString(`\n`)
	case c == '\r':
		b.WriteString(`\r`)
	case c == '\t':
		b.WriteString(`\t`)
	case c < ' ':
	case c == '\\' && len(s) > 1:
		return mendEscape(b, s)
	case c >= utf8.RuneSelf:
		r, n := utf8.DecodeRuneInString(s)
		b.WriteRune(r)
		return n
	default:
		b.WriteByte(c)
	}
	return 1
}

// mendEscape writes an escape, or the character alone where JSON knows no such
// escape.
func mendEscape(b *strings.Builder, s string) int {
	if strings.IndexByte(`"\/bfnrtu`, s[1]) >= 0 && (s[1] != 'u' || len(s) > 5 && isHex(s[2:6])) {
		b.WriteString(s[:2])
		return 2
	}
	if s[1] == '\'' {
		b.WriteByte('\'')
		return 2
	}
	b.WriteString(`\\`)
	return 1
}

func isHex(s string) bool {
	return strings.Trim(s, "0123456789abcdefABCDEF") == ""
}

// closes reports that a closing bracket follows.
func closes(s string) bool {
	s = strings.TrimLeft(s, " \t\r\n")
	return s != "" && (s[0] == '}' || s[0] == ']')
}

// assigned gives the literal, an object or a list, that a script assigns to a
// name: window.pageData = {…}; empty where it assigns none.
func assigned(script, name string) string {
	for {
		i := strings.Index(script, name)
		if i < 0 {
			return ""
		}
		script = script[i+len(name):]
		value, ok := strings.CutPrefix(strings.TrimLeft(script, " \t\r\n"), "=")
		if value = strings.TrimLeft(value, " \t\r\n"); ok && value != "" && (value[0] == '{' || value[0] == '[') {
			return literal(value)
		}
	}
}

// literal gives the text from an opening bracket to the one that closes it;
// empty where none does.
func literal(s string) string {
	depth := 0
	var quote byte
	for i := 0; i < len(s); i++ {
		switch c := s[i]; {
		case quote != 0 && c == '\\':
			i++
		case quote != 0:
			if c == quote {
				quote = 0
			}
		case c == '"', c == '\'':
			quote = c
		case c == '{', c == '[':
			depth++
		case c == '}', c == ']':
			if depth--; depth == 0 {
				return s[:i+1]
			}
		}
	}
	return ""
}
