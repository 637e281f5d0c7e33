package trust

import (
	"errors"

	"jobsieve/lexicon"
	"jobsieve/lexicon/phrase"
)

// Reader reads signals with the words of one lexicon. It may be used by several
// goroutines.
type Reader struct {
	charges, payments, things, rupees *phrase.Values[string]
	// asked, warned, unasked and others find what is said beside the name of a charge.
	asked, warned, unasked, others, applicants *phrase.Values[string]
	denials                                    *phrase.Values[denial]
	messengers, atWork, byMessenger, otherWays *phrase.Values[string]
}

// New makes a reader. Its error says which list of words it lacks.
func New(x *lexicon.Lexicon) (*Reader, error) {
	l := loader{x: x, all: phrase.NewTogether()}
	r := &Reader{}
	for name, list := range map[string]**phrase.Values[string]{
		"charges": &r.charges, "payment-asked": &r.payments, "charged-for": &r.things, "rupees": &r.rupees,
		"charge-asked": &r.asked, "charge-warned-of": &r.warned, "charge-not-asked": &r.unasked,
		"charge-of-others": &r.others, "applicants": &r.applicants, "messengers": &r.messengers,
		"messengers-at-work": &r.atWork, "applied-by-messenger": &r.byMessenger, "other-ways-to-apply": &r.otherWays,
	} {
		*list = add(&l, []string{name}, name)
	}
	r.denials = add(&l, []denial{deniesAfter, deniesBefore}, "denies-what-follows", "denies-what-stands-before")
	return r, errors.Join(l.errs...)
}

// loader takes lists from a lexicon and gathers what is wrong.
type loader struct {
	x    *lexicon.Lexicon
	all  *phrase.Together
	errs []error
}

// add finds lists, each of which stands for a value.
func add[V any](l *loader, values []V, lists ...string) *phrase.Values[V] {
	patterns := make([][]string, len(lists))
	for i, name := range lists {
		entries, err := l.x.Entries(name)
		patterns[i] = entries
		l.errs = append(l.errs, err)
	}
	out, err := phrase.AddTo(l.all, values, patterns)
	l.errs = append(l.errs, err)
	return out
}
