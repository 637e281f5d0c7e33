package pay

import (
	"jobsieve/job"
	"jobsieve/text"
)

// context is what the words on one side of a figure say about it.
type context struct {
	pay     int // words between the figure and a word for pay; -1 for none
	money   cue // other money that the nearest such word names
	gap     int // words between the figure and that
	veto    cue // other money that the clause is about, beyond the word for pay
	upto    bool
	less    bool // "below", of a salary rather than of an offer
	from    bool
	basis   cue
	period  job.Period
	other   bool // a period that has no yearly figure
	direct  bool // the period's word is right before the figure: roz 450
	perk    bool // a perk joined to the figure
	given   bool
	counted bool
	named   bool // a word of no list comes right after the figure
	average bool
	level   bool // of a level of government pay
	// reach is the token up to which the words belong to the figure.
	reach int
}

func newContext(at int) context { return context{pay: -1, reach: at} }

// takeUnits takes the period and the basis from a phrase.
func (c *context) takeUnits(g sense) {
	if c.period == "" && g.cue&(cuePeriod|cuePeriodShort) != 0 {
		c.period = g.period
	}
	if c.basis == 0 {
		c.basis = g.cue & (cueCTC | cueInHand)
	}
}

// The most tokens, and the most words that say nothing, between a figure and what
// is said about it.
const (
	maxSteps   = 24
	maxUnknown = 6
	maxNear    = 3
)

// look reads the words on both sides of e; those before token floor belong to
// another figure.
func (s *scan) look(e *expression, floor int) {
	e.before = s.lookBefore(e.lo.first, floor)
	e.after = s.lookAfter(e)
	e.first = min(e.first, e.before.reach)
	e.end = max(e.end, e.after.reach)
}

// walk is how far a look has come.
type walk struct {
	unknown int
	aside   bool // in a bracket that is closed before the figure
	barred  bool // a line or a bullet was passed
	heads   bool // a colon or a dash was passed after that: the line is a heading
	comma   bool // a clause was left
	joined  bool // a joining word was passed since the last money
	payAt   int  // the first token of the word for pay
	payGap  int  // what unknown was there
}

// joiners join what comes with pay to it.
var joiners = map[string]bool{
	"+": true, "&": true, "with": true, "including": true, "incl": true, "inclusive": true, "and": true, "plus": true,
	"और": true, "aur": true, "सहित": true, "sahit": true, "समेत": true, "samet": true, "एवं": true, "तथा": true, "व": true, "/": true, "(": true, ")": true, ",": true,
}

func (s *scan) lookBefore(p, floor int) context {
	ctx, w := newContext(p), walk{}
	for steps := 0; p > floor && steps < maxSteps; steps++ {
		r := s.ending[p]
		if r.ok && r.other >= floor {
			if s.phraseBefore(&ctx, &w, r, p) {
				break
			}
			p = r.other
			continue
		}
		if s.tokenBefore(&ctx, &w, p-1) {
			break
		}
		p--
	}
	return ctx
}

// tokenBefore passes over a token of no phrase; it reports whether to stop.
func (s *scan) tokenBefore(ctx *context, w *walk, i int) (stop bool) {
	t := &s.doc.Tokens[i]
	w.joined = w.joined || joiners[t.Norm]
	if s.abbreviates(i) {
		return false
	}
	switch t.Kind {
	case text.Number:
		w.unknown++
	case text.Newline:
		stop = w.barred || ctx.pay >= 0
		w.barred = true
	case text.Word:
		stop = w.barred
		if cur, _ := s.currencyAt(i); cur == "" {
			w.unknown++
		}
	case text.Symbol:
		switch {
		case t.Norm == ")" || t.Norm == "(":
			w.aside = t.Norm == ")"
		case t.Norm == "|" || t.Norm == "•" || t.Norm == "*":
			stop = ctx.pay >= 0
			w.barred = true
		case s.doc.Stop(i) || t.Norm == "%":
			return true
		case t.Norm == ":" || t.Norm == "-":
			w.heads = w.barred
			w.comma = w.comma || ctx.pay >= 0 && !t.Glued
		case t.Norm == "," || t.Norm == ";":
			w.comma = true
			w.unknown++
		}
	}
	return stop || w.unknown > maxUnknown
}

// abbreviations may have a point after them that ends no sentence.
var abbreviations = map[string]bool{
	"max": true, "min": true, "sal": true, "approx": true, "rs": true, "pm": true, "pa": true, "hr": true, "hrs": true, "yr": true,
	"mth": true, "wk": true, "incl": true, "रू": true, "mo": true, "mon": true, "रु": true, "प्र": true,
}

// abbreviates reports the point of "max.", "p.m.".
func (s *scan) abbreviates(i int) bool {
	const longest = 6
	t := &s.doc.Tokens[i]
	if t.Norm != "." || !t.Glued || i == 0 || s.doc.Tokens[i-1].Kind != text.Word {
		return false
	}
	w := s.doc.Tokens[i-1].Norm
	return len(w) == 1 || len(w) <= longest && abbreviations[w]
}

// phraseBefore takes in one phrase in front of a figure; it reports whether to
// stop.
func (s *scan) phraseBefore(ctx *context, w *walk, r reach, end int) (stop bool) {
	near := w.unknown == 0 && !w.barred
	if w.barred && (r.cue&(cuePay|cueLevel|cueSoft|cueUpto|cueFrom|cuePeriod) == 0 || w.unknown > 0 && !w.heads) {
		return true
	}
	if r.cue&cueNoPeriod != 0 {
		w.unknown++
		return w.barred
	}
	if near && r.cue&cueFrom != 0 && !ctx.upto {
		ctx.from, ctx.reach = true, min(ctx.reach, r.other)
	}
	if near && r.cue&cueUpto != 0 && !ctx.from {
		ctx.upto, ctx.reach = true, min(ctx.reach, r.other)
		ctx.less = r.cue&cueLess != 0 && s.field == job.FieldDescription && !s.doc.Is(r.other-1, ":") && !s.doc.Is(r.other-1, "-")
	}
	s.unitsBefore(ctx, w, r, end)
	ctx.given = ctx.given || r.cue&cueGiven != 0 && w.unknown <= 1
	ctx.average = ctx.average || r.cue&cueEstimate != 0
	for i := r.other; i < end; i++ {
		w.joined = w.joined || joiners[s.doc.Tokens[i].Norm]
	}
	switch {
	case r.cue&cueLevel != 0 && (end-r.other > 1 || s.doc.IsKind(end, text.Number)):
		ctx.level = true
		s.payBefore(ctx, w, r.other)
	case r.cue&cuePay != 0:
		return s.payBefore(ctx, w, r.other)
	case r.cue&cueMoney != 0:
		return s.moneyBefore(ctx, w, r, end)
	case r.cue&(cueCounted|cueOtherPeriod|cueHidden|cueUnpaid) != 0:
		w.unknown++
	case r.cue&^(cueTo|cuePer|cueCounted|cuePeriodShort|cueUptoAfter|cueFromAfter|cueForATime) == 0:
		w.unknown++
	}
	return w.barred && r.cue&^cueSoft == 0 && w.unknown > 0
}

// unitsBefore takes the period and the basis from a phrase before a figure.
func (s *scan) unitsBefore(ctx *context, w *walk, r reach, end int) {
	if w.unknown <= 1 && !w.comma && ctx.basis == 0 && ctx.money == 0 {
		if ctx.basis = r.cue & (cueCTC | cueInHand); ctx.basis != 0 && w.unknown == 0 && !w.barred {
			ctx.reach = min(ctx.reach, r.other)
		}
	}
	if r.cue&cuePeriod != 0 && w.unknown <= 1 && !w.comma && ctx.period == "" && !s.measures(end) {
		ctx.period = r.period
		ctx.direct = end == ctx.reach || r.cue&cuePay != 0
	}
}

// payBefore takes in a word for pay. Other money that stood nearer is what the
// figure is, unless it is only joined to the pay: "salary + incentives: 20,000".
func (s *scan) payBefore(ctx *context, w *walk, first int) (stop bool) {
	if ctx.money != 0 {
		if !w.joined || ctx.money&(cueVariable|cueOther|cueOnce|cueLaw) == 0 || ctx.money&cueRise != 0 {
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

// moneyBefore takes in a word for other money.
func (s *scan) moneyBefore(ctx *context, w *walk, r reach, end int) (stop bool) {
	money := r.cue & cueMoney
	switch {
	case w.aside: // "(health insurance) – 14k"
	case ctx.pay >= 0:
		if end == w.payAt && !w.joined && money != cueFirm { // "referral payout"
			ctx.veto = money
			return true
		}
		if veto := money & (cueApplicant | cueLaw | cueTaken | cueRise | cueRefer); veto != 0 && !w.comma && (!w.joined || w.unknown > w.payGap || veto == cueRefer) && !s.deniedBefore(r.other) {
			ctx.veto = veto
			return true
		}
		w.unknown++
	case ctx.money == 0:
		if s.deniedBefore(r.other) {
			w.unknown++
			return false
		}
		ctx.money, ctx.gap = money, w.unknown
		w.joined = false
	default:
		w.unknown++
	}
	return w.barred
}

// deniedBefore reports "no", "without", "बिना" before token i.
func (s *scan) deniedBefore(i int) bool {
	for j := i - 1; j >= 0 && j >= i-2; j-- {
		switch s.doc.Tokens[j].Norm {
		case "no", "without", "zero", "बिना", "bina", "कोई", "koi", "not", "never":
			return true
		}
	}
	return false
}

// measures reports that what follows token i is counted in work: "daily 9 hours",
// "हफ्ते में 6 दिन".
func (s *scan) measures(i int) bool {
	d := s.doc
	for i < len(d.Tokens) && (d.Is(i, "में") || d.Is(i, "me") || d.Is(i, "-") || d.Is(i, ":")) {
		i++
	}
	if !d.IsKind(i, text.Number) {
		return false
	}
	for i++; i < len(d.Tokens) && (d.IsKind(i, text.Number) || d.Is(i, "-") || d.Is(i, "to") || d.Is(i, "se") || d.Is(i, "से")); i++ {
	}
	return s.says(i, cueCounted|cuePeriod)
}
