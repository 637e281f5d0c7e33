package report

import (
	"math"

	"jobsieve/internal/sentence"
)

// Kind says what the cells of a column are.
type Kind string

// The kinds of columns, with the Go type of their cells. A cell is nil where too few
// postings stand behind it, or where it has no sense.
const (
	KindGroup  Kind = "group"  // string: what the postings of the row share
	KindText   Kind = "text"   // string
	KindCount  Kind = "count"  // int
	KindShare  Kind = "share"  // float64, 0–1, to four decimals
	KindRupees Kind = "rupees" // int, a year or a month as the table says
	KindNumber Kind = "number" // float64, to four decimals
)

// Column is one column of a table.
type Column struct {
	// Name heads it in files: small letters with _ between words. A released name
	// keeps its meaning.
	Name string
	Kind Kind
	// Help says in a sentence what it holds.
	Help string
	// Shown says that a terminal has it. Spare orders those that a narrow terminal
	// does without: the lowest go first, 0 never goes.
	Shown bool
	Spare int
}

// Table is a finished table.
type Table struct {
	// Name is that of its report, such as pay.
	Name string
	// About says in a sentence what the figures are and how many postings they rest on.
	About sentence.Sentence
	// Period is that of amounts, year or month; empty where there are none.
	Period string
	// First and Last are the dates of the earliest and the latest posting, empty
	// where there is none.
	First, Last string
	// Postings is how many postings the table rests on.
	Postings int
	// Columns begin with those that are groups.
	Columns []Column
	Rows    [][]any
	// Total is of all postings, each counted once, with nil for groups; nil where a
	// table has none.
	Total []any
	// Notes are warnings about what the figures can't say: for people, never among
	// the rows.
	Notes []sentence.Sentence
	// Reference is what amounts can be compared with; nil where there is nothing.
	Reference *Reference
	// Distribution says how the amounts of all offers are distributed, in bins that
	// join one another; empty where there are too few.
	Distribution []Bin
	// Survival says how many of all postings are left open, day by day; empty where
	// that is not asked, or there are too few.
	Survival []Survived

	// Across is how many columns each value of a grouping has, the first of which counts
	// postings; 0 where none has any.
	Across int
}

// Reference is a span of amounts that others have found, in rupees a period of the table.
type Reference struct {
	Low, High int
	Text      sentence.Sentence // whose it is, and of when
}

// Bin counts the offers whose midpoint, or the only side that they state, lies from one
// amount up to the next, in rupees a period of the table; in the last bin also at its end.
type Bin struct{ From, To, Offers int }

// Survived says what became of postings at an age of so many days: how many were at risk of
// being seen to close at it, how many of these were closed, how many were seen last
// (censored), and the share that is open after it, as Kaplan and Meier estimate it.
type Survived struct {
	Days, AtRisk, Closed, Censored int
	Open                           float64
}

// Groups is how many columns are groups.
func (t *Table) Groups() int {
	n := 0
	for n < len(t.Columns) && t.Columns[n].Kind == KindGroup {
		n++
	}
	return n
}

// Header gives the names of the columns.
func (t *Table) Header() []string {
	var out []string
	for i := range t.Columns {
		out = append(out, t.Columns[i].Name)
	}
	return out
}

// decimals is how exact shares and numbers are: to four decimals.
const decimals = 1e4

// share gives a part of a whole; 0 of nothing.
func share(part, whole int) float64 {
	if whole == 0 {
		return 0
	}
	return math.Round(float64(part)/float64(whole)*decimals) / decimals
}
