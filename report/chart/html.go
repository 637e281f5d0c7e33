package chart

import (
	_ "embed"
	"errors"
	"fmt"
	"html/template"
	"io"
	"strings"

	"jobsieve/report"
)

// Style dresses charts, Page the page around them.
var (
	//go:embed style.css
	style string
	//go:embed page.css
	pageStyle string
	//go:embed page.html
	pageHTML string
)

// page is what the template takes.
type page struct {
	*report.Table
	Title string
	// Question is what the table answers, as it can be typed again.
	Question string
	Style    template.CSS
	Figures  []Figure
}

var pageTemplate = template.Must(template.New("page").Funcs(template.FuncMap{
	"drawing": func(f *Figure) template.HTML { return template.HTML(f.SVG()) }, //nolint:gosec // SVG escapes all texts
	"cells":   cells,
}).Parse(pageHTML))

// HTML writes the table, with its charts, as one page that needs nothing else: no
// script, no font, no request. question is the command that makes it.
func HTML(w io.Writer, t *report.Table, question string) error {
	p := page{t, titleOf(t), question, template.CSS(style + pageStyle), Figures(t)} //nolint:gosec // both are ours
	if err := pageTemplate.Execute(w, &p); err != nil {
		return fmt.Errorf("write the page: %w", err)
	}
	return nil
}

// ErrNothing says that a table has no chart.
var ErrNothing = errors.New("there is nothing to draw: no group has enough postings; write the table as CSV or HTML")

// SVG writes the first chart of the table. Its error is ErrNothing where there is none.
func SVG(w io.Writer, t *report.Table) error {
	figures := Figures(t)
	if len(figures) == 0 {
		return ErrNothing
	}
	f := &figures[0]
	background := fmt.Sprintf("<style>%s</style>\n<rect class=\"paper\" width=\"%d\" height=\"%s\"/>\n",
		strings.ReplaceAll(style, ":root", "svg")+"svg .paper { fill: var(--paper) }", width, num(f.drawn.height))
	_, err := io.WriteString(w, f.drawn.svg(f.ID, titleOf(t), t.About.String()+" "+f.Caption, background))
	if err != nil {
		return fmt.Errorf("write the chart: %w", err)
	}
	return nil
}

// cell is one of a table on a page.
type cell struct {
	Text string
	// Row says that it heads its row, Left that it is a text.
	Row, Left bool
}

// cells gives the heads, the rows and the total of a table.
func cells(t *report.Table) map[string]any {
	var heads []cell
	for _, c := range t.Columns {
		heads = append(heads, cell{Text: strings.ReplaceAll(c.Name, "_", " "), Left: isText(c.Kind)})
	}
	var rows [][]cell
	for _, row := range t.Rows {
		rows = append(rows, cellsOf(t, row))
	}
	all := map[string]any{"Heads": heads, "Rows": rows}
	if t.Total != nil {
		total := cellsOf(t, t.Total)
		if t.Groups() > 0 {
			total[0].Text = "total"
		}
		all["Total"] = total
	}
	return all
}

func cellsOf(t *report.Table, row []any) []cell {
	out := make([]cell, len(row))
	for i, v := range row {
		c := &t.Columns[i]
		out[i] = cell{Text: report.Text(v), Row: c.Kind == report.KindGroup, Left: isText(c.Kind)}
		if !out[i].Left {
			out[i].Text = report.People(c.Kind, out[i].Text)
		}
	}
	return out
}

func isText(k report.Kind) bool { return k == report.KindGroup || k == report.KindText }

func titleOf(t *report.Table) string {
	var by []string
	for i := range t.Groups() {
		by = append(by, strings.ReplaceAll(t.Columns[i].Name, "_", " "))
	}
	title := strings.ToUpper(t.Name[:1]) + t.Name[1:]
	if len(by) > 0 {
		title += " by " + strings.Join(by, " and ")
	}
	return title
}

// Style gives the style sheet that dresses charts, for pages that show them.
func Style() string { return style }
