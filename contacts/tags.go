package contacts

import (
	"slices"
	"sort"
	"strings"
)

// The elements of HTML before which a reader sees a break: rows hold things that
// have nothing to do with each other, a block may go on where another ended.
var (
	rows   = strings.Fields(`dd dl dt h1 h2 h3 h4 h5 h6 hr li ol option select table tbody td tfoot th thead tr ul`)
	blocks = strings.Fields(`address article aside blockquote body br div fieldset figure footer form head header html
		main nav p pre script section style title`)
)

// untagged is a text without the tags and comments of HTML in it, as a reader
// sees it in a browser.
type untagged struct {
	text string
	// pieces are what is left, with what stands for a tag between.
	pieces []piece
}

// untag takes the tags out of a text; ok is false where it has none.
func untag(s string) (u untagged, ok bool) {
	var b strings.Builder
	left, comments := 0, true
	for i := 0; i < len(s); {
		size := 0
		if s[i] == '<' {
			size = tagSize(s[i:], &comments)
		}
		if size == 0 {
			i++
			continue
		}
		u.pieces = append(u.pieces, piece{b.Len(), left, true})
		b.WriteString(s[left:i])
		u.pieces = append(u.pieces, piece{b.Len(), i, false})
		b.WriteString(insteadOf(s[i : i+size]))
		i += size
		left = i
	}
	if left == 0 {
		return u, false
	}
	u.pieces = append(u.pieces, piece{b.Len(), left, true})
	b.WriteString(s[left:])
	u.text = b.String()
	return u, true
}

// tagSize gives the length of the tag or comment that begins s, 0 for none.
// Comments is set to false where the rest of the text ends none, so that it is
// searched only once.
func tagSize(s string, comments *bool) int {
	if *comments && strings.HasPrefix(s, "<!--") {
		if k := strings.Index(s, "-->"); k >= 0 {
			return k + len("-->")
		}
		*comments = false
	}
	name := strings.TrimLeft(s[1:min(len(s), 3)], "/!?")
	if name == "" || !isLetter(name[0]) && name[0] != '-' {
		return 0
	}
	k := strings.IndexAny(s[1:], "<>")
	if k < 0 || s[1+k] == '<' {
		return 0
	}
	return k + 2
}

// insteadOf gives what a reader sees of a tag.
func insteadOf(tag string) string {
	name := strings.ToLower(strings.TrimLeft(tag, "</"))
	if k := strings.IndexFunc(name, func(r rune) bool { return !isLetter(byte(r)) && !isDigit(byte(r)) }); k >= 0 {
		name = name[:k]
	}
	switch {
	case slices.Contains(rows, name):
		return "\n"
	case slices.Contains(blocks, name):
		return " "
	}
	return ""
}

// source gives the bytes of the text with tags that a span stands for, without
// the tags.
func (u *untagged) source(sp span) (out []span) {
	i := sort.Search(len(u.pieces), func(i int) bool { return u.pieces[i].at > sp.Start }) - 1
	for ; i < len(u.pieces) && u.pieces[i].at < sp.End; i++ {
		end := len(u.text)
		if i+1 < len(u.pieces) {
			end = u.pieces[i+1].at
		}
		p := u.pieces[i]
		start, end := max(sp.Start, p.at), min(sp.End, end)
		if p.same && start < end {
			out = append(out, span{p.source + start - p.at, p.source + end - p.at})
		}
	}
	return out
}
