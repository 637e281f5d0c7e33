package crawler

import (
	"errors"
	"fmt"
	"net/http"

	"jobsieve/config"
	"jobsieve/crawler/ats"
	"jobsieve/crawler/fetch"
)

// ReplyState says in a word how a source answers.
type ReplyState string

// How a source answers.
const (
	ReplyAnswers ReplyState = "answers" // with postings
	ReplyEmpty   ReplyState = "empty"   // in its usual form, without a posting
	ReplyFile    ReplyState = "file"    // it is one, and nothing is asked
	ReplyUnknown ReplyState = "unknown" // there is no such page, board or account
	ReplyMoved   ReplyState = "moved"   // it leads to where there are no postings
	ReplyRobots  ReplyState = "robots"  // robots.txt does not allow it
	ReplyRefused ReplyState = "refused" // the site does not want to be read
	ReplyWall    ReplyState = "wall"    // a captcha, a login form, a page of scripts
	ReplyBusy    ReplyState = "busy"    // it asks to be left alone for a while
	ReplyLarge   ReplyState = "large"   // the answer is longer than max_bytes
	ReplyForm    ReplyState = "form"    // the answer is not of the form that is expected
	ReplyDown    ReplyState = "down"    // the server or the network failed
	ReplyStopped ReplyState = "stopped" // it was not asked any more
)

// Reply is what a source answers to one request.
type Reply struct {
	Source *config.Source
	State  ReplyState
	// Here is how many postings the first page gives; of a sitemap, how many
	// addresses of postings.
	Here int
	// Total is how many postings the source says it has, nil where it does not.
	Total *int
	// Moved is the address that the request was led on to; empty where it was answered
	// where it was asked.
	Moved string
	// Why says what was answered in place of postings, or what else is to be known.
	Why string
}

// Good reports a source that answers as it should; that it has no postings now is no
// fault.
func (r *Reply) Good() bool {
	return r.State == ReplyAnswers || r.State == ReplyEmpty || r.State == ReplyFile
}

// Advice says what to do about a reply; empty where there is nothing, or where Why says
// it.
func (r *Reply) Advice() string {
	b, isBoard := ats.Recognise(r.Moved)
	switch {
	case isBoard && !sameBoard(r.Source, b):
		return fmt.Sprintf("%s is a board on %s: probe it", r.Moved, b.Platform)
	case r.Good() && r.Moved != "":
		return "it is read where it is now; write the new address, or the account in it, into the source"
	case r.State == ReplyUnknown && r.Source.Kind == config.KindATS:
		return "look for the account in the address that the employer's careers page leads to, or probe that page"
	}
	return advice[r.State]
}

// sameBoard reports that a source reads a board already.
func sameBoard(src *config.Source, b ats.Board) bool {
	return src.Kind == config.KindATS && src.Platform == b.Platform && src.Account == b.Account
}

var advice = map[ReplyState]string{
	ReplyEmpty:   "it may have none now; some platforms answer so too where they do not know the account",
	ReplyUnknown: "look where the site lists its postings now, and probe that page",
	ReplyMoved:   "probe the address that it leads to",
	ReplyRobots:  "ask the site's owner, or leave the source out",
	ReplyBusy:    "check it later, or schedule it less often",
	ReplyLarge:   "give the source a larger max_bytes under fetch",
	ReplyForm:    "compare it with what the source expects (docs/sources.md), or probe the page anew",
	ReplyDown:    "check it later; if it stays so, see whether the address is right",
}

// fail notes why a source could not be asked.
func (r *Reply) fail(err error) {
	r.Why, r.State = err.Error(), ReplyDown
	var denied *fetch.DeniedError
	var down *fetch.DownError
	var status *StatusError
	switch {
	case errors.As(err, &denied) && denied.Fault == "":
		r.State = ReplyRobots
	case errors.As(err, &down):
		r.State = ReplyBusy
	case errors.Is(err, fetch.ErrTooLarge):
		r.State = ReplyLarge
	case errors.As(err, &status):
		r.status(status)
	}
}

// status notes what a status other than success means.
func (r *Reply) status(e *StatusError) {
	board := r.Source.Kind == config.KindATS
	switch {
	case e.Code == http.StatusTooManyRequests:
		r.State, r.Why = ReplyBusy, e.answered()
	case e.After > 0:
		r.State = ReplyBusy
	case e.blocks():
		r.State = ReplyRefused
	case e.Code == http.StatusNotFound, e.Code == http.StatusGone:
		r.State = ReplyUnknown
		if board {
			r.Why += fmt.Sprintf(": %s does not know the account or the site", r.Source.Platform)
		}
	case board && (e.Code == http.StatusBadRequest || e.Code == http.StatusUnprocessableEntity):
		r.State = ReplyUnknown
		r.Why += fmt.Sprintf(": %s does not take the account or the site", r.Source.Platform)
	case e.Code < http.StatusInternalServerError:
		r.State = ReplyForm
	}
}
