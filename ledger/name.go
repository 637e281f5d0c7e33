package ledger

import (
	"fmt"
	"net/url"
	"strings"
)

// named is a condition for the postings that a person's name for them means,
// with its arguments from $1 on.
type named struct {
	where string
	args  []any
}

// mostSlashes is how many slashes of a name may end its source.
const mostSlashes = 20

// namesOf gives what a name may mean; the first that fits any posting is what
// it means. An id may have slashes in it, and so may a source.
func namesOf(name string) []named {
	out := []named{{"id = $1", []any{name}}}
	var pairs named
	add := func(source, id string) {
		if len(pairs.args) > 0 {
			pairs.where += " OR "
		}
		pairs.where += fmt.Sprintf("id = $%d AND source = $%d", len(pairs.args)+1, len(pairs.args)+2)
		pairs.args = append(pairs.args, id, source)
	}
	for i, slashes := 0, 0; i < len(name) && slashes < mostSlashes; i++ {
		if name[i] == '/' {
			slashes++
			add(name[:i], name[i+1:])
		}
	}
	if source, id, ok := unescaped(name); ok {
		add(source, id)
	}
	if len(pairs.args) > 0 {
		out = append(out, named{"(" + pairs.where + ")", pairs.args})
	}
	return out
}

// unescaped gives the source and the id that a key was made of; ok is false for
// what isn't a key or was cut.
func unescaped(key string) (source, id string, ok bool) {
	s, i, ok := strings.Cut(key, "/")
	source, errSource := url.PathUnescape(s)
	id, errID := url.PathUnescape(i)
	return source, id, ok && errSource == nil && errID == nil && Key(source, id) == key
}
