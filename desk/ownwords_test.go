package desk

import (
	"os"
	"path/filepath"
	"testing"
	"time"

	"jobsieve/filter"
	"jobsieve/job"
)

// ownWords are lists that somebody laid over those that come with the program.
const ownWords = `lists:
  - {name: role.telecaller, add: true, en: [phonewala~, ring master]}
  - {name: shift-night, add: true, en: [hours of owls]}
  - {name: role.silversmith, kind: concepts, means: People who work silver., en: [silversmith~], hi: [सुनार]}
`

// TestOwnWords asks with somebody's own words, of an index whose documents were read
// without them.
func TestOwnWords(t *testing.T) {
	d := testDesk(t,
		job.Posting{ID: "1", Source: "a", Title: "Telecaller", Description: "Raat mein kaam."},
		job.Posting{ID: "2", Source: "a", Title: "Phonewala wanted"},
		job.Posting{ID: "3", Source: "a", Title: "Helper", Description: "Be our ring master on the lines."},
		job.Posting{ID: "4", Source: "a", Title: "सुनार चाहिए"},
		job.Posting{ID: "5", Source: "a", Title: "Guard", Description: "Night shift."},
		job.Posting{ID: "6", Source: "a", Title: "Cook", Description: "Cook lunch."},
	)
	deliver(t, d)
	questions := map[string]struct{ without, with int }{
		"telecaller":               {1, 3},
		"phonewalas":               {1, 3},
		"silversmith":              {0, 1},
		"guard, hours of owls":     {0, 1},
		`telecaller "ring master"`: {0, 1},
	}
	find := func(text string) int {
		t.Helper()
		a, err := d.Search(t.Context(), &filter.Filter{Text: text}, Page{Limit: 1}, time.Second)
		if err != nil {
			t.Fatal(err)
		}
		if a.Less > 0 {
			return 0
		}
		return a.Total
	}
	for text, want := range questions {
		if got := find(text); got != want.without {
			t.Errorf("%q without own words: %d postings, want %d", text, got, want.without)
		}
	}
	folder := t.TempDir()
	if err := os.WriteFile(filepath.Join(folder, "words.yaml"), []byte(ownWords), 0o600); err != nil {
		t.Fatal(err)
	}
	d = &Desk{Dir: d.Dir, Config: d.Config, Index: d.Index}
	d.Config.Rules = folder
	for text, want := range questions {
		if got := find(text); got != want.with {
			t.Errorf("%q with own words: %d postings, want %d", text, got, want.with)
		}
	}
}
