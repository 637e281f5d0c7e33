package api

import (
	"net/http"
	"net/url"
	"strconv"

	"jobsieve/desk"
	"jobsieve/filter"
	"jobsieve/indexer/chosen"
)

// The members of a header that say what stands in no answer, whatever its format. A number
// is absent where it is 0.
const (
	waitingHeader   = "Jobsieve-Index-Waiting"
	missingHeader   = "Jobsieve-Index-Missing"
	foreignHeader   = "Jobsieve-Index-Foreign"
	damagedHeader   = "Jobsieve-Damaged"
	otherwiseHeader = "Jobsieve-Read-Otherwise"
	closedHeader    = "Jobsieve-Closed-Left-Out"
	postingsHeader  = "Jobsieve-Postings"
	noteHeader      = "Jobsieve-Note"
	absentHeader    = "Jobsieve-Absent"
)

// lacking says in the header how the index, which was asked for words, differs from the
// ledger.
func (a *answer) lacking(l chosen.Lack) {
	for name, n := range map[string]int{waitingHeader: l.Waiting, missingHeader: l.Missing, foreignHeader: l.Foreign} {
		a.number(name, n)
	}
}

func (a *answer) number(name string, n int) {
	if n > 0 {
		a.header.Set(name, strconv.Itoa(n))
	}
}

// add adds a sentence for people, escaped as in the path of a URL, since headers have
// letters of ASCII alone.
func (a *answer) add(name, text string) { a.header.Add(name, url.PathEscape(text)) }

// sayAsOf says in the header what postings as of a day are; nothing for those of now.
func (a *answer) sayAsOf(day string) {
	if day != "" {
		a.add(noteHeader, desk.SaidOf(day).String())
	}
}

// say says in the header what stands beside a table, and where it counts nothing, which
// values no posting has.
func (a *answer) say(q *question, t *desk.Table, f *filter.Filter) error {
	a.header.Set(postingsHeader, strconv.Itoa(t.Postings))
	a.number(otherwiseHeader, t.ReadOtherwise)
	for _, note := range t.Notes {
		a.add(noteHeader, note.String())
	}
	if t.Postings > 0 {
		return nil
	}
	of := *f
	of.Posted = filter.Dates{} // of which the table has notes
	return a.sayAbsent(q, &of)
}

// sayAbsent says which values of a filter no posting has.
func (a *answer) sayAbsent(q *question, f *filter.Filter) error {
	absent, err := q.desk.Absent(q.Context(), f)
	for i := range absent {
		a.add(absentHeader, absent[i].String())
	}
	return a.aside(err)
}

// sayFound says in the header what stands beside the postings that a search found.
func (a *answer) sayFound(q *question, found *desk.Answer, f *filter.Filter) error {
	a.header = http.Header{}
	a.lacking(found.Lack)
	a.number(otherwiseHeader, found.ReadOtherwise)
	a.number(closedHeader, found.ClosedLeftOut)
	a.header.Set(postingsHeader, strconv.Itoa(found.Total))
	a.sayAsOf(found.AsOf)
	if found.Total > 0 {
		return nil
	}
	return a.sayAbsent(q, f)
}

// aside says in the header that rows of the ledger are damaged; any other error it gives
// back.
func (a *answer) aside(err error) error {
	if err == nil || !desk.InPart(err) {
		return err
	}
	a.header.Set(damagedHeader, "true")
	return nil
}
