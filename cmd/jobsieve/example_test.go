package main

import (
	"testing"

	"jobsieve/config"
)

// TestExampleSources wants the example to be right.
func TestExampleSources(t *testing.T) {
	c, err := config.Load("../../sources.example.yaml", checks)
	if err != nil {
		t.Fatal(err)
	}
	if len(c.Sources) < 5 {
		t.Errorf("%d sources", len(c.Sources))
	}
}
