package extract

import (
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// blocks are the elements that go on lines of their own.
var blocks = map[atom.Atom]bool{
	atom.Main: true, atom.Aside: true, atom.Section: true, atom.Article: true, atom.Header: true, atom.Footer: true,
	atom.H1: true, atom.H2: true, atom.H3: true, atom.H4: true, atom.H5: true, atom.H6: true,
	atom.P: true, atom.Div: true, atom.Blockquote: true, atom.Pre: true, atom.Form: true,
	atom.Ul: true, atom.Ol: true, atom.Li: true, atom.Dl: true, atom.Dt: true, atom.Dd: true,
	atom.Table: true, atom.Tr: true, atom.Br: true, atom.Hr: true,
}

// hidden are the elements whose text nobody reads.
var hidden = map[atom.Atom]bool{
	atom.Script: true, atom.Style: true, atom.Noscript: true, atom.Template: true,
	atom.Head: true, atom.Svg: true, atom.Iframe: true, atom.Select: true,
}

// Text gives the text of nodes as a reader sees it: blocks on lines of their
// own, list items with a hyphen, spaces folded.
func Text(nodes ...*html.Node) string {
	var w textWriter
	for _, n := range nodes {
		if n.DataAtom == atom.Li { // the hyphen is for lists, not for one item
			w.children(n)
			continue
		}
		w.node(n)
	}
	return strings.TrimSpace(w.b.String())
}

type textWriter struct {
	b     strings.Builder
	space bool // a space is due before the next word
	lines int  // line ends written since the last word; at the start, many
}

func (w *textWriter) node(n *html.Node) {
	switch n.Type {
	case html.TextNode:
		w.text(n.Data)
		return
	case html.ElementNode:
		if hidden[n.DataAtom] {
			return
		}
	}
	block := n.Type == html.ElementNode && blocks[n.DataAtom]
	if block {
		w.line()
	}
	if n.DataAtom == atom.Li {
		w.word("-")
		w.space = true
	}
	w.children(n)
	switch {
	case block:
		w.line()
	case n.DataAtom == atom.Td || n.DataAtom == atom.Th:
		w.space = true
	}
}

func (w *textWriter) children(n *html.Node) {
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		w.node(c)
	}
}

func (w *textWriter) line() {
	if w.b.Len() > 0 && w.lines == 0 {
		w.b.WriteByte('\n')
		w.lines++
	}
	w.space = false
}

func (w *textWriter) text(s string) {
	if s == "" {
		return
	}
	words := strings.Fields(s)
	if len(words) == 0 || strings.TrimLeft(s[:1], " \t\r\n\f") == "" {
		w.space = true
	}
	for i, word := range words {
		if i > 0 {
			w.space = true
		}
		w.word(word)
	}
	if len(words) > 0 && strings.TrimRight(s[len(s)-1:], " \t\r\n\f") == "" {
		w.space = true
	}
}

func (w *textWriter) word(s string) {
	if w.space && w.lines == 0 && w.b.Len() > 0 {
		w.b.WriteByte(' ')
	}
	w.b.WriteString(s)
	w.space, w.lines = false, 0
}
