package job

import "fmt"

// Label is the answer to the product's question about a posting.
type Label string

// The labels.
const (
	BPO          Label = "BPO"
	KPO          Label = "KPO"
	Unclassified Label = "UNCLASSIFIED"
)

// Labels lists every label, in the order of tables.
var Labels = []Label{BPO, KPO, Unclassified}

// ParseLabel reads a label by its name, in capitals.
func ParseLabel(s string) (Label, error) {
	for _, l := range Labels {
		if string(l) == s {
			return l, nil
		}
	}
	return "", fmt.Errorf("unknown label %q: expected one of %v", s, Labels)
}

// Function is the kind of work that a posting describes.
type Function string

// FunctionNone is the function of a posting without a label.
const FunctionNone Function = "none"

// Functions gives the functions of a label, in the order of tables.
var Functions = map[Label][]Function{
	BPO: {
		"customer-support-voice", "customer-support-nonvoice", "telesales-collections", "technical-support",
		"data-entry-processing", "back-office", "content-writing", "accounting-finance", "hr-recruitment",
		"contact-centre-management",
	},
	KPO: {
		"research-development", "market-business-research", "data-analytics", "finance-research-risk",
		"network-management", "medical-services", "legal-ip", "domain-expert-other",
	},
	Unclassified: {FunctionNone},
}

// Label is the label that the function belongs to; ok is false for a function
// that does not exist.
func (f Function) Label() (l Label, ok bool) {
	for _, l := range Labels {
		for _, g := range Functions[l] {
			if g == f {
				return l, true
			}
		}
	}
	return "", false
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
	// Score and Margin are 0–1; Margin is this label's score less the next
	// one's.
	Score  float64 `json:"score"`
	Margin float64 `json:"margin"`
	// Reason is null but for UNCLASSIFIED.
	Reason Opt `json:"reason"`
	// Criteria are the ids that fired, sorted.
	Criteria []string `json:"criteria"`
	// Outsourced is true where the posting itself says that the work is a
	// client's, a third party's or an international process.
	Outsourced   bool       `json:"outsourced"`
	RulesVersion string     `json:"rules_version"`
	Evidence     []Evidence `json:"evidence"`
}
