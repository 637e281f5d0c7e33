package extract

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"regexp"
	"strings"
)

// sitemapXML reads the entries of a sitemap of XML.
type sitemapXML struct {
	*sitemap
	text    []byte
	root    xml.Name
	rootTag []byte // the start tag of the root, with its namespaces

	at int // after the last token that is whole

	open    []string // the elements that are open: names of the protocol, else empty
	index   bool     // the entry is one of another sitemap
	loc     strings.Builder
	lastMod strings.Builder
	spoiled bool // there is an element in the address
}

// maxOpen is how deep elements may be nested.
const maxOpen = 100

// entryTag is where reading goes on after a fault.
var entryTag = regexp.MustCompile(`<(?:[\w.-]+:)?(?i:url|sitemap)[\s>]`)

// xml reads a text of xmlText.
func (s *sitemap) xml(text []byte) {
	x := &sitemapXML{sitemap: s, text: text}
	s.line = func() int { return 1 + bytes.Count(text[:x.at], []byte("\n")) }
	x.all()
	s.line = nil
	root := x.root.Local
	if root != "urlset" && root != "sitemapindex" && len(s.file.Pages)+len(s.file.Sitemaps)+s.file.Foreign == 0 {
		s.fault(fmt.Sprintf("its first element is <%.100s>", root))
	}
}

// all reads the whole text. After a fault it goes on at the next entry, as long
// as it does not read the same text again and again. It gives how much it read.
func (x *sitemapXML) all() (read int) {
	for {
		n, err := x.decode()
		read += n
		if errors.Is(err, io.EOF) {
			x.end()
			return read
		}
		x.broken(err)
		next := entryTag.FindIndex(x.text[min(x.at+1, len(x.text)):])
		if next == nil {
			return read
		}
		x.at += 1 + next[0]
		if read > 4*len(x.text)+1<<20 {
			x.fault("it has too many faults to be read further")
			return read
		}
	}
}

// broken notes a fault of form. An address that it cuts off doesn't count.
func (x *sitemapXML) broken(err error) {
	var syntax *xml.SyntaxError
	what := err.Error()
	if errors.As(err, &syntax) {
		what = syntax.Msg
	}
	x.fault(what)
	if x.parent(0) == "loc" {
		x.loc.Reset()
	}
	x.end()
}

// decode reads on to the next fault, or to the end, which is io.EOF. It gives
// how much it read.
func (x *sitemapXML) decode() (read int, err error) {
	from := x.at
	in := bytes.NewReader(x.text[from:])
	dec := xml.NewDecoder(io.MultiReader(bytes.NewReader(x.rootTag), in))
	dec.Strict = false
	dec.CharsetReader = func(_ string, r io.Reader) (io.Reader, error) { return r, nil }
	x.open = x.open[:0]
	for again := len(x.rootTag); ; {
		tok, err := dec.Token()
		if err == nil {
			err = x.token(tok)
		}
		if err != nil {
			return len(x.text) - from - in.Len(), err
		}
		end := max(from, from+int(dec.InputOffset())-again)
		if x.rootTag == nil && x.root.Local != "" {
			x.rootTag = x.text[x.at:end]
		}
		x.at = end
	}
}

func (x *sitemapXML) token(tok xml.Token) error {
	switch t := tok.(type) {
	case xml.StartElement:
		if len(x.open) == maxOpen {
			return fmt.Errorf("elements are nested more than %d deep", maxOpen)
		}
		x.start(t.Name)
	case xml.EndElement:
		if isEntry(x.parent(0)) {
			x.end()
		}
		x.open = x.open[:max(0, len(x.open)-1)]
	case xml.CharData:
		x.chars(t)
	}
	return nil
}

// parent gives the element that is open last, or the nth around it.
func (x *sitemapXML) parent(n int) string {
	if n >= len(x.open) {
		return ""
	}
	return x.open[len(x.open)-1-n]
}

func isEntry(name string) bool { return name == "url" || name == "sitemap" }

func (x *sitemapXML) start(name xml.Name) {
	if x.root.Local == "" {
		x.root = xml.Name{Space: name.Space, Local: strings.ToLower(name.Local)}
	}
	known := x.known(name)
	switch in := x.parent(0); {
	case isEntry(known):
		x.end()
		x.index = known == "sitemap"
	case in == "loc":
		x.spoiled = true
	case known == "loc" && isEntry(in) && x.loc.Len() > 0: // where the next entry begins is missing
		x.end()
	}
	x.open = append(x.open, known)
}

// known gives the name of an element of the protocol; empty for others. Its
// namespace is that of the root, whatever that is, or none, or the protocol's.
func (x *sitemapXML) known(name xml.Name) string {
	if name.Space != x.root.Space && name.Space != "" && !strings.Contains(name.Space, "/schemas/sitemap/") {
		return ""
	}
	return strings.ToLower(name.Local)
}

// chars takes the text of an address or a date that is directly in an entry.
func (x *sitemapXML) chars(text []byte) {
	switch {
	case !isEntry(x.parent(1)):
	case x.parent(0) == "loc":
		x.loc.Write(text)
	case x.parent(0) == "lastmod":
		x.lastMod.Write(text)
	}
}

// end ends an entry.
func (x *sitemapXML) end() {
	loc, lastMod, spoiled := x.loc.String(), strings.TrimSpace(x.lastMod.String()), x.spoiled
	x.loc.Reset()
	x.lastMod.Reset()
	x.spoiled = false
	to := &x.file.Pages
	if x.index {
		to = &x.file.Sitemaps
	}
	switch {
	case spoiled:
		x.fault(fmt.Sprintf("there is an element in the address %.100q", loc))
	case strings.TrimSpace(loc) == "":
	default:
		if link := x.address(loc); link != "" {
			x.add(to, SitemapEntry{link, lastMod})
		}
	}
}
