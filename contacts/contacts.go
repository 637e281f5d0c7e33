// Package contacts finds the e-mail addresses and telephone numbers of people
// in what postings say, and masks them.
//
// A text, or a JSON value, enters; the same leaves with each byte of what was
// found replaced by "x", so that the spans of everything else in a text stay
// the same. What is meant is read, not how it is spelled: entities, percent
// signs, escapes, tags, digits of any script and signs that nobody sees make no
// difference. Pay, dates, PIN codes and ids are left alone.
package contacts

import (
	"slices"
	"strings"
)

// span is a contact: bytes Start up to but not including End.
type span struct{ Start, End int }

// Mask replaces each byte of every contact by "x".
func Mask(s string) string { return mask(s, prose) }

// MaskURL is Mask for a text that is an address on the web, in which a number
// is a person's only where the address says so: wa.me/919876543210, ?phone=….
func MaskURL(s string) string { return mask(s, address) }

// nature says what a text is, going by its name.
type nature int

const (
	prose   nature = iota
	address        // one web address
	phone          // a telephone number, if it has enough digits
	contact        // a contact or a piece of one, whatever it looks like
	id             // what names a thing; digits alone are not a telephone number
	amount         // counts, money or time
	note           // anything that somebody wanted to say
)

func mask(s string, n nature) string {
	spans := find(s, n)
	if len(spans) == 0 {
		return s
	}
	b := []byte(s)
	for _, sp := range spans {
		for i := sp.Start; i < sp.End; i++ {
			b[i] = 'x'
		}
	}
	return string(b)
}

// find gives the contacts of a text in order; one with tags of HTML in it is
// several spans, since the tags are not part of it.
func find(s string, n nature) []span {
	p := plainOf(s)
	out := p.sources(found(p.text, n))
	if u, ok := untag(p.text); ok {
		for _, sp := range found(u.text, n) {
			out = append(out, p.sources(u.source(sp))...)
		}
	}
	slices.SortFunc(out, func(a, b span) int { return a.Start - b.Start })
	covered := out[:0]
	for _, sp := range out { // so that nothing is replaced twice
		if k := len(covered); k > 0 && sp.Start < covered[k-1].End {
			covered[k-1].End = max(covered[k-1].End, sp.End)
			continue
		}
		covered = append(covered, sp)
	}
	return covered
}

// found gives the contacts of a plain text, in no order.
func found(s string, n nature) []span {
	return slices.Concat(emails(s), numbers(s, n), inWords(s))
}

// hasAny reports one of parts in s.
func hasAny(s string, parts ...string) bool {
	return slices.ContainsFunc(parts, func(p string) bool { return strings.Contains(s, p) })
}
