package web

import (
	"time"

	"github.com/prometheus/client_golang/prometheus"
)

// taskMetrics say what is to be done, on all machines that share the ledger, and how this
// one is.
type taskMetrics struct {
	waiting, running, failing, lag *prometheus.GaugeVec
	draining                       prometheus.Gauge
}

func newTaskMetrics() taskMetrics {
	gauge := func(name, help string) *prometheus.GaugeVec {
		opts := prometheus.GaugeOpts{Name: "jobsieve_tasks_" + name, Help: help}
		return prometheus.NewGaugeVec(opts, []string{"kind"})
	}
	return taskMetrics{
		waiting: gauge("waiting", "Tasks that wait, on all machines, by kind."),
		running: gauge("running", "Tasks that run, on all machines, by kind."),
		failing: gauge("failing", "Tasks whose last run failed, on all machines, by kind."),
		lag:     gauge("lag_seconds", "How long the task of a kind that is ready the longest has been."),
		draining: prometheus.NewGauge(prometheus.GaugeOpts{Name: "jobsieve_draining",
			Help: "1 while this machine begins nothing more."}),
	}
}

// TaskCounts count the tasks of a kind.
type TaskCounts struct {
	Waiting, Running, Failing int
	// Lag is how long the one that is ready the longest has been.
	Lag time.Duration
}

// Tasks notes what is to be done of a kind.
func (m *Metrics) Tasks(kind string, n TaskCounts) {
	m.tasks.waiting.WithLabelValues(kind).Set(float64(n.Waiting))
	m.tasks.running.WithLabelValues(kind).Set(float64(n.Running))
	m.tasks.failing.WithLabelValues(kind).Set(float64(n.Failing))
	m.tasks.lag.WithLabelValues(kind).Set(max(0, n.Lag).Seconds())
}

// Draining notes whether this machine is to begin nothing more.
func (m *Metrics) Draining(yes bool) { m.tasks.draining.Set(one(yes)) }
