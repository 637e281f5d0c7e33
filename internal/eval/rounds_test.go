package eval_test

import (
	"errors"
	"flag"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"jobsieve/internal/corpus"
	"jobsieve/internal/eval"
	"jobsieve/internal/sharedtest"
	"jobsieve/job"
	"jobsieve/pipeline"
)

var record = flag.Int("record", 0, "score the round of this number for the first time, and keep how it went")

const firstContacts = "../corpus/rounds/first-contact.jsonl"

const roundsHead = `# Labels at first contact

Written by ` + "`make eval`" + `, where the real postings are.

A round is a set that nobody saw while the rules were written: new advertisements, a third of them with traps and a
third without the usual words, and real postings. It is scored once before anybody looks at its misses; that row is
never computed again. Afterwards it may teach, and the second table is no longer a test. Dropped are items on which two
readers differed.

Figures are macro-F1 where nothing else is said. "Functions" is the share of right functions among the right labels
BPO and KPO. The linear model is a logistic regression on TF-IDF words and pairs of words, trained on all labelled items
of earlier date: what the labels are worth without rules. From round 9 on, and today, its weights are held to smaller ones.
`

// TestRounds writes how the rules did on the rounds that they have met. A round
// without a first contact is left alone, so that "make eval" gives nothing away.
func TestRounds(t *testing.T) {
	r, err := pipeline.NewReader("", nil)
	if err != nil {
		t.Fatal(err)
	}
	rounds, earlier := roundsOf(t)
	if *record != 0 {
		meetFirst(t, r, earlier, rounds, *record, firstContacts)
	}
	met, err := eval.ReadMeetings(firstContacts)
	if err != nil {
		t.Fatal(err)
	}
	var today []eval.Meeting
	var items []eval.Item
	for i := range rounds {
		if !slices.ContainsFunc(met, func(m eval.Meeting) bool { return m.Round == rounds[i].N }) {
			t.Logf("round %d has not been met: -record %d", rounds[i].N, rounds[i].N)
			continue
		}
		m := meet(r, earlier, rounds[:i+1])
		m.Date, m.Rules = "today", "today's"
		today = append(today, m)
		items = append(items, rounds[i].Items()...)
	}
	compare(t, "scoreboard-rounds.md", roundsHead+eval.MeetingTable("First contact", met)+
		eval.MeetingTable("Today", today)+eval.Calibration(items)+"\nAll rounds of the second table together.\n")
}

// meetFirst adds the first contact with round n to a file.
func meetFirst(t *testing.T, r *pipeline.Reader, earlier []eval.Item, rounds []eval.Round, n int, path string) {
	t.Helper()
	i := slices.IndexFunc(rounds, func(r eval.Round) bool { return r.N == n })
	if i < 0 {
		t.Fatalf("no round %d", n)
	}
	m := meet(r, earlier, rounds[:i+1])
	m.Date = time.Now().Format(time.DateOnly)
	if err := eval.AppendMeeting(path, &m); err != nil {
		t.Fatal(err)
	}
}

// meet scores the last of rounds, with a linear model of the rounds before it and
// of earlier items.
func meet(r *pipeline.Reader, earlier []eval.Item, rounds []eval.Round) eval.Meeting {
	before, last := rounds[:len(rounds)-1], &rounds[len(rounds)-1]
	known := slices.Clone(earlier)
	for i := range before {
		known = append(known, before[i].Items()...)
	}
	for _, part := range [][]eval.Item{last.Real, last.Hindi, last.Latin} {
		for i := range part {
			p := part[i].Posting
			part[i].Verdict = r.Read(&p).Verdict
		}
	}
	return eval.Meet(r.Classifier().Labels(), last, r.Classifier().Version(), eval.TrainLinear(known))
}

// roundsOf gives the rounds, and the labelled items that are older than all of
// them.
func roundsOf(t *testing.T) (rounds []eval.Round, earlier []eval.Item) {
	t.Helper()
	for _, s := range slices.Concat(own(t), realSets(t)) {
		earlier = append(earlier, s.items...)
	}
	return roundsWith(t, realPostings(t)), earlier
}

// roundsWith gives the rounds, whose real postings are among these.
func roundsWith(t *testing.T, postings map[string]job.Posting) (rounds []eval.Round) {
	t.Helper()
	given, err := corpus.Rounds()
	if err != nil {
		t.Fatal(err)
	}
	for i := range given {
		rounds = append(rounds, roundOf(t, &given[i], postings))
	}
	return rounds
}

// realPostings gives the real postings by id.
func realPostings(t *testing.T) map[string]job.Posting {
	t.Helper()
	postings := map[string]job.Posting{}
	for _, file := range []string{"data/postings.jsonl", "data/postings_other_origins.jsonl"} {
		for _, row := range sharedtest.Lines[row](t, file) {
			postings[row.ID] = row.posting()
		}
	}
	return postings
}

func roundOf(t *testing.T, given *corpus.Round, postings map[string]job.Posting) eval.Round {
	t.Helper()
	out := eval.Round{N: given.N, Dropped: given.Dropped}
	for i := range given.Items {
		g := &given.Items[i]
		it := eval.Item{
			ID: g.ID, Posting: g.Posting(), Label: g.Label, Functions: g.Functions, Confidence: g.Confidence,
		}
		switch {
		case g.Lang == "hi":
			out.Hindi = append(out.Hindi, it)
		case !g.Real():
			out.Latin = append(out.Latin, it)
		default:
			p, ok := postings[g.ID]
			if !ok {
				t.Fatalf("round %d: no posting %s", given.N, g.ID)
			}
			it.Posting = p
			out.Real = append(out.Real, it)
		}
	}
	return out
}

// TestMeetFirst meets an invented round, once.
func TestMeetFirst(t *testing.T) {
	r, err := pipeline.NewReader("", nil)
	if err != nil {
		t.Fatal(err)
	}
	items := toys()
	rounds := []eval.Round{{N: 1, Real: toys()}, {N: 2, Dropped: 1, Real: items[:3], Hindi: items[3:5], Latin: items[5:]}}
	path := filepath.Join(t.TempDir(), "first.jsonl")
	meetFirst(t, r, nil, rounds, 2, path)
	met, err := eval.ReadMeetings(path)
	if err != nil {
		t.Fatal(err)
	}
	if len(met) != 1 || met[0].Round != 2 || met[0].Items != 9 || met[0].Dropped != 1 || met[0].Linear != 1 ||
		met[0].Rules != r.Classifier().Version() {
		t.Errorf("%+v", met)
	}
	if _, err := time.Parse(time.DateOnly, met[0].Date); err != nil {
		t.Error(err)
	}
	before, _ := os.ReadFile(path)
	if err := eval.AppendMeeting(path, &met[0]); !errors.Is(err, eval.ErrMet) {
		t.Errorf("second meeting: %v", err)
	}
	if err := eval.AppendMeeting(path, &eval.Meeting{Round: 1}); err != nil {
		t.Error(err)
	}
	after, _ := os.ReadFile(path)
	if rest, ok := strings.CutPrefix(string(after), string(before)); !ok || strings.Count(rest, "\n") != 1 {
		t.Errorf("%q became %q", before, after)
	}
}

// TestMeet has one item that is wrong, one whose function is, and one that its
// readers were unsure of.
func TestMeet(t *testing.T) {
	item := func(want, got job.Label, fn job.Function, confidence int, margin float64) eval.Item {
		return eval.Item{
			Label: want, Functions: []job.Function{"a", "b"}, Confidence: confidence,
			Verdict: job.Verdict{Label: got, Function: fn, Margin: margin},
		}
	}
	r := eval.Round{
		N: 4, Dropped: 2,
		Real:  []eval.Item{item(job.BPO, job.BPO, "b", 3, 1), item(job.KPO, job.BPO, "a", 1, 0.05)},
		Hindi: []eval.Item{item(job.KPO, job.KPO, "c", 2, 0.7)},
		Latin: []eval.Item{item(job.Unclassified, job.Unclassified, job.FunctionNone, 3, 0.049)},
	}
	book := job.Labels{{Label: job.BPO}, {Label: job.KPO}, {Label: job.Unclassified}}
	linear := eval.TrainLinear([]eval.Item{{Label: job.BPO}})
	want := eval.Meeting{
		Round: 4, Items: 4, Dropped: 2, Rules: "v", MacroF1: 0.778, Accuracy: 0.75, PrecisionBPO: 0.5,
		PrecisionKPO: 1, Sure: 1, Real: 0.556, Hindi: 1, Latin: 1, Functions: 0.5, Linear: 0.133,
	}
	got := eval.Meet(book, &r, "v", linear)
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	row := "\n| 4 |  | 4 (2) | 0.778 | 0.750 | 0.500 / 1.000 | 1.000 | 0.556 | 1.000 | 1.000 | 0.500 | v | 0.133 |\n"
	if table := eval.MeetingTable("Today", []eval.Meeting{got}); !strings.HasSuffix(table, row) {
		t.Error(table)
	}
	rows := "| 0–0.05 | 1 | 1.000 |\n| 0.05–0.1 | 1 | 0.000 |\n| 0.1–0.2 | 0 | – |\n| 0.2–0.4 | 0 | – |\n" +
		"| 0.4–0.7 | 0 | – |\n| 0.7–1 | 2 | 1.000 |\n"
	if table := eval.Calibration(r.Items()); !strings.HasSuffix(table, rows) {
		t.Error(table)
	}
}
