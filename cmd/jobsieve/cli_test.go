package main

import (
	"slices"
	"testing"
)

// TestCommands shows that the reference knows every command that people see.
func TestCommands(t *testing.T) {
	got, err := commands()
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"", "quickstart", "version", "sources status", "report pay", "index prune", "config schema"} {
		if !slices.Contains(got, want) {
			t.Errorf("%q is missing", want)
		}
	}
	for _, other := range []string{"docs", "index", "sources"} {
		if slices.Contains(got, other) {
			t.Errorf("%q is no command that people see", other)
		}
	}
}
