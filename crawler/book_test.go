package crawler

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"strings"
	"testing"
	"time"

	"jobsieve/job"
)

// brokenBook gives some slots, then none.
type brokenBook struct {
	Book
	left, refused int
}

func (b *brokenBook) Take(context.Context, string, job.Want) (job.Slot, error) {
	if b.left == 0 {
		b.refused++
		return job.Slot{}, errors.New("the disk is full")
	}
	b.left--
	return job.Slot{Begins: time.Now()}, nil
}

func (b *brokenBook) Robots(context.Context, string, string) (*job.RobotsFile, error) {
	return nil, nil
}

func (b *brokenBook) KeepRobots(context.Context, string, string, *job.RobotsFile) error { return nil }

// TestABrokenBookEndsTheCrawl asks for nothing more, and takes no page for one that could not
// be fetched. It is an error, as of the sink: not the source failed.
func TestABrokenBookEndsTheCrawl(t *testing.T) {
	host := serve(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch r.URL.Path {
		case "/jobs":
			for i := range 5 {
				fmt.Fprintf(w, `<li class="job" data-id="%[1]d"><a class="title" href="/%[1]d">Clerk</a></li>`, i)
			}
		case "/robots.txt":
			http.NotFound(w, r)
		}
	}))
	book, g := &brokenBook{left: 2}, &gather{} // for robots.txt and the list
	env := Env{Version: "test", Now: time.Now, Log: slog.New(slog.DiscardHandler), Hosts: NewHosts(book)}
	env.Sleep = func(context.Context, time.Duration) error { return nil }
	r, err := Crawl(t.Context(), source(t, boardHTML, host), env, g)
	if err == nil || !strings.Contains(err.Error(), "the disk is full") {
		t.Errorf("the error is %v", err)
	}
	if book.refused != 1 || len(g.postings) != 0 || len(g.rejected) != 0 || r.Complete || r.Failed {
		t.Errorf("%d refused, %d postings, %q rejected, %+v", book.refused, len(g.postings), g.rejected, r)
	}
}
