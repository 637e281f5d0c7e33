package pgtest

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"strconv"
	"syscall"
	"testing"
	"time"

	"jobsieve/internal/sharedtest"
)

// Pair is a server of a test's own, and a standby that has whatever was committed before
// that is answered.
type Pair struct {
	primary, standby *server
	lost             *server // what was the primary once
	locator          string  // of the database
}

// NewPair starts a primary and its standby, and makes an empty database. Both end with the
// test. Where there is no PostgreSQL it does as Database.
func NewPair(t testing.TB) *Pair {
	t.Helper()
	if _, err := tool("pg_basebackup"); err != nil {
		sharedtest.Missing(t, "postgres", "the PostgreSQL suite is left out: "+err.Error())
	}
	p := new(Pair)
	t.Cleanup(func() {
		if err := errors.Join(p.primary.end(), p.standby.end(), p.lost.end()); err != nil {
			t.Error(err)
		}
	})
	var err error
	if p.primary, err = start(); err != nil {
		t.Fatal(err)
	}
	var b [6]byte
	_, _ = rand.Read(b[:]) // it never fails
	name := fmt.Sprintf("jobsieve_test_%x", b)
	run(t, "createdb", "--maintenance-db="+p.primary.url, "--template=template0", name)
	if p.standby, err = p.primary.follow(); err != nil {
		t.Fatal(err)
	}
	p.locator = fmt.Sprintf("postgres://postgres@127.0.0.1:%d,127.0.0.1:%d/%s?target_session_attrs=read-write",
		p.primary.port, p.standby.port, name)
	// Set after the copy: once promoted, the standby waits for no other.
	for _, command := range []string{"ALTER SYSTEM SET synchronous_standby_names = '*'", "SELECT pg_reload_conf()"} {
		run(t, "psql", "-X", "-c", command, p.primary.url)
	}
	return p
}

// Locator is that of the database, on whichever of the two may be written.
func (p *Pair) Locator() string { return p.locator }

// Restart ends the primary, at once or after it has ended its connections, and starts it
// again after a while.
func (p *Pair) Restart(atOnce bool, down time.Duration) error {
	if atOnce {
		return p.primary.restart(syscall.SIGQUIT, down)
	}
	return p.primary.restart(syscall.SIGINT, down)
}

// Promote loses the primary for good, killed or ended at once, and has the standby take its
// place after a while.
func (p *Pair) Promote(killed bool, down time.Duration) error {
	how := syscall.SIGQUIT
	if killed {
		how = syscall.SIGKILL
	}
	if err := p.primary.stop(how); err != nil {
		return err
	}
	time.Sleep(down)
	p.lost, p.primary, p.standby = p.primary, p.standby, nil
	return do("pg_ctl", "promote", "-w", "-t", strconv.Itoa(int(startPatience.Seconds())), "-D", p.primary.data())
}

// follow starts a standby of the server, in a folder of its own.
func (s *server) follow() (*server, error) {
	dir, err := os.MkdirTemp("", "jobsieve-postgres-")
	if err != nil {
		return nil, err
	}
	standby := &server{dir: dir}
	err = give(dir)
	if err == nil {
		err = do("pg_basebackup", "--pgdata="+standby.data(), "--dbname="+s.url, "--write-recovery-conf",
			"--checkpoint=fast", "--no-sync")
	}
	if err == nil {
		err = standby.listen()
	}
	if err == nil {
		err = s.followed()
	}
	return standby, err
}

// followed waits until a standby has come up to the server.
func (s *server) followed() error {
	path, err := tool("psql")
	if err != nil {
		return err
	}
	ctx, cancel := context.WithTimeout(context.Background(), startPatience)
	defer cancel()
	const query = "SELECT 1 / count(*) FROM pg_stat_replication WHERE state = 'streaming'"
	for {
		err := exec.CommandContext(ctx, path, "-X", "-v", "ON_ERROR_STOP=1", "-c", query, s.url).Run()
		if err == nil {
			return nil
		}
		if ctx.Err() != nil {
			return fmt.Errorf("no standby follows the server: %w", err)
		}
		time.Sleep(pause)
	}
}

// end ends the server, if it runs, and removes its folder.
func (s *server) end() error {
	if s == nil {
		return nil
	}
	select {
	case <-s.done:
	default:
		if err := s.stop(syscall.SIGQUIT); err != nil {
			return err
		}
	}
	return os.RemoveAll(s.dir)
}
