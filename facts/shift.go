package facts

import (
	"slices"

	"jobsieve/job"
	"jobsieve/lexicon/phrase"
	"jobsieve/text"
)

// shiftRole is what a phrase does where hours are named.
type shiftRole uint8

const (
	roleShift   shiftRole = iota + 1 // "shift": a noun that says nothing by itself
	roleWork                         // "shift duty": one that says that there are shifts
	roleHours                        // "timing": a noun for hours
	roleDuty                         // "batch", "duty": a noun for work
	roleOfHours                      // "night", "US": says which, beside any of these nouns
	roleOfShift                      // "general", "any": beside a shift only
	roleReady                        // "flexible with": shifts after it are worked
	roleNothing                      // "rotational week off"
)

// shiftWord is what a phrase means where hours are named.
type shiftWord struct {
	role  shiftRole
	shift job.Shift
}

// which reports a word that says which hours a noun is about.
func (w shiftWord) which() bool { return w.role == roleOfHours || w.role == roleOfShift }

// noun reports a word that others say something about.
func (w shiftWord) noun() bool { return w.role >= roleShift && w.role <= roleDuty }

// country reports the hours of another country.
func country(s job.Shift) bool {
	return s == job.ShiftUS || s == job.ShiftUK || s == job.ShiftAU
}

// daypart reports a word for a part of the day, and not for the hours of another country.
func (w shiftWord) daypart() bool { return w.role == roleOfHours && !country(w.shift) }

// fits reports a word that can say something about a noun.
func (w shiftWord) fits(noun shiftWord) bool {
	switch noun.role {
	case roleShift, roleWork:
		return w.which()
	case roleHours:
		return w.role == roleOfHours
	}
	return w.daypart()
}

// shiftReader gathers the hours of one posting.
type shiftReader struct {
	*reader
	field         job.Field
	doc           *text.Doc
	found, denied []job.Shift
}

// shifts reads the working hours that are named in words and in clock hours.
func (r *reader) shifts() []job.Shift {
	s := shiftReader{reader: r}
	fields := []job.Field{job.FieldTitle, job.FieldDescription, job.FieldSkills}
	for _, f := range fields {
		s.at(f)
		named := r.hours.Hits(s.doc)
		for _, h := range r.shift.Hits(s.doc) {
			s.add(h.Value, h.First, h.End)
			if h.Value == job.ShiftRotational {
				s.turns(phrase.Near(named, h.First, h.End))
			}
		}
		s.named(named)
		for _, c := range r.clockSpans(s.doc, named) {
			if zone := s.zoneAfter(named, c.end); zone != "" {
				s.add(zone, c.first, c.end+1)
				if !s.doc.Is(c.end, "ist") && !(c.said && c.shift() == job.ShiftNight) {
					continue
				}
			}
			s.add(c.shift(), c.first, c.end)
		}
	}
	for _, f := range fields {
		if s.has(job.ShiftNight) || s.has(job.ShiftEvening) {
			s.at(f)
			s.workFor()
		}
	}
	out := []job.Shift{}
	for _, shift := range job.Shifts {
		if s.has(shift) {
			out = append(out, shift)
		}
	}
	return out
}

// turns reads two parts of the day that are named where hours change: "one week day, one week
// night", but not "every 15 din".
func (s *shiftReader) turns(hits []phrase.Hit[shiftWord]) {
	for _, a := range hits {
		for _, b := range hits {
			if namedPart(a) && namedPart(b) && a.Value.shift < b.Value.shift {
				s.add(a.Value.shift, a.First, a.End)
				s.add(b.Value.shift, b.First, b.End)
			}
		}
	}
}

// namedPart reports the name of one part of the day.
func namedPart(h phrase.Hit[shiftWord]) bool {
	return h.Value.daypart() && h.Value.shift != job.ShiftRotational
}

// has reports hours that were found.
func (s *shiftReader) has(shift job.Shift) bool { return slices.Contains(s.found, shift) }

func (s *shiftReader) at(f job.Field) {
	s.field, s.doc = f, s.docs(f)
}

// add notes hours that tokens first up to but not including end name, unless
// they are denied there.
func (s *shiftReader) add(shift job.Shift, first, end int) {
	switch {
	case country(shift) && !s.capital(first, end):
	case denied(s.doc, s.denials.All(s.doc), first, end):
		s.denied = append(s.denied, shift)
	case !s.has(shift):
		s.found = append(s.found, shift)
		s.note("shift", string(shift), s.field, first, end)
	}
}

// capital tells the country US from the pronoun, which is in small letters and
// has no shift.
func (s *shiftReader) capital(first, end int) bool {
	for i := first; i < end; i++ {
		if s.doc.Is(i, "us") && s.doc.Text[s.doc.Tokens[i].Start] == 'u' {
			after := next(s.doc, i+1)
			return after == "shift" || after == "shifts" || after == "process"
		}
	}
	return true
}

// named reads "night and rotational shifts", "Shift: Day / Night", "work in
// shifts", and in a title "Nurse (Night)".
func (s *shiftReader) named(hits []phrase.Hit[shiftWord]) {
	for i, h := range hits {
		if h.Value.noun() {
			before, after := s.before(hits, i), s.after(hits, i)
			if s.lettered(h) || !before && !after && s.anyShift(hits, i) {
				s.add(job.ShiftRotational, h.First, h.End)
			}
		}
		if s.field == job.FieldTitle && h.Value.daypart() && apart(s.doc, h.First, h.End) {
			s.add(h.Value.shift, h.First, h.End)
		}
		if i > 0 && h.Value.daypart() {
			s.pair(hits[i-1], h)
		}
	}
}

// pair reads two parts of the day that stand by themselves: "8 to 8, day/night".
func (s *shiftReader) pair(a, b phrase.Hit[shiftWord]) {
	hours := a.Value.daypart() && a.Value.shift != b.Value.shift
	if hours && b.First == a.End+1 && s.doc.Is(a.End, "/") && apart(s.doc, a.First, b.End) {
		s.add(a.Value.shift, a.First, a.End)
		s.add(b.Value.shift, b.First, b.End)
	}
}

// before reads the words before the noun of hit i that say which hours it is
// about.
func (s *shiftReader) before(hits []phrase.Hit[shiftWord], i int) (some bool) {
	noun, first := hits[i], hits[i].First
	for j := i - 1; j >= 0; j-- {
		h := hits[j]
		direct := h.End == first
		if direct && h.Value.role == roleDuty && !some { // "UK process timings"
			first = h.First
			continue
		}
		if !h.Value.fits(noun.Value) || !s.joined(h.End, first) || s.counted(h, noun) {
			break
		}
		if h.Value.role == roleOfShift && some && direct { // "do night shifts"
			break
		}
		some, first = true, h.First
	}
	for j := i - 1; j >= 0 && hits[j].First >= first; j-- {
		if hits[j].Value.which() {
			s.add(hits[j].Value.shift, first, noun.End)
		}
	}
	return some
}

// after reads the words after the noun of hit i that say which hours it is
// about.
func (s *shiftReader) after(hits []phrase.Hit[shiftWord], i int) (some bool) {
	noun := hits[i]
	if noun.Value.role == roleDuty {
		return false
	}
	end := noun.End
	for j := i + 1; j < len(hits); j++ {
		h := hits[j]
		joined := s.joined(end, h.First)
		if !some {
			// "timing US" is no more than two words.
			direct := h.First == end && noun.Value.role != roleShift && country(h.Value.shift)
			joined = s.equals(end, h.First) && (clause(s.doc, end, h.First) || closes(s.doc, h.End)) && !direct
		}
		if !joined || !h.Value.fits(noun.Value) || s.ofNoun(hits, j) || s.ofClock(h) {
			break
		}
		s.add(h.Value.shift, noun.First, h.End)
		some, end = true, h.End
	}
	return some
}

// ofClock reports a word with a number beside it: "Shift: evening 5 to 9",
// "GMT+5:30".
func (s *shiftReader) ofClock(h phrase.Hit[shiftWord]) bool {
	return s.doc.IsKind(h.First, text.Number) && h.Value.role == roleOfShift || s.doc.IsKind(h.End, text.Number) ||
		s.doc.Is(h.End, "+")
}

// counted reports a number that is no name of a shift, or counts its days: "C3
// shift", "6 day work".
func (s *shiftReader) counted(h, noun phrase.Hit[shiftWord]) bool {
	if s.doc.IsKind(h.First, text.Number) {
		if s.doc.Is(h.First-1, "-") { // "7-3, evening shift"
			return true
		}
		return s.doc.Tokens[h.First].Glued && s.doc.IsKind(h.First-1, text.Word)
	}
	return noun.Value.role == roleDuty && s.doc.IsKind(h.First-1, text.Number)
}

// ofNoun reports that the word of hit j is about a noun right after it, which
// reads it itself.
func (s *shiftReader) ofNoun(hits []phrase.Hit[shiftWord], j int) bool {
	if j+1 == len(hits) {
		return false
	}
	noun := hits[j+1]
	return noun.First == hits[j].End && noun.Value.noun() && hits[j].Value.fits(noun.Value)
}

// anyShift reports shifts that are worked, whichever they are: "shift duty",
// "flexible with shifts".
func (s *shiftReader) anyShift(hits []phrase.Hit[shiftWord], i int) bool {
	const near = 2
	if hits[i].Value.role != roleShift || i == 0 {
		// "Break shift - duty 9 to 5" is two things.
		return hits[i].Value.role == roleWork && !s.doc.Is(hits[i].End-2, "-")
	}
	ready := hits[i-1]
	if ready.Value.role != roleReady || hits[i].First-ready.End > near || s.verb(hits[i]) {
		return false
	}
	for j := ready.End; j < hits[i].First; j++ {
		if s.doc.Tokens[j].Kind != text.Word {
			return false
		}
	}
	return true
}

// lettered reports shifts that are named by letters, right before their noun or after it: "A, B
// and C shifts", "Shifts: M / E / N".
func (s *shiftReader) lettered(noun phrase.Hit[shiftWord]) bool {
	if noun.Value.role != roleShift && noun.Value.role != roleWork {
		return false
	}
	return s.letters(noun.First-1, -1) || s.letters(noun.End, 1)
}

// letters reports single letters from token i on, in steps of 1 or -1: A and B, or B and C, or
// any three.
func (s *shiftReader) letters(i, step int) bool {
	const most, few = 12, 3
	found := map[string]bool{}
	for n := 0; n < most && i >= 0 && i < len(s.doc.Tokens) && !s.doc.Stop(i); n++ {
		t := &s.doc.Tokens[i]
		if t.Kind == text.Word && len(t.Norm) == 1 {
			found[t.Norm] = true
		} else if t.Kind == text.Number || t.Kind == text.Word && !s.besideShifts[t.Norm] && t.Norm != "to" {
			break
		}
		i += step
	}
	return found["b"] && (found["a"] || found["c"]) || len(found) >= few
}

// verb reports "shift to Pune", "to shift priorities".
func (s *shiftReader) verb(h phrase.Hit[shiftWord]) bool {
	return s.doc.Is(h.End, "to") || s.doc.Is(h.First-1, "to") && s.doc.Is(h.End-1, "shift")
}

// joined reports that the tokens from i up to but not including j only join
// words: "and", "/", "based".
func (s *shiftReader) joined(i, j int) bool { return s.only(s.besideShifts, i, j) }

// equals reports that the tokens from i up to but not including j only say that
// what is before them is what is after them: ":", "is".
func (s *shiftReader) equals(i, j int) bool { return s.only(s.shiftsAre, i, j) }

// only reports that the tokens from i up to but not including j are few, and
// words of a set or signs within a sentence.
func (s *shiftReader) only(words map[string]bool, i, j int) bool {
	const most = 4
	if j-i > most || j < i {
		return false
	}
	for ; i < j; i++ {
		t := &s.doc.Tokens[i]
		if s.doc.Stop(i) || t.Kind == text.Number || t.Kind == text.Word && !words[t.Norm] {
			return false
		}
	}
	return true
}

// zoneAfter gives the country whose time hours are in that end before token i:
// "9 AM to 6 PM EST".
func (s *shiftReader) zoneAfter(hits []phrase.Hit[shiftWord], i int) job.Shift {
	for s.doc.Is(i, "ist") || s.doc.Is(i, "(") {
		i++
	}
	for _, h := range phrase.Near(hits, i, i+1) {
		if h.First == i && h.Value.role == roleOfHours && country(h.Value.shift) && s.timeZones[next(s.doc, i)] {
			return h.Value.shift
		}
	}
	return ""
}

// workFor reads work for a country as its hours, where the posting states hours
// that are: at night for America, from the evening on for Britain.
func (s *shiftReader) workFor() {
	for _, h := range s.forCountry.Hits(s.doc) {
		late := s.has(job.ShiftNight) || h.Value == job.ShiftUK && s.has(job.ShiftEvening)
		if late && !slices.Contains(s.denied, h.Value) {
			s.add(h.Value, h.First, h.End)
		}
	}
}
