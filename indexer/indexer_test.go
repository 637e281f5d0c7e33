package indexer

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestParseTerms(t *testing.T) {
	tests := []struct {
		in   string
		want []Term
	}{
		{"", nil},
		{"Voice process", []Term{{Words: []string{"voice"}}, {Words: []string{"process"}}}},
		{`"data entry" -typing`, []Term{{Words: []string{"data", "entry"}}, {Words: []string{"typing"}, Not: true}}},
		{`-"night shift"`, []Term{{Words: []string{"night", "shift"}, Not: true}}},
		{"BackOffice", []Term{{Words: []string{"back", "office"}}}},
		{"डेटा 15,000", []Term{{Words: []string{"डाटा"}}, {Words: []string{"15000"}}}},
		{"- *", nil},
	}
	for _, tt := range tests {
		got, err := ParseTerms(tt.in)
		if diff := cmp.Diff(tt.want, got); diff != "" || err != nil {
			t.Errorf("%q: %v (-want +got):\n%s", tt.in, err, diff)
		}
	}
	if _, err := ParseTerms(`"open`); err == nil {
		t.Error("a phrase without an end passes")
	}
}

func FuzzParseTerms(f *testing.F) {
	f.Add(`a "b c" -d`)
	f.Fuzz(func(t *testing.T, s string) {
		terms, err := ParseTerms(s)
		for _, term := range terms {
			if err == nil && len(term.Words) == 0 {
				t.Fatalf("a term without words in %q", s)
			}
		}
	})
}

func TestHighlight(t *testing.T) {
	long := "We are a team of many. Every day you will take calls of our customers in Pune, and now and then you will write a few lines to them, which is the greater part of the work that is to be done here, day and night. Calls are in Hindi."
	d := &Document{Title: "Voice Process", Description: long}
	terms, err := ParseTerms(`call "voice process"`)
	if err != nil {
		t.Fatal(err)
	}
	stem := func(s string) string {
		if s == "calls" {
			return "call"
		}
		return s
	}
	got := Highlight(d, terms, stem)
	var marked []string
	for _, field := range []string{"title", "description"} {
		for _, f := range got[field] {
			for _, s := range f.Spans {
				marked = append(marked, f.Text[s[0]:s[1]])
			}
		}
	}
	if diff := cmp.Diff([]string{"Voice Process", "calls", "Calls"}, marked); diff != "" {
		t.Error(diff)
	}
	if n := len(got["description"]); n != 2 {
		t.Errorf("%d fragments, want 2", n)
	}
}
