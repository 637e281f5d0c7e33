package corpus_test

import (
	"slices"
	"testing"

	"jobsieve/internal/corpus"
	"jobsieve/job"
)

// TestRoundsAreWhole wants each item once in all rounds, labelled, and with a text
// just where it is no real posting.
func TestRoundsAreWhole(t *testing.T) {
	rounds, err := corpus.Rounds()
	if err != nil {
		t.Fatal(err)
	}
	seen := map[string]bool{}
	for i, r := range rounds {
		if r.N != i+1 || len(r.Items) < 100 {
			t.Errorf("round %d, file %d: %d items, %d dropped", r.N, i+1, len(r.Items), r.Dropped)
		}
		for j := range r.Items {
			it := &r.Items[j]
			if it.ID == "" || seen[it.ID] {
				t.Errorf("id %q is empty or stands twice", it.ID)
			}
			seen[it.ID] = true
			if fault := faultOf(it); fault != "" {
				t.Errorf("%s: %s", it.ID, fault)
			}
		}
	}
	if len(rounds) == 0 {
		t.Error("no rounds")
	}
}

// TestLearningIsWhole wants each posting to be learnt from once, labelled, and in no
// round.
func TestLearningIsWhole(t *testing.T) {
	items, err := corpus.Learning()
	if err != nil {
		t.Fatal(err)
	}
	rounds, err := corpus.Rounds()
	if err != nil {
		t.Fatal(err)
	}
	seen := map[string]bool{}
	for _, r := range rounds {
		for i := range r.Items {
			seen[r.Items[i].ID] = true
		}
	}
	for i := range items {
		it := &items[i]
		if it.ID == "" || seen[it.ID] {
			t.Errorf("id %q is empty, stands twice, or in a round", it.ID)
		}
		seen[it.ID] = true
		if fault := faultOf(it); fault != "" {
			t.Errorf("%s: %s", it.ID, fault)
		}
	}
	if len(items) < 1000 {
		t.Errorf("%d postings to learn from", len(items))
	}
}

func faultOf(it *corpus.RoundItem) string {
	switch {
	case !slices.Contains([]job.Label{job.BPO, job.KPO, job.Unclassified}, it.Label):
		return "label"
	case len(it.Functions) == 0 || slices.Contains(it.Functions, ""):
		return "function"
	case it.Confidence < 1 || it.Confidence > 3:
		return "confidence"
	case !slices.Contains([]string{"", "hi", "hg", "en"}, it.Lang):
		return "language"
	case it.Real() != (it.Title == "") || it.Real() != (it.Description == ""):
		return "a real posting has no text here, an invented one has"
	}
	return ""
}
