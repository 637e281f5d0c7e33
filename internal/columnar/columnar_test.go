package columnar

import (
	"bytes"
	"errors"
	"io"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/parquet-go/parquet-go"
)

var all = []Column{{"text", Text}, {"whole", Whole}, {"real", Real}, {"truth", Truth}, {"texts", Texts}}

func write(t *testing.T, rows ...[]any) []byte {
	t.Helper()
	var b bytes.Buffer
	w := New(&b, all, map[string]string{"about": "a test"})
	for _, row := range rows {
		if err := w.Write(row); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestRows(t *testing.T) {
	type row struct {
		Text  *string  `parquet:"text,optional"`
		Whole *int64   `parquet:"whole,optional"`
		Real  *float64 `parquet:"real,optional"`
		Truth *bool    `parquet:"truth,optional"`
		Texts []string `parquet:"texts,list"`
	}
	in := [][]any{
		{"ग्राहक", 1, 0.5, true, []string{"Pune", "Mumbai"}}, {nil, nil, nil, nil, []string{}},
		{"", int64(-2), 0.0, false, []string{""}},
	}
	body := write(t, in...)
	f, err := parquet.OpenFile(bytes.NewReader(body), int64(len(body)))
	if err != nil {
		t.Fatal(err)
	}
	if about, ok := f.Lookup("about"); !ok || about != "a test" {
		t.Errorf("the metadata is %q", about)
	}
	got := make([]row, len(in))
	if n, err := parquet.NewGenericReader[row](f).Read(got); n != len(in) || err != nil && !errors.Is(err, io.EOF) {
		t.Fatalf("read %d rows: %v", n, err)
	}
	want := []row{
		{new("ग्राहक"), new(int64(1)), new(0.5), new(true), []string{"Pune", "Mumbai"}},
		{Texts: []string{}},
		{new(""), new(int64(-2)), new(0.0), new(false), []string{""}},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	if !bytes.Equal(body, write(t, in...)) {
		t.Error("the same rows give other bytes")
	}
}

func TestRowGroups(t *testing.T) {
	rows := make([][]any, rowsInGroup+1)
	for i := range rows {
		rows[i] = []any{"a", i, 0.5, nil, []string(nil)}
	}
	body := write(t, rows...)
	f, err := parquet.OpenFile(bytes.NewReader(body), int64(len(body)))
	if err != nil {
		t.Fatal(err)
	}
	if n := len(f.RowGroups()); n != 2 {
		t.Errorf("%d groups of rows, want 2", n)
	}
}

func TestWrongRows(t *testing.T) {
	w := New(io.Discard, all, nil)
	for name, row := range map[string][]any{
		"too short":    {"a"},
		"another type": {"a", "b", 0.5, true, []string{}},
		"no list":      {"a", 1, 0.5, true, "Pune"},
		"a list":       {[]string{"a"}, 1, 0.5, true, []string{}},
	} {
		if err := w.Write(row); err == nil {
			t.Errorf("%s: no error", name)
		}
	}
}
