package daemon

import (
	"context"
	"errors"
	"fmt"
	"time"

	"jobsieve/desk"
	"jobsieve/ledger"
	"jobsieve/work"
)

// RelabelTasks are the tasks of chunks of a relabelling that are not done.
func RelabelTasks(chunks []ledger.Chunk) (tasks []work.Task) {
	for i := range chunks {
		if c := &chunks[i]; !c.Done() {
			name := fmt.Sprintf(chunkName, c.Rereading, c.First)
			tasks = append(tasks, work.Task{Kind: relabelTask, Name: name})
		}
	}
	return tasks
}

// chunkName names a chunk, so that names are in the order of the numbers.
const chunkName = "%s %012d"

// GroupTask is the task that compares what is new, and has it delivered.
func GroupTask() work.Task { return work.Task{Kind: groupTask} }

// othersFirst is how long a machine keeps a chunk that it must not read, while those that may
// take others.
const othersFirst = 5 * time.Second

// relabel reads the chunk again that is named. What was read is grouped, and delivered, once
// all chunks are.
func (d *Daemon) relabel(ctx context.Context, name string) (work.Next, error) {
	var id string
	var first int64
	if _, err := fmt.Sscanf(name, chunkName, &id, &first); err != nil {
		return work.Next{}, fmt.Errorf("the chunk %q: %w", name, err)
	}
	line := d.current()
	c, err := line.Ledger.Chunk(ctx, id, first)
	if err == nil {
		r := &desk.Relabeller{Program: d.Program, Reader: line.Reader, Now: line.Now}
		err = r.Chunk(ctx, line.Ledger, c)
	}
	if errors.Is(err, desk.ErrOtherRules) {
		select {
		case <-ctx.Done():
		case <-time.After(othersFirst):
		}
		return work.Next{Again: true}, nil
	}
	if errors.Is(err, ledger.ErrNoChunk) {
		return work.Next{}, nil
	}
	if err != nil {
		return work.Next{}, err
	}
	left, _, err := line.Ledger.ChunksLeft(ctx, id)
	if err != nil || left > 0 {
		return work.Next{}, err
	}
	return work.Next{}, d.Tasks.Add(ctx, GroupTask())
}
