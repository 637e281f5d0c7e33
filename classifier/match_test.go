package classifier_test

import (
	"slices"
	"testing"

	"jobsieve/job"
	"jobsieve/pipeline"
)

// greeting is a rule that some words take back.
const greeting = `
rules:
  - {id: greet, criterion: D5-research-development, function: research-development, any: [hello there], unless: [goodbye],
     in: [description], weight: 3, match: [{description: Hello there.}], no_match: [{description: Goodbye.}]}
`

// TestUnless shows that the words of unless take a rule back in their own sentence,
// before or after its phrase, and in no other sentence or text.
func TestUnless(t *testing.T) {
	r, err := pipeline.NewReader(folder(t, greeting), nil)
	if err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct {
		text  string
		fires bool
	}{
		{"Hello there and goodbye.", false},
		{"Hello there.", true},
		{"Goodbye and hello there.", false},
		{"Goodbye. Hello there.", true},
		{"Hello there. Goodbye.", true},
		{"Goodbye. And goodbye, hello there, goodbye.", false},
		{"Hello there.", true},
	} {
		v := r.Read(&job.Posting{Title: "Staff", Description: tt.text}).Verdict
		counts := func(e job.Evidence) bool { return e.Rule == "greet" && v.Label != job.Unclassified }
		if got := slices.ContainsFunc(v.Evidence, counts); got != tt.fires {
			t.Errorf("%q: fired %v, want %v", tt.text, got, tt.fires)
		}
	}
}
