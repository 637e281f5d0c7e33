// Package pay reads what a posting says about pay, in the manner of one market:
// of India, lakhs and crores, monthly thousands, CTC and in-hand, in English,
// Hindi and Hinglish.
//
// A text enters, a job.Pay leaves, with the bytes that it was read from. The text
// is read in three steps: amounts (a number, its currency and its unit);
// expressions (an amount, a range or a bound, with the period and the basis of
// its clause); and statements, which are expressions with a role: whose money it
// is, and for what. A statement is pay only where something shows that it is, and
// never against what shows that it is not: a wrong figure is worse than none.
package pay

import (
	"fmt"
	"strings"
	"sync"

	"jobsieve/job"
	"jobsieve/lexicon"
	"jobsieve/text"
)

// Defaults says what holds for a source where a text states nothing.
type Defaults struct {
	// Period holds for figures of the salary field that are given without a
	// period, a lakh or a crore. Empty: their size decides.
	Period job.Period
	// Currency holds for figures without a currency. Empty: the market's own.
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

// Reader reads pay with the words of one lexicon, in one market. It may be used by
// several goroutines.
type Reader struct{ words }

// New makes a reader. Its error says which list of words it lacks.
func New(x *lexicon.Lexicon, m *job.Market) (*Reader, error) {
	r := &Reader{}
	if err := r.load(x, m); err != nil {
		return nil, fmt.Errorf("words of pay: %w", err)
	}
	return r, nil
}

// Standard is the reader of the Indian market with the words that come with the
// program.
var Standard = sync.OnceValue(func() *Reader {
	r, err := New(lexicon.Embedded(), &job.India)
	if err != nil {
		panic(err) // the lexicon is embedded, and tests read it
	}
	return r
})

// Read reads the text of one field; field is salary, title or description,
// and any other is read as a description.
func (r *Reader) Read(field job.Field, s string, def Defaults) job.Pay {
	d := documents.Get().(*text.Doc)
	defer documents.Put(d)
	d.Reset(s)
	return r.ReadDoc(field, d, def)
}

// documents keeps the memory of texts that are read.
var documents = sync.Pool{New: func() any { return new(text.Doc) }}

// ReadDoc is Read for a text that has been parsed already.
func (r *Reader) ReadDoc(field job.Field, d *text.Doc, def Defaults) job.Pay {
	if p, ok := r.readStructured(field, d.Text, def); ok {
		return p
	}
	s := r.scan(field, d, def)
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
func (r *Reader) OfPosting(docs func(job.Field) *text.Doc, def Defaults) job.Pay {
	best := None()
	for _, f := range []job.Field{job.FieldSalary, job.FieldTitle, job.FieldDescription} {
		p := r.ReadDoc(f, docs(f), def)
		switch {
		case p.Kind == job.PayOffer || p.Kind == job.PayUnpaid && f == job.FieldSalary:
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
