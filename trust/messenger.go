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
	n := numbers{at: masked(d)}
	n.taken = make([]bool, len(n.at))
	a.messengers = merged(append(r.withNumbers(d, &n), r.withoutNumbers(d, &n)...))
	a.otherWay = len(r.otherWays.All(d)) > 0 || hasAddress(d, r.messengers.All(d))
	for i := range n.at {
		a.otherWay = a.otherWay || !n.taken[i] && !n.alternative(d, i)
	}
	return a
}

// numbers are the tokens of a text that are masked contacts, in order, with whether each
// is taken for a messenger's.
type numbers struct {
	at    []int
	taken []bool
}

// withNumbers gives the messengers that have a number, with it.
func (r *Reader) withNumbers(d *text.Doc, n *numbers) (out []span) {
	next := 0 // the first number that does not end long before a messenger
	atWork := r.atWork.All(d)
	for _, m := range r.messengers.Hits(d) {
		if len(phrase.Near(atWork, m.First, m.End)) > 0 {
			continue
		}
		for next < len(n.at) && n.at[next]+reach < m.First {
			next++
		}
		if i := n.of(d, m, next); i >= 0 {
			n.taken[i] = true
			out = append(out, span{min(n.at[i], m.First), max(n.at[i]+1, m.End)})
		}
	}
	return out
}

// withoutNumbers gives the requests to apply by a messenger.
func (r *Reader) withoutNumbers(d *text.Doc, n *numbers) (out []span) {
	next := 0
	for _, h := range r.byMessenger.Hits(d) {
		out = append(out, span{h.First, h.End})
		for next < len(n.at) && n.at[next] < h.End {
			next++
		}
		if next < len(n.at) && n.at[next] < h.End+reach && oneLine(d, h.End, n.at[next]) {
			n.taken[next] = true // the sentence may end before it: "to Mr. Rao at xxxx"
		}
	}
	return out
}

// reach is how many tokens a masked number may stand from the name of its messenger.
const reach = 12

// of gives which number, from the one at next, is that of a messenger: the next after
// it, else the one just before; -1 for none.
func (n *numbers) of(d *text.Doc, m phrase.Hit[string], next int) int {
	const before = 4 // tokens from a number to the messenger: "xxxx (WhatsApp)"
	last := -1
	for ; next < len(n.at) && n.at[next] < m.End+reach; next++ {
		switch i := n.at[next]; {
		case i >= m.End && d.Sentence(i) == d.Sentence(m.First), i >= m.First && i < m.End+before:
			return next
		case i < m.First && m.First-i <= before && d.Sentence(i) == d.Sentence(m.First):
			last = next
		}
	}
	return last
}

// alternative reports that number i is a further one of the same messenger: it follows
// its number with only signs and "or" between.
func (n *numbers) alternative(d *text.Doc, i int) bool {
	const most = 2 // tokens between
	if i == 0 || n.at[i]-n.at[i-1] > most+1 {
		return false
	}
	for j := n.at[i-1] + 1; j < n.at[i]; j++ {
		if d.IsKind(j, text.Word) && !d.Is(j, "or") && !d.Is(j, "and") {
			return false
		}
	}
	n.taken[i] = n.taken[i-1]
	return n.taken[i]
}

// oneLine reports that no line ends among tokens i up to but not including j.
func oneLine(d *text.Doc, i, j int) bool {
	for ; i < j; i++ {
		if d.IsKind(i, text.Newline) {
			return false
		}
	}
	return true
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
