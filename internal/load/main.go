// Command load asks a running daemon what analysts and programs ask, so many times a
// second, and says how long the answers took.
//
// Requests begin at fixed times, whether or not earlier ones have been answered, and the
// time of each counts from when it was to begin: a daemon that gets slow can't hide it.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"sync"
	"time"
)

func main() {
	address := flag.String("url", "http://127.0.0.1:8790", "the address of the daemon")
	rate := flag.Float64("rate", 20, "requests a second")
	span := flag.Duration("for", time.Minute, "how long to ask")
	pid := flag.Int("pid", 0, "the process of the daemon, whose memory is watched (Linux)")
	tokenFile := flag.String("token-file", "", "a file with a token")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	if err := run(ctx, *address, *tokenFile, *rate, *span, *pid); err != nil {
		fmt.Fprintln(os.Stderr, "load:", err)
		os.Exit(1) //nolint:gocritic // nothing is left to be done
	}
}

func run(ctx context.Context, address, tokenFile string, rate float64, span time.Duration, pid int) error {
	if rate <= 0 || span <= 0 {
		return errors.New("-rate and -for: expected more than 0")
	}
	a, err := newAsker(address, tokenFile)
	if err != nil {
		return err
	}
	questions, err := a.questions(ctx)
	if err != nil {
		return err
	}
	watched := watch(ctx, pid)
	taken := &times{}
	var group sync.WaitGroup
	begun := time.Now()
	every := time.Duration(float64(time.Second) / rate)
	for n := 0; ctx.Err() == nil; n++ {
		at := begun.Add(time.Duration(n) * every)
		if at.Sub(begun) >= span {
			break
		}
		time.Sleep(time.Until(at))
		kind, path := questions.next(n)
		group.Go(func() {
			err := a.ask(ctx, path)
			taken.add(kind, time.Since(at), err)
		})
	}
	group.Wait()
	taken.print(os.Stdout, time.Since(begun))
	watched.print(os.Stdout)
	return nil
}
