package classifier_test

import (
	"slices"
	"testing"

	"jobsieve/job"
	"jobsieve/pipeline"
)

// tea is a rule book's own trade: who drinks what, out of what.
const tea = `
lists:
  - {name: act.sip, kind: acts, means: One drinks., en: [sip, taste], hi-Latn: [chakhna]}
  - {name: obj.tea, kind: objects, means: What is drunk., en: [darjeeling tea, oolong]}
  - {name: by.cup, kind: channels, means: Out of what., en: [porcelain cup]}
rules:
  - {id: sip-tea, criterion: D5-research-development, function: research-development, all: [act.sip, obj.tea], but: [by.cup],
     in: [description], weight: 3, match: [{description: Sip oolong.}], no_match: [{description: Sip water.}]}
`

// TestCombination shows what a rule that combines lists asks of a sentence.
func TestCombination(t *testing.T) {
	r, err := pipeline.NewReader(folder(t, tea), nil)
	if err != nil {
		t.Fatal(err)
	}
	for text, want := range map[string]bool{
		"Sip oolong.":                             true,
		"Darjeeling teas are tasted by you.":      true, // in any order and form
		"Aapko roz oolong chakhne honge aur kya.": true, // Hinglish, where the text is
		"Sip water. Oolong is stored here.":       false,
		"Sip oolong from a porcelain cup.":        false, // but
		"You will not sip oolong.":                false,
		"Another team does it: they sip oolong.":  true, // a clause of its own
		"Twice a year you sip oolong.":            true, // it counts a little
		"Oolong is handled by our tasters.":       false,
	} {
		p := job.Posting{Title: "Staff", Description: text}
		fired := slices.ContainsFunc(r.Read(&p).Verdict.Evidence, func(e job.Evidence) bool { return e.Rule == "sip-tea" })
		if fired != want {
			t.Errorf("%q: fired %v, want %v", text, fired, want)
		}
	}
	want := "act.sip obj.tea by.cup"
	got := ""
	for _, l := range r.Classifier().OwnLists() {
		if got != "" {
			got += " "
		}
		got += l.Name
		if !slices.Equal(l.Rules, []string{"sip-tea"}) {
			t.Errorf("%s feeds %v, want sip-tea", l.Name, l.Rules)
		}
	}
	if got != want {
		t.Errorf("own lists %q, want %q", got, want)
	}
}

// TestDutiesDecide shows that duties decide where they speak, and titles where
// they are silent.
func TestDutiesDecide(t *testing.T) {
	r, err := pipeline.NewReader("", nil)
	if err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct {
		title, description string
		label              job.Label
	}{
		{"Telecaller", "", "BPO"},
		{"Executive", "Answer customers' complaints by e-mail.", "BPO"},
		{"Executive", "Drive the school bus and keep it clean.", job.Unclassified},
		{"Executive", "", job.Unclassified},
		{"Staff Nurse", "Give medicines to patients and record vital signs.", "KPO"},
		{"स्टाफ", "ग्राहकों की शिकायतों का फोन पर जवाब देना है।", "BPO"},
	} {
		if v := r.Read(&job.Posting{Title: tt.title, Description: tt.description}).Verdict; v.Label != tt.label {
			t.Errorf("%s. %s: %s (%s), want %s", tt.title, tt.description, v.Label, v.Function, tt.label)
		}
	}
}
