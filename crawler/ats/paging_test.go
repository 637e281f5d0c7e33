package ats

import (
	"strconv"
	"testing"

	"jobsieve/job"
)

// board is a board of ours that is asked by where a page begins.
type board struct {
	ids   []string // what it has
	size  int      // how many it gives at once, of 10 that are asked for
	whole bool     // it counts in whole pages: others do not exist
	hides int      // it leaves out every so-manieth
	same  bool     // it gives the first page for every other
	total string   // what it says it has
}

func (b *board) page(offset int) *Page {
	p := &Page{Total: number(object{"total": b.total}, "total")}
	at := offset
	if b.same {
		at = 0
	}
	for i := at; i < min(len(b.ids), at+b.size); i++ {
		if b.whole && at%10 != 0 || b.hides > 0 && i%b.hides == 0 {
			continue
		}
		p.Postings = append(p.Postings, job.Posting{ID: b.ids[i]})
	}
	p.counted(&Request{Offset: offset}, 10, func(offset int) *Request { return &Request{Offset: offset} })
	return p
}

func idsTo(n int) (ids []string) {
	for i := range n {
		ids = append(ids, strconv.Itoa(i+1))
	}
	return ids
}

// TestPaging leads through boards whose pages are short, or whose totals are not
// true: all that they give is met.
func TestPaging(t *testing.T) {
	for name, tt := range map[string]struct {
		board         board
		met, requests int
		end           job.End
	}{
		"a total":                      {board{ids: idsTo(25), size: 10, total: "25"}, 25, 3, job.EndTotal},
		"a total, full pages":          {board{ids: idsTo(20), size: 10, total: "20"}, 20, 2, job.EndTotal},
		"no total":                     {board{ids: idsTo(25), size: 10}, 25, 5, job.EndEmpty},
		"no total, full pages":         {board{ids: idsTo(20), size: 10}, 20, 3, job.EndEmpty},
		"fewer than are asked for":     {board{ids: idsTo(25), size: 7, total: "25"}, 25, 4, job.EndTotal},
		"the same without a total":     {board{ids: idsTo(25), size: 7}, 25, 6, job.EndEmpty},
		"some are left out":            {board{ids: idsTo(35), size: 10, hides: 4, total: "35"}, 26, 7, job.EndEmpty},
		"gaps, whole pages":            {board{ids: idsTo(35), size: 10, hides: 4, whole: true, total: "35"}, 26, 9, job.EndEmpty},
		"the same page again":          {board{ids: idsTo(10), size: 10, same: true}, 10, 2, ""},
		"the same page again, short":   {board{ids: idsTo(8), size: 10, same: true, total: "900"}, 8, 3, ""},
		"a total of 0":                 {board{ids: idsTo(25), size: 10, total: "0"}, 25, 5, job.EndEmpty},
		"a total below 0":              {board{ids: idsTo(25), size: 10, total: "-5"}, 25, 5, job.EndEmpty},
		"a total that is too low":      {board{ids: idsTo(25), size: 10, total: "5"}, 25, 5, job.EndEmpty},
		"a total that is too high":     {board{ids: idsTo(25), size: 10, total: "1000000000000"}, 25, 5, job.EndEmpty},
		"a total that no number holds": {board{ids: idsTo(25), size: 10, total: "99999999999999999999"}, 25, 5, job.EndEmpty},
		"nothing at all":               {board{size: 10}, 0, 1, job.EndEmpty},
	} {
		t.Run(name, func(t *testing.T) {
			var g Paging
			requests, end := 0, job.End("")
			for req := (&Request{}); req != nil && requests < 50; requests++ {
				req, end = g.After(tt.board.page(req.Offset))
			}
			if g.Met() != tt.met || requests != tt.requests || end != tt.end {
				t.Errorf("met %d in %d requests, end %q; want %d, %d, %q", g.Met(), requests, end, tt.met, tt.requests, tt.end)
			}
		})
	}
}

// TestPagingLinks leads through boards that name the next page themselves.
func TestPagingLinks(t *testing.T) {
	next := &Request{}
	one, two := job.Posting{ID: "1"}, job.Posting{ID: "2"}
	total := 1
	for name, tt := range map[string]struct {
		pages []Page
		end   job.End
	}{
		"one page":                {[]Page{{Postings: []job.Posting{one}}}, job.EndWhole},
		"one page with its total": {[]Page{{Postings: []job.Posting{one}, Total: &total}}, job.EndTotal},
		"no next": {[]Page{{Postings: []job.Posting{one}, Next: next},
			{Postings: []job.Posting{two}}}, job.EndNoNext},
		"a link beyond the total": {[]Page{{Postings: []job.Posting{one}, Total: &total, Next: next},
			{Postings: []job.Posting{two}}}, job.EndNoNext},
		"an empty page in between": {[]Page{{Postings: []job.Posting{one}, Next: next}, {Next: next},
			{Postings: []job.Posting{two}}}, job.EndNoNext},
		"nothing new": {[]Page{{Postings: []job.Posting{one}, Next: next},
			{Postings: []job.Posting{one}, Next: next}}, ""},
		"only faults": {[]Page{{Faults: []string{"x"}, Next: next},
			{Postings: []job.Posting{two}}}, job.EndNoNext},
	} {
		t.Run(name, func(t *testing.T) {
			var g Paging
			for i := range tt.pages {
				req, end := g.After(&tt.pages[i])
				if last := i == len(tt.pages)-1; (req == nil) != last || last && end != tt.end {
					t.Errorf("page %d: next %v, end %q; want %q", i, req, end, tt.end)
				}
			}
		})
	}
}
