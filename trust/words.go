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
	r := &Reader{
		charges: l.list("charges"), payments: l.list("payment-asked"), things: l.list("charged-for"), rupees: l.list("rupees"),
		asked:  l.list("charge-asked"),
		warned: l.list("charge-warned-of"), unasked: l.list("charge-not-asked"), others: l.list("charge-of-others"),
		applicants: l.list("applicants"), messengers: l.list("messengers"),
		atWork: l.list("messengers-at-work"), byMessenger: l.list("applied-by-messenger"), otherWays: l.list("other-ways-to-apply"),
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

func (l *loader) list(name string) *phrase.Values[string] { return add(l, []string{name}, name) }

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
