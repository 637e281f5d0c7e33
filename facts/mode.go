package facts

import (
	"slices"
	"unicode"
	"unicode/utf8"

	"jobsieve/job"
	"jobsieve/lexicon/phrase"
	"jobsieve/text"
)

// The values of the words for where work is done, besides the modes.
const (
	modeDaysAtOffice = "days-at-office"
	modeDaysAtHome   = "days-at-home"
	modeAtOffice     = "at-office"
	modeWord         = "word-" // before a mode: a word that is one beside others
	modeWordRemote   = modeWord + "remote"
	modeWordHybrid   = modeWord + "hybrid"
	modeWordOnsite   = modeWord + "onsite"
	modeApartOnsite  = "apart-onsite"
	modeApartRemote  = "apart-remote"
	modeNothing      = "nothing"
	modeMaybe        = "maybe"
	modeForSome      = "for-some"
	modeOnlySome     = "only-some"
	modeAtHome       = "at-home"
	modeAtWork       = "at-work"
	modeAPart        = "a-part"
)

// wholeWeek is how many days at one place leave none for another.
const wholeWeek = 5

// mode reads where the work is done, from the location first.
func (r *reader) mode() job.Opt {
	for _, f := range []job.Field{job.FieldLocation, job.FieldTitle, job.FieldDescription} {
		m := modeReader{reader: r, d: r.docs(f), field: f}
		if best := m.read(); best.Value != "" {
			r.note("mode", string(best.Value), f, best.First, best.End)
			return job.Opt(best.Value)
		}
	}
	return ""
}

// modeReader reads where the work is done from one text.
type modeReader struct {
	*reader
	d       *text.Doc
	field   job.Field
	hits    []phrase.Hit[string]
	meeting []phrase.Hit[string]
}

// read gives the mode that a text states. Hybrid wins over the two that it
// consists of, and is what both in one sentence are; office wins over home.
func (m *modeReader) read() (best phrase.Hit[job.Mode]) {
	m.hits = m.words.mode.Hits(m.d)
	if best = m.byParts(); best.Value != "" || len(m.hits) == 0 {
		return best
	}
	m.meeting = m.otherHours.Hits(m.d)
	last := phrase.Hit[job.Mode]{}
	for i, h := range m.hits {
		at := phrase.Hit[job.Mode]{Value: m.meant(i), First: h.First, End: h.End}
		if at.Value == "" {
			continue
		}
		if both(last.Value, at.Value) && m.d.Unbroken(last.End, at.First) && !m.denied(i) {
			at.Value = job.ModeHybrid
		}
		if rankMode(at.Value) > rankMode(best.Value) {
			best = at
		}
		last = at
	}
	return best
}

// meant gives the mode that hit i states, empty for none.
func (m *modeReader) meant(i int) job.Mode {
	h := m.hits[i]
	switch h.Value {
	case modeNothing, modeMaybe, modeForSome, modeOnlySome:
		return ""
	case modeDaysAtOffice, modeDaysAtHome:
		return m.onDays(h.First-1, h.Value == modeDaysAtOffice)
	}
	mode, ok := m.place(h)
	switch denied := m.denied(i); {
	case !ok:
		return ""
	case denied && mode == job.ModeRemote:
		return job.ModeOnsite
	case denied, m.perhaps(h), mode != job.ModeOnsite && m.ofOnlySome(h):
		return ""
	}
	if n := m.daysAfter(h.End); n > 0 && mode != job.ModeHybrid {
		return m.onDays(n, mode == job.ModeOnsite)
	}
	return mode
}

// ofWork reports a word that says how one works, not how something else is
// done: "(Hybrid)", "Location: Remote", "a remote role", but not "remote testing".
func (m *modeReader) ofWork(h phrase.Hit[string]) bool {
	before, after := next(m.d, h.First-1), next(m.d, h.End)
	switch {
	case h.Value == modeWordRemote && m.ofFar(h):
		return false
	case m.field != job.FieldDescription, m.modeOf[after], m.modeIs[before], apart(m.d, h.First, h.End):
		return true
	case h.Value != modeWordRemote && m.atName(h):
		return true
	case m.daysAfter(h.End) > 0, m.daysSplit(h): // "hybrid 3 days", "hybrid 3:2"
		return true
	}
	if before == "-" {
		return m.d.IsKind(h.First-2, text.Word) && !m.d.Tokens[h.First].Glued
	}
	return slices.Contains([]string{":", "(", "|", "/", "[", "%"}, before)
}

// atName reports a word that begins a sentence and is followed by a place with a name:
// "On-site at IT Park, Lahug".
func (m *modeReader) atName(h phrase.Hit[string]) bool {
	i := h.End + 1
	if h.First > 0 && !m.d.Stop(h.First-1) || !slices.Contains([]string{"at", "in", "from"}, next(m.d, h.End)) {
		return false
	}
	if m.d.Is(i, "our") {
		i++
	}
	if !m.d.IsKind(i, text.Word) {
		return false
	}
	first, _ := utf8.DecodeRuneInString(m.d.Text[m.d.Tokens[i].Start:])
	return unicode.IsUpper(first)
}

// ofFar reports a word beside "remote", or behind a bracket, that makes it far off:
// "interior (remote) villages".
func (m *modeReader) ofFar(h phrase.Hit[string]) bool {
	before, after := h.First-1, h.End
	if m.d.Is(before, "(") {
		before--
	}
	if m.d.Is(after, "(") || m.d.Is(after, ")") {
		after++
	}
	return m.farAway[next(m.d, before)] || m.farAway[next(m.d, after)]
}

// daysSplit reports a week that is split after the word hybrid: "hybrid 3:2",
// "hybrid 2-3 days".
func (m *modeReader) daysSplit(h phrase.Hit[string]) bool {
	const length = 3 // a number, a sign, a number
	i, end := h.End, h.End+length
	if h.Value != modeWordHybrid || !m.d.IsKind(i, text.Number) || !m.d.IsKind(i+2, text.Number) {
		return false
	}
	if !slices.Contains([]string{":", "+", "/", "-", "–"}, next(m.d, i+1)) {
		return false
	}
	if m.d.IsKind(end, text.Symbol) && m.d.IsKind(end+1, text.Number) && m.d.Tokens[end+1].Glued {
		return false // "hybrid 10:26:26"
	}
	unit, _ := m.dates.At(m.d, end)
	return !m.d.IsKind(end, text.Word) || unit.kind == dateDays || m.modeOf[next(m.d, end)]
}

// daysAfter gives the token of the number in "work from office (3 days)", 0 for
// none.
func (m *modeReader) daysAfter(i int) int {
	if m.d.IsKind(i, text.Symbol) && !m.d.Stop(i) {
		i++
	}
	if w, _ := m.dates.At(m.d, i+1); w == (dateWord{dateDays, 1}) {
		return i
	}
	return 0
}

// place gives the mode that a phrase names where it stands; ok is false where it
// names none there.
func (m *modeReader) place(h phrase.Hit[string]) (mode job.Mode, ok bool) {
	switch h.Value {
	case modeAtOffice:
		return job.ModeOnsite, !m.meets(h)
	case modeWordRemote:
		return job.ModeRemote, m.ofWork(h)
	case modeWordHybrid:
		return job.ModeHybrid, m.ofWork(h)
	case modeWordOnsite:
		return job.ModeOnsite, m.ofWork(h)
	case modeApartOnsite:
		return job.ModeOnsite, apart(m.d, h.First, h.End)
	case modeApartRemote:
		return job.ModeRemote, apart(m.d, h.First, h.End)
	}
	return job.Mode(h.Value), true
}

// onDays gives the mode of as many days at one place as the number at token i
// says: at the other one on the other days.
func (m *modeReader) onDays(i int, office bool) job.Mode {
	n, ok := numberAt(m.d, i)
	switch {
	case !ok || n < 1 || n > 31:
		return ""
	case n < wholeWeek:
		return job.ModeHybrid
	case office: // "first 15 days at office", too
		return job.ModeOnsite
	case n > 7:
		return ""
	}
	return job.ModeRemote
}

func (m *modeReader) denied(i int) bool {
	return denied(m.d, m.denials.All(m.d), m.hits[i].First, m.hits[i].End)
}

// perhaps reports that h is only possible, or so for some.
func (m *modeReader) perhaps(h phrase.Hit[string]) bool {
	const near = 4
	for _, o := range phrase.Near(m.hits, h.First-near, h.End+near) {
		if o.Value == modeMaybe && clause(m.d, min(h.End, o.End), max(h.First, o.First)) {
			return true
		}
	}
	return m.forSome(h)
}

// forSome reports words before h in its sentence that make it so for some.
func (m *modeReader) forSome(h phrase.Hit[string]) bool {
	const far = 16
	for _, o := range phrase.Near(m.hits, h.First-far, h.First) {
		if o.Value == modeForSome && m.d.Unbroken(o.End, h.First) {
			return true
		}
	}
	return false
}

// ofOnlySome reports that work away from the office is for some only: "WFH only
// for managers".
func (m *modeReader) ofOnlySome(h phrase.Hit[string]) bool {
	const reach = 7
	for _, o := range phrase.Near(m.hits, h.First-reach, h.End+reach) {
		if o.Value == modeOnlySome && clause(m.d, min(h.End, o.End), max(h.First, o.First)) {
			return true
		}
	}
	return false
}

// meets reports that people are met there: "interview at our office".
func (m *modeReader) meets(h phrase.Hit[string]) bool {
	const before, after = 6, 3
	for _, o := range phrase.Near(m.meeting, h.First-before, h.End+after) {
		if m.d.Unbroken(min(h.First, o.First), max(h.End, o.End)) {
			return true
		}
	}
	return false
}

// both reports work at the office and at home.
func both(a, b job.Mode) bool {
	return a == job.ModeOnsite && b == job.ModeRemote || a == job.ModeRemote && b == job.ModeOnsite
}

func rankMode(m job.Mode) int {
	switch m {
	case job.ModeHybrid:
		return 3
	case job.ModeOnsite:
		return 2
	case job.ModeRemote:
		return 1
	}
	return 0
}
