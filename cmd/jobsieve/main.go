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
	"syscall"

	"github.com/alecthomas/kong"
)

// version is set when a release is built.
var version = "dev"

// The exit codes.
const (
	exitDone   = 0
	exitFailed = 1
	exitUsage  = 2  // of usage or configuration
	exitPartly = 3  // a source failed, a line could not be read, rows wait
	exitHeld   = 75 // another run holds the lock
)

// codeError is an error with the exit code that it means. One without a
// message has said all already.
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

// leftOut is the end of a command that left its work out, because another run
// goes on and the person said that this is no fault. The message has been given.
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
func run(ctx context.Context, args []string, in io.Reader, out, errOut io.Writer) int {
	var cli cli
	parser, err := newParser(&cli, out, errOut)
	if err != nil {
		fmt.Fprintln(errOut, "jobsieve:", err)
		return exitFailed
	}
	if len(args) == 0 {
		args = []string{"--help"}
	}
	helped := false
	parser.Exit = func(int) { helped = true; panic(helpShown{}) }
	parsed, err := parse(parser, args)
	if helped {
		return exitDone
	}
	if err != nil {
		fmt.Fprintf(errOut, "jobsieve: %v\nTry \"jobsieve --help\".\n", err)
		return exitUsage
	}
	a := newApp(ctx, &cli, in, out, errOut)
	return a.report(parsed.Run(a))
}

// helpShown ends parsing after help was printed.
type helpShown struct{}

func parse(parser *kong.Kong, args []string) (ctx *kong.Context, err error) {
	defer func() {
		if r := recover(); r != nil {
			if _, ok := r.(helpShown); !ok {
				panic(r)
			}
		}
	}()
	return parser.Parse(args)
}

// report tells an error and gives the exit code that it means.
func (a *app) report(err error) int {
	if err == nil {
		return exitDone
	}
	if message := err.Error(); message != "" {
		fmt.Fprintln(a.err, "jobsieve:", message)
	}
	var c *codeError
	if errors.As(err, &c) {
		return c.code
	}
	return exitFailed
}
