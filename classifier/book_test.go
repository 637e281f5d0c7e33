package classifier_test

import (
	"testing"

	"jobsieve/pipeline"
)

func TestEmbeddedRules(t *testing.T) {
	r, err := pipeline.NewReader("", nil)
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range r.CheckCases() {
		t.Error(f)
	}
}
