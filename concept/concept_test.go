package concept

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"jobsieve/text"
)

func TestNames(t *testing.T) {
	for _, tt := range []struct {
		in   string
		want []string
	}{
		{"Tele-caller wanted", []string{"role.telecaller"}},
		{"टेलीकॉलर चाहिए", []string{"role.telecaller"}},
		{"Tally and GST", []string{"skill.gst", "skill.tally"}},
		{"We like plums", nil},
	} {
		if diff := cmp.Diff(tt.want, Standard().Names(text.Parse(tt.in))); diff != "" {
			t.Errorf("%q (-want +got):\n%s", tt.in, diff)
		}
	}
}

// TestLongest has a concept within another.
func TestLongest(t *testing.T) {
	d := text.Parse("non voice process")
	var hits, all []string
	for _, h := range Standard().Hits(d) {
		hits = append(hits, h.Value)
	}
	for _, h := range Standard().All(d) {
		all = append(all, h.Value)
	}
	if !slices.Equal(hits, []string{"work.non-voice-process"}) || !slices.Contains(all, "work.voice-process") {
		t.Errorf("longest %v, all %v", hits, all)
	}
}

func TestWords(t *testing.T) {
	if !slices.Contains(Standard().Words("label.bpo"), "बीपीओ") || Standard().Words("no.such") != nil {
		t.Error("a concept lacks its words, or a name that is none has some")
	}
}
