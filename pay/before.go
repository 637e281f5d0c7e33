package pay

import (
	"jobsieve/job"
	"jobsieve/text"
)

// wordsBefore is a look at the words in front of a figure, from the figure back.
type wordsBefore struct {
	*scan
	ctx     context
	unknown int  // the words that said nothing
	aside   bool // in a bracket that is closed before the figure
	barred  bool // a line or a bullet was passed
	heads   bool // a colon or a dash was passed after that: the line is a heading
	comma   bool // a clause was left
	joined  bool // a joining word was passed since the last money
	payAt   int  // the first token of the word for pay
	payGap  int  // what unknown was there
}

// maxBefore is the most tokens in front of a figure that are looked at.
const maxBefore = 24

// lookBefore reads the words in front of token p, not beyond token floor.
func (s *scan) lookBefore(p, floor int) context {
	w := wordsBefore{scan: s, ctx: newContext(p)}
	for steps := 0; p > floor && steps < maxBefore; steps++ {
		var stop bool
		if r := s.ending[p]; r.ok && r.other >= floor {
			stop = w.phrase(r, p)
			p = r.other
		} else {
			p--
			stop = w.token(p)
		}
		if stop {
			break
		}
	}
	return w.ctx
}

// token passes over a token of no phrase; it reports whether to stop.
func (w *wordsBefore) token(i int) (stop bool) {
	t := &w.doc.Tokens[i]
	w.joined = w.joined || w.joins(i)
	if w.abbreviates(i) {
		return false
	}
	switch t.Kind {
	case text.Number:
		w.unknown++
	case text.Newline:
		stop = w.barred || w.ctx.pay >= 0
		w.barred = true
	case text.Word:
		stop = w.barred
		if cur, _ := w.currencyAt(i); cur == "" {
			w.unknown++
		}
	case text.Symbol:
		stop = w.sign(i)
	}
	return stop || w.unknown > maxUnknown
}

// sign passes over a sign; it reports whether to stop.
func (w *wordsBefore) sign(i int) (stop bool) {
	t := &w.doc.Tokens[i]
	switch t.Norm {
	case "(", ")":
		w.aside = t.Norm == ")"
		return false
	case "|", "•", "*":
		w.barred = true
		return w.ctx.pay >= 0
	}
	if w.doc.Stop(i) || t.Norm == "%" {
		return true
	}
	switch t.Norm {
	case ":", "-":
		w.heads = w.barred
		w.comma = w.comma || w.ctx.pay >= 0 && !t.Glued
	case ",":
		w.comma = true
		w.unknown++
	}
	return false
}

// Cues of a phrase in front of a figure.
const (
	// inHeading are those of a line above that may be about the figure.
	inHeading = cuePay | cueLevel | cueSoft | cueUpto | cueFrom | cuePeriod
	// saysNothingBefore are those that mean nothing in front of a figure.
	saysNothingBefore = cueTo | cuePer | cueCounted | cuePeriodShort | cueUptoAfter | cueFromAfter | cueForATime
	// comesWithPay are money that may be joined to pay: "salary + incentives: 20,000".
	comesWithPay = cueVariable | cueOther | cueOnce | cueLaw
	// takesClause are money that a word for pay doesn't make pay: "ESIC for salary
	// below 21,000".
	takesClause = cueApplicant | cueLaw | cueTaken | cueRise | cueRefer
)

// phrase takes in one phrase, which ends before token end; it reports whether to
// stop.
func (w *wordsBefore) phrase(r reach, end int) (stop bool) {
	if w.barred && (r.cue&inHeading == 0 || w.unknown > 0 && !w.heads) {
		return true
	}
	if r.cue&cueNoPeriod != 0 {
		w.unknown++
		return w.barred
	}
	w.takeBound(r)
	w.takeBasis(r)
	w.takePeriod(r, end)
	return w.takeSubject(r, end)
}

// takeSubject takes in what a phrase says the figure is: pay, other money, or what
// one will get. It reports whether to stop.
func (w *wordsBefore) takeSubject(r reach, end int) (stop bool) {
	w.ctx.given = w.ctx.given || r.cue&cueGiven != 0 && w.unknown <= 1
	w.ctx.average = w.ctx.average || r.cue&cueEstimate != 0
	for i := r.other; i < end; i++ {
		w.joined = w.joined || w.joins(i)
	}
	switch {
	case r.cue&cueLevel != 0 && (end-r.other > 1 || w.doc.IsKind(end, text.Number)):
		w.ctx.level = true
		w.takePay(r.other)
	case r.cue&cuePay != 0:
		return w.takePay(r.other)
	case r.cue&cueMoney != 0:
		return w.takeMoney(r, end)
	case r.cue&(cueCounted|cueOtherPeriod|cueHidden|cueUnpaid) != 0, r.cue&^saysNothingBefore == 0:
		w.unknown++
	}
	return w.barred && r.cue&^cueSoft == 0 && w.unknown > 0
}

// takeBound takes "at least" or "at most" right in front of the figure.
func (w *wordsBefore) takeBound(r reach) {
	ctx := &w.ctx
	if w.unknown > 0 || w.barred {
		return
	}
	if r.cue&cueFrom != 0 && !ctx.upto {
		ctx.from, ctx.reach = true, min(ctx.reach, r.other)
	}
	if r.cue&cueUpto != 0 && !ctx.from {
		ctx.upto, ctx.reach = true, min(ctx.reach, r.other)
		listed := isAny(w.doc, r.other-1, ":", "-") // "Salary: below 20,000" is an offer
		ctx.less = r.cue&cueLess != 0 && w.field == job.FieldDescription && !listed
	}
}

// takeBasis takes CTC or in-hand from a phrase of the figure's clause.
func (w *wordsBefore) takeBasis(r reach) {
	ctx := &w.ctx
	if w.unknown > 1 || w.comma || ctx.basis != 0 || ctx.money != 0 {
		return
	}
	ctx.basis = r.cue & (cueCTC | cueInHand)
	if ctx.basis != 0 && w.unknown == 0 && !w.barred {
		ctx.reach = min(ctx.reach, r.other)
	}
}

// takePeriod takes the period from a phrase of the figure's clause.
func (w *wordsBefore) takePeriod(r reach, end int) {
	ctx := &w.ctx
	if w.unknown > 1 || w.comma || ctx.period != "" || r.cue&cuePeriod == 0 || w.measures(end) {
		return
	}
	ctx.period = r.period
	ctx.direct = end == ctx.reach || r.cue&cuePay != 0
}

// takePay takes in a word for pay. Other money that stood nearer is what the figure is,
// unless it is only joined to the pay: "salary + incentives: 20,000".
func (w *wordsBefore) takePay(first int) (stop bool) {
	ctx := &w.ctx
	if ctx.money != 0 {
		if !w.joined || ctx.money&comesWithPay == 0 || ctx.money&cueRise != 0 {
			return true
		}
		ctx.money = 0
	}
	if ctx.pay < 0 {
		ctx.pay = w.unknown
	}
	w.joined, w.payAt, w.payGap = false, first, w.unknown
	return false
}

// takeMoney takes in a word for other money.
func (w *wordsBefore) takeMoney(r reach, end int) (stop bool) {
	ctx := &w.ctx
	switch {
	case w.aside: // "(health insurance) – 14k"
	case ctx.pay >= 0:
		if ctx.veto = w.vetoOf(r, end); ctx.veto != 0 {
			return true
		}
		w.unknown++
	case ctx.money != 0:
		w.unknown++
	case w.deniedBefore(r.other):
		w.unknown++
		return false
	default:
		ctx.money, ctx.gap = r.cue&cueMoney, w.unknown
		w.joined = false
	}
	return w.barred
}

// vetoOf gives the other money that a clause is about although it names pay nearer to
// the figure; none where the two are only joined or the money is denied.
func (w *wordsBefore) vetoOf(r reach, end int) cue {
	money := r.cue & cueMoney
	if end == w.payAt && !w.joined && money != cueFirm { // "referral payout"
		return money
	}
	money &= takesClause
	onlyJoined := w.joined && w.unknown == w.payGap && money != cueRefer
	if w.comma || onlyJoined || w.deniedBefore(r.other) {
		return 0
	}
	return money
}
