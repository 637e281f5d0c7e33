package terminal

import (
	"fmt"
	"io"
	"strings"
	"sync"
	"time"

	"jobsieve/job"
)

// Progress shows on a terminal how far work has got, in one line that is
// overwritten. It is quiet anywhere else.
type Progress struct {
	mu    sync.Mutex
	w     io.Writer
	on    bool
	last  time.Time
	width int
}

// NewProgress shows progress on w.
func NewProgress(w io.Writer) *Progress { return &Progress{w: w, on: Columns(w) > 0} }

// progressEvery is the least time between two updates.
const progressEvery = 100 * time.Millisecond

// Tell shows how much of something is done.
func (p *Progress) Tell(what string, done int) {
	if !p.on {
		return
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	if time.Since(p.last) < progressEvery {
		return
	}
	p.last = time.Now()
	count := ": " + job.Grouped(float64(done))
	p.write(Cut(Safe(what), Columns(p.w)-1-len(count)) + count)
}

func (p *Progress) write(s string) {
	fmt.Fprintf(p.w, "\r%s%s", s, strings.Repeat(" ", max(0, p.width-Width(s))))
	p.width = Width(s)
}

// Clear removes the line.
func (p *Progress) Clear() {
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
