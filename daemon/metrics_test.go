package daemon

import (
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"jobsieve/web"
)

// metrics gives what a daemon says of its sources.
func metrics(t *testing.T, d *Daemon) string {
	t.Helper()
	answer := httptest.NewRecorder()
	web.Public(d.Metrics, d.healthy, d.feed, web.Parts{}).Handler.ServeHTTP(answer, httptest.NewRequest(http.MethodGet, "/metrics", http.NoBody))
	return answer.Body.String()
}

// TestMetricsOfSources wants the metrics to say how sources are doing, from the start
// on, and nothing of one that is gone. The time begins with 946684800.
func TestMetricsOfSources(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		d, _, _, _ := reloading(t, "a @every 6h", "b @every 1h")
		runFor(t, d, 7*time.Hour)
		d.Metrics = web.NewMetrics() // of a daemon that is started again
		stop := start(t, d)
		pass(time.Minute)
		told := metrics(t, d)
		for _, want := range []string{
			`jobsieve_last_attempt_timestamp_seconds{source="a"} 9.467064e+08`,
			`jobsieve_last_success_timestamp_seconds{source="a"} 9.467064e+08`,
			`jobsieve_next_due_timestamp_seconds{source="a"} 9.46728e+08`,
			`jobsieve_last_run_postings{change="unchanged",source="a"} 1`,
			`jobsieve_failures_in_a_row{source="a"} 0`, `jobsieve_source_sick{source="a"} 0`,
			`jobsieve_next_due_timestamp_seconds{source="b"} `,
		} {
			if !strings.Contains(told, want) {
				t.Errorf("the metrics do not say %s", want)
			}
		}
		write(t, filepath.Join(d.Dir, "jobsieve.yaml"), configOf("a @every 6h"))
		pass(time.Minute)
		stop()
		if told := metrics(t, d); strings.Contains(told, `due_timestamp_seconds{source="b"}`) ||
			!strings.Contains(told, `due_timestamp_seconds{source="a"}`) {
			t.Errorf("after b is gone:\n%s", told)
		}
	})
}
