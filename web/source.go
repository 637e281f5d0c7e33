package web

import (
	"slices"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"jobsieve/job"
)

// sourceMetrics say how each source is doing now, by what the ledger has, so that
// they are the same after a restart.
type sourceMetrics struct {
	success, attempt, due, postings, failures, sick *prometheus.GaugeVec
}

func newSourceMetrics() sourceMetrics {
	gauge := func(name, help string, labels ...string) *prometheus.GaugeVec {
		labels = append([]string{"source"}, labels...)
		return prometheus.NewGaugeVec(prometheus.GaugeOpts{Name: "jobsieve_" + name, Help: help}, labels)
	}
	return sourceMetrics{
		success: gauge("last_success_timestamp_seconds",
			"When the last crawl of a source that did not fail ended."),
		attempt: gauge("last_attempt_timestamp_seconds",
			"When the last crawl of a source began, however it ended."),
		due: gauge("next_due_timestamp_seconds",
			"When a source is due next by its schedule."),
		postings: gauge("last_run_postings",
			"Postings of the last crawl of a source, by what became of them.", "change"),
		failures: gauge("failures_in_a_row",
			"How many crawls of a source have failed since one did not."),
		sick: gauge("source_sick",
			"1 while \"jobsieve sources status\" has something to say against a source."),
	}
}

func (s *sourceMetrics) all() []*prometheus.GaugeVec {
	return []*prometheus.GaugeVec{s.success, s.attempt, s.due, s.postings, s.failures, s.sick}
}

// Source notes how a source is doing, by the receipts of its crawls, the newest
// first, and whether it is sick. Those of pages that were read again do not count.
func (m *Metrics) Source(source string, receipts []job.Receipt, sick bool) {
	s := &m.sources
	s.sick.WithLabelValues(source).Set(one(sick))
	receipts = slices.DeleteFunc(slices.Clone(receipts), func(r job.Receipt) bool { return r.Offline })
	failures := slices.IndexFunc(receipts, func(r job.Receipt) bool { return !r.Failed })
	if failures >= 0 {
		s.success.WithLabelValues(source).Set(float64(receipts[failures].Finished.Unix()))
	} else {
		failures = len(receipts)
	}
	s.failures.WithLabelValues(source).Set(float64(failures))
	if len(receipts) == 0 {
		return
	}
	last := &receipts[0]
	s.attempt.WithLabelValues(source).Set(float64(last.Started.Unix()))
	for change, n := range map[string]int{
		"new": last.New, "changed": last.Changed, "unchanged": last.Unchanged, "rejected": last.Rejected,
	} {
		s.postings.WithLabelValues(source, change).Set(float64(n))
	}
}

// Due notes when a source is due next.
func (m *Metrics) Due(source string, at time.Time) {
	m.sources.due.WithLabelValues(source).Set(float64(at.Unix()))
}

// Gone takes away what was noted of a source that is no longer configured, or no
// longer crawled.
func (m *Metrics) Gone(source string) {
	for _, gauge := range m.sources.all() {
		gauge.DeletePartialMatch(prometheus.Labels{"source": source})
	}
}

func one(yes bool) float64 {
	if yes {
		return 1
	}
	return 0
}
