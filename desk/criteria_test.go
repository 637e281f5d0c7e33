package desk

import (
	"slices"
	"testing"

	"jobsieve/internal/corpus"
	"jobsieve/internal/realtest"
	"jobsieve/internal/sharedtest"
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
	postings := slices.Concat(realtest.Postings(t), otherPostings(t), laterPostings(t))
	for i := range postings {
		c.Add(&postings[i], "")
	}
	for _, u := range c.Rules() {
		if u.Postings == 0 {
			t.Errorf("rule %s matches in none of %d postings", u.ID, c.Postings)
		}
	}
}

// otherPostings are real ones of other origins.
func otherPostings(t *testing.T) (out []job.Posting) {
	t.Helper()
	for _, p := range sharedtest.Lines[job.Posting](t, "data/postings_other_origins.jsonl") {
		out = append(out, job.Posting{ID: p.ID, Title: p.Title, Skills: p.Skills, Description: p.Description})
	}
	return out
}

// laterPostings are our own texts that were written when there were rules: those of
// the rounds, those that are there to be learnt from, and the contrast cases.
func laterPostings(t *testing.T) (out []job.Posting) {
	t.Helper()
	items, err := corpus.Learning()
	if err != nil {
		t.Fatal(err)
	}
	rounds, err := corpus.Rounds()
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range rounds {
		items = append(items, r.Items...)
	}
	for i := range items {
		if !items[i].Real() {
			out = append(out, items[i].Posting())
		}
	}
	cases, err := corpus.Contrasts()
	if err != nil {
		t.Fatal(err)
	}
	for i := range cases {
		out = append(out, cases[i].With())
	}
	return out
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
