package terminal

import (
	"bytes"
	"strings"
	"testing"
)

// TestTableLeavesOut shows a table where there is no room for all of its columns:
// the least needed go, as many as need be, and it is said which.
func TestTableLeavesOut(t *testing.T) {
	table := Table{
		Head: []string{"id", "title", "company", "postings"}, Left: 3, Rows: sampleRows,
		Whole: []string{"id"}, Spare: []string{"company", "postings"}, Elsewhere: "--json",
	}
	for columns, tt := range map[int]struct{ head, note string }{
		120: {"id                   title", ""},
		70:  {"id                   title             company           postings", ""},
		50:  {"id                   title             postings", "company"},
		40:  {"id                   title", "company, postings"},
	} {
		s := &screen{columns: columns}
		if err := table.Write(s); err != nil {
			t.Fatal(err)
		}
		got := s.String()
		head, _, _ := strings.Cut(got, "\n")
		if strings.Join(strings.Fields(head), " ") != strings.Join(strings.Fields(tt.head), " ") && columns < 120 {
			t.Errorf("%d columns: the head is %q, want %q", columns, head, tt.head)
		}
		if !strings.Contains(got, "naukri-chowk:nc-005  ") {
			t.Errorf("%d columns cut an id:\n%s", columns, got)
		}
		_, note, _ := strings.Cut(got, "Left out for want of room: ")
		want := ""
		if tt.note != "" {
			want = tt.note + ". All columns: --json, or a wider terminal.\n"
		}
		if strings.Join(strings.Fields(note), " ") != strings.TrimSuffix(want, "\n") {
			t.Errorf("%d columns: left out %q, want %q", columns, note, want)
		}
	}
	var pipe bytes.Buffer
	if err := table.Write(&pipe); err != nil || strings.Contains(pipe.String(), "Left out") {
		t.Errorf("a pipe got %q: %v", pipe.String(), err)
	}
}
