package work

import (
	"context"
	"crypto/rand"
	"encoding/json"
	"fmt"
	"log/slog"
	"math"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/riverqueue/river"
	"github.com/riverqueue/river/riverdriver/riverpgxv5"
	"github.com/riverqueue/river/rivermigrate"
	"github.com/riverqueue/river/rivertype"

	"jobsieve/ledger"
)

// shared is a queue in the database of a ledger, which all its machines share: River's.
//
// A row of River's runs once: what follows a run is a new row, made in the transaction
// that ends the first. River itself ends rows by their number alone, so that a machine that
// was paused and wakes would end the run of another; a row that has ended is beyond that.
// For the same reason tasks are rescued here, not by River.
type shared struct {
	options Options
	config  *pgx.ConnConfig
	pool    *pgxpool.Pool
	adder   *river.Client[pgx.Tx]
	log     *slog.Logger // River's
	runs    sync.Map     // the numbers of the rows that run here
}

var _ Queue = (*shared)(nil)

// Open opens the queue of a ledger: in its database, whose tables it makes where they are
// missing, or in this process alone for a ledger in a folder.
func Open(ctx context.Context, locator string, options Options) (Queue, error) {
	config, err := ledger.ServerConfig(locator)
	if err != nil {
		return nil, err
	}
	if config == nil {
		return InProcess(options)
	}
	if options, err = options.usual(); err != nil {
		return nil, err
	}
	s := &shared{options: options, config: config, log: slog.New(quietly(options.Log.Handler()))}
	if err := s.open(ctx); err != nil {
		return nil, fmt.Errorf("open the queue in the database %s at %s: %w", config.Database, config.Host, err)
	}
	return s, nil
}

// mostConns is how many connections a queue has: one listens, and a task needs one only
// while its end is written.
const mostConns = 6

func (s *shared) open(ctx context.Context) error {
	config, err := pgxpool.ParseConfig("")
	if err != nil {
		return err
	}
	config.ConnConfig, config.MaxConns = s.config, mostConns
	if s.pool, err = pgxpool.NewWithConfig(ctx, config); err != nil {
		return err
	}
	if err = s.migrate(ctx); err == nil {
		s.adder, err = river.NewClient(riverpgxv5.New(s.pool), s.river())
	}
	if err != nil {
		s.pool.Close()
	}
	return err
}

// migrate brings River's tables up to date, while no other machine does: one transaction
// holds the lock, and each version has another, since a later one uses what an earlier made.
func (s *shared) migrate(ctx context.Context) error {
	migrator, err := rivermigrate.New(riverpgxv5.New(s.pool), &rivermigrate.Config{Logger: s.log})
	if err != nil {
		return err
	}
	return pgx.BeginFunc(ctx, s.pool, func(tx pgx.Tx) error {
		const lock = "SELECT pg_advisory_xact_lock(hashtextextended('jobsieve queue ' || current_schema(), 0))"
		if _, err := tx.Exec(ctx, lock); err != nil {
			return err
		}
		_, err := migrator.Migrate(ctx, rivermigrate.DirectionUp, nil)
		return err
	})
}

// How River works.
const (
	// fetchPause is how long it waits at least between two looks for tasks, and poll at
	// most, where nobody tells that there are any.
	fetchPause = 10 * time.Millisecond
	poll       = time.Second
	// keepDone is how long rows that are done stay, and keepRescued those that were rescued.
	keepDone    = time.Minute
	keepRescued = 24 * time.Hour
	// longestMachine is how much of a machine's name is kept, in bytes.
	longestMachine = 60
	// forEver is for tasks and rows that have no bound.
	forEver = -1
)

// river gives River's settings. A locator that asks for no prepared statements
// (default_query_exec_mode=cache_describe) leads through a pooler that gives each transaction another
// connection: there nobody can listen, and each machine looks every second.
func (s *shared) river() *river.Config {
	var b [4]byte
	_, _ = rand.Read(b[:]) // it never fails
	return &river.Config{
		ID:                          fmt.Sprintf("%s %x", s.machine(), b),
		Logger:                      s.log,
		PollOnly:                    s.config.DefaultQueryExecMode != pgx.QueryExecModeCacheStatement,
		FetchCooldown:               fetchPause,
		FetchPollInterval:           poll,
		JobTimeout:                  forEver, // which switches River's own rescue off, too
		MaxAttempts:                 math.MaxInt16,
		RetryPolicy:                 steady(s.options.FirstWait),
		CompletedJobRetentionPeriod: keepDone,
		DiscardedJobRetentionPeriod: keepRescued,
	}
}

// machine is by what name rows tell of this machine.
func (s *shared) machine() string {
	return strings.ToValidUTF8(s.options.Machine[:min(len(s.options.Machine), longestMachine)], "")
}

// steady is when River tries a row again whose end could not be written.
type steady time.Duration

// NextRetry says when.
func (w steady) NextRetry(*rivertype.JobRow) time.Time { return time.Now().Add(time.Duration(w)) }

// row is what River keeps of a task; its queue is the kind.
type row struct {
	Name string `json:"name" river:"unique"`
}

// riverKind is what River calls all tasks.
const riverKind = "task"

// Kind is River's.
func (row) Kind() string { return riverKind }

// alive are the states of tasks that are not done.
var alive = []rivertype.JobState{rivertype.JobStateAvailable, rivertype.JobStatePending, rivertype.JobStateRetryable,
	rivertype.JobStateRunning, rivertype.JobStateScheduled}

func insertion(task Task, is past) (river.InsertManyParams, error) {
	metadata, err := json.Marshal(is)
	return river.InsertManyParams{Args: row{task.Name}, InsertOpts: &river.InsertOpts{
		Queue:      string(task.Kind),
		Metadata:   metadata,
		UniqueOpts: river.UniqueOpts{ByArgs: true, ByQueue: true, ByState: alive},
	}}, err
}

// atOnce is how many tasks are added in one transaction.
const atOnce = 1000

func (s *shared) Add(ctx context.Context, tasks ...Task) error {
	tasks, err := each(tasks)
	if err != nil {
		return err
	}
	for some := range slices.Chunk(tasks, atOnce) {
		err := pgx.BeginFunc(ctx, s.pool, func(tx pgx.Tx) error { return s.add(ctx, tx, some) })
		if err != nil {
			return fmt.Errorf("add tasks to the queue: %w", err)
		}
	}
	return nil
}

func (s *shared) add(ctx context.Context, tx pgx.Tx, tasks []Task) error {
	var rows []river.InsertManyParams
	for _, task := range tasks {
		row, err := insertion(task, past{})
		if err != nil {
			return err
		}
		rows = append(rows, row)
	}
	results, err := s.adder.InsertManyTx(ctx, tx, rows)
	if err != nil {
		return err
	}
	var running []int64 // whose rows are locked since
	for _, r := range results {
		if r.UniqueSkippedAsDuplicate && r.Job.State == rivertype.JobStateRunning {
			running = append(running, r.Job.ID)
		}
	}
	if len(running) == 0 {
		return nil
	}
	const again = `UPDATE river_job SET metadata = metadata || '{"again": true}' WHERE id = ANY($1)`
	_, err = tx.Exec(ctx, again, running)
	return err
}

// follow makes the row of what follows a run, in the transaction that ended it.
func (s *shared) follow(ctx context.Context, tx pgx.Tx, task Task, was past, e ended, again bool) error {
	after, is, goes := s.options.follows(task, was, e, again)
	if !goes {
		return nil
	}
	next, err := insertion(task, is)
	if err != nil {
		return err
	}
	result, err := s.adder.InsertTx(ctx, tx, next.Args, next.InsertOpts)
	if err != nil || after <= 0 {
		return err
	}
	// River's own state for what comes later waits for its leader, which looks every five
	// seconds; what is available is taken when its time has come.
	const later = "UPDATE river_job SET scheduled_at = now() + $2::interval WHERE id = $1"
	_, err = tx.Exec(ctx, later, result.Job.ID, after)
	return err
}

func (s *shared) Close() error {
	s.pool.Close()
	return nil
}

// Work does tasks, and rescues those of machines that are gone.
func (s *shared) Work(ctx context.Context, workers Workers) error {
	if err := workers.check(); err != nil {
		return err
	}
	config := s.river()
	config.SoftStopTimeout = max(workers.Grace, time.Millisecond)
	config.Queues, config.Workers = map[string]river.QueueConfig{}, river.NewWorkers()
	for kind, worker := range workers.ByKind {
		config.Queues[string(kind)] = river.QueueConfig{MaxWorkers: worker.Most}
	}
	river.AddWorker(config.Workers, &runner{queue: s, workers: workers})
	client, err := river.NewClient(riverpgxv5.New(s.pool), config)
	if err == nil {
		err = client.Start(ctx)
	}
	if err != nil && ctx.Err() == nil {
		return fmt.Errorf("work on the queue: %w", err)
	}
	if err == nil {
		s.rescueUntil(ctx)
		<-client.Stopped()
	}
	return nil
}
