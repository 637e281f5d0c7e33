package contacts

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// The digits that a telephone number has.
const (
	leastDigits  = 8
	mostDigits   = 15
	mobileDigits = 10
)

// group is a run of digits.
type group struct {
	start, end int
	// sign is what is between the group before and this one.
	sign join
}

func (g group) size() int { return g.end - g.start }

// join is how two groups of digits are joined.
type join int

const (
	apart   join = iota // they have nothing to do with each other
	loose               // a sign that telephone numbers seldom have: "9,8,7"
	point               // a point alone
	dash                // a dash with spaces, as in a range
	written             // spaces, dashes, points, brackets, as numbers are written
)

// joinOf reads what is between two groups.
func joinOf(s string) join {
	const mostSigns = 4
	if len(s) > mostSigns {
		return apart
	}
	letters, other := 0, 0
	for i := range len(s) {
		switch c := s[i]; {
		case c == '\n' || isLetter(c) || c >= utf8.RuneSelf:
			letters++
		case strings.IndexByte(" \t-.()", c) < 0:
			other++
		}
	}
	switch {
	case letters > 0:
		return apart
	case other > 0:
		return loose
	case s == ".":
		return point
	case s == " - ":
		return dash
	}
	return written
}

// numbers finds telephone numbers in a plain text.
func numbers(s string, n nature) (out []span) {
	sc := scanner{text: s, nature: n}
	for i := 0; i < len(s); {
		if !isDigit(s[i]) {
			i++
			continue
		}
		g := group{start: i, end: digitsEnd(s, i)}
		if k := len(sc.groups); k > 0 {
			g.sign = joinOf(s[sc.groups[k-1].end:i])
		}
		if g.sign == apart {
			out = sc.sequence(out)
		}
		sc.add(g)
		i = g.end
	}
	return sc.sequence(out)
}

// digitsEnd gives the end of the digits at byte i; an O among them is a zero.
func digitsEnd(s string, i int) int {
	end := i
	for i < len(s) && (isDigit(s[i]) || s[i]|0x20 == 'o') {
		i++
		if isDigit(s[i-1]) {
			end = i
		}
	}
	if i == len(s) || !isLetter(s[i]) {
		return i
	}
	return end
}

// scanner looks for telephone numbers in one text.
type scanner struct {
	text   string
	nature nature
	// groups are those that are together, digits theirs, each starting at its
	// place in at.
	groups []group
	digits []byte
	at     []int
	// word is where the word of byte seen begins; link is true where it is an
	// address on the web.
	word, seen int
	link       bool
}

func (sc *scanner) add(g group) {
	sc.groups = append(sc.groups, g)
	sc.at = append(sc.at, len(sc.digits))
	for _, c := range []byte(sc.text[g.start:g.end]) {
		if !isDigit(c) {
			c = '0' // an O
		}
		sc.digits = append(sc.digits, c)
	}
}

// sequence finds the numbers in the groups, and forgets these.
func (sc *scanner) sequence(out []span) []span {
	digits := string(sc.digits)
	for i := 0; i < len(sc.groups); i++ {
		last := -1
		for j := i; j < len(sc.groups); j++ {
			n := sc.at[j] + sc.groups[j].size() - sc.at[i]
			if n > mostDigits {
				break
			}
			if n < leastSaid {
				continue
			}
			if c := sc.number(i, j, digits[sc.at[i]:sc.at[i]+n]); sc.telephone(&c) {
				last = j
			}
		}
		if last < 0 && !sc.glued(i) {
			continue
		}
		last = max(last, i)
		start := sc.groups[i].start
		if k := sc.plus(start); k >= 0 {
			start = k
		}
		out = append(out, span{start, sc.groups[last].end})
		i = last
		if i+1 < len(sc.groups) {
			sc.groups[i+1].sign = loose // another number begins there
		}
	}
	sc.groups, sc.digits, sc.at = sc.groups[:0], sc.digits[:0], sc.at[:0]
	return out
}

// plus gives where the + is of a number that begins at byte i, -1 for none.
func (sc *scanner) plus(i int) int {
	for i--; i >= 0 && (sc.text[i] == ' ' || sc.text[i] == '('); i-- {
	}
	if i < 0 || sc.text[i] != '+' {
		return -1
	}
	return i
}

// number is some groups of digits that may be one telephone number.
type number struct {
	groups []group
	digits string
	plus   bool // a + stands before
	// whole is true where no other digits are joined to these.
	whole bool
}

func (sc *scanner) number(i, j int, digits string) number {
	return number{
		groups: sc.groups[i : j+1],
		digits: digits,
		plus:   sc.plus(sc.groups[i].start) >= 0,
		whole:  sc.groups[i].sign <= loose && (j+1 == len(sc.groups) || sc.groups[j+1].sign == loose),
	}
}

// leastSaid is the fewest digits that are masked in what is said to be a
// telephone number.
const leastSaid = 6

// telephone reports a telephone number, rather than an amount, a date, an id or
// part of an address.
func (sc *scanner) telephone(c *number) bool {
	if sc.nature == phone {
		return len(c.digits) >= leastSaid && c.whole
	}
	if len(c.digits) < leastDigits {
		return false
	}
	found := c.dialled() || c.foreign(sc.text) || c.whole && sc.said(c.groups[0].start)
	return found && !c.amounts() && sc.stands(c)
}

// prefixes may be dialled before a mobile number.
var prefixes = []string{"", "0", "91", "091", "910", "0091"}

// dialled reports an Indian telephone number: a mobile one, with or without
// what is dialled before it, one with an area code, or a free one.
func (c *number) dialled() bool {
	d := c.digits
	if len(d) < mobileDigits {
		return false
	}
	for _, prefix := range prefixes {
		if rest, ok := strings.CutPrefix(d, prefix); ok && len(rest) == mobileDigits && rest[0] >= '6' {
			return c.grouped(len(prefix))
		}
	}
	return c.whole && !c.has(loose) && (c.hasAreaCode() || c.fromAbroad() || c.isFree())
}

// hasAreaCode reports a number with an area code, as in 022 2345 6789.
func (c *number) hasAreaCode() bool {
	return len(c.digits) == 11 && c.digits[0] == '0' && len(c.groups) > 1 && c.groups[0].size() <= 5
}

// fromAbroad reports a number as it is dialled from abroad, after +91.
func (c *number) fromAbroad() bool {
	return c.plus && strings.HasPrefix(c.digits, "91") && len(c.digits) >= 11 && len(c.digits) <= 13
}

// isFree reports a number that costs the caller nothing, or little.
func (c *number) isFree() bool {
	free := strings.HasPrefix(c.digits, "1800") || strings.HasPrefix(c.digits, "1860")
	return free && len(c.digits) <= mobileDigits+1
}

// has reports a sign between the groups.
func (c *number) has(sign join) bool {
	return slices.ContainsFunc(c.groups[1:], func(g group) bool { return g.sign == sign })
}

// foreign reports a number with another country's code, or written as America
// writes them: (212) 555-0147.
func (c *number) foreign(s string) bool {
	if !c.whole || c.has(loose) {
		return false
	}
	if c.plus && !strings.HasPrefix(c.digits, "91") {
		return len(c.digits) >= 10
	}
	groups := c.groups
	if len(groups) == 4 && groups[0].size() == 1 && c.digits[0] == '1' {
		groups = groups[1:]
	}
	if len(groups) != 3 || groups[0].size() != 3 || groups[1].size() != 3 || groups[2].size() != 4 {
		return false
	}
	return strings.ContainsAny(s[groups[0].end:groups[1].start], "-.)") &&
		strings.ContainsAny(s[groups[1].end:groups[2].start], "-.")
}

// grouped reports groups as people write them, after a prefix of so many
// digits: of three or more, or all of one size. Others must be everything in
// the run, and more than a list of small numbers.
func (c *number) grouped(prefix int) bool {
	groups := c.groups
	if len(groups) > 1 && groups[0].size() == prefix {
		groups = groups[1:]
	}
	size := groups[0].size()
	least, most := size, size
	for _, g := range groups {
		least, most = min(least, g.size()), max(most, g.size())
	}
	if c.has(loose) {
		return least == most && (size == 1 || size == 5)
	}
	return least == most || least >= 3 || c.whole && most >= 3
}

// amounts reports parts that are more likely two amounts: "60000-70000", or in
// a range with spaces "62450 - 78900"; or a PIN code and a year.
func (c *number) amounts() bool {
	if len(c.groups) != 2 {
		return false
	}
	size := c.groups[0].size()
	first, second := c.digits[:size], c.digits[size:]
	if size == 6 && len(second) == 4 && (second[:2] == "19" || second[:2] == "20") {
		return true
	}
	round := "00"
	if c.groups[1].sign == dash {
		round = "0"
	}
	alike := size == len(second) || size == 5 || size == 6
	return alike && strings.HasSuffix(first, round) && strings.HasSuffix(second, round)
}

// stands reports a number that isn't part of a longer word, a decimal, an
// address on the web, or an id.
func (sc *scanner) stands(c *number) bool {
	s, start := sc.text, c.groups[0].start
	before, _ := utf8.DecodeLastRuneInString(s[:start])
	after := s[c.groups[len(c.groups)-1].end:]
	inWord := unicode.Is(unicode.Latin, before) || before == '_'
	switch {
	case before == '₹', before == '$':
		return false
	case before == '.' && start > 1 && isDigit(s[start-2]):
		return false // the decimals of a figure
	case goesOn(after):
		return false
	case (inWord && !wordEnds(s[:start]) || sc.linked(start)) && !sc.said(start):
		return false
	}
	named := sc.nature == id || idBefore.MatchString(wordsBefore(s, start))
	return c.plus || !named || len(c.groups) > 1
}

// goesOn reports that the text after a number is joined to it, and isn't a word
// that was merely written without a space.
func goesOn(after string) bool {
	return after != "" && (after[0] == '_' || isLetter(after[0])) && !isWord(after)
}

// linked reports that byte i, which only grows, is in an address on the web,
// after its host.
func (sc *scanner) linked(i int) bool {
	if sc.nature == address {
		return true
	}
	if k := strings.LastIndexAny(sc.text[sc.seen:i], " \n\t\"'(<"); k >= 0 {
		sc.word, sc.link = sc.seen+k+1, false
	}
	sc.seen = i
	word := sc.text[max(sc.word, i-maxLink):i]
	sc.link = sc.link ||
		strings.Contains(word, "/") && hasAny(word, "://", "www.", ".com", ".in/", ".org/", ".io/", ".net/")
	return sc.link
}

// maxLink is how far back the host of a link is looked for.
const maxLink = 400

// What comes before a number, with "between" for what may come between.
const (
	between   = `[ ._\-]{0,2}`
	saidWords = `(?:tele|smart)?ph(?:one|n)?|mobile|mob|mbl|cell|tel|land ?line|help ?line|whats ?app|wa|contact|cont|` +
		`calls?|calling|dial|sms|ring|fax|hr|फोन|मोबाइल|मो|संपर्क|सम्पर्क|काल|कॉल|व्हाट्सएप|वाट्सएप`
	saidMore = `app|nos?|num|numbers?|नंबर|नं|करें|us|me|on|at|to|hr|is|or|and|here|only`
	idWords  = `id|ref(?:erence)?|req(?:uisition)?|uuid|(?:job|vacancy|posting|order|advt|application|registration|` +
		`reg|gst|account|a/c|licen[cs]e)[ ._\-]*(?:id|nos?|number|num|code|ref)`
)

var (
	// saidForm is a word, or a part of an address, that a telephone number
	// follows.
	saidForm = regexp.MustCompile(`(?i)(?:wa\.me/|(?:^|[^a-z])(?:` + saidWords + `)` +
		`(?:` + between + `(?:` + saidMore + `))*)[ .:=/#()+%\-]*$`)
	// idBefore is a word that an id follows.
	idBefore = regexp.MustCompile(`(?i)(?:^|[^a-z])(?:` + idWords + `)[ ._\-]*` +
		`(?:id|nos?|number|num|code)?[ .:=#/\-]*$`)
)

// said reports that the text before byte i says that a telephone number
// follows.
func (sc *scanner) said(i int) bool { return saidForm.MatchString(wordsBefore(sc.text, i)) }

// wordsBefore gives the last words of a text before byte i, empty where
// something else is there.
func wordsBefore(s string, i int) string {
	const most = 48
	s = s[max(0, i-most):i]
	last := strings.TrimRight(s, " .:=/#()+%-")
	if last == "" || !isLetter(last[len(last)-1]) && last[len(last)-1] < utf8.RuneSelf {
		return ""
	}
	return s
}
