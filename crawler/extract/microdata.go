package extract

import (
	"slices"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"jobsieve/job"
)

// markup is a way to mark up items in HTML, by its attributes.
type markup struct {
	// scope is on the element of an item, types names its types, property is on
	// the element of a property.
	scope, types string
	property     []string
	// refs names the ids of elements that belong to the item too.
	refs string
}

var (
	microdata = markup{scope: "itemscope", types: "itemtype", property: []string{"itemprop"}, refs: "itemref"}
	rdfa      = markup{scope: "typeof", types: "typeof", property: []string{"property", "rel"}}
)

// marked reads the JobPosting items that the page marks up as microdata, or else as
// RDFa.
func (p *Page) marked() (postings []job.Posting) {
	for _, m := range []markup{microdata, rdfa} {
		w := &itemWalk{markup: m, page: p, left: mostMarked}
		for _, s := range p.doc.Find("[" + m.scope + "]").EachIter() {
			if types, _ := attrOf(s.Get(0), m.types); isType(types, "JobPosting") {
				w.seen = map[*html.Node]bool{}
				postings = append(postings, p.fromLD(newBlock(nil).object(w.item(s.Get(0)), 0)))
			}
		}
		if len(postings) > 0 {
			break
		}
	}
	return postings
}

// mostMarked is how much of a page is looked at for items, in nodes and bytes of
// text: items may share elements, and properties may be nested.
const mostMarked = 16 << 20

// itemWalk gathers the properties of items.
type itemWalk struct {
	markup
	page *Page
	left int
	seen map[*html.Node]bool // nodes that belong to the item in hand
}

// item gives the properties of an item as JSON-LD has them.
func (w *itemWalk) item(n *html.Node) map[string]any {
	o := map[string]any{}
	types, _ := attrOf(n, w.types)
	o["@type"] = types
	w.within(n, o)
	refs, _ := attrOf(n, w.refs)
	for id := range strings.FieldsSeq(refs) {
		if ref := w.page.byID(id); ref != nil {
			w.node(ref, o)
		}
	}
	return o
}

func (w *itemWalk) within(n *html.Node, o map[string]any) {
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		w.node(c, o)
	}
}

// node adds to an item what an element and those within it say about it.
func (w *itemWalk) node(n *html.Node, o map[string]any) {
	if w.left--; n.Type != html.ElementNode || w.left < 0 || w.seen[n] {
		return
	}
	w.seen[n] = true
	names := w.names(n)
	if _, scope := attrOf(n, w.scope); scope {
		if len(names) > 0 { // else it is an item of its own
			add(o, names, w.item(n))
		}
		return
	}
	if len(names) > 0 {
		v := w.property(n, names)
		w.left -= len(v)
		add(o, names, v)
	}
	w.within(n, o)
}

func (w *itemWalk) names(n *html.Node) (names []string) {
	for _, key := range w.markup.property {
		v, _ := attrOf(n, key)
		names = append(names, strings.Fields(v)...)
	}
	return names
}

// add adds a value to each of some properties.
func add(o map[string]any, names []string, v any) {
	for _, name := range names {
		switch have := o[name].(type) {
		case nil:
			o[name] = v
		case []any:
			o[name] = append(have, v)
		default:
			o[name] = []any{have, v}
		}
	}
}

// byID gives the element with an id.
func (p *Page) byID(id string) *html.Node {
	if p.ids == nil {
		p.ids = map[string]*html.Node{}
		for _, s := range p.doc.Find("[id]").EachIter() {
			if id := s.AttrOr("id", ""); p.ids[id] == nil {
				p.ids[id] = s.Get(0)
			}
		}
	}
	return p.ids[id]
}

// attrOf gives an attribute of an element, and whether it has one.
func attrOf(n *html.Node, key string) (string, bool) {
	for _, a := range n.Attr {
		if a.Key == key && key != "" {
			return strings.TrimSpace(a.Val), true
		}
	}
	return "", false
}

// addresses are the properties whose value is an address, so that a link's
// address is meant and not its text.
var addresses = []string{"url", "sameas", "image", "logo", "mainentityofpage", "additionaltype", "contenturl"}

// property gives the value of a property: what an attribute states for programs, the
// address where one is meant, else the text.
func (w *itemWalk) property(n *html.Node, names []string) string {
	keys := []string{"content", "datetime"}
	switch n.DataAtom {
	case atom.Data, atom.Meter, atom.Input:
		keys = append(keys, "value")
	case atom.Img:
		keys = append(keys, "alt")
	}
	isAddress := slices.ContainsFunc(names, func(s string) bool {
		return slices.Contains(addresses, strings.ToLower(localName(s)))
	})
	if isAddress || n.DataAtom == atom.Link {
		keys = []string{"content", "href", "src", "resource"}
	}
	for _, key := range keys {
		if v, _ := attrOf(n, key); v != "" {
			return v
		}
	}
	return Text(n)
}
