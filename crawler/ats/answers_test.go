package ats

import (
	"encoding/json"
	"flag"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"jobsieve/job"
)

var update = flag.Bool("update", false, "write the golden files anew")

// answer is an invented answer of a platform: a list, and that of its first posting.
type answer struct {
	Platform string
	Board    Board
	List     body
	Detail   body
}

// body is JSON, or a page of HTML, which stands as a text.
type body []byte

func (b *body) UnmarshalJSON(value []byte) error {
	var page string
	if err := json.Unmarshal(value, &page); err == nil {
		*b = body(page)
		return nil
	}
	*b = slices.Clone(value)
	return nil
}

// read is what became of an answer.
type read struct {
	Postings []job.Posting
	// Whole is the first posting with its own answer.
	Whole   *job.Posting `json:",omitempty"`
	Details []string     `json:",omitempty"`
	Total   *int         `json:",omitempty"`
	Next    *Request     `json:",omitempty"`
	Leap    *Request     `json:",omitempty"`
	Faults  []string     `json:",omitempty"`
	Trouble string       `json:",omitempty"`
}

func readAnswer(t *testing.T, a *answer) read {
	t.Helper()
	c, ok := Find(a.Platform)
	if !ok {
		t.Fatalf("no platform %q", a.Platform)
	}
	p, err := c.Read(&a.Board, c.First(&a.Board), a.List)
	if err != nil {
		t.Fatal(err)
	}
	out := read{Postings: p.Postings, Total: p.Total, Next: p.Next, Leap: p.Leap, Faults: p.Faults, Trouble: p.Trouble}
	for _, d := range p.Details {
		if d == nil {
			d = &Request{}
		}
		out.Details = append(out.Details, d.URL)
	}
	if len(a.Detail) > 0 {
		whole := p.Postings[0]
		if err := c.Detail(&whole, a.Detail); err != nil {
			t.Fatal(err)
		}
		out.Whole = &whole
	}
	return out
}

// TestAnswers reads testdata/answers, which has all platforms: ids beyond 2^53 and
// those that are none, places, modes, pay in its periods, shapes that are not expected.
func TestAnswers(t *testing.T) {
	for _, platform := range append(Platforms(), "eightfold-pcsx") { // which has two forms
		t.Run(platform, func(t *testing.T) {
			path := filepath.Join("testdata", "answers", platform)
			a := answer{Platform: platform}
			if body, err := os.ReadFile(path + ".json"); err == nil {
				if err := json.Unmarshal(body, &a); err != nil {
					t.Fatal(err)
				}
			} else if a.List, err = os.ReadFile(path + ".xml"); err != nil {
				t.Fatal(err)
			}
			var got strings.Builder
			e := json.NewEncoder(&got)
			e.SetEscapeHTML(false)
			e.SetIndent("", "  ")
			if err := e.Encode(readAnswer(t, &a)); err != nil {
				t.Fatal(err)
			}
			if *update {
				if err := os.WriteFile(path+".golden", []byte(got.String()), 0o600); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(path + ".golden")
			if diff := cmp.Diff(string(want), got.String()); diff != "" || err != nil {
				t.Errorf("(-want +got), %v:\n%s", err, diff)
			}
		})
	}
}
