package facts

import (
	"os"
	"strings"
	"testing"

	"jobsieve/job"
)

func TestGL(t *testing.T) {
	data, _ := os.ReadFile(os.Getenv("GL"))
	n, right := 0, 0
	for _, line := range strings.Split(strings.TrimSpace(string(data)), "\n") {
		want, s, ok := strings.Cut(line, "|")
		if !ok {
			continue
		}
		p := job.Posting{Title: "Staff"}
		if title, ok := strings.CutPrefix(s, "T: "); ok {
			p.Title = title
		} else {
			p.Description = s
		}
		n++
		if got := strings.Join(read(p).Languages, " "); got != want {
			t.Logf("want %q got %q: %s", want, got, s)
		} else {
			right++
		}
	}
	t.Logf("%d of %d", right, n)
}
