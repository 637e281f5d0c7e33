package elastic

import (
	"testing"

	"jobsieve/indexer/conformance"
	"jobsieve/internal/estest"
)

// BenchmarkCounts makes pay tables from a server.
func BenchmarkCounts(b *testing.B) {
	url := estest.URL(b)
	ix, err := Open(b.Context(), Options{URL: url, Alias: estest.Alias(b, url)}, true)
	if err != nil {
		b.Fatal(err)
	}
	conformance.BenchmarkCounts(b, ix)
}
