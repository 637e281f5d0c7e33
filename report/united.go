package report

import (
	"cmp"
	"strings"

	"jobsieve/indexer"
)

// united puts together the spellings of a field that stand for one thing, under the
// commonest.
type united struct {
	field     *indexer.Field
	spellings map[string]*spelling
}

// spelling is what a value stands for, and how many postings have it.
type spelling struct {
	key      string
	postings int
}

// newUnited begins to unite the values of a field; nil where each stands for itself.
func newUnited(f *indexer.Field) *united {
	if f.United == nil {
		return nil
	}
	return &united{f, map[string]*spelling{}}
}

// spelling gives that of a value. Postings that have no value stand together, apart
// from all others.
func (u *united) spelling(value string) *spelling {
	s := u.spellings[value]
	if s == nil {
		s = new(spelling)
		if value != Lacking(u.field) {
			s.key = u.field.United(value)
		}
		u.spellings[value] = s
	}
	return s
}

// key gives what a value stands for: itself where nothing is united.
func (u *united) key(value string) string {
	if u == nil {
		return value
	}
	return u.spelling(value).key
}

// commonest gives, by what they stand for, the spelling that the most postings have;
// of several the first in the order of their bytes.
func (u *united) commonest() map[string]string {
	out := map[string]string{}
	for value, s := range u.spellings {
		best, ok := out[s.key]
		if !ok || cmp.Or(cmp.Compare(u.spellings[best].postings, s.postings), strings.Compare(value, best)) < 0 {
			out[s.key] = value
		}
	}
	return out
}

// merge adds the spellings of another.
func (u *united) merge(other *united) {
	for value, s := range other.spellings {
		u.spelling(value).postings += s.postings
	}
}

// Counted counts the spellings of documents that are alike in the field alone.
func (u *united) Counted(n *indexer.Counted) {
	for _, v := range n.Values { // one, or none for all documents
		u.spelling(valueOr(u.field, v)).postings += n.Postings
	}
}

// Vacancies does nothing: vacancies have no spellings.
func (*united) Vacancies([]string, []uint64) {}

// Alone does nothing, for that reason.
func (*united) Alone([]string, int) {}

// Span does nothing: the tally has the dates.
func (*united) Span(string, string) {}

// AreOne reports two values of a grouping that stand for one thing.
func AreOne(by, one, other string) bool {
	f := fieldOf(by)
	return f.United != nil && f.United(one) == f.United(other)
}
