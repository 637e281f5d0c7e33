package main

import (
	"crypto/sha256"
	"encoding/json"
	"encoding/pem"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/testscript"

	"jobsieve/internal/estest"
	"jobsieve/internal/pgtest"
	"jobsieve/sampleboard"
)

func TestMain(m *testing.M) {
	testscript.Main(serverStopper{m}, map[string]func(){"jobsieve": main})
}

// serverStopper stops the Elasticsearch and the PostgreSQL of the tests at their end.
type serverStopper struct{ *testing.M }

// Run runs the tests.
func (s serverStopper) Run() int {
	defer pgtest.Stop()
	return estest.Main(s.M)
}

// TestPostgresScripts runs the scripts that need a PostgreSQL; PG is the locator of an empty
// database, BOARD the address of the sample board.
func TestPostgresScripts(t *testing.T) {
	board, err := sampleboard.NewBoard()
	if err != nil {
		t.Fatal(err)
	}
	server := httptest.NewServer(board)
	t.Cleanup(server.Close)
	pgtest.Database(t) // without a server they are left out
	testscript.Run(t, testscript.Params{
		Dir: "testdata/postgres", RequireExplicitExec: true,
		Setup: func(env *testscript.Env) error {
			env.Setenv("PG", pgtest.Database(t))
			env.Setenv("LISTEN", freeAddress(t))
			env.Setenv("BOARD", strings.TrimPrefix(server.URL, "http://"))
			return nil
		},
		Cmds: scriptCommands,
	})
}

// TestElasticScripts runs the scripts that need an Elasticsearch; ES is its
// address and ES_ALIAS a name for the script's own index. SECURED is the same
// server over TLS with credentials, whose certificate is in ca.pem and has the
// SHA-256 FINGERPRINT.
func TestElasticScripts(t *testing.T) {
	url := estest.URL(t)
	secured := estest.Secured(t)
	certificate := secured.Certificate().Raw
	testscript.Run(t, testscript.Params{
		Dir: "testdata/elastic", RequireExplicitExec: true,
		Setup: func(env *testscript.Env) error {
			env.Setenv("ES", url)
			env.Setenv("ES_ALIAS", estest.Alias(t, url))
			env.Setenv("SECURED", secured.URL)
			env.Setenv("FINGERPRINT", fmt.Sprintf("%x", sha256.Sum256(certificate)))
			return os.WriteFile(filepath.Join(env.WorkDir, "ca.pem"), pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: certificate}), 0o600)
		},
		Cmds: scriptCommands,
	})
}

var scriptCommands = map[string]func(*testscript.TestScript, bool, []string){"exits": exits, "until": until, "shows": shows, "eventually": eventually, "expand": expand, "terminate": signals(syscall.SIGTERM), "hangup": signals(syscall.SIGHUP), "rewrite": rewrite, "answers": answersWith}

// TestScripts runs the command line as people do; see testdata/script. BOARD
// is the address of the sample board, SITE that of a server of the script's own folder,
// LISTEN a free one for a daemon, with PORT.
func TestScripts(t *testing.T) {
	board, err := sampleboard.NewBoard()
	if err != nil {
		t.Fatal(err)
	}
	server := httptest.NewServer(board)
	t.Cleanup(server.Close)
	testscript.Run(t, testscript.Params{
		Dir:                 "testdata/script",
		RequireExplicitExec: true,
		Setup: func(env *testscript.Env) error {
			env.Setenv("BOARD", strings.TrimPrefix(server.URL, "http://"))
			listen := freeAddress(t)
			env.Setenv("LISTEN", listen)
			env.Setenv("PORT", listen[strings.LastIndex(listen, ":")+1:])
			site := httptest.NewServer(http.FileServer(http.Dir(env.WorkDir)))
			env.Defer(site.Close)
			env.Setenv("SITE", strings.TrimPrefix(site.URL, "http://"))
			return nil
		},
		Cmds: scriptCommands,
	})
}

// rewrite writes a file anew with the first match of an expression replaced: rewrite
// EXPRESSION TEXT FROM TO.
func rewrite(ts *testscript.TestScript, _ bool, args []string) {
	expression, text, from, to := args[0], args[1], args[2], args[3]
	body := []byte(ts.ReadFile(from))
	at := regexp.MustCompile(expression).FindIndex(body)
	if at == nil {
		ts.Fatalf("%s has no %s", from, expression)
	}
	ts.Check(os.WriteFile(ts.MkAbs(to), slices.Concat(body[:at[0]], []byte(text), body[at[1]:]), 0o600))
}

// freeAddress gives an address of this machine that nothing listens on.
func freeAddress(t *testing.T) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	if err := l.Close(); err != nil {
		t.Fatal(err)
	}
	return l.Addr().String()
}

// exits runs a command that must end with an exit code: exits 3 jobsieve ….
func exits(ts *testscript.TestScript, _ bool, args []string) {
	want, err := strconv.Atoi(args[0])
	ts.Check(err)
	if got := exitOf(ts, args[1:]); got != want {
		ts.Fatalf("exit code %d, want %d", got, want)
	}
}

// exitOf runs a command and gives its exit code.
func exitOf(ts *testscript.TestScript, args []string) int {
	err := ts.Exec(args[0], args[1:]...)
	var exit *exec.ExitError
	if errors.As(err, &exit) {
		return exit.ExitCode()
	}
	ts.Check(err)
	return 0
}

// until repeats a command until it ends with an exit code: until 0 jobsieve ….
func until(ts *testscript.TestScript, _ bool, args []string) {
	want, err := strconv.Atoi(args[0])
	ts.Check(err)
	for range 600 { // five minutes, which a loaded machine may need
		if exitOf(ts, args[1:]) == want {
			return
		}
		time.Sleep(500 * time.Millisecond)
	}
	ts.Fatalf("it never ended with %d: %v", want, args[1:])
}

// shows repeats a command until a line of what it prints matches: shows EXPRESSION jobsieve ….
func shows(ts *testscript.TestScript, _ bool, args []string) {
	line := regexp.MustCompile("(?m)" + args[0])
	for range 600 { // five minutes, which a loaded machine may need
		if exitOf(ts, args[1:]) == 0 && line.MatchString(ts.ReadFile("stdout")) {
			return
		}
		time.Sleep(500 * time.Millisecond)
	}
	ts.Fatalf("it never showed %s: %v", args[0], args[1:])
}

// eventually waits until a URL answers 200: eventually http://….
func eventually(ts *testscript.TestScript, _ bool, args []string) {
	for range 6000 { // five minutes, which a loaded machine may need
		resp, err := http.Get(args[0])
		if err == nil {
			_ = resp.Body.Close()
			if resp.StatusCode == http.StatusOK {
				return
			}
		}
		time.Sleep(50 * time.Millisecond)
	}
	ts.Fatalf("%s did not answer", args[0])
}

// answersWith asks a URL, which must answer with a status: answers 401 http://….
func answersWith(ts *testscript.TestScript, _ bool, args []string) {
	resp, err := http.Get(args[1])
	ts.Check(err)
	_ = resp.Body.Close()
	if got := strconv.Itoa(resp.StatusCode); got != args[0] {
		ts.Fatalf("%s answers %s, want %s", args[1], got, args[0])
	}
}

// expand replaces $NAMES in a file by the environment.
func expand(ts *testscript.TestScript, _ bool, args []string) {
	path := ts.MkAbs(args[0])
	text := os.Expand(ts.ReadFile(args[0]), ts.Getenv)
	ts.Check(os.WriteFile(path, []byte(text), 0o600))
}

// signals sends a signal to the process that holds a lock: terminate FILE.
func signals(signal syscall.Signal) func(*testscript.TestScript, bool, []string) {
	return func(ts *testscript.TestScript, _ bool, args []string) {
		var holder struct{ PID int }
		ts.Check(json.Unmarshal([]byte(ts.ReadFile(args[0])), &holder))
		p, err := os.FindProcess(holder.PID)
		ts.Check(err)
		ts.Check(p.Signal(signal))
	}
}
