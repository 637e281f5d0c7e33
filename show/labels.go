package show

import (
	"fmt"

	"jobsieve/desk"
	"jobsieve/internal/terminal"
	"jobsieve/job"
)

// Labels shows how many postings have each label and function.
func (w *Printer) Labels(counts []desk.LabelCount) error {
	var rows [][]string
	for i := range counts {
		c := &counts[i]
		rows = append(rows, []string{string(c.Label), "", w.figure(c.Postings)})
		for _, f := range c.Functions {
			if n := c.ByFunction[f]; n > 0 && f != job.FunctionNone {
				rows = append(rows, []string{"", string(f), w.figure(n)})
			}
		}
	}
	fmt.Fprintln(w.Out, "\nLabels")
	table := terminal.Table{Head: []string{"label", "function", "postings"}, Left: 2, Rows: rows}
	return table.Write(w.Out)
}
