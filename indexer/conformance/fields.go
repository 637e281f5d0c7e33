package conformance

import (
	"slices"
	"testing"

	"jobsieve/indexer"
)

// WithField gives documents one more field until the test ends. No other test
// may run meanwhile.
func WithField(t *testing.T, f indexer.Field) {
	t.Helper()
	today := indexer.Fields
	t.Cleanup(func() { indexer.Fields = today })
	indexer.Fields = append(slices.Clone(today), f)
}
