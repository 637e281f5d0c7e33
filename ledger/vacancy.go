package ledger

import (
	"cmp"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"math"
	"slices"
	"strings"

	"jobsieve/job"
	"jobsieve/vacancy"
)

// What comparing a posting costs at most. A key that thousands share would else become
// millions of pairs.
const (
	// dueBatch is how many postings are compared in one transaction.
	dueBatch = 50
	// mostOfKey is how many postings of one key are looked at: those that came first.
	mostOfKey = 8
	// mostCompared is how many postings one is compared with: those that share the most
	// keys with it.
	mostCompared = 32
	// mostCached is how many postings are kept to be compared with others, some 10 kB each.
	mostCached = 2000
)

// compared is a posting with what it is compared by.
type compared struct {
	n        int64
	revision int64
	key      string
	traits   vacancy.Traits
	// offer says that an employer's pay is stated, date when it was posted, or else seen
	// first, YYYY-MM-DD: the newest offer represents the cluster.
	offer bool
	date  string
}

func comparedOf(r *Record) *compared {
	traits := vacancy.TraitsOf(&r.Posting, &r.Facts, &r.Pay)
	return &compared{r.N, r.Revision, r.Key, traits, r.Pay.Countable(), cmp.Or(r.Posted, dayOf(r.FirstSeen))}
}

// VacanciesDue counts the postings that wait to be compared.
func (l *Ledger) VacanciesDue(ctx context.Context) (int, error) {
	return l.count(ctx, "SELECT count(*) FROM vacancy_due")
}

// LetVacanciesWait lets every posting wait to be compared again, as after other rules.
func (l *Ledger) LetVacanciesWait(ctx context.Context) error {
	return l.transact(ctx, "let postings wait to be compared", func(tx *sql.Tx) error {
		const query = "INSERT INTO vacancy_due (n) SELECT n FROM posting WHERE NOT forgotten ON CONFLICT DO NOTHING"
		_, err := tx.ExecContext(ctx, query)
		return err
	})
}

// GroupVacancies compares the postings that are new, or whose document changed, with
// those that may be of the same vacancy, and puts each into a cluster; progress, which
// may be nil, learns how many are done. It goes on where an earlier one was cut off, and
// holds the ledger for some postings at a time. What a power cut loses of it is done
// again. What comes of it does not depend on the order of the postings, except for those
// of a key that more than mostOfKey share, and of clusters beyond mostGrouped: there,
// those that came first are compared.
func (l *Ledger) GroupVacancies(ctx context.Context, progress func(done int)) (done int, err error) {
	known := map[int64]*compared{}
	for {
		var n int
		err := l.transactLazily(ctx, "group postings by vacancy", func(tx *sql.Tx) (err error) {
			g := l.grouper(tx)
			g.known = known
			defer func() { err = errors.Join(err, g.tx.close()) }()
			n, err = g.batch(ctx)
			return err
		})
		if err != nil || n == 0 {
			return done, err
		}
		done += n
		if progress != nil {
			progress(done)
		}
	}
}

// grouper compares a batch of postings in one transaction.
type grouper struct {
	ledger *Ledger
	tx     *prepared
	// touched are the postings whose clusters have to be made anew, with whether they were
	// compared just now.
	touched map[int64]bool
	// known are postings to compare others with; nil for one that is forgotten or damaged.
	// Those that are current, too, were read or looked at in this transaction, beside which
	// nothing else is written.
	known    map[int64]*compared
	current  map[int64]bool
	unpacker job.Unpacker
}

func (l *Ledger) grouper(tx *sql.Tx) *grouper {
	return &grouper{
		ledger: l, tx: prepare(tx), touched: map[int64]bool{},
		known: map[int64]*compared{}, current: map[int64]bool{},
	}
}

func (g *grouper) batch(ctx context.Context) (n int, err error) {
	due, err := g.tx.numbers(ctx, "SELECT n FROM vacancy_due ORDER BY n LIMIT $1", dueBatch)
	if err != nil {
		return 0, err
	}
	for _, n := range due {
		delete(g.known, n)
	}
	if err := g.ahead(ctx, due); err != nil {
		return 0, err
	}
	for _, n := range due {
		if err := g.compare(ctx, n); err != nil {
			return 0, fmt.Errorf("posting %d: %w", n, err)
		}
		if err := g.tx.exec(ctx, "DELETE FROM vacancy_due WHERE n = $1", n); err != nil {
			return 0, err
		}
	}
	return len(due), g.regroup(ctx)
}

// compare notes with which others a posting forms pairs. A posting that is forgotten, or
// damaged, forms none.
func (g *grouper) compare(ctx context.Context, n int64) error {
	partners, err := g.leave(ctx, n)
	if err != nil {
		return err
	}
	p, err := g.ready(ctx, n)
	if err != nil {
		return err
	}
	if p == nil {
		return errors.Join(g.lost(ctx, partners), g.tellDamaged(ctx, n))
	}
	keys := p.traits.Keys()
	own := placed{cluster: n, vacancy: job.VacancyOf(p.key), role: job.RoleAlone}
	if err := g.join(ctx, p, keys, own); err != nil {
		return err
	}
	candidates, err := g.candidates(ctx, n, keys)
	if err != nil {
		return err
	}
	alone, err := g.pairAll(ctx, p, candidates, partners)
	if err != nil {
		return err
	}
	if decided, err := g.decisionsOf(ctx, n); err != nil || alone && len(decided) == 0 {
		return errors.Join(err, g.tell(ctx, n, own))
	}
	g.touched[n] = true
	return nil
}

// pairAll notes what a posting is to candidates, and to those that it was the same as
// before, for they may know it by keys by which it no longer knows them. Those that it is
// not the same as any more are compared again, with others. alone says that there is none.
func (g *grouper) pairAll(ctx context.Context, p *compared, candidates, partners []int64) (alone bool, err error) {
	alone = true
	again := slices.Clone(partners[min(len(partners), mostGrouped):])
	before := map[int64]bool{}
	for _, other := range partners[:len(partners)-len(again)] {
		before[other] = true
		if !slices.Contains(candidates, other) {
			candidates = append(candidates, other)
		}
	}
	if err := g.ahead(ctx, candidates); err != nil {
		return false, err
	}
	for _, other := range candidates {
		same, err := g.pair(ctx, p, other)
		if err != nil {
			return false, err
		}
		if before[other] && !same {
			again = append(again, other)
		}
		alone = alone && !same
	}
	return alone, g.lost(ctx, again)
}

// lost lets postings wait that were the same as one that they are not the same as any more.
func (g *grouper) lost(ctx context.Context, partners []int64) error {
	for _, other := range partners {
		const query = "INSERT INTO vacancy_due (n) VALUES ($1) ON CONFLICT DO NOTHING"
		if err := g.tx.exec(ctx, query, other); err != nil {
			return err
		}
	}
	return nil
}

// tellDamaged says of a posting that can't be compared that it is the only one of its
// vacancy; of a forgotten one there is nothing to say.
func (g *grouper) tellDamaged(ctx context.Context, n int64) error {
	var source, id string
	const query = "SELECT source, id FROM posting WHERE n = $1 AND NOT forgotten"
	err := g.tx.row(ctx, query, []any{n}, &source, &id)
	if errors.Is(err, sql.ErrNoRows) {
		return nil
	}
	if err != nil {
		return err
	}
	return g.tell(ctx, n, placed{cluster: n, vacancy: job.VacancyOf(Key(source, id)), role: job.RoleAlone})
}

// leave takes a posting out of its cluster, with all that is known by its text, and gives
// those that it was the same as.
func (g *grouper) leave(ctx context.Context, n int64) (partners []int64, err error) {
	var packed []byte
	err = g.tx.row(ctx, "SELECT keys FROM vacancy_member WHERE n = $1", []any{n}, &packed)
	if errors.Is(err, sql.ErrNoRows) { // then it is in no pair either
		return nil, nil
	}
	if err == nil {
		partners, err = g.touch(ctx, n)
	}
	if err != nil {
		return nil, err
	}
	for _, key := range unpackKeys(packed) {
		if err := g.tx.exec(ctx, "DELETE FROM vacancy_key WHERE key = $1 AND n = $2", key, n); err != nil {
			return nil, err
		}
	}
	for _, query := range []string{
		"DELETE FROM vacancy_pair WHERE a = $1", "DELETE FROM vacancy_pair WHERE b = $1",
		"DELETE FROM vacancy_member WHERE n = $1",
		// A cluster has the number of one of its members.
		`UPDATE vacancy_member SET cluster = (SELECT min(n) FROM vacancy_member WHERE cluster = $1)
			WHERE cluster = $1`,
	} {
		if err := g.tx.exec(ctx, query, n); err != nil {
			return nil, err
		}
	}
	delete(g.touched, n)
	return partners, nil
}

// touch notes the postings whose clusters may change when posting n does, and gives those
// that it is the same as.
func (g *grouper) touch(ctx context.Context, n int64) (partners []int64, err error) {
	note := func(n int64) {
		if _, ok := g.touched[n]; !ok {
			g.touched[n] = false
		}
	}
	note(n)
	pairs, err := g.pairsOf(ctx, n, math.MaxInt)
	if err != nil {
		return nil, err
	}
	for i, p := range pairs {
		partners = append(partners, p.other)
		if i < mostGrouped {
			note(p.other)
		}
	}
	const mate = `SELECT n FROM vacancy_member WHERE n <> $1
		AND cluster = (SELECT cluster FROM vacancy_member WHERE n = $1) ORDER BY n LIMIT 1`
	mates, err := g.tx.numbers(ctx, mate, n)
	for _, n := range mates {
		note(n)
	}
	return partners, err
}

// join makes a posting a member of a cluster of its own, and known by its keys.
func (g *grouper) join(ctx context.Context, p *compared, keys []vacancy.Key, own placed) error {
	const member = "INSERT INTO vacancy_member (n, cluster, vacancy, role, keys) VALUES ($1, $2, $3, $4, $5)"
	err := g.tx.exec(ctx, member, p.n, own.cluster, int64(own.vacancy), own.role, packKeys(keys))
	if err != nil {
		return err
	}
	for _, key := range keys {
		const query = "INSERT INTO vacancy_key (key, n) VALUES ($1, $2) ON CONFLICT DO NOTHING"
		if err := g.tx.exec(ctx, query, int64(key), p.n); err != nil {
			return err
		}
	}
	return nil
}

// pair notes what a posting and a candidate are to one another, and says whether they are
// the same.
func (g *grouper) pair(ctx context.Context, p *compared, n int64) (same bool, err error) {
	other, err := g.ready(ctx, n)
	if err != nil || other == nil {
		return false, err
	}
	l := vacancy.Compare(&p.traits, &other.traits)
	if l.Verdict == vacancy.Different {
		return false, nil
	}
	const query = "INSERT INTO vacancy_pair (a, b, linked, score, agreed) VALUES ($1, $2, $3, $4, $5)"
	return l.Verdict == vacancy.Same, g.tx.exec(ctx, query, min(p.n, n), max(p.n, n), l.Verdict == vacancy.Linked,
		l.Score, strings.Join(l.Agreed, ", "))
}

// load gives a posting to compare; nil where it is forgotten or damaged.
func (g *grouper) load(ctx context.Context, n int64) (*compared, error) {
	if _, ok := g.known[n]; !ok {
		return g.read(ctx, n)
	}
	var revision int64
	err := g.tx.row(ctx, "SELECT revision FROM posting WHERE n = $1", []any{n}, &revision)
	if err != nil {
		return nil, err
	}
	return g.loadAt(ctx, n, revision)
}

// loadAt gives a posting that has a revision.
func (g *grouper) loadAt(ctx context.Context, n, revision int64) (*compared, error) {
	if c, ok := g.known[n]; ok && (c == nil || c.revision == revision) {
		return c, nil
	}
	return g.read(ctx, n)
}

// read reads a posting to compare, and keeps it to be compared with others.
func (g *grouper) read(ctx context.Context, n int64) (*compared, error) {
	if len(g.known) >= mostCached {
		clear(g.known)
	}
	const query = "SELECT " + recordColumns + " FROM posting p WHERE n = $1"
	s, err := g.tx.statement(ctx, query) //nolint:sqlclosecheck // close does
	if err != nil {
		return nil, err
	}
	r, damaged := scanRecord(s.QueryRowContext(ctx, n).Scan)
	if ctx.Err() != nil {
		return nil, ctx.Err()
	}
	r.N = n // also where nothing was found
	g.keep(r, damaged)
	return g.known[n], nil
}

// keep keeps a posting that was read.
func (g *grouper) keep(r *Record, damaged error) {
	switch {
	case damaged != nil:
		g.ledger.damage.note(fmt.Sprintf("posting %s of source %s", r.Posting.ID, r.Posting.Source), damaged)
		g.known[r.N] = nil
	case r.Forgotten:
		g.known[r.N] = nil
	default:
		g.known[r.N] = comparedOf(r)
	}
}

// keySize is the size of a key, in bytes.
const keySize = 4
