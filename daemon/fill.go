package daemon

import (
	"context"
	"encoding/json"
	"fmt"

	"jobsieve/indexer/chosen"
	"jobsieve/work"
)

// filling is the name of a task that fills a part of an index.
type filling struct {
	// Place is where it stands among the tasks: the last part comes first, since whoever
	// builds the index begins with the first.
	Place string `json:"place"`
	// Program is the version of the program, by which documents are made.
	Program string      `json:"program"`
	Part    chosen.Part `json:"part"`
}

// FillTasks are the tasks of the parts of an index that a program of a version builds.
func FillTasks(program string, parts []chosen.Part) (tasks []work.Task, err error) {
	for i := range parts {
		name, err := json.Marshal(filling{fmt.Sprintf("%09d", len(parts)-i), program, parts[i]})
		if err != nil {
			return nil, err
		}
		tasks = append(tasks, work.Task{Kind: fillTask, Name: string(name)})
	}
	return tasks, nil
}

// fill delivers the part of an index that is named. What it leaves, whoever builds the index
// does.
func (d *Daemon) fill(ctx context.Context, name string) (work.Next, error) {
	var f filling
	if err := json.Unmarshal([]byte(name), &f); err != nil {
		return work.Next{}, fmt.Errorf("the part of an index %q: %w", name, err)
	}
	desk := d.desk()
	if f.Program != d.Program || desk.Index.Embedded() {
		return work.Next{}, nil
	}
	return work.Next{}, desk.Index.Fill(ctx, d.current().Ledger, &f.Part)
}
