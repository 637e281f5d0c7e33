package eval

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"math"
	"os"
	"slices"
	"strings"

	"jobsieve/job"
)

// Round is a set that rules met once before it taught them anything, in its
// three parts.
type Round struct {
	// N numbers the rounds; Dropped counts the items on which readers differed.
	N, Dropped int
	// Real are real postings, Hindi invented ones in Devanagari, Latin invented
	// ones in Hinglish and English.
	Real, Hindi, Latin []Item
}

// Items gives those of all parts; it is a copy.
func (r *Round) Items() []Item { return slices.Concat(r.Real, r.Hindi, r.Latin) }

// Meeting is how a rule book did on a round, and a linear model beside it. Shares
// and F1 are rounded to three decimals.
type Meeting struct {
	Round int `json:"round"`
	// Date is the day of the meeting, as 2026-11-26.
	Date    string `json:"date"`
	Items   int    `json:"items"`
	Dropped int    `json:"dropped"`

	MacroF1      float64 `json:"macro_f1"`
	Accuracy     float64 `json:"accuracy"`
	PrecisionBPO float64 `json:"precision_bpo"`
	PrecisionKPO float64 `json:"precision_kpo"`
	// Sure is the macro-F1 of the items whose readers' confidence is 2 or 3;
	// Real, Hindi and Latin are those of the parts.
	Sure  float64 `json:"macro_f1_confidence_2_3"`
	Real  float64 `json:"macro_f1_real"`
	Hindi float64 `json:"macro_f1_hindi"`
	Latin float64 `json:"macro_f1_hinglish_english"`
	// Functions is the share of right functions among the right labels, without
	// UNCLASSIFIED.
	Functions float64 `json:"functions"`
	// Rules is the version of the rule book.
	Rules string `json:"rules"`
	// Linear is the linear model's macro-F1.
	Linear float64 `json:"macro_f1_linear"`
}

// Meet scores a round whose items have got their verdicts. The date is left to
// the caller.
func Meet(book job.Labels, r *Round, rules string, linear *Linear) Meeting {
	items := r.Items()
	figures := ByLabel(items)
	sure := filter(items, func(it *Item) bool { return it.Confidence >= 2 })
	return Meeting{
		Round: r.N, Items: len(items), Dropped: r.Dropped, Rules: rules,
		MacroF1: thousandths(MacroF1(book, items)), Accuracy: thousandths(accuracy(items)),
		PrecisionBPO: thousandths(figures[job.BPO].Precision()),
		PrecisionKPO: thousandths(figures[job.KPO].Precision()),
		Sure:         thousandths(MacroF1(book, sure)),
		Real:         thousandths(MacroF1(book, r.Real)),
		Hindi:        thousandths(MacroF1(book, r.Hindi)),
		Latin:        thousandths(MacroF1(book, r.Latin)),
		Functions:    thousandths(functionShare(items)),
		Linear:       thousandths(MacroF1(book, linear.verdicts(items))),
	}
}

func thousandths(x float64) float64 { return math.Round(x*1000) / 1000 }

func functionShare(items []Item) float64 {
	placed := filter(items, func(it *Item) bool { return it.Right() && it.Label != job.Unclassified })
	return share(len(filter(placed, func(it *Item) bool {
		return slices.Contains(it.Functions, it.Verdict.Function)
	})), len(placed))
}

// verdicts gives the items with the model's labels.
func (m *Linear) verdicts(items []Item) []Item {
	out := slices.Clone(items)
	for i := range out {
		out[i].Verdict = job.Verdict{Label: m.Label(&out[i].Posting)}
	}
	return out
}

// ReadMeetings reads a file of meetings, one in a line; no file is no meetings.
func ReadMeetings(path string) ([]Meeting, error) {
	body, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	var out []Meeting
	dec := json.NewDecoder(bytes.NewReader(body))
	dec.DisallowUnknownFields()
	for dec.More() {
		var m Meeting
		if err := dec.Decode(&m); err != nil {
			return nil, fmt.Errorf("%s: meeting %d: %w", path, len(out)+1, err)
		}
		out = append(out, m)
	}
	return out, nil
}

// ErrMet is the error of AppendMeeting for a round that the file has.
var ErrMet = errors.New("the round has been met: there is no second first contact")

// AppendMeeting adds a first meeting to a file, which it makes if need be.
func AppendMeeting(path string, m *Meeting) (err error) {
	met, err := ReadMeetings(path)
	if err != nil {
		return err
	}
	if slices.ContainsFunc(met, func(o Meeting) bool { return o.Round == m.Round }) {
		return fmt.Errorf("%s: round %d: %w", path, m.Round, ErrMet)
	}
	line, err := json.Marshal(m)
	if err != nil {
		return err
	}
	f, err := os.OpenFile(path, os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o644)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	_, err = f.Write(append(line, '\n'))
	return err
}

// MeetingTable writes meetings as a Markdown table.
func MeetingTable(name string, meetings []Meeting) string {
	var b strings.Builder
	fmt.Fprintf(&b, "\n## %s\n\n", name)
	b.WriteString("| round | date | items (dropped) | macro-F1 | accuracy | precision BPO / KPO | " +
		"confidence 2–3 | real | Hindi | Hinglish, English | functions | rules | linear model |\n" +
		"|---|---|---|---|---|---|---|---|---|---|---|---|---|\n")
	for i := range meetings {
		m := &meetings[i]
		fmt.Fprintf(&b, "| %d | %s | %d (%d) | %.3f | %.3f | %.3f / %.3f ",
			m.Round, m.Date, m.Items, m.Dropped, m.MacroF1, m.Accuracy, m.PrecisionBPO, m.PrecisionKPO)
		fmt.Fprintf(&b, "| %.3f | %.3f | %.3f | %.3f | %.3f | %s | %.3f |\n",
			m.Sure, m.Real, m.Hindi, m.Latin, m.Functions, m.Rules, m.Linear)
	}
	return b.String()
}

// Calibration writes how many verdicts are right in each band of margins. A band
// begins with its lower bound and ends before its upper one, the last one with it.
func Calibration(items []Item) string {
	var b strings.Builder
	b.WriteString("\n## Margins\n\n| margin | items | right |\n|---|---|---|\n")
	bounds := []float64{0, 0.05, 0.1, 0.2, 0.4, 0.7, 1}
	for i, low := range bounds[:len(bounds)-1] {
		high, last := bounds[i+1], i == len(bounds)-2
		in := filter(items, func(it *Item) bool {
			m := it.Verdict.Margin
			return m >= low && (m < high || last)
		})
		right := "–"
		if len(in) > 0 {
			right = fmt.Sprintf("%.3f", accuracy(in))
		}
		fmt.Fprintf(&b, "| %g–%g | %d | %s |\n", low, high, len(in), right)
	}
	return b.String()
}
