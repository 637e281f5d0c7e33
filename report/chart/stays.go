package chart

import (
	"fmt"
	"math"
	"strings"

	"jobsieve/internal/sentence"
	"jobsieve/job"
	"jobsieve/report"
)

// censored says in captions what becomes of postings whose end is not known.
var censored = sentence.Of("censored",
	"Postings that are not known to be closed count for as long as they were seen (censored).")

// stay is how long the postings of a group stay open: the days by which a quarter, half and
// three quarters of them are closed, as far as that is known.
type stay struct {
	name        string
	n, closed   int
	days        [3]float64
	known       int // how many of the days are known: the first ones
	description string
}

// stays draws how long groups stay open, below one another.
func stays(all []stay, words Words) *drawing {
	latest := 1.0
	for i := range all {
		for _, day := range all[i].days[:all[i].known] {
			latest = max(latest, day)
		}
	}
	d := &drawing{words: words}
	const room = 1.15 // beyond the latest day, for what goes on
	a := newAxis(labelWide, width-countWide, 0, latest*room)
	top := float64(margin)
	bottom := top + float64(len(all))*rowHeight
	a.below(d, top, bottom, shortCount, d.say("days_since", "days since it was first seen"))
	d.text("tick", end, width-margin, top-4, d.say("closed_of_all", "closed of all"))
	for i := range all {
		s := &all[i]
		y := top + (float64(i)+0.5)*rowHeight
		d.open(s.name + ": " + s.description)
		d.label(labelWide-margin/2, y+4, s.name)
		d.quarters(s, &a, y)
		d.text("count", end, width-margin, y+4,
			d.say("of", "%s of %s", job.Grouped(float64(s.closed)), job.Grouped(float64(s.n))))
		d.close()
	}
	d.height = bottom + axisHigh
	return d
}

// quarters draws the box of a group; one whose end is not known goes on as a dashed line
// with an arrow.
func (d *drawing) quarters(s *stay, a *axis, y float64) {
	from := a.from
	if s.known > 0 {
		from = a.at(s.days[0])
		last := a.at(s.days[s.known-1])
		d.rect("box", from, y-barHalf, max(last-from, 1), 2*barHalf)
		from = last
	}
	if s.known > 1 {
		d.line("median", a.at(s.days[1]), y-barHalf-2, a.at(s.days[1]), y+barHalf+2)
	}
	if s.known < len(s.days) {
		tip := a.to - margin/2
		d.line("whisker dashed", from, y, tip, y)
		d.path("whisker tip", fmt.Sprintf("M%s %s L%s %s L%s %s", num(tip-barHalf), num(y-barHalf/2), num(tip), num(y),
			num(tip-barHalf), num(y+barHalf/2)))
	}
}

// staysOf draws how long the postings of each group stay open.
func staysOf(t *report.Table, words Words) (f Figure, ok bool) {
	at, ok := columns(t, "postings", "closed", "days_p25", "days_median", "days_p75",
		"at_risk_30", "open_30", "at_risk_90", "open_90")
	if !ok || t.Groups() == 0 {
		return f, false
	}
	counts := at[:2]
	rows, _, further := fullest(t.Rows, counts, counts[0])
	if len(rows) == 0 {
		return f, false
	}
	var all []stay
	for _, row := range rows {
		all = append(all, stayOf(t, row, counts, at[2:5], words))
	}
	return Figure{
		ID: "stays-by-group", Title: words.say("stays_title", "How long postings stay open, by group"),
		Table: with(t, rows, at),
		Caption: words.say("about_quarters",
			"A box goes from the day by which a quarter of a group is closed to that by "+
				"which three quarters are; the thick line is the median. A dashed line with an arrow goes on from the "+
				"last of these that is known: the others were not reached yet, or by then fewer than five postings "+
				"could still be seen to close. At the right stands how many are closed. %s", censored) +
			words.leftOut(further, "most_postings", "those with the most postings are shown"),
		drawn: stays(all, words),
	}, true
}

// quarters are the parts of a group whose days a chart shows.
var quarters = []sentence.Sentence{
	sentence.Of("a_quarter", "a quarter"), sentence.Of("half", "half"), sentence.Of("three_quarters", "three quarters"),
}

// stayOf reads a row: counts are the places of all and of the closed ones, days those of
// the quarters.
func stayOf(t *report.Table, row []any, counts, days []int, words Words) stay {
	n, _ := numbers(row, counts)
	s := stay{name: named(t, row, words), n: int(n[0]), closed: int(n[1])}
	parts := []string{words.say("closed_of", "%s of %s closed", job.Grouped(n[1]), job.Grouped(n[0]))}
	for i, what := range quarters {
		v, ok := numbers(row, days[i:i+1])
		if !ok {
			parts = append(parts, words.say("part_unknown", "%s not known", what))
			continue
		}
		if s.known == i {
			s.days[i], s.known = v[0], i+1
		}
		parts = append(parts, words.say("part_after", "%s after %s", what, sentence.Count{N: int(v[0]), Of: "day"}))
	}
	s.description = strings.Join(parts, ", ")
	return s
}

// survivalOf draws the share of all postings that is open after so many days.
func survivalOf(t *report.Table, words Words) (f Figure, ok bool) {
	if len(t.Survival) == 0 {
		return f, false
	}
	part := &report.Table{Name: t.Name, Columns: []report.Column{
		{Name: "days", Kind: report.KindCount}, {Name: "at_risk", Kind: report.KindCount},
		{Name: "closed", Kind: report.KindCount}, {Name: "censored", Kind: report.KindCount},
		{Name: "open", Kind: report.KindShare},
	}}
	for _, s := range t.Survival {
		part.Rows = append(part.Rows, []any{s.Days, s.AtRisk, s.Closed, s.Censored, s.Open})
	}
	return Figure{
		ID: "survival", Title: words.say("survival_title", "The share still open, by age"), Table: part,
		Caption: words.say("about_survival",
			"Of all postings together, the share that is still open so many days after it was first seen, as "+
				"Kaplan and Meier estimate it. %s A small upright line marks each day on which there are such. "+
				"Below stands how many could still be seen to close at that age; the line ends where these are "+
				"fewer than five.", censored),
		drawn: survival(t.Survival, words),
	}, true
}

// survival draws a survival curve.
func survival(days []report.Survived, words Words) *drawing {
	d := &drawing{words: words}
	const top, tick = margin + rowHeight, 5
	bottom := float64(top + plotHigh)
	last := days[len(days)-1].Days
	along := axis{from: upright, to: width - 2*margin, most: math.Max(float64(last), 1)}
	for step, v := math.Max(niceStep(along.most/fewTicks), 1), 0.0; v <= along.most; v += step {
		along.ticks = append(along.ticks, v)
	}
	up := axis{from: bottom, to: top, most: 1, ticks: []float64{0, 0.25, 0.5, 0.75, 1}}
	up.beside(d, percent)
	d.text("tick", start, margin, top-margin, d.say("still_open", "still open"))
	along.below(d, top, bottom, shortCount, d.say("days_since_risk",
		"days since it was first seen; below, how many are at risk"))
	var points strings.Builder
	fmt.Fprintf(&points, "M%s %s", num(along.at(0)), num(up.at(1)))
	for _, s := range days {
		fmt.Fprintf(&points, " H%s V%s", num(along.at(float64(s.Days))), num(up.at(s.Open)))
	}
	d.path("trend", points.String())
	for _, s := range days {
		x, y := along.at(float64(s.Days)), up.at(s.Open)
		d.open(d.say("day", "day %d: %s still open, %d at risk, %d closed, %d censored",
			s.Days, percent(s.Open), s.AtRisk, s.Closed, s.Censored))
		if s.Censored > 0 {
			d.line("whisker", x, y-tick, x, y+tick)
		}
		d.close()
	}
	d.atRisk(days, &along, bottom+axisHigh)
	d.height = bottom + axisHigh + rowHeight
	return d
}

// atRisk writes below an axis how many are at risk at its ticks.
func (d *drawing) atRisk(days []report.Survived, along *axis, y float64) {
	for _, tick := range along.ticks {
		n := 0
		for _, s := range days {
			if float64(s.Days) < tick {
				n = s.AtRisk - s.Closed - s.Censored
			} else if float64(s.Days) == tick {
				n = s.AtRisk
			}
		}
		d.text("count", middle, along.at(tick), y+4, job.Grouped(float64(n)))
	}
}

// percent writes a share.
func percent(share float64) string {
	const hundred = 100
	return num(share*hundred) + " %"
}
