package report

import (
	"bytes"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"jobsieve/indexer"
	"jobsieve/job"
)

// open is a posting that a crawl saw first on a day, and last so many days after it.
func open(first string, days int) Life {
	return Life{FirstSeen: first, LastSeen: after(first, days), State: job.StateOpen}
}

// over is one that was closed so many days after it was first seen.
func over(first string, days int) Life {
	l := open(first, days)
	l.State, l.Closed = job.StateClosed, l.LastSeen
	l.Turns = []Turn{{l.LastSeen, job.StateClosed}}
	return l
}

func after(day string, days int) string {
	at, _ := time.Parse(time.DateOnly, day)
	return at.AddDate(0, 0, days).Format(time.DateOnly)
}

// linesLived gives the CSV of a table, by label, of lives that are all of one label.
func linesLived(t *testing.T, r Lived, lives ...Life) []string {
	t.Helper()
	for i := range lives {
		r.Live(&indexer.Document{Label: "BPO"}, &lives[i])
	}
	var b bytes.Buffer
	table := r.Table()
	if err := table.CSV(&b, false); err != nil {
		t.Fatal(err)
	}
	for _, c := range table.Columns {
		if !strings.HasSuffix(c.Help, ".") {
			t.Errorf("%s: %q", c.Name, c.Help)
		}
	}
	return strings.Split(strings.TrimSuffix(b.String(), "\n"), "\n")
}

// TestStays counts by hand: of 14 postings 2 are closed at 5 days; of the 10 that are left
// after 2 more were last seen at 7 days, 4 at 10; of 6 2 at 35. That leaves 12/14, 18/35
// and 12/35.
func TestStays(t *testing.T) {
	const first = "2026-01-01"
	half := []Life{
		over(first, 5), over(first, 10), open(first, 7), over(first, 10), open(first, 40), over(first, 35), open(first, 100),
	}
	file := Life{FirstSeen: first, LastSeen: first, State: job.StateUnknown}
	const head = "label,postings,closed,not_closed,days_p25,days_median,days_p75,at_risk_30,open_30,at_risk_90,open_90"
	want := []string{head, "BPO,14,8,6,10,35,,6,0.5143,2,", "total,14,8,6,10,35,,6,0.5143,2,"}
	if diff := cmp.Diff(want, linesLived(t, NewStays("label"), append(append(half, half...), file)...)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]string{head, "total,0,0,0,,,,0,,0,"}, linesLived(t, NewStays("label"), file)); diff != "" {
		t.Errorf("of a file alone (-want +got):\n%s", diff)
	}
	// What crawls saw only from 20 days on tells nothing of the days before: of the other
	// 5 one is closed at 10, and of the 9 at 25 days another.
	late := over(first, 25)
	late.Turns = append([]Turn{{after(first, 20), job.StateOpen}}, late.Turns...)
	lives := []Life{over(first, 10), open(first, 50), open(first, 50), open(first, 50), open(first, 50), late}
	for range 4 {
		more := open(first, 50)
		more.Turns = []Turn{{after(first, 20), job.StateOpen}}
		lives = append(lives, more)
	}
	want = []string{head, "BPO,10,2,8,25,,,8,0.7111,0,", "total,10,2,8,25,,,8,0.7111,0,"}
	if diff := cmp.Diff(want, linesLived(t, NewStays("label"), lives...)); diff != "" {
		t.Errorf("seen late (-want +got):\n%s", diff)
	}
}

// TestTurnover has a posting that is closed and opened again, one of a file that a crawl
// sees later, one that nobody knows of any more, and one that says that it was over before
// it was seen.
func TestTurnover(t *testing.T) {
	again := open("2026-01-05", 100) // to 15 April
	again.Turns = []Turn{{"2026-02-01", job.StateClosed}, {"2026-03-31", job.StateOpen}}
	file := open("2026-01-20", 40) // to 1 March
	file.Turns = []Turn{{"2026-02-10", job.StateOpen}}
	lost := Life{FirstSeen: "2026-02-01", LastSeen: "2026-02-05", State: job.StateUnknown,
		Turns: []Turn{{"2026-02-20", job.StateUnknown}}}
	past := over("2026-03-01", 0)
	past.Closed, past.Turns[0].Day = "2025-12-31", "2025-12-31"
	want := []string{
		"month,label,new,closed,open_at_end", "2026-01,BPO,2,0,1", "2026-02,BPO,1,1,1", "2026-03,BPO,1,1,2", "2026-04,BPO,0,0,2",
	}
	if diff := cmp.Diff(want, linesLived(t, NewTurnover("label"), again, file, lost, past)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	want = []string{"month,new,closed,open_at_end"}
	if diff := cmp.Diff(want, linesLived(t, NewTurnover())); diff != "" {
		t.Errorf("of nothing (-want +got):\n%s", diff)
	}
}

// TestSurvival counts TestStays' postings day by day, up to where fewer than five are left.
func TestSurvival(t *testing.T) {
	const first = "2026-01-01"
	half := []Life{
		over(first, 5), over(first, 10), open(first, 7), over(first, 10), open(first, 40), over(first, 35), open(first, 100),
	}
	stays := NewStays()
	for _, life := range append(half, half...) {
		stays.Live(&indexer.Document{}, &life)
	}
	want := []Survived{
		{Days: 0, AtRisk: 14, Open: 1}, {Days: 5, AtRisk: 14, Closed: 2, Open: 0.8571},
		{Days: 7, AtRisk: 12, Censored: 2, Open: 0.8571}, {Days: 10, AtRisk: 10, Closed: 4, Open: 0.5143},
		{Days: 35, AtRisk: 6, Closed: 2, Open: 0.3429},
	}
	if diff := cmp.Diff(want, stays.Table().Survival); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// TestTogether puts postings of one vacancy together: it is open from the first that a
// crawl shows until none is, over when the last is, and not known to be while one is not.
func TestTogether(t *testing.T) {
	file := Life{FirstSeen: "2026-01-01", LastSeen: "2026-01-01", State: job.StateUnknown}
	closed, opened := job.StateClosed, job.StateOpen
	for name, test := range map[string]struct{ lives, want []Life }{
		"one after the other on one day": {
			[]Life{over("2026-01-11", 20), over("2026-01-01", 10)},
			[]Life{{"2026-01-01", "2026-01-31", "2026-01-31", closed, []Turn{{"2026-01-31", closed}}, opened}},
		},
		"a gap between": {
			[]Life{over("2026-01-01", 10), open("2026-02-01", 10)},
			[]Life{{"2026-01-01", "2026-02-11", "", opened, []Turn{{"2026-01-11", closed}, {"2026-02-01", opened}}, opened}},
		},
		"one that goes on": {
			[]Life{open("2026-01-05", 30), over("2026-01-01", 10)},
			[]Life{{"2026-01-01", "2026-02-04", "", opened, nil, opened}},
		},
		"a file's, whose end nobody knows": {
			[]Life{file, over("2026-01-03", 10)},
			[]Life{{"2026-01-01", "2026-01-13", "", job.StateUnknown,
				[]Turn{{"2026-01-03", opened}, {"2026-01-13", job.StateUnknown}}, job.StateUnknown}},
		},
		"one alone": {
			[]Life{over("2026-01-01", 10)},
			[]Life{{"2026-01-01", "2026-01-11", "2026-01-11", closed, []Turn{{"2026-01-11", closed}}, opened}},
		},
	} {
		if diff := cmp.Diff(test.want, []Life{Together(test.lives)}); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
}
