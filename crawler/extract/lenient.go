package extract

import (
	"strconv"
	"strings"
	"unicode/utf16"
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

// assigned gives what a script assigns to a name: a literal, an object or a list, as in
// window.pageData = {…}, or the text in jobs = JSON.parse('…'); empty where it assigns
// none.
func assigned(script, name string) string {
	for at := 0; ; {
		i := strings.Index(script[at:], name)
		if i < 0 {
			return ""
		}
		inName := at+i > 0 && isNameByte(script[at+i-1])
		at += i + len(name)
		value, ok := strings.CutPrefix(strings.TrimLeft(script[at:], spaces), "=")
		value = strings.TrimLeft(value, spaces)
		if !ok || value == "" || inName {
			continue
		}
		if value[0] == '{' || value[0] == '[' {
			return literal(value)
		}
		if text, ok := strings.CutPrefix(value, "JSON.parse("); ok {
			return scriptText(strings.TrimLeft(text, spaces))
		}
	}
}

const spaces = " \t\r\n"

// escapes are those of a script's texts that stand for another character than the one
// after the backslash.
var escapes = map[byte]string{'n': "\n", 't': "\t", 'r': "\r", 'b': "\b", 'f': "\f", 'v': "\v", '\n': ""}

// scriptText gives the text that a script's literal at the beginning stands for; empty
// where there is none, or it has no end.
func scriptText(s string) string {
	if s == "" || s[0] != '\'' && s[0] != '"' {
		return ""
	}
	var b strings.Builder
	for i := 1; i < len(s); {
		switch {
		case s[i] == s[0]:
			return b.String()
		case s[i] == '\\' && i+1 < len(s):
			i += scriptEscape(&b, s[i+1:]) + 1
		default:
			b.WriteByte(s[i])
			i++
		}
	}
	return ""
}

// scriptEscape writes what follows a backslash, and says how many bytes it had.
func scriptEscape(b *strings.Builder, s string) int {
	digits := map[byte]int{'x': 2, 'u': 4}[s[0]]
	if digits > 0 && len(s) > digits && isHex(s[1:digits+1]) {
		code, _ := strconv.ParseUint(s[1:digits+1], 16, 32)
		n := digits + 1
		if next := s[n:]; utf16.IsSurrogate(rune(code)) && len(next) > n && next[:2] == `\u` && isHex(next[2:n+1]) {
			low, _ := strconv.ParseUint(next[2:n+1], 16, 32)
			b.WriteRune(utf16.DecodeRune(rune(code), rune(low)))
			return n + n + 1
		}
		b.WriteRune(rune(code))
		return n
	}
	if text, ok := escapes[s[0]]; ok {
		b.WriteString(text)
		return 1
	}
	b.WriteByte(s[0])
	return 1
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
