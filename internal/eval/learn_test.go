package eval_test

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"

	"jobsieve/classifier/likeness"
	"jobsieve/internal/corpus"
	"jobsieve/internal/eval"
	"jobsieve/job"
	"jobsieve/pipeline"
)

const learntFile = "../../classifier/likeness/words.tsv"

// leastPostings is in how many of the postings a word must stand to be learnt.
const leastPostings = 3

// learningItems gives what the words are learnt from: the postings that are there
// for it, and the rounds that have been met.
func learningItems(t *testing.T) (items []eval.Item) {
	t.Helper()
	given, err := corpus.Learning()
	if err != nil {
		t.Fatal(err)
	}
	whole := roundOf(t, &corpus.Round{Items: given}, realPostings(t))
	items = whole.Items()
	met, err := eval.ReadMeetings(firstContacts)
	if err != nil {
		t.Fatal(err)
	}
	rounds, _ := roundsOf(t)
	for i := range rounds {
		for _, m := range met {
			if m.Round == rounds[i].N {
				items = append(items, rounds[i].Items()...)
			}
		}
	}
	return items
}

// learn learns the words of items.
func learn(r *pipeline.Reader, items []eval.Item) *likeness.Model {
	docs := make([][]string, len(items))
	labels, functions := make([]string, len(items)), make([]string, len(items))
	for i := range items {
		p := items[i].Posting
		parsed, _, _ := r.Parts(&p)
		r.Classifier().Words(parsed, func(norm string, title bool) {
			word, stem := likeness.Terms(norm, title)
			docs[i] = append(docs[i], word, stem)
		})
		labels[i] = string(items[i].Label)
		if items[i].Label != job.Unclassified {
			functions[i] = string(items[i].Functions[0])
		}
	}
	return likeness.Train(docs, leastPostings, labels, functions)
}

// TestLearn checks that the words were learnt from as many postings as there are;
// -update learns them anew.
func TestLearn(t *testing.T) {
	items := learningItems(t)
	if *update {
		own := t.TempDir() // so that a file that can't be read is no hindrance
		if err := os.WriteFile(filepath.Join(own, "own.yaml"), []byte("scoring: {likeness: 0}\n"), 0o600); err != nil {
			t.Fatal(err)
		}
		r, err := pipeline.NewReader(own, nil)
		if err != nil {
			t.Fatal(err)
		}
		var file bytes.Buffer
		if err := learn(r, items).Write(&file); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(learntFile, file.Bytes(), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	file, err := os.ReadFile(learntFile)
	if err != nil {
		t.Fatal(err)
	}
	m, err := likeness.Read(file)
	if err != nil {
		t.Fatal(err)
	}
	if m.Docs() != len(items) {
		t.Errorf("the words are learnt from %d postings, there are %d: make learn", m.Docs(), len(items))
	}
}
