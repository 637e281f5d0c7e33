package work

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"os"
	"os/exec"
	"os/signal"
	"slices"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"jobsieve/internal/pgtest"
	"jobsieve/ledger"
)

// helperEnv is the locator of the queue that this process, started by a test, works on.
const helperEnv = "JOBSIEVE_TEST_WORK"

// quick are options of a queue that rescues soon.
func quick(machine string) Options {
	o := options(machine)
	o.Bound, o.Rescue = 2*time.Second, 3*time.Second
	return o
}

// help works on a queue as another machine, until it is told to stop. It says "begun" when
// a task begins, whose handler then waits for its end and says that all is done.
func help(locator string) int {
	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGTERM)
	defer stop()
	q, err := Open(ctx, locator, quick("helper"))
	if err == nil {
		err = q.Work(ctx, only(1, func(ctx context.Context, _ string) (Next, error) {
			fmt.Println("begun")
			<-ctx.Done()
			return Next{}, nil
		}))
	}
	if err != nil {
		fmt.Println(err)
		return 1
	}
	return 0
}

// helper starts such a process, and waits until it runs a task.
func helper(t *testing.T, locator string) *exec.Cmd {
	t.Helper()
	path, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	c := exec.CommandContext(t.Context(), path)
	c.Env = append(os.Environ(), helperEnv+"="+locator)
	c.Stderr = os.Stderr
	out, err := c.StdoutPipe()
	if err == nil {
		err = c.Start()
	}
	if err != nil {
		t.Fatal(err)
	}
	if line, err := bufio.NewReader(out).ReadString('\n'); line != "begun\n" {
		rest, _ := io.ReadAll(out)
		t.Fatalf("the helper says %q%s: %v", line, rest, err)
	}
	return c
}

func signalTo(t *testing.T, c *exec.Cmd, s os.Signal) {
	t.Helper()
	if err := c.Process.Signal(s); err != nil {
		t.Fatal(err)
	}
}

// The task of a machine that is gone is done by another.
func TestKilled(t *testing.T) {
	locator := pgtest.Database(t)
	q := opened(t, locator, quick("rescuer"))
	add(t, q, Task{"k", "a"})
	gone := helper(t, locator)
	s := stateOf(t, q)
	if len(s.Running) != 1 || s.Running[0].Machine != "helper" {
		t.Errorf("running %+v", s.Running)
	}
	signalTo(t, gone, syscall.SIGKILL)
	_ = gone.Wait() // it was killed
	failing := make(chan State)
	began := time.Now()
	begin(t, q, only(1, func(ctx context.Context, _ string) (Next, error) {
		s, err := q.State(ctx)
		failing <- s
		return Next{}, err
	}))
	s = receive(t, failing, "the rescue")
	t.Logf("rescued after %s", time.Since(began))
	const want = "it did not end on the machine helper within 3s"
	if len(s.Failing) != 1 || s.Failing[0].Failures != 1 || s.Failing[0].Fault != want {
		t.Errorf("failing %+v", s.Failing)
	}
	until(t, q, "empty", empty)
}

// A run of which a machine that is alive knows nothing, since the server was away when it was
// given or ended, is given again; one that it does is left to it.
func TestUnknownRun(t *testing.T) {
	locator := pgtest.Database(t)
	o := quick("one")
	o.Bound = 0
	looks := make(chan bool)
	o.Alive = func(context.Context) ([]string, error) {
		select {
		case looks <- true:
		default:
		}
		return []string{"one", "other"}, nil
	}
	q := opened(t, locator, o)
	add(t, q, Task{"k", "known"})
	began, goOn, ended := make(chan string, 10), make(chan bool), make(chan string, 10)
	begin(t, q, only(2, func(ctx context.Context, name string) (Next, error) {
		began <- name
		if name == "known" {
			select {
			case <-goOn:
			case <-ctx.Done():
			}
		}
		ended <- name
		return Next{}, nil
	}))
	receive(t, began, "the task")
	receive(t, looks, "a look for tasks to rescue") // which knows of the task; those before it are over
	const running = `INSERT INTO river_job (state, attempt, max_attempts, attempted_at, attempted_by, kind, queue, args, priority)
		VALUES ('running', 1, 100, now() - '1h'::interval, ARRAY[$1], 'task', 'k', jsonb_build_object('name', $2::text), 1)`
	pool := q.(*shared).pool
	for machine, name := range map[string]string{"one 01020304": "unknown", "other 01020304": "of another"} {
		if _, err := pool.Exec(t.Context(), running, machine, name); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := pool.Exec(t.Context(), "UPDATE river_job SET attempted_at = now() - '1h'::interval"); err != nil {
		t.Fatal(err)
	}
	if name := receive(t, ended, "the rescue"); name != "unknown" {
		t.Errorf("%s ended", name)
	}
	until(t, q, "what is known", func(s State) bool { return s.Kinds["k"] == Count{Running: 2} })
	close(goOn)
	if name := receive(t, ended, "the end"); name != "known" || len(began) != 1 {
		t.Errorf("%s ended, %d more began", name, len(began))
	}
}

// A machine that was paused for so long that its task was given to another wakes and says
// that it is done: the run of the other counts.
func TestPaused(t *testing.T) {
	locator := pgtest.Database(t)
	q := opened(t, locator, quick("rescuer"))
	add(t, q, Task{"k", "a"})
	paused := helper(t, locator)
	signalTo(t, paused, syscall.SIGSTOP)
	var runs atomic.Int32
	began, goOn, last := make(chan bool, 100), make(chan bool), make(chan bool, 100)
	begin(t, q, only(1, func(context.Context, string) (Next, error) {
		if runs.Add(1) > 1 {
			last <- true
			return Next{}, nil
		}
		began <- true
		<-goOn
		return Next{Again: true}, nil
	}))
	receive(t, began, "the rescue")
	signalTo(t, paused, syscall.SIGTERM)
	signalTo(t, paused, syscall.SIGCONT)
	if err := paused.Wait(); err != nil {
		t.Error(err)
	}
	if s := stateOf(t, q); s.Kinds["k"].Running+s.Kinds["k"].Waiting != 1 {
		t.Errorf("the task is lost: %+v", s)
	}
	close(goOn)
	receive(t, last, "what follows")
	until(t, q, "empty", empty)
}

// A server that ends at once and is started again loses no task.
func TestServerRestarted(t *testing.T) {
	const machines, slices = 2, 5
	locator := pgtest.OwnDatabase(t)
	var done ran
	var all []Queue
	half := make(chan bool)
	once := sync.OnceFunc(func() { close(half) })
	tasks := numbered(40)
	for i := range machines {
		q := opened(t, locator, quick(fmt.Sprint("machine ", i)))
		all = append(all, q)
		begin(t, q, only(4, func(_ context.Context, name string) (Next, error) {
			time.Sleep(5 * time.Millisecond)
			times := done.add(name)
			if name == tasks[20].Name && times > 1 {
				once()
			}
			return Next{Again: times < slices}, nil
		}))
	}
	add(t, all[0], tasks...)
	receive(t, half, "the middle")
	if err := pgtest.Restart(time.Second); err != nil {
		t.Fatal(err)
	}
	until(t, all[1], "empty", empty)
	times := map[string]int{}
	for _, name := range done.names {
		times[name]++
	}
	for _, task := range tasks {
		if times[task.Name] < slices {
			t.Errorf("%s ran %d times", task.Name, times[task.Name])
		}
	}
}

// Many machines may begin at once, beside the ledger, in a schema of its own, and where
// nobody can listen.
func TestOpenedAtOnce(t *testing.T) {
	const machines = 10
	plain := pgtest.Database(t)
	l, err := ledger.Open(t.Context(), plain)
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	schema := opened(t, plain, options("m")).(*shared)
	if _, err := schema.pool.Exec(t.Context(), "CREATE SCHEMA jobs"); err != nil {
		t.Fatal(err)
	}
	for _, locator := range []string{pgtest.Database(t), plain + "?search_path=jobs", plain + "?default_query_exec_mode=cache_describe"} {
		var group sync.WaitGroup
		var done ran
		for i := range machines {
			group.Go(func() {
				q, err := Open(t.Context(), locator, options("m"))
				if err != nil {
					t.Error(err)
					return
				}
				t.Cleanup(func() { _ = q.Close() })
				begin(t, q, only(1, func(_ context.Context, name string) (Next, error) {
					done.add(name)
					return Next{}, nil
				}))
				if err := q.Add(t.Context(), Task{"k", fmt.Sprint(i)}); err != nil {
					t.Error(err)
				}
			})
		}
		group.Wait()
		until(t, opened(t, locator, options("m")), "empty", empty)
		if slices.Sort(done.names); strings.Join(done.names, "") != "0123456789" {
			t.Errorf("%s: ran %v", locator, done.names)
		}
	}
	_, err = l.Verify(t.Context(), func(f ledger.Fault) error { return fmt.Errorf("a fault: %v", f) }, nil)
	if err != nil {
		t.Error(err)
	}
	if _, err := ledger.Copy(t.Context(), plain, pgtest.Database(t), nil); err != nil {
		t.Error(err)
	}
}

// A queue of a server that is not there says so, and shows no password.
func TestNoServer(t *testing.T) {
	_, err := Open(t.Context(), "postgres://me:secret@127.0.0.1:1/jobs", Options{})
	if err == nil || !strings.Contains(err.Error(), "the database jobs at 127.0.0.1") || strings.Contains(err.Error(), "secret") {
		t.Error(err)
	}
}

// BenchmarkSlices does tasks of 20 slices each that take no time.
func BenchmarkSlices(b *testing.B) {
	for _, machines := range []int{1, 3} {
		b.Run(fmt.Sprintf("machines=%d", machines), func(b *testing.B) {
			const names, of = 50, 20
			locator := pgtest.Database(b)
			for range b.N {
				b.StopTimer()
				var runs atomic.Int32
				var stops []func()
				all := make([]Queue, machines)
				for i := range all {
					all[i] = opened(b, locator, options("m"))
				}
				add(b, all[0], numbered(names)...)
				b.StartTimer()
				var left [names]atomic.Int32
				for _, q := range all {
					stops = append(stops, begin(b, q, only(8, func(_ context.Context, name string) (Next, error) {
						runs.Add(1)
						i, err := strconv.Atoi(name)
						return Next{Again: left[i].Add(1) < of}, err
					})))
				}
				until(b, all[0], "empty", empty)
				b.StopTimer()
				if runs.Load() != names*of {
					b.Errorf("%d runs", runs.Load())
				}
				for _, stop := range stops {
					stop()
				}
			}
			b.ReportMetric(names*of*float64(b.N)/b.Elapsed().Seconds(), "slices/s")
		})
	}
}

// BenchmarkAddToStart is how long a task that is added waits for a machine that is idle.
func BenchmarkAddToStart(b *testing.B) {
	locator := pgtest.Database(b)
	started := make(chan time.Time)
	begin(b, opened(b, locator, options("m")), only(8, func(context.Context, string) (Next, error) {
		started <- time.Now()
		return Next{}, nil
	}))
	q := opened(b, locator, options("adder"))
	var took []time.Duration
	for i := range b.N {
		time.Sleep(30 * time.Millisecond)
		began := time.Now()
		add(b, q, Task{"k", fmt.Sprint(i)})
		took = append(took, receive(b, started, "the task").Sub(began))
	}
	slices.Sort(took)
	b.ReportMetric(float64(took[len(took)/2].Microseconds())/1000, "p50-ms")
	b.ReportMetric(float64(took[len(took)*9/10].Microseconds())/1000, "p90-ms")
}

// Whoever only looks at a queue makes no tables, and sees what the machines see.
func TestLook(t *testing.T) {
	folder, err := Look(t.Context(), t.TempDir(), time.Minute)
	if err != nil || !empty(folder) {
		t.Errorf("of a folder: %+v, %v", folder, err)
	}
	locator := pgtest.Database(t)
	looked := func(bound time.Duration) State {
		t.Helper()
		s, err := Look(t.Context(), locator, bound)
		if err != nil {
			t.Fatal(err)
		}
		return s
	}
	for range 2 { // the first made none
		if s := looked(time.Minute); !empty(s) {
			t.Errorf("before there are tables: %+v", s)
		}
	}
	q := opened(t, locator, options("m"))
	began, goOn := make(chan bool), make(chan bool)
	add(t, q, Task{"k", "a"}, Task{"k", "b"})
	begin(t, q, only(1, func(context.Context, string) (Next, error) {
		began <- true
		<-goOn
		return Next{}, nil
	}))
	receive(t, began, "a run")
	s := looked(time.Minute)
	if n := s.Kinds["k"]; n.Running != 1 || n.Waiting != 1 || len(s.Running) != 1 || s.Running[0].Machine != "m" || s.Running[0].Stuck {
		t.Errorf("while one runs: %+v", s)
	}
	if s := looked(0); !s.Running[0].Stuck {
		t.Errorf("nothing is stuck that runs for longer than nothing: %+v", s)
	}
	goOn <- true
	receive(t, began, "the other run")
	goOn <- true
	until(t, q, "empty", empty)
	if _, err := Look(t.Context(), "postgres://127.0.0.1:1/jobs", time.Minute); err == nil ||
		!strings.Contains(err.Error(), "read the queue in the database jobs at 127.0.0.1") {
		t.Errorf("of a server that is not there: %v", err)
	}
}
