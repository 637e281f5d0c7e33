package report

import (
	"math"
	"slices"

	"jobsieve/internal/sentence"
	"jobsieve/job"
)

// mostBins is the most bins of a distribution.
const mostBins = 40

// distribution gives how all offers are distributed, up to the amount that one of a
// hundred exceeds; what lies above is in the last bin. It is empty where they are too few.
func (p *Pay) distribution() []Bin {
	values := valuesIn(p.tally.Total.Offers(), middle)
	if values.N() < leastN {
		return nil
	}
	const nearlyAll = 0.99
	least, most := rupees(values.at(0), p.opts.Period), rupees(values.Quantile(nearlyAll), p.opts.Period)
	step := stepOf(float64(most-least) / mostBins)
	from := least / step * step
	var bins []Bin
	for at := from; at <= most; at += step {
		bins = append(bins, Bin{From: at, To: at + step})
	}
	before := 0
	for i, v := range values.amounts {
		at := min((rupees(v, p.opts.Period)-from)/step, len(bins)-1)
		bins[at].Offers += values.upTo[i] - before
		before = values.upTo[i]
	}
	bins[len(bins)-1].To = max(bins[len(bins)-1].To, rupees(values.at(values.N()-1), p.opts.Period))
	return bins
}

// middle is the midpoint of an offer, or the only side that it states.
func middle(o *Offers) (float64, bool) {
	if v, ok := mid(o); ok {
		return v, true
	}
	return begins(o), true
}

// stepOf gives the least 1, 2 or 5 of a power of ten that is not below an amount.
func stepOf(v float64) int {
	for power := 1; ; power *= 10 {
		for _, n := range []int{1, 2, 5} {
			if float64(n*power) >= v || power > math.MaxInt/100 {
				return n * power
			}
		}
	}
}

// reference is the band in which BPO work begins, for tables that hold any.
func (p *Pay) reference() *Reference {
	label := slices.Index(p.labels.By, "label")
	for _, g := range p.labels.Groups() {
		if g.Values[label] == string(job.BPO) {
			const months = 12
			return &Reference{
				Low:  rupees(job.India.EntryLeast*months, p.opts.Period),
				High: rupees(job.India.EntryMost*months, p.opts.Period),
				Text: sentence.Of("entry_band", "the article's BPO starting pay, 2021, unadjusted"),
			}
		}
	}
	return nil
}
