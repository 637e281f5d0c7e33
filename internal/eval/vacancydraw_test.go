package eval_test

import (
	"bytes"
	"cmp"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"maps"
	"math"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"jobsieve/internal/corpus"
	"jobsieve/internal/sharedtest"
	"jobsieve/vacancy"
)

var (
	drawVacancies = flag.String("draw-vacancies", "", "write a set of pairs to judge to this file, as JSON lines")
	drawSet       = flag.Int("draw-set", corpus.JudgedSets+1, "which set: no pair of those before it is drawn")
	drawSeed      = flag.Uint64("draw-seed", 0, "where chance begins: the same seed, rules and postings draw the same set")
)

// vacancyLearnt has pairs that whoever wrote the rules judged while doing it: they are not drawn.
const vacancyLearnt = "../corpus/vacancies/learnt.tsv"

// How many pairs a set has, and how many of the first postings under a key are met.
const (
	drawnPairs   = 220
	drawnPartner = 8
)

// candidate is a pair of postings that may be drawn.
type candidate struct {
	a, b     string
	likeness vacancy.Likeness
	texts    int // how many of the two have a text
	key      bool
}

// TestDrawVacancies draws a set of pairs, where a file is asked for: half of them at random, in
// equal parts among texts and others, with and without a shared key, and half where the
// likeness is least sure. What a pair scores is not written.
func TestDrawVacancies(t *testing.T) {
	if *drawVacancies == "" {
		t.Skip("-args -draw-vacancies FILE -draw-seed N draws a set")
	}
	traits := realTraits(t)
	chance := rand.New(rand.NewPCG(*drawSeed, 0))
	judged, start := judgedBefore(t)
	pairs := drawn(candidates(traits, judged), chance)
	postings := writtenPostings(t)
	var out bytes.Buffer
	for i, p := range pairs {
		if chance.IntN(2) == 0 {
			p.a, p.b = p.b, p.a
		}
		line := map[string]any{"pair": start + i, "id_a": p.a, "id_b": p.b, "a": postings[p.a], "b": postings[p.b]}
		if err := json.NewEncoder(&out).Encode(line); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.WriteFile(*drawVacancies, out.Bytes(), 0o644); err != nil {
		t.Fatal(err)
	}
}

// judgedBefore gives the pairs of earlier sets and those of vacancyLearnt, and the number of the
// first pair of the set.
func judgedBefore(t *testing.T) (judged map[[2]string]bool, start int) {
	t.Helper()
	judged, start = map[[2]string]bool{}, 1
	add := func(a, b string) { judged[[2]string{min(a, b), max(a, b)}] = true }
	for set := 1; set < *drawSet; set++ {
		pairs, err := corpus.JudgedPairs(set)
		if err != nil {
			t.Fatal(err)
		}
		start += len(pairs)
		for _, p := range pairs {
			add(p.A, p.B)
		}
	}
	body, err := os.ReadFile(vacancyLearnt)
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(string(body)) {
		cells := strings.Split(line, "\t")
		add(cells[1], cells[2])
	}
	return judged, start
}

// candidates gives pairs that share a key, the title and the employer, or, with a text, the
// title or the employer and the cities.
func candidates(traits map[string]vacancy.Traits, judged map[[2]string]bool) (out []candidate) {
	first := map[string][]string{}
	for _, id := range slices.Sorted(maps.Keys(traits)) {
		b := traits[id]
		met := map[string]bool{}
		for _, key := range drawingKeys(&b) {
			for _, other := range first[key] {
				if met[other] || judged[[2]string{other, id}] {
					continue
				}
				met[other] = true
				a := traits[other]
				out = append(out, candidate{other, id, vacancy.Compare(&a, &b), one(a.HasText()) + one(b.HasText()), sharesKey(&a, &b)})
			}
			if len(first[key]) < drawnPartner {
				first[key] = append(first[key], id)
			}
		}
	}
	return out
}

func drawingKeys(t *vacancy.Traits) (out []string) {
	for _, key := range t.Keys() {
		out = append(out, fmt.Sprint("key ", key))
	}
	words := strings.Fields(t.Employer)
	employer, title := strings.Join(words[:min(2, len(words))], " "), strings.Join(t.Title, " ")
	if employer != "" && title != "" {
		out = append(out, "both "+title+"|"+employer)
	}
	if !t.HasText() {
		return out
	}
	if title != "" {
		out = append(out, "title "+title)
	}
	if employer != "" {
		out = append(out, "employer "+employer+"|"+strings.Join(t.Guards.Cities, "|"))
	}
	return out
}

// drawn draws a set in random order.
func drawn(all []candidate, chance *rand.Rand) (out []candidate) {
	const half, eighth = drawnPairs / 2, drawnPairs / 8
	var parts [4][]candidate
	for _, c := range all {
		part := 2*one(c.texts == 2) + one(c.key)
		parts[part] = append(parts[part], c)
	}
	taken := map[[2]string]bool{}
	take := func(from []candidate, n int) {
		for _, i := range chance.Perm(len(from))[:n] {
			out = append(out, from[i])
			taken[[2]string{from[i].a, from[i].b}] = true
		}
	}
	for i, n := range []int{eighth, half - 3*eighth, eighth, eighth} {
		take(parts[i], n)
	}
	var texts, cards []candidate
	for _, c := range all {
		switch {
		case taken[[2]string{c.a, c.b}]:
		case c.texts == 2:
			texts = append(texts, c)
		case c.key && c.margin() < 1:
			cards = append(cards, c)
		}
	}
	slices.SortStableFunc(texts, func(a, b candidate) int { return cmp.Compare(a.margin(), b.margin()) })
	take(texts[:drawnPairs], half/2)
	take(cards, drawnPairs-half-half/2)
	chance.Shuffle(len(out), func(i, j int) { out[i], out[j] = out[j], out[i] })
	return out
}

// margin says how far a likeness is from a threshold; far, where it decides nothing.
func (c *candidate) margin() float64 {
	const far, card, text, title, sameEmployer, nearText = 9, 0.1, 0.68, 0.65, 0.8, 0.6
	l := &c.likeness
	switch {
	case len(l.Against) > 1:
		return far
	case c.texts == 2 && l.Title < 1 && l.Text > nearText:
		return min(math.Abs(l.Text-text), math.Abs(l.Title-title))
	case c.texts == 2:
		return math.Abs(l.Text - text)
	case l.Title == 1 && (c.texts == 1 || l.Employer >= sameEmployer):
		return card
	}
	return far
}

// writtenPostings gives what is shown of real postings, by their ids.
func writtenPostings(t *testing.T) map[string]map[string]string {
	t.Helper()
	fields := strings.Fields("id title company location salary experience skills posted source url description")
	out := map[string]map[string]string{}
	for _, file := range []string{"postings.jsonl", "postings_other_origins.jsonl"} {
		body, err := os.ReadFile(filepath.Join(sharedtest.Dir(t), "data", file))
		if err != nil {
			t.Fatal(err)
		}
		for line := range bytes.Lines(body) {
			var have map[string]any
			if err = errors.Join(err, json.Unmarshal(line, &have)); err != nil {
				t.Fatal(err)
			}
			id := fmt.Sprint(have["id"])
			shown := map[string]string{}
			for _, field := range fields {
				shown[field] = ""
				if v := have[field]; v != nil {
					shown[field] = fmt.Sprint(v)
				}
			}
			shown["source"] = cmp.Or(shown["source"], id[:strings.LastIndex(id, "-")])
			out[id] = shown
		}
	}
	return out
}
