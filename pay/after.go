package pay

import (
	"jobsieve/job"
	"jobsieve/text"
)

// following is how far a look behind a figure has come.
type following struct {
	unknown int
	per     bool // "per" or "/" comes just before
	joined  bool // a "+" is between
	aside   bool // a bracket was opened
	parted  bool // "to", "for" and the like: what follows is not counted
}

// maxAfter is the most tokens behind a figure that are looked at.
const maxAfter = 16

// lookAfter reads the words behind an expression, up to the next figure.
func (s *scan) lookAfter(e *expression) context {
	ctx, f := newContext(e.hi.end), following{}
	for p, steps := e.hi.end, 0; p < e.next && steps < maxAfter; steps++ {
		r := s.starting[p]
		if r.ok && r.other <= e.next {
			if s.phraseAfter(e, &ctx, &f, r, p) {
				break
			}
			p = r.other
			continue
		}
		if s.doc.IsKind(p, text.Word) && r.cue&^cueOtherShort == 0 && !f.per && (p == e.hi.end || p == e.hi.end+1 && ofWords[s.doc.Tokens[p-1].Norm]) {
			ctx.named = true
		}
		if k := s.remark(p, e.next); k > p {
			p = k
			continue
		}
		if s.tokenAfter(&f, p) {
			break
		}
		p++
	}
	return ctx
}

// ofWords join a figure to what it is of: "8 lakh ka collection".
var ofWords = map[string]bool{"ka": true, "ke": true, "ki": true, "का": true, "के": true, "की": true, "of": true, "worth": true}

// remark gives the token after a bracket at token p that says nothing of the
// figure, "(experienced)"; p for none.
func (s *scan) remark(p, end int) int {
	const most = 6
	if !s.doc.Is(p, "(") && !s.doc.Is(p, "[") {
		return p
	}
	for i := p + 1; i < min(end, p+most); i++ {
		switch {
		case s.doc.Is(i, ")") || s.doc.Is(i, "]"):
			return i + 1
		case s.starting[i].cue&^(cueSoft|cueCounted|cuePer|cueTo) != 0 || s.doc.IsKind(i, text.Newline):
			return p
		}
	}
	return p
}

// tokenAfter passes over a token of no phrase; it reports whether to stop.
func (s *scan) tokenAfter(f *following, p int) (stop bool) {
	t := &s.doc.Tokens[p]
	f.per = false
	switch t.Kind {
	case text.Number:
		if t.Norm == "1" && s.says(p+1, cuePeriodShort|cuePeriod) { // "for 1 day"
			f.per = true
			return false
		}
		return true
	case text.Newline:
		return true
	case text.Word:
		if cur, _ := s.currencyAt(p); cur != "" {
			return true
		}
		f.unknown++
		return f.unknown > 1
	}
	switch t.Norm {
	case "/":
		f.per = true
	case "+", "&":
		f.joined = !s.doc.Is(p+1, "above")
	case "(", "[", "{":
		f.aside = true
	case ")", "]", "}", "-", "*", "'", "\"", "=":
	case ".":
		return s.doc.Stop(p) && (!s.abbreviates(p) || s.capital(p+1) && !s.says(p+1, cueCTC|cueInHand))
	case ",":
		return !s.says(p+1, cueCTC|cueInHand)
	default:
		return true
	}
	return false
}

// parting are words after which a figure counts nothing any more.
var parting = map[string]bool{"to": true, "for": true, "in": true, "ko": true, "को": true, "is": true, "at": true, "from": true, "will": true}

// capital reports a word at token i that begins with a capital letter.
func (s *scan) capital(i int) bool {
	if !s.doc.IsKind(i, text.Word) {
		return false
	}
	c := s.doc.Text[s.doc.Tokens[i].Start]
	return c >= 'A' && c <= 'Z'
}

// phraseAfter takes in one phrase behind a figure; it reports whether to stop.
func (s *scan) phraseAfter(e *expression, ctx *context, f *following, r reach, p int) (stop bool) {
	if r.cue&cueNoPeriod != 0 || s.belongsToNext(e, ctx, f, r) {
		return true
	}
	per := f.per
	f.per = r.cue&cuePer != 0
	if f.joined && e.lo.plus && r.cue&cueCounted != 0 && p == e.hi.end+1 {
		ctx.counted = true // "12K+ schools"
		return true
	}
	if f.joined {
		return s.joinedAfter(ctx, r, per)
	}
	f.parted = f.parted || parting[s.doc.Tokens[r.other-1].Norm]
	near := f.unknown == 0
	ctx.given = ctx.given || r.cue&cueGiven != 0 && near
	if (near || f.unknown <= 1 && (f.aside || r.cue&(cueCTC|cueInHand) != 0)) && s.unitsAfter(e, ctx, f, r, per) {
		return false
	}
	if r.cue&cueSoft != 0 && joiners[s.doc.Tokens[r.other-1].Norm] {
		f.joined = true
		return false
	}
	switch {
	case r.other == p+1 && (s.doc.Is(p, "budget") || s.doc.Is(p, "बजट")):
		f.unknown++
	case r.cue&cuePay != 0 || f.aside && r.cue&cueLevel != 0:
		if ctx.pay < 0 {
			ctx.pay = f.unknown
		}
	case r.cue&cueCounted != 0 && !per && !f.aside && !f.parted && r.cue&(cuePeriod|cueUptoAfter|cueSoft) == 0:
		ctx.counted = f.unknown <= 1
		return true
	case r.cue&cueMoney != 0 && !f.aside:
		ctx.money, ctx.gap = r.cue&cueMoney, f.unknown
		return true
	}
	if r.cue&cueSoft == 0 && r.cue&(cuePay|cuePer|cuePerk|cueTo|cueUptoAfter|cueFromAfter) == 0 {
		f.unknown++
	}
	return f.unknown > 1
}

// unitsAfter takes bounds, period and basis from a phrase right behind a figure;
// it reports whether that is all that the phrase says.
func (s *scan) unitsAfter(e *expression, ctx *context, f *following, r reach, per bool) bool {
	took := false
	if (r.cue&cueOtherPeriod != 0 || per && r.cue&cueOtherShort != 0) && ctx.period == "" {
		ctx.other, took = true, true
	}
	bounds := !f.parted && (!s.doc.IsKind(r.other, text.Number) || s.oneOf(r.other))
	if bounds && r.cue&cueUptoAfter != 0 {
		ctx.upto, took = true, true
	}
	if bounds && r.cue&cueFromAfter != 0 && !(s.doc.Is(r.other-1, "plus") && s.doc.IsKind(r.other, text.Word)) && (r.other < e.next || e.next == len(s.doc.Tokens)) {
		ctx.from, took = true, true
	}
	period := r.cue&cuePeriod != 0 || per && r.cue&cuePeriodShort != 0
	if period && (s.says(r.other, cueMoney&^cueVariable) || e.hi.bare() && s.countsHours(r)) {
		return took // "annual investment", "120 hours"
	}
	if period && ctx.period == "" && !ctx.other && !s.measures(r.other) {
		ctx.period, took = r.period, true
	}
	if basis := r.cue & (cueCTC | cueInHand); basis != 0 && ctx.basis == 0 && !s.doc.Is(r.other, ":") {
		ctx.basis, took = basis, true
		if ctx.pay < 0 {
			ctx.pay = 0
		}
	}
	if took {
		ctx.reach = r.other
	}
	return took
}

// countsHours reports a word for hours without "per" or the like.
func (s *scan) countsHours(r reach) bool {
	return r.period == job.PerHour && r.cue&cueCounted != 0
}

// joinedAfter takes in what a "+" joins to a figure.
func (s *scan) joinedAfter(ctx *context, r reach, per bool) (stop bool) {
	period := r.cue&cuePeriod != 0 || per && r.cue&cuePeriodShort != 0
	if ctx.period == "" && period && !s.says(r.other, cueVariable|cueOnce) {
		ctx.period = r.period
		return true
	}
	ctx.perk = ctx.perk || r.cue&(cuePerk|cueVariable) != 0
	return r.cue&(cuePerk|cueVariable|cuePer|cueSoft) == 0
}

// belongsToNext reports that a phrase is about the figure that follows it, as the
// second "CTC" is in "70,000 a month (CTC: 9 lakhs)": nothing stands between, and
// this figure has its own, or it stands in a bracket with that figure.
func (s *scan) belongsToNext(e *expression, ctx *context, f *following, r reach) bool {
	if r.cue&(cuePay|cuePeriod|cueMoney|cueOtherPeriod|cueLevel) == 0 || !s.opens(r.other, e.next) {
		return false
	}
	if f.aside || f.joined {
		return true
	}
	b := &e.before
	switch {
	case r.cue&(cuePeriod|cueOtherPeriod) != 0:
		return b.period != "" || ctx.period != "" || e.lo.period != "" || f.per && b.pay >= 0 && r.other == e.next
	case s.doc.Is(r.other, ":") || s.doc.Is(r.other, "-"):
		return true
	}
	return b.pay >= 0 || b.money != 0 || ctx.pay >= 0
}

// opensNothing are the signs after which another thing begins.
var opensNothing = map[string]bool{",": true, ")": true, "(": true, "|": true, "{": true, "[": true, "+": true, "&": true, ";": true}

// opens reports that nothing but signs and words that say nothing stand from
// token i to the figure at token next.
func (s *scan) opens(i, next int) bool {
	const most = 6
	if next >= len(s.doc.Tokens) || next-i > most {
		return false
	}
	for i < next {
		if r := s.starting[i]; r.ok && r.other <= next && r.cue&(cueSoft|cueUpto|cueFrom|cuePay|cuePeriod) != 0 {
			i = r.other
			continue
		}
		t := &s.doc.Tokens[i]
		if t.Kind != text.Symbol || s.doc.Stop(i) || opensNothing[t.Norm] {
			return false
		}
		i++
	}
	return true
}
