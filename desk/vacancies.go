package desk

import (
	"context"
	"errors"
	"fmt"
	"time"

	"jobsieve/job"
	"jobsieve/ledger"
)

// Vacancies is the largest clusters of postings of one vacancy.
type Vacancies struct {
	// Clusters has some of them, the largest first, of All that there are.
	Clusters []Vacancy `json:"clusters"`
	All      int       `json:"all"`
	// Due counts the postings that wait to be compared: the next run does that.
	Due int `json:"due"`
}

// Vacancy is a cluster of postings of one vacancy.
type Vacancy struct {
	// Size is how many postings it has.
	Size int `json:"postings"`
	// Representative is the posting that stands for it.
	Representative Advertised `json:"representative"`
	// Members are its postings, or the first of them; Linked are those that say the same for
	// other cities. Both are absent in a list.
	Members []Member     `json:"members,omitempty"`
	Linked  []Advertised `json:"linked,omitempty"`
}

// Advertised is a posting as lists of vacancies name it.
type Advertised struct {
	ID       string `json:"id"`
	Source   string `json:"source"`
	Title    string `json:"title"`
	Company  string `json:"company"`
	Location string `json:"location"`
	Posted   string `json:"posted"` // YYYY-MM-DD, empty where unknown
	Pay      string `json:"pay"`    // in a few words, empty where none is stated
}

// Member is a posting of a vacancy, and why it is one.
type Member struct {
	Advertised

	// Joined is the posting that it joined, as source/id; empty for the first.
	Joined string `json:"joined,omitempty"`
	// Score is how alike the two are, from 0 to 1, and Agreed what agrees.
	Score  float64 `json:"score,omitempty"`
	Agreed string  `json:"agreed,omitempty"`
	// ByHand says that a person joined them.
	ByHand     bool `json:"by_hand,omitempty"`
	Represents bool `json:"represents,omitempty"`
}

// The most postings of a vacancy that are shown.
const (
	mostMembers = 1000
	mostLinked  = 100
)

// Vacancies gives the largest vacancies that have at least some postings.
func (d *Desk) Vacancies(ctx context.Context, least, limit int) (v Vacancies, err error) {
	err = d.read(ctx, func(l *ledger.Ledger) error {
		if v.Due, err = l.VacanciesDue(ctx); err != nil {
			return err
		}
		clusters, all, err := l.Clusters(ctx, least, limit)
		if err != nil {
			return err
		}
		v.All, v.Clusters = all, []Vacancy{}
		for _, c := range clusters {
			stands, err := advertised(ctx, l, c.Representative)
			if err != nil {
				return err
			}
			v.Clusters = append(v.Clusters, Vacancy{Size: c.Postings, Representative: stands})
		}
		return nil
	})
	return v, err
}

// Vacancy gives the vacancy of the one posting of a name; nil where there is no such
// posting. Its error is a *DueError where the posting waits to be compared, and a
// *SeveralError where the name is that of several.
func (d *Desk) Vacancy(ctx context.Context, name string) (v *Vacancy, err error) {
	err = d.read(ctx, func(l *ledger.Ledger) error {
		r, err := one(ctx, l, name)
		if err != nil || r == nil {
			return err
		}
		v, err = vacancyOf(ctx, l, r)
		return err
	})
	return v, err
}

// DueError says that a posting waits to be compared.
type DueError struct{ Name string }

func (e *DueError) Error() string {
	return fmt.Sprintf("the posting %q has not been compared with others yet", e.Name)
}

func vacancyOf(ctx context.Context, l *ledger.Ledger, r *ledger.Record) (*Vacancy, error) {
	c, err := l.ClusterOf(ctx, r.N)
	if errors.Is(err, ledger.ErrNotCompared) {
		return nil, &DueError{nameOf(r)}
	}
	if err != nil {
		return nil, err
	}
	v := &Vacancy{Size: c.Postings}
	if v.Representative, err = advertised(ctx, l, c.Representative); err != nil {
		return nil, err
	}
	members, err := l.Members(ctx, c.N, mostMembers)
	if err != nil {
		return nil, err
	}
	for i := range members {
		m, err := memberOf(ctx, l, &members[i])
		if err != nil {
			return nil, err
		}
		v.Members = append(v.Members, m)
	}
	linked, err := l.Linked(ctx, c.N, mostLinked)
	if err != nil {
		return nil, err
	}
	for _, n := range linked {
		p, err := advertised(ctx, l, n)
		if err != nil {
			return nil, err
		}
		v.Linked = append(v.Linked, p)
	}
	return v, nil
}

func nameOf(r *ledger.Record) string { return r.Posting.Source + "/" + r.Posting.ID }

// advertised gives a posting by its number; nothing of one that is damaged.
func advertised(ctx context.Context, l *ledger.Ledger, n int64) (a Advertised, err error) {
	r, err := l.Numbered(ctx, n)
	if err != nil || r == nil {
		return a, err
	}
	p := &r.Posting
	a = Advertised{
		ID: p.ID, Source: p.Source, Title: p.Title, Company: p.Company, Location: p.Location, Posted: r.Posted,
	}
	if r.Pay.Kind == job.PayOffer {
		a.Pay = r.Pay.Brief()
	}
	return a, nil
}

func memberOf(ctx context.Context, l *ledger.Ledger, c *ledger.Clustered) (m Member, err error) {
	m = Member{Score: c.Score, Agreed: c.Agreed, ByHand: c.ByHand, Represents: c.Role != job.RoleOther}
	if m.Advertised, err = advertised(ctx, l, c.N); err != nil || c.Joined == 0 {
		return m, err
	}
	with, err := advertised(ctx, l, c.Joined)
	m.Joined = with.Source + "/" + with.ID
	return m, err
}

// SplitVacancy takes postings out of their vacancies for ever, in a ledger that is open
// for writing, and says how many others stay. unknown are the names that no posting has:
// then nothing is changed.
func (d *Desk) SplitVacancy(
	ctx context.Context, l *ledger.Ledger, now time.Time, names []string,
) (others int, unknown []string, err error) {
	numbers, unknown, err := numbersOf(ctx, l, names)
	if err != nil || len(unknown) > 0 {
		return 0, unknown, err
	}
	others, err = l.SplitVacancy(ctx, now, numbers)
	return others, nil, err
}

// JoinVacancies makes one vacancy of those of two postings for ever, in a ledger that is
// open for writing. unknown are the names that no posting has: then nothing is changed.
func (d *Desk) JoinVacancies(
	ctx context.Context, l *ledger.Ledger, now time.Time, a, b string,
) (unknown []string, err error) {
	numbers, unknown, err := numbersOf(ctx, l, []string{a, b})
	if err != nil || len(unknown) > 0 {
		return unknown, err
	}
	if numbers[0] == numbers[1] {
		return nil, fmt.Errorf("%q and %q are the same posting: expected two", a, b)
	}
	return nil, l.JoinVacancies(ctx, now, numbers[0], numbers[1])
}

// numbersOf gives the numbers of the postings of names, each of one posting that has been
// compared with others.
func numbersOf(ctx context.Context, l *ledger.Ledger, names []string) (numbers []int64, unknown []string, err error) {
	for _, name := range names {
		r, err := one(ctx, l, name)
		if err != nil {
			return nil, nil, err
		}
		if r == nil {
			unknown = append(unknown, name)
			continue
		}
		if _, err := l.ClusterOf(ctx, r.N); errors.Is(err, ledger.ErrNotCompared) {
			return nil, nil, &DueError{nameOf(r)}
		} else if err != nil {
			return nil, nil, err
		}
		numbers = append(numbers, r.N)
	}
	return numbers, unknown, nil
}
