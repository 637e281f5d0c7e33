package daemon

import (
	"testing"
	"time"

	"jobsieve/config"
	"jobsieve/desk"
	"jobsieve/filter"
	"jobsieve/work"
)

// A chunk is read by a machine that has its rules, and left to others by one that has not.
// What was read is grouped then.
func TestRelabelTask(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		d := testDaemon(t, "first @every 6h")
		ctx := t.Context()
		if _, err := d.Line.Run(ctx, "run", []*config.Source{&d.Line.Config.Sources[0]}); err != nil {
			t.Fatal(err)
		}
		r := &desk.Relabeller{Program: "2", Reader: d.Line.Reader, Now: time.Now}
		id, err := r.Begin(ctx, d.Line.Ledger, new(filter.Filter), 1)
		if err != nil {
			t.Fatal(err)
		}
		left, err := d.Line.Ledger.UndoneChunks(ctx)
		if err != nil {
			t.Fatal(err)
		}
		tasks := RelabelTasks(left)
		if want := (work.Task{Kind: "relabel", Name: id + " 000000000001"}); len(tasks) != 1 || tasks[0] != want {
			t.Fatalf("%+v, want %+v", tasks, want)
		}
		began := time.Now()
		next, err := d.relabel(ctx, tasks[0].Name)
		if err != nil || !next.Again || time.Since(began) != othersFirst {
			t.Errorf("of another program: %+v after %s: %v", next, time.Since(began), err)
		}
		d.Program = "2"
		for range 2 {
			if next, err := d.relabel(ctx, tasks[0].Name); err != nil || next.Again {
				t.Errorf("%+v: %v", next, err)
			}
		}
		if state, err := d.Tasks.State(ctx); err != nil || state.Kinds[groupTask].Waiting != 1 {
			t.Errorf("%+v: %v", state, err)
		}
		if left, _, err := d.Line.Ledger.ChunksLeft(ctx, id); left != 0 || err != nil {
			t.Errorf("%d chunks are left: %v", left, err)
		}
		if _, err := d.relabel(ctx, "GONE 000000000001"); err != nil {
			t.Errorf("one that was dropped: %v", err)
		}
		if _, err := d.relabel(ctx, "nonsense"); err == nil {
			t.Error("nonsense was relabelled")
		}
	})
}

// A part of an index is left to others by a machine of another version, or without a server.
func TestFillTask(t *testing.T) {
	d := testDaemon(t, "first @every 6h")
	for name, good := range map[string]bool{"nonsense": false, `{"program":"2"}`: true, `{"program":""}`: true} {
		if next, err := d.fill(t.Context(), name); next.Again || (err == nil) != good {
			t.Errorf("%s: %+v: %v", name, next, err)
		}
	}
}
