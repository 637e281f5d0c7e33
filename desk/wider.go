package desk

import (
	"cmp"
	"context"
	"maps"
	"slices"
	"strings"

	"jobsieve/filter"
)

// Wider is a question that finds postings where one that is asked finds none.
type Wider struct {
	// Without is the flag that it leaves out, with its value; empty where it leaves out
	// quotation marks.
	Without []string `json:"without"`
	// Total is how many postings it finds.
	Total int `json:"total"`
}

// mostWider is how many of them are told.
const mostWider = 3

// quotes are what makes words literal.
var quotes = strings.NewReplacer(`"`, " ", "“", " ", "”", " ")

// wider finds out which part of a filter keeps everything out: without which one part the
// rest finds postings. Those that find most come first.
func (d *Desk) wider(ctx context.Context, f *filter.Filter, ask asking) (out []Wider, err error) {
	try := func(without []string, g *filter.Filter) {
		if err != nil {
			return
		}
		q, _, e := d.queryOf(ctx, g, ask)
		if e != nil { // what is left is no question
			err = ctx.Err()
			return
		}
		q = withoutClosed(g, q)
		q.Uncounted = true
		found, e := ask(ctx, q)
		if err = e; err == nil && found.Total > 0 {
			out = append(out, Wider{without, found.Total})
		}
	}
	for _, name := range slices.Sorted(maps.Keys(f.Values())) {
		if name == "text" || name == "pay_period" || name == "all" {
			continue
		}
		rest, part := f.Apart(name)
		if rest.Asks() {
			try(part.Args(), &rest)
		}
	}
	if plain := quotes.Replace(f.Text); plain != f.Text && !f.Exact {
		rest := *f
		rest.Text = plain
		try([]string{}, &rest)
	}
	slices.SortStableFunc(out, func(a, b Wider) int { return cmp.Compare(b.Total, a.Total) })
	return out[:min(len(out), mostWider)], err
}
