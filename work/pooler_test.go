package work

import (
	"context"
	"fmt"
	"net"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"syscall"
	"testing"
	"time"

	"jobsieve/internal/pgtest"
	"jobsieve/internal/sharedtest"
)

// TestPooler works through pgbouncer, which gives each transaction another connection.
func TestPooler(t *testing.T) {
	direct := pgtest.Database(t)
	pooled := pooler(t, direct) + "?default_query_exec_mode=cache_describe"
	a, b := opened(t, pooled, quick("a")), opened(t, pooled, quick("b"))
	tasks := numbered(40)
	var done ran
	for _, q := range []Queue{a, b} {
		begin(t, q, only(4, func(_ context.Context, name string) (Next, error) {
			times := done.add(name)
			if times == 2 {
				return Next{}, fmt.Errorf("no %s", name)
			}
			return Next{Again: times < 4}, nil
		}))
	}
	add(t, a, tasks...)
	until(t, b, "empty", empty)
	if len(done.names) < 4*len(tasks) {
		t.Errorf("%d runs of %d tasks", len(done.names), len(tasks))
	}
}

// pooler starts pgbouncer for a database, and gives the locator through it.
func pooler(t *testing.T, direct string) (locator string) {
	t.Helper()
	path, err := exec.LookPath("pgbouncer")
	if err != nil {
		sharedtest.Missing(t, "pgbouncer", "on Debian: apt-get install pgbouncer")
	}
	to, err := url.Parse(direct)
	if err != nil {
		t.Fatal(err)
	}
	l, err := new(net.ListenConfig).Listen(t.Context(), "tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	_, port, _ := net.SplitHostPort(l.Addr().String())
	l.Close()
	dir := t.TempDir()
	settings := filepath.Join(dir, "pgbouncer.ini")
	text := fmt.Sprintf(`[databases]
* = host=127.0.0.1 port=%s user=postgres
[pgbouncer]
listen_addr = 127.0.0.1
listen_port = %s
unix_socket_dir =
auth_type = any
pool_mode = transaction
default_pool_size = 4
ignore_startup_parameters = idle_in_transaction_session_timeout,jit,tcp_keepalives_idle,tcp_keepalives_interval,tcp_keepalives_count,synchronous_commit,lock_timeout
`, to.Port(), port)
	if err := os.WriteFile(settings, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	arguments := []string{"-q", settings}
	if os.Geteuid() == 0 {
		arguments = append([]string{"-u", "nobody"}, arguments...) // it refuses root
	}
	c := exec.CommandContext(t.Context(), path, arguments...)
	c.Stderr, c.Cancel = os.Stderr, func() error { return c.Process.Signal(syscall.SIGINT) }
	if err := c.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = c.Wait() }) // the test's context has ended
	for began := time.Now(); ; time.Sleep(10 * time.Millisecond) {
		conn, err := new(net.Dialer).DialContext(t.Context(), "tcp", "127.0.0.1:"+port)
		if err == nil {
			conn.Close()
			break
		}
		if time.Since(began) > patience {
			t.Fatal(err)
		}
	}
	to.Host = "127.0.0.1:" + port
	return to.String()
}
