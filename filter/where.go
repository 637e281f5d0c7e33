package filter

import (
	"regexp"
	"slices"
	"strings"

	"jobsieve/indexer"
)

// condition is one of: others, all of which or any of which must hold; a field that
// has some value; a field that has one of several; a measure that compares.
type condition struct {
	not      bool
	all, any []*condition
	field    *indexer.Field
	measure  *measure
	known    bool
	// op is = or an order; spans are what a measure is compared with, values those of
	// a field.
	op     string
	spans  []indexer.Span
	values []string
}

// conditions reads conditions, all of which must hold; those of an "and" are each
// one.
func conditions(book Book, texts []string, faults *Faults) (out []*condition) {
	for _, text := range texts {
		c, wrong := parseCondition(book, text)
		*faults = append(*faults, wrong...)
		switch {
		case len(wrong) > 0:
		case len(c.all) > 0 && !c.not:
			out = append(out, c.all...)
		default:
			out = append(out, c)
		}
	}
	return out
}

// normalConditions writes conditions that say the same alike, each once and in order.
func normalConditions(book Book, in []string, faults *Faults) (out []string) {
	for _, c := range conditions(book, in, faults) {
		out = append(out, c.String())
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// together makes one condition of several, of which all or any must hold.
func together(every bool, parts []*condition) *condition {
	var flat []*condition
	for _, c := range parts {
		inner := c.any
		if every {
			inner = c.all
		}
		if len(inner) > 0 && !c.not {
			flat = append(flat, inner...)
			continue
		}
		flat = append(flat, c)
	}
	slices.SortStableFunc(flat, func(a, b *condition) int { return strings.Compare(a.String(), b.String()) })
	flat = slices.CompactFunc(flat, func(a, b *condition) bool { return a.String() == b.String() })
	switch {
	case len(flat) == 1:
		return flat[0]
	case every:
		return &condition{all: flat}
	}
	return &condition{any: flat}
}

// String writes the condition as it is read.
func (c *condition) String() string {
	switch {
	case len(c.all) > 0:
		return negated(c.not, joined(c.all, " and "))
	case len(c.any) > 0:
		return negated(c.not, joined(c.any, " or "))
	case c.known && c.not:
		return c.name() + " is unknown"
	case c.known:
		return c.name() + " is known"
	case c.op != "=":
		text := c.name() + " " + c.op + " " + c.texts()[0]
		if c.not {
			return "not " + text
		}
		return text
	}
	op := map[bool]string{false: " = ", true: " != "}[c.not]
	texts := c.texts()
	if len(texts) == 1 {
		return c.name() + op + texts[0]
	}
	op = map[bool]string{false: " in (", true: " not in ("}[c.not]
	return c.name() + op + strings.Join(texts, ", ") + ")"
}

func negated(not bool, text string) string {
	if not {
		return "not (" + text + ")"
	}
	return text
}

// joined writes conditions with a word between them; those of another kind are in
// brackets.
func joined(parts []*condition, between string) string {
	texts := make([]string, len(parts))
	for i, c := range parts {
		texts[i] = c.String()
		if len(c.all)+len(c.any) > 0 && !c.not {
			texts[i] = "(" + texts[i] + ")"
		}
	}
	return strings.Join(texts, between)
}

func (c *condition) name() string {
	if c.measure != nil {
		return c.measure.name
	}
	return c.field.Filter
}

// texts are the values as they are read, each once and in order.
func (c *condition) texts() (out []string) {
	for _, s := range c.spans {
		out = append(out, quoted(c.measure.text(s)))
	}
	for _, v := range c.values {
		out = append(out, quoted(v))
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// bareForm is a value that needs no quotation marks, unless a word of it is one of
// the language.
var bareForm = regexp.MustCompile(`^[\pL\pN][\pL\pM\pN ./+&:_-]*$`)

func quoted(value string) string {
	if bareForm.MatchString(value) && !slices.ContainsFunc(strings.Fields(value), endsValue) {
		return value
	}
	return `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`).Replace(value) + `"`
}

// endsValue reports a word that a value without quotation marks ends before.
func endsValue(word string) bool {
	return slices.Contains([]string{"and", "or", "not"}, strings.ToLower(word))
}

// termsOf gives conditions as an index takes them.
func termsOf(conditions []*condition) []indexer.Term {
	var out []indexer.Term
	for _, c := range conditions {
		out = append(out, c.term())
	}
	return out
}

func (c *condition) term() indexer.Term {
	t := indexer.Term{}
	switch {
	case len(c.all) > 0:
		t.All = termsOf(c.all)
	case len(c.any) > 0:
		t.Any = termsOf(c.any)
	case c.known && c.field != nil:
		t.Known = c.field.Name
	case c.known:
		t.Bounds = c.measure.bounds(indexer.Span{Least: &c.measure.least})
	case c.field != nil:
		t.Values = map[string][]string{c.field.Name: valuesInIndex(c.field, c.values)}
	case len(c.spans) == 1:
		t.Bounds = c.bounds(c.spans[0])
	default:
		for _, s := range c.spans {
			t.Any = append(t.Any, indexer.Term{Bounds: c.bounds(s)})
		}
	}
	t.Not = c.not
	return t
}

// bounds let pass what compares with a span, which is one value unless op is =.
func (c *condition) bounds(s indexer.Span) indexer.Bounds {
	if c.op == "=" {
		return c.measure.bounds(s)
	}
	v, _ := single(s)
	switch c.op {
	case ">":
		v = c.measure.step(v, 1)
	case "<":
		v = c.measure.step(v, -1)
	}
	if c.op[0] == '>' {
		return c.measure.bounds(indexer.Span{Least: &v})
	}
	return c.measure.bounds(indexer.Span{Most: &v})
}

// depth is how deep terms stand in a term, itself included.
func depth(t *indexer.Term) int {
	most := 0
	for _, of := range [][]indexer.Term{t.All, t.Any} {
		for i := range of {
			most = max(most, depth(&of[i]))
		}
	}
	return 1 + most
}

// Asked gives the values of a field of which a posting must have one, or may have
// one where others are as good; none of those that are left out.
func (f *Filter) Asked(name string) (out []string) {
	out = slices.Clone(f.Is[name])
	f.eachComparison(name, func(c *condition) {
		if !c.not {
			out = append(out, c.values...)
		}
	})
	slices.Sort(out)
	return slices.Compact(out)
}

// compares reports conditions that compare a field, however they do.
func (f *Filter) compares(name string) (found bool) {
	f.eachComparison(name, func(*condition) { found = true })
	return found
}

// eachComparison calls do for every condition that compares a field.
func (f *Filter) eachComparison(name string, do func(*condition)) {
	var walk func([]*condition)
	walk = func(all []*condition) {
		for _, c := range all {
			if (c.field != nil || c.measure != nil) && c.name() == name {
				do(c)
			}
			walk(c.all)
			walk(c.any)
		}
	}
	walk(conditions(Book{}, f.Where, new(Faults)))
}
