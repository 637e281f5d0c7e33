package job

import (
	"encoding/json"
	"testing"
)

// TestHashOfNumbers wants numbers told apart to their last digit, and not by how the
// JSON around them is written.
func TestHashOfNumbers(t *testing.T) {
	hash := func(value string) string {
		p := Posting{Title: "Clerk", Extra: []Member{{"ref", json.RawMessage(value)}}}
		return string(p.Hash(false))
	}
	if hash("9007199254740992") == hash("9007199254740993") {
		t.Error("two numbers that a float64 holds as one are one")
	}
	if hash(`{"a":1, "b":[2]}`) != hash(`{ "b": [ 2 ],"a":1}`) {
		t.Error("spaces and the order of members make another version")
	}
}
