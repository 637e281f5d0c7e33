package chart

import (
	"math"

	"jobsieve/job"
	"jobsieve/report"
)

// axis leads amounts to places on a drawing.
type axis struct {
	from, to    float64 // places
	least, most float64 // amounts
	logarithmic bool
	ticks       []float64
}

// wide is how many times the greatest amount of a plot must be the least one for the
// axis to be logarithmic.
const wide = 25

// fewTicks is about how many ticks an axis has.
const fewTicks = 6

// newAxis makes an axis for amounts between two, of which the most is above 0.
func newAxis(from, to, least, most float64) axis {
	a := axis{from: from, to: to}
	if a.logarithmic = least > 0 && most/least > wide; a.logarithmic {
		a.least, a.most = decade(least), most*1.05
		a.ticks = logTicks(a.least, a.most)
		return a
	}
	step := niceStep(most / fewTicks)
	a.most = math.Ceil(most/step) * step
	for v := 0.0; v <= a.most+step/2; v += step {
		a.ticks = append(a.ticks, v)
	}
	return a
}

// decade gives the greatest 1, 2 or 5 of a power of ten that is not above an amount.
func decade(v float64) float64 {
	power := math.Pow(10, math.Floor(math.Log10(v)))
	for _, n := range []float64{5, 2} {
		if n*power <= v {
			return n * power
		}
	}
	return power
}

func logTicks(least, most float64) (out []float64) {
	for power := math.Pow(10, math.Floor(math.Log10(least))); power <= most; power *= 10 {
		for _, n := range []float64{1, 2, 5} {
			if v := n * power; v >= least && v <= most {
				out = append(out, v)
			}
		}
	}
	return out
}

// niceStep gives the least 1, 2 or 5 of a power of ten that is not below an amount.
func niceStep(v float64) float64 {
	power := math.Pow(10, math.Floor(math.Log10(max(v, 1e-9))))
	for _, n := range []float64{1, 2, 5} {
		if n*power >= v {
			return n * power
		}
	}
	return 10 * power
}

// at gives the place of an amount, which is kept within the axis.
func (a *axis) at(v float64) float64 {
	v = min(max(v, a.least), a.most)
	share := 0.0
	if a.logarithmic {
		share = math.Log(v/a.least) / math.Log(a.most/a.least)
	} else if a.most > a.least {
		share = (v - a.least) / (a.most - a.least)
	}
	return a.from + share*(a.to-a.from)
}

// shortRupees writes an amount as people in India say it: ₹15k, ₹3L, ₹1.2Cr.
func (d *drawing) shortRupees(v float64) string {
	const thousand, lakh, crore = 1e3, 1e5, 1e7
	switch {
	case v >= crore:
		return d.say("crores", "₹%sCr", num(v/crore))
	case v >= lakh:
		return d.say("lakhs", "₹%sL", num(v/lakh))
	case v >= thousand:
		return d.say("thousands", "₹%sk", num(v/thousand))
	}
	return "₹" + num(v)
}

// rupees says what amounts are in.
func (d *drawing) rupees(period string) string {
	return d.say("rupees", "rupees a %s", report.PeriodOf(job.Period(period)))
}

func shortCount(v float64) string { return job.Grouped(math.Round(v)) }

// below draws the axis below a plot: lines through it, ticks and what they are of.
func (a *axis) below(d *drawing, top, bottom float64, write func(float64) string, title string) {
	const under, lower = 16, 34
	taken := math.Inf(-1)
	for _, v := range a.ticks {
		x := a.at(v)
		d.line("grid", x, top, x, bottom)
		text := write(v)
		half := float64(len([]rune(text))) * charWide / 2
		if x-half < taken {
			continue
		}
		taken = x + half + charWide
		d.text("tick", middle, x, bottom+under, text)
	}
	d.line("axis", a.from, bottom, a.to, bottom)
	if a.logarithmic {
		title = d.say("logarithmic", "%s (logarithmic)", title)
	}
	d.text("tick", middle, (a.from+a.to)/2, bottom+lower, title)
}
