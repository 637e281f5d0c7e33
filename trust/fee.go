package trust

import (
	"cmp"
	"slices"
	"strconv"

	"jobsieve/lexicon/phrase"
	"jobsieve/text"
)

// denial is what a phrase takes back.
type denial uint8

const (
	deniesAfter  denial = iota + 1 // "no": what follows it
	deniesBefore                   // "नहीं": what stands before it
)

// How far from the name of a charge its words may stand, in tokens.
const (
	nearby   = 8  // that it is to be paid, and who pays
	farther  = 30 // that somebody warns of it
	justNear = 4  // that there is none
)

// fees gives the places where a text asks the applicant for money, in order.
func (r *Reader) fees(d *text.Doc) []span {
	out, named := r.charged(d)
	for _, h := range r.payments.Hits(d) {
		if f := r.fee(d, h); !named.overlap(f.span) && f.hasMoney() && f.stands() {
			out = append(out, f.span)
		}
	}
	named.at = 0
	for _, h := range r.things.Hits(d) {
		if f := r.fee(d, h); !named.overlap(f.span) && f.hasAmount() && f.stands() {
			out = append(out, f.span)
		}
	}
	return merged(out)
}

// charged gives the charges that a text asks for by name; named are all that it names.
func (r *Reader) charged(d *text.Doc) (out []span, named among) {
	before := fee{}
	for _, h := range r.charges.Hits(d) {
		f := r.fee(d, h)
		f.denied = f.isDenied() || before.denied && f.follows(before.span)
		before = f
		named.spans = append(named.spans, f.span)
		if !f.denied && f.joined(h.First, h.End) && f.isAsked() && f.stands() {
			out = append(out, f.span)
		}
	}
	return out, named
}

func (r *Reader) fee(d *text.Doc, h phrase.Hit[string]) fee {
	return fee{reader: r, d: d, span: span{h.First, h.End}}
}

// merged puts spans in order, and makes one of those that overlap.
func merged(spans []span) []span {
	slices.SortFunc(spans, func(a, b span) int { return cmp.Compare(a.first, b.first) })
	out := spans[:0]
	for _, s := range spans {
		if last := len(out) - 1; last >= 0 && s.first < out[last].end {
			out[last].end = max(out[last].end, s.end)
			continue
		}
		out = append(out, s)
	}
	return out
}

// stands reports that nothing takes the fee back, and that it is the applicant's.
func (f *fee) stands() bool { return !f.isDenied() && !f.warnedOf() && !f.ofOthers() }

// among is spans in order, asked for one after the other.
type among struct {
	spans []span
	at    int // the first that may overlap the next one asked for
}

// overlap reports that one of the spans has tokens of s, which begins no earlier than
// those asked for before.
func (a *among) overlap(s span) bool {
	for a.at < len(a.spans) && a.spans[a.at].end <= s.first {
		a.at++
	}
	return a.at < len(a.spans) && a.spans[a.at].first < s.end
}

// fee is the name of a charge, or words that ask for a payment, in a text.
type fee struct {
	span
	reader *Reader
	d      *text.Doc
	denied bool
}

// near reports one of some phrases in the fee's sentence, at most so many tokens from
// it and outside it.
func near[V any](f *fee, phrases *phrase.Values[V], most int) bool {
	for _, h := range phrase.Near(phrases.All(f.d), f.first-most, f.end+most) {
		if (h.End <= f.first || h.First >= f.end) && f.sameSentence(h.First) {
			return true
		}
	}
	return false
}

func (f *fee) sameSentence(i int) bool { return f.d.Sentence(i) == f.d.Sentence(f.first) }

// isAsked reports that the charge is to be paid.
func (f *fee) isAsked() bool { return f.hasAmount() || near(f, f.reader.asked, nearby) }

// leastAmount is the least number that is taken for an amount, in rupees: less are
// days and numbers of a list.
const leastAmount = 50

// hasMoney reports an amount beside or within the fee that is one in rupees.
func (f *fee) hasMoney() bool {
	if !f.hasAmount() {
		return false
	}
	for i := max(0, f.first-justNear); i < min(len(f.d.Tokens), f.end+justNear); i++ {
		if f.d.Is(i, "₹") && f.sameSentence(i) {
			return true
		}
	}
	for _, h := range phrase.Near(f.reader.rupees.All(f.d), f.first-justNear, f.end+justNear) {
		if f.sameSentence(h.First) {
			return true
		}
	}
	return false
}

// hasAmount reports a number that may be an amount beside or within the fee: "Rs 500",
// "500/-", "fee: 500".
func (f *fee) hasAmount() bool {
	for i := max(0, f.first-justNear); i < min(len(f.d.Tokens), f.end+justNear); i++ {
		if !f.d.IsKind(i, text.Number) || !f.sameSentence(i) {
			continue
		}
		n, err := strconv.ParseFloat(f.d.Tokens[i].Norm, 64)
		if err == nil && n >= leastAmount {
			return true
		}
	}
	return false
}

// isDenied reports that there is no such charge: "no registration fee", "fees: nil",
// "रजिस्ट्रेशन फीस नहीं".
func (f *fee) isDenied() bool {
	for _, h := range phrase.Near(f.reader.denials.All(f.d), f.first-justNear, f.end+justNear) {
		switch {
		case h.Value == deniesAfter && h.End <= f.first && f.joined(h.End, f.first),
			h.Value == deniesBefore && h.First >= f.end && f.joined(f.end, h.First):
			return true
		}
	}
	for _, h := range phrase.Near(f.reader.unasked.All(f.d), f.first-justNear, f.end+justNear) {
		if h.End <= f.first && f.joined(h.End, f.first) || h.First >= f.end && f.joined(f.end, h.First) {
			return true
		}
	}
	return false
}

// joined reports that no sentence ends and no comma stands among tokens i up to but not
// including j.
func (f *fee) joined(i, j int) bool {
	for ; i < j; i++ {
		if f.d.Stop(i) || f.d.Is(i, ",") {
			return false
		}
	}
	return true
}

// follows reports that the fee is the next of a list: "no registration fee, training fee
// or deposit".
func (f *fee) follows(before span) bool {
	const most = 4 // tokens between
	return f.first >= before.end && f.first-before.end <= most && f.sameSentence(before.first)
}

// warnedOf reports that the sentence warns of such charges.
func (f *fee) warnedOf() bool { return near(f, f.reader.warned, farther) }

// ofOthers reports that others than applicants pay it, or that it is what the work is
// about.
func (f *fee) ofOthers() bool {
	about := phrase.Near(f.reader.others.All(f.d), f.first-nearby, f.end+nearby)
	for _, h := range about {
		within := h.First >= f.first && h.End <= f.end // "processing fee" is no processing of fees
		if !within && f.sameSentence(h.First) && !near(f, f.reader.applicants, nearby) {
			return true
		}
	}
	return false
}
