package crawler

import (
	"fmt"

	"jobsieve/crawler/ats"
	"jobsieve/crawler/extract"
)

// linkedBoard takes the board on a platform that the page leads to: by what it names, else
// by what its scripts do. What leads to a platform that isn't read is noted.
func (p *prober) linkedBoard(doc *extract.Page) bool {
	links, scripts := doc.Links(), doc.ScriptLinks()
	if b, ok := mostNamed(links); ok && p.board(b, "what the page links to") {
		return true
	}
	if b, ok := mostNamed(scripts); ok && p.board(b, "what a script of the page names") {
		return true
	}
	for _, link := range append(links, scripts...) {
		if p.noteUnread(link) {
			return false
		}
	}
	return false
}

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
	if p.unread == "" {
		const format = "%s is on %s, and is not read: %s"
		p.unread = fmt.Sprintf(format, address, platform.Name, platform.Advice)
		p.tried = append(p.tried, p.unread)
	}
	return true
}

// withUnread adds to an error what was noted of a platform.
func (p *prober) withUnread(err error) error {
	if p.unread == "" {
		return err
	}
	return fmt.Errorf("%w; %s", err, p.unread)
}
