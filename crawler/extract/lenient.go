package extract

import (
	"encoding/json"
	"strings"
	"unicode/utf8"
)

// lenientJSON reads JSON as pages really carry it. What is no JSON is mended
// where its meaning is plain: wrappers of CDATA and comments, raw line breaks
// in texts, commas before a closing bracket, escapes that JSON does not know,
// a semicolon at the end.
func lenientJSON(s string) (v any, err error) {
	if err = json.Unmarshal([]byte(s), &v); err == nil {
		return v, nil
	}
	v = nil
	if json.Unmarshal([]byte(mend(unwrap(s))), &v) == nil {
		return v, nil
	}
	return nil, err
}

// What stands around JSON in scripts, before and after it.
var (
	openings = []string{"\uFEFF", "/*<![CDATA[*/", "//<![CDATA[", "<![CDATA[", "<!--"}
	closings = []string{"/*]]>*/", "//]]>", "]]>", "-->", ";"}
)

// unwrap takes away what stands around JSON.
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

// mend writes JSON anew, character by character.
func mend(s string) string {
	var b strings.Builder
	b.Grow(len(s))
	inText := false
	for i := 0; i < len(s); {
		c := s[i]
		switch {
		case inText:
			i += mendText(&b, s[i:], &inText)
			continue
		case c == '"':
			inText = true
		case c == ',' && closes(s[i+1:]):
			i++
			continue
		}
		b.WriteByte(c)
		i++
	}
	return b.String()
}

// mendText writes one character of a text and says how many bytes it had.
func mendText(b *strings.Builder, s string, inText *bool) int {
	switch c := s[0]; {
	case c == '"':
		*inText = false
		b.WriteByte(c)
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
