package main

import (
	"io"
	"slices"
	"testing"

	"jobsieve/internal/references"
)

// TestCommands shows that the reference knows every command that people see.
func TestCommands(t *testing.T) {
	parser, err := newParser(new(cli), io.Discard, io.Discard)
	if err != nil {
		t.Fatal(err)
	}
	got := references.Commands(parser)
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
