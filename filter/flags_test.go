package filter

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestWordsOfFlags gives words in each of the places that take them.
func TestWordsOfFlags(t *testing.T) {
	for name, c := range map[string]struct {
		words, where string
		want, fault  string
	}{
		"arguments":     {"voice", "", "voice", ""},
		"a filter":      {"", "text=voice", "voice", ""},
		"none":          {"", "", "", ""},
		"both":          {"voice", "text=night", "", "--text: the words are given as arguments too"},
		"open phrase":   {`"voice`, "", "", "the words: query"},
		"open, by name": {"", `text="voice`, "", "--text: query"},
	} {
		f := NewFlags()
		if c.where != "" {
			f.Where = []string{c.where}
		}
		got, err := f.Filter(book(), c.words)
		if err == nil && c.fault == "" && got.Text == c.want {
			continue
		}
		if err == nil || c.fault == "" || !strings.HasPrefix(err.Error(), c.fault) {
			t.Errorf("%s: %q, %v", name, got.Text, err)
		}
	}
}

func TestArgs(t *testing.T) {
	f, err := parseQuery(t, "text=-voice+%22night+shift%22&label=BPO&pay_min=12000&pay_band=0-9000&not.city=Pune")
	if err != nil {
		t.Fatal(err)
	}
	want := []string{
		"--label", "BPO", "--not", "city=Pune", "--where", "pay_band=0-9000", "--pay-min", "12000",
		"--pay-period", "month", `--text=-voice "night shift"`,
	}
	if diff := cmp.Diff(want, f.Args()); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// TestNoFlags wants flags that nobody made to be those that are not given.
func TestNoFlags(t *testing.T) {
	f, err := new(Flags).Filter(book(), "voice")
	if err != nil || f.String() != "text=voice" {
		t.Errorf("%s: %v", f.String(), err)
	}
}
