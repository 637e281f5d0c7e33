package terminal

import "io"

// Discreet removes from what is written to W, message by message, what Hide
// removes from a text.
type Discreet struct {
	W    io.Writer
	Hide func(string) string
}

// Write writes a message.
func (d Discreet) Write(p []byte) (int, error) {
	if _, err := io.WriteString(d.W, d.Hide(string(p))); err != nil {
		return 0, err
	}
	return len(p), nil
}

// Columns is the terminal's width, 0 where nobody reads at one.
func (d Discreet) Columns() int { return Columns(d.W) }
