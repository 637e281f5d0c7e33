package report

import (
	"math"
	"math/rand/v2"
	"slices"
)

// rounds is how often a sample is drawn anew for an interval.
const rounds = 2000

// seeded gives random numbers that are the same each time.
func seeded() *rand.Rand {
	const seed, stream = 2021, 95
	return rand.New(rand.NewPCG(seed, stream)) //nolint:gosec // the same data give the same bytes
}

// medians gives the medians of samples drawn from values with replacement, each as large
// as they are: the bootstrap of Efron, 1979. The k-th of n draws in order is the quantile of
// a uniform number's k-th in order, which is a beta variate, so that a round costs the same
// however many values there are.
func (v Values) medians(r *rand.Rand) []float64 {
	n := v.N()
	out := make([]float64, rounds)
	for i := range out {
		lower := (n + 1) / 2
		u := beta(r, float64(lower), float64(n-lower+1))
		out[i] = v.inverse(u)
		if n%2 == 0 { // the next in order is the least of the others, which lie above
			u += (1 - u) * (1 - math.Pow(1-r.Float64(), 1/float64(n-lower)))
			out[i] = (out[i] + v.inverse(u)) / 2
		}
	}
	return out
}

// inverse gives the amount below which a share of the values lies.
func (v Values) inverse(share float64) float64 {
	return v.at(min(int(share*float64(v.N())), v.N()-1))
}

// interval gives the 95 % interval of figures of many rounds.
func interval(figures []float64) (from, to float64) {
	const tail = 0.025
	slices.Sort(figures)
	all := Values{amounts: figures}
	for i := range figures {
		all.upTo = append(all.upTo, i+1)
	}
	return all.Quantile(tail), all.Quantile(1 - tail)
}

// beta draws a beta variate.
func beta(r *rand.Rand, a, b float64) float64 {
	x := gamma(r, a)
	return x / (x + gamma(r, b))
}

// gamma draws a gamma variate of a shape from 1 on: Marsaglia and Tsang, "A Simple Method
// for Generating Gamma Variables", 2000.
func gamma(r *rand.Rand, shape float64) float64 {
	d := shape - 1.0/3
	c := 1 / math.Sqrt(9*d)
	for {
		x := r.NormFloat64()
		v := (1 + c*x) * (1 + c*x) * (1 + c*x)
		if v > 0 && math.Log(1-r.Float64()) < x*x/2+d-d*v+d*math.Log(v) {
			return d * v
		}
	}
}
