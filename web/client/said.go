package client

import (
	"net/url"
	"strconv"
)

// versionHeader tells an answer of jobsieve from others.
const versionHeader = "Jobsieve-Version"

// Said is what a daemon says beside an answer.
type Said struct {
	// Version is that of its program.
	Version string
	// Waiting, Missing and Foreign count the documents by which its index differs from its
	// ledger.
	Waiting, Missing, Foreign int
	// ReadOtherwise counts the postings that were read by other rules than today's,
	// ClosedLeftOut the closed ones that match besides.
	ReadOtherwise, ClosedLeftOut int
	// None says that no posting is in the answer.
	None bool
	// Damaged says that rows of the ledger can't be read.
	Damaged bool
	// Notes are sentences for people about a table, Absent those that name values which no
	// posting has.
	Notes, Absent []string
}

// Said gives what is said beside an answer. Whether rows are damaged is known of an export
// once its body is read.
func (a *Answer) Said() Said {
	number := func(name string) int {
		n, err := strconv.Atoi(a.header.Get("Jobsieve-" + name))
		if err != nil {
			return 0
		}
		return n
	}
	s := Said{
		Version: a.header.Get(versionHeader), Waiting: number("Index-Waiting"), Missing: number("Index-Missing"),
		Foreign: number("Index-Foreign"), ReadOtherwise: number("Read-Otherwise"),
		ClosedLeftOut: number("Closed-Left-Out"), None: a.header.Get("Jobsieve-Postings") == "0",
		Notes: a.sentences("Jobsieve-Note"), Absent: a.sentences("Jobsieve-Absent"),
	}
	const damaged = "Jobsieve-Damaged"
	s.Damaged = a.header.Get(damaged) != "" || a.trailer().Get(damaged) != ""
	return s
}

func (a *Answer) sentences(name string) (out []string) {
	for _, escaped := range a.header.Values(name) {
		if text, err := url.PathUnescape(escaped); err == nil {
			out = append(out, text)
		}
	}
	return out
}
