package job

import (
	"fmt"
	"slices"
)

// Label is the answer to the product's question about a posting: a label of the
// rule book, or Unclassified.
type Label string

// The labels of the rule book that comes with the program, and the one for a
// posting to which a rule book gives no other.
const (
	BPO          Label = "BPO"
	KPO          Label = "KPO"
	Unclassified Label = "UNCLASSIFIED"
)

// Function is the kind of work that a posting describes.
type Function string

// FunctionNone is the function of a posting without a label.
const FunctionNone Function = "none"

// LabelFunctions is a label with its functions, in the order of tables.
type LabelFunctions struct {
	Label     Label
	Functions []Function
}

// Labels are the labels of a rule book, in the order of tables. Unclassified
// comes last, with FunctionNone alone.
type Labels []LabelFunctions

// Parse reads a label by its name, in capitals. It fails where the rule book has
// no such label.
func (ls Labels) Parse(s string) (Label, error) {
	names := make([]Label, len(ls))
	for i := range ls {
		if names[i] = ls[i].Label; string(names[i]) == s {
			return names[i], nil
		}
	}
	return "", fmt.Errorf("unknown label %q: expected one of %v", s, names)
}

// Of is the label that a function belongs to; ok is false for a function that
// the rule book does not have.
func (ls Labels) Of(f Function) (l Label, ok bool) {
	for i := range ls {
		if slices.Contains(ls[i].Functions, f) {
			return ls[i].Label, true
		}
	}
	return "", false
}

// Functions gives the functions of all labels.
func (ls Labels) Functions() (out []Function) {
	for i := range ls {
		out = append(out, ls[i].Functions...)
	}
	return out
}

// Reason says why a posting is UNCLASSIFIED.
type Reason string

// The reasons.
const (
	ReasonNoEvidence     Reason = "no_evidence"
	ReasonBelowThreshold Reason = "below_threshold"
	ReasonTie            Reason = "tie"
	ReasonCancelled      Reason = "cancelled" // what spoke for a label was taken back
)

// Evidence is one piece of text that a rule matched: the text from byte Start
// to byte End of Field.
type Evidence struct {
	Rule      string  `json:"rule"`
	Criterion string  `json:"criterion"`
	Field     Field   `json:"field"`
	Start     int     `json:"start"`
	End       int     `json:"end"`
	Text      string  `json:"text"`
	Weight    float64 `json:"weight"`
}

// Verdict is a posting's label with the evidence for it.
type Verdict struct {
	Label    Label    `json:"label"`
	Function Function `json:"function"`
	// Score and Margin are 0–1; Margin is the label's lead over the next one, as a part of
	// all points, to a power: a small lead says little.
	Score  float64 `json:"score"`
	Margin float64 `json:"margin"`
	// Reason is null except for UNCLASSIFIED.
	Reason Opt `json:"reason"`
	// Criteria are the ids that fired, sorted.
	Criteria []string `json:"criteria"`
	// Outsourced is true where the posting itself says that the work is a
	// client's, a third party's or an international process.
	Outsourced   bool       `json:"outsourced"`
	RulesVersion string     `json:"rules_version"`
	Evidence     []Evidence `json:"evidence"`
}
