package ledger

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"jobsieve/job"
)

// TestLives wants each posting with its own turns, whether or not its summary is kept.
func TestLives(t *testing.T) {
	l, file := openFile(t, t.TempDir())
	at := time.UnixMilli
	for _, id := range []string{"1", "2", "3", "4"} {
		e := Entry{Posting: job.Posting{ID: id, Source: "s", Title: "Cook"}, Seen: at(1), Reading: &Reading{}}
		if _, err := l.Store(t.Context(), nil, []Entry{e}); err != nil {
			t.Fatal(err)
		}
	}
	for _, statement := range []string{
		`INSERT INTO turn (n, at, crawl, state, cause) VALUES (3, 5, 1, 'open', 'seen'), (1, 6, 1, 'open', 'seen'),
			(3, 7, 2, 'closed', 'gone'), (4, 8, 1, 'open', 'seen')`,
		"UPDATE summary SET packed = x'' WHERE n = 3", "UPDATE posting SET last_seen = 9 WHERE n = 2",
	} {
		if _, err := file.main.ExecContext(t.Context(), statement); err != nil {
			t.Fatal(err)
		}
	}
	if _, _, err := l.Forget(t.Context(), []string{"4"}); err != nil {
		t.Fatal(err)
	}
	var got []string
	err := l.Lives(t.Context(), func(n int64, s *job.Summary, last time.Time, turns []Turn) error {
		line := fmt.Sprintf("%d of %s, seen last at %d:", n, s.Source, last.UnixMilli())
		for _, turn := range turns {
			line += fmt.Sprintf(" %s at %d", turn.State, turn.At.UnixMilli())
		}
		got = append(got, line)
		return nil
	})
	want := []string{
		"1 of s, seen last at 1: open at 6", "2 of s, seen last at 9:", "3 of s, seen last at 1: open at 5 closed at 7",
	}
	slices.Sort(got)
	if diff := cmp.Diff(want, got); diff != "" || err != nil || l.Older() != 1 {
		t.Errorf("%d older, %v (-want +got):\n%s", l.Older(), err, diff)
	}
}

func TestStateBefore(t *testing.T) {
	at := time.UnixMilli
	turns := []Turn{{At: at(5), State: job.StateClosed}, {At: at(8), State: job.StateOpen}}
	for now, want := range map[int64]string{1: "open", 5: "open", 6: "closed since 5", 8: "closed since 5", 9: "open"} {
		state, closed := StateBefore(turns, job.StateOpen, at(now))
		got := string(state)
		if !closed.IsZero() {
			got += fmt.Sprintf(" since %d", closed.UnixMilli())
		}
		if got != want {
			t.Errorf("before %d: %s, want %s", now, got, want)
		}
	}
	if state, _ := StateBefore(turns[1:], job.StateOpen, at(2)); state != job.StateUnknown {
		t.Errorf("before a crawl saw it: %s", state)
	}
	if state, _ := StateBefore(nil, job.StateUnknown, at(2)); state != job.StateUnknown {
		t.Errorf("of a file: %s", state)
	}
}
