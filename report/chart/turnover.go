package chart

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"jobsieve/internal/sentence"
	"jobsieve/internal/terminal"
	"jobsieve/job"
	"jobsieve/report"
)

// flow is what came and went in a month, by the places of series.
type flow [3]float64

// series are the lines of a turnover: each has its own dashes and its own sign.
var series = [len(flow{})]struct {
	column, class string
	sign          func(d *drawing, x, y float64)
}{
	{"new", "trend dashed", (*drawing).triangle},
	{"closed", "trend dotted", (*drawing).square},
	{"open_at_end", "trend", (*drawing).circle},
}

// series names a line.
func (d *drawing) series(column string) string {
	if column == "open_at_end" {
		return d.say("open_at_end", "open at its end")
	}
	return d.column(sentence.Name(column))
}

// panel is a group, with what came and went by month.
type panel struct {
	name string
	of   map[string]flow
}

// mostPanels is the most groups whose turnover is drawn.
const mostPanels = 8

// signHalf is half of the size of a sign.
const signHalf = 4

func (d *drawing) circle(x, y float64) {
	fmt.Fprintf(&d.b, `<circle class="point" cx="%s" cy="%s" r="%d"/>`+"\n", num(x), num(y), signHalf)
}

func (d *drawing) square(x, y float64) {
	d.rect("point", x-signHalf, y-signHalf, 2*signHalf, 2*signHalf)
}

func (d *drawing) triangle(x, y float64) {
	const form = `<path class="point" d="M%s %s L%s %s L%s %s Z"/>` + "\n"
	fmt.Fprintf(&d.b, form, num(x-signHalf), num(y+signHalf), num(x+signHalf), num(y+signHalf), num(x), num(y-signHalf))
}

// turnover draws what came and went in some months, a plot for each group below one
// another, all of one scale.
func turnover(panels []panel, months []string, words Words) *drawing {
	d := &drawing{words: words}
	d.legend()
	most := 1.0
	for _, p := range panels {
		for _, f := range p.of {
			most = max(most, slices.Max(f[:]))
		}
	}
	right := float64(width - 2*margin)
	step := (right - upright) / float64(len(months))
	x := func(i int) float64 { return upright + (float64(i)+0.5)*step }
	bottom := float64(margin)
	for _, p := range panels {
		const head = 2 * rowHeight
		top := bottom + head
		bottom = top + medianHigh
		up := newAxis(bottom, top, 0, most)
		up.beside(d, shortCount)
		d.text("tick", start, margin, top-margin, d.column("postings"))
		if p.name != "" {
			const room = 80 // letters
			d.text("name", start, upright, top-margin, terminal.Cut(p.name, room))
		}
		d.flows(&p, months, x, &up)
		d.line("axis", upright, bottom, right, bottom)
		d.months(months, x, bottom)
	}
	d.height = bottom + axisHigh - margin
	return d
}

// legend says which line is which, above all plots.
func (d *drawing) legend() {
	const wide, sample = 170, 40
	for i := range series {
		s := &series[i]
		x, y := float64(upright+i*wide), float64(margin)
		d.path(s.class, fmt.Sprintf("M%s %s L%s %s", num(x), num(y), num(x+sample), num(y)))
		s.sign(d, x+sample/2, y)
		d.text("label", start, x+sample+margin/2, y+signHalf, d.series(s.column))
	}
}

// path draws a line through points.
func (d *drawing) path(class, points string) {
	fmt.Fprintf(&d.b, `<path class="%s" d="%s"/>`+"\n", class, points)
}

// flows draws the lines of a group; months of which it has nothing are gaps in them.
func (d *drawing) flows(p *panel, months []string, x func(int) float64, up *axis) {
	for k := range series {
		var points strings.Builder
		move := "M"
		for i, month := range months {
			f, ok := p.of[month]
			if !ok {
				move = "M"
				continue
			}
			fmt.Fprintf(&points, "%s%s %s ", move, num(x(i)), num(up.at(f[k])))
			move = "L"
		}
		d.path(series[k].class, strings.TrimSpace(points.String()))
	}
	of := ""
	if p.name != "" {
		of = ", " + p.name
	}
	for i, month := range months {
		f, ok := p.of[month]
		if !ok {
			continue
		}
		for k := range series {
			d.open(d.say("flow", "%s%s: %s %s", month, of, job.Grouped(f[k]), d.series(series[k].column)))
			series[k].sign(d, x(i), up.at(f[k]))
			d.close()
		}
	}
}

// turnoverOf draws what came and went by month.
func turnoverOf(t *report.Table, words Words) (f Figure, ok bool) {
	at, ok := columns(t, series[0].column, series[1].column, series[2].column)
	if !ok || len(t.Rows) == 0 {
		return f, false
	}
	panels, drawn, further := panelsOf(t, at)
	months := map[string]bool{}
	for _, p := range panels {
		for month := range p.of {
			months[month] = true
		}
	}
	if len(months) == 0 {
		return f, false
	}
	caption := words.say("about_flow", "How many postings were new and were closed in each month, and how many were "+
		"open at its end. The latest month counts as far as it is known; a month of which the table has no row is "+
		"a gap.")
	if len(panels) > 1 {
		caption += " " + words.say("one_scale", "All groups have one scale.")
	}
	return Figure{
		ID: "turnover", Title: words.say("flow_title", "What came and went"), Table: with(t, drawn, at),
		Caption: caption + words.leftOut(further, "most_new", "those with the most new postings are shown"),
		drawn:   turnover(panels, inARow(slices.Sorted(maps.Keys(months))), words),
	}, true
}

// panelsOf gives the groups that are drawn, in the order of the table, their rows, and how
// many groups are left out: those with the fewest new postings.
func panelsOf(t *report.Table, at []int) (panels []panel, drawn [][]any, further int) {
	place, begun := map[string]int{}, map[string]float64{}
	for _, row := range t.Rows {
		month, name := report.Text(row[0]), groupOf(t, row)
		v, ok := numbers(row, at)
		if _, err := time.Parse(monthForm, month); err != nil || !ok {
			continue
		}
		if _, ok := place[name]; !ok {
			place[name] = len(panels)
			panels = append(panels, panel{name, map[string]flow{}})
		}
		panels[place[name]].of[month] = flow(v)
		begun[name] += v[0]
	}
	if further = max(0, len(panels)-mostPanels); further > 0 {
		all := slices.SortedStableFunc(slices.Values(panels), func(a, b panel) int {
			return int(begun[b.name] - begun[a.name])
		})
		for _, p := range all[mostPanels:] {
			delete(place, p.name)
		}
		panels = slices.DeleteFunc(panels, func(p panel) bool { _, ok := place[p.name]; return !ok })
	}
	for _, row := range t.Rows {
		if _, ok := place[groupOf(t, row)]; ok {
			drawn = append(drawn, row)
		}
	}
	return panels, drawn, further
}

// groupOf names the group of a row beside its month; empty where there is no other.
func groupOf(t *report.Table, row []any) string {
	var parts []string
	for _, cell := range row[1:t.Groups()] {
		parts = append(parts, report.Text(cell))
	}
	return strings.Join(parts, ", ")
}
