package desk

import (
	"testing"

	"jobsieve/internal/corpus"
	"jobsieve/internal/realtest"
	"jobsieve/job"
	"jobsieve/pipeline"
	"jobsieve/sampleboard"
)

// TestEveryCriterionIsAtWork wants every criterion to have a rule that matches
// in our own texts, and every rule to match somewhere in them or in the real
// postings.
func TestEveryCriterionIsAtWork(t *testing.T) {
	r, err := pipeline.NewReader("", nil)
	if err != nil {
		t.Fatal(err)
	}
	c := NewCoverage(r)
	for _, p := range ownPostings(t) {
		c.Add(&p, "")
	}
	for _, u := range c.Criteria() {
		if u.Postings == 0 {
			t.Errorf("%s matches in none of our %d texts", u.ID, c.Postings)
		}
	}
	postings := realtest.Postings(t)
	for i := range postings {
		c.Add(&postings[i], "")
	}
	for _, u := range c.Rules() {
		if u.Postings == 0 {
			t.Errorf("rule %s matches in none of %d postings", u.ID, c.Postings)
		}
	}
}

func ownPostings(t *testing.T) []job.Posting {
	t.Helper()
	board, err := sampleboard.Postings()
	if err != nil {
		t.Fatal(err)
	}
	ads, err := corpus.Ads()
	if err != nil {
		t.Fatal(err)
	}
	gold, err := corpus.Gold()
	if err != nil {
		t.Fatal(err)
	}
	var out []job.Posting
	for i := range board {
		out = append(out, board[i].Job())
	}
	for i := range ads {
		out = append(out, ads[i].Job())
	}
	for i := range gold {
		out = append(out, gold[i].Posting())
	}
	return out
}
