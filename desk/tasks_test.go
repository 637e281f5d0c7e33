package desk

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"jobsieve/work"
)

// TestTasks wants tasks told with the names of machines, also in faults.
func TestTasks(t *testing.T) {
	machines := []Machine{{ID: "AAAA", Name: "one:1"}, {ID: "BBBB", Name: "two:2"}}
	state := work.State{
		Kinds: map[work.Kind]work.Count{"tell": {Waiting: 1}, "crawl": {Waiting: 2, Running: 3, Failing: 1, Lag: 1500 * time.Millisecond}},
		Running: []work.Running{
			{Task: work.Task{Kind: "crawl", Name: "a"}, Machine: "BBBB", For: time.Minute, Stuck: true},
			{Task: work.Task{Kind: "crawl", Name: "b"}, Machine: "GONE", For: time.Second},
		},
		Failing: []work.Failing{{Task: work.Task{Kind: "crawl", Name: "a"}, Failures: 2, Fault: "it did not end on the machine AAAA within 30s", In: time.Second}},
	}
	want := Tasks{
		Kinds:   []TaskKind{{"crawl", 2, 3, 1, 1.5}, {"tell", 1, 0, 0, 0}},
		Running: []RunningTask{{"crawl", "a", "two:2", 60, true}, {"crawl", "b", "GONE", 1, false}},
		Failing: []FailingTask{{"crawl", "a", 2, "it did not end on the machine one:1 within 30s", 1}},
	}
	if diff := cmp.Diff(want, tasksOf(&state, machines)); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff(Tasks{[]TaskKind{}, []RunningTask{}, []FailingTask{}}, tasksOf(&work.State{}, nil)); diff != "" {
		t.Error(diff)
	}
}
