package corpus_test

import (
	"bytes"
	"testing"

	"jobsieve/internal/corpus"
)

func TestCorpusIsWhole(t *testing.T) {
	ads, err := corpus.Ads()
	if err != nil {
		t.Fatal(err)
	}
	gold, err := corpus.Gold()
	if err != nil {
		t.Fatal(err)
	}
	contrasts, err := corpus.Contrasts()
	if err != nil {
		t.Fatal(err)
	}
	if len(ads) < 200 || len(gold) < 200 || len(contrasts) < 17*6 {
		t.Errorf("%d advertisements, %d labelled postings, %d contrast cases", len(ads), len(gold), len(contrasts))
	}
	seen := map[string]bool{}
	once := func(id string) {
		if id == "" || seen[id] {
			t.Errorf("id %q is empty or stands twice", id)
		}
		seen[id] = true
	}
	for i := range ads {
		once(ads[i].ID)
	}
	for i := range gold {
		once(gold[i].ID)
	}
	for i := range contrasts {
		c := &contrasts[i]
		once(c.ID)
		if with, without := c.With(), c.Without(); bytes.Equal(with.Hash(true), without.Hash(true)) {
			t.Errorf("%s: the sentence stands nowhere", c.ID)
		}
	}
}
