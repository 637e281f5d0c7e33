// Command tables makes the same tables of many postings from the ledger, from the
// embedded index, from a real Elasticsearch, and by DuckDB from an export, each in a
// process of its own. It prints how long each took and how much memory it held, and
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
	n := flag.Int("n", 100_000, "how many postings")
	dir := flag.String("dir", "",
		"folder to work in; what is there already is not made again (default: a new one, deleted at the end)")
	program := flag.String("program", "", "the jobsieve to measure (default: built from the code)")
	rounds := flag.Int("rounds", 3, "how often each table is made; the fastest counts")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	if *dir == "" {
		made, err := os.MkdirTemp("", "jobsieve-tables-")
		if err != nil {
			return err
		}
		defer func() { _ = os.RemoveAll(made) }()
		*dir = made
	}
	at, err := filepath.Abs(filepath.Join(*dir, fmt.Sprint(*n)))
	if err != nil {
		return err
	}
	b := &bench{n: *n, dir: at, program: *program, rounds: *rounds}
	if err := b.build(ctx); err != nil {
		return err
	}
	return b.measure(ctx)
}

// bench is one comparison.
type bench struct {
	n, rounds int
	// dir holds all files of n postings.
	dir string
	// program is jobsieve, generator what makes postings.
	program, generator string
	backends           []backend
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
func (b *bench) measure(ctx context.Context) (err error) {
	data := []string{"--data", filepath.Join(b.dir, "data")}
	file, parquet := filepath.Join(b.dir, "postings.jsonl"), filepath.Join(b.dir, "postings.parquet")
	if err := b.once(ctx, "generate", file, b.generator, "-n", fmt.Sprint(b.n)); err != nil {
		return err
	}
	if err := b.once(ctx, "import", "", b.program, slices.Concat(data, []string{"import", file})...); err != nil {
		return err
	}
	export := slices.Concat(data, []string{"export", "--format", "parquet", "--observed"})
	if err := b.once(ctx, "export", parquet, b.program, export...); err != nil {
		return err
	}
	embedded := slices.Concat(data, []string{"--index", "embedded"})
	b.backends = []backend{
		{name: "ledger", files: filepath.Join(b.dir, "data", "ledger.db"), args: embedded},
		{name: "index", files: filepath.Join(b.dir, "data", "index"), args: embedded, from: "index"},
	}
	server, err := testserver.Start(ctx, filepath.Join(b.dir, "elasticsearch"), os.Stderr)
	switch {
	case errors.Is(err, testserver.ErrNoTools):
		fmt.Println("Elasticsearch is left out:", err)
	case err != nil:
		return err
	default:
		defer func() { err = errors.Join(err, server.Stop()) }()
		if err := b.addElasticsearch(ctx, server, data); err != nil {
			return err
		}
	}
	b.addDuckDB(ctx, parquet)
	return b.compare(ctx)
}

// addElasticsearch delivers the postings to a server.
func (b *bench) addElasticsearch(ctx context.Context, s *testserver.Server, data []string) error {
	args := slices.Concat(data, []string{"--index", s.URL})
	if err := b.once(ctx, "sync", "", b.program, slices.Concat(args, []string{"index", "sync"})...); err != nil {
		return err
	}
	b.backends = append(b.backends, backend{
		name: "elasticsearch", files: filepath.Join(s.Home, "data"), args: args, from: "index", server: s.PID(),
	})
	return nil
}
