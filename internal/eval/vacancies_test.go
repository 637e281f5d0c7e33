package eval_test

import (
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"jobsieve/crawler/rows"
	"jobsieve/internal/corpus"
	"jobsieve/internal/sharedtest"
	"jobsieve/pipeline"
	"jobsieve/vacancy"
)

var recordVacancies = flag.Bool("record-vacancies", false, "score the newest set of judged pairs for the first time, and keep how it went")

const vacancyContact = "../corpus/vacancies/first-contact.json"

const vacanciesHead = `# Which postings are the same vacancy

Written by ` + "`make eval`" + `, where the real postings are.

Pairs of real postings were drawn, half of them at random among pairs that share words, title or employer, half where the
score was least sure. A person who didn't know the program read both postings of each pair and said whether they are the same
vacancy, linked (one advertisement for several cities, shifts or processes) or different. Thresholds were set on the first set;
each other set was closed until the rules of its day stood, and scored once. Those rows are never computed again. Afterwards
a set teaches: its row of today is no test. Most pairs of which the person could not tell are cards without a text: same title,
employer and city, which may be one vacancy posted again or several.

Of set 5 and those after it the random half was drawn in equal parts among cards and texts, with and without a shared key. Of the
220 pairs of set 7 the person was sure of 193. Merged wrongly, and unsurely, are two cards of which one's pay is within the other's,
one text under a grade alone with other skills beside it, and two cards with other skills. Missed, as unsurely, are a text that was
changed, under a grade more and a city less, and a card under a grade alone of which one title names the city too. Set 8
was judged by two people before it was scored; of its 220 pairs they differ on one. Nothing was merged wrongly at first contact, and
what was missed are mostly texts that were shortened or written anew and two consultancies' copies of one text.

Cards under a grade alone are called the same by the people of all sets but 4, who called 6 pairs of them different, unsurely; these
are all that is merged wrongly in sets 1 to 6 by the rules of today but one more card of that set.

Found are the pairs that would be merged: they share a key, and are the same by likeness and guards.

`

const readersHead = `
Another person judged three of the sets too, not knowing what the first one said. Agreed is on how many of the pairs, as a part of
them, both call them the same or neither does. Of the 13 others of sets 5 and 6 five are cards; the rest are variants above one text, and ranges of
years that differ above nearly one text. By the rules of today:

| set | n | agreed | precision, second person | recall, second person | precision, agreed | recall, agreed |
|---|---|---|---|---|---|---|
`

// pairScore counts how pairs were found. Of is how many the person called same.
type pairScore struct {
	Set   int    `json:"set"`
	Date  string `json:"date"`
	Sure  bool   `json:"sure"` // pairs of which the person could not tell are left out
	Pairs int    `json:"pairs"`
	Of    int    `json:"same"`
	Found int    `json:"found"`
	Right int    `json:"right"`
	// Linked counts pairs that the person called linked and that were merged.
	Linked int `json:"linked_merged"`
}

// row is a row of the table.
func (s *pairScore) row() string {
	who := "all"
	if s.Sure {
		who = "sure"
	}
	return fmt.Sprintf("| %d, %s | %s | %d | %d | %d | %s | %s | %d |\n", s.Set, who, s.Date, s.Pairs, s.Of, s.Found,
		s.precision(), s.recall(), s.Linked)
}

// TestVacancies scores which pairs of real postings would be merged.
func TestVacancies(t *testing.T) {
	traits := realTraits(t)
	met := firstVacancies(t)
	newest := met[len(met)-1].Set
	if *recordVacancies {
		if newest == corpus.JudgedSets {
			t.Fatalf("set %d was met before", newest)
		}
		for _, s := range scorePairs(t, traits, corpus.JudgedSets) {
			s.Date = time.Now().Format(time.DateOnly)
			met = append(met, s)
		}
		body, err := json.MarshalIndent(met, "", "\t")
		if err = errors.Join(err, os.WriteFile(vacancyContact, append(body, '\n'), 0o644)); err != nil {
			t.Fatal(err)
		}
	} else if newest < corpus.JudgedSets {
		t.Fatalf("set %d was not met yet: -args -record-vacancies scores it, once", corpus.JudgedSets)
	}
	const columns = "| set | date | n | same | found | precision | recall | linked but found |\n|---|---|---|---|---|---|---|---|\n"
	table := "At first contact:\n\n" + columns
	for i := range met {
		table += met[i].row()
	}
	table += "\nToday:\n\n" + columns
	for set := range corpus.JudgedSets {
		for _, s := range scorePairs(t, traits, set+1) {
			table += s.row()
		}
	}
	compare(t, "scoreboard-vacancies.md", vacanciesHead+table+readersTable(t, traits))
}

func firstVacancies(t *testing.T) (met []pairScore) {
	t.Helper()
	body, err := os.ReadFile(vacancyContact)
	if err = errors.Join(err, json.Unmarshal(body, &met)); err != nil {
		t.Fatal(err)
	}
	return met
}

// scorePairs scores a set: all of its pairs, and those of which the person was sure.
func scorePairs(t *testing.T, traits map[string]vacancy.Traits, set int) [2]pairScore {
	t.Helper()
	pairs := judgedPairs(t, set, corpus.JudgedPairs)
	scores := [2]pairScore{{Set: set, Date: "today"}, {Set: set, Date: "today", Sure: true}}
	for _, p := range pairs {
		l, found := foundPair(t, traits, &p)
		scores[0].count(found, p.Verdict)
		if !p.Unsure() {
			scores[1].count(found, p.Verdict)
		}
		if same := p.Verdict == "same"; found != same && *show != "" {
			t.Logf("%s %s: %s, found %v: %.2f %.2f %.2f %v; %s", p.A, p.B, p.Verdict, found, l.Text, l.Title, l.Employer,
				l.Against, p.Reason)
		}
	}
	return scores
}

func judgedPairs(t *testing.T, set int, read func(int) ([]corpus.JudgedPair, error)) []corpus.JudgedPair {
	t.Helper()
	pairs, err := read(set)
	if err != nil {
		t.Fatal(err)
	}
	return pairs
}

// foundPair compares a pair, and says whether it would be merged.
func foundPair(t *testing.T, traits map[string]vacancy.Traits, p *corpus.JudgedPair) (l vacancy.Likeness, found bool) {
	t.Helper()
	a, okA := traits[p.A]
	b, okB := traits[p.B]
	if !okA || !okB {
		t.Fatalf("%s and %s: not both are there", p.A, p.B)
	}
	l = vacancy.Compare(&a, &b)
	return l, l.Verdict == vacancy.Same && sharesKey(&a, &b)
}

// readersTable says how far two people agree about pairs of the same vacancy, and scores those
// on which they do.
func readersTable(t *testing.T, traits map[string]vacancy.Traits) string {
	t.Helper()
	table := readersHead
	for _, set := range corpus.JudgedTwice {
		second := judgedPairs(t, set, corpus.SecondPairs)
		var agreed, other pairScore
		for i, p := range judgedPairs(t, set, corpus.JudgedPairs) {
			if second[i].A != p.A || second[i].B != p.B {
				t.Fatalf("set %d: pair %d isn't the same for both people", set, i+1)
			}
			_, found := foundPair(t, traits, &p)
			other.count(found, second[i].Verdict)
			if (p.Verdict == "same") == (second[i].Verdict == "same") {
				agreed.count(found, p.Verdict)
			}
		}
		table += fmt.Sprintf("| %d | %d | %.3f | %s | %s | %s | %s |\n", set, other.Pairs, part(agreed.Pairs, other.Pairs),
			other.precision(), other.recall(), agreed.precision(), agreed.recall())
	}
	return table
}

func part(n, of int) float64 { return float64(n) / float64(max(1, of)) }

func (s *pairScore) precision() string { return fmt.Sprintf("%.3f", part(s.Right, s.Found)) }

func (s *pairScore) recall() string { return fmt.Sprintf("%.3f", part(s.Right, s.Of)) }

func (s *pairScore) count(found bool, verdict string) {
	s.Pairs++
	s.Of += one(verdict == "same")
	s.Found += one(found)
	s.Right += one(found && verdict == "same")
	s.Linked += one(found && verdict == "linked")
}

func one(yes bool) int {
	if yes {
		return 1
	}
	return 0
}

func sharesKey(a, b *vacancy.Traits) bool {
	keys := b.Keys()
	return slices.ContainsFunc(a.Keys(), func(k vacancy.Key) bool { return slices.Contains(keys, k) })
}

// realTraits gives the traits of all real postings, by their ids.
func realTraits(t *testing.T) map[string]vacancy.Traits {
	t.Helper()
	reader, err := pipeline.NewReader("", nil)
	if err != nil {
		t.Fatal(err)
	}
	out := map[string]vacancy.Traits{}
	for _, file := range []string{"postings.jsonl", "postings_other_origins.jsonl"} {
		body, err := os.ReadFile(filepath.Join(sharedtest.Dir(t), "data", file))
		if err != nil {
			t.Fatal(err)
		}
		_, err = rows.Each(context.Background(), strings.NewReader(string(body)), rows.Options{}, func(row rows.Row, err error) error {
			if err == nil {
				r := reader.Read(&row.Posting)
				out[row.Posting.ID] = vacancy.TraitsOf(&row.Posting, &r.Facts, &r.Pay)
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	return out
}
