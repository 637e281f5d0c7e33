package show

import (
	"fmt"

	"jobsieve/desk"
)

// Pruned says what was, or would be, taken out of the ledger.
func (w *Printer) Pruned(p *desk.Pruned) {
	if p.Keeps {
		w.say("The configuration keeps everything: name what is to go under prune; \"%s\" shows how.",
			w.Command("prune", "--help"))
		return
	}
	rows := 0
	for _, kind := range p.What {
		rows += kind.Rows
		fmt.Fprintf(w.Out, "%s, about %s\n", w.count(kind.Rows, kind.Kind), w.count(int(kind.Bytes), "byte"))
	}
	switch {
	case p.Done:
		w.say("This went.")
	case rows == 0:
		w.say("Nothing would go.")
	default:
		w.say("This would go; nothing has yet. To take it away: %s", w.Command("prune", "--yes"))
	}
}
