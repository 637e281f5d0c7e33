package text

import "strings"

// gluedParts are the words that postings write together without a space. A
// longer word that is nothing but these, two or more, is split up.
const gluedParts = `
	account accounts accountant analyst associate back based bilingual blended bpo call caller callers calling care
	caring center centre chat collection collections content counsellor customer data desk domestic email entry
	executive field form filling fresher freshers from front full grievance help hiring home hotel inbound
	international interview job jobs kpo loan mail manager marketing night non office officer online operator
	outbound part process processes processing recruiter recruitment relationship sale sales semi service services
	shift support team tech technical tele time travel typing urgent verification virtual voice walk work writer
	writing`

// gluedWhole are words that look like that but are not.
const gluedWhole = `homework networker workshift salestime`

// minGlued is the shortest word that is looked at.
const minGlued = 7

// splitter splits glued words.
type splitter struct {
	parts map[string]bool
	whole map[string]bool
	// starts has the first three letters of each part as a word.
	starts, shapes *shapes
	long           int // the longest part
}

var glued = newSplitter(strings.Fields(gluedParts), strings.Fields(gluedWhole))

func newSplitter(parts, whole []string) *splitter {
	s := &splitter{parts: map[string]bool{}, whole: map[string]bool{}, starts: new(shapes)}
	for _, p := range parts {
		s.parts[p] = true
		s.long = max(s.long, len(p))
		s.starts.put(p[:least])
	}
	s.shapes = shapesOf(s.parts)
	for _, w := range whole {
		s.whole[w] = true
	}
	return s
}

// least is the shortest part.
const least = 3

// begins reports whether a part may begin like w, which is long enough for one.
func (s *splitter) begins(w []byte) bool { return mayHave(s.starts, w[:least]) }

// maxParts is the most parts that a word is split into.
const maxParts = 6

// cut gives the ends of the parts of w, and how many; none where w is one
// word. w is in lower case ASCII letters.
func (s *splitter) cut(w []byte) (cuts [maxParts]int, n int) {
	if !s.begins(w) || mayHave(s.shapes, w) && s.parts[string(w)] || s.whole[string(w)] {
		return cuts, 0
	}
	n = s.cutFrom(w, 0, 0, &cuts)
	return cuts, n
}

func (s *splitter) cutFrom(w []byte, from, n int, cuts *[maxParts]int) int {
	if from == len(w) {
		return n
	}
	if n == maxParts || len(w)-from < least || !s.begins(w[from:]) {
		return 0
	}
	for end := min(len(w), from+s.long); end >= from+least; end-- {
		if part := w[from:end]; mayHave(s.shapes, part) && s.parts[string(part)] {
			cuts[n] = end
			if m := s.cutFrom(w, end, n+1, cuts); m > 0 {
				return m
			}
		}
	}
	return 0
}
