package show

import (
	"strconv"
	"time"

	"jobsieve/desk"
	"jobsieve/internal/terminal"
	"jobsieve/job"
)

// Saved shows the saved searches.
func (w *Printer) Saved(all []desk.SavedSearch) error {
	if len(all) == 0 {
		w.say("No search is saved. \"%s\" saves one.", w.Command("search", "…", "--save", "NAME"))
		return nil
	}
	t := terminal.Table{
		Head: []string{"name", "new", "last look", "saved", "webhook", "question"}, Left: 6, Whole: []string{"name"},
		Spare: []string{"saved", "webhook", "last look"}, Elsewhere: "--json",
	}
	for i := range all {
		s := &all[i]
		fresh, looked, webhook := "?", "never", ""
		if s.New != nil {
			fresh = strconv.Itoa(*s.New)
		}
		if s.Looked != nil {
			looked = minute(*s.Looked)
		}
		if s.Webhook {
			webhook = "yes"
		}
		t.Rows = append(t.Rows, []string{s.Name, fresh, looked, minute(s.Saved), webhook, w.asked(&s.Question)})
	}
	if err := t.Write(w.Out); err != nil {
		return err
	}
	for i := range all {
		if fault := all[i].Fault; fault != "" {
			w.say("%s: what is new is not known: %s", all[i].Name, terminal.Safe(fault))
		}
	}
	return nil
}

// asked is a question as one would type it.
func (w *Printer) asked(q *desk.Question) string {
	return terminal.Safe(terminal.Typed(append([]string{"search"}, q.Args()...)...))
}

// minute writes a time of India to the minute.
func minute(t time.Time) string { return t.In(job.IST).Format("2006-01-02 15:04") }

// News shows what is new to a saved search.
func (w *Printer) News(news *desk.News) error {
	n := len(news.Postings)
	if n == 0 {
		w.say("%s: nothing new.", news.Name)
		return nil
	}
	w.say("%s: %s.", news.Name, w.count(n, "new posting"))
	t := terminal.Table{
		Head: []string{"id", "title", "company", "label", "place", "pay", "first seen"}, Left: 7,
		Whole: []string{"id", "pay"}, Spare: []string{"first seen", "company", "place", "label", "pay"},
		Elsewhere: "--json",
	}
	for i := range news.Postings {
		p := &news.Postings[i]
		t.Rows = append(t.Rows, []string{terminal.Safe(p.ID), terminal.Cut(terminal.Safe(p.Title), 48),
			terminal.Cut(terminal.Safe(p.Company), 24), terminal.Safe(p.Label),
			terminal.Cut(terminal.Safe(p.Place), 20), terminal.Safe(p.Pay), minute(p.FirstSeen)})
	}
	return t.Write(w.Out)
}
