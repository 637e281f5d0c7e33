package web

import (
	"context"
	"io"
	"net/http"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/promhttp"

	"jobsieve/internal/serving"
	"jobsieve/job"
	"jobsieve/web/guard"
)

// Metrics count what the daemon does.
type Metrics struct {
	registry *prometheus.Registry
	runs     *prometheus.CounterVec
	postings *prometheus.CounterVec
	rejected *prometheus.CounterVec
	pages    *prometheus.CounterVec
	bytes    *prometheus.CounterVec
	lastRun  *prometheus.GaugeVec
	waiting  prometheus.Gauge
	refused  prometheus.Gauge
	reloads  *prometheus.CounterVec
	stale    prometheus.Gauge
	sources  sourceMetrics
	tasks    taskMetrics
}

// NewMetrics makes the metrics.
func NewMetrics() *Metrics {
	m := &Metrics{
		registry: prometheus.NewRegistry(),
		runs: prometheus.NewCounterVec(prometheus.CounterOpts{Name: "jobsieve_runs_total",
			Help: "Crawls that ended, by source and outcome."}, []string{"source", "outcome"}),
		postings: prometheus.NewCounterVec(prometheus.CounterOpts{Name: "jobsieve_postings_total",
			Help: "Postings seen, by source and what became of them."}, []string{"source", "change"}),
		rejected: prometheus.NewCounterVec(prometheus.CounterOpts{Name: "jobsieve_rejected_total",
			Help: "Postings set aside, by source and reason."}, []string{"source", "reason"}),
		pages: prometheus.NewCounterVec(prometheus.CounterOpts{Name: "jobsieve_responses_total",
			Help: "Answers of sites, by source and HTTP status class."}, []string{"source", "status"}),
		bytes: prometheus.NewCounterVec(prometheus.CounterOpts{Name: "jobsieve_received_bytes_total",
			Help: "Bytes of pages received, by source."}, []string{"source"}),
		lastRun: prometheus.NewGaugeVec(prometheus.GaugeOpts{Name: "jobsieve_last_run_timestamp_seconds",
			Help: "When the last crawl of a source ended."}, []string{"source"}),
		waiting: prometheus.NewGauge(prometheus.GaugeOpts{Name: "jobsieve_documents_waiting",
			Help: "Documents that the index has not taken yet."}),
		refused: prometheus.NewGauge(prometheus.GaugeOpts{Name: "jobsieve_documents_refused",
			Help: "Documents that the index refused."}),
		reloads: prometheus.NewCounterVec(prometheus.CounterOpts{Name: "jobsieve_reloads_total",
			Help: "How often configuration and rules were read again, by outcome."}, []string{"outcome"}),
		stale: prometheus.NewGauge(prometheus.GaugeOpts{Name: "jobsieve_reload_failed",
			Help: "1 while the newest configuration or rules have faults, and those from before are used."}),
		sources: newSourceMetrics(),
		tasks:   newTaskMetrics(),
	}
	m.registry.MustRegister(m.runs, m.postings, m.rejected, m.pages, m.bytes, m.lastRun, m.waiting, m.refused,
		m.reloads, m.stale)
	for _, gauge := range m.sources.all() {
		m.registry.MustRegister(gauge)
	}
	m.registry.MustRegister(m.tasks.waiting, m.tasks.running, m.tasks.failing, m.tasks.lag, m.tasks.draining)
	return m
}

// Receipt counts the crawl of a source.
func (m *Metrics) Receipt(r *job.Receipt) {
	outcome := "complete"
	switch {
	case r.Failed:
		outcome = "failed"
	case !r.Complete:
		outcome = "partly"
	}
	m.runs.WithLabelValues(r.Source, outcome).Inc()
	m.postings.WithLabelValues(r.Source, "new").Add(float64(r.New))
	m.postings.WithLabelValues(r.Source, "changed").Add(float64(r.Changed))
	m.postings.WithLabelValues(r.Source, "unchanged").Add(float64(r.Unchanged))
	m.postings.WithLabelValues(r.Source, "repeated").Add(float64(r.Repeated))
	for why, n := range r.Reasons {
		m.rejected.WithLabelValues(r.Source, string(why)).Add(float64(n))
	}
	for status, n := range r.Statuses {
		m.pages.WithLabelValues(r.Source, string('0'+rune(status/100))+"xx").Add(float64(n))
	}
	m.bytes.WithLabelValues(r.Source).Add(float64(r.Bytes))
	m.lastRun.WithLabelValues(r.Source).Set(float64(r.Finished.Unix()))
}

// Documents notes how many documents wait and were refused.
func (m *Metrics) Documents(waiting, refused int) {
	m.waiting.Set(float64(waiting))
	m.refused.Set(float64(refused))
}

// Reload counts that configuration and rules were read again, and says whether they
// had faults.
func (m *Metrics) Reload(ok bool) {
	outcome := "done"
	if !ok {
		outcome = "failed"
	}
	m.reloads.WithLabelValues(outcome).Inc()
	m.stale.Set(one(!ok))
}

// Feed writes the feed of a saved search. Its error is a *desk.UnknownSavedError where
// there is none of that name.
type Feed func(ctx context.Context, w io.Writer, name string) error

// Parts are what answers analysts and their programs. One that is nil answers nothing.
type Parts struct {
	// Page answers what is asked of no other, API what is below /api/, which says itself what
	// its requests cost.
	Page, API http.Handler
}

// add has the parts answer.
func (p Parts) add(mux *http.ServeMux) {
	if p.Page != nil {
		mux.Handle("/", guard.HeavyWith("as_of", p.Page))
		mux.Handle("/assets/", p.Page)
		for _, path := range []string{"/pay", "/compare", "/trends"} {
			mux.Handle(path, guard.Heavy(p.Page))
		}
	}
	if p.API != nil {
		mux.Handle("/api/", p.API)
	}
}

// Public answers /healthz, /metrics and /saved/NAME.rss, and has parts answer the rest.
// healthy gives an error where something needs a person.
func Public(m *Metrics, healthy func() error, feed Feed, parts Parts) *http.Server {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /healthz", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/plain; charset=utf-8")
		if err := healthy(); err != nil {
			w.WriteHeader(http.StatusServiceUnavailable)
			_, _ = w.Write([]byte(err.Error() + "\n"))
			return
		}
		_, _ = w.Write([]byte("ok\n"))
	})
	mux.Handle("GET /saved/{file}", guard.Costs(http.HandlerFunc(feed.serve)))
	mux.Handle("GET /metrics", promhttp.HandlerFor(m.registry, promhttp.HandlerOpts{}))
	parts.add(mux)
	return serving.Server(mux)
}
