package sentence

import (
	"errors"
	"fmt"
	"testing"
)

func TestEnglish(t *testing.T) {
	inner := Of("near", "did you mean %q?", "pune")
	for _, tt := range []struct {
		of   Sentence
		want string
	}{
		{Of("a", "no arguments, 95 %%"), "no arguments, 95 %"},
		{Of("b", "%s, %s, %s", Count{1, "group"}, Count{1234, "index"}, Count{0, "value"}), "1 group, 1234 indexes, 0 values"},
		{Of("c", "%s and %s", Grouped{1, "posting"}, Grouped{123456, "posting"}), "1 posting and 1,23,456 postings"},
		{Of("d", "%s of %s in %s", Share(0.254), Value{"label", "BPO"}, Name("first_seen_month")), "25 % of BPO in first seen month"},
		{Of("e", "%q; %s", "pnue", inner), `"pnue"; did you mean "pune"?`},
		{Of("f", "since %s", Day("2026-01-31")), "since 2026-01-31"},
	} {
		if got := tt.of.String(); got != tt.want {
			t.Errorf("%q, want %q", got, tt.want)
		}
	}
}

// TestOfError wants the sentence of an error as long as nothing is said around it.
func TestOfError(t *testing.T) {
	err := Wrong("amount", "expected a number, got %q", "x")
	for _, tt := range []struct {
		err        error
		kind, want string
	}{
		{err, "amount", `expected a number, got "x"`},
		{fmt.Errorf("pay: %w", err), "", `pay: expected a number, got "x"`},
		{errors.New("100 %d"), "", "100 %d"},
	} {
		if got := OfError(tt.err); got.Kind != tt.kind || got.String() != tt.want {
			t.Errorf("%v: %q %q", tt.err, got.Kind, got)
		}
	}
}
