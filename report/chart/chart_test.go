package chart

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"regexp"
	"strings"
	"testing"

	"jobsieve/internal/sentence"
	"jobsieve/report"
)

// pay makes a pay table by city with so many groups, whose names are hostile.
func pay(groups int) *report.Table {
	t := &report.Table{
		Name: "pay", About: sentence.Of("", "Pay of <all>."), Period: "month", Postings: groups * 10,
		Notes:     []sentence.Sentence{sentence.Of("", "Beware of <b>.")},
		Columns:   []report.Column{{Name: "city", Kind: report.KindGroup}},
		Reference: &report.Reference{Low: 9000, High: 15000, Text: sentence.Of("", "a band & more")},
		Distribution: []report.Bin{
			{From: 10000, To: 20000, Offers: 30}, {From: 20000, To: 30000}, {From: 30000, To: 900000, Offers: 7},
		},
	}
	for _, name := range []string{"mid_n", "mid_p10", "mid_p25", "mid_median", "mid_p75", "mid_p90"} {
		kind := report.KindRupees
		if name == "mid_n" {
			kind = report.KindCount
		}
		t.Columns = append(t.Columns, report.Column{Name: name, Kind: kind})
	}
	for i := range groups {
		row := []any{fmt.Sprintf("<script>alert(%d)</script> & पुणे", i), 5 + i, 11000, 12000, 13000 + i, 15000, 20000}
		if i == 1 {
			row = []any{"few", 3, nil, nil, nil, nil, nil}
		}
		t.Rows = append(t.Rows, row)
	}
	t.Total = []any{nil, groups * 10, 11000, 12000, 13500, 15000, 20000}
	return t
}

// wantXML wants a text to be well-formed and without scripts, addresses and styles of its
// own; it gives how often each element occurs.
func wantXML(t *testing.T, text string) map[string]int {
	t.Helper()
	counts := map[string]int{}
	d := xml.NewDecoder(strings.NewReader(text))
	d.Strict = true
	for {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			return counts
		}
		if err != nil {
			t.Fatalf("%v in %s", err, text)
		}
		if e, ok := token.(xml.StartElement); ok {
			counts[e.Name.Local]++
			for _, a := range e.Attr {
				if a.Name.Local == "style" || a.Name.Local == "href" || strings.HasPrefix(a.Name.Local, "on") {
					t.Errorf("%s has %s", e.Name.Local, a.Name.Local)
				}
			}
		}
	}
}

func TestBoxes(t *testing.T) {
	figures := Figures(pay(50))
	if len(figures) != 2 || figures[0].ID != "pay-by-group" || figures[1].ID != "distribution" {
		t.Fatalf("%d figures", len(figures))
	}
	f := &figures[0]
	for _, want := range []string{
		"1 group not drawn: fewer than five offers", "9 groups not drawn: those with the most offers are shown",
	} {
		if !strings.Contains(f.Caption, want) {
			t.Errorf("%s lacks %q", f.Caption, want)
		}
	}
	if len(f.Table.Rows) != most || f.Table.Rows[0][1] != 15 || f.Table.Rows[most-1][1] != 54 {
		t.Errorf("%v", f.Table.Rows)
	}
	counts := wantXML(t, f.SVG())
	if counts["script"] != 0 || counts["title"] < most || counts["desc"] != 1 {
		t.Errorf("%v", counts)
	}
	if wantXML(t, figures[1].SVG())["rect"] != 4 { // two bins, and the band behind and before them
		t.Errorf("%s", figures[1].SVG())
	}
}

// TestEqualCounts wants as many groups as there is room for, where they are alike.
func TestEqualCounts(t *testing.T) {
	table := pay(60)
	for _, row := range table.Rows {
		row[1] = 9
	}
	if f := Figures(table)[0]; len(f.Table.Rows) != most {
		t.Errorf("%d rows", len(f.Table.Rows))
	}
}

func TestOnlyTotal(t *testing.T) {
	table := pay(0)
	table.Columns, table.Total = table.Columns[1:], table.Total[1:]
	if f := Figures(table); len(f) != 2 || !strings.Contains(f[0].SVG(), ">all<") {
		t.Errorf("%v", f)
	}
}

// months makes a table by month, with one between that no posting has.
func months() *report.Table {
	return &report.Table{
		Name: "trend", Period: "year", Columns: []report.Column{
			{Name: "month", Kind: report.KindGroup}, {Name: "postings", Kind: report.KindCount},
			{Name: "mid_median", Kind: report.KindRupees},
		},
		Rows: [][]any{{"2025-12", 40, 300000}, {"2026-01", 4, nil}, {"2026-03", 30, 330000}, {"undated", 9, nil}},
	}
}

func TestTrend(t *testing.T) {
	figures := Figures(months())
	if len(figures) != 1 || !strings.Contains(figures[0].Caption, "9 postings without a date not drawn") {
		t.Fatalf("%+v", figures)
	}
	svg := figures[0].SVG()
	if counts := wantXML(t, svg); counts["circle"] != 2 || counts["path"] != 1 {
		t.Errorf("%v", counts)
	}
	for _, want := range []string{"2026-02: 0 postings", "2026-03: median ₹3,30,000"} {
		if !strings.Contains(svg, want) {
			t.Errorf("no %q", want)
		}
	}
	_, path, _ := strings.Cut(svg, `class="trend" d="`)
	if path, _, _ = strings.Cut(path, `"`); strings.Count(path, "M") != 2 {
		t.Errorf("months without a median are no gap: %s", path)
	}
}

func TestBars(t *testing.T) {
	table := &report.Table{
		Name: "count", Columns: []report.Column{{Name: "label", Kind: report.KindGroup}, {Name: "postings", Kind: report.KindCount}},
		Rows: [][]any{{"BPO", 123456}, {"KPO", 1}},
	}
	figures := Figures(table)
	if len(figures) != 1 || figures[0].Title != "Postings by group" || !strings.Contains(figures[0].SVG(), "1,23,456") {
		t.Errorf("%+v", figures)
	}
}

func TestNothingToDraw(t *testing.T) {
	table := pay(1)
	table.Rows, table.Distribution = [][]any{{"few", nil, nil, nil, nil, nil, nil}}, nil
	if f := Figures(table); len(f) != 0 {
		t.Errorf("%+v", f)
	}
	if err := SVG(io.Discard, table); err == nil || !strings.Contains(err.Error(), "nothing to draw") {
		t.Error(err)
	}
	if err := HTML(io.Discard, table, ""); err != nil {
		t.Error(err)
	}
}

// TestPage wants a page that carries all it needs, whose texts are no markup, and the
// same bytes each time.
func TestPage(t *testing.T) {
	var once, again, svg bytes.Buffer
	explained := func() *report.Table {
		table := pay(3)
		table.Columns[0].Help = "The city, <i>as read</i>."
		return table
	}
	if err := errors.Join(HTML(&once, explained(), "jobsieve report <pay>"), HTML(&again, explained(), "jobsieve report <pay>"), SVG(&svg, pay(3))); err != nil {
		t.Fatal(err)
	}
	if once.String() != again.String() {
		t.Error("two pages of one table differ")
	}
	for _, evil := range []string{"<script", "http://www.w3.org/2000/svg/", "https://", "<b>", "Pay of <all>"} {
		if strings.Contains(once.String(), evil) {
			t.Errorf("the page has %s", evil)
		}
	}
	for _, want := range []string{"&lt;script&gt;", "Beware of &lt;b&gt;", "<code>jobsieve report &lt;pay&gt;</code>", "₹13,002", `<th scope="row">total</th>`, "Pay by city",
		"</dt><dd>The city, &lt;i&gt;as read&lt;/i&gt;.</dd>"} {
		if !strings.Contains(once.String(), want) {
			t.Errorf("the page lacks %s", want)
		}
	}
	if counts := wantXML(t, svg.String()); counts["style"] != 1 {
		t.Errorf("%v", counts)
	}
}

func TestAxis(t *testing.T) {
	a := newAxis(0, 100, 5000, 1_000_000)
	if !a.logarithmic || a.at(5000) != 0 || a.at(4e6) != 100 || a.at(0) != 0 {
		t.Errorf("%+v", a)
	}
	b := newAxis(0, 100, 9000, 47000)
	if b.logarithmic || b.at(25000) != 50 || len(b.ticks) != 6 {
		t.Errorf("%+v", b)
	}
	for v, want := range map[float64]string{900: "₹900", 15000: "₹15k", 250000: "₹2.5L", 1.2e7: "₹1.2Cr"} {
		if got := (&drawing{words: sentence.Sentence.String}).shortRupees(v); got != want {
			t.Errorf("%v: %s, want %s", v, got, want)
		}
	}
}

// TestWords wants whoever asks for charts to say all that they say, and the plural of what is
// counted to be right.
func TestWords(t *testing.T) {
	numbers := func(s sentence.Sentence) string {
		var parts []string
		for _, arg := range s.Args {
			switch arg := arg.(type) {
			case string:
				parts = append(parts, arg)
			case sentence.Count:
				parts = append(parts, fmt.Sprint(arg.N))
			case sentence.Grouped:
				parts = append(parts, fmt.Sprint(arg.N))
			}
		}
		return "§" + strings.Join(parts, " ")
	}
	paid := pay(50)
	for i, row := range paid.Rows {
		row[0] = fmt.Sprint(i)
	}
	counts := &report.Table{
		Name: "count", Columns: []report.Column{{Name: "city", Kind: report.KindGroup}, {Name: "postings", Kind: report.KindCount}},
		Rows: [][]any{{"1", 1}, {"2", 2}},
	}
	single := months()
	single.Rows[1][1] = 1
	english := regexp.MustCompile(`>[^<]*[A-Za-z]{2,}[^<]*<`)
	for _, table := range []*report.Table{paid, single, counts} {
		figures := FiguresIn(table, numbers)
		if len(figures) == 0 {
			t.Errorf("%s has no charts", table.Name)
		}
		for i := range figures {
			f := &figures[i]
			if said := english.FindAllString(f.SVG()+">"+f.Title+f.Caption+"<", -1); len(said) > 0 {
				t.Errorf("%s says %q", f.ID, said)
			}
		}
	}
	for want, figure := range map[string]Figure{
		"1: 1 posting<": Figures(counts)[0], "2: 2 postings<": Figures(counts)[0], "2026-01: 1 posting<": Figures(single)[0], "2025-12: 40 postings<": Figures(single)[0],
	} {
		if !strings.Contains(figure.SVG(), want) {
			t.Errorf("%s does not say %q", figure.ID, want)
		}
	}
}
