package ledger

import (
	"cmp"
	"context"
	"database/sql"
	"errors"
	"maps"
	"slices"

	"jobsieve/job"
	"jobsieve/vacancy"
)

// place groups a component and writes what is new.
func (g *grouper) place(ctx context.Context, c *component) error {
	guards := make(vacancy.Members, len(c.members))
	for i, m := range c.members {
		guards[i] = m.guards
	}
	groups := vacancy.Group(guards, c.edges, c.decided)
	of := map[int][]int{}
	for i, first := range groups.First {
		of[first] = append(of[first], i)
	}
	for _, first := range c.order(of) {
		places := of[first]
		group := make([]*clustered, len(places))
		to := make([]placed, len(places))
		for i, at := range places {
			group[i] = c.members[at]
			if at != first {
				to[i].joined = c.members[groups.Joined[at]].n
			}
		}
		place := g.placeWhole
		if !c.whole {
			place = func(ctx context.Context, group []*clustered, to []placed) error {
				return g.placeBeside(ctx, c, group, to, c.isApart(places))
			}
		}
		if err := place(ctx, group, to); err != nil {
			return err
		}
	}
	return nil
}

// order gives the groups, by the places of their first, those that people keep apart from
// others first.
func (c *component) order(of map[int][]int) []int {
	firsts := slices.Sorted(maps.Keys(of))
	slices.SortStableFunc(firsts, func(x, y int) int {
		switch apart := c.isApart(of[x]); {
		case apart == c.isApart(of[y]):
			return 0
		case apart:
			return -1
		}
		return 1
	})
	return firsts
}

// isApart reports a group that a person keeps apart from others of the component.
func (c *component) isApart(places []int) bool {
	return slices.ContainsFunc(c.decided.Apart, func(pair [2]int) bool {
		return slices.Contains(places, pair[0]) != slices.Contains(places, pair[1])
	})
}

// placeWhole makes a group a cluster; to says whom each has joined.
func (g *grouper) placeWhole(ctx context.Context, group []*clustered, to []placed) error {
	return g.settle(ctx, group, to, placed{cluster: group[0].n, vacancy: job.VacancyOf(group[0].key)}, len(group))
}

// settle puts members into a cluster that has so many in all.
func (g *grouper) settle(ctx context.Context, members []*clustered, to []placed, in placed, all int) error {
	best := representative(members)
	for i, m := range members {
		in.joined, in.role = to[i].joined, job.RoleOther
		switch {
		case all == 1:
			in.role = job.RoleAlone
		case m == best:
			in.role = job.RoleRepresentative
		}
		if err := g.put(ctx, m, in); err != nil {
			return err
		}
	}
	return nil
}

// placeBeside puts a group of a component that is not whole into the largest of its
// clusters, with the rest of that; what is of another cluster of which not all is known
// stays there. A group that a person keeps apart gets a cluster of its own.
func (g *grouper) placeBeside(ctx context.Context, c *component, group []*clustered, to []placed, apart bool) error {
	if apart && group[0].n != group[0].cluster {
		return g.placeWhole(ctx, group, to)
	}
	largest, sizes, err := g.sizes(ctx, group)
	if err != nil {
		return err
	}
	var moved []*clustered
	var joins []placed
	for i, m := range group {
		if m.cluster == largest || sizes[m.cluster] <= c.countOf(m.cluster) {
			moved, joins = append(moved, m), append(joins, to[i])
		}
	}
	rest, key, err := g.rest(ctx, largest, moved)
	if err != nil {
		return err
	}
	for _, m := range rest {
		moved, joins = append(moved, m), append(joins, placed{joined: m.joined})
	}
	all := sizes[largest]
	for _, m := range moved {
		if m.cluster != largest {
			all++
		}
	}
	return g.settle(ctx, moved, joins, placed{cluster: largest, vacancy: job.VacancyOf(key)}, all)
}

// countOf is how many of a cluster the component has.
func (c *component) countOf(cluster int64) (n int) {
	for _, m := range c.members {
		if m.cluster == cluster {
			n++
		}
	}
	return n
}

// sizes gives the sizes of the clusters of a group, and the largest; of several the one with
// the lowest number.
func (g *grouper) sizes(ctx context.Context, group []*clustered) (largest int64, sizes map[int64]int, err error) {
	sizes = map[int64]int{}
	for _, m := range group {
		if _, ok := sizes[m.cluster]; ok {
			continue
		}
		n, err := g.tx.numbers(ctx, "SELECT count(*) FROM vacancy_member WHERE cluster = $1", m.cluster)
		if err != nil {
			return 0, nil, err
		}
		sizes[m.cluster] = int(n[0])
		best := sizes[largest]
		if int(n[0]) > best || int(n[0]) == best && m.cluster < largest {
			largest = m.cluster
		}
	}
	return largest, sizes, nil
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
	numbers, err := g.tx.numbers(ctx, query, cluster, job.RoleOther, int64(job.VacancyOf(key)))
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
		if x.offer != y.offer {
			offers = 1
			if x.offer {
				offers = -1
			}
		}
		return cmp.Or(offers, cmp.Compare(y.date, x.date), cmp.Compare(x.key, y.key))
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
	err := g.tx.row(ctx, "SELECT packed FROM summary WHERE n = $1", []any{n}, &packed)
	if err != nil && !errors.Is(err, sql.ErrNoRows) { // then it is to be made anew
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
	if c := g.known[n]; c != nil {
		c.revision++
	}
	return g.tx.exec(ctx, "UPDATE posting SET revision = revision + 1 WHERE n = $1", n)
}
