package corpus

import (
	"bytes"
	_ "embed"
	"encoding/json"
	"fmt"
)

// Query is a question as somebody typed it.
type Query struct {
	ID       string `json:"id"`
	Query    string `json:"query"`
	Language string `json:"lang"`
	// Need is what whoever asks wants to find, Kind what the question is about most.
	Need string `json:"need"`
	Kind string `json:"kind"`
}

// Asked is a query and the board that it is asked of: sample or real.
type Asked struct {
	Query string `json:"query"`
	Board string `json:"board"`
}

// Judgment is how well a posting meets the need behind a query: 0 wrong, 1 somewhat,
// 2 well, 3 just that. Key is the posting's source, a slash and its id.
type Judgment struct {
	Asked
	Key   string `json:"key"`
	Grade int    `json:"grade"`
}

//go:embed queries/queries.jsonl
var queriesJSON []byte

//go:embed queries/judgments.jsonl
var judgmentsJSON []byte

// Queries gives the questions.
func Queries() ([]Query, error) { return linesOf[Query](queriesJSON) }

// Judgments gives the grades of postings, by what they were judged for.
func Judgments() (map[Asked]map[string]int, error) {
	all, err := linesOf[Judgment](judgmentsJSON)
	out := map[Asked]map[string]int{}
	for _, j := range all {
		if out[j.Asked] == nil {
			out[j.Asked] = map[string]int{}
		}
		out[j.Asked][j.Key] = j.Grade
	}
	return out, err
}

func linesOf[T any](data []byte) (out []T, err error) {
	for line := range bytes.Lines(data) {
		var v T
		if err := json.Unmarshal(line, &v); err != nil {
			return nil, fmt.Errorf("line %d: %w", len(out)+1, err)
		}
		out = append(out, v)
	}
	return out, nil
}
