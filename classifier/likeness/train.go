package likeness

import (
	"crypto/sha256"
	"fmt"
	"math"
	"slices"
)

const (
	// penaltyWeight is the weight of half the squared weights against the sum of
	// the items' losses, 1/C elsewhere. Of 0.1, 0.2 and 0.4 in cross-validation on
	// ten thousand labelled postings the last was best by a little.
	penaltyWeight = 0.4
	steps         = 200
)

// vector is a posting's terms with their TF-IDF, of length 1, and the constant term.
type vector struct {
	term  []int
	value []float64
}

// Fingerprint is the beginning of a hash of what Train learns from.
func Fingerprint(docs [][]string, wants ...[]string) string {
	sum := sha256.New()
	for _, list := range slices.Concat(docs, wants) {
		_, _ = fmt.Fprintf(sum, "%q\n", list)
	}
	return fmt.Sprintf("%x", sum.Sum(nil))[:12]
}

// Train learns from docs, each given by its terms, what each list of wants says of
// them: a class for each doc, empty where nobody knows. Terms that stand in fewer
// than least docs are left out. The same docs in the same order give the same
// model on every machine.
func Train(docs [][]string, least int, wants ...[]string) *Model {
	m := &Model{terms: map[string]int{}, docs: len(docs), from: Fingerprint(docs, wants...)}
	m.number(docs, least)
	rows := make([]vector, len(docs))
	for i, doc := range docs {
		rows[i] = m.vector(doc)
	}
	for _, want := range wants {
		h := head{classes: slices.Compact(slices.Sorted(slices.Values(want)))}
		h.classes = slices.DeleteFunc(h.classes, func(c string) bool { return c == "" })
		var known []vector
		var numbers []int
		for i, class := range want {
			if n := slices.Index(h.classes, class); n >= 0 {
				known, numbers = append(known, rows[i]), append(numbers, n)
			}
		}
		h.fit(known, numbers, len(m.in))
		m.heads = append(m.heads, h)
	}
	return m
}

// Best gives the likeliest class, of the first wants, of a posting with these terms.
func (m *Model) Best(doc []string) string {
	h := &m.heads[0]
	scores := make([]float64, len(h.classes))
	h.scores(h.weights, m.vector(doc), scores)
	return h.classes[slices.Index(scores, slices.Max(scores))]
}

// number numbers the terms in the order in which they are met, and weighs them by
// how few items they stand in.
func (m *Model) number(docs [][]string, least int) {
	in := map[string]int{}
	for _, doc := range docs {
		for _, term := range distinct(doc) {
			in[term]++
		}
	}
	for _, doc := range docs {
		for _, term := range distinct(doc) {
			if _, numbered := m.terms[term]; !numbered && in[term] >= least {
				m.terms[term] = len(m.in)
				m.in = append(m.in, in[term])
			}
		}
	}
}

// idf is the weight of a term that stands in so many of the docs.
func (m *Model) idf(in int) float64 {
	return 1 + steady(math.Log(float64(1+m.docs)/float64(1+in)))
}

func distinct(doc []string) []string { return slices.Compact(slices.Sorted(slices.Values(doc))) }

// vector weighs the terms of a posting that the model knows.
func (m *Model) vector(doc []string) vector {
	var v vector
	for _, term := range doc {
		if n, ok := m.terms[term]; ok {
			v.term = append(v.term, n)
		}
	}
	slices.Sort(v.term)
	all := v.term
	v.term = slices.Compact(slices.Clone(all))
	squares := 0.0
	for _, n := range v.term {
		times := 0
		for len(all) > 0 && all[0] == n {
			times, all = times+1, all[1:]
		}
		x := (1 + steady(math.Log(float64(times)))) * m.idf(m.in[n])
		v.value = append(v.value, x)
		squares += float64(x * x)
	}
	for i := range v.value {
		v.value[i] /= math.Sqrt(squares)
	}
	v.term = append(v.term, len(m.in))
	v.value = append(v.value, 1)
	return v
}

// fit finds the weights by Nesterov's accelerated gradient with constant steps
// (Introductory Lectures on Convex Optimization, 2004, section 2.2.1). The rows
// have a squared length of at most 2, hence the curvature of the mean loss is at
// most 1.
func (h *head) fit(rows []vector, want []int, terms int) {
	penalty := penaltyWeight / float64(len(rows))
	curvature := 1 + penalty
	q := math.Sqrt(penalty / curvature)
	momentum := (1 - q) / (1 + q)
	size := (terms + 1) * len(h.classes)
	h.weights = make([]float64, size)
	ahead, slope := make([]float64, size), make([]float64, size)
	for range steps {
		h.slope(ahead, rows, want, slope)
		for i := range ahead {
			step := float64(slope[i]/float64(len(rows))) + float64(penalty*ahead[i])
			next := ahead[i] - float64(step/curvature)
			ahead[i] = next + float64(momentum*(next-h.weights[i]))
			h.weights[i] = next
		}
	}
}

// slope writes the gradient of the sum of the losses. Here and elsewhere products
// are converted to float64, which keeps compilers from fusing them with a sum:
// only some machines can, and the result would differ.
func (h *head) slope(weights []float64, rows []vector, want []int, out []float64) {
	clear(out)
	k := len(h.classes)
	p := make([]float64, k)
	for r, row := range rows {
		h.scores(weights, row, p)
		top, sum := slices.Max(p), 0.0
		for l := range p {
			p[l] = steady(math.Exp(p[l] - top))
			sum += p[l]
		}
		for l := range p {
			p[l] /= sum
		}
		p[want[r]]-- // the slope is the probability less what it should be
		for i, n := range row.term {
			for l := range p {
				out[n*k+l] += float64(row.value[i] * p[l])
			}
		}
	}
}

func (h *head) scores(weights []float64, row vector, out []float64) {
	clear(out)
	for i, n := range row.term {
		for l := range out {
			out[l] += float64(row.value[i] * weights[n*len(out)+l])
		}
	}
}

// steady rounds to fewer bits: the last ones of a logarithm or an exponential
// differ between machines.
func steady(x float64) float64 { return float64(float32(x)) }
