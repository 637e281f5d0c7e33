package phrase

import (
	"fmt"
	"strconv"
	"strings"

	"jobsieve/text"
)

// A pattern is a phrase as people write it in rule files:
//
//	data entry              words, in any spelling that has the same normal form
//	(customer|client) care  one of several, each of them words or nothing
//	answer~ call~           any inflection: answers, answering, calls, called
//	calls ..3 customers     up to three other words between, in one sentence
//
// element is one step of a pattern once the alternatives are written out.
type element struct {
	word string // in normal form; empty for a gap
	gap  int    // the most words that may be here
}

// maxSequences is the most sequences that one pattern may stand for.
const maxSequences = 20000

// expand writes out a pattern as the sequences of elements that it stands for.
func expand(pattern string, spelled speller) ([][]element, error) {
	p := patternParser{in: pattern, spelled: spelled}
	seqs, err := p.sequence()
	if err == nil && p.at < len(p.in) {
		err = fmt.Errorf("unexpected %q", p.in[p.at:])
	}
	if err == nil {
		err = checkSequences(seqs)
	}
	if err != nil {
		return nil, fmt.Errorf("pattern %q: %w", pattern, err)
	}
	return seqs, nil
}

func checkSequences(seqs [][]element) error {
	for _, seq := range seqs {
		if len(seq) == 0 {
			return fmt.Errorf("may match nothing; at least one word must be fixed")
		}
		if seq[0].word == "" || seq[len(seq)-1].word == "" {
			return fmt.Errorf("begins or ends with a gap; a gap must stand between words")
		}
	}
	return nil
}

type patternParser struct {
	in      string
	at      int
	depth   int
	spelled speller
}

// speller keeps what words of patterns stand for, so that each is read once: the
// patterns of a set have few different ones.
type speller map[string][][]element

// sequence reads parts up to the end or to the | or ) of the group it is in.
func (p *patternParser) sequence() ([][]element, error) {
	seqs, first := [][]element{nil}, true
	for p.at < len(p.in) {
		switch c := p.in[p.at]; {
		case c == ' ':
			p.at++
			continue
		case p.depth > 0 && (c == '|' || c == ')'):
			return seqs, nil
		case c == '|' || c == ')':
			return nil, fmt.Errorf("%q outside parentheses", string(c))
		}
		part, err := p.part()
		if err != nil {
			return nil, err
		}
		if len(seqs)*len(part) > maxSequences {
			return nil, fmt.Errorf("stands for more than %d phrases; write it as several", maxSequences)
		}
		if first {
			seqs, first = part, false
			continue
		}
		seqs = product(seqs, part)
	}
	return seqs, nil
}

// product gives each head with each tail, all in one piece of memory.
func product(heads, tails [][]element) [][]element {
	size := 0
	for _, h := range heads {
		size += len(h) * len(tails)
	}
	for _, t := range tails {
		size += len(t) * len(heads)
	}
	out := make([][]element, 0, len(heads)*len(tails))
	all := make([]element, 0, size)
	for _, h := range heads {
		for _, t := range tails {
			from := len(all)
			all = append(append(all, h...), t...)
			out = append(out, all[from:len(all):len(all)])
		}
	}
	return out
}

func (p *patternParser) part() ([][]element, error) {
	if p.in[p.at] == '(' {
		return p.group()
	}
	end := strings.IndexAny(p.in[p.at:], " ()|")
	if end < 0 {
		end = len(p.in) - p.at
	}
	word := p.in[p.at : p.at+end]
	p.at += end
	if seqs, known := p.spelled[word]; known {
		return seqs, nil
	}
	seqs, err := sequencesOf(word)
	if err == nil {
		p.spelled[strings.Clone(word)] = seqs
	}
	return seqs, err
}

// sequencesOf gives what one word of a pattern stands for.
func sequencesOf(word string) ([][]element, error) {
	if rest, ok := strings.CutPrefix(word, ".."); ok {
		n, err := strconv.Atoi(rest)
		if err != nil || n < 1 || n > 9 {
			return nil, fmt.Errorf("gap %q: expected ..1 to ..9", word)
		}
		return [][]element{{{gap: n}}}, nil
	}
	if stem, ok := strings.CutSuffix(word, "~"); ok {
		var out [][]element
		for _, form := range inflect(stem) {
			out = append(out, elementsOf(form))
		}
		return out, nil
	}
	seq := elementsOf(word)
	if len(seq) == 0 {
		return nil, fmt.Errorf("%q has no letter or digit", word)
	}
	return [][]element{seq}, nil
}

func (p *patternParser) group() ([][]element, error) {
	var out [][]element
	p.depth++
	for {
		p.at++ // the ( or |
		seqs, err := p.sequence()
		if err != nil {
			return nil, err
		}
		out = append(out, seqs...)
		if p.at >= len(p.in) {
			return nil, fmt.Errorf("a ( without its )")
		}
		if p.in[p.at] == ')' {
			p.at++
			p.depth--
			return out, nil
		}
	}
}

// elementsOf gives the words of a text in normal form.
func elementsOf(s string) []element {
	var seq []element
	d := text.Parse(s)
	for i := range d.Tokens {
		if d.Tokens[i].InPhrase() {
			seq = append(seq, element{word: d.Tokens[i].Norm})
		}
	}
	return seq
}
