//go:build linux

package machines

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"sync"
	"syscall"
	"testing"

	"jobsieve/internal/pgtest"
)

// built is the folder of the programs that the tests run.
var built string

func TestMain(m *testing.M) { os.Exit(inFolder(m)) }

func inFolder(m *testing.M) int {
	var err error
	if built, err = os.MkdirTemp("", "jobsieve-machines-"); err != nil {
		panic(err)
	}
	defer func() { _ = os.RemoveAll(built) }()
	return pgtest.Main(m)
}

// program gives the program as it is now, which is built once.
func program(t testing.TB) string {
	t.Helper()
	path, err := newest()
	if err != nil {
		t.Fatal(err)
	}
	return path
}

var newest = sync.OnceValues(func() (string, error) { return build(filepath.Join("..", ".."), "newest") })

// build builds the program of a checkout.
func build(dir, name string) (string, error) {
	path := filepath.Join(built, name)
	c := exec.Command("go", "build", "-o", path, "./cmd/jobsieve")
	c.Dir = dir
	if out, err := c.CombinedOutput(); err != nil {
		return "", fmt.Errorf("build the program in %s: %w: %s", dir, err, out)
	}
	return path, nil
}

// machine is a machine of its own: a data folder, a configuration, and a daemon on it.
type machine struct {
	program, name, dir, config string
	process                    *exec.Cmd
	said                       *os.File
}

// nowhere is an index that can't be reached: rows wait for it.
const nowhere = "http://127.0.0.1:1"

// newMachine makes a machine that crawls the world into a ledger; an empty locator keeps it in
// the data folder.
func newMachine(t testing.TB, w *world, program, name, locator string) *machine {
	t.Helper()
	dir := t.TempDir()
	m := &machine{program: program, name: name, dir: filepath.Join(dir, "data"), config: filepath.Join(dir, "jobsieve.yaml")}
	text := fmt.Sprintf("contact: %s@example.org\nindex: %s\nlisten: 127.0.0.1:0\n", name, nowhere)
	if locator != "" {
		text += "ledger: " + locator + "\n"
	}
	err := os.WriteFile(m.config, []byte(text+"sources:\n"+w.sources()), 0o600)
	if err == nil {
		m.said, err = os.Create(filepath.Join(dir, "said"))
	}
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		m.kill(t)
		_ = m.said.Close() // it was only written for people
	})
	return m
}

// command is a command on the machine.
func (m *machine) command(args ...string) *exec.Cmd {
	c := exec.Command(m.program, append([]string{"--config", m.config, "--data", m.dir}, args...)...)
	c.SysProcAttr = &syscall.SysProcAttr{Pdeathsig: syscall.SIGKILL}
	return c
}

// run runs a command to its end, which must be one of these exit codes, and gives its output.
func (m *machine) run(t testing.TB, codes []int, args ...string) []byte {
	t.Helper()
	var out, said bytes.Buffer
	c := m.command(args...)
	c.Stdout, c.Stderr = &out, &said
	err := c.Run()
	for _, code := range codes {
		if c.ProcessState != nil && c.ProcessState.ExitCode() == code {
			return out.Bytes()
		}
	}
	t.Fatalf("%s: %v: %v\n%s%s", m.name, args, err, out.Bytes(), said.Bytes())
	return nil
}

// serve starts the daemon.
func (m *machine) serve(t testing.TB) {
	t.Helper()
	m.process = m.command("serve")
	m.process.Stdout, m.process.Stderr = m.said, m.said
	if err := m.process.Start(); err != nil {
		t.Fatal(err)
	}
}

// signal sends the daemon a signal.
func (m *machine) signal(t testing.TB, s syscall.Signal) {
	t.Helper()
	if err := m.process.Process.Signal(s); err != nil {
		t.Errorf("%s: %v: its log: %s", m.name, err, m.log())
	}
}

// kill kills the daemon, if there is one.
func (m *machine) kill(t testing.TB) {
	t.Helper()
	if m.process == nil {
		return
	}
	m.signal(t, syscall.SIGKILL)
	_ = m.process.Wait() // it was killed
	m.process = nil
}

// stop ends the daemon as an operator does, and waits until it has.
func (m *machine) stop(t testing.TB) {
	t.Helper()
	if m.process == nil {
		return
	}
	m.signal(t, syscall.SIGTERM)
	if err := m.process.Wait(); err != nil {
		t.Errorf("%s: %v: its log: %s", m.name, err, m.log())
	}
	m.process = nil
}

// log gives the last that the daemon said.
func (m *machine) log() string {
	const most = 4000
	said, err := os.ReadFile(m.said.Name())
	if err != nil {
		return err.Error()
	}
	return string(said[max(0, len(said)-most):])
}
