package report

import (
	"slices"
	"strings"
	"time"

	"jobsieve/indexer"
	"jobsieve/internal/sentence"
	"jobsieve/job"
)

// turnovers is a table of the postings that come and go, by month.
type turnovers struct {
	*lived[turnover]
	now  Life
	last string // the latest month of which anything is known
}

// turnover counts, by month, the postings that were seen first, those that were closed,
// and those that were opened less those that ceased to be open.
type turnover struct{ begun, closed, open map[string]int }

// NewTurnover begins a table of how many postings of each month are new, were closed, and
// were open at its end.
func NewTurnover(by ...string) Lived {
	t := &turnovers{}
	t.lived = newLived(by, &t.now, func() *turnover {
		return &turnover{map[string]int{}, map[string]int{}, map[string]int{}}
	}, (*turnover).add)
	return t
}

// Live counts a posting.
func (t *turnovers) Live(d *indexer.Document, life *Life) {
	t.now = *life
	t.last = max(t.last, month(life.FirstSeen), month(life.LastSeen))
	for _, turn := range life.Turns {
		t.last = max(t.last, month(turn.Day))
	}
	t.tally.Add(d, life.FirstSeen)
}

// add counts a life. A turn counts no earlier than what was seen before it.
func (t *turnover) add(l *Life) {
	day, state := l.FirstSeen, l.begun()
	t.begun[month(day)]++
	if state == job.StateOpen {
		t.open[month(day)]++
	}
	for _, turn := range l.Turns {
		day = max(day, turn.Day)
		if turn.State == job.StateClosed {
			t.closed[month(day)]++
		}
		if turn.State == job.StateOpen && state != job.StateOpen {
			t.open[month(day)]++
		}
		if turn.State != job.StateOpen && state == job.StateOpen {
			t.open[month(day)]--
		}
		state = turn.State
	}
}

// month is that of a day.
func month(day string) string { return day[:min(len("2006-01"), len(day))] }

// Table makes the table of what was counted. Months in which a group has nothing have no
// row.
func (t *turnovers) Table() *Table {
	out := &Table{
		Name: "turnover", First: t.tally.First, Last: t.tally.Last, Postings: t.tally.Total.Postings,
		Columns: append(groupColumns(append([]string{"month"}, t.tally.By...)), []Column{
			{Name: "new", Kind: KindCount, Shown: true},
			{Name: "closed", Kind: KindCount, Shown: true},
			{Name: "open_at_end", Kind: KindCount, Shown: true},
		}...),
	}
	groups := t.tally.Groups()
	if len(t.tally.By) == 0 {
		groups = []*Group{t.tally.Total}
	}
	if t.tally.Total.Postings > 0 {
		for _, g := range groups {
			out.Rows = append(out.Rows, t.rows(g)...)
		}
	}
	out.Columns[0].Help = "The month, in India's time."
	slices.SortStableFunc(out.Rows, func(a, b []any) int { return strings.Compare(Text(a[0]), Text(b[0])) })
	out.About = nothing
	if out.Postings > 0 {
		out.About = sentence.Of("about_turnover",
			"What came and went each month, of %s first seen %s to %s. New are those seen first, "+
				"also in files; open those that crawls showed and nothing had shown to be over.",
			postings(out.Postings), sentence.Day(t.tally.First), sentence.Day(t.tally.Last))
	}
	return out.described()
}

// rows gives the months of a group.
func (t *turnovers) rows(g *Group) (out [][]any) {
	of, open := t.of[g], 0
	for m := month(t.tally.First); m != "" && m <= t.last; m = nextMonth(m) {
		open += of.open[m]
		if of.begun[m]+of.closed[m]+open == 0 {
			continue
		}
		out = append(out, append(append([]any{m}, cells(g.Values)...), of.begun[m], of.closed[m], open))
	}
	return out
}

// nextMonth gives the month after another; empty after what is none.
func nextMonth(m string) string {
	at, err := time.Parse("2006-01", m)
	if err != nil {
		return ""
	}
	return at.AddDate(0, 1, 0).Format("2006-01")
}
