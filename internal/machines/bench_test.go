//go:build linux

package machines

import (
	"fmt"
	"testing"
	"time"

	"jobsieve/internal/pgtest"
)

// BenchmarkMachines has one, two and three machines crawl a world into one ledger: hosts that
// ask for no delay, and hosts that do. It reports pages and postings a second, from the
// first request to the last, and judges what came of it as that of disturbed machines.
func BenchmarkMachines(b *testing.B) {
	const most = 3
	hurried := size{hosts: 60, pages: 100, delays: spread{time.Nanosecond, 2 * time.Nanosecond}}
	polite := size{hosts: 60, pages: 20, delays: spread{100 * time.Millisecond, 300 * time.Millisecond}}
	for machines := 1; machines <= most; machines++ {
		b.Run(fmt.Sprintf("hurried/%d", machines), func(b *testing.B) { measure(b, hurried, machines) })
		b.Run(fmt.Sprintf("polite/%d", machines), func(b *testing.B) { measure(b, polite, machines) })
	}
}

func measure(b *testing.B, of size, machines int) {
	b.Helper()
	var pages, postings int
	var took time.Duration
	for b.Loop() {
		tr := newTrial(b, 1, of, pgtest.Database(b))
		for range machines {
			tr.add(program(b))
		}
		tr.finish()
		tr.judge()
		log := tr.world.asked()
		pages, took = pages+len(log), took+log[len(log)-1].at-log[0].at
		for _, board := range tr.world.boards() {
			postings += board.postings
		}
	}
	b.ReportMetric(float64(pages)/took.Seconds(), "pages/s")
	b.ReportMetric(float64(postings)/took.Seconds(), "postings/s")
}
