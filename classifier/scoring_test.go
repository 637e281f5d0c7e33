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
		"scoring: {margin: 0.5}":                          func(s *scoring) { s.Margin = 0.5 },
		"scoring: {neither: 0}":                           func(s *scoring) { s.Neither = 0 },
		"scoring: {fields: {title: 4}}":                   func(s *scoring) { s.Fields["title"] = 4 },
		"scoring: {caps: {skills: 2}, repeats: [1, 0.5]}": func(s *scoring) { s.Caps["skills"] = 2; s.Repeats = []float64{1, 0.5} },
		"scoring: {}":                                     func(*scoring) {},
		"scoring:":                                        func(*scoring) {},
		"scoring: {score: null}":                          func(*scoring) {},
		"context: {others: [handled by others]}":          func(*scoring) {},
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
		"disable: []\nscoring:\n  margin: -1\n":  "own.yaml:3: scoring.margin: expected a number from 0",
		"scoring:\n  fields:\n    title: .nan\n": "own.yaml:3: scoring.fields.title: expected a number from 0",
		"scoring:\n  score: .inf\n":              "own.yaml:2: scoring.score: expected a number from 0",
		"scoring:\n  repeats: [1, -0.5]\n":       "own.yaml:2: scoring.repeats[2]: expected a number from 0",
		"scoring:\n  repeats: []\n":              "own.yaml:2: scoring.repeats: expected at least one",
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
