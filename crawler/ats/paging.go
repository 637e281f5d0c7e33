package ats

import (
	"crypto/sha256"
	"encoding/binary"

	"jobsieve/job"
)

// Paging leads through the pages of a board and knows its end: as many postings as
// the board says it has, a page without one, or no next page. A page's length says
// nothing. The zero value is at the beginning; its fields are for keeping it.
type Paging struct {
	Entries map[uint64]bool // those that were met, by hashes
	Pages   int
	Count   int      // entries that were met, each once
	Total   int      // as the board last said; 0 where it says nothing that can be true
	Leap    *Request // past the last page, if that was short
}

// Met is how many entries were met, each once.
func (g *Paging) Met() int { return g.Count }

// After takes in a page as it was read. It gives the request for the next one; at
// the end that is nil, and end says what showed it, or is empty where the board
// only repeats itself.
func (g *Paging) After(p *Page) (next *Request, end job.End) {
	fresh := g.meet(p)
	g.Pages++
	if p.Total != nil && *p.Total > 0 {
		g.Total = *p.Total
	}
	empty := len(p.Postings)+len(p.Faults) == 0
	leap := g.Leap
	g.Leap = nil
	switch {
	case g.hasAll(p):
		return nil, job.EndTotal
	case p.Counted && fresh == 0 && leap != nil:
		return leap, ""
	case p.Counted && empty:
		return nil, job.EndEmpty
	case p.Next == nil && g.Pages == 1:
		return nil, job.EndWhole
	case p.Next == nil:
		return nil, job.EndNoNext
	case fresh == 0 && !empty:
		return nil, ""
	}
	g.Leap = p.Leap
	return p.Next, ""
}

// hasAll reports that as many entries were met as the board says it has, and that
// the page p names no next one itself.
func (g *Paging) hasAll(p *Page) bool {
	return g.Total > 0 && g.Count == g.Total && (p.Counted || p.Next == nil)
}

// meet notes the entries of a page and counts those that are new.
func (g *Paging) meet(p *Page) (fresh int) {
	if g.Entries == nil {
		g.Entries = map[uint64]bool{}
	}
	fresh = len(p.Faults)
	for i := range p.Postings {
		key := p.Postings[i].ID
		if key == "" {
			key = job.DeriveID(&p.Postings[i])
		}
		sum := sha256.Sum256([]byte(key + "\x00" + p.Postings[i].Title))
		if entry := binary.LittleEndian.Uint64(sum[:]); !g.Entries[entry] {
			g.Entries[entry] = true
			fresh++
		}
	}
	g.Count += fresh
	return fresh
}

// counted makes the requests that lead on from a page that was requested by where it
// begins. size is how many postings were requested.
func (p *Page) counted(req *Request, size int, request func(offset int) *Request) {
	p.Counted = true
	n := len(p.Postings) + len(p.Faults)
	if n == 0 {
		return
	}
	p.Next = request(req.Offset + n)
	if n < size {
		p.Leap = request(req.Offset + size)
	}
}

// numbered makes the request that leads on from a page that was requested by its
// number.
func (p *Page) numbered(next *Request) {
	p.Counted = true
	if len(p.Postings)+len(p.Faults) > 0 {
		p.Next = next
	}
}

// details makes the requests for the rest of each posting; one without an id has
// none.
func (p *Page) details(request func(id string) *Request) {
	for i := range p.Postings {
		var r *Request
		if id := p.Postings[i].ID; id != "" {
			r = request(id)
		}
		p.Details = append(p.Details, r)
	}
}
