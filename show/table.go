package show

import (
	"fmt"
	"strconv"
	"strings"
	"text/tabwriter"

	"jobsieve/internal/terminal"
	"jobsieve/job"
)

// figure writes a number: with Indian grouping for people at a terminal, plain for
// whatever reads a pipe.
func (w *Printer) figure(n int) string {
	if w.terminal() {
		return job.Grouped(float64(n))
	}
	return strconv.Itoa(n)
}

// count is job.Count with the number as figure writes it.
func (w *Printer) count(n int, noun string) string {
	return w.figure(n) + strings.TrimPrefix(job.Count(n, noun), strconv.Itoa(n))
}

// listing shows a table at a terminal, and lines of aligned cells, none of which is
// cut, anywhere else.
func (w *Printer) listing(t *terminal.Table) error {
	if w.terminal() {
		return t.Write(w.Out)
	}
	lines := tabwriter.NewWriter(w.Out, 0, 0, 2, ' ', 0)
	for _, row := range append([][]string{t.Head}, t.Rows...) {
		fmt.Fprintln(lines, strings.Join(row, "\t"))
	}
	if err := lines.Flush(); err != nil {
		return fmt.Errorf("write a table: %w", err)
	}
	return nil
}
