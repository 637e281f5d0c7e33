package main

import (
	"bytes"
	"context"
	_ "embed"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"text/tabwriter"
)

// tables are what the tables are grouped by.
var tables = []string{"label", "label,function", "city", "company", "month", "city,label"}

// The names of what makes tables beside the ledger; index is what a table is from, too.
const (
	index         = "index"
	elasticsearch = "elasticsearch"
	duckDB        = "duckdb"
	postgres      = "postgres"
)

// backend is what makes tables: the program with arguments, or another program.
type backend struct {
	name string
	// files are those that it reads; locator is the database that it reads instead.
	files, locator string
	args           []string
	// from is what the program reads; empty is the ledger.
	from string
	// python makes the tables instead, with DuckDB.
	python string
}

//go:embed paytable.py
var duckDBScript string

// table makes a table as CSV.
func (b *backend) table(ctx context.Context, dir, program, by string) ([]byte, cost, error) {
	var out bytes.Buffer
	if b.python != "" {
		c, err := process(ctx, "", &out, b.python, "-c", duckDBScript, b.files, by)
		return out.Bytes(), c, err
	}
	args := slices.Concat(b.args, []string{"report", "pay", "--by", by, "--format", "csv"})
	if b.from != "" {
		args = append(args, "--from", b.from)
	}
	c, err := process(ctx, dir, &out, program, args...)
	return out.Bytes(), c, err
}

// addDuckDB exports the postings for DuckDB, where Python has it.
func (b *bench) addDuckDB(ctx context.Context) error {
	python := os.Getenv("JOBSIEVE_PYTHON")
	if python == "" {
		python = "python3"
	}
	if _, err := process(ctx, "", io.Discard, python, "-c", "import duckdb"); err != nil {
		const format = "DuckDB is left out: %v\nIt needs a Python with the package duckdb, named in JOBSIEVE_PYTHON.\n"
		fmt.Printf(format, err)
		return nil
	}
	parquet := filepath.Join(b.dir, "postings.parquet")
	b.backends = append(b.backends, backend{name: duckDB, files: parquet, python: python})
	return b.once(ctx, "export", parquet, b.program, b.with("export", "--format", "parquet", "--observed")...)
}

// compare makes every table from every backend, checks that they are equal, and prints
// what each took.
func (b *bench) compare(ctx context.Context) error {
	took := map[string][]cost{}
	for _, by := range tables {
		var first []byte
		for i := range b.backends {
			backend := &b.backends[i]
			table, c, err := b.fastest(ctx, backend, by)
			if err != nil {
				return err
			}
			if i == 0 {
				first = table
			}
			if err := backend.agrees(first, table, by); err != nil {
				return err
			}
			took[backend.name] = append(took[backend.name], c)
		}
	}
	return b.print(ctx, took)
}

// fastest makes a table in rounds, and gives the least time and the most memory.
func (b *bench) fastest(ctx context.Context, backend *backend, by string) (table []byte, least cost, err error) {
	for round := range b.rounds {
		made, c, err := backend.table(ctx, b.dir, b.program, by)
		if err != nil {
			return nil, c, err
		}
		if round == 0 {
			table, least = made, c
		}
		if !bytes.Equal(table, made) {
			const format = "%s, by %s: two tables of the same postings differ: %s"
			return nil, c, fmt.Errorf(format, backend.name, by, differing(table, made))
		}
		least = cost{Seconds: min(least.Seconds, c.Seconds), Peak: max(least.Peak, c.Peak)}
	}
	return table, least, nil
}

// print prints a row for each backend.
func (b *bench) print(ctx context.Context, took map[string][]cost) error {
	out := tabwriter.NewWriter(os.Stdout, 0, 0, 1, ' ', 0)
	fmt.Fprintf(out, "| %d postings | by %s | on disk |\n", b.n, strings.Join(tables, " | by "))
	fmt.Fprintf(out, "|%s\n", strings.Repeat(" --- |", len(tables)+2))
	for i := range b.backends {
		backend := &b.backends[i]
		bytes, err := backend.size(ctx)
		if err != nil {
			return err
		}
		const mega = 1e6
		fmt.Fprintf(out, "| %s", backend.name)
		for _, c := range took[backend.name] {
			fmt.Fprintf(out, "\t| %v", c)
		}
		fmt.Fprintf(out, "\t| %.0f MB |\n", float64(bytes)/mega)
	}
	if err := out.Flush(); err != nil {
		return err
	}
	fmt.Println("All tables are equal. What each took is that of a process, its start included; " +
		"where there is a server, that of its client.")
	return nil
}
