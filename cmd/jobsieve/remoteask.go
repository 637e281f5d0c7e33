package main

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"net/url"
	"strconv"
	"strings"

	"jobsieve/desk"
	"jobsieve/internal/terminal"
	"jobsieve/report/files"
	"jobsieve/web/client"
)

// given are the parameters of an API that have a value.
func given(params map[string]string) url.Values {
	out := url.Values{}
	for name, v := range params {
		if v != "" {
			out.Set(name, v)
		}
	}
	return out
}

// truth writes a switch of an API.
func truth(on bool) string {
	if on {
		return "true"
	}
	return ""
}

// number writes a number of an API; 0 says nothing.
func number(n int) string {
	if n == 0 {
		return ""
	}
	return strconv.Itoa(n)
}

// remote asks a daemon for what the search finds.
func (cmd *searchCmd) remote(a *app) error {
	if err := cmd.checkRemote(); err != nil {
		return err
	}
	r, err := cmd.ask(a, &cmd.Flags, joinArgs(cmd.Query))
	if err != nil {
		return err
	}
	defer r.Close()
	params := given(map[string]string{
		"sort": string(cmd.Sort), "limit": strconv.Itoa(cmd.Limit), "offset": strconv.Itoa(cmd.Offset), "per": cmd.Per,
		"as_of": cmd.AsOf,
	})
	if cmd.Format == "csv" {
		params.Set("format", "csv")
	}
	if cmd.Format == "csv" || cmd.AsOf != "" {
		params.Set("per", desk.PerPosting)
	}
	body, said, err := r.whole("search", params)
	if err != nil {
		return err
	}
	r.sayNotes(&said)
	r.say(&said)
	if cmd.Format == "csv" {
		a.tellClosed(said.ClosedLeftOut)
	} else {
		r.sayAbsent(&said)
	}
	if cmd.Format == "csv" || cmd.JSON {
		_, err = a.out.Write(body)
		return err
	}
	var found desk.Answer
	if err := json.Unmarshal(body, &found); err != nil || found.Found == nil || found.Found.Answer == nil {
		return unreadable(&said, err)
	}
	return a.show().Answer(&found)
}

// checkRemote refuses what is for a data folder, and pages that there are not.
func (cmd *searchCmd) checkRemote() error {
	if cmd.Save != "" || cmd.Replace || cmd.Webhook != "" || cmd.AsQuery {
		return usage("--server: expected it without --save, --replace, --webhook and --as-query, " +
			"which are for a data folder")
	}
	if _, err := cmd.page(); err != nil {
		return &codeError{exitUsage, err}
	}
	return nil
}

// unreadable says that an answer is not as this version of the program expects it.
func unreadable(said *client.Said, err error) error {
	return fmt.Errorf("the daemon is jobsieve %s, and its answer is another than this version, %s, expects: %w",
		terminal.Safe(said.Version), version, errors.Join(err, errors.New("--json gives it as it is")))
}

// remote asks a daemon for the table.
func (r *askedFlags) remote(a *app, ask *desk.Asked) error {
	format, err := r.settle(a)
	if err != nil {
		return err
	}
	if r.From != desk.FromLedger {
		return usage("--from: expected it without --server, whose ledger is asked")
	}
	d, err := r.ask(a, &r.Flags, "")
	if err != nil {
		return err
	}
	defer d.Close()
	params, format := r.params(a, ask, format)
	body, said, err := d.whole("reports/"+ask.Report, params)
	if err != nil {
		return err
	}
	d.say(&said)
	d.sayNotes(&said)
	if said.None {
		d.sayAbsent(&said)
		a.note("jobsieve: no posting is counted: none is stored, or none passes the filters")
	}
	if r.Out != "" {
		return d.save(r.Out, "reports/"+ask.Report, params, body)
	}
	if format == remoteText {
		return safeLines(a.out, string(body))
	}
	_, err = a.out.Write(body)
	return err
}

// remoteText is the format of a daemon's tables for people.
const remoteText files.Format = "text"

// params are the parameters that ask for a table, in the format in which it is sent.
func (r *askedFlags) params(a *app, ask *desk.Asked, format files.Format) (url.Values, files.Format) {
	params := given(map[string]string{
		"across": ask.Across, "compare": ask.Compare, "period": string(ask.Period), "turnover": truth(ask.Turnover),
		"stays": truth(ask.Stays), "sort": r.Sort, "top": number(r.Top), "min_n": number(r.MinN), "per": r.Per,
		"as_of": r.AsOf,
	})
	if len(ask.By) > 0 {
		params["by"] = ask.By
	}
	switch isTerminal := a.terminalOut() && r.Out == ""; {
	case format == files.Auto && isTerminal && !r.ForSpreadsheets:
		format = remoteText
		params.Set("width", strconv.Itoa(terminal.Columns(a.out)))
	case format == files.Auto || format == files.CSV:
		format = files.CSV
		maps.Copy(params, given(map[string]string{"bom": truth(r.BOM), "for_spreadsheets": truth(r.ForSpreadsheets)}))
	}
	params.Set("format", string(format))
	return params, format
}

// safeLines writes a text for people, whose lines may hold what a terminal would obey.
func safeLines(out io.Writer, text string) error {
	for line := range strings.Lines(text) {
		if _, err := io.WriteString(out, terminal.Safe(strings.TrimSuffix(line, "\n"))+"\n"); err != nil {
			return err
		}
	}
	return nil
}

// mostTries is how often a manifest is asked for that is that of a table, while postings
// are stored.
const mostTries = 4

// save writes a table to a file, with its manifest.
func (r *remote) save(path, asked string, params url.Values, body []byte) error {
	for range mostTries {
		text, said, err := r.whole(asked+"/manifest", params)
		if err != nil {
			return err
		}
		var m files.Manifest
		var which json.RawMessage // in the words of the daemon
		m.Filter = &which
		if err := json.Unmarshal(text, &m); err != nil {
			return unreadable(&said, err)
		}
		if sum := sha256.Sum256(body); m.SHA256 == hex.EncodeToString(sum[:]) {
			return files.Save(path, body, &m)
		}
		if body, _, err = r.whole(asked, params); err != nil {
			return err
		}
	}
	return errors.New("the postings of the daemon change while the table is made: try again")
}

// remote asks a daemon for the export.
func (cmd *exportCmd) remote(a *app) error {
	if cmd.From != desk.FromLedger {
		return usage("--from: expected it without --server, whose ledger is asked")
	}
	r, err := cmd.ask(a, &cmd.Flags, "")
	if err != nil {
		return err
	}
	defer r.Close()
	answer, err := r.get("export", given(map[string]string{
		"format": string(cmd.Format), "observed": truth(cmd.Observed), "sort": cmd.Sort, "as_of": cmd.AsOf,
	}))
	if err != nil {
		return err
	}
	if cmd.AsOf != "" {
		a.note("%s", desk.SaidOf(cmd.AsOf))
	}
	said := answer.Said()
	r.say(&said)
	_, err = io.Copy(a.out, answer.Body)
	if err = errors.Join(err, answer.Body.Close()); err != nil {
		return fmt.Errorf("export: the answer of the daemon broke off: %w", err)
	}
	said = answer.Said()
	r.sayDamaged(&said)
	if !said.None || r.all {
		return nil
	}
	r.sayAbsent(&said)
	if len(said.Absent) == 0 {
		a.note("jobsieve: no posting passes the filters")
	}
	return nil
}
