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
		rows = append(rows, []string{string(c.Label), "", fmt.Sprint(c.Postings)})
		for _, f := range c.Functions {
			if n := c.ByFunction[f]; n > 0 && f != job.FunctionNone {
				rows = append(rows, []string{"", string(f), fmt.Sprint(n)})
			}
		}
	}
	fmt.Fprintln(w.Out, "\nLabels")
	return terminal.Table(w.Out, []string{"label", "function", "postings"}, rows, 2)
}
