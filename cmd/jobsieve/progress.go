package main

import (
	"fmt"
	"io"
	"strings"
	"sync"
	"time"

	"jobsieve/internal/terminal"
)

// progress shows on a terminal how far work is, in one line that is written
// over. It is quiet anywhere else.
type progress struct {
	mu    sync.Mutex
	w     io.Writer
	on    bool
	last  time.Time
	width int
}

func newProgress(w io.Writer) *progress { return &progress{w: w, on: terminal.Columns(w) > 0} }

// progressEvery is the least time between two updates.
const progressEvery = 100 * time.Millisecond

// tell shows how much of something is done.
func (p *progress) tell(what string, done int) {
	if !p.on {
		return
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	if time.Since(p.last) < progressEvery {
		return
	}
	p.last = time.Now()
	count := fmt.Sprintf(": %d", done)
	p.write(terminal.Cut(terminal.Safe(what), terminal.Columns(p.w)-1-len(count)) + count)
}

func (p *progress) write(s string) {
	fmt.Fprintf(p.w, "\r%s%s", s, strings.Repeat(" ", max(0, p.width-terminal.Width(s))))
	p.width = terminal.Width(s)
}

// clear takes the line away.
func (p *progress) clear() {
	if !p.on {
		return
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.width > 0 {
		p.write("")
		fmt.Fprint(p.w, "\r")
		p.width = 0
	}
}
