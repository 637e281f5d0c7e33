package crawler

import (
	"bytes"
	"context"
	"fmt"
	"net/url"
	"regexp"
	"slices"
	"strings"

	"jobsieve/config"
	"jobsieve/crawler/ats"
	"jobsieve/crawler/extract"
	"jobsieve/crawler/fetch"
	"jobsieve/job"
)

// Found is a source that reads what an address leads to.
type Found struct {
	// How says how it was recognised.
	How    string
	Source config.Source
	// Preview is a look at it, nil where it could not be tried; then Trouble says
	// why.
	Preview *Preview
	Trouble string
	// Tried says what else was tried, and why it was rejected.
	Tried []string
}

// Rename gives the source another name, in the preview too.
func (f *Found) Rename(name string) {
	f.Source.Name = name
	if f.Preview == nil {
		return
	}
	for i := range f.Preview.Postings {
		f.Preview.Postings[i].Source = name
	}
}

// probeLimit is how many postings of a source are looked at.
const probeLimit = 5

// prober looks for the source that an address leads to.
type prober struct {
	ctx     context.Context
	env     Env
	fetch   config.Fetch
	get     *getter
	address string
	tried   []string
	found   *Found
	noted   string // what is to be told of a platform if nothing is found
}

// Probe looks at a page and finds out how its postings are best read: through
// the platform that it belongs to, as a feed, a sitemap, JSON, pages with JSON-LD,
// or a list. It asks for few pages, one after the other, each once.
func Probe(ctx context.Context, address string, env Env, settings config.Fetch) (*Found, error) {
	u, err := url.Parse(address)
	if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Host == "" {
		return nil, fmt.Errorf("expected the address of a page, such as https://careers.example.org, got %q", address)
	}
	p := &prober{ctx: ctx, env: env, fetch: settings, address: address}
	src := p.source(config.KindHTML, address)
	if env.Contact == "" && !private(&src) {
		return nil, errNoContact
	}
	p.env.Hosts = NewHosts(nil)
	p.get = newGetter(ctx, &src, p.env)
	answers := answers{}
	p.get.env.Pages, p.env.Pages, p.get.env.Resumed, p.env.Resumed = answers, answers, true, true
	if b, ok := ats.Recognise(address); ok && p.board(b, "its address") {
		return p.end()
	}
	p.noteUnread(address)
	page, err := p.get.page(address)
	if p.robotsBoard() {
		return p.end()
	}
	if err != nil {
		return nil, p.withNote(err)
	}
	p.noteUnread(page.URL.String())
	if b, ok := ats.Recognise(page.URL.String()); ok && p.board(b, "the address that it redirects to") {
		return p.end()
	}
	if err := p.page(page); err != nil {
		return nil, err
	}
	return p.end()
}

// answers keeps the answers of a probe, so that each page is asked for once.
type answers map[string]Answer

// Keep keeps an answer.
func (a answers) Keep(_ context.Context, request string, answer *Answer) error {
	a[request] = *answer
	return nil
}

// Kept gives an answer.
func (a answers) Kept(_ context.Context, request string) (Answer, bool, error) {
	answer, ok := a[request]
	return answer, ok, nil
}

// Last has none: a probe has no crawl before it.
func (a answers) Last(context.Context, string) (Answer, bool, error) { return Answer{}, false, nil }

func (p *prober) end() (*Found, error) {
	if p.found == nil {
		const format = "nothing on %s was recognised as postings: tried %s. " +
			"Look for a page that lists them, their feed or their sitemap; " +
			"docs/sources.md says how to write a source by hand"
		return nil, fmt.Errorf(format, p.address, strings.Join(p.tried, "; "))
	}
	p.found.Tried = p.tried
	return p.found, nil
}

var notNameBytes = regexp.MustCompile(`[^a-z0-9]+`)

func nameOf(s string) string {
	name := strings.Trim(notNameBytes.ReplaceAllString(strings.ToLower(strings.TrimPrefix(s, "www.")), "-"), "-")
	if name == "" {
		return "source"
	}
	return name
}

// source makes a source of a kind at an address.
func (p *prober) source(kind config.Kind, address string) config.Source {
	name := "source"
	if u, err := url.Parse(address); err == nil {
		name = nameOf(u.Hostname())
	}
	return config.Source{Name: name, Kind: kind, URL: address, Pages: config.DefaultPages, Fetch: p.fetch}
}

// try looks at a source, and takes it if it has postings.
func (p *prober) try(how string, src config.Source) bool {
	look, err := Look(p.ctx, &src, p.env, probeLimit)
	switch {
	case err != nil:
		p.tried = append(p.tried, how+": "+err.Error())
	case len(look.Postings) == 0:
		why := look.Receipt.Why
		if why == "" || p.ctx.Err() == nil && !look.Receipt.Failed {
			why = "it gave no posting"
		}
		p.tried = append(p.tried, how+": "+why)
	default:
		p.found = &Found{How: how, Source: src, Preview: look}
		return true
	}
	return false
}

// board takes a board on a platform. One that can't be tried is taken all the
// same where its address is certain.
func (p *prober) board(b ats.Board, by string) bool {
	src := config.Source{
		Name: nameOf(b.Account), Kind: config.KindATS, Pages: config.DefaultPages, Fetch: p.fetch,
		Platform: b.Platform, Account: b.Account, Site: b.Site, URL: b.Base,
	}
	switch {
	case b.Own:
		src.Name = p.source(config.KindATS, b.Base).Name
	case b.Account == "":
		src.Name = b.Platform
	}
	how := fmt.Sprintf("a board on %s, known by %s", b.Platform, by)
	if p.try(how, src) || b.Own {
		return p.found != nil
	}
	last := len(p.tried) - 1
	p.found = &Found{How: how, Source: src, Trouble: p.tried[last]}
	p.tried = p.tried[:last]
	return true
}

// page finds out what a page is.
func (p *prober) page(got *page) error {
	if items, err := extract.Feed(got.URL, got.Body); err == nil || len(items) > 0 {
		if p.try("a feed", p.source(config.KindFeed, p.address)) {
			return nil
		}
	}
	if extract.IsSitemap(got.Body) {
		p.sitemap(p.address, "a sitemap", maxNested)
		return nil
	}
	if v, ok := jsonOf(got.Body); ok {
		if g, ok := extract.GuessJSON(v); ok {
			p.state("JSON with a list of postings", g)
		} else {
			p.tried = append(p.tried, "JSON: no list in it looks like postings")
		}
		return nil
	}
	doc, err := extract.NewPage(got.URL, got.Body)
	if err != nil {
		return err
	}
	if p.linkedBoard(doc) || p.html(doc) {
		return nil
	}
	own, _ := doc.JobPostings()
	if wall := doc.Wall(); wall != "" && len(own) == 0 {
		return p.withNote(&WallError{p.address, wall})
	}
	return nil
}

func jsonOf(body []byte) (v any, ok bool) {
	trimmed := bytes.TrimSpace(body)
	if len(trimmed) == 0 || trimmed[0] != '{' && trimmed[0] != '[' {
		return nil, false
	}
	v, err := extract.DecodeJSON(trimmed)
	return v, err == nil
}

// html tries the ways to read a web page, the surest first.
func (p *prober) html(doc *extract.Page) bool {
	list, isList := doc.GuessList()
	if isList && p.jsonld(list) {
		return true
	}
	if g, ok := doc.GuessState(); ok && p.state("postings in what the page's script reads, "+g.State, g) {
		return true
	}
	for i, feed := range doc.Feeds() {
		if i < 3 && p.feed(feed) {
			return true
		}
	}
	own, _ := doc.JobPostings()
	if (len(own) > 0 || !isList) && p.sitemaps() {
		return true
	}
	if len(own) == 1 {
		p.tried = append(p.tried, "the page itself: it is that of one posting, with JobPosting JSON-LD; "+
			"probe the list that leads to it")
		return false
	}
	if isList {
		src := p.source(config.KindHTML, p.address)
		src.List = config.List{Item: list.Item, Next: list.Next, Fields: list.Fields}
		if p.try(fmt.Sprintf("a list of similar elements, %s", list.Item), src) {
			return true
		}
	} else {
		p.tried = append(p.tried, "a list: no similar elements lead to postings")
	}
	return false
}

// jsonld tries whether the pages that a list leads to have JobPosting JSON-LD.
func (p *prober) jsonld(list extract.ListGuess) bool {
	how := "a list that leads to pages with JobPosting JSON-LD"
	if list.First == "" {
		return false
	}
	got, err := p.get.page(list.First)
	if err != nil {
		p.tried = append(p.tried, how+": "+err.Error())
		return false
	}
	doc, err := extract.NewPage(got.URL, got.Body)
	if err != nil {
		return false
	}
	if own, _ := doc.JobPostings(); len(own) == 0 {
		p.tried = append(p.tried, how+": "+list.First+" has none")
		return false
	}
	src := p.source(config.KindJSONLD, p.address)
	src.List.Next = list.Next
	src.Detail.Link = config.Field{Select: strings.TrimSpace(list.Item + " " + list.Link.Select), Attr: list.Link.Attr}
	if !p.try(how, src) {
		return false
	}
	if p.found.Preview.Rejected[job.RejectNoTitle]+p.found.Preview.Rejected[job.RejectUnreadable] == 0 {
		return true
	}
	// Not all pages have it: the list says what they leave open.
	src.Kind = config.KindHTML
	src.List.Item, src.List.Fields, src.Detail.Link = list.Item, list.Fields, list.Link
	return p.try("a list that leads to pages, some with JobPosting JSON-LD", src)
}

func (p *prober) state(how string, g extract.StateGuess) bool {
	src := p.source(config.KindJSON, p.address)
	src.State, src.Items, src.Columns = g.State, g.Items, config.ColumnsOf(g.Columns)
	if !p.try(how, src) {
		return false
	}
	if len(g.Pay) > 0 {
		const format = "the pay at %s, since no period is given beside it: " +
			"name the columns salary_min and salary_max, and say the period, such as pay: {period: month}"
		p.tried = append(p.tried, fmt.Sprintf(format, strings.Join(g.Pay, " and ")))
	}
	return true
}

// feed tries a feed that the page offers, if what it holds looks like postings.
func (p *prober) feed(address string) bool {
	got, err := p.get.page(address)
	if err != nil {
		p.tried = append(p.tried, address+": "+err.Error())
		return false
	}
	items, _ := extract.Feed(got.URL, got.Body) // the crawl reports what is damaged in it
	jobs := 0
	for i := range items {
		if extract.LooksLikeJob(items[i].URL) {
			jobs++
		}
	}
	if jobs*2 < len(items) || len(items) == 0 {
		p.tried = append(p.tried, "the feed "+address+": what it holds does not look like postings")
		return false
	}
	return p.try("a feed that the page offers", p.source(config.KindFeed, address))
}

// robotsSitemaps lists the sitemaps that the robots.txt of the page's host names, and gives
// the page's address.
func (p *prober) robotsSitemaps() (u *url.URL, named []string) {
	u, err := url.Parse(p.address)
	if err != nil {
		return &url.URL{}, nil
	}
	if robots := p.get.transport.Stats().Robots[fetch.HostKey(u)]; robots != nil {
		named = robots.Sitemaps
	}
	return u, named
}

// sitemaps tries the sitemaps that robots.txt names.
func (p *prober) sitemaps() bool {
	u, named := p.robotsSitemaps()
	for _, address := range named[:min(len(named), 3)] {
		at, err := u.Parse(address)
		if err != nil || fetch.HostKey(at) != fetch.HostKey(u) {
			continue
		}
		if p.sitemap(at.String(), "a sitemap that robots.txt names", maxNested) {
			return true
		}
	}
	return false
}

// sitemap tries a sitemap; for an index, the part that is named after postings,
// which may itself be an index, down to the given depth.
func (p *prober) sitemap(address, how string, deep int) bool {
	got, err := p.get.page(address)
	if err != nil {
		p.tried = append(p.tried, how+": "+err.Error())
		return false
	}
	file, err := extract.Sitemap(got.URL, got.Body)
	if err != nil && len(file.Pages)+len(file.Sitemaps) == 0 {
		p.tried = append(p.tried, how+": "+err.Error())
		return false
	}
	if len(file.Pages) == 0 {
		i := slices.IndexFunc(file.Sitemaps, func(e extract.SitemapEntry) bool {
			return regexp.MustCompile(`(?i)job|career|vacanc|opening|posting`).MatchString(e.URL)
		})
		if i < 0 || deep == 0 {
			p.tried = append(p.tried, how+": it leads to other sitemaps, none of which is named after postings")
			return false
		}
		return p.sitemap(file.Sitemaps[i].URL, how, deep-1)
	}
	src := p.source(config.KindSitemap, address)
	if src.Match = extract.GuessMatch(file.Pages); src.Match == "" {
		p.tried = append(p.tried, how+": none of its addresses looks like that of a posting")
		return false
	}
	return p.try(how, src)
}
