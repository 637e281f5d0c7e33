package report

import (
	"cmp"
	"encoding/binary"
	"slices"

	"jobsieve/indexer"
	"jobsieve/job"
)

// Tally counts postings: how many each group has, of which kinds their pay is, and
// how often each offer occurs. Quantiles need no more than that. It takes postings one
// by one, or counts of postings that are alike, as an index can give them.
type Tally struct {
	// By names what postings are grouped by: groupings of indexer.Fields.
	By []string
	// NoVacancies says that nobody needs the number of vacancies: it stays 0, and an
	// index is spared counting them.
	NoVacancies bool
	// Total counts each posting once, also where it is in several groups.
	Total *Group
	// First and Last are the dates of the earliest and the latest posting,
	// YYYY-MM-DD; empty where there is none.
	First, Last string

	fields []*indexer.Field
	united []*united // of each field; nil where its values aren't united
	groups map[string]*Group
	key    []byte
	values []string
	added  func(*Group) // told of each group that a posting is added to; nil for nobody
}

// Group counts the postings that share their values.
type Group struct {
	// Values has one for each name of By; nil for the total.
	Values   []string
	Postings int

	kinds   [kindsKnown + 1]int // by the places of kinds of pay in job.PayKinds; others last
	offers  []Offers
	settled int // how many of offers are sorted and different from one another
	// vacancies are numbers of vacancies, of which the first distinct are sorted and
	// different from one another.
	vacancies []uint64
	distinct  int
	alone     int // vacancies of one posting each, besides
}

// kindsKnown is how many kinds of pay there are.
const kindsKnown = 5

// kindPlace gives the place of a kind of pay in job.PayKinds, or the one behind.
func kindPlace(kind job.PayKind) int {
	if i := slices.Index(job.PayKinds, kind); i >= 0 {
		return i
	}
	return kindsKnown
}

// Kind is how many of the postings have pay of a kind.
func (g *Group) Kind(kind job.PayKind) int { return g.kinds[kindPlace(kind)] }

// Offers is a countable offer and how many postings make it.
type Offers struct {
	// Low and High are rupees a year; NotStated where the offer has only the other.
	Low, High int64
	Postings  int
}

// NotStated is the side of an offer that a posting does not state.
const NotStated = -1

// Alike says what postings have in common that a tally counts together.
type Alike struct {
	Kind job.PayKind
	// Countable says that the pay enters pay tables; then Low and High are its sides,
	// in rupees a year, or NotStated.
	Countable bool
	Low, High int64
}

// NewTally begins a tally.
func NewTally(by ...string) *Tally {
	t := &Tally{By: by, Total: newGroup(nil), groups: map[string]*Group{}}
	for _, name := range by {
		f := fieldOf(name)
		t.fields, t.united = append(t.fields, f), append(t.united, newUnited(f))
	}
	return t
}

// tallyOfPostings begins a tally that counts no vacancies.
func tallyOfPostings(by ...string) *Tally {
	t := NewTally(by...)
	t.NoVacancies = true
	return t
}

func newGroup(values []string) *Group {
	return &Group{Values: values}
}

// Add counts a posting. date is when it was posted, or first seen where it states no
// date.
func (t *Tally) Add(d *indexer.Document, date string) {
	t.Span(date, date)
	alike, vacancy := AlikeOf(&d.Detail.Pay), t.offeredBy(d)
	t.addTo(t.Total, alike, vacancy)
	for i, u := range t.united {
		if u == nil {
			continue
		}
		for _, v := range valuesOf(t.fields[i], d) {
			u.spelling(v).postings++
		}
	}
	if len(t.By) > 0 {
		t.key, t.values = t.key[:0], t.values[:0]
		t.combine(d, 0, alike, vacancy)
	}
}

// offered is the vacancy of a posting: its number, unless it is the only one there.
type offered struct {
	number uint64
	alone  bool
}

// offeredBy gives the vacancy of a posting, where that is needed.
func (t *Tally) offeredBy(d *indexer.Document) (o offered) {
	switch {
	case t.NoVacancies:
	case d.VacancyRole == string(job.RoleAlone):
		o.alone = true
	default:
		o.number = indexer.VacancyNumber(d.Vacancy)
	}
	return o
}

// combine adds the posting to the group of every combination of its values.
func (t *Tally) combine(d *indexer.Document, i int, alike Alike, vacancy offered) {
	if i == len(t.fields) {
		t.addTo(t.groupOf(t.key, t.values), alike, vacancy)
		return
	}
	key, values := len(t.key), len(t.values)
	for _, v := range valuesOf(t.fields[i], d) {
		t.key = appendValue(t.key[:key], t.united[i].key(v))
		t.values = append(t.values[:values], v)
		t.combine(d, i+1, alike, vacancy)
	}
	t.key, t.values = t.key[:key], t.values[:values]
}

func (t *Tally) addTo(g *Group, alike Alike, vacancy offered) {
	g.count(alike, 1)
	switch {
	case vacancy.alone:
		g.alone++
	case !t.NoVacancies:
		g.vacancy(vacancy.number)
	}
	if t.added != nil {
		t.added(g)
	}
}

// Merge adds what another tally of the same groups has counted. That one is used up.
func (t *Tally) Merge(other *Tally) {
	t.Span(other.First, other.Last)
	t.Total.merge(other.Total)
	for i, u := range t.united {
		if u != nil {
			u.merge(other.united[i])
		}
	}
	for key, g := range other.groups {
		if known := t.groups[key]; known != nil {
			known.merge(g)
		} else {
			t.groups[key] = g
		}
	}
}

func (g *Group) merge(other *Group) {
	g.Postings += other.Postings
	for i, n := range other.kinds {
		g.kinds[i] += n
	}
	g.offers = append(g.offers, other.offers...)
	g.settle()
	g.vacancies, g.distinct = append(g.vacancies, other.vacancies...), 0
	g.alone += other.alone
	g.Vacancies()
}

// appendValue adds a value to a key, so that different values never make the same one.
func appendValue(key []byte, v string) []byte {
	return append(binary.AppendUvarint(key, uint64(len(v))), v...)
}

// Group gives the group of some values, which it makes where there is none yet.
func (t *Tally) Group(values ...string) *Group {
	t.key = t.keyOf(t.key[:0], values)
	return t.groupOf(t.key, values)
}

// keyOf appends the key of the group of some values.
func (t *Tally) keyOf(key []byte, values []string) []byte {
	for i, v := range values {
		key = appendValue(key, t.united[i].key(v))
	}
	return key
}

func (t *Tally) groupOf(key []byte, values []string) *Group {
	g := t.groups[string(key)]
	if g == nil {
		g = newGroup(slices.Clone(values))
		t.groups[string(key)] = g
	}
	return g
}

// Count counts n postings that are alike. Their vacancies are counted apart.
func (g *Group) Count(alike Alike, n int) { g.count(alike, n) }

// Span widens the span of dates, YYYY-MM-DD; empty ones are none.
func (t *Tally) Span(first, last string) {
	if first != "" && (t.First == "" || first < t.First) {
		t.First = first
	}
	t.Last = max(t.Last, last)
}

// AlikeOf gives what a tally counts of pay.
func AlikeOf(p *job.Pay) Alike {
	a := Alike{Kind: p.Kind, Countable: p.Countable()}
	if a.Countable {
		a.Low, a.High = side(p.AnnualMin), side(p.AnnualMax)
	}
	return a
}

func side(v *int64) int64 {
	if v == nil {
		return NotStated
	}
	return *v
}

// vacancy notes a vacancy.
func (g *Group) vacancy(number uint64) {
	g.vacancies = append(g.vacancies, number)
	if len(g.vacancies) >= 2*g.distinct+mostLoose {
		g.Vacancies()
	}
}

// Vacancies is how many vacancies the postings are for.
func (g *Group) Vacancies() int {
	if len(g.vacancies) > g.distinct {
		slices.Sort(g.vacancies)
		g.vacancies = slices.Compact(g.vacancies)
		g.distinct = len(g.vacancies)
	}
	return g.distinct + g.alone
}

// mostLoose is how many offers, or vacancies, of a group are kept before equal ones are put
// together.
const mostLoose = 64

func (g *Group) count(alike Alike, n int) {
	g.Postings += n
	g.kinds[kindPlace(alike.Kind)] += n
	if !alike.Countable {
		return
	}
	g.offers = append(g.offers, Offers{alike.Low, alike.High, n})
	if len(g.offers) >= 2*g.settled+mostLoose {
		g.settle()
	}
}

// settle sorts the offers and puts equal ones together.
func (g *Group) settle() {
	slices.SortFunc(g.offers, func(a, b Offers) int {
		return cmp.Or(cmp.Compare(a.Low, b.Low), cmp.Compare(a.High, b.High))
	})
	kept := g.offers[:0]
	for _, o := range g.offers {
		if n := len(kept); n > 0 && kept[n-1].Low == o.Low && kept[n-1].High == o.High {
			kept[n-1].Postings += o.Postings
			continue
		}
		kept = append(kept, o)
	}
	g.offers, g.settled = kept, len(kept)
}

// Offers gives the countable offers of the group, each with how often it occurs, in
// order.
func (g *Group) Offers() []Offers {
	g.settle()
	return g.offers
}

// Groups gives the groups, in the order of the bytes of their values. Values that are
// united are their commonest spelling.
func (t *Tally) Groups() []*Group {
	for i, u := range t.united {
		if u == nil {
			continue
		}
		names := u.commonest()
		for _, g := range t.groups {
			g.Values[i] = names[u.key(g.Values[i])]
		}
	}
	out := make([]*Group, 0, len(t.groups))
	for _, g := range t.groups {
		out = append(out, g)
	}
	slices.SortFunc(out, func(a, b *Group) int { return slices.Compare(a.Values, b.Values) })
	return out
}
