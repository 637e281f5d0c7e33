package ledger

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"jobsieve/job"
)

// Cluster is postings of one vacancy.
type Cluster struct {
	// N is its number: that of one of its postings. It changes with them.
	N        int64
	Postings int
	// Representative is the posting that stands for it: the newest stated offer, or the
	// newest posting where none states any.
	Representative int64
}

// Clusters gives the largest clusters of at least some postings, the largest first, and
// how many there are.
func (l *Ledger) Clusters(ctx context.Context, least, limit int) (out []Cluster, all int, err error) {
	const count = `SELECT count(*) FROM (SELECT 1 FROM vacancy_member GROUP BY cluster HAVING count(*) >= $1) c`
	if all, err = l.count(ctx, count, least); err != nil {
		return nil, 0, err
	}
	const query = `SELECT cluster, count(*), max(CASE WHEN role <> 'other' THEN n ELSE 0 END) FROM vacancy_member
		GROUP BY cluster HAVING count(*) >= $1 ORDER BY 2 DESC, 1 LIMIT $2`
	err = l.scan(ctx, "read clusters", query, []any{least, limit}, func(rows *sql.Rows) error {
		var c Cluster
		err := rows.Scan(&c.N, &c.Postings, &c.Representative)
		out = append(out, c)
		return err
	})
	return out, all, err
}

// ErrNotCompared says that a posting waits to be compared with others.
var ErrNotCompared = errors.New("the posting has not been compared with others yet")

// ClusterOf gives the cluster of posting n; its error is ErrNotCompared where it has none.
func (l *Ledger) ClusterOf(ctx context.Context, n int64) (c Cluster, err error) {
	const query = `SELECT cluster, count(*), max(CASE WHEN role <> 'other' THEN n ELSE 0 END) FROM vacancy_member
		WHERE cluster = (SELECT cluster FROM vacancy_member WHERE n = $1) GROUP BY cluster`
	err = l.engine.db().QueryRowContext(ctx, query, n).Scan(&c.N, &c.Postings, &c.Representative)
	if errors.Is(err, sql.ErrNoRows) {
		return c, ErrNotCompared
	}
	if err != nil {
		return c, fmt.Errorf("find the vacancy of a posting: %w", err)
	}
	return c, nil
}

// EachClustered calls f for every posting that was compared with others, with its number,
// its cluster's, and its role there. It stops at f's first error.
func (l *Ledger) EachClustered(ctx context.Context, f func(n, cluster int64, role job.VacancyRole) error) error {
	const query = "SELECT n, cluster, role FROM vacancy_member"
	return l.scan(ctx, "read clusters", query, nil, func(rows *sql.Rows) error {
		var n, cluster int64
		var role job.VacancyRole
		if err := rows.Scan(&n, &cluster, &role); err != nil {
			return err
		}
		return f(n, cluster, role)
	})
}

// Clustered is a posting of a cluster, and why it is there.
type Clustered struct {
	N    int64
	Role job.VacancyRole
	// Joined is the posting that it joined, 0 for the first. Score and Agreed say why;
	// both are empty where a person said so, or other postings hold the two together.
	Joined int64
	Score  float64
	Agreed string
	ByHand bool
}

// Members gives the postings of a cluster, up to limit, the first first.
func (l *Ledger) Members(ctx context.Context, cluster int64, limit int) (out []Clustered, err error) {
	const query = `SELECT m.n, m.role, coalesce(m.joined, 0), coalesce(p.score, 0), coalesce(p.agreed, ''),
			coalesce(d.together, FALSE)
		FROM vacancy_member m
		LEFT JOIN vacancy_pair p ON p.a = CASE WHEN m.n < m.joined THEN m.n ELSE m.joined END
			AND p.b = CASE WHEN m.n < m.joined THEN m.joined ELSE m.n END
		LEFT JOIN vacancy_decision d ON d.a = CASE WHEN m.n < m.joined THEN m.n ELSE m.joined END
			AND d.b = CASE WHEN m.n < m.joined THEN m.joined ELSE m.n END
		WHERE m.cluster = $1 ORDER BY m.joined IS NOT NULL, m.n LIMIT $2`
	err = l.scan(ctx, "read a cluster", query, []any{cluster, limit}, func(rows *sql.Rows) error {
		var m Clustered
		err := rows.Scan(&m.N, &m.Role, &m.Joined, &m.Score, &m.Agreed, &m.ByHand)
		out = append(out, m)
		return err
	})
	return out, err
}

// Linked gives the numbers of postings, up to limit, that say the same as those of a
// cluster for another city.
func (l *Ledger) Linked(ctx context.Context, cluster int64, limit int) (out []int64, err error) {
	const query = `SELECT p.b FROM vacancy_member m JOIN vacancy_pair p ON p.a = m.n WHERE m.cluster = $1 AND p.linked
		UNION SELECT p.a FROM vacancy_member m JOIN vacancy_pair p ON p.b = m.n WHERE m.cluster = $1 AND p.linked
		ORDER BY 1 LIMIT $2`
	err = l.scan(ctx, "read what is linked", query, []any{cluster, limit}, func(rows *sql.Rows) error {
		var n int64
		err := rows.Scan(&n)
		out = append(out, n)
		return err
	})
	return out, err
}

// NumberOf gives the number of a posting, 0 where there is none.
func (l *Ledger) NumberOf(ctx context.Context, source, id string) (n int64, err error) {
	const query = "SELECT n FROM posting WHERE id = $1 AND source = $2 AND NOT forgotten"
	err = l.engine.db().QueryRowContext(ctx, query, id, source).Scan(&n)
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return 0, fmt.Errorf("look for the posting %s: %w", id, err)
	}
	return n, nil
}

// Numbered gives posting n; nil where there is none.
func (l *Ledger) Numbered(ctx context.Context, n int64) (found *Record, err error) {
	err = l.each(ctx, "SELECT "+recordColumns+" FROM posting p WHERE n = $1 AND NOT forgotten", func(r *Record) error {
		found = r
		return nil
	}, n)
	return found, err
}

func (l *Ledger) scan(
	ctx context.Context, what, query string, args []any, f func(*sql.Rows) error,
) (err error) {
	rows, err := l.engine.db().QueryContext(ctx, query, args...)
	if err != nil {
		return fmt.Errorf("%s: %w", what, err)
	}
	defer func() { err = errors.Join(err, rows.Close()) }()
	for rows.Next() {
		if err := f(rows); err != nil {
			return fmt.Errorf("%s: %w", what, err)
		}
	}
	if err := rows.Err(); err != nil {
		return fmt.Errorf("%s: %w", what, err)
	}
	return nil
}

// decide writes what a person said of a pair.
func (g *grouper) decide(ctx context.Context, a, b int64, together bool, now time.Time) error {
	const query = `INSERT INTO vacancy_decision (a, b, together, at) VALUES ($1, $2, $3, $4)
		ON CONFLICT (a, b) DO UPDATE SET together = excluded.together, at = excluded.at`
	return g.tx.exec(ctx, query, min(a, b), max(a, b), together, now.UnixMilli())
}

// JoinVacancies says that postings a and b are of one vacancy, whatever they say, for
// ever; what was said before against their clusters being one is forgotten.
func (l *Ledger) JoinVacancies(ctx context.Context, now time.Time, a, b int64) error {
	return l.decided(ctx, "join vacancies", []int64{a, b}, func(g *grouper) error {
		const undo = `DELETE FROM vacancy_decision WHERE NOT together AND (
			a IN (SELECT n FROM vacancy_member WHERE cluster = (SELECT cluster FROM vacancy_member WHERE n = $1)) AND
			b IN (SELECT n FROM vacancy_member WHERE cluster = (SELECT cluster FROM vacancy_member WHERE n = $2)))`
		for _, pair := range [][2]int64{{a, b}, {b, a}} {
			if err := g.tx.exec(ctx, undo, pair[0], pair[1]); err != nil {
				return err
			}
		}
		return g.decide(ctx, a, b, true, now)
	})
}

// SplitVacancy says that postings are not of one vacancy with any other of their
// clusters, for ever. They may stay together. It says how many others there are.
func (l *Ledger) SplitVacancy(ctx context.Context, now time.Time, numbers []int64) (others int, err error) {
	err = l.decided(ctx, "split a vacancy", numbers, func(g *grouper) error {
		named, apart := map[int64]bool{}, map[int64]bool{}
		for _, n := range numbers {
			named[n] = true
		}
		for _, n := range numbers {
			const mates = `SELECT n FROM vacancy_member
				WHERE cluster = (SELECT cluster FROM vacancy_member WHERE n = $1)`
			found, err := g.tx.numbers(ctx, mates, n)
			if err != nil {
				return err
			}
			for _, other := range found {
				if named[other] {
					continue
				}
				apart[other] = true
				if err := g.decide(ctx, n, other, false, now); err != nil {
					return err
				}
			}
		}
		others = len(apart)
		return nil
	})
	return others, err
}

// decided writes what a person decided about postings, and groups them anew.
func (l *Ledger) decided(ctx context.Context, what string, numbers []int64, write func(*grouper) error) error {
	return l.transact(ctx, what, func(tx *sql.Tx) (err error) {
		g := l.grouper(tx)
		defer func() { err = errors.Join(err, g.tx.close()) }()
		for _, n := range numbers {
			if _, err := g.touch(ctx, n); err != nil {
				return err
			}
		}
		if err := write(g); err != nil {
			return err
		}
		return g.regroup(ctx)
	})
}

// leaveVacancies takes postings that are forgotten out of their clusters.
func (l *Ledger) leaveVacancies(ctx context.Context, tx *sql.Tx, these named) (err error) {
	g := l.grouper(tx)
	defer func() { err = errors.Join(err, g.tx.close()) }()
	numbers, err := g.tx.numbers(ctx, "SELECT n FROM posting WHERE "+these.where, these.args...)
	if err != nil {
		return err
	}
	for _, n := range numbers {
		partners, err := g.leave(ctx, n)
		if err == nil {
			err = g.lost(ctx, partners)
		}
		if err != nil {
			return err
		}
	}
	return g.regroup(ctx)
}
