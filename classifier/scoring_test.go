package classifier

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"jobsieve/internal/strictyaml"
)

// overlaid compiles the embedded rules with one file laid over them.
func overlaid(t *testing.T, text string) (*Classifier, error) {
	t.Helper()
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "own.yaml"), []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return New(dir)
}

// TestPartialScoring shows that a file changes the numbers and words that it
// gives, and no others.
func TestPartialScoring(t *testing.T) {
	base, err := New("")
	if err != nil {
		t.Fatal(err)
	}
	for text, change := range map[string]func(*scoring){
		"scoring: {mixed: 0.5}":                             func(s *scoring) { s.Mixed = 0.5 },
		"scoring: {settles: 0}":                             func(s *scoring) { s.Settles = 0 },
		"scoring: {fields: {title: 4}}":                     func(s *scoring) { s.Fields["title"] = 4 },
		"scoring: {words: [1, 1, 1], threshold: {root: 1}}": func(s *scoring) { s.Words = []float64{1, 1, 1}; s.Threshold.Root = 1 },
		"scoring: {margin: 0.5, repeats: [1, 0.5]}":         func(s *scoring) { s.Earlier.Margin = 0.5; s.Earlier.Repeats = []float64{1, 0.5} },
		"scoring: {}":                                       func(*scoring) {},
		"scoring:":                                          func(*scoring) {},
		"scoring: {mixed: null}":                            func(*scoring) {},
		"context: {others: [handled by others]}":            func(*scoring) {},
	} {
		want := base.scoring.clone()
		change(&want)
		c, err := overlaid(t, text)
		if err != nil {
			t.Errorf("%s: %v", text, err)
			continue
		}
		if diff := cmp.Diff(want, c.scoring); diff != "" {
			t.Errorf("%s (-want +got):\n%s", text, diff)
		}
	}
}

// TestScoringFaults shows that a number that can't be meant is told where it
// stands, and nothing else is blamed.
func TestScoringFaults(t *testing.T) {
	for text, want := range map[string]string{
		"disable: []\nscoring:\n  mixed: -1\n":   "own.yaml:3: scoring.mixed: expected a number from 0",
		"scoring:\n  fields:\n    title: .nan\n": "own.yaml:3: scoring.fields.title: expected a number from 0",
		"scoring:\n  mixed: .inf\n":              "own.yaml:2: scoring.mixed: expected a number from 0",
		"scoring:\n  words: [1, -0.5, 1]\n":      "own.yaml:2: scoring.words[2]: expected a number from 0",
		"scoring:\n  words: []\n":                "own.yaml:2: scoring.words: expected three numbers",
		"scoring:\n  fields:\n    titel: 2\n":    `own.yaml:3: scoring.fields.titel: unknown field; expected one of company, description, experience, location, salary, skills, title; did you mean "title"?`,
		"scoring:\n  marign: 1\n":                "own.yaml:2: scoring.marign: unknown key",
		"scoring:\n  margin: much\n":             "own.yaml:2: scoring.margin: expected a number, got the text much",
	} {
		_, err := overlaid(t, text)
		var faults strictyaml.Faults
		if !errors.As(err, &faults) || len(faults) != 1 || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %v, want %s", text, err, want)
		}
	}
}
