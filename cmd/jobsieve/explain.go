package main

import (
	"fmt"

	"jobsieve/desk"
	"jobsieve/job"
)

type explainCmd struct {
	ID     string `arg:"" optional:"" help:"The posting's id."`
	Source string `help:"Its source, where several have that id; for a text, the source whose defaults apply."`
	JSON   bool   `name:"json" help:"Print the posting, verdict, pay, facts and signals as JSON."`

	History bool `help:"Show what became of the posting instead: its versions, how it was read before, when it was closed and opened again and why, its label by hand."`

	Title       string `group:"text" help:"Explain this text instead: its title …"`
	Description string `group:"text" help:"… description …"`
	Skills      string `group:"text" help:"… skills …"`
	Experience  string `group:"text" help:"… experience …"`
	Salary      string `group:"text" help:"… salary."`
}

// Help gives examples.
func (*explainCmd) Help() string {
	return `Shows each criterion that fired, the rules that applied it, and the text that they matched; the pay and the facts, and where they were read. Signals say what speaks against trusting the posting, by its own texts; "jobsieve signals" also compares it with others.

  jobsieve explain naukri-chowk:nc-005
  jobsieve explain naukri-chowk:nc-005 --history
  jobsieve explain --title "Night shift telecaller" --salary 12-15k`
}

// explainText explains a posting given on the command line.
func (cmd *explainCmd) explainText(a *app) error {
	d, err := a.desk(false)
	if err != nil {
		return err
	}
	if _, err := d.Reader(); err != nil {
		return err
	}
	if err := sourceError("--source", d.CheckDefaults(a.ctx, cmd.Source)); err != nil {
		return err
	}
	e, err := d.ExplainText(job.Posting{
		ID: "(text)", Source: cmd.Source, Title: cmd.Title, Description: cmd.Description, Skills: cmd.Skills,
		Experience: cmd.Experience, Salary: cmd.Salary,
	})
	if err != nil {
		return err
	}
	return cmd.tell(a, &e)
}

// Run shows why a posting has its label.
func (cmd *explainCmd) Run(a *app) (err error) {
	text := cmd.Title + cmd.Description + cmd.Skills + cmd.Experience + cmd.Salary
	switch {
	case text != "" && cmd.History:
		return usage("--history: expected an id, for a text that is not stored has none")
	case text != "" && cmd.ID == "":
		return cmd.explainText(a)
	case text != "" || cmd.ID == "":
		return usage("expected an id, or a text such as --title TEXT")
	}
	d, err := a.desk(false)
	if err != nil {
		return err
	}
	if cmd.History {
		found, err := d.Histories(a.ctx, cmd.ID, cmd.Source)
		return tellAll(a, cmd, found, err, cmd.tellHistory)
	}
	found, err := d.Explain(a.ctx, cmd.ID, cmd.Source)
	return tellAll(a, cmd, found, err, cmd.tell)
}

// tellAll tells of every posting that was found; of none, that there is none.
func tellAll[T any](a *app, cmd *explainCmd, found []T, err error, tell func(*app, *T) error) error {
	if err := sourceError("--source", a.aside(err)); err != nil {
		return err
	}
	if len(found) == 0 && a.damaged == nil {
		return fmt.Errorf("no posting %q; \"%s\" shows ids", cmd.ID, a.command("search", "WORDS"))
	}
	for i := range found {
		if err := tell(a, &found[i]); err != nil {
			return err
		}
	}
	return nil
}

func (cmd *explainCmd) tellHistory(a *app, h *desk.History) error {
	if !cmd.JSON {
		return a.show().History(h)
	}
	return a.writeJSON(struct {
		desk.Exported
		State  job.State    `json:"posting_state"`
		Events []desk.Event `json:"events"`
	}{desk.ExportedOf(h.Record), h.Record.State, h.Events})
}

func (cmd *explainCmd) tell(a *app, e *desk.Explanation) error {
	if cmd.JSON {
		return a.writeJSON(e.Exported())
	}
	return a.show().Explanation(e)
}
