package work

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/riverqueue/river"
)

// runner is River's worker for tasks of all kinds.
type runner struct {
	river.WorkerDefaults[row]
	queue   *shared
	workers Workers
}

// Work does a task, and writes its end.
func (r *runner) Work(ctx context.Context, job *river.Job[row]) error {
	run := run{id: job.ID, attempt: job.Attempt, task: Task{Kind(job.Queue), job.Args.Name}}
	if err := json.Unmarshal(job.Metadata, &run.was); err != nil {
		return err
	}
	r.queue.runs.Store(run.id, true)
	defer r.queue.runs.Delete(run.id)
	worker := r.workers.ByKind[run.task.Kind]
	run.ended = r.queue.options.run(ctx, &worker, run.task.Name)
	return r.queue.end(ctx, &run)
}

// run is a run of a task: the row, and how often River gave it.
type run struct {
	id      int64
	attempt int
	task    Task
	was     past
	ended   ended
}

// How a run's end is written where the server is away: one try may take so long, and the
// next comes after a pause.
const (
	endPatience = 10 * time.Second
	endPause    = 500 * time.Millisecond
)

// end writes the end of a run, until it is written or the task will have been rescued. Its
// error makes River give the row once more.
func (s *shared) end(ctx context.Context, r *run) error {
	for began := time.Now(); ; {
		err := s.tryEnd(ctx, r)
		if err == nil || ctx.Err() != nil || time.Since(began) > s.options.Rescue {
			return err
		}
		s.options.Log.Debug("the end of a task is not written yet", "kind", r.task.Kind, "name", r.task.Name,
			"error", err)
		select {
		case <-ctx.Done():
		case <-time.After(endPause):
		}
	}
}

func (s *shared) tryEnd(ctx context.Context, r *run) error {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), endPatience)
	defer cancel()
	return pgx.BeginFunc(ctx, s.pool, func(tx pgx.Tx) error {
		const query = `UPDATE river_job SET state = 'completed', finalized_at = now()
			WHERE id = $1 AND attempt = $2 AND state = 'running' RETURNING metadata ? 'again'`
		var again bool
		err := tx.QueryRow(ctx, query, r.id, r.attempt).Scan(&again)
		if errors.Is(err, pgx.ErrNoRows) {
			return nil // it was rescued, or is written since an earlier try
		}
		if err != nil {
			return err
		}
		return s.follow(ctx, tx, r.task, r.was, r.ended, again)
	})
}

// rescues is how often it is looked for tasks to rescue, in the time after which they are.
const rescues = 9

func (s *shared) rescueUntil(ctx context.Context) {
	ticker := time.NewTicker(s.options.Rescue / rescues)
	defer ticker.Stop()
	for {
		if err := s.rescue(ctx); err != nil && ctx.Err() == nil {
			s.log.Warn("tasks of machines that are gone are not looked for; see that the server runs", "error", err)
		}
		select {
		case <-ctx.Done():
			return
		case <-ticker.C:
		}
	}
}

// own are the rows that this machine runs, where it is known which machines are alive.
func (s *shared) own() []int64 {
	ids := []int64{}
	if s.options.Alive != nil {
		s.runs.Range(func(id, _ any) bool {
			ids = append(ids, id.(int64))
			return true
		})
	}
	return ids
}

// rescue ends the runs that last too long, as failed, so that others take the tasks. The
// machine that had one finds its row ended, if it wakes. Of this machine's own they are those
// that it does not run: the server was away when it should have learnt of one, or have noted
// its end.
func (s *shared) rescue(ctx context.Context) error {
	const query = `UPDATE river_job SET state = 'discarded', finalized_at = now() WHERE id IN (
		SELECT id FROM river_job WHERE kind = $1 AND state = 'running' AND attempted_at < now() - $2::interval
		AND NOT (regexp_replace(attempted_by[array_upper(attempted_by, 1)], ' [^ ]*$', '') = ANY($4) OR id = ANY($5))
		ORDER BY id LIMIT $3 FOR UPDATE SKIP LOCKED)
		RETURNING queue, args->>'name', metadata, metadata ? 'again', attempted_by[array_upper(attempted_by, 1)]`
	alive := []string{}
	if s.options.Alive != nil {
		var err error
		if alive, err = s.options.Alive(ctx); err != nil {
			return err
		}
		alive = slices.DeleteFunc(alive, func(machine string) bool { return machine == s.machine() })
	}
	return pgx.BeginFunc(ctx, s.pool, func(tx pgx.Tx) error {
		rows, err := tx.Query(ctx, query, riverKind, s.options.Rescue, atOnce, alive, s.own())
		if err != nil {
			return err
		}
		type lost struct {
			task    Task
			was     past
			again   bool
			machine string
		}
		found, err := pgx.CollectRows(rows, func(row pgx.CollectableRow) (l lost, err error) {
			return l, row.Scan(&l.task.Kind, &l.task.Name, &l.was, &l.again, &l.machine)
		})
		if err != nil {
			return err
		}
		for _, l := range found {
			const format = "it did not end on the machine %s within %s"
			e := ended{err: fmt.Errorf(format, machineOf(l.machine), s.options.Rescue)}
			if err := s.follow(ctx, tx, l.task, l.was, e, l.again); err != nil {
				return err
			}
		}
		return nil
	})
}
