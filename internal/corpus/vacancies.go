package corpus

import (
	"embed"
	"fmt"
	"slices"
	"strings"
)

//go:embed vacancies/judged-*.tsv
var judgedPairs embed.FS

// JudgedPair is two real postings, by their ids, and what a person who read both says
// that they are to one another.
type JudgedPair struct {
	A, B string
	// Verdict is same, linked or different.
	Verdict string
	// Reason is in the person's words.
	Reason string
}

// Unsure reports a pair of which the person could not tell.
func (p *JudgedPair) Unsure() bool { return strings.HasPrefix(p.Reason, "unsure") }

// The columns of a judged pair: its number, the ids, the verdict, the reason.
const (
	judgedA = iota + 1
	judgedB
	judgedVerdict
	judgedReason
	judgedColumns
)

var judgedVerdicts = []string{"same", "linked", "different"}

// JudgedSets is how many sets of pairs there are.
const JudgedSets = 8

// JudgedPairs gives a set of the pairs: 1, on which thresholds were set, or one that was
// scored once when it was judged.
func JudgedPairs(set int) ([]JudgedPair, error) {
	return readPairs(fmt.Sprintf("vacancies/judged-%d.tsv", set))
}

// JudgedTwice are the sets that a second person judged, who didn't know what the first one said.
var JudgedTwice = []int{5, 6, 8}

// SecondPairs gives a set of JudgedTwice as the second person judged it: the same pairs in the
// same order.
func SecondPairs(set int) ([]JudgedPair, error) {
	return readPairs(fmt.Sprintf("vacancies/judged-%db.tsv", set))
}

func readPairs(name string) (out []JudgedPair, err error) {
	body, err := judgedPairs.ReadFile(name)
	if err != nil {
		return nil, err
	}
	for line := range strings.Lines(string(body)) {
		cells := strings.Split(strings.TrimSpace(line), "\t")
		if len(cells) != judgedColumns || !slices.Contains(judgedVerdicts, cells[judgedVerdict]) {
			const format = "%s: %q: expected a number, two ids, one of %q, and a reason"
			return nil, fmt.Errorf(format, name, line, judgedVerdicts)
		}
		out = append(out, JudgedPair{cells[judgedA], cells[judgedB], cells[judgedVerdict], cells[judgedReason]})
	}
	return out, nil
}
