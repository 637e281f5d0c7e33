package pipeline

import (
	"context"
	"testing"
	"time"

	"jobsieve/config"
	"jobsieve/ledger"
)

// Pages of a source that is configured no more go after the time that holds for
// sources which say none.
func TestPagesOfARemovedSource(t *testing.T) {
	ctx := t.Context()
	l, err := ledger.Open(ctx, t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := l.Close(); err != nil {
			t.Error(err)
		}
	}()
	now := time.Date(2026, 5, 1, 0, 0, 0, 0, time.UTC)
	crawl, err := l.BeginCrawl(ctx, "removed", now, 0)
	if err == nil {
		err = crawl.Keep(ctx, "GET page", &ledger.Page{Status: 200, Body: []byte("text"), At: now})
	}
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		after time.Duration
		want  int
	}{{time.Hour, 1}, {config.DefaultKeepPages - time.Hour, 1}, {config.DefaultKeepPages + time.Hour, 0}} {
		line := &Line{
			Ledger: l, Config: &config.Config{}, Now: func() time.Time { return now.Add(c.after) },
			Deliver: func(context.Context, func(int)) (d ledger.Deliveries, err error) { return d, nil },
		}
		if _, err := line.Run(ctx, "run", nil); err != nil {
			t.Fatal(err)
		}
		if names, err := l.PageSources(ctx); len(names) != c.want || err != nil {
			t.Errorf("after %s pages of %v are kept: %v", c.after, names, err)
		}
	}
}
