package main

import (
	"errors"
	"fmt"
	"io"
	"syscall"

	"jobsieve/config"
	"jobsieve/internal/terminal"
)

// output is the standard output. It keeps its first error, so that a command
// whose output was not written can't end well, whether it looked or not.
type output struct {
	io.Writer
	err error
}

// Write writes, unless a write has failed before.
func (o *output) Write(p []byte) (int, error) {
	if o.err != nil {
		return 0, o.err
	}
	n, err := o.Writer.Write(p)
	if err != nil {
		o.err = fmt.Errorf("write to the standard output: %w", err)
	}
	return n, o.err
}

// Columns is the terminal's width, 0 where the output is none.
func (o *output) Columns() int { return terminal.Columns(o.Writer) }

// unread reports that whoever read the output wanted no more of it.
func (o *output) unread() bool { return errors.Is(o.err, syscall.EPIPE) }

// discreet hides credentials from what is written to it, message by message.
type discreet struct{ io.Writer }

// Write writes a message.
func (d discreet) Write(p []byte) (int, error) {
	if _, err := io.WriteString(d.Writer, config.Redact(string(p))); err != nil {
		return 0, err
	}
	return len(p), nil
}

// Columns is the terminal's width, 0 where nobody reads at one.
func (d discreet) Columns() int { return terminal.Columns(d.Writer) }
