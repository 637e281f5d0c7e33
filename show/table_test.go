package show

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	"jobsieve/classifier"
	"jobsieve/desk"
	"jobsieve/indexer"
	"jobsieve/internal/terminal"
	"jobsieve/job"
)

// screen is a terminal of 80 columns.
type screen struct{ bytes.Buffer }

// Columns is its width.
func (*screen) Columns() int { return 80 }

// TestEightyColumns shows each table on 80 columns: all that it is there for can be
// read, figures are grouped as they are in India, and what had no room is named.
func TestEightyColumns(t *testing.T) {
	for name, tt := range map[string]struct {
		show  func(*Printer) error
		wants []string
	}{
		"hits": {func(w *Printer) error {
			return w.Answer(answer(&indexer.Answer{
				Total: 123456,
				Hits: []indexer.Hit{{
					ID: "naukri-chowk:nc-0051", Title: strings.Repeat("Telecaller ", 9), Company: "Suraksha Setu Insurance",
					Label: "UNCLASSIFIED", Function: "contact-centre-management", Place: "Lucknow, Kanpur",
					Pay: "₹4,20,000–5,40,000 a year", Posted: "2026-10-01",
				}},
				Facets: map[string][]indexer.Count{"city": {{Value: "Pune", Count: 100000}}},
			}))
		}, []string{"1,23,456 postings match.\n", "naukri-chowk:nc-0051  Telecaller", "  UNCLASSIFIED  ₹4,20,000–5,40,000 a year\n",
			"Left out for want of room: company, function, place, posted. All columns:\n--json, --format csv, or",
			"city: Pune 1,00,000\n"}},
		"runs": {func(w *Printer) error {
			return w.Runs([]job.Receipt{*receipt(func(r *job.Receipt) { r.Seen, r.Why, r.Complete = 1234567, "blocked", false })})
		}, []string{"2026-11-01 06:30  acme    12,34,567  ", "blocked\n"}},
		"rules": {func(w *Printer) error {
			return w.Rules([]classifier.RuleInfo{{ID: strings.Repeat("r", 40), Criterion: "D12-communication", Label: job.BPO, Function: "customer-support-voice"}})
		}, []string{strings.Repeat("r", 40) + "  BPO customer-support-voice  0\n", "Left out for want of room: CRITERION, "}},
		"labels": {func(w *Printer) error {
			return w.Labels([]desk.LabelCount{{LabelFunctions: job.LabelFunctions{Label: job.BPO}, Postings: 100000}})
		}, []string{"  1,00,000\n"}},
	} {
		s := &screen{}
		if err := tt.show(&Printer{Out: s, Command: commandLine}); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		for _, want := range tt.wants {
			if !strings.Contains(s.String(), want) {
				t.Errorf("%s: no %q in\n%s", name, want, s.String())
			}
		}
		for line := range strings.Lines(s.String()) {
			if n := terminal.Width(strings.TrimSuffix(line, "\n")); n > 80 {
				t.Errorf("%s: %d columns: %s", name, n, line)
			}
		}
	}
}

// commandLine gives a command line as it stands in these tests.
func commandLine(args ...string) string { return fmt.Sprint("jobsieve ", strings.Join(args, " ")) }

// TestNoColour marks what matched by colour at a terminal only, and not where
// people want none.
func TestNoColour(t *testing.T) {
	for _, tt := range []struct {
		w    Printer
		want string
	}{
		{Printer{Out: &screen{}}, "…a \x1b[1;33mb\x1b[0m c…"}, {Printer{Out: &screen{}, NoColour: true}, "…a [b] c…"},
		{Printer{Out: &bytes.Buffer{}}, "…a [b] c…"},
	} {
		if got := tt.w.marked("a b c", 2, 3); got != tt.want {
			t.Errorf("NoColour %v: %q, want %q", tt.w.NoColour, got, tt.want)
		}
	}
}
