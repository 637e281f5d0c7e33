// Package filter says which postings are meant, in one grammar for flags, URLs
// and JSON.
//
// Parameters by name enter; out come a filter in its normal form, the query for
// an index, and whether a document passes it. Names, values, amounts and dates
// that no posting can have are refused, all together.
package filter

import (
	"cmp"
	"maps"
	"slices"
	"strings"
	"unicode/utf8"

	"jobsieve/indexer"
	"jobsieve/internal/sentence"
	"jobsieve/internal/strictyaml"
	"jobsieve/job"
)

// Filter chooses postings. Its parts must all hold; the zero value lets every
// posting pass.
type Filter struct {
	// Text is words, all of which must stand in a posting, "a phrase", or -one
	// that must not.
	Text string
	// Exact says that Text is only words, and is not read as a question.
	Exact bool
	// Is gives, by the name of a filter of indexer.Fields, values of which a
	// posting must have one; Not those of which it must have none.
	Is, Not map[string][]string
	// Experience is in years: what a posting asks for must overlap it.
	Experience indexer.Span
	// Openings is how many people are sought.
	Openings indexer.Span
	Pay      Pay
	// Posted is when it was posted, FirstSeen when jobsieve saw it first.
	Posted, FirstSeen Dates
	// Where are conditions, such as "city in (Pune, Mumbai) and pay >= 15000/month",
	// all of which must hold.
	Where []string
	// All says that a search finds closed postings too, which it leaves out where
	// nothing says which states are meant; what reads everything is the same with it.
	All bool
}

// Pay bounds what is offered: it must reach Min and not begin above Max, in
// rupees a Period. 0 means no bound; without a Period the amounts are a
// month's.
type Pay struct {
	Min, Max float64
	Period   job.Period
}

// Dates are from Since to Until, YYYY-MM-DD, both included; empty for none.
type Dates struct{ Since, Until string }

// What a filter asks for at most: bytes of its words, and values of one parameter.
const (
	mostText   = 2000
	mostValues = 200
)

// DefaultPeriod is the period of pay where none is given.
const DefaultPeriod = job.PerMonth

// Fault is one thing that is wrong with a filter.
type Fault struct {
	// Field is the parameter, as Values names it.
	Field string
	// Says is what it is, what was expected, and what may have been meant.
	Says sentence.Sentence
	// In is the condition that it is in, from byte Start to End; empty where it is in none.
	In         string
	Start, End int
}

// Problem says it in English, above the text of the condition with its place marked.
func (f *Fault) Problem() string {
	if f.In == "" {
		return f.Says.String()
	}
	return f.Says.String() + "\n" + f.under()
}

// InCondition is a fault of a condition, which stands there from byte start to end.
func InCondition(says sentence.Sentence, condition string, start, end int) Fault {
	return Fault{whereName, says, condition, start, end}
}

// Faults are all that is wrong with a filter, by field.
type Faults []Fault

func (fs Faults) Error() string {
	lines := make([]string, len(fs))
	for i := range fs {
		lines[i] = fs[i].Field + ": " + fs[i].Problem()
	}
	return strings.Join(lines, "\n")
}

// fault notes what is wrong with a field.
func (fs *Faults) fault(field, kind, english string, args ...any) {
	*fs = append(*fs, FaultOf(field, sentence.Of(kind, english, args...)))
}

// add notes that the value of a field is wrong.
func (fs *Faults) add(field string, err error) {
	*fs = append(*fs, FaultOf(field, sentence.OfError(err)))
}

// FaultOf is a fault of a parameter.
func FaultOf(field string, says sentence.Sentence) Fault {
	return Fault{Field: field, Says: says}
}

// expected says which words one may have meant.
func expected(got string, words []string) sentence.Sentence {
	all := strings.Join(slices.Sorted(slices.Values(words)), ", ")
	if near := strictyaml.Nearest(got, words); near != "" {
		return sentence.Of("one_of_near", "expected one of %s; did you mean %q?", all, near)
	}
	return sentence.Of("one_of", "expected one of %s", all)
}

// err gives the faults in order, nil where there are none.
func (fs Faults) err() error {
	if len(fs) == 0 {
		return nil
	}
	slices.SortStableFunc(fs, func(a, b Fault) int { return cmp.Compare(a.Field, b.Field) })
	return fs
}

// Book is what a rule book closes: its labels, their functions, and its criteria
// by their ids. With the zero value every name is taken as it is.
type Book struct {
	Labels    []job.Label
	Functions []job.Function
	Criteria  []string
}

// Check gives all faults of a filter together; its error is Faults.
func (f *Filter) Check(book Book) error {
	_, err := f.Normal(book)
	return err
}

// Normal gives the one form that all filters have which say the same:
// official names, each once and in order. Its error is Faults.
func (f *Filter) Normal(book Book) (Filter, error) {
	var faults Faults
	out := f.normal(book, &faults)
	return out, faults.err()
}

func (f *Filter) normal(book Book, faults *Faults) Filter {
	out := Filter{Text: strings.Join(strings.Fields(f.Text), " "), Pay: f.Pay}
	out.Exact = f.Exact && out.Text != ""
	if len(out.Text) > mostText {
		faults.fault("text", "bytes_at_most", "expected at most %d bytes, got %d", mostText, len(out.Text))
	}
	if !utf8.ValidString(out.Text) {
		faults.fault("text", "not_utf8", "expected text in UTF-8, got %q", out.Text)
	}
	if _, err := indexer.ParseTerms(out.Text); err != nil {
		faults.add("text", err)
	}
	out.Is = normalValues(book, "", f.Is, faults)
	out.Not = normalValues(book, notPrefix, f.Not, faults)
	out.Experience = yearsOf.normal(f.Experience, faults)
	out.Openings = openingsOf.normal(f.Openings, faults)
	out.Pay.normalise(faults)
	out.Posted = f.Posted.normal("", faults)
	out.FirstSeen = f.FirstSeen.normal("first_seen_", faults)
	out.Where = normalConditions(book, f.Where, faults)
	if out.All = f.All; f.All && len(out.Is[stateName])+len(out.Not[stateName]) > 0 {
		faults.fault("all", "all_alone", "expected it without open, closed and posting_state, which say what is meant")
	}
	return out
}

// normalValues brings the values of filters to their normal form; prefix goes
// before their names in faults.
func normalValues(book Book, prefix string, in map[string][]string, faults *Faults) map[string][]string {
	out := map[string][]string{}
	for _, name := range slices.Sorted(maps.Keys(in)) {
		field, ok := indexer.Fields.Filter(name)
		if !ok {
			faults.fault(prefix+name, "unknown_filter", "unknown filter %q: %s", name,
				expected(name, indexer.Fields.Filters()))
			continue
		}
		if n := len(in[name]); n > mostValues {
			faults.fault(prefix+field.Filter, "values_at_most", "expected at most %d values, got %d", mostValues, n)
			continue
		}
		for _, v := range in[name] {
			value, err := canonical(book, field, v)
			if err != nil {
				faults.add(prefix+field.Filter, err)
				continue
			}
			out[field.Filter] = append(out[field.Filter], value)
		}
	}
	for name, values := range out {
		slices.Sort(values)
		out[name] = slices.Compact(values)
	}
	if len(out) == 0 {
		return nil
	}
	return out
}
