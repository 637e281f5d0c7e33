package shape

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestShape(t *testing.T) {
	dir := t.TempDir()
	for name, body := range map[string]string{
		"a.go": "package a\n\n// A is documented.\nfunc A(a, b bool) bool {\n\treturn a && b && (a || !(b && a)) || b\n}\n\nconst B = 1\n\n" +
			"func long() string { return " + strings.Repeat("\"x\" + ", 20) + "\"\" }\n",
		"a_test.go":       "package a\n\nfunc notCounted() {}\n",
		"testdata/bad.go": "not Go\n",
		".hidden/bad.go":  "not Go\n",
		"b/branches.go": "package b\n\nfunc b(i int) {\n" + strings.Repeat("\tif i > 0 {\n\t}\n", 15) + "}\n\n" +
			"// c has many branches, for a reason.\nfunc c(i int) {\n" + strings.Repeat("\tif i > 0 {\n\t}\n", 15) + "}\n",
	} {
		path := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(body), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	got, err := Of(dir)
	if err != nil {
		t.Fatal(err)
	}
	want := &Shape{
		Functions: []int{1, 3, 32, 32}, Branching: 1, Packed: 1, Long: 1, Lines: 78, Tests: 3, Exported: 2, Documented: 1,
		Faults: []Fault{
			{"a.go", 10, "a line of 152 characters; at most 120"},
			{"a.go", 5, "a condition of 6 parts; at most 5: name them, or make them a table"},
			{"b/branches.go", 3, "b has 16 branches; at most 15, or a reason beside it"},
		},
	}
	if d := cmp.Diff(want, got); d != "" {
		t.Error(d)
	}
}
