package main

import (
	_ "embed"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	root "jobsieve"
	"jobsieve/config"
)

//go:embed init.yaml
var initYAML string

// india is the market whose employers are known.
const india = "india-bpo-kpo"

type initCmd struct {
	Contact string `required:"" placeholder:"ADDRESS" help:"How sites can reach you: an e-mail address or a page. It is sent in the User-Agent."`
	Market  string `placeholder:"MARKET" help:"Begin with the directory of a market's employers, all disabled: india-bpo-kpo."`
	Force   bool   `help:"Overwrite an existing file."`
}

// Help says what it begins with.
func (*initCmd) Help() string {
	return `Without --market the file has one invented source, to be edited. With --market india-bpo-kpo it has the boards of employers of the Indian BPO and KPO market, from sources.india.yaml; none was fetched where that was written.

  jobsieve init --contact you@example.org --market india-bpo-kpo
  jobsieve sources check`
}

// Run writes a first configuration.
func (cmd *initCmd) Run(a *app) error {
	contact := strings.TrimSpace(cmd.Contact)
	if contact == "" || strings.ContainsAny(contact, "\"\\()\r\n\t ") || !strings.ContainsAny(contact, "@/.") {
		return usage("--contact: expected an e-mail address or the address of a page, got %q", cmd.Contact)
	}
	if cmd.Market != "" && cmd.Market != india {
		const format = "--market: expected %s, to begin with the boards of that market's employers, got %q; " +
			"without --market the file has one invented source"
		return usage(format, india, cmd.Market)
	}
	path := a.settings.Config
	if path == "" {
		path = config.DefaultFile
	}
	flags := os.O_WRONLY | os.O_CREATE | os.O_EXCL
	if cmd.Force {
		flags = os.O_WRONLY | os.O_CREATE | os.O_TRUNC
	}
	f, err := os.OpenFile(path, flags, 0o644)
	if errors.Is(err, os.ErrExist) {
		return usage("%s exists already; edit it, or overwrite it with --force", path)
	}
	if err != nil {
		return fmt.Errorf("write the configuration: %w", err)
	}
	_, err = f.WriteString(strings.ReplaceAll(cmd.yaml(), "CONTACT", contact))
	if err = errors.Join(err, f.Close()); err != nil {
		return fmt.Errorf("write the configuration: %w", err)
	}
	return cmd.tellNext(a, filepath.Clean(path))
}

// yaml is the file; CONTACT in it stands for the contact.
func (cmd *initCmd) yaml() string {
	if cmd.Market == "" {
		return initYAML
	}
	head, _, _ := strings.Cut(initYAML, "# Where postings come from.")
	return head + root.SourcesIndia
}

// tellNext says what to do with the file.
func (cmd *initCmd) tellNext(a *app, file string) (err error) {
	check, run := a.command("config", "check"), a.command("run")
	if cmd.Market == "" {
		_, err = fmt.Fprintf(a.out, "Wrote %s.\nEdit its first source, then: %s\nand: %s\n", file, check, run)
		return err
	}
	const format = `Wrote %s: the boards of a market's employers, all disabled.
Ask which of them answer: %s
Look at one: %s
Remove the line "disabled: true" of those that you choose, then: %s
and: %s
`
	ask, look := a.command("sources", "check"), a.command("sources", "test", "NAME")
	_, err = fmt.Fprintf(a.out, format, file, ask, look, check, run)
	return err
}
