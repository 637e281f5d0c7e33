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

// whisper is a rule whose words are no more than a mention.
const whisper = `
scoring: {likeness: 0, threshold: {root: 0, least: 0.01, most: 0.01, title: 0.01}}
rules:
  - {id: whisper, criterion: D5-research-development, function: research-development, any: [blorp],
     in: [description], weight: 0.3, match: [{description: Blorp.}], no_match: [{description: Nothing.}]}
`

// TestMentionNamesCriterion wants a criterion behind a label that stands on a mention
// alone.
func TestMentionNamesCriterion(t *testing.T) {
	r, err := pipeline.NewReader(folder(t, whisper), nil)
	if err != nil {
		t.Fatal(err)
	}
	v := r.Read(&job.Posting{Title: "Xyz", Description: "Blorp."}).Verdict
	if v.Label != job.KPO || !slices.Equal(v.Criteria, []string{"D5-research-development"}) || v.Evidence[0].Weight >= 0.15 {
		t.Errorf("%+v", v)
	}
}
