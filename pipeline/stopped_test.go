package pipeline

import (
	"context"
	"log/slog"
	"testing"
	"time"

	"jobsieve/config"
	"jobsieve/ledger"
)

// Sources that had not begun when a run was asked to stop are no failure: the
// next run reads them.
func TestStoppedBeforeItBegan(t *testing.T) {
	l, err := ledger.Open(t.Context(), t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := l.Close(); err != nil {
			t.Error(err)
		}
	}()
	ctx, stop := context.WithCancel(t.Context())
	stop()
	line := &Line{Ledger: l, Config: config.Default(), Log: slog.New(slog.DiscardHandler), Now: time.Now}
	receipt, err := line.crawl(ctx, &config.Source{Name: "s", Kind: config.KindHTML})
	if err != nil || !receipt.CutOff || receipt.Failed || receipt.Why == "" {
		t.Errorf("%+v: %v", receipt, err)
	}
}
