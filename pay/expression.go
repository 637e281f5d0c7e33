package pay

import "iter"

// expression is one amount, a range of two or a bound, with the period and the
// basis that stand in its own clause.
type expression struct {
	lo, hi  amount // the same for a single figure
	isRange bool
	open    bool // a range without an upper end: "2,00,000 - more than 3,00,000"
	// first and end are its tokens, with the words that were taken as part of it;
	// next is the first token of the figure after it.
	first, end, next int
	inside           context // what stands between the two sides

	before, after context
	verdict
}

// expressions finds every expression of the text, in order, and whose money it
// is. What it gives is valid until the next call.
func (s *scan) expressions() iter.Seq[*expression] {
	return func(yield func(*expression) bool) {
		e := &s.current
		floor := 0
		for k := 0; k < len(s.amounts); {
			used := s.express(e, k)
			k += used
			e.next = len(s.doc.Tokens)
			if k < len(s.amounts) {
				e.next = s.amounts[k].first
			}
			s.look(e, floor)
			floor = max(e.end, e.after.reach)
			s.judge(e)
			if !yield(e) {
				return
			}
		}
	}
}

// express makes an expression from amount k, with the other side of its range;
// it gives how many amounts it took.
func (s *scan) express(e *expression, k int) int {
	a := s.amounts[k]
	*e = expression{lo: a, hi: a, first: a.first, end: a.end}
	if k+1 == len(s.amounts) {
		return 1
	}
	b := s.amounts[k+1]
	how, inside := s.link(&a, &b)
	variable := s.joinedTo(b.first) && s.variableAfter(b.end)
	if how == apart || variable || !s.join(&a, &b, how) {
		return 1
	}
	e.lo, e.hi, e.isRange, e.end, e.inside = a, b, true, b.end, inside
	e.open = how == openEnded
	return 2
}

// variableAfter reports "₹1,800 tak incentive": the second figure is no side of a
// range.
func (s *scan) variableAfter(i int) bool {
	if s.says(i, cueUptoAfter) {
		i = s.starting[i].other
	}
	return s.says(i, cueVariable)
}
