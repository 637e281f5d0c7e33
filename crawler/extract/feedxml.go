package extract

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html"
)

// feedXML is a feed of XML. Its items are found by a strict reader, up to where the
// feed stops being XML; from there on by their tags alone, so that a fault costs
// only the item that has it.
type feedXML struct {
	text []byte
	root string
	item string // the name of the elements of items
	next string // the address of the next page of the feed
	// flaw is what was mended in its texts, so that nothing is lost; fault is the
	// first thing by which it still isn't XML. Both are nil where there is none.
	flaw, fault error
}

// itemNames are the names of items, by that of the first element.
var itemNames = map[string]string{
	"rss": "item", "rdf": "item", "channel": "item", "feed": "entry", "html": "", "urlset": "", "sitemapindex": "",
}

// Tags of jobs, in XML that isn't one of the usual feeds; and of feeds, where
// something else comes before them.
var (
	jobTag  = regexp.MustCompile(`<(?i:[\w.-]+:)?(?i:(job|position|vacancy|posting|item))[\s/>]`)
	feedTag = regexp.MustCompile(`<(?i:[\w.-]+:)?(?i:(rss|rdf|feed))[\s/>]`)
)

// beforeRoot is how much may come before the first element of a feed, in bytes.
const beforeRoot = 4000

func newFeedXML(text []byte) (*feedXML, error) {
	x := &feedXML{text: xmlText(text)}
	if !bytes.Equal(x.text, text) {
		x.flaw = errors.New(`it has bytes that are not text, or a "<" that does not begin a tag`)
	}
	x.escapeReferences()
	x.root = firstTag(x.text)
	item, known := itemNames[x.root]
	tag := jobTag.FindSubmatch(x.text)
	junk := feedTag.FindSubmatch(x.text[:min(len(x.text), beforeRoot)])
	switch {
	case x.root == "":
		return nil, errNotXML
	case known:
		x.item = item
	case junk != nil:
		x.item = itemNames[strings.ToLower(string(junk[1]))]
	case tag != nil:
		x.item = strings.ToLower(string(tag[1]))
	}
	if x.item == "" {
		return nil, fmt.Errorf("its first element is <%.100s>", x.root)
	}
	return x, nil
}

// escapeReferences writes each "&" that begins no reference known to XML or HTML as
// "&amp;", but in CDATA, where it begins nothing.
func (x *feedXML) escapeReferences() {
	var out bytes.Buffer
	for rest := x.text; len(rest) > 0; {
		text, cdata := rest, []byte(nil)
		if i := bytes.Index(rest, []byte(cdataOpen)); i >= 0 {
			text, cdata = rest[:i], rest[i:]
			if end := bytes.Index(cdata, []byte(cdataClose)); end >= 0 {
				cdata = cdata[:end]
			}
		}
		rest = rest[len(text)+len(cdata):]
		out.Write(reference.ReplaceAllFunc(text, x.escapeReference))
		out.Write(cdata)
	}
	x.text = out.Bytes()
}

func (x *feedXML) escapeReference(ref []byte) []byte {
	is := html.UnescapeString(string(ref))
	r, n := utf8.DecodeRuneInString(is)
	known := is != string(ref) && ref[len(ref)-1] == ';'
	switch {
	case known && (n < len(is) || r != utf8.RuneError && xmlRune(r) == r):
		return ref
	case x.flaw == nil:
		x.flaw = fmt.Errorf(`it has an "&" that does not begin a reference, in %q`, ref)
	}
	if known {
		return []byte(string(utf8.RuneError))
	}
	return append([]byte("&amp;"), ref[1:]...)
}

// firstTag gives the name of the first element.
func firstTag(text []byte) string {
	z := html.NewTokenizer(bytes.NewReader(text))
	for {
		switch z.Next() {
		case html.ErrorToken:
			return ""
		case html.StartTagToken, html.SelfClosingTagToken:
			name, _ := z.TagName()
			return localName(string(name))
		}
	}
}

// each calls f with every item of the feed.
func (x *feedXML) each(f func(*element)) {
	spans, rest := x.strict()
	for _, s := range spans {
		f(readElement(x.text[s.from:s.to], false))
	}
	for _, s := range x.byTags(rest) {
		f(readElement(mendTags(x.text[s.from:s.to]), true))
	}
}

// span is a part of a text.
type span struct{ from, to int }

// strict finds the items up to the first fault. rest is where to go on after it: at
// the item that has it; the end of the text where there is none.
func (x *feedXML) strict() (spans []span, rest int) {
	dec := xml.NewDecoder(bytes.NewReader(x.text))
	dec.Entity = xml.HTMLEntity
	from, depth := -1, 0 // of the item that is open
	for {
		at := int(dec.InputOffset())
		tok, err := dec.Token()
		switch t := tok.(type) {
		case xml.StartElement:
			if from < 0 && strings.EqualFold(t.Name.Local, x.item) {
				from, depth = at, 0
			}
			if from < 0 && x.next == "" && strings.EqualFold(t.Name.Local, "link") {
				x.next = nextOf(t.Attr)
			}
			depth++
		case xml.EndElement:
			if depth--; from >= 0 && depth == 0 {
				spans = append(spans, span{from, int(dec.InputOffset())})
				from = -1
			}
		}
		switch {
		case errors.Is(err, io.EOF):
			return spans, len(x.text)
		case err != nil && from < 0:
			x.note(err)
			return spans, at
		case err != nil:
			x.note(err)
			return spans, from
		}
	}
}

// nextOf gives the address of a link, if that is to the next page of a feed.
func nextOf(attrs []xml.Attr) (address string) {
	isNext := false
	for _, a := range attrs {
		switch strings.ToLower(a.Name.Local) {
		case "rel":
			isNext = slices.Contains(strings.Fields(strings.ToLower(a.Value)), "next")
		case "href":
			address = a.Value
		}
	}
	if !isNext {
		return ""
	}
	return address
}

// note keeps a fault of form, unless one is known.
func (x *feedXML) note(err error) {
	var syntax *xml.SyntaxError
	if errors.As(err, &syntax) {
		err = fmt.Errorf("line %d: %s", syntax.Line, syntax.Msg)
	}
	if x.fault == nil {
		x.fault = err
	}
}

// byTags finds the items from a place on by their tags. One whose end is missing ends
// where the next begins, or the list does; one in which the feed breaks off is left
// out.
func (x *feedXML) byTags(from int) (spans []span) {
	names := x.item + `|channel|rss|rdf|feed|` + regexp.QuoteMeta(x.root)
	edge := regexp.MustCompile(`<(/?)(?i:[\w.-]+:)?(?i:(` + names + `))(?:\s[^<>]*)?(/?)>`)
	start := -1
	for _, m := range edge.FindAllSubmatchIndex(x.text[from:], -1) {
		ends := m[3] > m[2]
		isItem := strings.EqualFold(string(x.text[from+m[4]:from+m[5]]), x.item)
		if !isItem && !ends {
			continue
		}
		if start >= 0 {
			to := from + m[0]
			if isItem && ends {
				to = from + m[1]
			}
			spans = append(spans, span{start, to})
			start = -1
		}
		if isItem && !ends && m[7] == m[6] {
			start = from + m[0]
		}
	}
	return spans
}

// mendTags writes each "<" that no ">" follows before the next one as "&lt;", and takes
// out the beginning of CDATA that has no end.
func mendTags(b []byte) []byte {
	var out bytes.Buffer
	for ends := true; ; {
		i := bytes.IndexByte(b, '<')
		if i < 0 {
			out.Write(b)
			return out.Bytes()
		}
		out.Write(b[:i])
		b = b[i:]
		n := 1
		if bytes.HasPrefix(b, []byte(cdataOpen)) {
			n = len(cdataOpen)
			if end := cdataEnd(b, ends); end > 0 {
				out.Write(b[:end])
				n = end
			} else {
				ends = false // none after it has one
			}
		} else if next := bytes.IndexAny(b[1:], "<>"); next >= 0 && b[1+next] == '<' {
			out.WriteString("&lt;")
		} else {
			out.WriteByte('<')
		}
		b = b[n:]
	}
}

// What is around CDATA.
const (
	cdataOpen  = "<![CDATA["
	cdataClose = "]]>"
)

// cdataEnd gives where the CDATA that b begins with ends; 0 where it has no end.
func cdataEnd(b []byte, ends bool) int {
	if !ends {
		return 0
	}
	if i := bytes.Index(b, []byte(cdataClose)); i >= 0 {
		return i + len(cdataClose)
	}
	return 0
}
