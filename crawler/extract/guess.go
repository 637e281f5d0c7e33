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
	{Select: "iframe[src], frame[src]", Attr: "src"},
	{Select: "iframe[data-src]", Attr: "data-src"},
	{Select: "script[src]", Attr: "src"},
	{Select: "a[href]", Attr: "href"},
	{Select: "form[action]", Attr: "action"},
	{Select: `link[rel="canonical"], link[rel="preconnect"], link[rel="dns-prefetch"]`, Attr: "href"},
	{Select: `meta[property="og:url"]`, Attr: "content"},
}

// Links gives every address that the page names, absolute: links, frames,
// scripts, forms, its own, and where it goes by itself.
func (p *Page) Links() []string {
	var out []string
	for _, f := range addressed {
		out = append(out, p.links(p.doc.Selection, f)...)
	}
	if to := p.Refresh(); to != "" {
		out = append(out, to)
	}
	return distinct(out)
}

// Loads gives the addresses of the scripts and styles that the page loads.
func (p *Page) Loads() []string {
	scripts := p.links(p.doc.Selection, config.Field{Select: "script[src]", Attr: "src"})
	styles := p.links(p.doc.Selection, config.Field{Select: "link[rel~=stylesheet]", Attr: "href"})
	return distinct(append(scripts, styles...))
}

var (
	// scriptAddress is an address in the text of a script, whose slashes may be escaped.
	scriptAddress = regexp.MustCompile(`(?i)(?:https?:)?(?:/|\\/|\\u002f){2}[a-z0-9-]+(?:\.[a-z0-9-]+)+` +
		`(?:[^\s"'<>\\` + "`" + `]|\\/|\\u002f|\\u0026)*`)
	scriptEscapes = strings.NewReplacer(`\/`, "/", `\u002f`, "/", `\u002F`, "/", `\u0026`, "&")
)

// mostScriptLinks is how many addresses in scripts are looked at.
const mostScriptLinks = 1000

// ScriptLinks gives the addresses in the texts of the page's scripts.
func (p *Page) ScriptLinks() []string {
	var out []string
	p.doc.Find("script:not([src])").EachWithBreak(func(_ int, s *goquery.Selection) bool {
		for _, found := range scriptAddress.FindAllString(s.Text(), mostScriptLinks-len(out)) {
			if link := p.absolute(scriptEscapes.Replace(found)); link != "" {
				out = append(out, link)
			}
		}
		return len(out) < mostScriptLinks
	})
	return distinct(out)
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
