// Package sentence has what is said to people in sentences that have English and can be said
// in another language: each has a kind, and what is put in it.
//
// A format and arguments enter; English leaves, or the arguments by their meaning, for
// whoever has the same kind in another language.
package sentence

import (
	"errors"
	"fmt"
	"strings"

	"jobsieve/job"
)

// Sentence is a sentence, or a part of one.
type Sentence struct {
	// Kind is its name, under which other languages have it: small letters, digits and _.
	// Empty where only English has it.
	Kind string
	// English is a format of package fmt, Args is what it takes.
	English string
	Args    []any
}

// Of makes a sentence.
func Of(kind, english string, args ...any) Sentence { return Sentence{kind, english, args} }

// String says it in English.
func (s Sentence) String() string { return fmt.Sprintf(s.English, s.Args...) }

// Texts says sentences in English.
func Texts(all []Sentence) []string {
	out := make([]string, len(all))
	for i, s := range all {
		out[i] = s.String()
	}
	return out
}

// wrong is an error that is a sentence.
type wrong struct{ Sentence }

func (e *wrong) Error() string { return e.String() }

// Wrong makes an error of a sentence.
func Wrong(kind, english string, args ...any) error { return &wrong{Of(kind, english, args...)} }

// WrongBy makes an error of a sentence that is there.
func WrongBy(s Sentence) error { return &wrong{s} }

// OfError gives the sentence that an error is; of any other error its text, which only
// English has.
func OfError(err error) Sentence {
	var e *wrong
	if errors.As(err, &e) && e.Error() == err.Error() {
		return e.Sentence
	}
	return Of("", "%s", err.Error())
}

// Count is how many there are of what a noun names, in English in the singular.
type Count struct {
	N  int
	Of string
}

func (c Count) String() string { return job.Count(c.N, c.Of) }

// Grouped is a Count whose digits are grouped as in India.
type Grouped Count

func (c Grouped) String() string {
	return job.Grouped(float64(c.N)) + " " + job.Noun(c.N, c.Of)
}

// Share is a part of a whole, 0–1.
type Share float64

func (s Share) String() string {
	const hundred = 100
	return fmt.Sprintf("%.0f %%", hundred*float64(s))
}

// Value is a value of a field, or of what postings are grouped by.
type Value struct{ Field, Value string }

func (v Value) String() string { return v.Value }

// Name is that of a field, a grouping or a column of a table.
type Name string

func (n Name) String() string { return strings.ReplaceAll(string(n), "_", " ") }

// Day is a date, YYYY-MM-DD.
type Day string
