package job

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestCount(t *testing.T) {
	for _, c := range []struct {
		n          int
		noun, want string
	}{
		{0, "document", "0 documents"},
		{1, "document", "1 document"},
		{2, "list page", "2 list pages"},
		{1, "address", "1 address"},
		{3, "address", "3 addresses"},
		{2, "index", "2 indexes"},
	} {
		if diff := cmp.Diff(c.want, Count(c.n, c.noun)); diff != "" {
			t.Errorf("Count(%d, %q) (-want +got):\n%s", c.n, c.noun, diff)
		}
	}
	if got := Plural(1, "waits", "wait") + Plural(2, "waits", "wait") + Plural(0, "waits", "wait"); got != "waitswaitwait" {
		t.Errorf("Plural of 1, 2 and 0: %s", got)
	}
}
