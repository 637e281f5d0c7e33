package desk

import (
	"fmt"
	"maps"
	"slices"

	"jobsieve/config"
	"jobsieve/job"
)

// Health is how a source is doing, judging its last run by the ones before.
type Health struct {
	Source string `json:"source"`
	// Disabled says that the configuration leaves it out: then it has no problems.
	Disabled bool `json:"disabled"`
	// Last is its last receipt, nil where it was never read.
	Last *job.Receipt `json:"last"`
	// Usual is the median of the postings seen in up to ten runs before.
	Usual int `json:"usual"`
	// Problems are what a person should look at; none where all is well.
	Problems []string `json:"ills"`
}

// Sick reports a source that a person should look at. One that was never read is not.
func (h *Health) Sick() bool { return h.Last != nil && len(h.Problems) > 0 }

// What counts as a problem of a source.
const (
	usualRuns  = 10
	fewerThan  = 0.5 // of the usual yield
	rottedBy   = 0.4 // of the postings, that a field was filled in before and no longer is
	leastUsual = 4   // postings, the fewest for which shares mean something

	errorBudget  = 0.05 // of a run's answers, that may be a server's errors
	leastAnswers = 20   // the fewest for which that share means something
)

// healthOf judges a source by its receipts, the newest first. Those of pages
// that were read again say nothing about the site.
func healthOf(source string, receipts []job.Receipt) Health {
	h := Health{Source: source, Problems: []string{}}
	receipts = slices.DeleteFunc(slices.Clone(receipts), func(r job.Receipt) bool { return r.Offline })
	if len(receipts) == 0 {
		h.Problems = append(h.Problems, "was never read")
		return h
	}
	last := &receipts[0]
	h.Last = last
	if last.Failed {
		h.Problems = append(h.Problems, "failed: "+last.Why)
	} else if !last.Complete {
		h.Problems = append(h.Problems, "was not read to the end: "+last.Why)
	}
	h.Problems = append(h.Problems, overBudget(last)...)
	before := receipts[1:min(len(receipts), usualRuns+1)]
	if len(before) == 0 {
		return h
	}
	var yields []int
	for i := range before {
		yields = append(yields, before[i].Seen)
	}
	slices.Sort(yields)
	h.Usual = yields[len(yields)/2]
	if none := h.Usual > 0 && last.Seen == 0; none || h.Usual >= leastUsual &&
		float64(last.Seen) < fewerThan*float64(h.Usual) {
		h.Problems = append(h.Problems, fmt.Sprintf("yielded %s, usually %d", job.Count(last.Seen, "posting"), h.Usual))
	}
	h.Problems = append(h.Problems, rot(last, before)...)
	return h
}

// Judge judges a source as Health does, by its newest receipts, the newest first.
func Judge(src *config.Source, receipts []job.Receipt) Health {
	if src.Disabled {
		return rest(src.Name, receipts)
	}
	return healthOf(src.Name, receipts)
}

// rest is the health of a source that is disabled.
func rest(source string, receipts []job.Receipt) Health {
	h := healthOf(source, receipts)
	h.Disabled, h.Problems = true, []string{}
	return h
}

// overBudget reports answers that shut the crawler out, and more errors than a
// healthy server gives.
func overBudget(last *job.Receipt) (ills []string) {
	answers, errs := 0, 0
	for _, code := range slices.Sorted(maps.Keys(last.Statuses)) {
		n := last.Statuses[code]
		answers += n
		switch {
		case code == 401 || code == 403 || code == 429 || code == 451:
			ills = append(ills, fmt.Sprintf("was answered %d %s: the site may not want to be read", code,
				job.Count(n, "time")))
		case code >= 500:
			errs += n
		}
	}
	if answers >= leastAnswers && float64(errs) > errorBudget*float64(answers) {
		ills = append(ills, fmt.Sprintf("%d of %d answers were server errors, more than %.0f%%", errs, answers,
			100*errorBudget))
	}
	return ills
}

// rot names the fields that used to be filled and no longer are: the site's
// markup may have changed.
func rot(last *job.Receipt, before []job.Receipt) (ills []string) {
	for _, f := range job.Fields {
		var shares []float64
		for i := range before {
			if share, ok := filledShare(&before[i], f); ok {
				shares = append(shares, share)
			}
		}
		now, ok := filledShare(last, f)
		if !ok || len(shares) == 0 {
			continue
		}
		slices.Sort(shares)
		if usual := shares[len(shares)/2]; usual-now > rottedBy {
			const format = "%s is filled in %.0f%% of the postings, usually in %.0f%%: " +
				"the site's markup may have changed"
			ills = append(ills, fmt.Sprintf(format, f, 100*now, 100*usual))
		}
	}
	return ills
}

// filledShare is the share of the postings that were read that have a field:
// all of those have a title.
func filledShare(r *job.Receipt, f job.Field) (float64, bool) {
	n := r.Filled[job.FieldTitle]
	if n < leastUsual {
		return 0, false
	}
	return float64(r.Filled[f]) / float64(n), true
}
