package trust_test

import (
	"os"
	"strings"
	"testing"

	"jobsieve/internal/sharedtest"
	"jobsieve/job"
	"jobsieve/trust"
)

// How the real postings write what is masked here.
var maskedElsewhere = strings.NewReplacer("[phone removed]", "xxxxxxxxxx", "[email removed]", "xxxxxxxxxxxxxx", "90000 00000", "xxxxxxxxxxx")

// realPostings gives the real postings of any origin, by id, in the form in which they are
// stored.
func realPostings(t *testing.T) map[string]*job.Posting {
	t.Helper()
	type row struct{ ID, Title, Company, Location, Experience, Salary, Skills, Description string }
	out := map[string]*job.Posting{}
	for _, file := range []string{"data/postings.jsonl", "data/postings_other_origins.jsonl"} {
		for _, r := range sharedtest.Lines[row](t, file) {
			out[r.ID] = &job.Posting{
				ID: r.ID, Title: r.Title, Company: r.Company, Location: r.Location, Experience: r.Experience,
				Salary: r.Salary, Skills: r.Skills, Description: maskedElsewhere.Replace(r.Description),
			}
		}
	}
	return out
}

// score is how often a signal was right.
type score struct{ found, missed, wrong int }

// TestJudged compares signals with the verdicts of a person who read every real posting
// that speaks of fees, deposits, charges or messengers: of no posting is anything
// wrong said, and none is missed. None of them asks for money, so that this says
// nothing of how many fees are found.
func TestJudged(t *testing.T) {
	postings, r := realPostings(t), reader(t)
	body, err := os.ReadFile("testdata/judged.tsv")
	if err != nil {
		t.Fatal(err)
	}
	scores := map[string]*score{}
	for _, line := range strings.Split(strings.TrimSpace(string(body)), "\n")[1:] {
		cells := strings.Split(line, "\t")
		if cells[1] == "test" {
			continue
		}
		p, ok := postings[cells[0]]
		if !ok {
			t.Errorf("judged.tsv: there is no posting %s", cells[0])
			continue
		}
		for i, k := range []trust.Kind{trust.Fee, trust.MessengerOnly} {
			key := cells[1] + " " + string(k)
			if scores[key] == nil {
				scores[key] = &score{}
			}
			got, want := said(r.Read(p), k), cells[2+i] == "yes"
			count(scores[key], len(got) > 0, want)
			if len(got) > 0 != want {
				t.Errorf("%s, %s: got %q, judged %s", cells[0], key, got, cells[2+i])
			}
		}
	}
	for key, s := range scores {
		t.Logf("%s: %d found, %d missed, %d wrong", key, s.found, s.missed, s.wrong)
	}
}

func count(s *score, got, want bool) {
	switch {
	case got && want:
		s.found++
	case got:
		s.wrong++
	case want:
		s.missed++
	}
}

// TestOthersAreSilent goes through all real postings: what is not judged speaks neither
// of charges nor of messengers, and gives no signal.
func TestOthersAreSilent(t *testing.T) {
	body, err := os.ReadFile("testdata/judged.tsv")
	if err != nil {
		t.Fatal(err)
	}
	r, n := reader(t), 0
	for id, p := range realPostings(t) {
		if got := r.Read(p); len(got) > 0 && !strings.Contains(string(body), id+"\t") {
			n++
			t.Logf("%s: %+v", id, got)
		}
	}
	if n > 0 {
		t.Errorf("%d postings that are not judged give signals", n)
	}
}
