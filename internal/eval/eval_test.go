package eval_test

import (
	"encoding/json"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"jobsieve/internal/corpus"
	"jobsieve/internal/eval"
	"jobsieve/internal/sharedtest"
	"jobsieve/job"
	"jobsieve/pipeline"
	"jobsieve/sampleboard"
)

var (
	update = flag.Bool("update", false, "write the scoreboard anew")
	show   = flag.String("show", "", "list the disagreements of the sets whose name holds this")
)

type labelled struct {
	ID         string           `json:"id"`
	Label      job.Label        `json:"label"`
	Function   corpus.Functions `json:"function"`
	Confidence int              `json:"confidence"`
}

// set is a labelled set; a shared one stands in no file of ours but by its
// figures.
type set struct {
	name  string
	items []eval.Item
}

func own(t *testing.T) []set {
	t.Helper()
	gold, err := corpus.Gold()
	if err != nil {
		t.Fatal(err)
	}
	ads, err := corpus.Ads()
	if err != nil {
		t.Fatal(err)
	}
	board, err := sampleboard.Postings()
	if err != nil {
		t.Fatal(err)
	}
	sets := []set{{name: "Our own gold set"}, {name: "Advertisements in Hindi"}, {name: "Advertisements in Hinglish"}, {name: "Sample board"}}
	for i := range gold {
		g := &gold[i]
		sets[0].items = append(sets[0].items, eval.Item{ID: g.ID, Posting: g.Posting(), Label: g.Label, Functions: []job.Function{g.Function}, Confidence: g.Confidence})
	}
	add := func(to *set, p *sampleboard.Posting) {
		to.items = append(to.items, eval.Item{ID: p.ID, Posting: p.Job(), Label: p.Expect.Label, Functions: []job.Function{p.Expect.Function}, Confidence: 3})
	}
	for i := range ads {
		to := &sets[1]
		if strings.HasPrefix(ads[i].ID, "ad-hl") {
			to = &sets[2]
		}
		add(to, &ads[i])
	}
	for i := range board {
		add(&sets[3], &board[i])
	}
	return sets
}

// realSets gives the sets of real postings, which are labelled by id.
func realSets(t *testing.T) []set {
	t.Helper()
	postings := map[string]job.Posting{}
	for _, row := range sharedtest.Lines[row](t, "data/postings.jsonl") {
		postings[row.ID] = row.posting()
	}
	sets := []set{
		{name: "Real postings, development set"}, {name: "Real postings, drawn where the rules were unsure"},
		{name: "Hindi, Hinglish and mixed, development set"}, {name: "Real postings of other origins, development set"},
	}
	byID := func(to *set, list []labelled) {
		for _, l := range list {
			p, ok := postings[l.ID]
			if !ok {
				t.Fatalf("no posting %s", l.ID)
			}
			to.items = append(to.items, eval.Item{ID: l.ID, Posting: p, Label: l.Label, Functions: l.Function, Confidence: l.Confidence})
		}
	}
	byID(&sets[0], sharedtest.Lines[labelled](t, "gold/labels_dev.jsonl"))
	byID(&sets[1], realLabels(t))
	for _, g := range sharedtest.Lines[judged](t, "gold/hindi_dev.jsonl") {
		sets[2].items = append(sets[2].items, eval.Item{ID: g.ID, Posting: g.posting(), Label: g.Label, Functions: g.Function, Confidence: 3})
	}
	for _, g := range sharedtest.Lines[judged](t, "gold/labels_other_origins_dev.jsonl") {
		sets[3].items = append(sets[3].items, eval.Item{ID: g.ID, Posting: g.posting(), Label: g.Label, Functions: g.Function, Confidence: g.Confidence})
	}
	return sets
}

func realLabels(t *testing.T) []labelled {
	t.Helper()
	body, err := os.ReadFile("../corpus/real_labels.jsonl")
	if err != nil {
		t.Fatal(err)
	}
	var out []labelled
	dec := json.NewDecoder(strings.NewReader(string(body)))
	for dec.More() {
		var l labelled
		if err := dec.Decode(&l); err != nil {
			t.Fatal(err)
		}
		out = append(out, l)
	}
	return out
}

// row has the fields that the readers of the labels saw, and no others.
type row struct {
	ID, Source, Title, Company, Location, Experience, Salary, Skills, Description string
}

func (r *row) posting() job.Posting {
	return job.Posting{ID: r.ID, Source: r.Source, Title: r.Title, Company: r.Company, Location: r.Location, Experience: r.Experience, Salary: r.Salary, Skills: r.Skills, Description: r.Description}
}

// judged is a labelled posting that stands whole in its set.
type judged struct {
	row
	Label      job.Label
	Function   corpus.Functions
	Confidence int
}

// TestScoreboard scores every labelled set and compares the scores with the
// committed ones, docs/scoreboard.md: a change of the rules shows there, line
// by line. "make eval" writes it anew and lists the disagreements.
func TestScoreboard(t *testing.T) {
	scoreboard(t, "scoreboard.md", "# Labels against our own labelled texts\n\nWritten by `make eval`.\n", own(t))
}

// TestScoreboardOfRealPostings does the same for the real postings.
func TestScoreboardOfRealPostings(t *testing.T) {
	scoreboard(t, "scoreboard-real.md", "# Labels against labelled real postings\n\nWritten by `make eval`, where the real postings are. The rules were written against half a; half b was looked at "+
		"rarely. The words of labelled postings are learnt from these sets too: how good labels are on postings that were never seen, "+
		"[scoreboard-rounds.md](scoreboard-rounds.md) says.\n", realSets(t))
}

func scoreboard(t *testing.T, file, head string, sets []set) {
	t.Helper()
	r, err := pipeline.NewReader("", nil)
	if err != nil {
		t.Fatal(err)
	}
	body := head
	for _, s := range sets {
		for i := range s.items {
			p := s.items[i].Posting
			s.items[i].Verdict = r.Read(&p).Verdict
		}
		body += "\n" + eval.Report(s.name, r.Classifier().Labels(), s.items)
		if *show != "" && strings.Contains(s.name, *show) {
			t.Logf("%s\n%s", s.name, eval.Disagreements(s.items))
		}
	}
	compare(t, file, body)
}

// compare wants a file of docs to be body, or writes it anew.
func compare(t *testing.T, file, body string) {
	t.Helper()
	path := filepath.Join("../../docs", file)
	if *update {
		if err := os.WriteFile(path, []byte(body), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	committed, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if string(committed) != body {
		t.Errorf("the scores are no longer those of %s; see what got better or worse, and run \"make eval\":\n%s", path, firstDifference(string(committed), body))
	}
}

func firstDifference(a, b string) string {
	out := ""
	as, bs := strings.Split(a, "\n"), strings.Split(b, "\n")
	for i := range min(len(as), len(bs)) {
		if as[i] != bs[i] {
			out += "- " + as[i] + "\n+ " + bs[i] + "\n"
		}
	}
	return out
}

// TestHalfOfAnyTitle gives titles whose lower case has another length.
func TestHalfOfAnyTitle(t *testing.T) {
	for _, title := range []string{"", "\u212a", "\u212aeralam nurse", "İstanbul", strings.Repeat("Ⱥ", 39), "टेलीकॉलर " + strings.Repeat("\u212a", 40), "\xff"} {
		if h := eval.Half(&job.Posting{Title: title}); h != 0 && h != 1 {
			t.Errorf("%q: %d", title, h)
		}
	}
}
