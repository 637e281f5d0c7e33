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
// for it, the rounds that have been met, and the sets of real postings.
func learningItems(t *testing.T) (items []eval.Item) {
	t.Helper()
	given, err := corpus.Learning()
	if err != nil {
		t.Fatal(err)
	}
	postings := realPostings(t)
	whole := roundOf(t, &corpus.Round{Items: given}, postings)
	items = whole.Items()
	met, err := eval.ReadMeetings(firstContacts)
	if err != nil {
		t.Fatal(err)
	}
	rounds := roundsWith(t, postings)
	for i := range rounds {
		for _, m := range met {
			if m.Round == rounds[i].N {
				items = append(items, rounds[i].Items()...)
			}
		}
	}
	for _, s := range realSets(t) {
		items = append(items, s.items...)
	}
	return items
}

// lessons gives the words of items, their labels and their functions.
func lessons(r *pipeline.Reader, items []eval.Item) (docs [][]string, labels, functions []string) {
	docs = make([][]string, len(items))
	labels, functions = make([]string, len(items)), make([]string, len(items))
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
	return docs, labels, functions
}

// TestLearn checks that the words were learnt from the labelled postings as they are
// and are read today; -update learns them anew.
func TestLearn(t *testing.T) {
	own := t.TempDir() // so that a file that can't be read is no hindrance
	if err := os.WriteFile(filepath.Join(own, "own.yaml"), []byte("scoring: {likeness: 0}\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	r, err := pipeline.NewReader(own, nil)
	if err != nil {
		t.Fatal(err)
	}
	docs, labels, functions := lessons(r, learningItems(t))
	if *update {
		var file bytes.Buffer
		if err := likeness.Train(docs, leastPostings, labels, functions).Write(&file); err != nil {
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
	if want := likeness.Fingerprint(docs, labels, functions); m.From() != want {
		t.Errorf("%s was learnt from %s, the labelled postings are %s: make learn, then make eval", learntFile, m.From(), want)
	}
}
