package ledger

import (
	"context"
	"database/sql"
	"errors"
	"time"

	"jobsieve/job"
)

// Outcome is what came of asking for an address.
type Outcome string

// The outcomes.
const (
	// OutcomeGiven: it gave a posting. OutcomeAgain: one that another address had given
	// before in the same crawl.
	OutcomeGiven Outcome = "given"
	OutcomeAgain Outcome = "again"
	// OutcomeNone: it gave none, such as a page that is gone. OutcomeFailed: it could not be
	// read.
	OutcomeNone   Outcome = "none"
	OutcomeFailed Outcome = "failed"
)

// Said is what a sitemap said of a page beside what was known of it.
type Said string

// What lastmod may say.
const (
	SaidNothing   Said = "nothing"
	SaidChanged   Said = "changed"
	SaidUnchanged Said = "unchanged"
)

// Address is what is known of an address of a sitemap.
type Address struct {
	// Asked is when its page was last asked for; the zero time where it never was.
	Asked time.Time
	// Modified is what lastmod was then; the zero time for none.
	Modified time.Time
	// Way stands for how the source was read then.
	Way     string
	Outcome Outcome
	// Now says that this crawl asked for it already, before it was cut off.
	Now bool
	// State is that of the posting that goes by the address; empty for none. Over says that
	// it is closed since, as it says itself, it can be applied for no longer.
	State job.State
	Over  bool
}

// Visit is what came of asking for an address of a sitemap.
type Visit struct {
	Link string
	// ID is that of the posting that it gave; empty for none.
	ID       string
	At       time.Time
	Modified time.Time
	Outcome  Outcome
	// Said is what lastmod said, and Changed whether the page had changed.
	Said    Said
	Changed bool
}

// Addresses gives what is known of addresses, in their order. Of those that are known by
// their postings alone, since they were read before addresses were noted, it notes that;
// way stands for how the source is read.
func (c *Crawl) Addresses(ctx context.Context, links []string, way string) ([]Address, error) {
	l := lookup{crawl: c, found: map[string]Address{}}
	for _, link := range links {
		l.links = append(l.links, linkOf(link))
	}
	if err := l.run(ctx, way); err != nil {
		return nil, err
	}
	out := make([]Address, len(links))
	for i, link := range l.links {
		out[i] = l.found[string(link)]
	}
	return out, nil
}

// lookup looks for addresses.
type lookup struct {
	crawl *Crawl
	links [][]byte
	found map[string]Address // by what stands for the address
}

func (l *lookup) run(ctx context.Context, way string) error {
	if err := l.find(ctx, l.links); err != nil {
		return err
	}
	adopted, err := l.adopt(ctx, way)
	if err != nil {
		return err
	}
	return l.find(ctx, adopted)
}

// query runs a query for the rows of links, which has the source as $1 and ends with the
// name of their column.
func (l *lookup) query(ctx context.Context, query string, links [][]byte, row func(*sql.Rows) error) error {
	if len(links) == 0 {
		return nil
	}
	args := []any{l.crawl.source}
	for _, link := range links {
		args = append(args, link)
	}
	return l.crawl.ledger.scan(ctx, "look for addresses", query+" IN "+places(1, len(links)), args, row)
}

// find finds the addresses that are noted.
func (l *lookup) find(ctx context.Context, links [][]byte) error {
	const query = `SELECT a.link, a.crawl, a.asked, a.modified, a.way, a.outcome, coalesce(p.state, ''),
		p.until IS NOT NULL AND p.closed IS NOT NULL AND p.until <= p.closed
		FROM address a LEFT JOIN posting p ON p.n = a.n AND NOT p.forgotten WHERE a.source = $1 AND a.link`
	return l.query(ctx, query, links, func(rows *sql.Rows) error {
		var link []byte
		var a Address
		var crawl, asked, modified int64
		if err := rows.Scan(&link, &crawl, &asked, &modified, &a.Way, &a.Outcome, &a.State, &a.Over); err != nil {
			return err
		}
		a.Now, a.Asked = crawl == l.crawl.n, time.UnixMilli(asked)
		if modified != 0 {
			a.Modified = time.UnixMilli(modified)
		}
		l.found[string(link)] = a
		return nil
	})
}

// adopt notes the addresses that only their postings tell of, and gives them.
func (l *lookup) adopt(ctx context.Context, way string) (adopted [][]byte, err error) {
	var unknown [][]byte
	for _, link := range l.links {
		if _, ok := l.found[string(link)]; !ok {
			unknown = append(unknown, link)
		}
	}
	const query = "SELECT DISTINCT link FROM posting WHERE NOT forgotten AND source = $1 AND link"
	err = l.query(ctx, query, unknown, func(rows *sql.Rows) error {
		var link []byte
		if err := rows.Scan(&link); err != nil {
			return err
		}
		adopted = append(adopted, link)
		return nil
	})
	if err != nil || len(adopted) == 0 {
		return nil, err
	}
	const note = `INSERT INTO address (source, link, crawl, asked, modified, way, n, outcome, said, changed)
		SELECT source, link, 0, last_seen, 0, $1, n, $2, $3, FALSE FROM posting
		WHERE source = $4 AND link = $5 AND NOT forgotten ORDER BY last_seen DESC LIMIT 1`
	return adopted, l.crawl.each(ctx, len(adopted), func(tx *prepared, i int) error {
		return tx.exec(ctx, note, way, OutcomeGiven, SaidNothing, l.crawl.source, adopted[i])
	})
}

// each calls f for 0 to n-1 in one transaction, while the claim holds.
func (c *Crawl) each(ctx context.Context, n int, f func(tx *prepared, i int) error) error {
	return c.ledger.transact(ctx, "note addresses", c.while(ctx, func(tx *sql.Tx) (err error) {
		statements := prepare(tx)
		defer func() { err = errors.Join(err, statements.close()) }()
		for i := range n {
			if err := f(statements, i); err != nil {
				return err
			}
		}
		return nil
	}))
}

// Listed notes that the list of this crawl, which was read at a time, has addresses that
// are not asked for: the postings that go by them are not missed. One that an address gave
// before, and not when it was asked for last, is.
func (c *Crawl) Listed(ctx context.Context, links []string, at time.Time) error {
	const query = `UPDATE posting SET crawl = $1,
		last_seen = CASE WHEN state = 'open' AND last_seen < $2 THEN $2 ELSE last_seen END
		WHERE NOT forgotten AND n IN (SELECT p.n FROM posting p LEFT JOIN address a
		ON a.source = p.source AND a.link = p.link WHERE p.source = $3 AND p.link = $4
		AND (a.crawl IS NULL OR a.crawl <= p.crawl OR a.outcome = 'failed')
		UNION SELECT n FROM address WHERE source = $3 AND link = $4)`
	return c.each(ctx, len(links), func(tx *prepared, i int) error {
		return tx.exec(ctx, query, c.n, at.UnixMilli(), c.source, linkOf(links[i]))
	})
}

// Visited notes what came of asking for addresses, after the postings that they gave were
// stored. An address that gives none keeps the posting that it gave before, and one that is
// read again in a crawl that was cut off what its lastmod said the first time.
func (c *Crawl) Visited(ctx context.Context, visits []Visit, way string) error {
	const query = `INSERT INTO address (source, link, crawl, asked, modified, way, n, outcome, said, changed)
		VALUES ($1, $2, $3, $4, $5, $6,
		(SELECT n FROM posting WHERE source = $1 AND id = $7 AND NOT forgotten), $8, $9, $10)
		ON CONFLICT (source, link) DO UPDATE SET crawl = excluded.crawl, asked = excluded.asked,
		modified = excluded.modified, way = excluded.way, n = coalesce(excluded.n, address.n),
		outcome = excluded.outcome,
		said = CASE WHEN address.crawl = excluded.crawl THEN address.said ELSE excluded.said END,
		changed = excluded.changed OR address.crawl = excluded.crawl AND address.changed`
	return c.each(ctx, len(visits), func(tx *prepared, i int) error {
		v := &visits[i]
		modified := int64(0)
		if !v.Modified.IsZero() {
			modified = v.Modified.UnixMilli()
		}
		return tx.exec(ctx, query, c.source, linkOf(v.Link), c.n, v.At.UnixMilli(), modified, way, v.ID, v.Outcome,
			v.Said, v.Changed)
	})
}

// Told counts the pages of which a sitemap said the same when they were asked for, and
// those of them that had changed.
type Told struct{ Pages, Changed int }

// Told says how the sitemaps of the source were borne out by the pages that were asked for
// since a time.
func (c *Crawl) Told(ctx context.Context, since time.Time) (told map[Said]Told, err error) {
	told = map[Said]Told{}
	const query = `SELECT said, changed, count(*) FROM address WHERE source = $1 AND asked >= $2 GROUP BY said, changed`
	args := []any{c.source, since.UnixMilli()}
	return told, c.ledger.scan(ctx, "read what sitemaps said", query, args, func(rows *sql.Rows) error {
		var said Said
		var changed bool
		var n int
		if err := rows.Scan(&said, &changed, &n); err != nil {
			return err
		}
		t := told[said]
		if t.Pages += n; changed {
			t.Changed += n
		}
		told[said] = t
		return nil
	})
}

// DropAddresses drops the addresses of a source that were last asked for before a time.
func (c *Crawl) DropAddresses(ctx context.Context, before time.Time) error {
	return c.ledger.transact(ctx, "drop old addresses", c.while(ctx, func(tx *sql.Tx) error {
		const query = "DELETE FROM address WHERE source = $1 AND asked < $2"
		_, err := tx.ExecContext(ctx, query, c.source, before.UnixMilli())
		return err
	}))
}
