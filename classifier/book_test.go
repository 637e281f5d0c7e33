package classifier_test

import (
	"testing"

	"jobsieve/classifier"
	"jobsieve/pipeline"
)

func TestEmbeddedRules(t *testing.T) {
	c, err := classifier.New("")
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range c.CheckCases(pipeline.ReadCase) {
		t.Error(f)
	}
}
