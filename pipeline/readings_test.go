package pipeline

import (
	"fmt"
	"maps"
	"os"
	"slices"
	"strings"
	"testing"

	"jobsieve/internal/realtest"
	"jobsieve/job"
)

// TestReadingsOfRealPostings counts what is read of the real postings, pay by
// kind and shape, and compares the counts with docs/readings.md;
// JOBSIEVE_UPDATE writes it anew. A change of a reader shows there.
func TestReadingsOfRealPostings(t *testing.T) {
	r, err := NewReader("", nil)
	if err != nil {
		t.Fatal(err)
	}
	kinds, shapes, facts := map[string]int{}, map[string]int{}, map[string]int{}
	located, resolved := 0, 0
	postings := realtest.Postings(t)
	for i := range postings {
		p := &postings[i]
		got := r.Read(p)
		kinds[string(got.Pay.Kind)]++
		if got.Pay.Kind == job.PayOffer || got.Pay.Kind == job.PayEstimate {
			shapes[shapeOf(&got.Pay)]++
		}
		for _, fact := range got.Facts.Readings {
			facts[fact.Fact]++
		}
		if strings.TrimSpace(p.Location) != "" {
			located++
			if got.Facts.Mode == job.Opt(job.ModeRemote) || slices.ContainsFunc(got.Facts.Places, func(pl job.Place) bool { return pl.Country != "" }) {
				resolved++
			}
		}
	}
	var b strings.Builder
	b.WriteString("# What is read of 20,114 real postings\n\nWritten by `make eval`, where they are.\n")
	fmt.Fprintf(&b, "\n%d postings have a place; %d of them, %.2f %%, are resolved to a city, a state, a country or work from home.\n", located, resolved, 100*float64(resolved)/float64(located))
	for _, part := range []struct {
		title  string
		counts map[string]int
	}{{"Pay by kind", kinds}, {"Pay by shape", shapes}, {"Facts, by how often each is read", facts}} {
		fmt.Fprintf(&b, "\n## %s\n\n| what | postings |\n|---|---|\n", part.title)
		for _, k := range byCount(part.counts) {
			fmt.Fprintf(&b, "| %s | %d |\n", k, part.counts[k])
		}
	}
	if share := float64(resolved) / float64(located); share < 0.95 {
		t.Errorf("%.3f of the places are resolved, want 0.95", share)
	}
	path := "../docs/readings.md"
	if os.Getenv("JOBSIEVE_UPDATE") != "" {
		if err := os.WriteFile(path, []byte(b.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	committed, err := os.ReadFile(path)
	if err != nil || string(committed) != b.String() {
		t.Errorf("the counts are no longer those of %s: run \"make eval\" and look at the difference (%v)", path, err)
	}
}

func byCount(m map[string]int) []string {
	keys := slices.Collect(maps.Keys(m))
	slices.SortFunc(keys, func(a, b string) int {
		if m[a] != m[b] {
			return m[b] - m[a]
		}
		return strings.Compare(a, b)
	})
	return keys
}

// shapeOf describes how pay is stated, without its figures.
func shapeOf(p *job.Pay) string {
	sides := "one figure"
	switch {
	case p.Min == nil:
		sides = "at most"
	case p.Max == nil:
		sides = "at least"
	case *p.Min != *p.Max:
		sides = "range"
	}
	parts := []string{string(p.Kind), string(p.Field), sides, string(p.Currency), "a " + string(p.Period)}
	if p.PeriodInferred {
		parts = append(parts, "(inferred)")
	}
	if p.Basis != job.BasisUnspecified {
		parts = append(parts, string(p.Basis))
	}
	if p.VariablePercent != nil {
		parts = append(parts, "with a variable part")
	}
	if p.Incentives {
		parts = append(parts, "with incentives")
	}
	if p.Suspect {
		parts = append(parts, "suspect")
	}
	return strings.Join(parts, ", ")
}

// TestEveryReading checks the spans of everything read from the real postings.
func TestEveryReading(t *testing.T) {
	r, err := NewReader("", nil)
	if err != nil {
		t.Fatal(err)
	}
	postings := realtest.Postings(t)
	for i := range postings {
		reading := r.Read(&postings[i])
		checkReading(t, &postings[i], &reading)
	}
}
