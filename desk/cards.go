package desk

import (
	"context"
	"errors"

	"jobsieve/indexer"
	"jobsieve/indexer/chosen"
	"jobsieve/ledger"
)

// Card is a hit with the other postings of its vacancy.
type Card struct {
	indexer.Hit

	// Sightings are other postings of the vacancy, whether they pass the filter or not; the
	// first of Others that there are.
	Sightings []Sighting `json:"sightings"`
	Others    int        `json:"others"`
	// Linked are postings that say the same for other cities, which are other vacancies; the
	// first of them.
	Linked []Sighting `json:"linked"`
	// Since is the day, YYYY-MM-DD in India's time, on which a posting of the vacancy was
	// first seen.
	Since string `json:"since"`
}

// Sighting is another posting of a vacancy.
type Sighting struct {
	ID        string `json:"id"`
	Source    string `json:"source"`
	Title     string `json:"title"`
	Company   string `json:"company"`
	Place     string `json:"place"`
	URL       string `json:"url"`
	Posted    string `json:"posted"`     // YYYY-MM-DD, empty where unknown
	FirstSeen string `json:"first_seen"` // YYYY-MM-DD
	// State is a job.State.
	State string `json:"posting_state"`
}

// The most that a card names.
const (
	mostSightings = 20
	mostOfCities  = 20
)

// leastMore is how many more hits are asked for where too many are of few vacancies: twice
// as many each time.
const leastMore = 20

// fold makes cards of hits, one a vacancy, that of its first hit, and asks for more hits
// where those were too few. The hits begin with the first of all.
func (a *Answer) fold(ctx context.Context, ask asking, page Page) error {
	a.Hits = []Card{}
	if page.PerPosting {
		for i := range a.Found.Hits {
			a.Hits = append(a.Hits, Card{Hit: a.Found.Hits[i]})
		}
		a.More = page.After == nil && page.Offset+len(a.Hits) < a.Total
		return nil
	}
	seen := map[string]bool{}
	hits, read := a.Found.Hits, 0
	wanted := page.Offset + page.Limit + 1 // one more says whether there are more
	q := a.query
	q.Uncounted = true
	for page.Limit > 0 && len(hits) > 0 {
		read += len(hits)
		for i := range hits {
			if v := hits[i].Vacancy; v == "" || !seen[v] {
				seen[v] = true
				a.Hits = append(a.Hits, Card{Hit: hits[i]})
			} else {
				a.Folded++
			}
		}
		q.Offset, q.Limit = read, min(max(read, leastMore), indexer.MaxHits-read)
		if len(a.Hits) >= wanted || read >= a.Total || q.Limit <= 0 {
			break
		}
		found, err := ask(ctx, q)
		if err != nil {
			return err
		}
		hits = found.Hits
	}
	a.More = len(a.Hits) >= wanted
	a.Hits = a.Hits[min(page.Offset, len(a.Hits)):min(page.Offset+page.Limit, len(a.Hits))]
	return nil
}

// complete adds the other postings of its vacancy to each card.
func (a *Answer) complete(ctx context.Context, l *ledger.Ledger) error {
	for i := range a.Hits {
		if err := a.Hits[i].complete(ctx, l); err != nil {
			return err
		}
	}
	return nil
}

func (c *Card) complete(ctx context.Context, l *ledger.Ledger) error {
	c.Sightings, c.Linked, c.Since = []Sighting{}, []Sighting{}, c.FirstSeen
	if l == nil {
		return nil
	}
	n, err := l.NumberOf(ctx, c.Source, c.ID)
	if err != nil || n == 0 {
		return err
	}
	cluster, err := l.ClusterOf(ctx, n)
	if errors.Is(err, ledger.ErrNotCompared) {
		return nil
	}
	if err != nil {
		return err
	}
	if c.Others = cluster.Postings - 1; c.Others > 0 {
		members, err := l.Members(ctx, cluster.N, mostSightings+1)
		if err != nil {
			return err
		}
		for _, m := range members {
			if err := sighted(ctx, l, m.N, n, &c.Sightings); err != nil {
				return err
			}
		}
		for _, s := range c.Sightings {
			c.Since = min(c.Since, s.FirstSeen)
		}
	}
	linked, err := l.Linked(ctx, cluster.N, mostOfCities)
	for _, other := range linked {
		err = errors.Join(err, sighted(ctx, l, other, n, &c.Linked))
	}
	return err
}

// sighted adds posting n to a list, unless it is the one that a card is about, or is
// damaged, or the list is full.
func sighted(ctx context.Context, l *ledger.Ledger, n, own int64, list *[]Sighting) error {
	if n == own || len(*list) == mostSightings {
		return nil
	}
	r, err := l.Numbered(ctx, n)
	if err != nil || r == nil {
		return err
	}
	p, doc := &r.Posting, chosen.DocumentOf(r)
	*list = append(*list, Sighting{
		ID: p.ID, Source: p.Source, Title: p.Title, Company: p.Company, Place: doc.Hit(0).Place, URL: p.URL,
		Posted: r.Posted, FirstSeen: doc.FirstSeen, State: string(r.State),
	})
	return nil
}
