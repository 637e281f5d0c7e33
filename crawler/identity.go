package crawler

import (
	"context"
	"crypto/sha256"
	"fmt"
	"strings"

	"jobsieve/job"
)

// digest stands for a text; that of the empty text is zero.
type digest [8]byte

// digestOf stands for a text however it is spaced, and in whatever case.
func digestOf(s string) digest { return exactly(strings.ToLower(strings.Join(strings.Fields(s), " "))) }

// exactly stands for a text whose case and spaces count.
func exactly(s string) (d digest) {
	if s != "" {
		sum := sha256.Sum256([]byte(s))
		copy(d[:], sum[:])
	}
	return d
}

// differ reports two texts that are both given and not the same.
func differ(a, b digest) bool { return a != digest{} && b != digest{} && a != b }

// likeness is what tells a posting from another that has its id.
type likeness struct{ Link, Title, Company, Place, Text digest }

// likenessOf takes in the posting's address exactly as link has it.
func likenessOf(p *job.Posting, link string) likeness {
	return likeness{
		exactly(link), digestOf(p.Title), digestOf(p.Company), digestOf(p.Location), digestOf(p.Description),
	}
}

// otherHead reports that the two don't share one title, company and place.
func (l likeness) otherHead(m likeness) bool {
	return differ(l.Title, m.Title) || differ(l.Company, m.Company) || differ(l.Place, m.Place)
}

// name gives a posting its id, and reports whether this crawl meets it for the
// first time. part tells it from the others on its page, where it has several.
//
// Where two postings that differ share an id, the second gets an id that is made
// from its link, and keeps it for as long as the ledger knows it, in whatever
// order they come.
func (c *crawl) name(ctx context.Context, p *job.Posting, part string) (fresh bool, err error) {
	n := c.naming(p, part)
	first, met, err := c.find(ctx, p, &n)
	if err != nil {
		return false, err
	}
	if !met {
		if p.ID == n.other {
			c.clashes.add(fmt.Sprintf("%s, at %s", n.id, p.URL))
		}
		c.met[hashOf(p.ID)] = n.likeness
		return true, nil
	}
	if differ(first.Title, n.Title) || differ(first.Link, n.Link) && (n.own || differ(first.Text, n.Text)) {
		c.variants.add(fmt.Sprintf("%s, at %s", p.ID, p.URL))
	}
	c.repeat()
	return false, nil
}

// find gives a posting whichever of its two ids it goes by, and what this crawl
// has met under it.
func (c *crawl) find(ctx context.Context, p *job.Posting, n *naming) (first likeness, met bool, err error) {
	ctx = context.WithoutCancel(ctx) // what was fetched is handed on, though the crawl is to end
	p.ID = n.id
	first, met = c.met[hashOf(n.id)]
	if n.other == "" {
		return first, met, nil
	}
	other := met && n.another(first)
	if !met {
		if other, err = c.isTaken(ctx, n); err != nil {
			return first, met, err
		}
	}
	if !other {
		if other, err = c.sink.Known(ctx, c.src.Name, n.other); err != nil {
			return first, met, &sinkError{err}
		}
	}
	if other {
		p.ID = n.other
		first, met = c.met[hashOf(n.other)]
	}
	return first, met, nil
}

// isTaken reports that an earlier crawl stored another posting under the id, whose own
// address is still listed, though this crawl may not ask for it.
func (c *crawl) isTaken(ctx context.Context, n *naming) (bool, error) {
	if c.visits == nil || !n.own {
		return false, nil
	}
	stored, err := c.env.Addresses.Stored(ctx, n.id)
	if err != nil {
		return false, &sinkError{err}
	}
	if stored == nil {
		return false, nil
	}
	_, listed := c.listed[hashOf(job.ExactURL(stored.URL))]
	return listed && n.another(likenessOf(stored, job.CanonicalURL(stored.URL))), nil
}

// naming is how the id of a posting is found.
type naming struct {
	id string
	// other is the id that it has where id is another posting's; empty where
	// nothing is left to make one from.
	other string
	// own says that id is the board's, and vague that it is made from an address
	// that does not look like that of one posting.
	own, vague bool
	likeness
}

func (c *crawl) naming(p *job.Posting, part string) naming {
	n := naming{own: p.ID != ""}
	c.stated(p)
	canonical, exact := job.CanonicalURL(p.URL), job.ExactURL(p.URL)
	if n.own {
		n.id = c.src.Name + ":" + p.ID
		n.likeness = likenessOf(p, joinPart(canonical, part))
		if p.URL != "" {
			n.other = n.id + "~" + strings.TrimPrefix(job.DeriveURLID("", joinPart(canonical, part)), ":url-")
		}
		return n
	}
	n.likeness = likenessOf(p, joinPart(exact, part))
	switch {
	case p.URL == "":
		n.id = job.DeriveID(p)
		return n
	case part != "":
		n.id = job.DeriveURLID(c.src.Name, joinPart(canonical, part))
	default:
		n.id = job.DeriveID(p)
	}
	n.vague = !job.NamesOne(canonical)
	n.other = job.DeriveURLID(c.src.Name, joinPart(exact, part))
	if n.other == n.id {
		n.other = job.DeriveURLID(c.src.Name, strings.Join([]string{exact, part, p.Title, p.Company, p.Location}, "\n"))
	}
	return n
}

func joinPart(link, part string) string {
	if part == "" {
		return link
	}
	return link + "\n" + part
}

// another reports that first, which has the same id, is another posting. Both the
// link and the head must say so; one of them is enough where the id was made from
// a link that does not look like that of one posting.
func (n *naming) another(first likeness) bool {
	link, head := differ(first.Link, n.Link), n.otherHead(first)
	if n.vague {
		return link || head
	}
	return link && head
}

// repeat counts a posting that this crawl has met before.
func (c *crawl) repeat() {
	c.repeated++
	c.sink.Repeated()
}

// examples counts cases of a kind, and keeps the first few.
type examples struct {
	N     int
	First []string
}

func (e *examples) add(s string) {
	if e.N++; len(e.First) < 3 {
		e.First = append(e.First, s)
	}
}

func (e *examples) String() string {
	s := strings.Join(e.First, "; ")
	if e.N > len(e.First) {
		s += "; …"
	}
	return s
}

// tellIdentities notes for people where ids did not tell postings apart.
func (c *crawl) tellIdentities() {
	if c.clashes.N > 0 {
		c.problem(fmt.Sprintf("%s with the id of another one, but a different link and head: "+
			"each is stored under an id made from its link (%s)", job.Count(c.clashes.N, "posting"), &c.clashes))
	}
	if c.variants.N > 0 {
		c.problem(fmt.Sprintf("%s met again under another title or link: "+
			"counted as repeated; what was met first is stored (%s)", job.Count(c.variants.N, "posting"), &c.variants))
	}
}
