package main

import (
	"fmt"
	"io"
	"os"
	"path/filepath"

	"jobsieve/internal/completion"
	"jobsieve/internal/references"
)

type completionCmd struct {
	Shell string `arg:"" enum:"bash,zsh,fish" help:"The shell: ${enum}."`
}

// Help says where the script goes.
func (*completionCmd) Help() string {
	return `Prints a script with which the shell completes commands, flags and the values of flags.

  echo 'source <(jobsieve completion bash)' >> ~/.bashrc
  echo 'source <(jobsieve completion zsh)' >> ~/.zshrc   # after compinit
  jobsieve completion fish > ~/.config/fish/completions/jobsieve.fish`
}

// Run prints the script.
func (cmd *completionCmd) Run(a *app) error {
	parser, err := newParser(new(cli), io.Discard, io.Discard)
	if err != nil {
		return err
	}
	script, err := completion.Script(cmd.Shell, parser)
	if err != nil {
		return err
	}
	_, err = io.WriteString(a.out, script)
	return err
}

type manCmd struct {
	Dir string `arg:"" help:"Folder to write to, such as ~/.local/share/man/man1; it is made where it is missing."`
}

// Help teaches how to read one.
func (*manCmd) Help() string {
	return `Writes jobsieve.1, and a page for each command, such as jobsieve-search.1.

  jobsieve man ~/.local/share/man/man1
  man jobsieve-search`
}

// Run writes the pages.
func (cmd *manCmd) Run(a *app) error {
	parser, err := newParser(new(cli), io.Discard, io.Discard)
	if err != nil {
		return err
	}
	if err := os.MkdirAll(cmd.Dir, 0o755); err != nil {
		return fmt.Errorf("make the folder: %w", err)
	}
	pages := references.ManPages(parser)
	for _, p := range pages {
		if err := os.WriteFile(filepath.Join(cmd.Dir, p.Name), p.Text, 0o644); err != nil {
			return fmt.Errorf("write a page: %w", err)
		}
	}
	_, err = fmt.Fprintf(a.out, "wrote %d pages to %s\n", len(pages), cmd.Dir)
	return err
}

type helpCmd struct {
	Command []string `arg:"" optional:"" help:"The command, such as report pay."`
}

// Run shows the help of a command.
func (cmd *helpCmd) Run(a *app) error {
	if code := run(a.ctx, append(cmd.Command, "--help"), a.in, a.out, a.err); code != exitDone {
		return &codeError{code: code}
	}
	return nil
}
