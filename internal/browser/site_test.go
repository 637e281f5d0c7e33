//go:build unix

package browser

import (
	"bufio"
	"bytes"
	"encoding/json"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"syscall"
	"testing"

	"jobsieve/internal/sharedtest"
)

// site is a running daemon, and the install whose postings it shows.
type site struct {
	program, folder string
	// browser is Chromium.
	browser string
	// url is where the page is, without a slash at its end.
	url string
}

// configuration lets the tests ask as fast as they can.
const configuration = `listen: 127.0.0.1:0
web: {requests_per_second: 1000, cost_per_second: 1000}
`

// serve begins to serve the sample board, and postings besides, until the test ends.
func serve(t *testing.T, postings []map[string]string) *site {
	t.Helper()
	s := &site{folder: t.TempDir(), browser: chromium(t)}
	s.program = filepath.Join(s.folder, "jobsieve")
	build := exec.CommandContext(t.Context(), "go", "build", "-o", s.program, "jobsieve/cmd/jobsieve")
	if out, err := build.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	s.write(t, "jobsieve.yaml", []byte(configuration))
	s.run(t, "quickstart")
	if len(postings) > 0 {
		var lines bytes.Buffer
		for _, p := range postings {
			if err := json.NewEncoder(&lines).Encode(p); err != nil {
				t.Fatal(err)
			}
		}
		s.run(t, "import", s.write(t, "postings.jsonl", lines.Bytes()))
	}
	s.listen(t)
	return s
}

// chromium finds the browser.
func chromium(t *testing.T) string {
	t.Helper()
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome"} {
		if path, err := exec.LookPath(name); err == nil {
			return path
		}
	}
	sharedtest.Missing(t, "browser", "there is no chromium: on Debian, apt-get install chromium")
	return ""
}

// axe reads axe-core.
func axe(t *testing.T) string {
	t.Helper()
	body, err := os.ReadFile(os.Getenv("JOBSIEVE_AXE"))
	if err != nil {
		sharedtest.Missing(t, "browser", "there is no axe-core: set JOBSIEVE_AXE to axe.min.js of the npm package axe-core, as .ci/axe does")
	}
	return string(body)
}

func (s *site) write(t *testing.T, name string, body []byte) (path string) {
	t.Helper()
	path = filepath.Join(s.folder, name)
	if err := os.WriteFile(path, body, 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// command makes a command of the install.
func (s *site) command(t *testing.T, args ...string) *exec.Cmd {
	cmd := exec.CommandContext(t.Context(), s.program, args...)
	cmd.Dir = s.folder
	cmd.Env = append(os.Environ(), "JOBSIEVE_CONFIG=jobsieve.yaml", "JOBSIEVE_DATA=data")
	return cmd
}

// run runs a command, which must end well, and gives what it prints.
func (s *site) run(t *testing.T, args ...string) []byte {
	t.Helper()
	cmd := s.command(t, args...)
	var out, faults bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &faults
	if err := cmd.Run(); err != nil {
		t.Fatalf("jobsieve %q: %v\n%s", args, err, faults.Bytes())
	}
	return out.Bytes()
}

// serving is what the daemon logs when it can be asked.
var serving = regexp.MustCompile(`msg=serving listen=(\S+)`)

// listen starts the daemon, and waits until it can be asked.
func (s *site) listen(t *testing.T) {
	t.Helper()
	cmd := s.command(t, "serve")
	cmd.Cancel = func() error { return cmd.Process.Signal(syscall.SIGTERM) }
	log, err := cmd.StderrPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	var said strings.Builder
	for lines := bufio.NewScanner(log); s.url == "" && lines.Scan(); {
		said.WriteString(lines.Text() + "\n")
		if found := serving.FindStringSubmatch(lines.Text()); found != nil {
			s.url = "http://" + found[1]
		}
	}
	drained := make(chan struct{})
	go func() {
		_, _ = io.Copy(io.Discard, log)
		close(drained)
	}()
	t.Cleanup(func() {
		_ = cmd.Process.Signal(syscall.SIGTERM)
		<-drained
		_ = cmd.Wait() // it is ended by a signal
	})
	if s.url == "" {
		t.Fatalf("the daemon does not serve:\n%s", said.String())
	}
}
