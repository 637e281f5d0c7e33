package vacancy

import (
	"math/rand"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestGroup(t *testing.T) {
	pune, goa, open := Guards{Cities: []string{"Pune"}}, Guards{Cities: []string{"Goa"}}, Guards{}
	for name, c := range map[string]struct {
		members Members
		edges   []Edge
		decided Decisions
		want    []int
	}{
		"alone":      {Members{open, open}, nil, Decisions{}, []int{0, 1}},
		"a chain":    {Members{open, open, open}, []Edge{{0, 1, 0.9}, {2, 1, 0.8}}, Decisions{}, []int{0, 0, 0}},
		"two chains": {Members{open, open, open, open}, []Edge{{0, 2, 0.9}, {3, 1, 0.9}}, Decisions{}, []int{0, 1, 0, 1}},
		// What is open joins the more alike of two that differ, and doesn't unite them.
		"between two cities": {Members{pune, open, goa}, []Edge{{0, 1, 0.8}, {1, 2, 0.9}}, Decisions{}, []int{0, 1, 1}},
		"alike as much":      {Members{pune, open, goa}, []Edge{{0, 1, 0.9}, {1, 2, 0.9}}, Decisions{}, []int{0, 0, 2}},
		"kept apart": {
			Members{open, open, open}, []Edge{{0, 1, 1}, {1, 2, 0.9}, {0, 2, 0.9}}, Decisions{Apart: [][2]int{{0, 1}}}, []int{0, 1, 0},
		},
		"put together":            {Members{pune, goa}, nil, Decisions{Together: [][2]int{{0, 1}}}, []int{0, 0}},
		"beside one put together": {Members{pune, pune, goa}, []Edge{{0, 1, 1}}, Decisions{Together: [][2]int{{1, 2}}}, []int{0, 0, 0}},
		"apart before together":   {Members{open, open}, nil, Decisions{[][2]int{{0, 1}}, [][2]int{{1, 0}}}, []int{0, 1}},
	} {
		t.Run(name, func(t *testing.T) {
			for range 10 {
				rand.Shuffle(len(c.edges), func(i, j int) { c.edges[i], c.edges[j] = c.edges[j], c.edges[i] })
				got := Group(c.members, c.edges, c.decided)
				if diff := cmp.Diff(c.want, got.First); diff != "" {
					t.Fatal(diff)
				}
				for i, at := range got.Joined {
					if (at < 0) != (got.First[i] == i) || at >= 0 && got.First[at] != got.First[i] {
						t.Errorf("%d joined %d: %+v", i, at, got)
					}
				}
			}
		})
	}
}
