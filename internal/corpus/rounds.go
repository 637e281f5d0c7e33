package corpus

import (
	"bytes"
	"embed"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"jobsieve/job"
)

var (
	//go:embed rounds/[0-9]*.jsonl
	rounds embed.FS
	//go:embed learning/written.jsonl
	learningWritten []byte
	//go:embed learning/real.jsonl
	learningReal []byte
)

// Learning gives labelled postings that are there to be learnt from: invented ones
// and real ones. Nothing is measured on them.
func Learning() ([]RoundItem, error) {
	written, err := decodeRound(learningWritten)
	if err != nil {
		return nil, fmt.Errorf("learning/written.jsonl: %w", err)
	}
	byID, err := decodeRound(learningReal)
	if err != nil {
		return nil, fmt.Errorf("learning/real.jsonl: %w", err)
	}
	return slices.Concat(written.Items, byID.Items), nil
}

// Round is a set that rules meet once before it teaches them anything.
type Round struct {
	// N numbers the rounds, from 1 on.
	N     int
	Items []RoundItem
	// Dropped counts the items that are left out because two readers gave them
	// different labels.
	Dropped int
}

// RoundItem is a labelled posting of a round: an invented one, or a real one,
// which stands here with its id and labels alone.
type RoundItem struct {
	ID string `json:"id"`
	// Lang is hi (Devanagari), hg (Hinglish) or en; empty for a real posting.
	Lang string `json:"lang"`
	// Kind is plain, bare (without the usual words) or trap; empty for a real
	// posting.
	Kind        string      `json:"kind"`
	Title       string      `json:"title"`
	Company     string      `json:"company"`
	Location    string      `json:"location"`
	Description string      `json:"description"`
	Label       job.Label   `json:"label"`
	Functions   Functions   `json:"function"`
	Confidence  int         `json:"confidence"`
	Dropped     []job.Label `json:"dropped"`
}

// Real reports whether the posting is a real one, to be looked up by its id.
func (r *RoundItem) Real() bool { return r.Lang == "" }

// Posting gives the fields that the readers see; those of a real posting are
// empty.
func (r *RoundItem) Posting() job.Posting {
	return job.Posting{
		ID: r.ID, Title: r.Title, Company: r.Company, Location: r.Location, Description: r.Description,
	}
}

// Functions is one function, or several where readings differed.
type Functions []job.Function

// UnmarshalJSON reads either.
func (f *Functions) UnmarshalJSON(b []byte) error {
	if b[0] == '[' {
		return json.Unmarshal(b, (*[]job.Function)(f))
	}
	*f = Functions{""}
	return json.Unmarshal(b, &(*f)[0])
}

// Rounds gives the rounds in their order.
func Rounds() ([]Round, error) {
	files, err := rounds.ReadDir("rounds")
	if err != nil {
		return nil, err
	}
	out := make([]Round, 0, len(files))
	for _, f := range files {
		body, err := rounds.ReadFile("rounds/" + f.Name())
		if err != nil {
			return nil, err
		}
		r, err := decodeRound(body)
		if err == nil {
			r.N, err = strconv.Atoi(strings.TrimSuffix(f.Name(), ".jsonl"))
		}
		if err != nil {
			return nil, fmt.Errorf("rounds/%s: %w", f.Name(), err)
		}
		out = append(out, r)
	}
	slices.SortFunc(out, func(a, b Round) int { return a.N - b.N })
	return out, nil
}

func decodeRound(body []byte) (r Round, err error) {
	dec := json.NewDecoder(bytes.NewReader(body))
	dec.DisallowUnknownFields()
	for dec.More() {
		var it RoundItem
		if err := dec.Decode(&it); err != nil {
			return r, fmt.Errorf("item %d: %w", len(r.Items)+r.Dropped+1, err)
		}
		if len(it.Dropped) > 0 {
			r.Dropped++
			continue
		}
		r.Items = append(r.Items, it)
	}
	return r, nil
}
