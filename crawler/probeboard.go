package crawler

import (
	"fmt"
	"slices"
	"strings"

	"jobsieve/crawler/ats"
	"jobsieve/crawler/extract"
)

// linkedBoard takes the board on a platform that the page leads to: by what it names, else
// by what its scripts do, else by what it loads. What leads to a platform that isn't read is noted.
func (p *prober) linkedBoard(doc *extract.Page) bool {
	links, scripts := doc.Links(), doc.ScriptLinks()
	if b, ok := mostNamed(links); ok && p.board(b, "what the page links to") {
		return true
	}
	if b, ok := mostNamed(scripts); ok && p.board(b, "what a script of the page names") {
		return true
	}
	if b, ok := ats.RecogniseLoaded(doc.URL, doc.Loads()); ok && p.board(b, "what the page loads") {
		return true
	}
	for _, link := range append(links, scripts...) {
		if p.noteUnread(link) {
			return false
		}
	}
	return false
}

// robotsBoard takes the board whose sitemap robots.txt names, if it is the only one there: a
// host of Workday names those of its boards so, and shows nothing at its own address.
func (p *prober) robotsBoard() bool {
	_, named := p.robotsSitemaps()
	var boards []ats.Board
	var at []string
	for _, address := range named {
		if b, ok := ats.Recognise(address); ok && !slices.Contains(boards, b) {
			boards, at = append(boards, b), append(at, address)
		}
	}
	switch len(boards) {
	case 0:
		return false
	case 1:
		return p.board(boards[0], "the sitemap that robots.txt names")
	}
	p.note(fmt.Sprintf("robots.txt names the sitemaps of %d boards, such as %s: probe that of the board that is meant",
		len(boards), strings.Join(at[:min(len(at), boardsShown)], ", ")))
	return false
}

// boardsShown is how many of several boards are shown.
const boardsShown = 5

// mostNamed gives the board that addresses lead to most often.
func mostNamed(links []string) (best ats.Board, ok bool) {
	counts := map[ats.Board]int{}
	for _, link := range links {
		if b, ok := ats.Recognise(link); ok && b.Platform != "apna" {
			if counts[b]++; counts[b] > counts[best] {
				best = b
			}
		}
	}
	return best, best.Platform != ""
}

// noteUnread notes the first address of a platform that is known and not read, and reports
// whether this is one.
func (p *prober) noteUnread(address string) bool {
	platform := ats.RecogniseUnread(address)
	if platform == nil {
		return false
	}
	if p.noted == "" {
		const format = "%s is on %s, and is not read: %s"
		p.note(fmt.Sprintf(format, address, platform.Name, platform.Advice))
	}
	return true
}

// note keeps what is to be told of a platform if nothing is found, in place of what was
// noted before.
func (p *prober) note(s string) {
	p.noted = s
	p.tried = append(p.tried, s)
}

// withNote adds to an error what was noted of a platform.
func (p *prober) withNote(err error) error {
	if p.noted == "" {
		return err
	}
	return fmt.Errorf("%w; %s", err, p.noted)
}
