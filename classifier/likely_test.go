package classifier

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"jobsieve/job"
	"jobsieve/text"
)

// TestAddLikely gives words a share of all points, but never to a label that no rule
// speaks for, and nothing where rules speak for a label that the words do not know.
func TestAddLikely(t *testing.T) {
	l := &likely{sides: []float64{0.5, 0.3, 0.2, 0}}
	for name, tt := range map[string]struct {
		functions [3]float64
		likely    *likely
		want      [4]float64 // other work, and the three sides
	}{
		"all":              {[3]float64{1, 1, 0}, l, [4]float64{1.5, 0.9, 0.6, 0}},
		"a label unspoken": {[3]float64{2, 0, 0}, l, [4]float64{1.5, 0.9, 0, 0}},
		"a label unknown":  {[3]float64{1, 0, 1}, l, [4]float64{}},
		"no words known":   {[3]float64{1, 1, 0}, nil, [4]float64{}},
	} {
		t.Run(name, func(t *testing.T) {
			c := &Classifier{learntOf: []int{2, 0, 1, -1}, scoring: scoring{Likeness: 1}}
			contest := contest{neither: 1}
			var sides []side
			for i, v := range tt.functions {
				sides = append(sides, side{at: i + 1, functions: v})
			}
			c.addLikely(&contest, sides, tt.likely)
			got := [4]float64{contest.liked}
			for i := range sides {
				got[i+1] = sides[i].liked
			}
			if diff := cmp.Diff(tt.want, got, cmpopts.EquateApprox(0, 1e-9)); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// TestLikeliest chooses a function of a label by what rules and words say.
func TestLikeliest(t *testing.T) {
	l := &likely{works: func(numbers []int) (out []float64) {
		for _, n := range numbers {
			out = append(out, []float64{0.2, 0.6, 0.2}[n])
		}
		return out
	}}
	side := &workSide{works: []int{0, 1, 2}}
	for name, tt := range map[string]struct {
		totals []float64
		as     []int
		likely *likely
		want   int
	}{
		"near":             {[]float64{1, 0.8, 0}, []int{0, 1, 2}, l, 1},
		"clear":            {[]float64{1, 0.1, 0}, []int{0, 1, 2}, l, 0},
		"one":              {[]float64{0, 0, 1}, []int{0, 1, 2}, l, 2},
		"an unknown one":   {[]float64{1, 0.8, 0}, []int{-1, 1, 2}, l, 0},
		"no words known":   {[]float64{1, 0.8, 0}, []int{0, 1, 2}, nil, 0},
		"unknown but mute": {[]float64{1, 0.8, 0}, []int{0, 1, -1}, l, 1},
	} {
		t.Run(name, func(t *testing.T) {
			c := &Classifier{learntAs: tt.as, scoring: scoring{Functions: 0.8}}
			strongest := slices.Index(tt.totals, slices.Max(tt.totals))
			if got := c.likeliest(strongest, tt.totals, side, tt.likely); got != tt.want {
				t.Errorf("%d, want %d", got, tt.want)
			}
		})
	}
}

// TestLikely says what the words of a posting make likely, and nothing where the
// scoring leaves them out.
func TestLikely(t *testing.T) {
	c, err := New("")
	if err != nil {
		t.Fatal(err)
	}
	texts := map[job.Field]string{job.FieldTitle: "Telecaller", job.FieldDescription: "Call customers all day."}
	docs := func(f job.Field) *text.Doc { return text.Parse(texts[f]) }
	first := c.Likely(docs)[0]
	if first.Label != job.BPO || first.Share < 0.5 || len(first.Words) != tellingWords {
		t.Errorf("%+v", first)
	}
	c.learnt = nil
	if got := c.Likely(docs); got != nil {
		t.Errorf("%+v", got)
	}
}
