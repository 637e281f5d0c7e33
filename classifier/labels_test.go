package classifier_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"jobsieve/classifier"
	"jobsieve/job"
	"jobsieve/lexicon"
	"jobsieve/pipeline"
)

// folder writes one file of rules and gives its folder.
func folder(t *testing.T, text string) string {
	t.Helper()
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "own.yaml"), []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return dir
}

// craft is a rule book's third label, with a condition.
const craft = `
labels:
  - {label: CRAFT, functions: [wood-work, metal-work]}
criteria:
  - {id: C1-handwork, says: It is made by hand., label: CRAFT}
  - {id: C2-bench, says: One stands at a bench., label: CRAFT, condition: true}
rules:
  - {id: wood, criterion: C1-handwork, function: wood-work, any: [cabinet maker], weight: 3,
     match: [Cabinet Maker], no_match: [Cabinet]}
  - {id: metal, criterion: C1-handwork, function: metal-work, any: [silversmith], weight: 3,
     match: [Silversmith], no_match: [Silver]}
  - {id: bench, criterion: C2-bench, any: [at the bench], weight: 1,
     match: [{description: Work at the bench.}], no_match: [Bench]}
`

// TestThirdLabel shows that a third label is judged like the two that come with
// the program: alone, beside one of them, and where conditions must settle it.
func TestThirdLabel(t *testing.T) {
	r, err := pipeline.NewReader(folder(t, craft), nil)
	if err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct {
		title, description string
		label              job.Label
		function           job.Function
		reason             job.Opt
	}{
		{"Cabinet Maker", "", "CRAFT", "wood-work", ""},
		{"Silversmith", "", "CRAFT", "metal-work", ""},
		{"Telecaller", "", "BPO", "telesales-collections", ""},
		{"Scientist", "", "KPO", "research-development", ""},
		{"Accountant, Silversmith", "", "BPO", "accounting-finance", ""},
		{"Silversmith, Accountant", "", "CRAFT", "metal-work", ""},
		{"Cabinet Maker, Scientist", "Work at the bench.", "CRAFT", "wood-work", ""},
		{"Cabinet Maker", "This is not for a cabinet maker.", "CRAFT", "wood-work", ""},
		{"Staff", "Work at the bench.", job.Unclassified, job.FunctionNone, "no_evidence"},
		{"Staff", "This is not for a silversmith.", job.Unclassified, job.FunctionNone, "cancelled"},
	} {
		v := r.Read(&job.Posting{Title: tt.title, Description: tt.description}).Verdict
		got := []string{string(v.Label), string(v.Function), string(v.Reason)}
		want := []string{string(tt.label), string(tt.function), string(tt.reason)}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s. %s (-want +got):\n%s", tt.title, tt.description, diff)
		}
	}
}

// TestOutline reads what is known of a rule book without compiling it: it is what
// the compiled one says.
func TestOutline(t *testing.T) {
	for text, want := range map[string]string{
		"":            "BPO 10, KPO 8, UNCLASSIFIED 1",
		"disable: []": "BPO 10, KPO 8, UNCLASSIFIED 1",
		craft:         "BPO 10, KPO 8, CRAFT 2, UNCLASSIFIED 1",
	} {
		dir := ""
		if text != "" {
			dir = folder(t, text)
		}
		o, err := classifier.ReadOutline(dir)
		if err != nil {
			t.Fatal(err)
		}
		var labels []string
		for _, l := range o.Labels {
			labels = append(labels, fmt.Sprintf("%s %d", l.Label, len(l.Functions)))
		}
		if diff := cmp.Diff(want, strings.Join(labels, ", ")); diff != "" {
			t.Errorf("labels (-want +got):\n%s", diff)
		}
		c, err := classifier.New(dir)
		if err != nil {
			t.Fatal(err)
		}
		compiled := &classifier.Outline{Version: c.Version(), Labels: c.Labels(), Criteria: c.Criteria(), Lexicon: c.Lexicon()}
		sameWords := cmp.Comparer(func(a, b *lexicon.Lexicon) bool { return cmp.Equal(a.Lists(), b.Lists()) })
		if diff := cmp.Diff(compiled, o, sameWords); diff != "" {
			t.Errorf("%s (-compiled +outline):\n%s", text, diff)
		}
	}
}

// TestOutlineFaults shows what is wrong with a folder before it is compiled.
func TestOutlineFaults(t *testing.T) {
	unknown := "rules:\n  - {id: x, criterion: D99, any: [hello], weight: 1, match: [hello], no_match: [bye]}"
	for dir, want := range map[string]string{
		filepath.Join(t.TempDir(), "none"):       "no such file",
		t.TempDir():                              "no rule files",
		folder(t, "labels:\n  - {label: CRAFT}"): "own.yaml:2: labels[1].label: no functions",
		folder(t, unknown):                       `unknown criterion "D99"`,
	} {
		if _, err := classifier.ReadOutline(dir); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%v, want %q", err, want)
		}
	}
}

// TestNameFaults shows that what is wrong with labels, criteria, words and
// phrases of the context is reported with file, line and key.
func TestNameFaults(t *testing.T) {
	rule := func(rest string) string {
		return "rules:\n  - {id: x, any: [hello], weight: 1, match: [hello], no_match: [bye], " + rest + "}\n"
	}
	for text, want := range map[string]string{
		"labels:\n  - {label: Craft, functions: [x]}":                             `own.yaml:2: labels[1].label: expected a name in capitals, such as BPO, got "Craft"`,
		"labels:\n  - {label: UNCLASSIFIED, functions: [x]}":                      "own.yaml:2: labels[1].label: UNCLASSIFIED is what has no label",
		"labels:\n  - {label: CRAFT}":                                             "own.yaml:2: labels[1].label: no functions",
		"labels:\n  - {label: CRAFT, functions: [none]}":                          "own.yaml:2: labels[1].label: none is no kind of work",
		"labels:\n  - {label: CRAFT, functions: [legal-ip]}":                      "own.yaml:2: labels[1].label: the function legal-ip is one of KPO already",
		"labels:\n  - {label: A, functions: [a]}\n  - {label: A, functions: [b]}": `own.yaml:3: labels[2].label: "A" stands twice`,
		"criteria:\n  - {id: C1, says: x, label: BPOS}":                           `own.yaml:2: criteria[1].id: unknown label "BPOS"; expected one of BPO, KPO; did you mean "BPO"?`,
		"criteria:\n  - {id: C1, label: BPO}":                                     "own.yaml:2: criteria[1].id: says nothing",
		rule("criterion: D2-back-ofice"):                                          `own.yaml:2: rules[1].criterion: rule x: unknown criterion "D2-back-ofice"`,
		rule("criterion: D2-back-office, function: none"):                         `own.yaml:2: rules[1].function: rule x: unknown function "none"`,
		rule("criterion: D2-back-office, function: legal-ip"):                     "own.yaml:2: rules[1].function: rule x: the function legal-ip is KPO",
		rule("criterion: D2-back-office, outsourced: true"):                       "own.yaml:2: rules[1].outsourced: rule x: outsourced goes only with a criterion of outsourcing",
		rule("criterion: D2-back-office, unless: [<teacher>]"):                    `own.yaml:2: rules[1].unless[1]: rule x: no list of words is called "teacher"; did you mean <teachers>?`,
		"context:\n  others:\n    - done elsewhere\n    - (a":                     `own.yaml:4: context.others[2]: pattern "(a": a ( without its )`,
		"lists:\n  - {name: months, en: [(may]}":                                  `own.yaml:2: lists[1].en[1]: pattern "(may": a ( without its )`,
	} {
		_, err := classifier.New(folder(t, text))
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s\n got %v\nwant %s", text, err, want)
		}
	}
}

// TestOutsourcedCriteria shows that a rule of any criterion of outsourcing may
// name the function of another label.
func TestOutsourcedCriteria(t *testing.T) {
	const text = `
criteria:
  - {id: C1-agency, says: It is for a client abroad., label: BPO, outsourced: true}
rules:
  - {id: x, criterion: C1-agency, function: legal-ip, any: [hello], weight: 1, outsourced: true,
     match: [hello], no_match: [bye]}
`
	if _, err := classifier.New(folder(t, text)); err != nil {
		t.Error(err)
	}
}

// TestOwnWords shows that a list of one's own is used by rules that refer to it,
// and by the readers of facts.
func TestOwnWords(t *testing.T) {
	p := job.Posting{Title: "Guru of mathematics", Description: "Only in the moon shift."}
	const own = "lists:\n  - {name: shift-night, add: true, en: [moon shift]}\n" +
		"  - {name: teachers, add: true, en: [guru]}"
	for text, want := range map[string]string{
		"disable: []": "",
		own:           "teacher-leads-title night",
	} {
		r, err := pipeline.NewReader(folder(t, text), nil)
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, e := range r.Unheard(&p) {
			got = append(got, e.Rule)
		}
		for _, s := range r.Read(&p).Facts.Shift {
			got = append(got, string(s))
		}
		if diff := cmp.Diff(want, strings.Join(got, " ")); diff != "" {
			t.Errorf("%s (-want +got):\n%s", text, diff)
		}
	}
}

// TestNothingSpeaks shows that a verdict has a score where nothing speaks for
// anything, not even for none.
func TestNothingSpeaks(t *testing.T) {
	r, err := pipeline.NewReader(folder(t, "scoring: {threshold: {root: 0, least: 0, title: 0}}"), nil)
	if err != nil {
		t.Fatal(err)
	}
	v := r.Read(&job.Posting{Title: "Staff"}).Verdict
	if v.Score != 0 || v.Margin != 0 || v.Label != job.Unclassified {
		t.Errorf("%s with score %v and margin %v, want UNCLASSIFIED with 0 and 0", v.Label, v.Score, v.Margin)
	}
}
