package eval_test

import (
	"testing"

	"jobsieve/internal/eval"
	"jobsieve/job"
)

func toy(label job.Label, title, description string) eval.Item {
	return eval.Item{Posting: job.Posting{Title: title, Description: description}, Label: label}
}

func toys() []eval.Item {
	return []eval.Item{
		toy(job.BPO, "Telecaller", "Call customers of a bank."),
		toy(job.BPO, "टेलीकॉलर", "ग्राहकों को कॉल करें"),
		toy(job.BPO, "Process executive", "Answer calls of customers, data entry."),
		toy(job.KPO, "Equity analyst", "Write research on shares."),
		toy(job.KPO, "Patent analyst", "Search patents, write research reports."),
		toy(job.KPO, "शोध विश्लेषक", "बाज़ार पर शोध करें"),
		toy(job.Unclassified, "Driver", "Drive a van for a bank."),
		toy(job.Unclassified, "ड्राइवर", "गाड़ी चलाना, ग्राहकों को सामान देना"),
		toy(job.Unclassified, "Van driver", "Deliver parcels to customers."),
	}
}

// TestLinearLearns has words that stand with several labels, words that it never
// met, and a word whose field decides.
func TestLinearLearns(t *testing.T) {
	m := eval.TrainLinear(append(toys(),
		toy(job.KPO, "Analyst", "You train each executive."), toy(job.KPO, "Analyst", "You help each executive.")))
	for _, tt := range []struct {
		title, description string
		want               job.Label
	}{
		{"TELECALLER", "", job.BPO},
		{"Senior executive", "Answer calls of a bank", job.BPO},
		{"Analyst", "research on wheat", job.KPO},
		{"Analyst", "an executive", job.KPO},
		{"", "शोध", job.KPO},
		{"Driver", "", job.Unclassified},
		{"Truck driver", "ग्राहकों को", job.Unclassified},
	} {
		if got := m.Label(&job.Posting{Title: tt.title, Description: tt.description}); got != tt.want {
			t.Errorf("%q %q: %s, want %s", tt.title, tt.description, got, tt.want)
		}
	}
}

// TestLinearFitsItsItems wants back what it was taught, each time alike.
func TestLinearFitsItsItems(t *testing.T) {
	for range 2 {
		m := eval.TrainLinear(toys())
		for _, it := range toys() {
			if got := m.Label(&it.Posting); got != it.Label {
				t.Errorf("%q: %s, want %s", it.Posting.Title, got, it.Label)
			}
		}
	}
}
