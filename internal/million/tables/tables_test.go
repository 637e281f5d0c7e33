package main

import (
	"errors"
	"os"
	"strings"
	"testing"

	"jobsieve/internal/pgtest"
)

// TestTables makes the tables of few postings, without a server: a build, and a Python
// with DuckDB if there is one.
func TestTables(t *testing.T) {
	t.Chdir("../../..")
	b := &bench{n: 1500, rounds: 2, dir: t.TempDir()}
	for _, step := range []func() error{
		func() error { return b.build(t.Context()) },
		func() error { return b.fill(t.Context()) },
		func() error { return b.addDuckDB(t.Context()) },
		func() error { return b.compare(t.Context()) },
		func() error { return b.fill(t.Context()) }, // does nothing anew
	} {
		if err := step(); err != nil {
			t.Fatal(err)
		}
	}
	t.Run(postgres, func(t *testing.T) {
		b.locator = pgtest.Database(t)
		if err := errors.Join(b.addPostgres(t.Context()), b.compare(t.Context())); err != nil {
			t.Error(err)
		}
	})
}

func TestMain(m *testing.M) { os.Exit(pgtest.Main(m)) }

func TestAgrees(t *testing.T) {
	const first = "label,postings,vacancies\nBPO,3,2\ntotal,3,2\n"
	for _, c := range []struct{ python, table, want string }{
		{"", first, ""},
		{"", "label,postings,vacancies\nBPO,3,1\ntotal,3,2\n", `line 2 is "BPO,3,1", want "BPO,3,2"`},
		{"", "label,postings,vacancies\nBPO,3,2", "line 3 is missing"},
		{"", first + "more\n", "want \"\""},
		{"python3", "label,vacancies\nBPO,2\ntotal,2\n", ""},
		{"python3", "label,vacancies\ntotal,2\nBPO,2\n", ""},
		{"python3", "label,vacancies\nBPO,1\ntotal,2\n", `vacancies of "BPO" is "1", want "2"`},
		{"python3", "label,vacancies\nKPO,2\ntotal,2\n", `vacancies of "KPO" is "2", want ""`},
		{"python3", "label,median\nBPO,\ntotal,\n", "median of"},
		{"python3", "label,vacancies\nBPO,2\n", "1 rows, want 2"},
		{"python3", "", "expected a table"},
	} {
		err := (&backend{name: "other", python: c.python}).agrees([]byte(first), []byte(c.table), "label")
		if c.want == "" && err != nil || c.want != "" && (err == nil || !strings.Contains(err.Error(), c.want)) {
			t.Errorf("%q: %v, want %q", c.table, err, c.want)
		}
	}
}

func TestLeaveOut(t *testing.T) {
	b := &bench{}
	if err := b.leaveOut("index,duckdb"); err != nil || b.wants(index) || b.wants(duckDB) || !b.wants(elasticsearch) {
		t.Errorf("left out %q: %v", b.without, err)
	}
	if err := b.leaveOut("bleve"); err == nil || !strings.Contains(err.Error(), `got "bleve"`) {
		t.Errorf("an unknown name: %v", err)
	}
}

func TestTailKeepsTheEnd(t *testing.T) {
	var said tail
	for range 300 {
		if _, err := said.Write([]byte("0123456789")); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := said.Write([]byte("end")); err != nil || len(said.bytes) != 2000 || !strings.HasSuffix(string(said.bytes), "9end") {
		t.Errorf("%d bytes were kept: %v", len(said.bytes), err)
	}
}
