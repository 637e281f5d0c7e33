package question

import (
	"errors"
	"strings"
	"unicode"

	"jobsieve/indexer"
)

// piece is a stretch of a question of one kind: free text, or something that is only
// words.
type piece struct {
	typed string
	// words are those of a phrase in quotation marks, or of one word with a sign
	// before it; nil for free text.
	words []string
	field string // what stands before a colon, by the name of the field
	not   bool
	or    bool // the word between two choices
}

// cut cuts a question into pieces: "phrases", -words, field:value, OR, and the free
// text between them.
func (r *Reader) cut(s string) ([]piece, error) {
	var out []piece
	var free []string
	flush := func() {
		if len(free) > 0 {
			out = append(out, piece{typed: strings.Join(free, " ")})
			free = nil
		}
	}
	rest := []rune(s)
	for {
		for len(rest) > 0 && unicode.IsSpace(rest[0]) {
			rest = rest[1:]
		}
		if len(rest) == 0 {
			flush()
			return out, nil
		}
		word, after, err := nextWord(rest)
		if err != nil {
			return nil, err
		}
		rest = after
		p := r.pieceOf(word)
		if p == nil {
			free = append(free, word)
			continue
		}
		flush()
		out = append(out, *p)
	}
}

// nextWord gives what stands up to the next space outside quotation marks.
func nextWord(rest []rune) (word string, after []rune, err error) {
	end, quoted := 0, false
	for end < len(rest) && (quoted || !unicode.IsSpace(rest[end])) {
		if isQuote(rest[end]) {
			quoted = !quoted
		}
		end++
	}
	if quoted {
		return "", nil, errors.New("a phrase begins with a quotation mark and does not end with one")
	}
	return string(rest[:end]), rest[end:], nil
}

func isQuote(c rune) bool { return strings.ContainsRune(`"“”`, c) }

// pieceOf reads a word with signs; nil for a word without.
func (r *Reader) pieceOf(word string) *piece {
	p := &piece{typed: word}
	body := word
	if after, ok := strings.CutPrefix(body, "-"); ok && after != "" {
		p.not, body = true, after
	}
	if before, value, ok := strings.Cut(body, ":"); ok && value != "" {
		if field, known := r.fields[strings.Join(indexer.Words(before), " ")]; known {
			p.field, body = field, value
		}
	}
	switch quoted := strings.ContainsFunc(body, isQuote); {
	case body == "OR" || body == "|":
		return &piece{typed: word, or: true}
	case !quoted && !p.not && p.field == "":
		return nil
	}
	p.words = indexer.Words(strings.Map(func(c rune) rune {
		if isQuote(c) {
			return ' '
		}
		return c
	}, body))
	if len(p.words) == 0 {
		p.words = []string{}
	}
	return p
}
