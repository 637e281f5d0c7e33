package chart

import (
	"fmt"
	"strings"
	"testing"

	"jobsieve/report"
)

// turnoverTable makes a turnover of so many groups, of which the first have the most new
// postings, with a month between that has nothing; without groups for 0.
func turnoverTable(groups int) *report.Table {
	t := &report.Table{Name: "turnover", Columns: []report.Column{{Name: "month", Kind: report.KindGroup}}}
	if groups > 0 {
		t.Columns = append(t.Columns, report.Column{Name: "city", Kind: report.KindGroup})
	}
	for _, name := range []string{"new", "closed", "open_at_end"} {
		t.Columns = append(t.Columns, report.Column{Name: name, Kind: report.KindCount})
	}
	for _, month := range []string{"2026-01", "2026-02", "2026-04"} {
		for i := range max(groups, 1) {
			row := []any{month}
			if groups > 0 {
				row = append(row, fmt.Sprintf("<city %d>", i))
			}
			t.Rows = append(t.Rows, append(row, 50-i, 10, 1200+i))
		}
	}
	return t
}

func TestTurnover(t *testing.T) {
	figures := Figures(turnoverTable(0))
	if len(figures) != 1 || figures[0].ID != "turnover" || len(figures[0].Table.Rows) != 3 {
		t.Fatalf("%+v", figures)
	}
	svg := figures[0].SVG()
	// Each of the three lines has a sign a month and one in the legend, and a line there.
	if counts := wantXML(t, svg); counts["circle"] != 4 || counts["path"] != 2*3+4 || counts["rect"] != 4 {
		t.Errorf("%v", counts)
	}
	for _, want := range []string{"2026-02: 1,200 open at its end", "2026-04: 50 new", "2026-01: 10 closed", ">2026-03<"} {
		if !strings.Contains(svg, want) {
			t.Errorf("no %q", want)
		}
	}
	_, plot, _ := strings.Cut(svg, "postings<")
	_, path, _ := strings.Cut(plot, `class="trend dashed" d="`)
	if path, _, _ = strings.Cut(path, `"`); strings.Count(path, "M") != 2 {
		t.Errorf("a month that the table lacks is no gap: %s", path)
	}
}

func TestTurnoverByGroup(t *testing.T) {
	f := Figures(turnoverTable(mostPanels + 2))[0]
	if !strings.Contains(f.Caption, "2 groups not drawn: those with the most new postings are shown") {
		t.Errorf("%s", f.Caption)
	}
	if len(f.Table.Rows) != 3*mostPanels || f.Table.Rows[mostPanels-1][1] != "<city 7>" {
		t.Errorf("%v", f.Table.Rows)
	}
	svg := f.SVG()
	wantXML(t, svg)
	if !strings.Contains(svg, "2026-02, &lt;city 7&gt;: 43 new") || strings.Contains(svg, "city 8") {
		t.Errorf("%s", svg)
	}
}

func TestStays(t *testing.T) {
	table := &report.Table{
		Name: "stays", Columns: []report.Column{{Name: "label", Kind: report.KindGroup}},
		Rows: [][]any{
			{"BPO", 1200, 900, 300, 5, 10, 35, 600, 0.5, 300, 0.25},
			{"KPO", 14, 8, 6, 5, 10, nil, 6, 0.5, 2, nil},
			{"UNCLASSIFIED", 3, 0, 3, nil, nil, nil, 0, nil, 0, nil},
		},
		Survival: []report.Survived{
			{Days: 0, AtRisk: 14, Open: 1}, {Days: 5, AtRisk: 14, Closed: 2, Censored: 1, Open: 0.8571},
			{Days: 20, AtRisk: 11, Closed: 1, Open: 0.7792},
		},
	}
	for i, name := range []string{
		"postings", "closed", "not_closed", "days_p25", "days_median", "days_p75", "at_risk_30", "open_30", "at_risk_90", "open_90",
	} {
		kind := report.KindCount
		if i == 7 || i == 9 {
			kind = report.KindShare
		}
		table.Columns = append(table.Columns, report.Column{Name: name, Kind: kind})
	}
	figures := Figures(table)
	if len(figures) != 2 || figures[0].ID != "stays-by-group" || figures[1].ID != "survival" {
		t.Fatalf("%+v", figures)
	}
	svg := figures[0].SVG()
	// A box for each group of which something is known, a median line likewise, and an arrow
	// for each that goes on.
	counts := wantXML(t, svg)
	if counts["rect"] != 2 || counts["path"] != 2 || strings.Count(svg, `class="median"`) != 2 {
		t.Errorf("%v", counts)
	}
	for _, want := range []string{
		"KPO: 8 of 14 closed, a quarter after 5 days, half after 10 days, three quarters not known", ">900 of 1,200<",
	} {
		if !strings.Contains(svg, want) {
			t.Errorf("no %q in %s", want, svg)
		}
	}
	svg = figures[1].SVG()
	wantXML(t, svg)
	for _, want := range []string{"day 5: 85.7 % still open, 14 at risk, 2 closed, 1 censored", "(censored)", ">100 %<"} {
		if !strings.Contains(svg, want) {
			t.Errorf("no %q", want)
		}
	}
	if n := strings.Count(svg, `class="whisker"`); n != 1 {
		t.Errorf("%d days with censored postings", n)
	}
	// At risk at 5 days are 14, at 10 and 15 days the 11 that were left after 5.
	if _, row, _ := strings.Cut(svg, "at risk</text>"); strings.Count(row, ">11<") != 3 || strings.Count(row, ">14<") != 2 {
		t.Errorf("at risk: %s", row)
	}
	table.Columns, table.Rows = table.Columns[1:], nil
	if figures = Figures(table); len(figures) != 1 || figures[0].ID != "survival" {
		t.Errorf("%+v", figures)
	}
}
