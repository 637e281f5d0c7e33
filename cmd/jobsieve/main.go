// Command jobsieve collects job postings, labels them BPO, KPO or
// UNCLASSIFIED, reads their pay, and makes them searchable.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"path/filepath"
	"slices"
	"strings"
	"syscall"

	"jobsieve/config"
	"jobsieve/indexer/chosen"
	"jobsieve/internal/commandline"
	"jobsieve/internal/terminal"
	"jobsieve/ledger"
	"jobsieve/pipeline"
)

// version is set when a release is built.
var version = "dev"

// The exit codes.
const (
	exitDone   = 0
	exitFailed = 1
	exitUsage  = 2  // wrong usage or configuration
	exitPartly = 3  // a source failed, a line could not be read, rows wait
	exitHeld   = 75 // another run crawls the sources or holds the index
)

// codeError is an error with its exit code. One without a message has already
// said everything.
type codeError struct {
	code int
	err  error
}

func (e *codeError) Error() string {
	if e.err == nil {
		return ""
	}
	return e.err.Error()
}

func (e *codeError) Unwrap() error { return e.err }

// partly is the end of a run that did less than it was asked; the summary has
// said what.
var partly = &codeError{code: exitPartly}

// leftOut is the end of a command that left its work out, because another run is
// going on and the person said that this is not a fault. The message has been
// given.
var leftOut = &codeError{code: exitDone}

func usage(format string, args ...any) error {
	return &codeError{exitUsage, fmt.Errorf(format, args...)}
}

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	code := run(ctx, os.Args[1:], os.Stdin, os.Stdout, os.Stderr)
	stop()
	os.Exit(code)
}

// run runs one command and gives the program's exit code.
func run(ctx context.Context, args []string, in io.Reader, stdout, stderr io.Writer) int {
	out, errOut := &terminal.Output{Writer: stdout}, terminal.Discreet{W: stderr, Hide: config.Redact}
	code := runCommand(ctx, args, in, out, errOut)
	if out.Err == nil {
		return code
	}
	if !out.Unread() {
		fmt.Fprintln(errOut, "jobsieve:", out.Err)
	}
	return exitFailed
}

func runCommand(ctx context.Context, args []string, in io.Reader, out *terminal.Output, errOut io.Writer) int {
	var cli cli
	parser, err := newParser(&cli, out, errOut)
	if err != nil {
		fmt.Fprintln(errOut, "jobsieve:", err)
		return exitFailed
	}
	if len(args) == 0 {
		args = []string{"--help"}
	}
	parsed, helped, err := commandline.Parse(parser, args)
	if helped {
		return exitDone
	}
	if out.Err != nil { // said at the end
		return exitFailed
	}
	if err != nil {
		fmt.Fprintf(errOut, "jobsieve: %v\n%sTry \"jobsieve --help\".\n", err, leavingOut(args, err))
		return exitUsage
	}
	ledger.Command = strings.Join(append([]string{filepath.Base(os.Args[0])}, config.RedactArgs(args)...), " ")
	a, err := newApp(ctx, &cli, in, out, errOut)
	if err == nil {
		err = errors.Join(parsed.Run(a), a.damaged)
	}
	if out.Err != nil && errors.Is(err, out.Err) {
		return exitFailed // what is wrong with the output is said at the end
	}
	if err != nil && strings.TrimSpace(err.Error()) != "" {
		fmt.Fprintln(errOut, "jobsieve:", strings.TrimSpace(err.Error()))
	}
	return exitCode(err)
}

// exitCode is what an error means.
func exitCode(err error) int {
	var code *codeError
	var damaged *ledger.DamagedError
	var held *ledger.HeldError
	var rules *pipeline.RulesError
	var server *chosen.ConfigError
	switch {
	case err == nil:
		return exitDone
	case errors.As(err, &code):
		return code.code
	case errors.As(err, &rules), errors.As(err, &server):
		return exitUsage
	case errors.As(err, &held):
		return exitHeld
	case errors.As(err, &damaged) && alone(err):
		return exitPartly
	}
	return exitFailed
}

// alone reports that no other error is joined to one that means "done in part".
func alone(err error) bool {
	var joined interface{ Unwrap() []error }
	if !errors.As(err, &joined) {
		return true
	}
	return !slices.ContainsFunc(joined.Unwrap(), func(e error) bool { return exitCode(e) != exitPartly })
}

// leavingOut says how a word is left out of a search, where it was taken for a flag.
func leavingOut(args []string, err error) string {
	if !slices.Contains(args, "search") || !strings.HasPrefix(err.Error(), "unknown flag -") ||
		strings.HasPrefix(err.Error(), "unknown flag --") {
		return ""
	}
	return "To leave a word out, put the whole question in quotation marks: jobsieve search 'nurse -icu'\n"
}
