package job

import "time"

// Labeller says who gave a stored posting the label that holds.
type Labeller string

// The labellers.
const (
	ByRules Labeller = "rules" // the rule book
	ByHand  Labeller = "hand"  // a person, see HandLabel
)

// Labellers lists every labeller.
var Labellers = []Labeller{ByRules, ByHand}

// HandLabel is the label that a person gave a stored posting. It holds instead of
// that of the verdict, which is kept beside it.
type HandLabel struct {
	Label    Label    `json:"label"`
	Function Function `json:"function"`
	// Because is why, in the person's words.
	Because string    `json:"because"`
	At      time.Time `json:"at"`
	// By is who gave it, empty where that is not known.
	By string `json:"by"`
}
