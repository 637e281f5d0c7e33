package pipeline

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"jobsieve/job"
	"jobsieve/text"
)

// TestMaskContacts masks a contact wherever a posting may have one, and leaves
// the posting's id alone.
func TestMaskContacts(t *testing.T) {
	const number, masked = "9876543210", "xxxxxxxxxx"
	posting := func(s string) job.Posting {
		p := job.Posting{ID: "9876543210", Source: "acme", URL: "https://wa.me/" + s, Posted: "today, call " + s, Openings: s}
		for _, f := range job.Fields {
			p.SetText(f, "call "+s)
		}
		p.Extra = []job.Member{
			{Key: "note", Value: json.RawMessage(`{"a":["call\n` + s + `"]}`)},
			{Key: "call " + s, Value: json.RawMessage(`9876543210.5`)},
			{Key: "jobNo", Value: json.RawMessage(`9876543210`)},
		}
		return p
	}
	got := posting(number)
	maskContacts(&got)
	if diff := cmp.Diff(posting(masked), got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	numbers := job.Posting{Extra: []job.Member{{Key: "phone", Value: json.RawMessage(number)}}}
	maskContacts(&numbers)
	if got := string(numbers.Extra[0].Value); got != `"`+masked+`"` {
		t.Errorf("a number under phone became %s", got)
	}
}

// TestReadCut reads the same of a text that is too long and of its beginning.
func TestReadCut(t *testing.T) {
	r, err := NewReader("", nil)
	if err != nil {
		t.Fatal(err)
	}
	words := strings.Repeat("We sell soap. ", text.Limit/10)
	long := job.Posting{Title: "Clerk", Description: words + "Salary 15000 per month. Night shift."}
	short := long
	short.Description = text.Cut(words)
	if !cut(&long) || cut(&short) {
		t.Errorf("cut: got %v and %v, want true and false", cut(&long), cut(&short))
	}
	if diff := cmp.Diff(r.Read(&short), r.Read(&long)); diff != "" {
		t.Errorf("(-beginning +all):\n%s", diff)
	}
}
