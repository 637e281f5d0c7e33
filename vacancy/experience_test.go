package vacancy

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"jobsieve/text"
)

// TestYearsIn reads the years that a text tells, and bounds what a hostile one makes of it.
func TestYearsIn(t *testing.T) {
	for body, want := range map[string][]int{
		"":                        nil,
		"5 days a week, year 2":   nil,
		"10+ years, or 3 yrs":     {3, 10},
		"3 to 5 years":            {3, 5},
		"3-5 Years of claims":     {3, 5},
		"2 or 3 years":            {3},
		"for 135 years, 1 yr":     {1},
		"nan years and inf years": nil,
		"9999999999999999999 yrs": nil,
		strings.Repeat("9 yr 8 yr 7 yr 6 yr 5 yr 4 yr 3 yr 2 yr 1 yr ", 9): {1, 2, 3, 4, 5, 6, 7, 8},
	} {
		if diff := cmp.Diff(want, yearsIn(text.Words(body))); diff != "" {
			t.Errorf("%q: %s", body, diff)
		}
	}
}
