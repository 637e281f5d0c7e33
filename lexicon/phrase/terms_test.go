package phrase

import (
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"

	"jobsieve/text"
)

// TestTerms finds terms with each word in any of its forms.
func TestTerms(t *testing.T) {
	terms := []struct {
		pattern  string
		hinglish bool
	}{
		{"answer", false}, {"queries", false}, {"accounts", false}, {"जवाब देना", false}, {"ग्राहक", false}, {"नतीजे", false},
		{"phone karna", true}, {"sawal", true}, {"hana", true}, {"(sort|put) ..2 out", false}, {"लेना", false},
	}
	set := NewTerms()
	for i, term := range terms {
		if err := set.Add(term.pattern, term.hinglish, i); err != nil {
			t.Fatal(err)
		}
	}
	set.Done()
	for in, want := range map[string][]string{
		"Answering every query": {"answer=Answering", "queries=query"},
		"an account":            nil, // accounts is no plural of account
		"सवालों के जवाब देने होंगे":        {"जवाब देना=जवाब देने"},
		"ग्राहकों के नतीजों":               {"ग्राहक=ग्राहकों", "नतीजे=नतीजों"},
		"logon ke sawalon par phone karke": {"sawal=sawalon", "phone karna=phone karke"},
		"kaam hai":                         nil, // hai is no form of hana
		"sort the matter out":              {"(sort|put) ..2 out=sort the matter out"},
		"sort. Out":                        nil,
		"आपके लिए":                         nil, // लिए is no form of लेना here
	} {
		d := text.Parse(in)
		var got []string
		for _, f := range set.Find(d, nil) {
			got = append(got, fmt.Sprintf("%s=%s", terms[f.Value].pattern, d.Slice(f.First, f.End)))
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%q (-want +got):\n%s", in, diff)
		}
	}
	if err := set.Add("(a", false, 0); err == nil {
		t.Error("a pattern with a fault was taken")
	}
}
