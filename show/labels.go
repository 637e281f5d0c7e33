package show

import (
	"fmt"

	"jobsieve/internal/terminal"
	"jobsieve/job"
)

// Labels shows how many postings have each label and function.
func (w *Printer) Labels(counts map[job.Function]int) error {
	var rows [][]string
	for _, label := range job.Labels {
		total := 0
		for _, f := range job.Functions[label] {
			total += counts[f]
		}
		rows = append(rows, []string{string(label), "", fmt.Sprint(total)})
		for _, f := range job.Functions[label] {
			if counts[f] > 0 && f != job.FunctionNone {
				rows = append(rows, []string{"", string(f), fmt.Sprint(counts[f])})
			}
		}
	}
	fmt.Fprintln(w.Out, "\nLabels")
	return terminal.Table(w.Out, []string{"label", "function", "postings"}, rows, 2)
}
