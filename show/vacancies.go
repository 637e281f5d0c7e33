package show

import (
	"fmt"

	"jobsieve/desk"
	"jobsieve/internal/terminal"
	"jobsieve/job"
)

// Vacancies shows the largest vacancies, a line each.
func (w *Printer) Vacancies(v *desk.Vacancies) error {
	if len(v.Clusters) > 0 {
		t := terminal.Table{
			Head: []string{"id", "title", "company", "location", "pay", "posted", "postings"}, Left: 6,
			Whole: []string{"id"}, Spare: []string{"posted", "location", "pay"}, Elsewhere: "--json",
		}
		for i := range v.Clusters {
			t.Rows = append(t.Rows, append(w.advertised(&v.Clusters[i].Representative), w.figure(v.Clusters[i].Size)))
		}
		if err := w.listing(&t); err != nil {
			return err
		}
	}
	w.say("Shown: %s of %s %s.", w.figure(len(v.Clusters)), w.figure(v.All), job.Plural(v.All, "vacancy", "vacancies"))
	w.due(v.Due)
	return nil
}

// due says how many postings wait to be compared, where any do.
func (w *Printer) due(n int) {
	if n > 0 {
		w.say("%s %s to be compared with others: %s does it, and so does the next run.", w.count(n, "posting"),
			job.Plural(n, "waits", "wait"), w.Command("vacancies", "update"))
	}
}

const (
	widestTitle = 44
	widestName  = 24
)

func (w *Printer) advertised(a *desk.Advertised) []string {
	return []string{
		terminal.Safe(a.Source + "/" + a.ID), terminal.Cut(terminal.Safe(a.Title), widestTitle),
		terminal.Cut(terminal.Safe(a.Company), widestName), terminal.Cut(terminal.Safe(a.Location), widestName), a.Pay,
		a.Posted,
	}
}

// Vacancy shows the postings of a vacancy, with why each is one of it.
func (w *Printer) Vacancy(v *desk.Vacancy) error {
	t := terminal.Table{
		Head: []string{"", "id", "title", "company", "location", "pay", "posted", "because of"}, Left: 8,
		Whole: []string{"id"}, Spare: []string{"posted", "location", "company", "pay"}, Elsewhere: "--json",
	}
	for i := range v.Members {
		m := &v.Members[i]
		mark := ""
		if m.Represents {
			mark = "*"
		}
		t.Rows = append(t.Rows, append(append([]string{mark}, w.advertised(&m.Advertised)...), because(m)))
	}
	if err := w.listing(&t); err != nil {
		return err
	}
	w.say("%s of one vacancy; * stands for it.", w.count(v.Size, "posting"))
	if left := v.Size - len(v.Members); left > 0 {
		w.say("%s more.", w.count(left, "posting"))
	}
	if len(v.Linked) == 0 {
		return nil
	}
	fmt.Fprintf(w.Out, "\nThe same for other cities\n")
	t = terminal.Table{
		Head: []string{"id", "title", "company", "location", "pay", "posted"}, Left: 6, Whole: []string{"id"},
		Spare: []string{"posted", "company"}, Elsewhere: "--json",
	}
	for i := range v.Linked {
		t.Rows = append(t.Rows, w.advertised(&v.Linked[i]))
	}
	return w.listing(&t)
}

// because says why a posting is of its vacancy.
func because(m *desk.Member) string {
	switch {
	case m.Joined == "":
		return ""
	case m.ByHand:
		return terminal.Safe(m.Joined) + ": by hand"
	}
	return fmt.Sprintf("%s: %.2f, %s", terminal.Safe(m.Joined), m.Score, terminal.Safe(m.Agreed))
}
