package indexer

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode/utf8"
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

// Rank is where a document stands in an order, beside others of that order. It ends
// with the key, so that no two documents have the same.
type Rank struct {
	// Amount is the upper one of an offer, in rupees a year; 0 where the order is
	// another, or there is none.
	Amount int64 `json:"amount,omitempty"`
	// Name is what orders by company or title, empty for none; Posted is YYYY-MM-DD.
	Name   string `json:"name,omitempty"`
	Posted string `json:"posted,omitempty"`
	Key    string `json:"key"`
}

// RankOf gives the rank of a document in an order other than that of relevance,
// which only an index knows.
func RankOf(o Order, d *Document) (r Rank, err error) {
	r.Posted, r.Key = d.Posted, d.Key
	switch o {
	case OrderDate:
	case OrderPay:
		_, r.Amount, _ = d.Offer()
	case OrderCompany, OrderTitle:
		r.Name = SortName(string(o), d)
	default:
		err = errors.Join(o.check(), errors.New("only a search has an order of relevance"))
	}
	return r, err
}

// Rank is RankOf for the document of a hit, whose key is given.
func (h *Hit) Rank(o Order, key string) (Rank, error) {
	return RankOf(o, &Document{
		Key: key, Title: h.Title, Company: h.Company, Posted: h.Posted, PayKind: h.PayKind, PaySuspect: h.PaySuspect,
		PayAnnualLow: h.PayAnnualLow, PayAnnualHigh: h.PayAnnualHigh,
	})
}

// Check refuses a rank that no document has in an order.
func (r *Rank) Check(o Order) error {
	_, err := time.Parse(time.DateOnly, r.Posted)
	switch {
	case r.Key == "", r.Amount < 0, r.Posted != "" && err != nil, len(r.Name) > MaxNamed*utf8.UTFMax:
		return errors.New("after: expected the rank of a document")
	case o == "" || o == OrderRelevance:
		return errors.New("after: expected another order than that of relevance")
	}
	return nil
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
		cmp.Compare(float32(other.Amount), float32(r.Amount)), // as servers order them
		lastEmpty(r.Name, other.Name), cmp.Compare(other.Posted, r.Posted), cmp.Compare(r.Key, other.Key),
	)
}

// lastEmpty compares texts, of which the empty one is last.
func lastEmpty(a, b string) int {
	if (a == "") != (b == "") {
		return cmp.Compare(b, a)
	}
	return cmp.Compare(a, b)
}
