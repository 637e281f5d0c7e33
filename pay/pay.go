// Package pay reads what a posting says about pay, the Indian way: lakhs and
// crores, monthly thousands, CTC and in-hand, in English, Hindi and Hinglish.
//
// A text enters, a job.Pay leaves, with the bytes that it was read from. The
// reader refuses figures that it is not sure of: a wrong figure is worse than
// none.
package pay

import (
	"strings"

	"jobsieve/job"
	"jobsieve/text"
)

// Defaults says what holds for a source where a text states nothing.
type Defaults struct {
	// Period holds for figures of the salary field that are given without a
	// period, a lakh or a crore. Empty: their size decides.
	Period job.Period
	// Currency holds for figures without a currency. Empty: INR.
	Currency string
}

// DefaultsOf gives what is known of a well-known board, by the name of its
// source: Internshala states yearly pay without saying so.
func DefaultsOf(source string) Defaults {
	if strings.HasPrefix(strings.ToLower(source), "internshala") {
		return Defaults{Period: job.PerYear}
	}
	return Defaults{}
}

// Read reads the text of one field; field is salary, title or description,
// and any other is read as a description.
func Read(field job.Field, s string, def Defaults) job.Pay {
	return ReadDoc(field, text.Parse(s), def)
}

// ReadDoc is Read for a text that has been parsed already.
func ReadDoc(field job.Field, d *text.Doc, def Defaults) job.Pay {
	if p, ok := readStructured(field, d.Text, def); ok {
		return p
	}
	s := newScan(field, d, def)
	defer s.done()
	return s.read()
}

// None is the pay of a text that says nothing about pay.
func None() job.Pay {
	return job.Pay{Kind: job.PayNone, Basis: job.BasisUnspecified}
}

// OfPosting reads a posting's pay: from the salary field if that states any,
// else from the title, else from the description; but an employer's figure
// beats a board's estimate. Where no field states pay it is undisclosed. docs
// gives the parsed text of a field.
func OfPosting(docs func(job.Field) *text.Doc, def Defaults) job.Pay {
	best := None()
	for _, f := range []job.Field{job.FieldSalary, job.FieldTitle, job.FieldDescription} {
		p := ReadDoc(f, docs(f), def)
		switch {
		case p.Kind == job.PayOffer:
			return p
		case rank(p.Kind) > rank(best.Kind):
			best = p
		}
	}
	if best.Kind == job.PayNone {
		best.Kind = job.PayUndisclosed
	}
	return best
}

// rank orders what may stand in for an offer.
func rank(k job.PayKind) int {
	switch k {
	case job.PayEstimate:
		return 3
	case job.PayUnpaid:
		return 2
	case job.PayUndisclosed:
		return 1
	}
	return 0
}
