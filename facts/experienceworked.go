package facts

import (
	"strings"

	"jobsieve/lexicon/phrase"
	"jobsieve/text"
)

// isWorked reports years that somebody who is sought has worked, whatever the verb:
// "someone who has kept bees for two years", "जिसने दो साल मुनीमी की हो", "need two years
// in sales".
func (r *reader) isWorked(d *text.Doc, hits []phrase.Hit[string], y years) bool {
	if *y.min >= adult {
		return false
	}
	first, bounded := boundBefore(d, hits, y.first)
	if r.isPerfect(d, first) || r.isDone(d, y) || r.turnsAway(d, hits, y) || r.isTotal(d, hits, y) {
		return true
	}
	return r.isSpentAndAsked(d, hits, y, first, bounded)
}

// isSpentAndAsked reports years after which is told what they are spent on, and before
// them, from token first, or after it that they are asked for.
func (r *reader) isSpentAndAsked(d *text.Doc, hits []phrase.Hit[string], y years, first int, bounded bool) bool {
	const wordsNear = 5
	after := next(d, y.end)
	spent := r.spends[after] && !r.notSpent[next(d, y.end+1)] || after == "overall"
	item := beginsItem(d, first) && !r.begins[after]
	switch {
	case y.isSpan() && r.ofSuch[after], item && demandedAfter(d, hits, y.end, wordsNear):
		return true // "1yr+ NICU must", "1-3 saal wala"
	case d.Is(first-1, "spent") && r.isSought(d, first-1):
		return true
	case after == "of":
		spent = r.isWork(d, y.end+1)
	}
	return spent && (bounded || r.isSoughtBefore(d, hits, first))
}

// isWorkedOrAsked reports a range of years, and years of which the sentence says that
// somebody who is sought has worked them, or after them that they are asked for.
func (r *reader) isWorkedOrAsked(d *text.Doc, hits []phrase.Hit[string], y years) bool {
	return y.max != nil && y.isSpan() || r.isPerfect(d, y.first) || demandedAfter(d, hits, y.end, wordsSpent)
}

// isSoughtBefore reports that what begins with token i is asked for right before it:
// "need two years", "Mandatory: 2 years".
func (r *reader) isSoughtBefore(d *text.Doc, hits []phrase.Hit[string], i int) bool {
	before := next(d, i-1)
	switch before {
	case "for", ":", "-":
		for _, h := range phrase.Near(hits, i-2, i-1) {
			if h.Value == valueDemanded && h.End == i-1 {
				return true
			}
		}
		return before == "for" && r.asks[next(d, i-2)]
	}
	return r.soughtBefore[before]
}

// isTotal reports years that a word for the whole of them stands right before: "Total 8
// yrs, of which", or after.
func (r *reader) isTotal(d *text.Doc, hits []phrase.Hit[string], y years) bool {
	for _, h := range phrase.Near(hits, y.first-1, y.end+1) {
		if h.Value == valueTotal && (h.End == y.first || h.First == y.end) {
			asked := h.End == y.first && (y.isSpan() || demandedAfter(d, hits, y.end, wordsSpent))
			return asked || startsLine(d, min(h.First, y.first))
		}
	}
	return false
}

// isWork reports that what begins with token i is work: "managing farm labour", "elder
// care", "agency work".
func (r *reader) isWork(d *text.Doc, i int) bool {
	const reach = 3
	for j := i; j < i+reach && j < len(d.Tokens) && d.IsKind(j, text.Word); j++ {
		word := d.Tokens[j].Norm
		switch {
		case r.notSpent[word]:
			return false
		case r.spentOn[word] && (j == i || word != "service"), strings.HasSuffix(word, "ing"):
			return true
		}
	}
	return false
}

// isPerfect reports that before token i somebody who is sought has done something: "who
// has run a shop for …", "should have kept bees".
func (r *reader) isPerfect(d *text.Doc, i int) bool {
	const reach = 16
	for j := i - 1; j > max(0, i-reach) && !d.Stop(j); j-- {
		switch d.Tokens[j].Norm {
		case "have", "has", "having", "ve", "s":
			if r.isParticiple(d, j+1) && r.isSought(d, j) {
				return true
			}
		case "who":
			if j > 0 && !r.served[d.Tokens[j-1].Norm] && r.isParticiple(d, j+1) {
				return true
			}
		case "whos", "whove", "shouldve", "mustve", "youve":
			if r.isParticiple(d, j+1) {
				return true
			}
		}
	}
	return false
}

// isParticiple reports what has been done at token i, or after one word there.
func (r *reader) isParticiple(d *text.Doc, i int) bool {
	for _, word := range []string{next(d, i), next(d, i+1)} {
		if word == "been" {
			return strings.HasSuffix(next(d, i+1), "ing")
		}
		if r.notSpent[word] {
			return false
		}
		if strings.HasSuffix(word, "ed") || r.participles[word] {
			return true
		}
	}
	return false
}

// isSought reports that the subject of the verb at token i is the person who is sought,
// and not a customer or the firm.
func (r *reader) isSought(d *text.Doc, i int) bool {
	const reach = 6
	if d.Is(i, "having") && !d.Is(i-1, ",") {
		return true
	}
	for j := i - 1; j >= max(0, i-reach) && !d.Stop(j); j-- {
		word := d.Tokens[j].Norm
		switch {
		case r.served[word] || r.ofFirm[word] && word != "has":
			return false
		case r.persons[word]:
			return !r.served[next(d, j-1)]
		}
	}
	return false
}

// isDone reports that after years a verb says what the one who is sought may have done
// in them: "दो साल सब्जी मंडी में मुनीमी की हो", "teen saal laga diye ho".
func (r *reader) isDone(d *text.Doc, y years) bool {
	if d.Is(y.end, "ka") || d.Is(y.end, "का") {
		return false // "2 साल का कोर्स किया हो"
	}
	const reach = 9
	for i := y.end + 1; i < min(len(d.Tokens), y.end+reach) && clause(d, i-1, i+1); i++ {
		switch d.Tokens[i].Norm {
		case "ho", "हो", "हों", "hon":
			if r.isPerfective(d.Tokens[i-1].Norm) || d.Is(i-1, "ही") && r.isPerfective(d.Tokens[i-2].Norm) {
				return true
			}
		}
	}
	return false
}

// isPerfective reports the form of a verb in Hindi that tells what has been done.
func (w *words) isPerfective(word string) bool {
	for _, end := range []string{"या", "यी", "ये", "ई", "ए", "aya", "iya", "iye", "aye", "ayi"} {
		if strings.HasSuffix(word, end) {
			return true
		}
	}
	return w.perfective[word]
}

// turnsAway reports years beyond which nobody may apply: "those with less than five
// years need not apply", "do not apply if you have more than 3 years", "5 साल से ज्यादा न हो".
func (r *reader) turnsAway(d *text.Doc, hits []phrase.Hit[string], y years) bool {
	const before, after = 14, 12
	beyond, away := false, false
	for _, h := range phrase.Near(hits, y.first-before, y.end+after) {
		switch {
		case h.Value == valueTurnedAway && h.End <= y.first:
			away = away || clause(d, h.End, y.first)
		case h.Value == valueTurnedAway:
			near := h.First-y.end <= 2 && d.Unbroken(y.end, h.First)
			away = away || h.First >= y.end && (near || clause(d, y.end, h.First))
		case h.End == y.first || h.First == y.end:
			beyond = beyond || r.beyond[phraseOf(d, h.First, h.End)]
		}
	}
	return beyond && away
}

// isOfAnother reports years of somebody with whom the applicant will work: "under a chef
// with 20 years of experience", "Dr. Rao, a surgeon with 22 years, will guide you".
func (r *reader) isOfAnother(d *text.Doc, hits []phrase.Hit[string], y years) bool {
	const before, after = 9, 14
	teaches := false
	for _, h := range phrase.Near(hits, y.first-before, y.end+after) {
		switch {
		case !d.Unbroken(min(h.First, y.first), max(h.First, y.first)):
		case h.Value == valuePromised && h.End <= y.first && clause(d, h.End, y.first):
			return true
		case h.Value == valueAnother && h.End <= y.first && clause(d, h.End, y.first):
			return r.has(d, h.End, y.first)
		case h.Value == valueTeachesYou && h.First >= y.end && !r.ofFirm[next(d, h.First-1)]:
			teaches = true
		}
	}
	return teaches && r.isIntroduced(d, y.first)
}

// has reports that among the tokens from i up to but not including j somebody is said to
// have years: "with", "having", "who has"; and in Hindi the word before them says it.
func (r *reader) has(d *text.Doc, i, j int) bool {
	if i == j || d.Tokens[i-1].Norm[0] >= 0x80 {
		return true
	}
	for ; i < j; i++ {
		switch d.Tokens[i].Norm {
		case "with", "having", "has", "have", "brings", "who", "of", "whose":
			return true
		}
	}
	return false
}

// isIntroduced reports that the sentence of token i tells before it of a person by name.
func (r *reader) isIntroduced(d *text.Doc, i int) bool {
	const reach = 14
	for j := i - 1; j >= max(0, i-reach); j-- {
		word := d.Tokens[j].Norm
		if r.introduced[word] || r.ofFirm[word] || word == "a" {
			return true
		}
		if d.Stop(j) && !r.introduced[next(d, j-1)] {
			return false
		}
	}
	return false
}
