package ledger

import (
	"cmp"
	"context"
	"database/sql"
	"encoding/json"
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
	traits memberTraits
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

// pairOf is what a posting is to another.
type pairOf struct {
	other  int64
	linked bool
	score  float64
}

// pairsOf gives the pairs of a posting.
func (g *grouper) pairsOf(ctx context.Context, n int64) (out []pairOf, err error) {
	const query = `SELECT b, linked, score FROM vacancy_pair WHERE a = $1
		UNION ALL SELECT a, linked, score FROM vacancy_pair WHERE b = $1`
	err = g.tx.each(ctx, query, []any{n}, func(scan func(...any) error) error {
		var p pairOf
		err := scan(&p.other, &p.linked, &p.score)
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
			mates, err := g.numbers(ctx, "SELECT n FROM vacancy_member WHERE cluster = $1 ORDER BY n LIMIT $2",
				m.cluster, mostGrouped)
			if err != nil {
				return nil, err
			}
			next = append(next, mates...)
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

// bound are the postings that are the same as a member, or that a person joined with it.
func (m *clustered) bound(decided []decision) (out []int64) {
	for _, p := range m.pairs {
		if !p.linked {
			out = append(out, p.other)
		}
	}
	for _, d := range decided {
		if d.together {
			out = append(out, d.other)
		}
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
			if at, ok := places[p.other]; ok && i < at && !p.linked {
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

// member gives a member as it is stored; nil where there is none.
func (g *grouper) member(ctx context.Context, n int64) (*clustered, error) {
	const query = `SELECT m.cluster, coalesce(m.joined, 0), m.vacancy, m.role, m.traits, p.source, p.id
		FROM vacancy_member m JOIN posting p USING (n) WHERE n = $1`
	var m *clustered
	err := g.tx.each(ctx, query, []any{n}, func(scan func(...any) error) error {
		m = &clustered{n: n}
		var traits []byte
		var source, id string
		var vacancy int64
		if err := scan(&m.cluster, &m.joined, &vacancy, &m.role, &traits, &source, &id); err != nil {
			return err
		}
		m.key, m.vacancy = Key(source, id), job.Vacancy(vacancy)
		return json.Unmarshal(traits, &m.traits)
	})
	if err != nil || m == nil {
		return nil, err
	}
	m.pairs, err = g.pairsOf(ctx, n)
	return m, err
}

// place groups a component and writes what is new.
func (g *grouper) place(ctx context.Context, c *component) error {
	guards := make(vacancy.Members, len(c.members))
	for i, m := range c.members {
		guards[i] = m.traits.Guards
	}
	groups := vacancy.Group(guards, c.edges, c.decided)
	of := map[int][]int{}
	for i, first := range groups.First {
		of[first] = append(of[first], i)
	}
	for first, places := range of {
		group := make([]*clustered, len(places))
		to := make([]placed, len(places))
		for i, at := range places {
			group[i] = c.members[at]
			if at != first {
				to[i].joined = c.members[groups.Joined[at]].n
			}
		}
		if err := g.placeGroup(ctx, c, group, to); err != nil {
			return err
		}
	}
	return nil
}

// placeGroup puts a group of a component into a cluster; to says whom each has joined. A
// group of a component that is not whole stays in the eldest of its clusters, with the rest
// of it.
func (g *grouper) placeGroup(ctx context.Context, c *component, group []*clustered, to []placed) error {
	cluster, key := group[0].n, group[0].key
	var rest []*clustered
	if !c.whole {
		cluster = slices.MinFunc(group, func(x, y *clustered) int { return cmp.Compare(x.cluster, y.cluster) }).cluster
		var err error
		if rest, key, err = g.rest(ctx, cluster, group); err != nil {
			return err
		}
	}
	all := slices.Concat(group, rest)
	for _, m := range rest {
		to = append(to, placed{joined: m.joined})
	}
	best := representative(all)
	for i, m := range all {
		to[i].cluster, to[i].vacancy, to[i].role = cluster, job.VacancyOf(key), job.RoleOther
		switch {
		case len(all) == 1:
			to[i].role = job.RoleAlone
		case m == best:
			to[i].role = job.RoleRepresentative
		}
		if err := g.put(ctx, m, to[i]); err != nil {
			return err
		}
	}
	return nil
}

// rest gives those members of a cluster that a group lacks and that may have to be told
// something else, which are the representative, and all where the cluster got another
// name; and the key by which it is called.
func (g *grouper) rest(
	ctx context.Context, cluster int64, group []*clustered,
) (out []*clustered, key string, err error) {
	var source, id string
	if err := g.tx.row(ctx, "SELECT source, id FROM posting WHERE n = $1", []any{cluster}, &source, &id); err != nil {
		return nil, "", err
	}
	key = Key(source, id)
	const query = "SELECT n FROM vacancy_member WHERE cluster = $1 AND (role <> $2 OR vacancy <> $3) ORDER BY n"
	numbers, err := g.numbers(ctx, query, cluster, job.RoleOther, int64(job.VacancyOf(key)))
	if err != nil {
		return nil, "", err
	}
	for _, n := range numbers {
		if slices.ContainsFunc(group, func(m *clustered) bool { return m.n == n }) {
			continue
		}
		m, err := g.member(ctx, n)
		if err != nil {
			return nil, "", err
		}
		out = append(out, m)
	}
	return out, key, nil
}

// representative is the newest stated offer, or the newest where none states any.
func representative(group []*clustered) *clustered {
	return slices.MinFunc(group, func(x, y *clustered) int {
		offers := 0
		if x.traits.Offer != y.traits.Offer {
			offers = 1
			if x.traits.Offer {
				offers = -1
			}
		}
		return cmp.Or(offers, cmp.Compare(y.traits.Date, x.traits.Date), cmp.Compare(x.key, y.key))
	})
}

// put writes where a member is, unless that is known.
func (g *grouper) put(ctx context.Context, m *clustered, to placed) error {
	if m.placed != to {
		const query = "UPDATE vacancy_member SET cluster = $1, joined = $2, vacancy = $3, role = $4 WHERE n = $5"
		joined := sql.NullInt64{Int64: to.joined, Valid: to.joined != 0}
		if err := g.tx.exec(ctx, query, to.cluster, joined, int64(to.vacancy), to.role, m.n); err != nil {
			return err
		}
	}
	if m.vacancy == to.vacancy && m.role == to.role && !g.touched[m.n] {
		return nil
	}
	return g.tell(ctx, m.n, to)
}

// tell puts the vacancy of posting n into its summary, and lets its document wait for every
// index again, unless the summary has it.
func (g *grouper) tell(ctx context.Context, n int64, to placed) error {
	var packed []byte
	if err := g.tx.row(ctx, "SELECT packed FROM summary WHERE n = $1", []any{n}, &packed); err != nil {
		return err
	}
	var s job.Summary
	if err := g.unpacker.Unpack(packed, &s); err == nil {
		if s.Vacancy == to.vacancy && s.Role == to.role {
			return nil
		}
		s.Vacancy, s.Role = to.vacancy, to.role
		const query = "UPDATE summary SET packed = $1 WHERE n = $2"
		if err := g.tx.exec(ctx, query, s.AppendPacked(nil), n); err != nil {
			return err
		}
	} // else it stays to be made anew
	return g.tx.exec(ctx, "UPDATE posting SET revision = revision + 1 WHERE n = $1", n)
}
