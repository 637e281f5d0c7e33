package pay

import (
	"jobsieve/job"
	"jobsieve/text"
)

// context is what the words on one side of a figure say about it.
type context struct {
	pay    int // words between the figure and a word for pay; -1 for none
	notPay int // how surely it is other money, 0–3
	noun   bool
	upto   bool
	from   bool
	basis  cue
	period job.Period
	perk   bool
	given  bool
	direct bool // the period's word is right before the figure: roz 450
	piece  bool
	lump   bool
	avg    bool
	extra  bool // only incentives are spoken of
	// reach is the token up to which the words belong to the figure.
	reach int
}

// The most words that may be between a figure and what is said about it.
const (
	maxSteps   = 16
	maxUnknown = 3
)

// look reads the words on both sides of c.
func (s *scan) look(c *candidate) {
	c.before = s.lookBefore(c.lo.first)
	c.after = s.lookAfter(c.hi.end)
	c.first = min(c.first, c.before.reach)
	c.end = max(c.end, c.after.reach)
}

func (s *scan) lookBefore(p int) context {
	ctx := context{pay: -1, reach: p}
	unknown, words, barred := 0, 0, false
	for steps := 0; p > 0 && steps < maxSteps; steps++ {
		if r := s.ending[p]; r.ok {
			if r.cue == cueSoft || r.cue&^(cueSoft|cueTo|cuePer|cueNoun|cuePeriodOf|cueUptoAfter|cueFromAfter) == 0 {
				if r.cue&cueSoft == 0 {
					unknown++
				}
				if s.doc.Tokens[p-1].Kind == text.Number {
					return ctx
				}
				words++
				p = r.other
				continue
			}
			if s.before(&ctx, r, unknown, barred, words) {
				return ctx
			}
			if r.cue&(cueUpto|cueFrom) == 0 {
				words++
			}
			p = r.other
			continue
		}
		t := &s.doc.Tokens[p-1]
		switch t.Kind {
		case text.Number:
			return ctx
		case text.Newline:
			if barred {
				return ctx
			}
			barred = true
		case text.Word:
			if barred {
				return ctx
			}
			if _, cur := currencies.Of(t.Norm); !cur {
				unknown++
				words++
			}
		case text.Symbol:
			switch {
			case t.Norm == "|" || t.Norm == "•" || t.Norm == "*":
				barred = true
			case s.doc.Stop(p-1) || t.Norm == "%" || t.Norm == ")" && unknown > 0:
				return ctx
			case t.Norm == "," || t.Norm == "+":
				unknown++
			}
		}
		if unknown > maxUnknown {
			return ctx
		}
		p--
	}
	return ctx
}

// before takes in one phrase in front of a figure; it reports whether to stop.
func (s *scan) before(ctx *context, r reach, unknown int, barred bool, words int) (stop bool) {
	near := unknown == 0 && !barred
	switch {
	case r.cue&cuePay != 0 && ctx.notPay == 0:
		if ctx.pay < 0 {
			ctx.pay = unknown
		}
		if unknown <= 1 && ctx.basis == 0 {
			ctx.basis = r.cue & (cueCTC | cueInHand)
		}
		if r.period != "" && ctx.period == "" { // दिहाड़ी names pay and a period
			ctx.period = r.period
		}
		if near && ctx.basis != 0 {
			ctx.reach = min(ctx.reach, r.other)
		}
	case r.cue&(cueNotPay|cuePiece) != 0:
		if ctx.pay < 0 {
			ctx.notPay = max(1, 3-unknown)
		}
		return true
	case r.cue&cueIncentive != 0:
		ctx.extra = ctx.pay < 0
		return true
	}
	if r.cue&cueUpto != 0 && near && !ctx.from {
		ctx.upto = true
		ctx.reach = min(ctx.reach, r.other)
	}
	if r.cue&cueFrom != 0 && near && !ctx.upto {
		ctx.from = true
		ctx.reach = min(ctx.reach, r.other)
	}
	if r.cue&cuePeriod != 0 && unknown <= 1 && ctx.period == "" {
		ctx.period = r.period
		ctx.direct = words == 0
		if near {
			ctx.reach = min(ctx.reach, r.other)
		}
	}
	if r.cue&cueEstimate != 0 {
		ctx.avg = true
	}
	return false
}

func (s *scan) lookAfter(p int) context {
	ctx := context{pay: -1, reach: p}
	unknown, per, joined, aside := 0, false, false, false
	for steps := 0; p < len(s.doc.Tokens) && steps < maxSteps; steps++ {
		if r := s.starting[p]; r.ok {
			if r.cue&cueNoPeriod != 0 {
				return ctx
			}
			if s.after(&ctx, r, afterState{unknown, per, joined, aside}) {
				return ctx
			}
			per = r.cue&cuePer != 0
			if r.cue&(cueSoft|cuePer|cuePeriod|cueCTC|cueInHand|cuePay|cueUptoAfter|cueFromAfter|cuePerk|cueTo) == 0 {
				unknown++
			}
			p = r.other
			if unknown > 1 {
				return ctx
			}
			continue
		}
		t := &s.doc.Tokens[p]
		per = false
		switch t.Kind {
		case text.Number, text.Newline:
			return ctx
		case text.Word:
			if _, cur := currencies.Of(t.Norm); cur {
				return ctx
			}
			if unknown++; unknown > 1 {
				return ctx
			}
		case text.Symbol:
			switch t.Norm {
			case "/":
				per = true
			case "+", "&":
				joined = !s.doc.Is(p+1, "above")
			case "(", ")", "-", "*", "'", "\"", "=":
				aside = aside || t.Norm == "("
			case ".":
				if s.doc.Stop(p) {
					return ctx
				}
			default:
				return ctx
			}
		}
		p++
	}
	return ctx
}

type afterState struct {
	unknown int
	per     bool // "per" or "/" comes just before
	joined  bool // a "+" is between
	aside   bool // a parenthesis was opened
}

// after takes in one phrase after a figure; it reports whether to stop.
func (s *scan) after(ctx *context, r reach, st afterState) (stop bool) {
	near := st.unknown == 0 && !st.joined
	if r.cue&cuePay != 0 && s.opens(r.other) {
		return true
	}
	if st.joined {
		if ctx.period == "" && (r.cue&cuePeriod != 0 || st.per && r.cue&cuePeriodOf != 0) {
			ctx.period = r.period
			return true
		}
		ctx.perk = ctx.perk || r.cue&(cuePerk|cueIncentive) != 0
		return r.cue&(cuePerk|cueIncentive|cuePer|cueSoft) == 0
	}
	ctx.given = ctx.given || r.cue&cueGiven != 0 && st.unknown == 0
	switch {
	case r.cue&cuePiece != 0 && near:
		ctx.piece = true
		return true
	case r.cue&cueLump != 0 && near:
		ctx.lump = true
	case r.cue&cuePay != 0:
		if ctx.pay < 0 {
			ctx.pay = st.unknown
		}
		if near && ctx.basis == 0 {
			ctx.basis = r.cue & (cueCTC | cueInHand)
			if ctx.basis != 0 {
				ctx.reach = r.other
			}
		}
	case r.cue&cueIncentive != 0:
		ctx.extra = near && !st.aside
		return true
	case r.cue&cueNotPay != 0 && !st.aside:
		ctx.notPay = 3
		return true
	case r.cue&cueNoun != 0 && near && !st.per && r.cue&(cuePeriod|cueUptoAfter) == 0:
		ctx.noun = !st.aside
		return true
	}
	if near && r.cue&cueUptoAfter != 0 {
		ctx.upto = true
		ctx.reach = r.other
	}
	if near && r.cue&cueFromAfter != 0 {
		ctx.from = true
		ctx.reach = r.other
	}
	if ctx.period == "" && near && (r.cue&cuePeriod != 0 || st.per && r.cue&cuePeriodOf != 0) {
		ctx.period = r.period
		ctx.reach = r.other
	}
	return false
}

// opens reports that the phrase before token i is about what follows it, as
// the second "CTC" does in "70,000 a month (CTC: 9 lakhs)".
func (s *scan) opens(i int) bool {
	for j := i; j < len(s.doc.Tokens) && j < i+3; j++ {
		switch {
		case s.doc.Tokens[j].Kind == text.Number:
			return true
		case s.doc.Is(j, ":"):
			return true
		case s.doc.Tokens[j].Kind == text.Word && !isCurrency(s.doc, j), s.doc.Stop(j), s.doc.Is(j, ")"), s.doc.Is(j, "("), s.doc.Is(j, ","):
			return false
		}
	}
	return false
}

func isCurrency(d *text.Doc, i int) bool {
	_, ok := currencies.At(d, i)
	return ok
}
