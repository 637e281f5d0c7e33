package web

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/prometheus/client_golang/prometheus"
)

var metricName = regexp.MustCompile(`jobsieve_[a-z_]+`)

// TestAlertsNameMetrics wants every metric that an alert or the documentation names
// to be one of the program, and every one of the program to be documented.
func TestAlertsNameMetrics(t *testing.T) {
	descriptions := make(chan *prometheus.Desc, 100)
	NewMetrics().registry.Describe(descriptions)
	close(descriptions)
	known := map[string]bool{}
	for d := range descriptions {
		known[metricName.FindString(d.String())] = true
	}
	for _, path := range []string{"deploy/alerts.yml", "deploy/alerts_test.yml", "docs/operating.md"} {
		body, err := os.ReadFile(filepath.Join("..", path))
		if err != nil {
			t.Fatal(err)
		}
		named := map[string]bool{}
		for _, name := range metricName.FindAllString(string(body), -1) {
			named[name] = true
			if !known[name] {
				t.Errorf("%s names %s, which is no metric", path, name)
			}
		}
		for name := range known {
			if strings.HasPrefix(path, "docs") && !named[name] {
				t.Errorf("%s does not name %s", path, name)
			}
		}
	}
}
