package indexer

import (
	"fmt"
	"strings"
	"time"
)

// Bounds are those of pay, in rupees a year, of experience, of openings, and of the
// dates of posting, first sight and closing, as a query and its conditions have them.
type Bounds struct {
	PayLeast, PayMost                  int64
	Experience, Openings               Span
	Since, Until, SeenSince, SeenUntil string
	ClosedSince, ClosedUntil           string
}

// IsZero reports bounds that let every document pass.
func (b *Bounds) IsZero() bool {
	return b.PayLeast <= 0 && b.PayMost <= 0 && b.Experience.IsZero() && b.Openings.IsZero() && !b.dated()
}

func (b *Bounds) dated() bool { return strings.Join(b.dates(), "") != "" }

func (b *Bounds) dates() []string {
	return []string{b.Since, b.Until, b.SeenSince, b.SeenUntil, b.ClosedSince, b.ClosedUntil}
}

// Bounds gives the query's own.
func (q *Query) Bounds() *Bounds {
	return &Bounds{
		PayLeast: q.PayLeast, PayMost: q.PayMost, Experience: q.Experience, Openings: q.Openings,
		Since: q.Since, Until: q.Until, SeenSince: q.SeenSince, SeenUntil: q.SeenUntil,
	}
}

// check refuses bounds that no document can have.
func (b *Bounds) check() error {
	if b.PayLeast < 0 || b.PayMost < 0 {
		return fmt.Errorf("pay from %d to %d: expected rupees from 0 on", b.PayLeast, b.PayMost)
	}
	for _, date := range b.dates() {
		if _, err := time.Parse(time.DateOnly, date); date != "" && err != nil {
			return fmt.Errorf("expected a date such as 2026-01-31, got %q", date)
		}
	}
	return nil
}

// Matches reports a document that keeps all bounds.
func (b *Bounds) Matches(d *Document) bool {
	return b.paid(d) && b.asks(d) && b.seeks(d) && b.posted(d) && b.lived(d)
}

func (b *Bounds) paid(d *Document) bool {
	if b.PayLeast <= 0 && b.PayMost <= 0 {
		return true
	}
	low, high, ok := d.Offer()
	return ok && (b.PayLeast <= 0 || high >= b.PayLeast) && (b.PayMost <= 0 || low <= b.PayMost)
}

func (b *Bounds) asks(d *Document) bool {
	if b.Experience.IsZero() {
		return true
	}
	low, high, ok := d.Years()
	asked := b.Experience.Rounded()
	return ok && (asked.Least == nil || high >= *asked.Least) && (asked.Most == nil || low <= *asked.Most)
}

func (b *Bounds) seeks(d *Document) bool {
	if b.Openings.IsZero() {
		return true
	}
	if d.Openings == nil {
		return false
	}
	n, s := float64(*d.Openings), b.Openings
	return (s.Least == nil || n >= *s.Least) && (s.Most == nil || n <= *s.Most)
}

// posted reports a document that was certainly posted in the span: one of which
// only the latest day is known may be older than any first day.
func (b *Bounds) posted(d *Document) bool {
	if d.PostedLatest != "" && b.Since == "" {
		return within(d.PostedLatest, "", b.Until)
	}
	return within(d.Posted, b.Since, b.Until)
}

// lived reports a document that was first seen, and closed, in the spans.
func (b *Bounds) lived(d *Document) bool {
	return within(d.FirstSeen, b.SeenSince, b.SeenUntil) && within(d.Closed, b.ClosedSince, b.ClosedUntil)
}

// within reports a date in a span, both ends included; a span without ends
// takes a document that has no date.
func within(date, since, until string) bool {
	if since == "" && until == "" {
		return true
	}
	return date != "" && date >= since && (until == "" || date <= until)
}

// Span is from Least to Most, both included; nil where that side is open.
type Span struct {
	Least, Most *float64
}

// IsZero reports a span that is open on both sides.
func (s Span) IsZero() bool { return s.Least == nil && s.Most == nil }

// Rounded gives the span as an index compares it, which holds years in 32 bits.
func (s Span) Rounded() Span {
	round := func(v *float64) *float64 {
		if v == nil {
			return nil
		}
		r := float64(float32(*v))
		return &r
	}
	return Span{round(s.Least), round(s.Most)}
}
