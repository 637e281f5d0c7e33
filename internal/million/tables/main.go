// Command tables makes the same tables of many postings from the ledger, from a copy of it
// in PostgreSQL, from the embedded index, from a real Elasticsearch, and by DuckDB from an
// export, each in a process of its own. It prints how long each took and how much memory it held, and
// fails where two results differ. It runs in the root of the repository.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"syscall"

	"jobsieve/indexer/elastic/testserver"
)

func main() {
	if err := run(); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run() error {
	b := &bench{}
	flag.IntVar(&b.n, "n", 100_000, "how many postings")
	flag.StringVar(&b.dir, "dir", "",
		"folder to work in; what is there already is not made again (default: a new one, deleted at the end)")
	flag.StringVar(&b.program, "program", "", "the jobsieve to measure (default: built from the code)")
	flag.IntVar(&b.rounds, "rounds", 3, "how often each table is made; the fastest counts")
	flag.StringVar(&b.locator, "postgres", "",
		"empty database for a copy of the ledger, postgres://USER@HOST/DATABASE (default: none is measured)")
	without := flag.String("without", "", "what to leave out, with commas: index, elasticsearch, duckdb")
	flag.Parse()
	if err := b.leaveOut(*without); err != nil {
		return err
	}
	if b.n < 1 || b.rounds < 1 {
		return errors.New("-n, -rounds: expected a number from 1 on")
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	if b.dir == "" {
		made, err := os.MkdirTemp("", "jobsieve-tables-")
		if err != nil {
			return err
		}
		defer func() { _ = os.RemoveAll(made) }()
		b.dir = made
	}
	if err := b.settle(); err != nil {
		return err
	}
	if err := b.build(ctx); err != nil {
		return err
	}
	return b.measure(ctx)
}

// leaveOut notes the backends that are not measured.
func (b *bench) leaveOut(names string) error {
	for _, name := range strings.FieldsFunc(names, func(r rune) bool { return r == ',' }) {
		if !slices.Contains([]string{index, elasticsearch, duckDB}, name) {
			return fmt.Errorf("-without: expected index, elasticsearch or duckdb, got %q", name)
		}
		b.without = append(b.without, name)
	}
	return nil
}

// settle makes paths hold in any folder; the files of n postings get one of their own.
func (b *bench) settle() (err error) {
	if b.dir, err = filepath.Abs(filepath.Join(b.dir, strconv.Itoa(b.n))); err != nil || b.program == "" {
		return err
	}
	b.program, err = filepath.Abs(b.program)
	return err
}

// bench is one comparison.
type bench struct {
	n, rounds int
	// dir holds all files of n postings.
	dir string
	// program is jobsieve, generator what makes postings.
	program, generator string
	// locator is a database for a copy of the ledger; empty for none.
	locator string
	// without names the backends that are left out.
	without  []string
	backends []backend
}

// build builds the programs.
func (b *bench) build(ctx context.Context) error {
	bin := filepath.Join(b.dir, "bin")
	if err := os.MkdirAll(bin, 0o755); err != nil {
		return err
	}
	b.generator = filepath.Join(bin, "million")
	if err := build(ctx, b.generator, "./internal/million/run"); err != nil || b.program != "" {
		return err
	}
	b.program = filepath.Join(bin, "jobsieve")
	return build(ctx, b.program, "./cmd/jobsieve")
}

func build(ctx context.Context, to, pkg string) error {
	cmd := exec.CommandContext(ctx, "go", "build", "-o", to, pkg)
	cmd.Stderr = os.Stderr
	if err := cmd.Run(); err != nil {
		return fmt.Errorf("go build %s: %w; expected to run in the root of the repository", pkg, err)
	}
	return nil
}

// measure makes the postings, brings them to each backend, and makes the tables.
func (b *bench) measure(ctx context.Context) error {
	if err := b.fill(ctx); err != nil {
		return err
	}
	if b.locator != "" {
		if err := b.addPostgres(ctx); err != nil {
			return err
		}
	}
	if b.wants(elasticsearch) {
		stop, err := b.addElasticsearch(ctx)
		if err != nil {
			return err
		}
		defer func() { _ = stop() }() // what was to be measured has been
	}
	if b.wants(duckDB) {
		if err := b.addDuckDB(ctx); err != nil {
			return err
		}
	}
	return b.compare(ctx)
}

// wants reports a backend that is not left out.
func (b *bench) wants(name string) bool { return !slices.Contains(b.without, name) }

// fill makes the postings, and brings them to the ledger and the embedded index.
func (b *bench) fill(ctx context.Context) error {
	file := filepath.Join(b.dir, "postings.jsonl")
	if err := b.once(ctx, "generate", file, b.generator, "-n", strconv.Itoa(b.n)); err != nil {
		return err
	}
	embedded := b.with("--index", "embedded")
	if err := b.once(ctx, "import", "", b.program, slices.Concat(embedded, []string{"import", file})...); err != nil {
		return err
	}
	data := filepath.Join(b.dir, "data")
	b.backends = []backend{{name: "ledger", files: filepath.Join(data, "ledger.db"), args: embedded}}
	if b.wants(index) {
		files := filepath.Join(data, "index")
		b.backends = append(b.backends, backend{name: index, files: files, args: embedded, from: index})
	}
	return nil
}

// with gives arguments of jobsieve, after those that name the data folder.
func (b *bench) with(args ...string) []string {
	return slices.Concat([]string{"--data", filepath.Join(b.dir, "data")}, args)
}

// addElasticsearch starts a server, where there are tools for that, and delivers the
// postings to it. stop ends the server.
func (b *bench) addElasticsearch(ctx context.Context) (stop func() error, err error) {
	server, err := testserver.Start(ctx, filepath.Join(b.dir, elasticsearch), os.Stderr)
	if errors.Is(err, testserver.ErrNoTools) {
		fmt.Println("Elasticsearch is left out:", err)
		return func() error { return nil }, nil
	}
	if err != nil {
		return nil, err
	}
	args := b.with("--index", server.URL)
	err = b.once(ctx, "sync", "", b.program, slices.Concat(args, []string{"index", "sync"})...)
	if err != nil {
		return nil, errors.Join(err, server.Stop())
	}
	files := filepath.Join(server.Home, "data")
	b.backends = append(b.backends, backend{name: elasticsearch, files: files, args: args, from: index})
	return server.Stop, nil
}
