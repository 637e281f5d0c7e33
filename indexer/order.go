package indexer

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strings"
)

// Order is an order of postings. Those that lack what they are ordered by come
// last; of equals the newest comes first.
type Order string

// The orders.
const (
	OrderRelevance Order = "relevance" // the best hits first, the newest where nothing is ranked
	OrderDate      Order = "date"      // the newest first
	OrderPay       Order = "pay"       // the highest offer first, by its upper amount
	OrderCompany   Order = "company"   // A to Z by bytes, so capitals before small letters
	OrderTitle     Order = "title"     // the same
)

// Orders are all of them.
var Orders = []Order{OrderRelevance, OrderDate, OrderPay, OrderCompany, OrderTitle}

func (o Order) check() error {
	if o == "" || slices.Contains(Orders, o) {
		return nil
	}
	return fmt.Errorf("unknown order %q: expected one of %s", o, strings.Join(texts(Orders), ", "))
}

// Scored reports a query whose hits have scores: one whose order is by them.
func (q *Query) Scored() bool { return q.Order == "" || q.Order == OrderRelevance }

// Rank is where a document stands in an order, beside others of that order.
type Rank struct {
	amount            float32 // rupees a year, as servers order them
	name, posted, key string
}

// RankOf gives the rank of a document in an order other than that of relevance,
// which only an index knows.
func RankOf(o Order, d *Document) (r Rank, err error) {
	r.posted, r.key = d.Posted, d.Key
	switch o {
	case OrderDate:
	case OrderPay:
		_, high, _ := d.Offer()
		r.amount = float32(high)
	case OrderCompany, OrderTitle:
		r.name = SortName(string(o), d)
	default:
		err = errors.Join(o.check(), errors.New("only a search has an order of relevance"))
	}
	return r, err
}

// SortName gives the text that orders a document by a field, empty where it has none
// that can be compared.
func SortName(field string, d *Document) string {
	f, ok := Fields.Field(field)
	if !ok {
		return ""
	}
	for _, name := range f.Texts(d) {
		if isNamed(name) {
			return name
		}
	}
	return ""
}

// Compare is below 0 where r comes before another rank.
func (r *Rank) Compare(other *Rank) int {
	return cmp.Or(
		cmp.Compare(other.amount, r.amount), lastEmpty(r.name, other.name), cmp.Compare(other.posted, r.posted),
		cmp.Compare(r.key, other.key),
	)
}

// lastEmpty compares texts, of which the empty one is last.
func lastEmpty(a, b string) int {
	if (a == "") != (b == "") {
		return cmp.Compare(b, a)
	}
	return cmp.Compare(a, b)
}
