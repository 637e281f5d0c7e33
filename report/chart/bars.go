package chart

import (
	"math"

	"jobsieve/internal/sentence"
	"jobsieve/job"
)

// bar is a group and how many it has.
type bar struct {
	name string
	n    float64
}

// bars draws bars below one another; what is the column that they count.
func bars(all []bar, what sentence.Name, words Words) *drawing {
	most := 1.0
	for _, b := range all {
		most = max(most, b.n)
	}
	d := &drawing{words: words}
	a := newAxis(labelWide, width-countWide, 0, most)
	bottom := margin + float64(len(all))*rowHeight
	a.below(d, margin, bottom, shortCount, d.column(what))
	for i, b := range all {
		y := margin + (float64(i)+0.5)*rowHeight
		d.open(d.bar(&b, what))
		d.label(labelWide-margin/2, y+4, b.name)
		d.rect("box", labelWide, y-barHalf, a.at(b.n)-labelWide, 2*barHalf)
		d.text("count", end, width-margin, y+4, job.Grouped(b.n))
		d.close()
	}
	d.height = bottom + axisHigh
	return d
}

// bar says what a bar shows.
func (d *drawing) bar(b *bar, what sentence.Name) string {
	if what == "postings" {
		return d.say("group_count", "%s: %s", b.name, sentence.Grouped{N: int(b.n), Of: "posting"})
	}
	return d.say("group_column", "%s: %s %s", b.name, job.Grouped(b.n), what)
}

// bin is how many offers lie from one amount to the next.
type bin struct {
	from, to float64
	n        int
}

// plotHigh is the height of a plot whose amounts lie along its lower side.
const plotHigh = 220

// histogram draws how amounts are distributed. The bins join one another.
func histogram(bins []bin, reference *band, period string, words Words) *drawing {
	most := 1
	for _, b := range bins {
		most = max(most, b.n)
	}
	d := &drawing{words: words}
	each := bins[0].to - bins[0].from // the last bin, which is open, is drawn like the others
	a := axis{from: upright, to: width - 2*margin, least: bins[0].from, most: bins[len(bins)-1].from + each}
	step := niceStep((a.most - a.least) / fewTicks)
	for v := math.Ceil(a.least/step) * step; v <= a.most; v += step {
		a.ticks = append(a.ticks, v)
	}
	top := float64(margin + rowHeight)
	bottom := top + plotHigh
	up := newAxis(bottom, top, 0, float64(most))
	up.beside(d, shortCount)
	d.text("tick", start, margin, top-16, d.column("offers"))
	if reference != nil {
		d.rect("band", a.at(reference.low), top, a.at(reference.high)-a.at(reference.low), bottom-top)
	}
	for _, b := range bins {
		if b.n == 0 {
			continue
		}
		x := a.at(b.from)
		d.open(d.say("offers_between", "₹%s to ₹%s: %s", job.Grouped(b.from), job.Grouped(b.to),
			sentence.Grouped{N: b.n, Of: "offer"}))
		d.rect("box", x, up.at(float64(b.n)), a.at(b.from+each)-x, bottom-up.at(float64(b.n)))
		d.close()
	}
	d.outline(&a, reference, top, bottom)
	a.below(d, top, bottom, d.shortRupees, d.rupees(period))
	d.height = bottom + axisHigh
	return d
}

// upright is where the plots stand that have an axis at their left.
const upright = 72

// beside draws the axis at the left of a plot that stands upright.
func (a *axis) beside(d *drawing, write func(float64) string) {
	for _, v := range a.ticks {
		y := a.at(v)
		d.line("grid", upright, y, width-2*margin, y)
		d.text("tick", end, upright-6, y+4, write(v))
	}
}
