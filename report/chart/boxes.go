package chart

import (
	"jobsieve/internal/sentence"
	"jobsieve/job"
)

// box is the pay of a group: the amounts that a tenth, a quarter, half, three quarters
// and nine tenths of its postings do not exceed.
type box struct {
	name                       string
	n                          int
	p10, p25, median, p75, p90 float64
}

// band is a span of amounts to compare with.
type band struct {
	low, high float64
	text      string
}

// boxes draws box plots below one another, with a band behind them that may be nil.
func boxes(all []box, reference *band, period string, words Words) *drawing {
	least, most := all[0].p10, all[0].p90
	for i := range all {
		least, most = min(least, all[i].p10), max(most, all[i].p90)
	}
	if reference != nil {
		least, most = min(least, reference.low), max(most, reference.high)
	}
	d := &drawing{words: words}
	a := newAxis(labelWide, width-countWide, least, most)
	top := float64(margin)
	if reference != nil {
		top += rowHeight
	}
	bottom := top + float64(len(all))*rowHeight
	if reference != nil {
		d.rect("band", a.at(reference.low), top, a.at(reference.high)-a.at(reference.low), bottom-top)
	}
	a.below(d, top, bottom, d.shortRupees, d.rupees(period))
	d.text("tick", end, width-margin, top-4, d.column("offers"))
	for i := range all {
		b := &all[i]
		y := top + (float64(i)+0.5)*rowHeight
		d.open(d.say("box", "%s: median ₹%s, middle half ₹%s to ₹%s, of %s", b.name, job.Grouped(b.median),
			job.Grouped(b.p25), job.Grouped(b.p75), sentence.Grouped{N: b.n, Of: "offer"}))
		d.label(labelWide-margin/2, y+4, b.name)
		d.line("whisker", a.at(b.p10), y, a.at(b.p90), y)
		for _, v := range []float64{b.p10, b.p90} {
			d.line("whisker", a.at(v), y-barHalf/2, a.at(v), y+barHalf/2)
		}
		d.rect("box", a.at(b.p25), y-barHalf, max(a.at(b.p75)-a.at(b.p25), 1), 2*barHalf)
		d.line("median", a.at(b.median), y-barHalf-2, a.at(b.median), y+barHalf+2)
		d.text("count", end, width-margin, y+4, job.Grouped(float64(b.n)))
		d.close()
	}
	d.outline(&a, reference, top, bottom)
	d.height = bottom + axisHigh
	return d
}

// outline draws the borders of a band, which may be nil, before a plot, and its name
// above it.
func (d *drawing) outline(a *axis, b *band, top, bottom float64) {
	if b == nil {
		return
	}
	d.rect("banded", a.at(b.low), top, a.at(b.high)-a.at(b.low), bottom-top)
	d.text("reference", start, a.at(b.low), top-6, b.text)
}
