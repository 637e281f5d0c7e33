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
	// starts has a bit for each three letters that a part begins with.
	starts [1 << 15 / 64]uint64
	long   int // the longest part
}

var glued = newSplitter(strings.Fields(gluedParts), strings.Fields(gluedWhole))

func newSplitter(parts, whole []string) *splitter {
	s := &splitter{parts: map[string]bool{}, whole: map[string]bool{}}
	for _, p := range parts {
		s.parts[p] = true
		s.long = max(s.long, len(p))
		at := startOf([]byte(p))
		s.starts[at/64] |= 1 << (at % 64)
	}
	for _, w := range whole {
		s.whole[w] = true
	}
	return s
}

// startOf numbers the first three letters of w, 0 to 1<<15.
func startOf(w []byte) int {
	return int(w[0]&31)<<10 | int(w[1]&31)<<5 | int(w[2]&31)
}

// begins reports whether a part may begin like w, which has three letters.
func (s *splitter) begins(w []byte) bool {
	at := startOf(w)
	return s.starts[at/64]&(1<<(at%64)) != 0
}

// maxParts is the most parts that a word is split into.
const maxParts = 6

// cut gives the ends of the parts of w, and how many; none where w is one
// word. w is in lower case ASCII letters.
func (s *splitter) cut(w []byte) (cuts [maxParts]int, n int) {
	if !s.begins(w) || s.parts[string(w)] || s.whole[string(w)] {
		return cuts, 0
	}
	n = s.cutFrom(w, 0, 0, &cuts)
	return cuts, n
}

func (s *splitter) cutFrom(w []byte, from, n int, cuts *[maxParts]int) int {
	if from == len(w) {
		return n
	}
	if n == maxParts || len(w)-from < 3 || !s.begins(w[from:]) {
		return 0
	}
	for end := min(len(w), from+s.long); end >= from+3; end-- {
		if s.parts[string(w[from:end])] {
			cuts[n] = end
			if m := s.cutFrom(w, end, n+1, cuts); m > 0 {
				return m
			}
		}
	}
	return 0
}
