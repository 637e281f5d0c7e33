package main

import (
	_ "embed"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"jobsieve/config"
)

//go:embed init.yaml
var initYAML string

type initCmd struct {
	Contact string `required:"" placeholder:"ADDRESS" help:"How sites can reach you: an e-mail address or a page. It is sent in the User-Agent."`
	Force   bool   `help:"Overwrite an existing file."`
}

// Run writes a first configuration.
func (cmd *initCmd) Run(a *app) error {
	contact := strings.TrimSpace(cmd.Contact)
	if contact == "" || strings.ContainsAny(contact, "\"\\()\r\n\t ") || !strings.ContainsAny(contact, "@/.") {
		return usage("--contact: expected an e-mail address or the address of a page, got %q", cmd.Contact)
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
	_, err = f.WriteString(strings.ReplaceAll(initYAML, "CONTACT", contact))
	if err = errors.Join(err, f.Close()); err != nil {
		return fmt.Errorf("write the configuration: %w", err)
	}
	_, err = fmt.Fprintf(a.out, "Wrote %s.\nEdit its first source, then: %s\nand: %s\n",
		filepath.Clean(path), a.command("config", "check"), a.command("run"))
	return err
}
