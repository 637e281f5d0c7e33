package ats

import (
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"jobsieve/job"
)

// shapes are values that stand where others are expected.
var shapes = []any{nil, "x", "", 3, -1, 0.5, true, false, []any{}, []any{nil}, []any{[]any{"x"}}, []any{"x", 3},
	object{}, object{"name": object{}}, object{"x": "y"}}

// TestShapes puts other shapes in every place of the invented answers below their
// lists: the answer is read all the same, its other entries are as many as before.
func TestShapes(t *testing.T) {
	files, err := filepath.Glob("testdata/answers/*.json")
	if err != nil || len(files) < 10 {
		t.Fatalf("%d answers: %v", len(files), err)
	}
	for _, file := range files {
		t.Run(filepath.Base(file), func(t *testing.T) {
			body, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			var a answer
			if err := json.Unmarshal(body, &a); err != nil {
				t.Fatal(err)
			}
			c, _ := Find(a.Platform)
			before, err := c.Read(&a.Board, c.First(&a.Board), a.List)
			if err != nil {
				t.Fatal(err)
			}
			reshape(t, a.List, true, func(where string, list []byte) {
				p, err := c.Read(&a.Board, c.First(&a.Board), list)
				if err != nil {
					t.Errorf("%s: %v", where, err)
					return
				}
				if got, want := len(p.Postings)+len(p.Faults), len(before.Postings)+len(before.Faults); got < want-1 {
					t.Errorf("%s: %d entries, want %d", where, got, want)
				}
			})
			reshape(t, a.Detail, false, func(_ string, detail []byte) {
				p := before.Postings[0]
				if err := c.Detail(&p, detail); err != nil && !cmp.Equal(p, before.Postings[0]) {
					t.Error("an answer that cannot be read changed the posting")
				}
			})
		})
	}
}

// reshape calls f for each answer that one change makes. within says that only what
// lies within the items of lists is changed.
func reshape(t *testing.T, body []byte, within bool, f func(where string, body []byte)) {
	t.Helper()
	root, err := decode(body)
	if err != nil {
		return // a page of HTML, or nothing
	}
	var walk func(v any, inItem bool, path string)
	put := func(inItem bool, path string, set func(any), old any) {
		if inItem {
			for _, shape := range shapes {
				set(shape)
				changed, err := json.Marshal(root)
				if err != nil {
					t.Fatal(err)
				}
				f(fmt.Sprintf("%s = %v", path, shape), changed)
			}
			set(old)
		}
		walk(old, inItem, path)
	}
	walk = func(v any, inItem bool, path string) {
		switch v := v.(type) {
		case object:
			for _, name := range slices.Sorted(maps.Keys(v)) {
				put(inItem, path+"."+name, func(to any) { v[name] = to }, v[name])
			}
		case []any:
			for i, old := range v {
				// The list of Oracle's postings lies in the one item of another.
				item, _ := old.(object)
				_, outer := item["requisitionList"]
				put(!outer && (inItem || within), fmt.Sprintf("%s.%d", path, i), func(to any) { v[i] = to }, old)
			}
		}
	}
	walk(root, !within, "")
}

// FuzzConnectors reads any bytes as the answers of every platform.
func FuzzConnectors(f *testing.F) {
	files, err := filepath.Glob("testdata/answers/*.[jx]*")
	if err != nil {
		f.Fatal(err)
	}
	for _, file := range files {
		body, err := os.ReadFile(file)
		if err != nil {
			f.Fatal(err)
		}
		var a answer
		if json.Unmarshal(body, &a) != nil {
			a.List = body
		}
		f.Add([]byte(a.List))
		f.Add([]byte(a.Detail))
	}
	f.Fuzz(func(t *testing.T, body []byte) {
		b := &Board{Account: "acme", Site: "site", Base: "https://example.org"}
		for _, platform := range Platforms() {
			c, _ := Find(platform)
			p, err := c.Read(b, c.First(b), body)
			if err == nil && p == nil {
				t.Errorf("%s: no page and no error", platform)
			}
			if c.Detail != nil {
				_ = c.Detail(&job.Posting{Location: "Pune, hybrid"}, body)
			}
		}
	})
}
