package filter

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// literal reads a value: in quotation marks, where \ takes the next letter as it is,
// or up to what ends it.
func (p *parser) literal(list bool) (value string, isQuoted, ok bool) {
	first, size := utf8.DecodeRuneInString(p.text[p.at:])
	if closing, isQuote := quotes[first]; isQuote && size > 0 {
		return p.quoted(first, closing, size)
	}
	end := p.at
	for i, r := range p.text[p.at:] {
		at := p.at + i
		if strings.ContainsRune("()=<>!", r) || list && r == ',' || p.wordBegins(at) && endsValue(wordAt(p.text[at:])) {
			break
		}
		end = at + utf8.RuneLen(r)
		if r == utf8.RuneError {
			end = at + 1
		}
	}
	value = strings.TrimSpace(p.text[p.at:end])
	p.at += strings.Index(p.text[p.at:], value) + len(value)
	return value, false, true
}

// quotes are what values stand between.
var quotes = map[rune]rune{'"': '"', '\'': '\'', '“': '”', '”': '”'}

func (p *parser) quoted(opening, closing rune, size int) (value string, isQuoted, ok bool) {
	var b strings.Builder
	escaped := false
	for i, r := range p.text[p.at+size:] {
		switch {
		case escaped:
			escaped = false
			b.WriteRune(r)
		case r == '\\':
			escaped = true
		case r == closing:
			p.at += size + i + utf8.RuneLen(r)
			return b.String(), true, true
		default:
			b.WriteRune(r)
		}
	}
	const english = "expected a quotation mark %c after the value, which begins with %c"
	return "", true, p.wrong(p.text[p.at:], "no_closing", english, closing, opening)
}

// wordBegins reports a place that no letter is before.
func (p *parser) wordBegins(at int) bool {
	before, _ := utf8.DecodeLastRuneInString(p.text[:at])
	return !inWord(before)
}

func inWord(r rune) bool {
	return unicode.IsLetter(r) || unicode.IsMark(r) || unicode.IsDigit(r) || r == '_' || r == '-'
}

// wordAt is the word that a text begins with.
func wordAt(s string) string {
	if end := strings.IndexFunc(s, func(r rune) bool { return !inWord(r) }); end >= 0 {
		return s[:end]
	}
	return s
}

func isName(s string) bool { return wordAt(s) != "" }
