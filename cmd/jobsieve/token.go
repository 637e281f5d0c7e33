package main

import (
	"errors"
	"fmt"

	"jobsieve/web/guard"
)

type tokenCmd struct {
	Name string `arg:"" help:"Who it is for: letters, digits and . _ @ -."`
}

// Help says what becomes of a token.
func (*tokenCmd) Help() string {
	return `Prints a new token once, and adds its hash to the file that web.tokens_file names in the configuration, as a line NAME HASH. The daemon reads the file again by itself. Browsers ask for the token; programs send it as the header "Authorization: Bearer TOKEN". To take it back, delete its line; somebody may have two while one replaces the other.`
}

// Run makes a token.
func (cmd *tokenCmd) Run(a *app) error {
	c, err := a.loadConfig(false)
	if err != nil {
		return err
	}
	file := c.Web.TokensFile
	if file == "" {
		return usage("expected web.tokens_file in the configuration: the file in which tokens are kept, such as\n" +
			"  web: {tokens_file: web.tokens}")
	}
	token, err := guard.AddToken(file, cmd.Name)
	if errors.Is(err, guard.ErrTokenName) {
		return usage("NAME: %w", err)
	}
	if err != nil {
		return err
	}
	a.note("a token for %s; %s has its hash, and nothing shows it again:", cmd.Name, file)
	_, err = fmt.Fprintln(a.out, token)
	return err
}
