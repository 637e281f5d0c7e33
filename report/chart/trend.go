package chart

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"jobsieve/internal/sentence"
	"jobsieve/job"
	"jobsieve/report"
)

// point is a month.
type point struct {
	month string
	n     int // postings
	// median is of the offers; known says that there are enough of them.
	median float64
	known  bool
}

// The heights of a trend's plots.
const (
	medianHigh = 170
	countHigh  = 80
	between    = 46
)

// trend draws the median pay of each month above how many postings it rests on.
func trend(months []point, period string, words Words) *drawing {
	d := &drawing{words: words}
	right := float64(width - 2*margin)
	step := (right - upright) / float64(len(months))
	x := func(i int) float64 { return upright + (float64(i)+0.5)*step }
	top := float64(margin + rowHeight)
	if paid := medians(d, months, top, x, period); paid {
		top += medianHigh + between
	}
	most := 1
	for i := range months {
		most = max(most, months[i].n)
	}
	bottom := top + countHigh
	up := newAxis(bottom, top, 0, float64(most))
	up.ticks = up.ticks[len(up.ticks)-1:]
	up.beside(d, shortCount)
	d.text("tick", start, margin, top-16, d.column("postings"))
	var names []string
	for i := range months {
		m := &months[i]
		d.open(d.say("group_count", "%s: %s", m.month, sentence.Grouped{N: m.n, Of: "posting"}))
		y := up.at(float64(m.n))
		d.rect("box", x(i)-step*0.35, y, step*0.7, bottom-y)
		d.close()
		names = append(names, m.month)
	}
	d.months(names, x, bottom)
	d.line("axis", upright, bottom, right, bottom)
	d.height = bottom + 34
	return d
}

// medians draws the line of the medians, if there are any: months without one are gaps
// in it.
func medians(d *drawing, months []point, top float64, x func(int) float64, period string) bool {
	most := 0.0
	for i := range months {
		if months[i].known {
			most = max(most, months[i].median)
		}
	}
	if most == 0 {
		return false
	}
	up := newAxis(top+medianHigh, top, 0, most)
	up.beside(d, d.shortRupees)
	d.text("tick", start, margin, top-16,
		d.say("median_rupees", "median, rupees a %s", report.PeriodOf(job.Period(period))))
	var path strings.Builder
	move := "M"
	for i := range months {
		if !months[i].known {
			move = "M"
			continue
		}
		fmt.Fprintf(&path, "%s%s %s ", move, num(x(i)), num(up.at(months[i].median)))
		move = "L"
	}
	fmt.Fprintf(&d.b, "<path class=\"trend\" d=\"%s\"/>\n", strings.TrimSpace(path.String()))
	for i := range months {
		if m := &months[i]; m.known {
			d.open(d.say("month_median", "%s: median ₹%s", m.month, job.Grouped(m.median)))
			const circle = `<circle class="point" cx="%s" cy="%s" r="4"/>` + "\n"
			fmt.Fprintf(&d.b, circle, num(x(i)), num(up.at(m.median)))
			d.close()
		}
	}
	return true
}

// isTrend reports a table whose only group is the month.
func isTrend(t *report.Table) bool {
	return t.Groups() == 1 && strings.HasSuffix(t.Columns[0].Name, "month") && len(t.Rows) > 0
}

// trendOf draws months.
func trendOf(t *report.Table, words Words) (f Figure, ok bool) {
	n, ok := columns(t, "postings")
	if !ok || !isTrend(t) {
		return f, false
	}
	at := n
	median, paid := columns(t, "mid_median")
	if paid {
		at = append(at, median...)
	}
	points := map[string]point{}
	var rows [][]any
	undated := 0
	for _, row := range t.Rows {
		p := point{month: named(t, row, words)}
		p.n, _ = row[n[0]].(int)
		if _, err := time.Parse(monthForm, p.month); err != nil {
			undated += p.n
			continue
		}
		if paid {
			var v int
			v, p.known = row[median[0]].(int)
			p.median = float64(v)
		}
		points[p.month], rows = p, append(rows, row)
	}
	if len(points) == 0 {
		return f, false
	}
	var months []point
	for _, month := range inARow(slices.Sorted(maps.Keys(points))) {
		p := points[month]
		p.month = month
		months = append(months, p)
	}
	caption := words.say("about_trend", "By month, above how many postings each figure rests on.")
	if undated > 0 {
		caption += " " + words.say("undated", "%s without a date not drawn.", sentence.Count{N: undated, Of: "posting"})
	}
	return Figure{
		ID: "by-month", Title: words.say("by_month", "By month"), Caption: caption,
		Table: with(t, rows, at), drawn: trend(months, t.Period, words),
	}, true
}

// monthForm is how months are written.
const monthForm = "2006-01"

// mostMonths is the most months that a trend draws: the latest.
const mostMonths = 120

// inARow gives the months from the first to the last of some in order, also those between.
func inARow(names []string) (out []string) {
	last := names[len(names)-1]
	at, _ := time.Parse(monthForm, last) // it is one of those that were read
	for len(out) < mostMonths && at.Format(monthForm) >= names[0] {
		out = append(out, at.Format(monthForm))
		at = at.AddDate(0, -1, 0)
	}
	slices.Reverse(out)
	return out
}

// months draws the names of months below a plot, as many as there is room for.
func (d *drawing) months(names []string, x func(int) float64, bottom float64) {
	const wide, under = 8 * charWide, 16
	every := 1 + int(float64(len(names))*wide/(width-2*margin-upright))
	for i, name := range names {
		if i%every == 0 {
			d.text("tick", middle, x(i), bottom+under, name)
		}
	}
}
