package ledger

import (
	"cmp"
	"context"
	"database/sql"
	"errors"
	"slices"

	"jobsieve/job"
	"jobsieve/vacancy"
)

// mostGrouped is how many postings are grouped together at most. A cluster that grows
// beyond keeps those that came first, and takes in what joins any of them.
const mostGrouped = 500

// regroup makes the clusters of all touched postings anew.
func (g *grouper) regroup(ctx context.Context) error {
	var numbers []int64
	for n := range g.touched {
		numbers = append(numbers, n)
	}
	slices.Sort(numbers)
	done := map[int64]bool{}
	for _, n := range numbers {
		if done[n] {
			continue
		}
		c, err := g.component(ctx, n)
		if err != nil {
			return err
		}
		for _, m := range c.members {
			done[m.n] = true
		}
		if err := g.place(ctx, c); err != nil {
			return err
		}
	}
	return nil
}

// component is the postings that hang together by pairs that are the same.
type component struct {
	members []*clustered // by their keys
	edges   []vacancy.Edge
	decided vacancy.Decisions
	whole   bool // whether it has all of them
}

// clustered is a member of a component, as it is stored.
type clustered struct {
	n int64
	placed
	guards vacancy.Guards
	offer  bool
	date   string
	key    string
	pairs  []pairOf
}

// placed is where a member is.
type placed struct {
	cluster int64
	joined  int64 // the member of it that it joined, 0 for the first
	vacancy job.Vacancy
	role    job.VacancyRole
}

// pairOf is a posting that another is the same as.
type pairOf struct {
	other int64
	score float64
}

// pairsOf gives the postings that one is the same as, up to limit.
func (g *grouper) pairsOf(ctx context.Context, n int64, limit int) (out []pairOf, err error) {
	const query = `SELECT b, score FROM vacancy_pair WHERE a = $1 AND NOT linked
		UNION ALL SELECT a, score FROM vacancy_pair WHERE b = $1 AND NOT linked LIMIT $2`
	err = g.tx.each(ctx, query, []any{n, limit}, func(scan func(...any) error) error {
		var p pairOf
		err := scan(&p.other, &p.score)
		out = append(out, p)
		return err
	})
	return out, err
}

// decision is what a person said of a posting and another.
type decision struct {
	other    int64
	together bool
}

func (g *grouper) decisionsOf(ctx context.Context, n int64) (out []decision, err error) {
	const query = `SELECT b, together FROM vacancy_decision WHERE a = $1
		UNION ALL SELECT a, together FROM vacancy_decision WHERE b = $1`
	err = g.tx.each(ctx, query, []any{n}, func(scan func(...any) error) error {
		var d decision
		err := scan(&d.other, &d.together)
		out = append(out, d)
		return err
	})
	return out, err
}

// component collects the component of a posting, mostGrouped at most; those of its
// cluster come along, whatever held them together before.
func (g *grouper) component(ctx context.Context, from int64) (*component, error) {
	c := &component{whole: true}
	found := map[int64]*clustered{}
	decided := map[int64][]decision{}
	queued, clusters := map[int64]bool{from: true}, map[int64]bool{}
	for queue := []int64{from}; len(queue) > 0; queue = queue[1:] {
		if len(found) == mostGrouped {
			c.whole = false
			break
		}
		n := queue[0]
		m, err := g.member(ctx, n)
		if err != nil {
			return nil, err
		}
		if m == nil { // it was forgotten
			continue
		}
		found[n], c.members = m, append(c.members, m)
		if decided[n], err = g.decisionsOf(ctx, n); err != nil {
			return nil, err
		}
		next := m.bound(decided[n])
		if !clusters[m.cluster] {
			clusters[m.cluster] = true
			mates, err := g.tx.numbers(ctx, "SELECT n FROM vacancy_member WHERE cluster = $1 ORDER BY n LIMIT $2",
				m.cluster, mostGrouped)
			if err != nil {
				return nil, err
			}
			next = append(next, mates...)
			c.whole = c.whole && len(mates) < mostGrouped
		}
		for _, n := range next {
			if !queued[n] {
				queued[n] = true
				queue = append(queue, n)
			}
		}
	}
	slices.SortFunc(c.members, func(x, y *clustered) int { return cmp.Compare(x.key, y.key) })
	c.connect(decided)
	return c, nil
}

// bound are the postings that a person joined with a member, or that are the same.
func (m *clustered) bound(decided []decision) (out []int64) {
	for _, d := range decided {
		if d.together {
			out = append(out, d.other)
		}
	}
	for _, p := range m.pairs {
		out = append(out, p.other)
	}
	return out
}

// connect notes pairs and decisions by places in the list of members.
func (c *component) connect(decided map[int64][]decision) {
	places := map[int64]int{}
	for i, m := range c.members {
		places[m.n] = i
	}
	for i, m := range c.members {
		for _, p := range m.pairs {
			if at, ok := places[p.other]; ok && i < at {
				c.edges = append(c.edges, vacancy.Edge{A: i, B: at, Score: p.score})
			}
		}
		for _, d := range decided[m.n] {
			at, ok := places[d.other]
			switch {
			case !ok || i >= at:
			case d.together:
				c.decided.Together = append(c.decided.Together, [2]int{i, at})
			default:
				c.decided.Apart = append(c.decided.Apart, [2]int{i, at})
			}
		}
	}
}

// member gives a member with what groups are made by, which a damaged posting lacks; nil
// where there is none.
func (g *grouper) member(ctx context.Context, n int64) (*clustered, error) {
	const query = `SELECT m.cluster, coalesce(m.joined, 0), m.vacancy, m.role, p.source, p.id, p.revision
		FROM vacancy_member m JOIN posting p USING (n) WHERE n = $1`
	m := &clustered{n: n}
	var source, id string
	var vacancy, revision int64
	err := g.tx.row(ctx, query, []any{n}, &m.cluster, &m.joined, &vacancy, &m.role, &source, &id, &revision)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	m.key, m.vacancy = Key(source, id), job.Vacancy(vacancy)
	c, err := g.loadAt(ctx, n, revision)
	if err != nil {
		return nil, err
	}
	if c != nil {
		m.guards, m.offer, m.date = c.traits.Guards, c.offer, c.date
	}
	m.pairs, err = g.pairsOf(ctx, n, mostGrouped)
	return m, err
}
