package filter

import (
	"slices"
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

// TestStates wants what asks for states in its one form, and in the flags that make it.
func TestStates(t *testing.T) {
	for params, want := range map[string]struct {
		values string
		args   []string
		asks   bool
	}{
		"":                             {"", nil, false},
		"open=false":                   {"", nil, false},
		"all=true":                     {"all=true", []string{"--all"}, true},
		"open=yes":                     {"posting_state=open", []string{"--open"}, true},
		"closed=1&open=1":              {"posting_state=closed&posting_state=open", []string{"--closed", "--open"}, true},
		"posting_state=Unknown":        {"posting_state=unknown", []string{"--where", "posting_state=unknown"}, true},
		"not.posting_state=closed":     {"not.posting_state=closed", []string{"--not", "posting_state=closed"}, true},
		"where=closed+is+known":        {"where=closed+is+known", []string{"--where", "closed is known"}, true},
		"where=posting_state+is+known": {"where=posting_state+is+known", []string{"--where", "posting_state is known"}, true},
	} {
		f, err := parseQuery(t, params)
		if err != nil {
			t.Errorf("%s: %v", params, err)
		}
		if f.String() != want.values || f.AsksState() != want.asks || !slices.Equal(f.Args(), want.args) {
			t.Errorf("%s: %s, %v, %q", params, &f, f.AsksState(), f.Args())
		}
	}
	if _, err := parseQuery(t, "all=true&open=true"); err == nil || !strings.Contains(err.Error(), "all: expected it without open") {
		t.Errorf("all and open: %v", err)
	}
	if f, err := parseQuery(t, "all=true"); err != nil || !f.IsZero() || f.Asks() {
		t.Errorf("all asks for something: %v", err)
	}
}
