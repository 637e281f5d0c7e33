package extract

import (
	"fmt"
	"net/url"
	"regexp"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/PuerkitoBio/goquery"
	"golang.org/x/net/html"

	"jobsieve/config"
)

var (
	// moreWords is what people click for more postings of a list.
	moreWords = regexp.MustCompile(`(?i)^(?:load more(?: \S+){0,2}|more results` +
		`|(?:show|view|see|get)(?: \d+)? more (?:jobs|results|openings|vacancies|positions|postings|opportunities)` +
		`|(?:और|अधिक)(?: \S+)? (?:देखें|देखिए|दिखाएं|दिखाएँ|लोड करें)|(?:aur|or) (?:jobs|naukri|naukriyan) (?:dekhe|dekhein|dekho))$`)
	// nextWords is what people click for the next page.
	nextWords = regexp.MustCompile(`(?i)^(?:next(?: page)?|अगल[ाीे](?: (?:पेज|पृष्ठ))?|आगे|agla(?: page)?)$`)
	// pagerName occurs in the names of what holds the links to pages.
	pagerName = regexp.MustCompile(`(?i)paginat|\bpager\b|\bpaging\b|page-?(?:numbers?|nav|links)\b`)
	// arrows are found beside the words.
	arrows = " \t\n\u00a0›»>→…."
)

// The longest text of what is clicked, and of what holds the links to pages, in
// runes; and how far around a link the latter is looked for.
const (
	clickRunes = 40
	pagerRunes = 300
	pagerDepth = 6
	// firstAfter is the number of the page after the first. After that only links
	// count: what a script fills often stays when there is no more.
	firstAfter = 2
)

// Onward gives what on a list page leads people on to the next one, whose number is
// page, and what to configure for it; nothing where nothing does. It is for pages on
// which the source finds no way on. list and link say where the postings are, and
// visited which pages were read.
func (p *Page) Onward(list *config.List, link config.Field, page int, visited map[string]bool) (seen, advice string) {
	isNew := func(address string) bool {
		return address != "" && !visited[address] && !SameAddress(address, p.at.String()) && p.sameHost(address)
	}
	if f := p.guessNext(); !f.IsZero() {
		if next := p.Next(f); !next.Off && isNew(next.URL) {
			advice = fmt.Sprintf("set list.next, such as '%s@%s'", f.Select, f.Attr)
			return "a link to the next page, " + next.URL, advice
		}
	}
	cards := list.Item
	if cards == "" {
		cards = link.Select
	}
	p.doc.Find(`a, button, [role="button"], input[type="button"], input[type="submit"], span, li`).
		EachWithBreak(func(_ int, s *goquery.Selection) bool {
			seen, advice = p.onward(s, cards, page, isNew)
			return seen == ""
		})
	return seen, advice
}

// byScript is what to do about a way that no link shows.
const byScript = "a script leads there: set list.next if the page has a link to it, " +
	"or look for the site's JSON, a feed or a sitemap (docs/sources.md)"

// onward looks at one element that may lead on.
func (p *Page) onward(s *goquery.Selection, cards string, page int, isNew func(string) bool) (seen, advice string) {
	text := clickText(s)
	isNumber := text == strconv.Itoa(page)
	if !isNumber && !onWords(text) || isOff(s) {
		return "", ""
	}
	pager := pagerOf(s)
	if inCard(s, pager, cards) {
		return "", ""
	}
	leads := pager != nil || moreWords.MatchString(text)
	target := strings.TrimSpace(s.AttrOr("href", ""))
	if address := p.absolute(target); address != "" && !inPage(target) {
		if isNew(address) && (leads || p.isBeside(address)) {
			seen = fmt.Sprintf("%q, a link to %s", text, address)
			return seen, "set list.next to a selector of it, such as a.next@href"
		}
		return "", ""
	}
	if page > firstAfter {
		return "", "" // the way that was found before has come to its end
	}
	if leads && (isNumber || scriptOf(s, target) != "") {
		return fmt.Sprintf("%q", text), byScript
	}
	return "", ""
}

// onWords reports what people click for more postings or for the next page.
func onWords(text string) bool { return moreWords.MatchString(text) || nextWords.MatchString(text) }

// inCard reports an element that, with the links to pages around it, is a posting's
// own; cards selects the elements of postings.
func inCard(s, pager *goquery.Selection, cards string) bool {
	if cards == "" {
		return false
	}
	if pager != nil {
		s = pager.Parent()
	}
	return s.Closest(cards).Length() > 0
}

// isBeside reports an address that is this page's except for its query or a
// number after it.
func (p *Page) isBeside(address string) bool {
	u, err := url.Parse(address)
	if err != nil {
		return false
	}
	rest, below := strings.CutPrefix(u.Path, strings.TrimRight(p.at.Path, "/"))
	return below && (strings.Trim(rest, "/") == "" || strings.ContainsAny(rest, "0123456789"))
}

// clickText gives the words of what is clicked; nothing where they are long, or
// where a part of a line holds other elements.
func clickText(s *goquery.Selection) string {
	if s.Is("input") {
		return strings.Trim(s.AttrOr("value", ""), arrows)
	}
	if s.Is("span, li") && s.Children().Length() > 0 {
		return ""
	}
	text, ok := shortText(s.Get(0), clickRunes)
	if !ok {
		return ""
	}
	if text = strings.Trim(strings.Join(strings.Fields(text), " "), arrows); text == "" {
		text = strings.TrimSpace(s.AttrOr("aria-label", ""))
	}
	return text
}

// pagerOf gives what holds the links to pages around an element; nil where nothing
// nearby does.
func pagerOf(s *goquery.Selection) *goquery.Selection {
	for range pagerDepth {
		if s = s.Parent(); s.Length() == 0 || s.Is("body, html") {
			return nil
		}
		names := s.AttrOr("class", "") + " " + s.AttrOr("id", "") + " " + s.AttrOr("aria-label", "")
		if pagerName.MatchString(names) {
			if _, short := shortText(s.Get(0), pagerRunes); short {
				return s
			}
			return nil
		}
	}
	return nil
}

// shortText gives the text of a node; ok is false where it has more runes than most.
func shortText(n *html.Node, most int) (text string, ok bool) {
	var b strings.Builder
	left := most
	for c := range n.Descendants() {
		if c.Type != html.TextNode || strings.TrimSpace(c.Data) == "" {
			continue
		}
		if left -= utf8.RuneCountInString(strings.TrimSpace(c.Data)); left < 0 {
			return "", false
		}
		b.WriteString(c.Data)
		b.WriteByte(' ')
	}
	return b.String(), true
}
