package api

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strings"

	"jobsieve/config"
	"jobsieve/desk"
	"jobsieve/filter"
	"jobsieve/ledger"
	"jobsieve/pipeline"
	"jobsieve/report/chart"
)

// problemType is the content type of RFC 9457.
const problemType = "application/problem+json"

// problem says what is wrong, as RFC 9457 has it.
type problem struct {
	Title  string `json:"title" doc:"The status in words."`
	Status int    `json:"status"`
	Detail string `json:"detail" doc:"What is wrong, what was expected, and what to do."`
	// Errors are all faults of a question.
	Errors faults `json:"errors,omitempty" doc:"All faults of the question."`
}

func (p *problem) Error() string { return p.Detail }

// fault is one thing that is wrong with a question.
type fault struct {
	Parameter string `json:"parameter,omitempty" doc:"The parameter; absent where it is none."`
	Detail    string `json:"detail" doc:"What it is, what was expected, and what may have been meant."`
	Value     string `json:"value,omitempty" doc:"The value that it is in."`
	Start     *int   `json:"start,omitempty" doc:"Where in the value it begins, in bytes; only of conditions."`
	End       *int   `json:"end,omitempty" doc:"Where it ends."`
	// Mentions are what a program translates that has other names for them.
	Mentions []string `json:"mentions,omitempty" doc:"Other parameters that the detail names."`
}

// faults are all that is wrong with a question.
type faults []fault

func (fs faults) Error() string { return fmt.Sprintf("%d faults", len(fs)) }

// add notes a fault of a parameter.
func (fs *faults) add(parameter, value, format string, args ...any) {
	*fs = append(*fs, fault{Parameter: parameter, Value: value, Detail: fmt.Sprintf(format, args...)})
}

// note notes the faults of a filter.
func (fs *faults) note(err error) {
	var of filter.Faults
	if !errors.As(err, &of) {
		return
	}
	for i := range of {
		f := fault{Parameter: of[i].Field, Detail: of[i].Says.String(), Value: of[i].In}
		if f.Value != "" {
			f.Start, f.End = &of[i].Start, &of[i].End
		}
		*fs = append(*fs, f)
	}
}

// noteParameter notes that parameters are wrong; other errors it leaves out.
func (fs *faults) noteParameter(err error) {
	var of *desk.ParameterError
	if !errors.As(err, &of) {
		return
	}
	asIs := func(name string) string { return name }
	*fs = append(*fs, fault{
		Parameter: strings.Join(of.Of, ", "), Value: of.Value, Detail: of.Problem(asIs), Mentions: of.Mentions(),
	})
}

// err gives the faults in order, nil where there are none.
func (fs faults) err() error {
	if len(fs) == 0 {
		return nil
	}
	slices.SortStableFunc(fs, func(a, b fault) int { return cmp.Compare(a.Parameter, b.Parameter) })
	return fs
}

func isUnknownSource(err error) bool {
	var unknown *config.UnknownSourceError
	return errors.As(err, &unknown)
}

// later is after how many seconds it may be worth asking again.
const later = "30"

// What is said where something is not ready, and what to do.
const (
	nothingStored = "Nothing is stored yet: the first crawl or import (jobsieve run, jobsieve import) makes the " +
		"ledger. Ask again after it."
	notCompared = "The posting has not been compared with others yet: the next run does that, or " +
		"\"jobsieve vacancies update\"."
	rulesFaulty = "The rules have faults, which the log and \"jobsieve rules check\" name. Ask again when they are " +
		"mended."
	tookTooLong = "The answer took too long. Ask for less, by a narrower filter or fewer groups; or ask again later."
	indexSilent = "The index can't be asked now; /healthz and the log of the daemon say why. Ask again later; " +
		"reports and exports without text come from the ledger alone."
	wentWrong = "Something went wrong here; the log of the daemon says what."
)

// problemOf says what an error means for whoever asked. What it doesn't know is a fault
// of this program, whose text stays inside.
func problemOf(err error) *problem {
	var p *problem
	var fs faults
	var parameter *desk.ParameterError
	var unknown *config.UnknownSourceError
	switch {
	case errors.As(err, &p):
		return p
	case errors.As(err, &parameter):
		fs.noteParameter(err)
		return problemOf(fs)
	case errors.As(err, &fs):
		return &problem{Status: http.StatusBadRequest, Detail: detailOf(fs), Errors: fs}
	case errors.Is(err, chart.ErrNothing):
		return &problem{Status: http.StatusNotFound, Detail: chart.ErrNothing.Error()}
	case errors.As(err, &unknown):
		return &problem{Status: http.StatusNotFound, Detail: unknown.Error()}
	}
	if says := notReady(err); says != "" {
		return &problem{Status: http.StatusServiceUnavailable, Detail: says}
	}
	return &problem{Status: http.StatusInternalServerError, Detail: wentWrong}
}

// notReady says what isn't ready, and what to do; empty for any other error.
func notReady(err error) string {
	var rules *pipeline.RulesError
	var due *desk.DueError
	var index *unready
	switch {
	case errors.Is(err, ledger.ErrNone):
		return nothingStored
	case errors.As(err, &due):
		return notCompared
	case errors.As(err, &rules):
		return rulesFaulty
	case errors.Is(err, context.DeadlineExceeded):
		return tookTooLong
	case errors.As(err, &index):
		return indexSilent
	}
	return ""
}

// detailOf sums up the faults of a question.
func detailOf(fs faults) string {
	if len(fs) > 1 {
		return fmt.Sprintf("The question has %d faults.", len(fs))
	}
	if fs[0].Parameter == "" {
		return fs[0].Detail
	}
	return fs[0].Parameter + ": " + fs[0].Detail
}

// refuse answers with the problem that an error is.
func (q *question) refuse(w http.ResponseWriter, err error) {
	p := problemOf(err)
	if p.Status >= http.StatusInternalServerError && q.desk != nil {
		q.desk.Index.Log.Error("a question could not be answered", "path", q.Pattern, "status", p.Status, "error", err)
	}
	p.write(w, q.Request)
}

func (p *problem) write(w http.ResponseWriter, r *http.Request) {
	p.Title = http.StatusText(p.Status)
	body, err := json.Marshal(p)
	if err != nil {
		body = nil
	}
	if p.Status == http.StatusServiceUnavailable {
		w.Header().Set("Retry-After", later)
	}
	w.Header().Set("Cache-Control", "no-store")
	send(w, r, p.Status, problemType, append(body, '\n'))
}
