package filter

import (
	"net/url"
	"slices"
	"testing"
)

// TestParameters wants every parameter described, and read.
func TestParameters(t *testing.T) {
	var names []string
	for _, p := range Parameters() {
		names = append(names, p.Name)
		if p.Help == "" {
			t.Errorf("%s has no help", p.Name)
		}
		for _, v := range p.Closed {
			if _, err := Parse(url.Values{p.Name: {v}}, Book{}); err != nil {
				t.Errorf("%s=%s: %v", p.Name, v, err)
			}
		}
	}
	for _, name := range append(Names(), "not.city", "where", "all", "not.label") {
		if !slices.Contains(names, name) {
			t.Errorf("%s is left out", name)
		}
	}
	if slices.Contains(names, "not.all") || slices.Contains(names, "not.since") {
		t.Errorf("expected no exclusion of what is no field, got %q", names)
	}
}
