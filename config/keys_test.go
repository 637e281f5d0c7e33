package config

import (
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestEveryKeyHasItsKinds wants every key of a source in the table of kinds, once.
func TestEveryKeyHasItsKinds(t *testing.T) {
	var want, got []string
	source := reflect.TypeFor[Source]()
	for i := range source.NumField() {
		if key, _, _ := strings.Cut(source.Field(i).Tag.Get("yaml"), ","); key != "" {
			want = append(want, key)
		}
	}
	for _, known := range sourceKeys {
		if !strings.Contains(known.key, ".") {
			got = append(got, known.key)
		}
		if len(known.kinds) == 0 || !slices.IsSortedFunc(known.kinds, func(a, b Kind) int {
			return slices.Index(Kinds, a) - slices.Index(Kinds, b)
		}) {
			t.Errorf("%s: kinds %v are not in their order", known.key, known.kinds)
		}
	}
	slices.Sort(want)
	slices.Sort(got)
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-keys of Source +table):\n%s", diff)
	}
}
