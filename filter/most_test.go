package filter

import (
	"fmt"
	"net/url"
	"strings"
	"testing"
)

// TestMost refuses what would cost too much to ask, and takes what its normal form makes
// longer.
func TestMost(t *testing.T) {
	many := func(n int) []string {
		out := make([]string, n)
		for i := range out {
			out[i] = fmt.Sprint("c", i)
		}
		return out
	}
	in := func(n int) []string { return []string{"company in (" + strings.Join(many(n), ",") + ")"} }
	for name, c := range map[string]struct {
		params url.Values
		want   string
	}{
		"words":            {url.Values{"text": {strings.Repeat("x", mostText+1)}}, "text: expected at most 2000 bytes, got 2001"},
		"bytes":            {url.Values{"text": {"\xff\xfe"}}, `text: expected text in UTF-8, got "\xff\xfe"`},
		"values":           {url.Values{"city": many(mostValues + 1)}, "city: expected at most 200 values, got 201"},
		"values not":       {url.Values{"not.city": many(mostValues + 1)}, "not.city: expected at most 200 values, got 201"},
		"a condition":      {url.Values{"where": in(mostValues + 1)}, "expected at most 200 values in brackets"},
		"as many as go":    {url.Values{"where": in(mostValues), "company": many(mostValues)}, ""},
		"without a blank":  {url.Values{"where": {"company=" + strings.Repeat("x", 200) + strings.Repeat(" or company=c", 700)}}, ""},
		"too many letters": {url.Values{"where": {strings.Repeat("x", mostBytes+1)}}, "expected at most 10000 letters, got 10001"},
	} {
		f, err := Parse(c.params, Book{})
		if c.want == "" && err == nil {
			_, err = Parse(f.Values(), Book{})
		}
		if got := fmt.Sprint(err); (c.want == "") != (err == nil) || !strings.Contains(got, c.want) {
			t.Errorf("%s: %.200s, want %s", name, got, c.want)
		}
	}
}
