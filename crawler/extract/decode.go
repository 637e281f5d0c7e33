package extract

import (
	"regexp"
	"strings"
	"unicode"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// HTMLText gives the text of a piece of HTML, or of plain text, however often it
// was escaped on its way: markup becomes lines, character references become what
// they stand for. What only looks like a tag, as in "C++ <T>" and "a < b", or is
// named in a text about HTML, stays. Every text of a page, a feed or JSON passes
// through here once. It is cut at a length that no posting has, and is without
// characters that are commands to terminals.
func HTMLText(s string) string { return decoded(s, false) }

// Decoded is HTMLText for a text that is written in HTML or has character
// references; any other stays as it is, to the byte.
func Decoded(s string) string {
	if !strings.ContainsAny(s, "<&") || !isMarkup(s) && unescaped(s) == s {
		return s
	}
	return HTMLText(s)
}

// maxEscapes is how often a text is unescaped.
const maxEscapes = 4

// decoded is HTMLText; lines says that line ends in s stand for themselves, as they
// do in the text of a page.
func decoded(s string, lines bool) string {
	s = s[:min(len(s), maxSource)]
	for range maxEscapes {
		var next string
		switch {
		case !strings.ContainsAny(s, "<&"):
			next = s
		case isMarkup(s):
			next, lines = parsed(s, lines), true
		default:
			next = unescaped(s)
		}
		if next == s {
			break
		}
		s = next
	}
	return bounded(strings.TrimSpace(s))
}

// tag is what may be a tag, or the beginning of a comment.
var tag = regexp.MustCompile(`<(/?)([A-Za-z][A-Za-z0-9:-]*)(?:\s[^<>]*|/)?>|<!--`)

// phrases are the elements within lines that texts of postings have, as well as
// blocks.
var phrases = map[atom.Atom]bool{
	atom.A: true, atom.Abbr: true, atom.B: true, atom.Big: true, atom.Center: true, atom.Code: true, atom.Del: true,
	atom.Em: true, atom.Font: true, atom.I: true, atom.Ins: true, atom.Label: true, atom.Mark: true, atom.S: true,
	atom.Small: true, atom.Span: true, atom.Strike: true, atom.Strong: true, atom.Sub: true, atom.Sup: true,
	atom.Tbody: true, atom.Td: true, atom.Th: true, atom.Thead: true, atom.Tt: true, atom.U: true, atom.Img: true,
}

// alone are the elements that need no end: a single one makes a text markup.
var alone = map[atom.Atom]bool{
	atom.P: true, atom.Br: true, atom.Hr: true, atom.Li: true, atom.Tr: true, atom.Td: true, atom.Th: true,
	atom.Dt: true, atom.Dd: true, atom.Img: true,
}

// isMarkup reports a text that is written in HTML, and does not only name a tag: an
// element of it is closed, needs no end, or begins the text.
func isMarkup(s string) bool {
	s = strings.TrimSpace(s)
	open := map[string]bool{}
	for first := true; ; first = false {
		m := tag.FindStringSubmatchIndex(s)
		if m == nil {
			return false
		}
		if m[4] < 0 {
			return true // a comment
		}
		name, ends := strings.ToLower(s[m[4]:m[5]]), m[3] > m[2]
		switch {
		case !isHTMLName(name) && !strings.ContainsAny(name, ":-"):
		case alone[atom.Lookup([]byte(name))], ends && open[name], first && m[0] == 0:
			return true
		case !ends:
			open[name] = true
		}
		s = s[m[1]:]
	}
}

// isHTMLName reports an element that texts of postings have in HTML.
func isHTMLName(name string) bool {
	a := atom.Lookup([]byte(name))
	return blocks[a] || phrases[a] || hidden[a]
}

// reference is a character reference, or an "&" that begins none. Browsers know
// some without their semicolon, and so read "&notice" as "¬ice"; of those only the
// space that people write by hand is one here.
var reference = regexp.MustCompile(`&(?:#[0-9]{1,7};|#[xX][0-9a-fA-F]{1,6};|[A-Za-z][A-Za-z0-9]{1,31};|nbsp)?`)

// resolved gives a text with its character references resolved, once.
func resolved(s string) string {
	return reference.ReplaceAllStringFunc(s, func(ref string) string {
		if ref == "&" {
			return ref
		}
		return html.UnescapeString(ref)
	})
}

// unescaped is resolved, with a space for one that does not break.
func unescaped(s string) string {
	return reference.ReplaceAllStringFunc(s, func(ref string) string {
		if ref == "&" {
			return ref
		}
		return strings.ReplaceAll(html.UnescapeString(ref), "\u00A0", " ")
	})
}

// parsed gives the text of HTML as a reader sees it.
func parsed(s string, lines bool) string {
	s = reference.ReplaceAllStringFunc(s, func(ref string) string {
		if ref == "&" {
			return "&amp;"
		}
		return ref
	})
	if lines {
		s = strings.ReplaceAll(s, "\n", "<br>")
	}
	in := &html.Node{Type: html.ElementNode, Data: "div", DataAtom: atom.Div}
	nodes, err := html.ParseFragment(strings.NewReader(s), in)
	if err != nil { // it is nested too deep
		return unescaped(tag.ReplaceAllString(s, "\n"))
	}
	return Text(nodes...)
}

// The most bytes of one field of a posting, and of what it is made of.
const (
	maxField  = 200_000
	maxSource = 10 * maxField
)

// printable leaves out the characters that are commands to terminals.
func printable(r rune) rune {
	if unicode.IsControl(r) && r != '\n' && r != '\t' && r != '\r' {
		return -1
	}
	return r
}

// bounded cuts a text longer than any posting has, and takes out what is a
// command to terminals.
func bounded(s string) string {
	s = strings.Map(printable, strings.ToValidUTF8(s, "\uFFFD"))
	if len(s) <= maxField {
		return s
	}
	return strings.ToValidUTF8(s[:maxField], "")
}
