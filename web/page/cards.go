package page

import (
	"cmp"
	"context"
	"errors"
	"net/url"
	"slices"
	"strconv"

	"jobsieve/desk"
	"jobsieve/indexer"
	"jobsieve/job"
	"jobsieve/ledger"
)

// card is one posting in the results.
type card struct {
	Title, URL         string
	Lang               string // of its texts, empty where that is not known
	Company            string
	Places             []string
	Pay                money
	Label, Function    string
	Score              string // empty where it is not known
	ByHand             bool
	FirstSeen, Posted  string // days; empty where not known
	PostedBefore       string
	State, StateName   string
	Closed             string
	Source, SourceName string // address and host; empty where it has no address that may be opened
	Sightings, Linked  []sighting
	Others             string // how many other postings of the vacancy there are
}

// sighting is another posting of the same vacancy, or one that is linked, with its page.
type sighting struct{ Name, URL string }

// results shows the hits of an answer.
func (a *ask) results(ctx context.Context, d *desk.Desk, got *desk.Answer) (*results, error) {
	w := a.w
	r := &results{From: a.offset + 1, To: a.offset + len(got.Hits)}
	for _, o := range orders {
		r.Sorts = append(r.Sorts, choice{w.T("sort." + string(o)), a.link(func(v url.Values) {
			v.Set(sortName, string(o))
			if o == orders[0] {
				v.Del(sortName)
			}
		}), o == a.order, ""})
	}
	at := func(offset int) string {
		return a.link(func(v url.Values) {
			if offset > 0 {
				v.Set(offsetName, strconv.Itoa(offset))
			}
		})
	}
	if a.offset > 0 {
		r.Previous = at(max(0, a.offset-perPage))
	}
	if got.More && len(got.Hits) > 0 && r.To <= indexer.MaxHits-perPage {
		r.Next = at(r.To)
	}
	docs, err := documents(ctx, d, got)
	if err != nil {
		return nil, err
	}
	for i := range got.Hits {
		r.Cards = append(r.Cards, w.cardOf(&got.Hits[i], docs[ledger.Key(got.Hits[i].Source, got.Hits[i].ID)]))
	}
	switch {
	case got.Total == 0:
		r.Nothing, err = a.nothing(ctx, d, got)
	case got.Less > 0:
		r.Less = w.T("search.less", w.Count("search.parts", got.Less))
	default:
		params := a.shownFilter().Values()
		if a.order != orders[0] {
			params.Set(sortName, string(a.order))
		}
		set(asOfName, a.day)(params)
		r.Downloads = w.downloads("/export", params, "csv", "parquet", "jsonl")
	}
	return r, err
}

// documents gives the postings of the hits as the ledger has them, by key.
func documents(ctx context.Context, d *desk.Desk, got *desk.Answer) (map[string]*indexer.Document, error) {
	docs := map[string]*indexer.Document{}
	err := d.HitDocuments(ctx, got, func(doc *indexer.Document) error {
		kept := *doc
		docs[doc.Key] = &kept
		return nil
	})
	if errors.Is(err, ledger.ErrNone) { // another ledger feeds the index
		err = nil
	}
	return docs, damaged(err)
}

// cardOf shows a hit; doc is its posting, nil where the ledger lacks it.
func (w *words) cardOf(h *desk.Card, doc *indexer.Document) card {
	c := card{
		Title: h.Title, URL: w.postingLink(h.Source, h.ID), Company: h.Company, Places: placesOf(&h.Hit),
		Pay: w.moneyOf(&h.Stated), Label: h.Label, Function: w.Value("function", h.Function),
		ByHand: h.LabelledBy == job.ByHand, Posted: h.Posted, State: h.State, Closed: h.Closed,
		SourceName: hostOf(h.URL),
	}
	if c.State == "" {
		c.State = string(job.StateUnknown)
	}
	c.StateName = w.Value(stateName, c.State)
	if h.Function == string(job.FunctionNone) {
		c.Function = ""
	}
	if c.SourceName != "" {
		c.Source = h.URL
	}
	if doc != nil {
		if doc.Language != string(job.Mixed) {
			c.Lang = doc.Language
		}
		c.Score, c.PostedBefore = score(doc.Score), doc.PostedLatest
	}
	c.FirstSeen = h.Since
	c.Sightings = w.sightings(h.Sightings, func(s *desk.Sighting) string {
		if s.Company == "" || s.Company == h.Company {
			return s.Source
		}
		return s.Source + " (" + s.Company + ")"
	})
	c.Linked = w.sightings(h.Linked, func(s *desk.Sighting) string { return cmp.Or(s.Place, s.Source) })
	if h.Others > 0 {
		c.Others = w.Count("card.others", h.Others)
	}
	return c
}

// mostNamed is how many sources, or places, of other postings a card names.
const mostNamed = 5

// sightings names other postings, those of one name together, with the page of the first.
func (w *words) sightings(all []desk.Sighting, name func(*desk.Sighting) string) (out []sighting) {
	for i := range all {
		s := sighting{name(&all[i]), w.postingLink(all[i].Source, all[i].ID)}
		isKnown := func(other sighting) bool { return other.Name == s.Name }
		if len(out) < mostNamed && !slices.ContainsFunc(out, isKnown) {
			out = append(out, s)
		}
	}
	return out
}

var steps = []string{"", ".", ".."}

// placesOf are the cities of a hit; its states or its countries where it names none.
func placesOf(h *indexer.Hit) []string {
	for _, places := range [][]string{h.City, h.Stated.State, h.Country} {
		if len(places) > 0 {
			return places
		}
	}
	return nil
}

// postingLink gives the address of a posting's page. Names that browsers take for steps
// along the path are parameters.
func (w *words) postingLink(source, id string) string {
	if slices.Contains(steps, source) || slices.Contains(steps, id) {
		return w.link("/posting", url.Values{"source": {source}, "id": {id}})
	}
	return w.link("/posting/"+url.PathEscape(source)+"/"+url.PathEscape(id), nil)
}
