package pay

import (
	"jobsieve/job"
	"jobsieve/text"
)

// wordsAfter is a look at the words behind a figure, up to the next one.
type wordsAfter struct {
	*scan
	e       *expression
	ctx     context
	unknown int  // the words that said nothing
	per     bool // "per" or "/" comes just before
	joined  bool // a "+" is between
	aside   bool // a bracket was opened
	parted  bool // "to", "for" and the like: what follows is not counted
}

// maxAfter is the most tokens behind a figure that are looked at.
const maxAfter = 16

// lookAfter reads the words behind an expression, up to the next figure.
func (s *scan) lookAfter(e *expression) context {
	w := wordsAfter{scan: s, e: e, ctx: newContext(e.hi.end)}
	for p, steps := e.hi.end, 0; p < e.next && steps < maxAfter; steps++ {
		r := s.starting[p]
		if r.ok && r.other <= e.next {
			if w.phrase(r, p) {
				break
			}
			p = r.other
			continue
		}
		w.ctx.named = w.ctx.named || w.names(r, p)
		if k := s.remark(p, e.next); k > p {
			p = k
			continue
		}
		if w.token(p) {
			break
		}
		p++
	}
	return w.ctx
}

// names reports a word at token p, of no list, that says what the figure is of:
// "8 lakh subscribers", "8 lakh ka collection".
func (w *wordsAfter) names(r reach, p int) bool {
	if !w.doc.IsKind(p, text.Word) || r.cue&^cueOtherShort != 0 || w.per {
		return false
	}
	at := w.e.hi.end
	return p == at || p == at+1 && ofWords[w.doc.Tokens[at].Norm]
}

// ofWords join a figure to what it is of: "8 lakh ka collection".
var ofWords = map[string]bool{
	"ka": true, "ke": true, "ki": true, "का": true, "के": true, "की": true, "of": true, "worth": true,
}

// remark gives the token after a bracket at token p that says nothing of the
// figure, "(experienced)"; p for none.
func (s *scan) remark(p, end int) int {
	const most = 6
	if !isAny(s.doc, p, "(", "[") {
		return p
	}
	for i := p + 1; i < min(end, p+most); i++ {
		switch {
		case isAny(s.doc, i, ")", "]"):
			return i + 1
		case s.starting[i].cue&^(cueSoft|cueCounted|cuePer|cueTo) != 0 || s.doc.IsKind(i, text.Newline):
			return p
		}
	}
	return p
}

// token passes over a token of no phrase; it reports whether to stop.
func (w *wordsAfter) token(p int) (stop bool) {
	w.per = false
	switch w.doc.Tokens[p].Kind {
	case text.Number:
		w.per = w.oneOf(p) // "for 1 day"
		return !w.per
	case text.Newline:
		return true
	case text.Word:
		if cur, _ := w.currencyAt(p); cur != "" {
			return true
		}
		w.unknown++
		return w.unknown > 1
	}
	return w.sign(p)
}

// sign passes over a sign; it reports whether to stop.
func (w *wordsAfter) sign(p int) (stop bool) {
	switch w.doc.Tokens[p].Norm {
	case "/":
		w.per = true
	case "+", "&":
		w.joined = !w.doc.Is(p+1, "above")
	case "(", "[", "{":
		w.aside = true
	case ")", "]", "}", "-", "*", "'", "\"", "=":
	case ".":
		return w.doc.Stop(p) && !w.goesOn(p)
	case ",":
		return !w.says(p+1, cueCTC|cueInHand)
	default:
		return true
	}
	return false
}

// goesOn reports that the point at token p only shortens the word before it, and
// that no other sentence begins after it.
func (w *wordsAfter) goesOn(p int) bool {
	return w.abbreviates(p) && (!w.capital(p+1) || w.says(p+1, cueCTC|cueInHand))
}

// capital reports a word at token i that begins with a capital letter.
func (s *scan) capital(i int) bool {
	if !s.doc.IsKind(i, text.Word) {
		return false
	}
	c := s.doc.Text[s.doc.Tokens[i].Start]
	return c >= 'A' && c <= 'Z'
}

// parting are words after which a figure counts nothing any more.
var parting = map[string]bool{
	"to": true, "for": true, "in": true, "ko": true, "को": true, "is": true, "at": true, "from": true, "will": true,
}

// saysNothingAfter are the cues of phrases that may stand between a figure and what
// is said about it.
const saysNothingAfter = cueSoft | cuePay | cuePer | cuePerk | cueTo | cueUptoAfter | cueFromAfter

// phrase takes in one phrase, which begins at token p; it reports whether to stop.
func (w *wordsAfter) phrase(r reach, p int) (stop bool) {
	if r.cue&cueNoPeriod != 0 || w.belongsToNext(r) {
		return true
	}
	per := w.per
	w.per = r.cue&cuePer != 0
	if w.joined {
		return w.takeJoined(r, p, per)
	}
	w.parted = w.parted || parting[w.doc.Tokens[r.other-1].Norm]
	w.ctx.given = w.ctx.given || r.cue&cueGiven != 0 && w.unknown == 0
	if w.near(r) && w.takeUnits(r, per) {
		return false
	}
	if r.cue&cueSoft != 0 && w.joins(r.other-1) {
		w.joined = true
		return false
	}
	if w.takeSubject(r, p, per) {
		return true
	}
	if r.cue&saysNothingAfter == 0 {
		w.unknown++
	}
	return w.unknown > 1
}

// near reports that a phrase is near enough to state the figure's units: in a
// bracket, and for CTC and in-hand, a word may be between.
func (w *wordsAfter) near(r reach) bool {
	return w.unknown == 0 || w.unknown == 1 && (w.aside || r.cue&(cueCTC|cueInHand) != 0)
}

// takeSubject takes in what a phrase says the figure is: pay, other money, or a
// count of something. It reports whether to stop.
func (w *wordsAfter) takeSubject(r reach, p int, per bool) (stop bool) {
	switch {
	case r.other == p+1 && isAny(w.doc, p, "budget", "बजट"):
		w.unknown++ // behind a figure, a budget is as often the firm's
	case r.cue&cuePay != 0:
		w.takePay(w.unknown)
	case w.aside && r.cue&cueLevel != 0: // "(Level 6)"
		w.ctx.level = true
		w.takePay(w.unknown)
	case w.counts(r, per):
		w.ctx.counted = w.unknown <= 1
		return true
	case r.cue&cueMoney != 0 && !w.aside:
		w.ctx.money, w.ctx.gap = r.cue&cueMoney, w.unknown
		return true
	}
	return false
}

// takePay notes a word for pay, if it is the first, with so many words between.
func (w *wordsAfter) takePay(between int) {
	if w.ctx.pay < 0 {
		w.ctx.pay = between
	}
}

// counts reports that a phrase says what the figure counts: "500 students", and
// not "per student" or "to students".
func (w *wordsAfter) counts(r reach, per bool) bool {
	apart := per || w.aside || w.parted
	return r.cue&cueCounted != 0 && r.cue&(cuePeriod|cueUptoAfter|cueSoft) == 0 && !apart
}

// takeUnits takes bounds, period and basis from a phrase right behind a figure; it
// reports whether that is all that the phrase says.
func (w *wordsAfter) takeUnits(r reach, per bool) bool {
	other, bound := w.takeOther(r, per), w.takeBound(r)
	took := other || bound
	named := namesPeriod(r, per)
	if named && w.ofSomethingElse(r) {
		return took
	}
	if named && w.ctx.period == "" && !w.ctx.other && !w.measures(r.other) {
		w.ctx.period, took = r.period, true
	}
	basis := r.cue & (cueCTC | cueInHand)
	if basis != 0 && w.ctx.basis == 0 && !w.doc.Is(r.other, ":") {
		w.ctx.basis, took = basis, true
		w.takePay(0) // as good as right behind the figure
	}
	if took {
		w.ctx.reach = r.other
	}
	return took
}

// namesPeriod reports a word for a period, short ones only after "per" or "/".
func namesPeriod(r reach, per bool) bool {
	return r.cue&cuePeriod != 0 || per && r.cue&cuePeriodShort != 0
}

// ofSomethingElse reports a period that isn't the figure's: "annual investment",
// "120 hours".
func (w *wordsAfter) ofSomethingElse(r reach) bool {
	return w.says(r.other, cueMoney&^cueVariable) || w.e.hi.bare() && w.countsHours(r)
}

// takeOther takes a period or a piece that has no yearly figure: "per visit".
func (w *wordsAfter) takeOther(r reach, per bool) bool {
	named := r.cue&cueOtherPeriod != 0 || per && r.cue&cueOtherShort != 0
	if !named || w.ctx.period != "" {
		return false
	}
	w.ctx.other = true
	return true
}

// takeBound takes "and above" or "at most" behind the figure, unless another
// figure follows, whose bound it is.
func (w *wordsAfter) takeBound(r reach) bool {
	if w.parted || w.doc.IsKind(r.other, text.Number) && !w.oneOf(r.other) {
		return false
	}
	upto := r.cue&cueUptoAfter != 0
	from := r.cue&cueFromAfter != 0 && !w.plusJoins(r) && !w.meetsNext(r)
	w.ctx.upto = w.ctx.upto || upto
	w.ctx.from = w.ctx.from || from
	return upto || from
}

// plusJoins reports "plus" that joins what follows to the figure: "20k plus
// incentives".
func (w *wordsAfter) plusJoins(r reach) bool {
	return w.doc.Is(r.other-1, "plus") && w.doc.IsKind(r.other, text.Word)
}

// meetsNext reports that the next figure comes right after a phrase.
func (w *wordsAfter) meetsNext(r reach) bool {
	return r.other == w.e.next && w.e.next < len(w.doc.Tokens)
}

// countsHours reports a word for hours without "per" or the like.
func (s *scan) countsHours(r reach) bool {
	return r.period == job.PerHour && r.cue&cueCounted != 0
}

// takeJoined takes in what a "+" joins to a figure, in a phrase that begins at
// token p; it reports whether to stop.
func (w *wordsAfter) takeJoined(r reach, p int, per bool) (stop bool) {
	if w.e.lo.plus && r.cue&cueCounted != 0 && p == w.e.hi.end+1 {
		w.ctx.counted = true // "12K+ schools"
		return true
	}
	if w.ctx.period == "" && namesPeriod(r, per) && !w.says(r.other, cueVariable|cueOnce) {
		w.ctx.period = r.period
		return true
	}
	w.ctx.perk = w.ctx.perk || r.cue&(cuePerk|cueVariable) != 0
	return r.cue&(cuePerk|cueVariable|cuePer|cueSoft) == 0
}

// belongsToNext reports that a phrase is about the figure that follows it, as the
// second "CTC" is in "70,000 a month (CTC: 9 lakhs)": nothing stands between, and
// this figure has its own, or it stands in a bracket with that figure.
func (w *wordsAfter) belongsToNext(r reach) bool {
	const said = cuePay | cuePeriod | cueMoney | cueOtherPeriod | cueLevel
	if r.cue&said == 0 || !w.opens(r.other, w.e.next) {
		return false
	}
	if w.aside || w.joined {
		return true
	}
	b := &w.e.before
	switch {
	case r.cue&(cuePeriod|cueOtherPeriod) != 0:
		own := b.period != "" || w.ctx.period != "" || w.e.lo.period != ""
		return own || w.per && b.pay >= 0 && r.other == w.e.next
	case isAny(w.doc, r.other, ":", "-"):
		return true
	}
	return b.pay >= 0 || b.money != 0 || w.ctx.pay >= 0
}

// opensNothing are the signs after which another thing begins.
var opensNothing = map[string]bool{
	",": true, ";": true, "|": true, "+": true, "&": true, "(": true, ")": true, "[": true, "{": true,
}

// opens reports that nothing but signs and words that say nothing stand from
// token i to the figure at token next.
func (s *scan) opens(i, next int) bool {
	const most = 6
	const between = cueSoft | cueUpto | cueFrom | cuePay | cuePeriod
	if next >= len(s.doc.Tokens) || next-i > most {
		return false
	}
	for i < next {
		if r := s.starting[i]; r.ok && r.other <= next && r.cue&between != 0 {
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
