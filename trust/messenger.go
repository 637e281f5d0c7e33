package trust

import (
	"strings"

	"jobsieve/lexicon/phrase"
	"jobsieve/text"
)

// applying is how a text says that one applies.
type applying struct {
	messengers []span
	otherWay   bool
}

// applying reads it: each messenger with its masked number, each request to apply by
// one, and whether there is another way.
func (r *Reader) applying(d *text.Doc) (a applying) {
	a.otherWay = len(r.otherWays.All(d)) > 0 || hasAddress(d, r.messengers.All(d))
	numbers := masked(d)
	taken := make([]bool, len(numbers))
	at := 0 // the first number that does not end long before a messenger
	atWork := r.atWork.All(d)
	for _, m := range r.messengers.Hits(d) {
		if len(phrase.Near(atWork, m.First, m.End)) > 0 {
			continue
		}
		for at < len(numbers) && numbers[at]+reach < m.First {
			at++
		}
		n := ofMessenger(d, m, numbers, at)
		if n < 0 {
			continue
		}
		taken[n] = true
		i := numbers[n]
		a.messengers = append(a.messengers, span{min(i, m.First), max(i+1, m.End)})
	}
	found := among{spans: a.messengers}
	for _, h := range r.byMessenger.Hits(d) {
		if s := (span{h.First, h.End}); !found.overlap(s) {
			a.messengers = append(a.messengers, s)
		}
	}
	for n := range numbers {
		a.otherWay = a.otherWay || !taken[n] && !alternative(d, numbers, taken, n)
	}
	return a
}

// reach is how many tokens a masked number may stand from the name of its messenger.
const reach = 12

// ofMessenger gives which of numbers, from the one at, is the number of a messenger: the
// next after it, else the one just before; -1 for none.
func ofMessenger(d *text.Doc, m phrase.Hit[string], numbers []int, at int) int {
	const before = 4 // tokens from a number to the messenger: "xxxx (WhatsApp)"
	last := -1
	for ; at < len(numbers) && numbers[at] < m.End+reach; at++ {
		switch i := numbers[at]; {
		case i >= m.End && d.Sentence(i) == d.Sentence(m.First), i >= m.First && i < m.End+before:
			return at
		case i < m.First && m.First-i <= before && d.Sentence(i) == d.Sentence(m.First):
			last = at
		}
	}
	return last
}

// alternative reports that a number is a further one of the same messenger: it follows
// its number with only signs and "or" between.
func alternative(d *text.Doc, numbers []int, taken []bool, n int) bool {
	const most = 2 // tokens between
	if n == 0 || numbers[n]-numbers[n-1] > most+1 {
		return false
	}
	for i := numbers[n-1] + 1; i < numbers[n]; i++ {
		if d.IsKind(i, text.Word) && !d.Is(i, "or") && !d.Is(i, "and") {
			return false
		}
	}
	taken[n] = taken[n-1]
	return taken[n]
}

// masked gives the tokens that are masked contacts.
func masked(d *text.Doc) (out []int) {
	for i := range d.Tokens {
		if isMasked(d.Tokens[i].Norm) {
			out = append(out, i)
		}
	}
	return out
}

// isMasked reports a word that stands for a contact.
func isMasked(word string) bool {
	const least = 6 // letters
	return len(word) >= least && strings.Trim(word, "x") == ""
}

// hosts end the addresses that are written without www.
var hosts = map[string]bool{"com": true, "in": true, "org": true, "net": true, "co": true, "io": true}

// messengerHosts are the hosts of messengers.
var messengerHosts = map[string]bool{"wa": true, "t": true, "whatsapp": true, "telegram": true}

// hasAddress reports an address on the web that is not a messenger's.
func hasAddress(d *text.Doc, messengers []phrase.Hit[string]) bool {
	for i := range d.Tokens {
		if !isAddress(d, i) {
			continue
		}
		const long = 6 // tokens of an address before its host's name
		if len(phrase.Near(messengers, i-1, i+long)) == 0 {
			return true
		}
	}
	return false
}

// isAddress reports that a web address begins with token i: "https://", "www.", or
// "acme.com".
func isAddress(d *text.Doc, i int) bool {
	glued := func(j int, norm string) bool { return d.Is(j, norm) && d.Tokens[j].Glued }
	switch d.Tokens[i].Norm {
	case "http", "https":
		return glued(i+1, ":") && glued(i+2, "/")
	case "www":
		return glued(i+1, ".")
	}
	const end = 2
	if !d.IsKind(i, text.Word) || messengerHosts[d.Tokens[i].Norm] || !glued(i+1, ".") || i+end >= len(d.Tokens) {
		return false
	}
	last := &d.Tokens[i+end]
	return last.Glued && hosts[last.Norm]
}
