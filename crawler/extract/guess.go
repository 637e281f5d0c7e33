package extract

import (
	"maps"
	"net/url"
	"regexp"
	"slices"
	"sort"
	"strings"

	"github.com/PuerkitoBio/goquery"

	"jobsieve/config"
)

// addressed are the elements that name an address.
var addressed = []config.Field{
	{Select: "iframe[src]", Attr: "src"},
	{Select: "script[src]", Attr: "src"},
	{Select: "a[href]", Attr: "href"},
	{Select: "form[action]", Attr: "action"},
}

// inScript is an address that stands as a text in a script, as where a page embeds a
// board by calling a function.
var inScript = regexp.MustCompile(`["'](https?://[^"'\s<>\\]+)["']`)

// Links gives every address that the page names, absolute, each once: links, frames,
// scripts and forms, and after them the texts of its own scripts.
func (p *Page) Links() []string {
	var all []string
	for _, f := range addressed {
		all = append(all, p.links(p.doc.Selection, f)...)
	}
	p.doc.Find(`script:not([src]):not([type*="json"])`).Each(func(_ int, s *goquery.Selection) {
		for _, m := range inScript.FindAllStringSubmatch(s.Text(), -1) {
			if link := p.absolute(m[1]); link != "" {
				all = append(all, link)
			}
		}
	})
	return distinct(all)
}

// Feeds gives the feeds that the page offers.
func (p *Page) Feeds() []string {
	return p.links(p.doc.Selection, config.Field{Select: `link[rel~="alternate"][type*="rss"], link[rel~="alternate"][type*="atom"], link[rel~="alternate"][type="application/feed+json"]`, Attr: "href"})
}

// jobLink are addresses that look like those of postings.
var jobLink = regexp.MustCompile(`(?i)/(jobs?|careers?|vacanc(y|ies)|openings?|positions?|postings?|opportunit(y|ies)|requisitions?|job-?(listings?|details?|openings?))([/?_-]|$).*[\w-]{2}|/job-listings-|[?&](job|req|vacancy|posting)(_?id)?=`)

// LooksLikeJob reports an address that looks like that of a posting.
func LooksLikeJob(address string) bool { return jobLink.MatchString(address) }

// GuessMatch makes an expression for the addresses of a sitemap that belong to
// postings: what most of those that look like it begin with; empty where none
// do.
func GuessMatch(entries []SitemapEntry) string {
	counts := map[string]int{}
	for _, e := range entries {
		u, err := url.Parse(e.URL)
		if err != nil || !LooksLikeJob(e.URL) {
			continue
		}
		parts := strings.Split(strings.Trim(u.Path, "/"), "/")
		for i := range parts[:len(parts)-1] {
			if LooksLikeJob("/" + parts[i] + "/xx") {
				counts["/"+strings.Join(parts[:i+1], "/")+"/"]++
				break
			}
		}
	}
	prefixes := slices.Collect(maps.Keys(counts))
	sort.Slice(prefixes, func(i, j int) bool {
		a, b := prefixes[i], prefixes[j]
		return counts[a] > counts[b] || counts[a] == counts[b] && a < b
	})
	if len(prefixes) == 0 {
		return ""
	}
	return regexp.QuoteMeta(prefixes[0]) + "."
}
