package extract

import (
	"bytes"
	"cmp"
	"fmt"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/PuerkitoBio/goquery"
	"golang.org/x/net/html"

	"jobsieve/config"
	"jobsieve/job"
)

// Page is a page of HTML and its address.
type Page struct {
	// URL is what its links are relative to.
	URL *url.URL
	at  *url.URL
	doc *goquery.Document
	ids map[string]*html.Node // by id; nil until one is asked for
}

// NewPage parses a page.
func NewPage(at *url.URL, body []byte) (*Page, error) {
	doc, err := goquery.NewDocumentFromReader(bytes.NewReader(body))
	if err != nil {
		return nil, fmt.Errorf("parse %s: %w", at, err)
	}
	p := &Page{URL: at, at: at, doc: doc}
	if base, ok := doc.Find("base[href]").First().Attr("href"); ok {
		if u, err := at.Parse(base); err == nil && u.Host == at.Host {
			p.URL = u
		}
	}
	return p, nil
}

// Card is one posting of a list page.
type Card struct {
	Posting job.Posting
	// Link leads to the posting's own page, empty where there is none: a link to a
	// place on the list page leads to none.
	Link string
}

// Cards reads the postings of a list page. URLs in them are absolute.
func (p *Page) Cards(list *config.List, link config.Field) []Card {
	var cards []Card
	if list.Item == "" {
		for _, href := range p.links(p.doc.Selection, link) {
			cards = append(cards, p.leading(Card{}, href))
		}
		return cards
	}
	p.doc.Find(list.Item).Each(func(_ int, item *goquery.Selection) {
		c := Card{}
		p.fill(&c.Posting, item, list.Fields)
		own := c.Posting.URL
		for _, href := range p.links(item, link) {
			if c = p.leading(c, href); c.Link != "" {
				c.Posting.URL = cmp.Or(own, c.Link)
				break
			}
		}
		cards = append(cards, c)
	})
	return cards
}

// leading gives a card its link.
func (p *Page) leading(c Card, href string) Card {
	if c.Posting.URL == "" {
		c.Posting.URL = href
	}
	if u, err := url.Parse(href); err != nil || u.Fragment == "" || !p.isHere(href[:strings.IndexByte(href, '#')], "") {
		c.Link = href
	}
	return c
}

// links gives the addresses that a selector finds, absolute, http only.
func (p *Page) links(in *goquery.Selection, f config.Field) []string {
	if f.IsZero() {
		return nil
	}
	if f.Attr == "" {
		f.Attr = "href"
	}
	var out []string
	find(in, f).Each(func(_ int, s *goquery.Selection) {
		href, _ := s.Attr(f.Attr)
		if abs := p.absolute(f.Cut(strings.TrimSpace(href))); abs != "" {
			out = append(out, abs)
		}
	})
	return out
}

// absolute gives a full http address, empty for any other. A fragment stays
// where it may tell postings apart: a route of the site's scripts, a place on
// this very page.
func (p *Page) absolute(href string) string {
	u, err := p.URL.Parse(href)
	if err != nil || href == "" || u.Scheme != "http" && u.Scheme != "https" || u.Host == "" {
		return ""
	}
	if whole := *u; !job.IsRoute(u.Fragment) {
		u.Fragment, u.RawFragment = "", ""
		if p.at != nil && whole.Fragment != "" && u.String() == p.at.String() {
			u = &whole
		}
	}
	return u.String()
}

func find(in *goquery.Selection, f config.Field) *goquery.Selection {
	if f.Select == "" {
		return in
	}
	return in.Find(f.Select)
}

// fill reads fields by their selectors, and reports whether one found something.
func (p *Page) fill(posting *job.Posting, in *goquery.Selection, fields map[string]config.Field) (found bool) {
	for name, f := range fields {
		text := p.field(in, name, f)
		if text == "" {
			continue
		}
		found = true
		posting.Set(name, text)
	}
	return found
}

func (p *Page) field(in *goquery.Selection, name string, f config.Field) string {
	found := find(in, f)
	if found.Length() == 0 {
		return ""
	}
	if f.Attr != "" {
		v, _ := found.First().Attr(f.Attr)
		if v = f.Cut(strings.TrimSpace(v)); name == "url" {
			return p.absolute(v)
		}
		return fieldText(name, v, false)
	}
	var parts []string
	found.Each(func(_ int, s *goquery.Selection) {
		if t := Text(s.Nodes...); t != "" {
			parts = append(parts, t)
		}
	})
	sep := ", "
	if name == "description" {
		sep = "\n"
	} else if name != "skills" && name != "location" {
		parts = parts[:min(1, len(parts))]
	}
	return fieldText(name, f.Cut(strings.Join(parts, sep)), true)
}

// fieldText gives the text of a field; an id stays as it is.
func fieldText(name, s string, lines bool) string {
	if name == "id" {
		return bounded(strings.TrimSpace(s))
	}
	return decoded(s, lines)
}

// merge fills in from b what a lacks.
func merge(a, b *job.Posting) {
	for _, f := range job.Fields {
		if a.Text(f) == "" {
			a.SetText(f, b.Text(f))
		}
	}
	for _, p := range []struct{ to, from *string }{
		{&a.ID, &b.ID}, {&a.URL, &b.URL}, {&a.Posted, &b.Posted}, {&a.Openings, &b.Openings},
	} {
		if *p.to == "" {
			*p.to = *p.from
		}
	}
	for _, m := range b.Extra {
		if !slices.ContainsFunc(a.Extra, func(have job.Member) bool { return have.Key == m.Key }) {
			a.Extra = append(a.Extra, m)
		}
	}
}

// Merge fills in what posting lacks from what is known already.
func Merge(posting, known *job.Posting) { merge(posting, known) }

// Wall is what bars the way to a page's postings.
type Wall string

// The walls. None of them is climbed.
const (
	WallCaptcha Wall = "a captcha"
	WallLogin   Wall = "a login form"
	WallScript  Wall = "nothing without running its scripts"
)

// shellRunes is the least text that a page has if it is more than a shell for
// scripts.
const shellRunes = 200

// Wall says what a page without postings shows instead of them; empty where
// that is none of the walls.
func (p *Page) Wall() Wall {
	title := strings.ToLower(p.doc.Find("title").First().Text())
	switch {
	case p.doc.Find(`[src*="captcha"]:not(script[src*="/recaptcha/"]), [class*="captcha"], [id*="captcha"], [src*="challenges.cloudflare.com"], #challenge-form, #challenge-running`).Length() > 0,
		strings.Contains(title, "just a moment"),
		strings.Contains(title, "are you a robot"),
		strings.Contains(title, "verify you are human"):
		return WallCaptcha
	case p.doc.Find(`input[type="password"]`).Length() > 0:
		return WallLogin
	case p.doc.Find(`script:not([type="application/ld+json"])`).Length() > 0 &&
		utf8.RuneCountInString(p.words()) < shellRunes:
		return WallScript
	}
	return ""
}

var (
	// noResults is how a list says that it has nothing more.
	noResults = regexp.MustCompile(`(?i)\b(?:no|0|zero) (?:\w+ ){0,3}(?:results?|more|jobs?|vacanc(?:y|ies)|openings?` +
		`|positions?|postings?|records?|matches)\b` +
		`|\b(?:nothing|not|none) (?:\w+ )?found\b|\bend of (?:the )?(?:list|results)\b` +
		`|नहीं मिल|उपलब्ध नहीं|कोई .*नहीं`)
	// broken is how a site says that it cannot show the page now.
	broken = regexp.MustCompile(`(?i)^\W*(?:site |website |server |system )?` +
		`maintenance(?: mode| break| in progress)?\W*$` +
		`|\b(?:under|down for|undergoing) (?:\w+ )?(?:maintenance|construction)\b` +
		`|\b(?:temporarily|currently|service|site|website) (?:is )?` +
		`(?:temporarily |currently )?(?:unavailable|down|offline)\b` +
		`|\b(?:internal server|server|database|application|runtime|fatal|unexpected) error\b` +
		`|^\W*error\W*(?:\d{3}\W*)?$` +
		`|\b(?:bad gateway|gateway time-?out|too many requests|something went wrong|an error (?:has )?occurred)\b` +
		`|\baccess denied\b|\btry again (?:later|after)\b|\b(?:be|come|check) back (?:soon|shortly|later)\b`)
)

// At is the page's address.
func (p *Page) At() string { return p.at.String() }

// NoResults reports a list page that says that it has nothing more.
func (p *Page) NoResults() bool { return noResults.MatchString(p.words()) }

// Broken reports a page that says that it cannot be shown now: in its title or its
// heading, or where it says little else.
func (p *Page) Broken() bool {
	heads := []string{p.doc.Find("title").First().Text(), p.Heading()}
	if all := p.words(); utf8.RuneCountInString(all) < shellRunes {
		heads = append(heads, all)
	}
	return slices.ContainsFunc(heads, func(s string) bool {
		return utf8.RuneCountInString(s) < shellRunes && broken.MatchString(s)
	})
}

// Heading is the page's first heading, or its title where it has none.
func (p *Page) Heading() string {
	return cmp.Or(Text(p.doc.Find("h1").First().Nodes...), strings.TrimSpace(p.doc.Find("title").First().Text()))
}

// Shows reports a page whose text contains the title.
func (p *Page) Shows(title string) bool {
	title = folded(title)
	return title != "" && strings.Contains(folded(p.visible()), title)
}

// words is the text of the page, its words side by side.
func (p *Page) words() string { return strings.Join(strings.Fields(p.visible()), " ") }

// visible is the text of the page's body without scripts and styles.
func (p *Page) visible() string {
	body := p.doc.Find("body").Clone()
	body.Find("script, style, noscript, template").Remove()
	return body.Text()
}

// NoIndex reports a page that asks robots not to store it.
func (p *Page) NoIndex() bool {
	no := false
	p.doc.Find(`meta[name]`).Each(func(_ int, s *goquery.Selection) {
		name := strings.ToLower(s.AttrOr("name", ""))
		if name == "robots" || name == "jobsieve" {
			c := strings.ToLower(s.AttrOr("content", ""))
			no = no || strings.Contains(c, "noindex") || strings.TrimSpace(c) == "none"
		}
	})
	return no
}
