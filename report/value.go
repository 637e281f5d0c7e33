package report

import (
	"cmp"
	"math"
	"slices"

	"jobsieve/job"
)

// Values are amounts in order, each with how often it occurs: what quantiles are made
// of.
type Values struct {
	amounts []float64
	upTo    []int // how many there are up to and with each amount
}

// amount gives one amount of an offer; false where the offer lacks it.
type amount func(*Offers) (float64, bool)

func low(o *Offers) (float64, bool)  { return float64(o.Low), o.Low != NotStated }
func high(o *Offers) (float64, bool) { return float64(o.High), o.High != NotStated }
func mid(o *Offers) (float64, bool) {
	return (float64(o.Low) + float64(o.High)) / 2, o.Low != NotStated && o.High != NotStated
}

// begins is the lower amount of an offer, or the upper one where that is all it states.
func begins(o *Offers) float64 {
	if o.Low != NotStated {
		return float64(o.Low)
	}
	return float64(o.High)
}

// valuesIn gives the values of one amount of offers.
func valuesIn(offers []Offers, of amount) Values {
	type counted struct {
		amount   float64
		postings int
	}
	var all []counted
	for i := range offers {
		if v, ok := of(&offers[i]); ok {
			all = append(all, counted{v, offers[i].Postings})
		}
	}
	slices.SortFunc(all, func(a, b counted) int { return cmp.Compare(a.amount, b.amount) })
	var v Values
	n := 0
	for _, c := range all {
		n += c.postings
		if last := len(v.amounts) - 1; last >= 0 && v.amounts[last] == c.amount {
			v.upTo[last] = n
			continue
		}
		v.amounts, v.upTo = append(v.amounts, c.amount), append(v.upTo, n)
	}
	return v
}

// N is how many values there are.
func (v Values) N() int {
	if len(v.upTo) == 0 {
		return 0
	}
	return v.upTo[len(v.upTo)-1]
}

// at gives the i-th of all values in order, from 0.
func (v Values) at(i int) float64 {
	j, _ := slices.BinarySearch(v.upTo, i+1)
	return v.amounts[j]
}

// Quantile gives the q-quantile, 0 ≤ q ≤ 1, by linear interpolation between the closest
// two: type 7 of Hyndman and Fan, "Sample Quantiles in Statistical Packages", 1996. It
// is NaN for no values.
func (v Values) Quantile(q float64) float64 {
	if v.N() == 0 {
		return math.NaN()
	}
	at := q * float64(v.N()-1)
	i := int(math.Floor(at))
	if i+1 >= v.N() {
		return v.at(v.N() - 1)
	}
	return v.at(i) + (at-float64(i))*(v.at(i+1)-v.at(i))
}

// rupees gives an amount of a year as whole rupees of a period.
func rupees(v float64, p job.Period) int {
	if p == job.PerMonth {
		const months = 12
		v /= months
	}
	return int(math.Round(v))
}
