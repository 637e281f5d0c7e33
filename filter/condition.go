package filter

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"jobsieve/indexer"
	"jobsieve/internal/sentence"
)

// The most that a condition may be: bytes, and brackets in brackets.
const (
	mostBytes    = 10_000
	mostBrackets = 50
)

// parser reads a condition:
//
//	condition  = every { "or" every }
//	every      = part { "and" part }
//	part       = { "not" } ( "(" condition ")" | comparison )
//	comparison = field ( op value | [ "not" ] "in" "(" value { "," value } ")" | "is" state )
//	state      = [ "not" ] "known" | "unknown"
//
// A value is in quotation marks, or else ends before a bracket, "and", "or" or
// "not", and in brackets before a comma. After a fault of form nothing more is read.
type parser struct {
	text   string
	at     int
	book   Book
	deep   int
	faults Faults
	// bare is where the latest value without quotation marks begins, -1 for none.
	bare int
}

// letters counts the bytes of a condition but those that writing it in its normal form adds.
func letters(text string) int {
	return len(text) - strings.Count(text, " ") - strings.Count(text, `"`) - strings.Count(text, "'")
}

func parseCondition(book Book, text string) (*condition, Faults) {
	p := parser{text: text, book: book, bare: -1}
	if n := letters(text); n > mostBytes {
		p.fault(0, 0, sentence.Of("letters_at_most", "expected at most %d letters, got %d", mostBytes, n))
		return nil, p.faults
	}
	c, ok := p.either()
	if rest := p.next(); ok && rest != "" {
		if rest == ")" {
			p.wrong(rest, "no_open_bracket", "no bracket is open before %q", rest)
		} else {
			p.wrong(rest, "no_end", "expected and, or, or the end, got %q", rest)
		}
	}
	if len(p.faults) > 0 {
		return nil, p.faults
	}
	if t := c.term(); depth(&t) > indexer.MostNested {
		p.fault(0, len(text), sentence.Of("conditions_at_most", "expected at most %d conditions in one another",
			indexer.MostNested))
	}
	return c, p.faults
}

func (p *parser) either() (*condition, bool) { return p.chain("or", p.every) }

func (p *parser) every() (*condition, bool) { return p.chain("and", p.part) }

// chain reads parts with a word between them.
func (p *parser) chain(word string, part func() (*condition, bool)) (*condition, bool) {
	var parts []*condition
	for {
		c, ok := part()
		if !ok {
			return nil, false
		}
		parts = append(parts, c)
		if !p.take(word) {
			break
		}
	}
	if len(p.faults) > 0 {
		return parts[0], true
	}
	return together(word == "and", parts), true
}

func (p *parser) part() (c *condition, ok bool) {
	not := false
	for p.take("not") {
		not = !not
	}
	if open := p.next(); open != "(" {
		c, ok = p.comparison()
	} else if p.deep++; p.deep > mostBrackets {
		return nil, p.wrong(open, "brackets_at_most", "expected at most %d brackets in one another", mostBrackets)
	} else {
		p.at++
		if c, ok = p.either(); ok && !p.take(")") {
			return nil, p.wrong(p.next(), "no_closing_bracket",
				"expected and, or, or a bracket ), got %s", told(p.next()))
		}
		p.deep--
	}
	if ok && not {
		other := *c
		other.not = !c.not
		c = &other
	}
	return c, ok
}

func (p *parser) comparison() (*condition, bool) {
	name, start, bare := p.next(), p.at, p.bare
	if !isName(name) || endsValue(name) {
		return nil, p.wrong(name, "no_field", "expected a field, such as city, got %s", told(name))
	}
	c := &condition{op: "="}
	problem := c.set(name)
	p.at += len(name)
	op := strings.ToLower(p.next())
	if problem != nil {
		if bare >= 0 && !startsComparison(op) {
			value := strings.Join(strings.Fields(p.text[bare:p.at]), " ")
			const english = "%q is no comparison; a value with \"and\", \"or\" or \"not\" in it stands in " +
				"quotation marks: %q"
			p.at = start
			return nil, p.wrong(name, "no_comparison", english, name, value)
		}
		p.fault(start, start+len(name), sentence.OfError(problem))
	}
	switch {
	case op == "is":
		p.at += len(op)
		return c, p.known(c)
	case op == "in" || op == "not":
		return c, p.in(c, name)
	case slices.Contains(operators, op):
		return c, p.compared(c, op)
	}
	if problem != nil {
		return nil, false
	}
	return nil, p.wrong(p.next(), "expected_after", "expected %s after %s, got %s", c.takes(), name, told(p.next()))
}

// operators compare with one value.
var operators = []string{"=", "!=", "<", "<=", ">", ">="}

func startsComparison(op string) bool {
	return op == "is" || op == "in" || op == "not" || strings.IndexAny(op, "=!<>") == 0
}

// takes says what may follow the field.
func (c *condition) takes() string {
	if c.measure == nil {
		return "=, !=, in, not in or is"
	}
	return "=, !=, <, <=, >, >=, in, not in or is"
}

// set finds what a name means; its error says what was expected where it means nothing.
func (c *condition) set(name string) error {
	name = strings.ReplaceAll(strings.ToLower(name), "-", "_")
	for i := range measures {
		m := &measures[i]
		if m.name == name {
			c.measure = m
			return nil
		}
		if slices.Contains(m.params, name) {
			return sentence.Wrong("flag_compared",
				"%q is a flag of its own; expected %s here, compared with %s", name, m.name, m.expected)
		}
	}
	if f, ok := indexer.Fields.Filter(name); ok {
		c.field = f
		return nil
	}
	if slices.Contains([]string{"open", "all"}, name) {
		return sentence.Wrong("flag", "%q is a flag of its own; expected %s here", name, stateName)
	}
	if name == "text" || name == "exact" {
		return sentence.Wrong("words_in_condition",
			"words are asked for with --text, not in a condition; expected %s", strings.Join(Conditions(), ", "))
	}
	return sentence.Wrong("unknown_filter", "unknown filter %q: %s", name, expected(name, Conditions()))
}

// Conditions are the names that a condition can compare, in order.
func Conditions() []string {
	out := indexer.Fields.Filters()
	for i := range measures {
		out = append(out, measures[i].name)
	}
	slices.Sort(out)
	return out
}

// known reads what follows "is".
func (p *parser) known(c *condition) bool {
	c.known = true
	c.not = p.take("not")
	switch {
	case p.take("known"):
		return true
	case !c.not && p.take("unknown"):
		c.not = true
		return true
	}
	return p.wrong(p.next(), "not_known", "expected known or unknown after is, got %s", told(p.next()))
}

// in reads values in brackets.
func (p *parser) in(c *condition, name string) bool {
	c.not = p.take("not")
	if !p.take("in") {
		return p.wrong(p.next(), "no_in", "expected in after not, got %s", told(p.next()))
	}
	if !p.take("(") {
		return p.wrong(p.next(), "no_bracket", "expected values in brackets, as in %s in (a, b), got %s", name,
			told(p.next()))
	}
	for n := 1; ; n++ {
		if n > mostValues {
			return p.wrong(p.next(), "values_in_brackets", "expected at most %d values in brackets", mostValues)
		}
		if !p.value(c, true) {
			return false
		}
		if p.take(")") {
			return true
		}
		if !p.take(",") {
			return p.wrong(p.next(), "no_comma", "expected a comma or a bracket ), got %s", told(p.next()))
		}
	}
}

// compared reads an operator and its value.
func (p *parser) compared(c *condition, op string) bool {
	if c.field != nil && op != "=" && op != "!=" {
		return p.wrong(p.next(), "no_order", "%s has no order; expected %s, got %q", c.name(), c.takes(), op)
	}
	p.at += len(op)
	c.op = op
	if op == "!=" {
		c.op, c.not = "=", true
	}
	return p.value(c, false)
}

// value reads one value. One that the field can't have is a fault, after which the
// rest is read all the same.
func (p *parser) value(c *condition, list bool) bool {
	p.next()
	start := p.at
	value, isQuoted, ok := p.literal(list)
	switch {
	case !ok:
		return false
	case value == "":
		what := sentence.Of("a_value", "a value")
		if c.measure != nil {
			what = c.measure.expected
		}
		return p.wrong(p.next(), "expected_got", "expected %s, got %s", what, told(p.next()))
	}
	if err := c.add(p.book, value, isQuoted || list); err != nil {
		p.fault(start, p.at, sentence.OfError(err))
	}
	p.bare = start
	if isQuoted {
		p.bare = -1
	}
	return true
}

// add takes in a value; exact is one that is told from others by quotation marks or
// brackets.
func (c *condition) add(book Book, value string, exact bool) error {
	switch {
	case c.measure != nil:
		s, err := c.measure.read(value)
		if _, isOne := single(s); err == nil && c.op != "=" && !isOne {
			err = sentence.Wrong("one_value_after", "expected one value after %s, got %q", c.op, value)
		}
		c.spans = append(c.spans, s)
		return err
	case c.field == nil:
		return nil // its name is a fault
	case !exact && !c.field.Flag.Whole && strings.Contains(value, ","):
		return sentence.Wrong("one_value",
			"expected one value, got %q; several are given as %s in (a, b)", value, c.name())
	}
	v, err := canonical(book, c.field, value)
	c.values = append(c.values, v)
	return err
}

// next skips spaces and gives what is there: a word, a run of signs that compare, or
// one letter; empty at the end.
func (p *parser) next() string {
	rest := strings.TrimLeftFunc(p.text[p.at:], unicode.IsSpace)
	p.at = len(p.text) - len(rest)
	if word := wordAt(rest); word != "" {
		return word
	}
	signs := len(rest) - len(strings.TrimLeft(rest, "=!<>"))
	if signs == 0 && rest != "" {
		_, signs = utf8.DecodeRuneInString(rest)
	}
	return rest[:signs]
}

// take skips a word or a sign, if it is what is there.
func (p *parser) take(word string) bool {
	if !strings.EqualFold(p.next(), word) {
		return false
	}
	p.at += len(word)
	return true
}

// wrong notes a fault of form at what is there.
func (p *parser) wrong(there, kind, english string, args ...any) bool {
	p.fault(p.at, p.at+len(there), sentence.Of(kind, english, args...))
	return false
}

// fault notes a fault from byte start to end.
func (p *parser) fault(start, end int, says sentence.Sentence) {
	p.faults = append(p.faults, InCondition(says, p.text, start, end))
}
