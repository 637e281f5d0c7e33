package main

import (
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"os"
	"regexp"
	"strings"

	"jobsieve/config"
	"jobsieve/filter"
	"jobsieve/internal/sentence"
	"jobsieve/internal/terminal"
	"jobsieve/job"
	"jobsieve/web/client"
)

// serverFlags name a running daemon that is asked in place of the data folder.
type serverFlags struct {
	Server    string `placeholder:"URL" help:"Ask the daemon at this address, such as https://jobs.example.org, and not the data folder."`
	TokenFile string `placeholder:"FILE" help:"A file with the token that the daemon's \"jobsieve token\" printed (JOBSIEVE_TOKEN_FILE)."`
	CAFile    string `name:"ca-file" placeholder:"FILE" help:"A file with the certificate authority to trust for --server, in PEM (JOBSIEVE_CA_FILE)."`
}

// remote is a daemon that is asked, for the postings that flags and words choose.
type remote struct {
	*client.Client
	app   *app
	flags *filter.Flags
	words string
	// params are the parameters that choose postings; all says that they choose every one.
	params url.Values
	all    bool
}

// ask begins to ask the daemon. Its error names the flags that are wrong.
func (s *serverFlags) ask(a *app, flags *filter.Flags, words string) (*remote, error) {
	// Which labels and functions there are, the daemon's rules say.
	f, err := flags.Filter(filter.Book{}, words)
	if err != nil {
		return nil, &codeError{exitUsage, err}
	}
	params, err := flags.Params(words)
	if err != nil {
		return nil, &codeError{exitUsage, err}
	}
	o := &client.Options{Server: s.Server}
	token, err := read("--token-file", s.TokenFile, "JOBSIEVE_TOKEN_FILE")
	if err != nil {
		return nil, err
	}
	o.Token = config.NewSecret(strings.TrimSpace(string(token)))
	if o.CA, err = read("--ca-file", s.CAFile, "JOBSIEVE_CA_FILE"); err != nil {
		return nil, err
	}
	c, err := client.New(o)
	switch {
	case errors.Is(err, client.ErrCA):
		return nil, usage("--ca-file: %w", err)
	case err != nil:
		return nil, usage("--server: %w", err)
	}
	return &remote{c, a, flags, words, params, f.IsZero()}, nil
}

// read reads a file that a flag names, or a variable of the environment; nothing where
// neither does.
func read(flag, path, variable string) ([]byte, error) {
	if path == "" {
		path, flag = os.Getenv(variable), variable
	}
	if path == "" {
		return nil, nil
	}
	body, err := os.ReadFile(path)
	if err == nil && strings.TrimSpace(string(body)) == "" {
		err = fmt.Errorf("%s is empty", path)
	}
	if err != nil {
		return nil, usage("%s: %w", flag, err)
	}
	return body, nil
}

// get asks for a path of the API, with parameters besides those that choose postings.
func (r *remote) get(path string, params url.Values) (*client.Answer, error) {
	for name, values := range r.params {
		params[name] = values
	}
	answer, err := r.Get(r.app.ctx, path, params)
	return answer, r.byFlag(err)
}

// whole is get for an answer that is read at once.
func (r *remote) whole(path string, params url.Values) ([]byte, client.Said, error) {
	answer, err := r.get(path, params)
	if err != nil {
		return nil, client.Said{}, err
	}
	body, err := io.ReadAll(answer.Body)
	if err = errors.Join(err, answer.Body.Close()); err != nil {
		err = fmt.Errorf("the answer of the daemon broke off: %w", err)
	}
	return body, answer.Said(), err
}

// byFlag names the flags in the faults that a daemon finds in a question.
func (r *remote) byFlag(err error) error {
	var p *client.Problem
	var stranger *client.StrangerError
	switch {
	case errors.As(err, &stranger):
		return errors.New(terminal.Safe(stranger.Error()))
	case !errors.As(err, &p):
		return err
	case p.Status == http.StatusUnauthorized:
		return usage("%s: --token-file: expected a file with a token of your own; whoever runs the daemon makes one "+
			"with \"jobsieve token NAME\"", p.Server)
	case len(p.Faults) == 0:
		return fmt.Errorf("%s%s", terminal.Safe(p.Error()), others(p))
	}
	var lines []string
	for i := range p.Faults {
		lines = append(lines, r.line(&p.Faults[i]))
	}
	return usage("%s%s", strings.Join(lines, "\n"), others(p))
}

// others says which versions there are, where they differ and that may be why something is
// refused.
func others(p *client.Problem) string {
	unknown := p.Status == http.StatusNotFound
	for i := range p.Faults {
		unknown = unknown || strings.HasPrefix(p.Faults[i].Detail, "unknown parameter")
	}
	if !unknown || p.Version == version || p.Version == "" {
		return ""
	}
	return fmt.Sprintf("\nThe daemon is jobsieve %s, and this is %s.", terminal.Safe(p.Version), version)
}

// line says one fault by its flag.
func (r *remote) line(f *client.Fault) string {
	detail := terminal.Safe(f.Detail)
	_, isFilter := r.params[f.Parameter]
	if isFilter {
		says := sentence.Of("", "%s", detail)
		fault := filter.FaultOf(f.Parameter, says)
		if 0 <= f.Start && f.Start < f.End && f.End <= len(f.Value) {
			fault = filter.InCondition(says, f.Value, f.Start, f.End)
		}
		return r.flags.ByFlag(filter.Faults{fault}, r.words)[0]
	}
	for _, name := range f.Mentions {
		word := regexp.MustCompile(`\b` + regexp.QuoteMeta(name) + `\b`)
		detail = word.ReplaceAllLiteralString(detail, flagOf(name))
	}
	var names []string
	for name := range strings.SplitSeq(f.Parameter, ", ") {
		names = append(names, flagOf(name))
	}
	return terminal.Safe(strings.TrimSpace(strings.Join(names, ", ")+" "+f.Value)) + ": " + detail
}

// say tells what a daemon says beside an answer.
func (r *remote) say(s *client.Said) {
	if n := s.Waiting; n > 0 {
		const format = "%s %s for the daemon's index, and %s not searched: \"jobsieve index sync\" there delivers %s"
		r.app.note(format, job.Count(n, "document"), job.Plural(n, "waits", "wait"),
			job.Plural(n, "is", "are"), job.Plural(n, "it", "them"))
	}
	const anew = "\"jobsieve index rebuild\" there makes it anew"
	if n := s.Missing; n > 0 {
		r.app.note("%s %s no longer in the daemon's index: "+anew, job.Count(n, "document"), job.Plural(n, "is", "are"))
	}
	if n := s.Foreign; n > 0 {
		r.app.note("%s in the daemon's index %s not of its ledger: "+anew, job.Count(n, "document"),
			job.Plural(n, "is", "are"))
	}
	if n := s.ReadOtherwise; n > 0 {
		const format = "%s %s read by other rules than the daemon's of today: " +
			"\"jobsieve relabel --apply\" there reads %s anew"
		r.app.note(format, job.Count(n, "posting"), job.Plural(n, "was", "were"), job.Plural(n, "it", "them"))
	}
	r.sayDamaged(s)
}

// sayNotes tells the notes of an answer.
func (r *remote) sayNotes(s *client.Said) {
	for _, note := range s.Notes {
		r.app.note("%s", terminal.Safe(note))
	}
}

// sayDamaged keeps for the end that rows are damaged.
func (r *remote) sayDamaged(s *client.Said) {
	if s.Damaged {
		r.app.damaged = &codeError{exitPartly, errors.New("rows of the daemon's ledger are damaged, and left out: " +
			"\"jobsieve verify\" on its machine names them")}
	}
}

// sayAbsent tells, where nothing was found, which values no posting has.
func (r *remote) sayAbsent(s *client.Said) {
	for _, text := range s.Absent {
		r.app.note("jobsieve: %s", terminal.Safe(text))
	}
}
