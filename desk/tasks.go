package desk

import (
	"cmp"
	"maps"
	"slices"
	"strings"
	"time"

	"jobsieve/work"
)

// LongestTask is how long a task may run; the longest fills an index anew.
const LongestTask = 6 * time.Hour

// Tasks is what is to be done, on all machines that share a ledger.
type Tasks struct {
	Kinds []TaskKind `json:"kinds" doc:"The kinds of which there are any, by their names."`
	// Running are the first 200 tasks that run, the longest first, and Failing the first
	// 200 whose last run failed, those with the most failures first.
	Running []RunningTask `json:"running" doc:"The first 200 tasks that run, the longest first."`
	Failing []FailingTask `json:"failing" doc:"The first 200 tasks whose last run failed, those with the most failures first."`
}

// TaskKind counts the tasks of a kind.
type TaskKind struct {
	Kind    string `json:"kind" doc:"crawl, group, deliver, tell or tidy."`
	Waiting int    `json:"waiting"`
	Running int    `json:"running"`
	// Failing are those, waiting or running, whose last run failed.
	Failing int `json:"failing" doc:"Those, waiting or running, whose last run failed."`
	// Lag is how long the one that is ready the longest has been, in seconds.
	Lag float64 `json:"lag" doc:"How long the one that is ready the longest has been, in seconds."`
}

// RunningTask is a task that runs.
type RunningTask struct {
	Kind string `json:"kind"`
	Name string `json:"name" doc:"The source that is crawled; empty for other kinds."`
	// Machine is the name of the machine on which it runs, or the ID of one that is not known any more.
	Machine string `json:"machine" doc:"The name of the machine on which it runs, or the ID of one that is not known any more."`
	// For is how long it runs, in seconds.
	For   float64 `json:"for" doc:"How long it runs, in seconds."`
	Stuck bool    `json:"stuck" doc:"It runs for longer than it may."`
}

// FailingTask is a task whose last run failed.
type FailingTask struct {
	Kind     string `json:"kind"`
	Name     string `json:"name" doc:"The source that is crawled; empty for other kinds."`
	Failures int    `json:"failures" doc:"How often it failed in a row."`
	Fault    string `json:"fault" doc:"Why it failed last."`
	// In is when it is tried again, in seconds; 0 where it is ready or runs.
	In float64 `json:"in" doc:"When it is tried again, in seconds; 0 where it is ready or runs."`
}

// tasksOf tells of tasks, and calls machines by their names.
func tasksOf(state *work.State, machines []Machine) Tasks {
	tasks := Tasks{Kinds: []TaskKind{}, Running: []RunningTask{}, Failing: []FailingTask{}}
	for _, kind := range slices.Sorted(maps.Keys(state.Kinds)) {
		n := state.Kinds[kind]
		tasks.Kinds = append(tasks.Kinds, TaskKind{string(kind), n.Waiting, n.Running, n.Failing, n.Lag.Seconds()})
	}
	names := map[string]string{}
	var pairs []string
	for i := range machines {
		names[machines[i].ID] = machines[i].Name
		pairs = append(pairs, machines[i].ID, machines[i].Name)
	}
	for _, r := range state.Running {
		tasks.Running = append(tasks.Running, RunningTask{
			Kind: string(r.Kind), Name: r.Name, Machine: cmp.Or(names[r.Machine], r.Machine),
			For: r.For.Seconds(), Stuck: r.Stuck,
		})
	}
	named := strings.NewReplacer(pairs...)
	for _, f := range state.Failing {
		tasks.Failing = append(tasks.Failing, FailingTask{
			Kind: string(f.Kind), Name: f.Name, Failures: f.Failures, Fault: named.Replace(f.Fault), In: f.In.Seconds(),
		})
	}
	return tasks
}
