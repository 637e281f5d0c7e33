package main

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"strings"
)

// agrees compares a table with the first backend's: by its bytes, or, where DuckDB made
// it, by the columns that it has.
func (b *backend) agrees(first, table []byte, by string) error {
	if b.python == "" {
		if !bytes.Equal(first, table) {
			return fmt.Errorf("%s, by %s: %s", b.name, by, differing(first, table))
		}
		return nil
	}
	groups := strings.Count(by, ",") + 1
	want, err := rowsOf(first, groups)
	if err != nil {
		return err
	}
	got, err := rowsOf(table, groups)
	if err != nil {
		return err
	}
	if len(want) != len(got) {
		return fmt.Errorf("%s, by %s: %d rows, want %d", b.name, by, len(got), len(want))
	}
	for group, row := range got {
		for column, cell := range row {
			if expected, ok := want[group][column]; !ok || expected != cell {
				const format = "%s, by %s: %s of %q is %q, want %q"
				return fmt.Errorf(format, b.name, by, column, group, cell, expected)
			}
		}
	}
	return nil
}

// differing gives the first lines that differ.
func differing(want, got []byte) string {
	lines := bytes.Split(got, []byte("\n"))
	for i, line := range bytes.Split(want, []byte("\n")) {
		if i >= len(lines) {
			return fmt.Sprintf("line %d is missing, want %q", i+1, line)
		}
		if !bytes.Equal(line, lines[i]) {
			return fmt.Sprintf("line %d is %q, want %q", i+1, lines[i], line)
		}
	}
	return "it has more lines"
}

// rowsOf gives the cells of a table by group and column.
func rowsOf(table []byte, groups int) (map[string]map[string]string, error) {
	records, err := csv.NewReader(bytes.NewReader(table)).ReadAll()
	if err != nil {
		return nil, err
	}
	if len(records) == 0 {
		return nil, fmt.Errorf("expected a table, got nothing")
	}
	out := map[string]map[string]string{}
	for _, record := range records[1:] {
		cells := map[string]string{}
		for i := groups; i < len(record); i++ {
			cells[records[0][i]] = record[i]
		}
		out[strings.Join(record[:groups], ", ")] = cells
	}
	return out, nil
}
