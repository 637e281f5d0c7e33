// Command run writes postings by the million, as JSON lines that "jobsieve import"
// reads.
package main

import (
	"context"
	"flag"
	"fmt"
	"os"

	"jobsieve/internal/million"
	"jobsieve/internal/sharedtest"
)

func main() {
	n := flag.Int("n", 1_000_000, "how many postings")
	seed := flag.Uint64("seed", 1, "of the random numbers")
	from := flag.String("from", sharedtest.Postings(), "file of postings to vary; empty for the sample board's")
	flag.Parse()
	postings, err := million.From(context.Background(), *from)
	if err == nil {
		err = million.Write(os.Stdout, million.New(postings, million.Options{N: *n, Seed: *seed}).All())
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}
