package show

import (
	"bytes"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"jobsieve/pipeline"
)

// TestWaitingIsCounted shows runs whose documents wait for the index.
func TestWaitingIsCounted(t *testing.T) {
	for want, c := range map[string]struct {
		waiting int
		stopped bool
	}{
		"Index: 1 document waiting: it is away\n" +
			"Nothing is lost: the ledger keeps it. When the index answers again: index sync\n": {1, false},
		"Index: 1 document waiting: the run was asked to stop\n" +
			"Nothing is lost: the ledger keeps it. To deliver it: index sync\n": {1, true},
		"Index: 2 documents waiting: the run was asked to stop\n" +
			"Nothing is lost: the ledger keeps them. To deliver them: index sync\n": {2, true},
	} {
		var out bytes.Buffer
		p := &Printer{Out: &out, Command: func(args ...string) string { return strings.Join(args, " ") }}
		s := &pipeline.Summary{IndexError: "it is away"}
		s.Waiting = c.waiting
		p.Summary(s, c.stopped)
		_, got, _ := strings.Cut(out.String(), "\n")
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("(-want +got):\n%s", diff)
		}
	}
}
