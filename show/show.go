// Package show writes for people what the desk gives: receipts, explanations,
// tables, and how things stand. Everything that came from outside is made safe
// for a terminal.
package show

import (
	"fmt"
	"io"

	"jobsieve/internal/terminal"
)

// Printer writes for people. Errors of Out are those of whoever made it.
type Printer struct {
	Out io.Writer
	// Command gives the command line of a subcommand, as people would type it.
	Command func(args ...string) string
	// NoColour says that people want no colours, not at a terminal either.
	NoColour bool
}

// say writes sentences and ends the line. Whoever made Out learns of its errors.
func (w *Printer) say(format string, args ...any) {
	_ = terminal.Say(w.Out, fmt.Sprintf(format, args...))
}

// terminal reports whether people read at a terminal.
func (w *Printer) terminal() bool { return terminal.Columns(w.Out) > 0 }
