// Command run runs a real Elasticsearch node for tests, until it is stopped.
package main

import (
	"context"
	"fmt"
	"os"
	"os/signal"
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
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	home, err := os.MkdirTemp("", "jobsieve-elasticsearch-")
	if err != nil {
		return err
	}
	defer func() { _ = os.RemoveAll(home) }()
	s, err := testserver.Start(ctx, home, os.Stderr, os.Args[1:]...)
	if err != nil {
		return err
	}
	fmt.Printf("Elasticsearch listens at %s; Ctrl-C ends it, and its data is gone then\n", s.URL)
	fmt.Printf("  jobsieve --index %s …\n  JOBSIEVE_TEST_ELASTICSEARCH=%s make test\n", s.URL, s.URL)
	<-ctx.Done()
	return s.Stop()
}
