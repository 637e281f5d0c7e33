package main

import (
	"bytes"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/sys/unix"
)

var updateAnswers = flag.Bool("update-answers", false, "write what the commands of docs/answers.md print into it")

// leastAnswers is how many questions docs/answers.md answers at least.
const leastAnswers = 30

// TestAnswers runs every command of docs/answers.md on the sample board, at a terminal of 80
// columns, and wants it to print what stands there.
func TestAnswers(t *testing.T) {
	const path = "../../docs/answers.md"
	body, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	t.Setenv("JOBSIEVE_DATA", filepath.Join(dir, "jobsieve-quickstart"))
	quickstart := exec.CommandContext(t.Context(), "jobsieve", "quickstart")
	quickstart.Dir = dir
	if out, err := quickstart.CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	parts := strings.Split(string(body), "```\n")
	answers := 0
	for i := 1; i < len(parts); i += 2 {
		command, want, ok := strings.Cut(parts[i], "\n")
		command, isCommand := strings.CutPrefix(command, "$ ")
		if !ok || !isCommand {
			t.Errorf("expected a command after $, got %q", parts[i])
			continue
		}
		answers++
		got := atTerminal(t, dir, command)
		if *updateAnswers {
			parts[i] = "$ " + command + "\n" + got
			continue
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s (-docs/answers.md +now):\n%s", command, diff)
		}
	}
	if answers < leastAnswers {
		t.Errorf("%d answers, want %d", answers, leastAnswers)
	}
	if *updateAnswers {
		if err := os.WriteFile(path, []byte(strings.Join(parts, "```\n")), 0o600); err != nil {
			t.Fatal(err)
		}
	}
}

// atTerminal gives what a line of a shell prints at a terminal of 80 columns, without
// spaces at the ends of lines.
func atTerminal(t *testing.T, dir, line string) string {
	t.Helper()
	master, slave := terminalPair(t)
	cmd := exec.CommandContext(t.Context(), "sh", "-c", line)
	cmd.Dir, cmd.Stdout, cmd.Stderr = dir, slave, slave
	cmd.Env = append(os.Environ(), "NO_COLOR=1")
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	if err := slave.Close(); err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	if _, err := io.Copy(&out, master); err != nil && !errors.Is(err, syscall.EIO) { // its end
		t.Fatal(err)
	}
	if err := cmd.Wait(); err != nil {
		t.Errorf("%s: %v", line, err)
	}
	var lines []string
	for _, l := range strings.Split(strings.ReplaceAll(out.String(), "\r\n", "\n"), "\n") {
		if at := strings.LastIndex(l, "\r"); at >= 0 { // progress, which was written over
			l = strings.TrimPrefix(l[at+1:], "\x1b[K")
		}
		lines = append(lines, strings.TrimRight(l, " "))
	}
	return strings.Join(lines, "\n")
}

// terminalPair makes a terminal of 80 columns: what is written to the second file comes
// out of the first.
func terminalPair(t *testing.T) (master, slave *os.File) {
	t.Helper()
	master, err := os.OpenFile("/dev/ptmx", os.O_RDWR|syscall.O_NOCTTY, 0)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = master.Close() })
	fd := int(master.Fd())
	n, err := unix.IoctlGetInt(fd, unix.TIOCGPTN)
	if err == nil {
		err = unix.IoctlSetPointerInt(fd, unix.TIOCSPTLCK, 0)
	}
	if err == nil {
		err = unix.IoctlSetWinsize(fd, unix.TIOCSWINSZ, &unix.Winsize{Row: 50, Col: 80})
	}
	if err != nil {
		t.Fatal(err)
	}
	slave, err = os.OpenFile(fmt.Sprintf("/dev/pts/%d", n), os.O_RDWR|syscall.O_NOCTTY, 0)
	if err != nil {
		t.Fatal(err)
	}
	return master, slave
}
