package terminal

import (
	"errors"
	"fmt"
	"io"
	"syscall"
)

// Output is the standard output. It keeps its first error, so that a command
// whose output was not written can't end well, whether it looked or not.
type Output struct {
	io.Writer
	// Err is the first error, nil while there was none.
	Err error
}

// Write writes, unless a write has failed before.
func (o *Output) Write(p []byte) (int, error) {
	if o.Err != nil {
		return 0, o.Err
	}
	n, err := o.Writer.Write(p)
	if err != nil {
		o.Err = fmt.Errorf("write to the standard output: %w", err)
	}
	return n, o.Err
}

// Columns is the terminal's width, 0 where the output isn't one.
func (o *Output) Columns() int { return Columns(o.Writer) }

// Unread reports that whoever was reading the output has stopped.
func (o *Output) Unread() bool { return errors.Is(o.Err, syscall.EPIPE) }
