package main

import (
	"regexp"
	"testing"

	"go.yaml.in/yaml/v4"

	root "jobsieve"
	"jobsieve/config"
	"jobsieve/crawler/ats"
)

// TestSourcesIndia wants of the directory of employers that it is right, that nothing in
// it is crawled unasked, and that the address above each board leads to that board.
func TestSourcesIndia(t *testing.T) {
	c, err := config.Load("../../sources.india.yaml", checks)
	if err != nil {
		t.Fatal(err)
	}
	if len(c.Sources) < 150 {
		t.Errorf("%d sources, want at least 150", len(c.Sources))
	}
	comments := headComments(t, root.SourcesIndia)
	names, boards := map[string]bool{}, map[ats.Board]string{}
	for i := range c.Sources {
		s := &c.Sources[i]
		if names[s.Name] {
			t.Errorf("%s is there twice", s.Name)
		}
		names[s.Name] = true
		if !s.Disabled {
			t.Errorf("%s is not disabled", s.Name)
		}
		if s.Company == "" || s.Schedule == "" {
			t.Errorf("%s has no company or no schedule", s.Name)
		}
		if !marked.MatchString(comments[s.Name]) {
			t.Errorf("%s does not say on which list it is and that it was not fetched: %q", s.Name, comments[s.Name])
		}
		if s.Kind != config.KindATS {
			continue
		}
		if _, ok := ats.Find(s.Platform); !ok {
			t.Errorf("%s: no platform %q", s.Name, s.Platform)
		}
		want := ats.Board{Platform: s.Platform, Account: s.Account, Site: s.Site, Base: s.URL}
		if other := boards[want]; other != "" {
			t.Errorf("%s has the board of %s", s.Name, other)
		}
		boards[want] = s.Name
		address := inComment.FindString(comments[s.Name])
		got, ok := ats.Recognise(address)
		if got.Own = false; !ok || got != want {
			t.Errorf("%s: %s leads to %+v, want %+v", s.Name, address, got, want)
		}
	}
}

var (
	inComment = regexp.MustCompile(`https://\S+`)
	marked    = regexp.MustCompile(`(?m)^# Lists? [A-E](, [A-E])*; not fetched here, 2026-11-26\.$`)
)

// headComments gives the comment above each source, by its name.
func headComments(t *testing.T, text string) map[string]string {
	t.Helper()
	var file yaml.Node
	if err := yaml.Unmarshal([]byte(text), &file); err != nil {
		t.Fatal(err)
	}
	out := map[string]string{}
	top := file.Content[0]
	for _, source := range top.Content[1].Content {
		out[source.Content[1].Value] = source.HeadComment
	}
	return out
}
