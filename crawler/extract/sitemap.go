package extract

import (
	"bytes"
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"net/url"
	"regexp"
	"strings"
	"unicode/utf8"
)

// SitemapEntry is one address of a sitemap.
type SitemapEntry struct {
	URL     string
	LastMod string
}

// SitemapFile is what a sitemap holds.
type SitemapFile struct {
	// Pages are the addresses of pages; Sitemaps, in an index, of other sitemaps.
	Pages, Sitemaps []SitemapEntry
	// Foreign counts the addresses on other hosts, which are left out, as the
	// protocol asks.
	Foreign int
}

// Sitemap reads a sitemap: XML, an RSS or Atom feed, or a text with one address
// a line, in any charset and also as a gzip file. What an error names is lost;
// what could be read before and after it is given.
func Sitemap(at *url.URL, body []byte) (SitemapFile, error) {
	body, cut := gunzip(body)
	s := sitemap{page: &Page{URL: at}}
	if cut != nil {
		s.fault("the gzip file is damaged: " + cut.Error())
	}
	switch text := plainText(body); {
	case s.isText(text):
		s.lines(text)
	case feedRoot.Match(text[:min(len(text), sniffed)]):
		s.feed(xmlText(body))
	default:
		s.xml(xmlText(body))
	}
	return s.file, s.err()
}

// sniffed is how much of a text is looked at to tell what it is.
const sniffed = 2000

var (
	feedRoot = regexp.MustCompile(`^(?:\s|<[?!][^>]*>)*<(?:rss|feed|rdf:RDF)[\s/>]`)
	mapRoot  = regexp.MustCompile(`<(?:[\w.-]+:)?(?:urlset|sitemapindex)[\s/>]`)
)

// IsSitemap reports a text that looks like a sitemap of XML, or of addresses.
func IsSitemap(body []byte) bool {
	body, _ = gunzip(body)
	head := plainText(body[:min(len(body), sniffed)])
	first, _, _ := strings.Cut(string(bytes.TrimSpace(head)), "\n")
	return mapRoot.Match(head) || isAddress(strings.TrimSpace(first))
}

// maxUnpacked is the most that a gzip file may become: what the protocol
// allows a sitemap.
const maxUnpacked = 50 << 20

// gunzip unpacks a gzip file, and gives anything else as it is. Of a damaged
// file it gives what comes before the damage, with the error.
func gunzip(body []byte) ([]byte, error) {
	if !bytes.HasPrefix(body, []byte("\x1f\x8b\x08")) {
		return body, nil
	}
	z, err := gzip.NewReader(bytes.NewReader(body))
	if err != nil {
		return nil, err
	}
	out, err := io.ReadAll(io.LimitReader(z, maxUnpacked))
	if errors.Is(err, io.ErrUnexpectedEOF) {
		err = errors.New("it is cut off")
	}
	return out, err
}

// sitemap is one being read.
type sitemap struct {
	page *Page
	file SitemapFile

	faults int
	first  string     // what the first fault is
	line   func() int // the line that is read; nil where none is
}

// fault notes that something could not be read.
func (s *sitemap) fault(what string) {
	if s.faults++; s.faults > 1 {
		return
	}
	s.first = what
	if s.line != nil {
		s.first = fmt.Sprintf("line %d: %s", s.line(), what)
	}
}

func (s *sitemap) err() error {
	switch {
	case s.faults == 0:
		return nil
	case len(s.file.Pages)+len(s.file.Sitemaps)+s.file.Foreign == 0:
		return fmt.Errorf("%s is not a sitemap: expected a urlset, a sitemapindex, RSS, Atom or one address per "+
			"line: %s",
			s.page.URL, s.first)
	case s.faults == 1:
		return fmt.Errorf("%s is damaged, addresses may be missing: %s", s.page.URL, s.first)
	}
	return fmt.Errorf("%s is damaged in %d places, addresses may be missing; the first: %s",
		s.page.URL, s.faults, s.first)
}

// add takes an address of a page, or of another sitemap.
func (s *sitemap) add(to *[]SitemapEntry, e SitemapEntry) {
	if s.page.sameHost(e.URL) {
		*to = append(*to, e)
	} else {
		s.file.Foreign++
	}
}

// lineBreaks stand in addresses that a sitemap wraps.
var lineBreaks = strings.NewReplacer("\r", "", "\n", "", "\t", "")

// address reads an address; empty where it isn't one on the web. One that can't
// be read is a fault.
func (s *sitemap) address(text string) string {
	text = lineBreaks.Replace(strings.TrimSpace(text))
	_, err := s.page.URL.Parse(text)
	switch {
	case err != nil:
		s.fault(fmt.Sprintf("%.100q is not an address", text))
	case strings.ContainsRune(text, utf8.RuneError):
		s.fault(fmt.Sprintf("the address %.100q has bytes that are not text", text))
	default:
		return s.page.absolute(text)
	}
	return ""
}

func isAddress(line string) bool {
	scheme, _, ok := strings.Cut(line, "://")
	scheme = strings.ToLower(scheme)
	return ok && (scheme == "http" || scheme == "https") && !strings.ContainsAny(line, " \t")
}

// isText reports a text that isn't XML.
func (s *sitemap) isText(text []byte) bool {
	text = bytes.TrimSpace(text)
	return len(text) > 0 && text[0] != '<'
}

// lineEnds brings line ends to one form.
var lineEnds = strings.NewReplacer("\r\n", "\n", "\r", "\n")

// lines reads a text with one address a line.
func (s *sitemap) lines(text []byte) {
	n := 0
	s.line = func() int { return n }
	for line := range strings.Lines(lineEnds.Replace(string(text))) {
		n++
		if line = strings.TrimSpace(line); line == "" {
			continue
		}
		if !isAddress(line) {
			s.fault(fmt.Sprintf("%.100q is not an address", line))
		} else if link := s.address(line); link != "" {
			s.add(&s.file.Pages, SitemapEntry{URL: link})
		}
	}
}

// feed reads the addresses of a feed's items, in the feed's order.
func (s *sitemap) feed(text []byte) {
	items, err := Feed(s.page.URL, text)
	if err != nil {
		s.fault(err.Error())
	}
	for i := range items {
		if items[i].URL != "" {
			s.add(&s.file.Pages, SitemapEntry{URL: items[i].URL})
		}
	}
}

// sameHost reports an address on the page's own host.
func (p *Page) sameHost(s string) bool {
	u, err := url.Parse(s)
	return err == nil && s != "" && hostOf(u) == hostOf(p.URL)
}

// hostOf gives a host in one form: lower case, without the dot at its end and
// the default port.
func hostOf(u *url.URL) string {
	host := strings.TrimSuffix(strings.ToLower(u.Hostname()), ".")
	if p := u.Port(); p != "" && p != map[string]string{"http": "80", "https": "443"}[u.Scheme] {
		host += ":" + p
	}
	return host
}
