// Package trust reads from a posting what speaks against trusting it: that it asks
// the applicant for money, and that a messenger is the only way to apply.
//
// A posting enters, signals leave, each with the text that it was read from. A
// signal is no judgement: honest employers give some of them, and no posting is
// removed or labelled otherwise for one.
package trust

import (
	"jobsieve/contacts"
	"jobsieve/job"
	"jobsieve/text"
)

// Kind says what a signal is of.
type Kind string

// The kinds of signals. The first two are what one posting tells by itself, the others
// show beside other postings.
const (
	Fee           Kind = "fee"
	MessengerOnly Kind = "messenger_only"
	PayFarAbove   Kind = "pay_far_above"
	Reposted      Kind = "reposted"
	ManyCompanies Kind = "many_companies"
)

// Kinds lists every kind.
var Kinds = []Kind{Fee, MessengerOnly, PayFarAbove, Reposted, ManyCompanies}

// Says tells in plain words what a signal means.
func (k Kind) Says() string {
	switch k {
	case Fee:
		return "asks the applicant for money"
	case MessengerOnly:
		return "the text names a messenger, and no other way to apply"
	case PayFarAbove:
		return "offers far more than others do for such work"
	case Reposted:
		return "was posted again and again over a long time"
	case ManyCompanies:
		return "has the text of postings of many other employers"
	}
	return string(k)
}

// Signal is one signal that a posting gives, and what it rests on.
type Signal struct {
	Kind Kind `json:"signal"`
	// Says is what the signal means.
	Says string `json:"says"`
	// Because says what other postings show; empty for what one tells by itself.
	Because string `json:"because,omitempty"`
	// Text are bytes Start up to but not including End of Field; Field is empty where the
	// signal rests on no single piece of the text.
	Field job.Field `json:"field,omitempty"`
	Start int       `json:"start"`
	End   int       `json:"end"`
	Text  string    `json:"text,omitempty"`
}

// Read gives the signals of a posting, by kind, field and place. Of each field the
// first text.Limit bytes are read; the cost is in proportion to them.
func (r *Reader) Read(p *job.Posting) []Signal {
	var fees, messengers []Signal
	otherWay := false
	for _, f := range job.Fields {
		// What is masked twice stays as it is, and every span with it.
		d := text.Parse(contacts.Mask(text.Cut(p.Text(f))))
		if len(d.Tokens) == 0 {
			continue
		}
		for _, s := range r.fees(d) {
			fees = append(fees, signal(Fee, f, d, s))
		}
		a := r.applying(d)
		otherWay = otherWay || a.otherWay
		for _, s := range a.messengers {
			messengers = append(messengers, signal(MessengerOnly, f, d, s))
		}
	}
	if otherWay {
		return fees
	}
	return append(fees, messengers...)
}

// span is tokens first up to but not including end.
type span struct{ first, end int }

func signal(k Kind, f job.Field, d *text.Doc, s span) Signal {
	return Signal{
		Kind: k, Says: k.Says(), Field: f,
		Start: d.Tokens[s.first].Start, End: d.Tokens[s.end-1].End, Text: d.Slice(s.first, s.end),
	}
}
