package embedded

import (
	"log/slog"
	"testing"

	"jobsieve/indexer/conformance"
)

// BenchmarkCounts makes pay tables from the files of an index.
func BenchmarkCounts(b *testing.B) {
	ix, err := Open(b.TempDir(), slog.New(slog.DiscardHandler))
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() {
		if err := ix.Close(); err != nil {
			b.Error(err)
		}
	})
	conformance.BenchmarkCounts(b, ix)
}
