package extract

import (
	"bytes"
	"slices"
	"strings"

	"golang.org/x/net/html"
)

// element is an element of XML.
type element struct {
	prefix, name string // in lower case
	attrs        map[string]string
	kids         []*element

	text   strings.Builder // its own text, unescaped
	inner  []byte          // everything in it, as it is written
	start  int
	closed bool // its end is where it should be
}

// deepest is how deep the elements of an item are nested at most; anything deeper
// is markup in the text of those around it.
const deepest = 50

// elementReader reads an element and those in it. At heart it is a reader of HTML,
// since that never gives up.
type elementReader struct {
	body []byte
	at   int
	open []*element
}

// readElement reads the element that a text begins with. mended says that ends may be
// missing, so that the beginning of a field ends the one before.
func readElement(body []byte, mended bool) *element {
	root := &element{}
	r := elementReader{body: body, open: []*element{root}}
	z := html.NewTokenizer(bytes.NewReader(body))
	z.AllowCDATA(true)
	for {
		kind := z.Next()
		raw := z.Raw()
		from := r.at
		r.at += len(raw)
		switch kind {
		case html.ErrorToken:
			r.close(0, len(body))
			if len(root.kids) == 0 {
				return root
			}
			return root.kids[0]
		case html.TextToken:
			r.chars(raw)
		case html.StartTagToken, html.SelfClosingTagToken:
			z.NextIsNotRawText()
			if r.begin(z, mended, from) && kind == html.SelfClosingTagToken {
				r.close(len(r.open)-1, r.at)
			}
		case html.EndTagToken:
			name, _ := z.TagName()
			r.end(string(name), from)
		}
	}
}

func (r *elementReader) chars(raw []byte) {
	last := r.open[len(r.open)-1]
	if cdata, ok := bytes.CutPrefix(raw, []byte(cdataOpen)); ok {
		last.text.Write(bytes.TrimSuffix(cdata, []byte(cdataClose)))
		return
	}
	last.text.WriteString(resolved(string(raw)))
}

// begin begins an element, unless it is too deep.
func (r *elementReader) begin(z *html.Tokenizer, mended bool, from int) bool {
	name, more := z.TagName()
	e := &element{start: r.at}
	e.prefix, e.name = splitName(string(name))
	for more {
		var key, value []byte
		key, value, more = z.TagAttr()
		if e.attrs == nil {
			e.attrs = map[string]string{}
		}
		e.attrs[string(key)] = string(value)
	}
	if mended && slices.Contains(flat, e.name) {
		if i := slices.IndexFunc(r.open, func(o *element) bool { return slices.Contains(flat, o.name) }); i > 0 {
			r.close(i, from)
		}
	}
	if len(r.open) > deepest {
		return false
	}
	parent := r.open[len(r.open)-1]
	parent.kids = append(parent.kids, e)
	r.open = append(r.open, e)
	return true
}

// flat are the elements of items that hold no other of these.
var flat = []string{
	"title", "link", "guid", "pubdate", "description", "referencenumber", "published", "updated", "summary", "category",
}

// end ends the element of a name that was opened last, and what is open in it.
func (r *elementReader) end(name string, at int) {
	prefix, local := splitName(name)
	for i := len(r.open) - 1; i > 0; i-- {
		if r.open[i].name == local && r.open[i].prefix == prefix {
			r.open[i].closed = true
			r.close(i, at)
			return
		}
	}
}

// close ends the open elements from the ith on.
func (r *elementReader) close(i, at int) {
	for _, e := range r.open[i:] {
		e.inner = r.body[min(e.start, at):at]
	}
	r.open = r.open[:i]
}

func splitName(name string) (prefix, local string) {
	if prefix, local, ok := strings.Cut(name, ":"); ok {
		return prefix, local
	}
	return "", name
}

// content gives what is in an element: its text, or, where it has elements, their
// markup.
func (e *element) content() string {
	if len(e.kids) == 0 {
		return e.text.String()
	}
	return cdataMarks.Replace(string(e.inner))
}

var cdataMarks = strings.NewReplacer(cdataOpen, "", cdataClose, "")

// foreign are prefixes of elements that are about a picture or a recording, and not
// about the posting.
var foreign = []string{"media", "itunes"}

// all gives the elements of a name in an element, those without a prefix first.
func (e *element) all(name string) (out []*element) {
	for _, kid := range e.kids {
		if kid.name == name && kid.prefix == "" {
			out = append(out, kid)
		}
	}
	for _, kid := range e.kids {
		if kid.name == name && kid.prefix != "" && !slices.Contains(foreign, kid.prefix) {
			out = append(out, kid)
		}
	}
	return out
}

// raw gives the first text among elements of some names, as it is written.
func (e *element) raw(names ...string) string {
	for _, name := range names {
		for _, kid := range e.all(name) {
			if s := strings.TrimSpace(kid.text.String()); s != "" {
				return bounded(s)
			}
		}
	}
	return ""
}

// first gives the first text among elements of some names.
func (e *element) first(names ...string) string {
	for _, name := range names {
		for _, kid := range e.all(name) {
			if s := kid.named(); s != "" {
				return s
			}
		}
	}
	return ""
}

// named gives the text of an element: for one that holds elements of XML, its name,
// or all of them.
func (e *element) named() string {
	if names := e.all("name"); len(names) > 0 {
		return HTMLText(names[0].content())
	}
	if !e.structured() {
		return HTMLText(e.content())
	}
	var parts []string
	for _, kid := range e.kids {
		parts = append(parts, kid.named())
	}
	return bounded(strings.Join(distinct(parts), ", "))
}

// structured reports an element that holds elements, and not markup or what only
// looks like it.
func (e *element) structured() bool {
	closed := false
	for _, kid := range e.kids {
		if isHTMLName(kid.name) {
			return false
		}
		closed = closed || kid.closed
	}
	return closed
}
