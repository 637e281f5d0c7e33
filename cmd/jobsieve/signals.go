package main

import (
	"slices"
	"strings"

	"jobsieve/desk"
	"jobsieve/filter"
	"jobsieve/trust"
)

type signalsCmd struct {
	Signal []string `placeholder:"SIGNAL" help:"Only these signals: ${signals}. Separate several with commas."`
	Limit  int      `placeholder:"N" help:"Show at most N postings; the counts are of all."`
	JSON   bool     `name:"json" help:"Print one JSON object: counts and postings."`
	filter.Flags
}

// Help says what signals are, and are not.
func (*signalsCmd) Help() string {
	return `A signal says what speaks against trusting a posting, with the words that it rests on. It is no judgement, and no posting is removed or labelled otherwise for one: docs/trust.md tells what each means and doesn't.

fee and messenger_only are read from a posting's own texts. pay_far_above, reposted and many_companies compare it with all that are stored, whatever the filters; the texts are gone through twice, which takes its time.

  jobsieve signals
  jobsieve signals --signal fee,messenger_only --label BPO
  jobsieve signals --city Pune --json | jq '.signalled[] | [.id, .signals[].signal]'`
}

// signalsAnswer is what --json prints.
type signalsAnswer struct {
	*desk.SignalCounts
	Postings []*desk.Signalled `json:"signalled"`
}

// Run lists the postings with signals.
func (cmd *signalsCmd) Run(a *app) error {
	kinds, err := cmd.kinds()
	if err != nil {
		return err
	}
	d, f, err := a.asked(&cmd.Flags, "")
	if err != nil {
		return err
	}
	answer := signalsAnswer{Postings: []*desk.Signalled{}}
	shown := 0
	answer.SignalCounts, err = d.Signals(a.ctx, &f, kinds, a.lacking(d), func(s *desk.Signalled) error {
		if shown++; cmd.Limit > 0 && shown > cmd.Limit {
			return nil
		}
		if cmd.JSON {
			s.Posting = nil
			answer.Postings = append(answer.Postings, s)
			return nil
		}
		return a.show().Signalled(s)
	})
	if err := a.aside(err); err != nil {
		return err
	}
	if cmd.JSON {
		return a.writeJSON(answer)
	}
	if answer.Looked == 0 {
		return a.tellNothing(d, &f, "")
	}
	return a.show().SignalCounts(answer.SignalCounts)
}

// kinds gives the kinds of signals that are asked for, all where none is named.
func (cmd *signalsCmd) kinds() (out []trust.Kind, err error) {
	if cmd.Limit < 0 {
		return nil, usage("--limit: expected a number from 0 on")
	}
	for _, name := range cmd.Signal {
		k := trust.Kind(strings.TrimSpace(name))
		if !slices.Contains(trust.Kinds, k) {
			return nil, usage("--signal: expected some of %s, got %q", signalNames(), name)
		}
		out = append(out, k)
	}
	if len(out) == 0 {
		return trust.Kinds, nil
	}
	return out, nil
}

func signalNames() string {
	names := make([]string, len(trust.Kinds))
	for i, k := range trust.Kinds {
		names[i] = string(k)
	}
	return strings.Join(names, ", ")
}
