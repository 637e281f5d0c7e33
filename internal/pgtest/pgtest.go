// Package pgtest gives tests a real PostgreSQL: the one that
// JOBSIEVE_TEST_POSTGRES names, else one that it starts for the test process.
package pgtest

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"net"
	"net/url"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"jobsieve/internal/sharedtest"
)

// Env names the server that tests use, by the URL of one of its databases; empty
// starts one.
const Env = "JOBSIEVE_TEST_POSTGRES"

var (
	once   sync.Once
	own    *server
	errRun error
)

// Database gives the locator of a database of the test's own, which is deleted at the
// test's end. Where there is no server the test is skipped, or fails if JOBSIEVE_REQUIRE
// names "postgres".
func Database(t testing.TB) string {
	t.Helper()
	base := os.Getenv(Env)
	if base == "" {
		base = started(t)
	}
	address, err := url.Parse(base)
	if err != nil {
		t.Fatalf("%s: %v", Env, err)
	}
	var b [6]byte
	_, _ = rand.Read(b[:]) // it never fails
	name := fmt.Sprintf("jobsieve_test_%x", b)
	run(t, "createdb", "--maintenance-db="+base, "--template=template0", name)
	t.Cleanup(func() { run(t, "dropdb", "--maintenance-db="+base, "--force", name) })
	address.Path = "/" + name
	return address.String()
}

// OwnDatabase is Database on a server that this process started, which Restart may end.
func OwnDatabase(t testing.TB) string {
	t.Helper()
	if os.Getenv(Env) != "" {
		sharedtest.Missing(t, "postgres", "a server is not ended and started again: that needs one of the test's own; unset "+Env)
	}
	return Database(t)
}

// started gives the URL of the server of this process.
func started(t testing.TB) string {
	t.Helper()
	once.Do(func() { own, errRun = start() })
	if errRun != nil {
		sharedtest.Missing(t, "postgres", "the PostgreSQL suite is left out: "+errRun.Error()+"; or name a server in "+Env)
	}
	return own.url
}

// Restart ends the server of an OwnDatabase at once, as a power cut would, and starts it
// again after a while.
func Restart(down time.Duration) error { return own.restart(syscall.SIGQUIT, down) }

func (s *server) restart(how os.Signal, down time.Duration) error {
	if err := s.stop(how); err != nil {
		return err
	}
	time.Sleep(down)
	return s.run()
}

// Main runs the tests, stops the server and gives the exit code:
// func TestMain(m *testing.M) { os.Exit(pgtest.Main(m)) }.
func Main(m *testing.M) int {
	defer Stop()
	return m.Run()
}

// Stop ends the server of this process, where it has one.
func Stop() {
	if own != nil {
		_ = own.stop(os.Interrupt)
		_ = os.RemoveAll(own.dir)
	}
}

// Query asks a database by its locator, and gives the rows as psql prints them: one a line,
// with a bar between the columns.
func Query(t testing.TB, locator, query string) string {
	t.Helper()
	out := run(t, "psql", "-X", "-A", "-t", "-v", "ON_ERROR_STOP=1", "-c", query, locator)
	return strings.TrimSpace(out)
}

// server is a server that was started.
type server struct {
	dir, url string
	port     int
	process  *exec.Cmd
	done     chan struct{} // closed once it ended
}

// start makes a new server, in a folder of its own.
func start() (*server, error) {
	if _, err := tool("initdb"); err != nil {
		return nil, err
	}
	dir, err := os.MkdirTemp("", "jobsieve-postgres-")
	if err != nil {
		return nil, err
	}
	s := &server{dir: dir}
	if err := s.make(); err != nil {
		return nil, errors.Join(err, os.RemoveAll(dir))
	}
	return s, nil
}

func (s *server) make() (err error) {
	if err := give(s.dir); err != nil {
		return err
	}
	err = do("initdb", "-D", s.data(), "-A", "trust", "-U", "postgres", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync")
	if err != nil {
		return err
	}
	return s.listen()
}

// do runs one of PostgreSQL's programs as the server's user.
func do(name string, args ...string) error {
	c, err := command(name, args...)
	if err != nil {
		return err
	}
	if out, err := c.CombinedOutput(); err != nil {
		return fmt.Errorf("%s: %w: %s", name, err, out)
	}
	return nil
}

// listen chooses a port, and runs the server there.
func (s *server) listen() (err error) {
	if s.port, err = freePort(); err != nil {
		return err
	}
	s.url = fmt.Sprintf("postgres://postgres@127.0.0.1:%d/postgres", s.port)
	return s.run()
}

func (s *server) data() string { return filepath.Join(s.dir, "data") }

// startPatience is how long a server may take to start, in which it recovers what a
// sudden end left.
const startPatience = 30 * time.Second

// run starts the server and waits until it answers.
func (s *server) run() (err error) {
	log, err := os.OpenFile(filepath.Join(s.dir, "log"), os.O_CREATE|os.O_WRONLY|os.O_APPEND, 0o600)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, log.Close()) }()
	s.process, err = command("postgres", "-D", s.data(), "-p", strconv.Itoa(s.port), "-k", s.dir,
		"-c", "listen_addresses=127.0.0.1", "-c", "max_connections=300", "-c", "fsync=off")
	if err != nil {
		return err
	}
	s.process.Stdout, s.process.Stderr = log, log
	if err := s.process.Start(); err != nil {
		return err
	}
	s.done = make(chan struct{})
	go func(ended chan struct{}) {
		_ = s.process.Wait() // its log says why it ended
		close(ended)
	}(s.done)
	return s.ready()
}

// ready waits until the server answers.
func (s *server) ready() error {
	path, err := tool("psql")
	if err != nil {
		return err
	}
	ctx, cancel := context.WithTimeout(context.Background(), startPatience)
	defer cancel()
	for {
		out, err := exec.CommandContext(ctx, path, "-X", "-c", "SELECT 1", s.url).CombinedOutput()
		if err == nil {
			return nil
		}
		select {
		case <-s.done:
			said, _ := os.ReadFile(filepath.Join(s.dir, "log"))
			return fmt.Errorf("the server ended: %s", said)
		case <-ctx.Done():
			return fmt.Errorf("the server does not answer: %w: %s", err, out)
		case <-time.After(pause):
		}
	}
}

// pause is how long the server is left alone between two looks at it.
const pause = 50 * time.Millisecond

// stop ends the server and waits until it has.
func (s *server) stop(how os.Signal) error {
	if err := s.process.Process.Signal(how); err != nil {
		return err
	}
	<-s.done
	return nil
}

// run runs one of PostgreSQL's programs and gives what it printed.
func run(t testing.TB, name string, args ...string) string {
	t.Helper()
	path, err := tool(name)
	if err != nil {
		sharedtest.Missing(t, "postgres", "the PostgreSQL suite is left out: "+err.Error())
	}
	out, err := exec.CommandContext(context.Background(), path, args...).CombinedOutput()
	if err != nil {
		t.Fatalf("%s: %v: %s", name, err, out)
	}
	return string(out)
}

// command is a command of PostgreSQL that its own user runs where root would.
func command(name string, args ...string) (*exec.Cmd, error) {
	path, err := tool(name)
	if err != nil {
		return nil, err
	}
	c := exec.CommandContext(context.Background(), path, args...)
	c.Dir = os.TempDir()
	c.SysProcAttr, err = asPostgres()
	return c, err
}

// tool finds one of PostgreSQL's programs where psql is on the PATH: the newest that Debian
// installs, which leaves the server's own off the PATH, else that of the PATH.
func tool(name string) (string, error) {
	_, err := exec.LookPath("psql")
	found, _ := filepath.Glob("/usr/lib/postgresql/*/bin/" + name) // the pattern is right
	if err == nil && len(found) > 0 {
		return found[len(found)-1], nil
	}
	path, err := exec.LookPath(name)
	if err != nil {
		return "", fmt.Errorf("it needs PostgreSQL's %s (on Debian: apt-get install postgresql)", name)
	}
	return path, nil
}

// give gives a folder to the user that runs the server.
func give(dir string) error {
	uid, gid, err := postgresUser()
	if err != nil || uid < 0 {
		return err
	}
	return os.Chown(dir, uid, gid)
}

// postgresUser is the user that runs the server where this one is root, as whom it
// refuses to run; -1 where this one is not.
func postgresUser() (uid, gid int, err error) {
	if os.Geteuid() != 0 {
		return -1, -1, nil
	}
	u, err := user.Lookup("postgres")
	if err != nil {
		return 0, 0, err
	}
	uid, err = strconv.Atoi(u.Uid)
	if err != nil {
		return 0, 0, err
	}
	gid, err = strconv.Atoi(u.Gid)
	return uid, gid, err
}

// freePort gives a port of this machine that nobody listens at.
func freePort() (int, error) {
	l, err := new(net.ListenConfig).Listen(context.Background(), "tcp", "127.0.0.1:0")
	if err != nil {
		return 0, err
	}
	return l.Addr().(*net.TCPAddr).Port, l.Close()
}
