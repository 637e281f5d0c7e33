// Package testserver puts together a genuine Elasticsearch node from Maven
// Central and runs it, for tests. It needs a JDK (17 or newer) and Maven. See
// README.md for how the node differs from the distribution.
package testserver

import (
	"archive/zip"
	"context"
	"crypto/sha256"
	"embed"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"time"
)

//go:embed pom.xml java log4j2.properties
var parts embed.FS

// ErrNoTools says that Java or Maven is missing.
var ErrNoTools = errors.New("a JDK and Maven are needed to run a real Elasticsearch: " +
	"on Debian, apt-get install default-jdk-headless maven")

// Assemble builds the node's parts into the user's cache folder, once for each
// version of them, and gives that folder.
func Assemble(ctx context.Context, progress io.Writer) (string, error) {
	for _, tool := range []string{"java", "javac", "mvn"} {
		if _, err := exec.LookPath(tool); err != nil {
			return "", fmt.Errorf("%w (%s is missing)", ErrNoTools, tool)
		}
	}
	digest, err := digestParts()
	if err != nil {
		return "", err
	}
	cache, err := os.UserCacheDir()
	if err != nil {
		return "", fmt.Errorf("assemble Elasticsearch: %w", err)
	}
	dir := filepath.Join(cache, "jobsieve-test-elasticsearch", digest)
	if _, err := os.Stat(filepath.Join(dir, "done")); err == nil {
		return dir, nil
	}
	if err := os.MkdirAll(filepath.Dir(dir), 0o755); err != nil {
		return "", fmt.Errorf("assemble Elasticsearch: %w", err)
	}
	building, err := os.MkdirTemp(filepath.Dir(dir), "building-")
	if err != nil {
		return "", fmt.Errorf("assemble Elasticsearch: %w", err)
	}
	fmt.Fprintln(progress, "putting Elasticsearch together from Maven Central, once …")
	if err := build(ctx, building, progress); err != nil {
		return "", errors.Join(fmt.Errorf("assemble Elasticsearch: %w", err), os.RemoveAll(building))
	}
	if err := os.Rename(building, dir); err != nil {
		if _, statErr := os.Stat(filepath.Join(dir, "done")); statErr != nil {
			return "", fmt.Errorf("assemble Elasticsearch: %w", err)
		}
		return dir, os.RemoveAll(building) // another process was faster
	}
	return dir, nil
}

func digestParts() (string, error) {
	sum := sha256.New()
	err := fs.WalkDir(parts, ".", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := parts.ReadFile(path)
		sum.Write(data)
		return err
	})
	return fmt.Sprintf("%x", sum.Sum(nil))[:12], err
}

// build fills dir: lib with the class path, modules with the two modules.
func build(ctx context.Context, dir string, progress io.Writer) error {
	src, all := filepath.Join(dir, "src"), filepath.Join(dir, "all")
	if err := os.CopyFS(src, parts); err != nil {
		return err
	}
	const copyJars = "org.apache.maven.plugins:maven-dependency-plugin:3.6.1:copy-dependencies"
	java := filepath.Join(src, "java", "jobsieve")
	steps := [][]string{
		{"mvn", "-q", "-B", "-f", filepath.Join(src, "pom.xml"), copyJars, "-DoutputDirectory=" + all},
		{
			"javac", "-nowarn", "-cp", filepath.Join(all, "*"), "-d", filepath.Join(dir, "classes"),
			filepath.Join(java, "Launcher.java"), filepath.Join(java, "TestServerPlugin.java"),
		},
	}
	for _, step := range steps {
		cmd := exec.CommandContext(ctx, step[0], step[1:]...)
		cmd.Stdout, cmd.Stderr = progress, progress
		if err := cmd.Run(); err != nil {
			return fmt.Errorf("%s: %w", step[0], err)
		}
	}
	if err := arrange(dir, all); err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(dir, "done"), nil, 0o600)
}

// arrange moves the transport's jars into a module of their own, and makes the
// module that holds our plugin.
func arrange(dir, all string) error {
	modules, lib := filepath.Join(dir, "modules"), filepath.Join(dir, "lib")
	netty, own := filepath.Join(modules, "transport-netty4"), filepath.Join(modules, "testserver")
	for _, d := range []string{netty, own, lib} {
		if err := os.MkdirAll(d, 0o755); err != nil {
			return err
		}
	}
	jars, err := filepath.Glob(filepath.Join(all, "*.jar"))
	if err != nil {
		return err
	}
	version := ""
	for _, jar := range jars {
		name, to := filepath.Base(jar), lib
		if ofTransport(name) {
			to = netty
		}
		if v, ok := strings.CutPrefix(name, "transport-netty4-"); ok {
			version = strings.TrimSuffix(v, ".jar")
			if err := describeNetty(jar, netty); err != nil {
				return err
			}
		}
		if err := os.Rename(jar, filepath.Join(to, name)); err != nil {
			return err
		}
	}
	classes := filepath.Join(dir, "classes")
	if err := jarClasses(classes, filepath.Join(own, "testserver.jar"), "TestServerPlugin"); err != nil {
		return err
	}
	descriptor := fmt.Appendf(nil, ownDescriptor, version)
	if err := os.WriteFile(filepath.Join(own, "plugin-descriptor.properties"), descriptor, 0o600); err != nil {
		return err
	}
	return jarClasses(classes, filepath.Join(lib, "launcher.jar"), "Launcher")
}

// ownDescriptor describes our plugin to a version of Elasticsearch.
const ownDescriptor = "description=GET / and the analyzers of the mapping\n" +
	"version=1\n" +
	"name=testserver\n" +
	"java.version=17\n" +
	"elasticsearch.version=%s\n" +
	"classname=jobsieve.TestServerPlugin\n"

// ofTransport reports a jar that belongs to the transport's module.
func ofTransport(name string) bool {
	of := []string{"transport-netty4", "netty-", "elasticsearch-ssl-config"}
	return slices.ContainsFunc(of, func(prefix string) bool { return strings.HasPrefix(name, prefix) })
}

// describeNetty takes the transport's own descriptor out of its jar. Its
// modulename is left out: with it the ssl-config module is not found.
func describeNetty(jar, to string) (err error) {
	z, err := zip.OpenReader(jar)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, z.Close()) }()
	for _, name := range []string{"plugin-descriptor.properties", "entitlement-policy.yaml"} {
		data, err := fs.ReadFile(z, "META-INF/es-plugins/transport-netty4/"+name)
		if err != nil {
			return err
		}
		var lines []string
		for _, l := range strings.Split(string(data), "\n") {
			if !strings.HasPrefix(l, "modulename=") {
				lines = append(lines, l)
			}
		}
		if err := os.WriteFile(filepath.Join(to, name), []byte(strings.Join(lines, "\n")), 0o600); err != nil {
			return err
		}
	}
	return nil
}

// jarClasses writes the classes whose names begin with prefix into a jar.
func jarClasses(classes, jar, prefix string) (err error) {
	f, err := os.Create(jar)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	z := zip.NewWriter(f)
	names, err := filepath.Glob(filepath.Join(classes, "jobsieve", prefix+"*.class"))
	if err != nil {
		return err
	}
	for _, name := range names {
		data, err := os.ReadFile(name)
		if err != nil {
			return err
		}
		w, err := z.Create("jobsieve/" + filepath.Base(name))
		if err != nil {
			return err
		}
		if _, err := w.Write(data); err != nil {
			return err
		}
	}
	return z.Close()
}

// Server is a running node.
type Server struct {
	URL string
	// Home is its home folder; what it holds stays there when it stops.
	Home string

	assembled string
	java      []string // options of its Java
	settings  []string
	cmd       *exec.Cmd
	log       *os.File
}

// Start runs a node whose data is in home, which is created if it isn't there.
// Settings are those of elasticsearch.yml, name=value.
func Start(ctx context.Context, home string, progress io.Writer, settings ...string) (*Server, error) {
	transport, err := freePort()
	if err != nil {
		return nil, err
	}
	settings = append([]string{fmt.Sprintf("transport.port=%d", transport)}, settings...)
	s, err := prepare(ctx, home, progress, []string{"-Xmx1g"}, settings)
	if err != nil {
		return nil, err
	}
	return s, s.Run(ctx)
}

// prepare makes a node, and does not run it.
func prepare(ctx context.Context, home string, progress io.Writer, java, settings []string) (*Server, error) {
	assembled, err := Assemble(ctx, progress)
	if err != nil {
		return nil, err
	}
	for _, d := range []string{"config", "data", "logs", "plugins"} {
		if err := os.MkdirAll(filepath.Join(home, d), 0o755); err != nil {
			return nil, fmt.Errorf("start Elasticsearch: %w", err)
		}
	}
	logging, err := parts.ReadFile("log4j2.properties")
	if err == nil {
		err = os.WriteFile(filepath.Join(home, "config", "log4j2.properties"), logging, 0o600)
	}
	if err == nil {
		if _, statErr := os.Lstat(filepath.Join(home, "modules")); statErr != nil {
			err = os.CopyFS(filepath.Join(home, "modules"), os.DirFS(filepath.Join(assembled, "modules")))
		}
	}
	if err != nil {
		return nil, fmt.Errorf("start Elasticsearch: %w", err)
	}
	port, err := freePort()
	if err != nil {
		return nil, err
	}
	s := &Server{URL: fmt.Sprintf("http://127.0.0.1:%d", port), Home: home, assembled: assembled, java: java}
	s.settings = append([]string{fmt.Sprintf("http.port=%d", port)}, settings...)
	return s, nil
}

func freePort() (int, error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return 0, fmt.Errorf("find a free port: %w", err)
	}
	port := l.Addr().(*net.TCPAddr).Port
	return port, l.Close()
}

// startTime is how long a node may take to answer.
const startTime = 10 * time.Minute

// Run starts the node, or restarts it after Kill or Stop, and waits until
// it answers.
func (s *Server) Run(ctx context.Context) (err error) {
	log := filepath.Join(s.Home, "logs", "output.log")
	if s.log, err = os.OpenFile(log, os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600); err != nil {
		return fmt.Errorf("start Elasticsearch: %w", err)
	}
	args := slices.Concat(s.java, []string{
		"-Xms256m", "-XX:+UseSerialGC", "-Djava.io.tmpdir=" + os.TempDir(),
		"--add-opens=java.base/java.io=ALL-UNNAMED", "-cp", filepath.Join(s.assembled, "lib", "*"),
		"jobsieve.Launcher", s.Home,
	}, s.settings)
	s.cmd = exec.Command("java", args...)
	s.cmd.Stdout, s.cmd.Stderr = s.log, s.log
	if err := s.cmd.Start(); err != nil {
		return fmt.Errorf("start Elasticsearch: %w", err)
	}
	ended := make(chan error, 1)
	go func(cmd *exec.Cmd) { ended <- cmd.Wait() }(s.cmd)
	deadline := time.After(startTime)
	for {
		if s.answers(ctx) {
			return nil
		}
		select {
		case err := <-ended:
			return fmt.Errorf("the server ended at its start: %w; see %s", err, s.log.Name())
		case <-deadline:
			late := fmt.Errorf("the server did not answer within %s; see %s", startTime, s.log.Name())
			return errors.Join(late, s.Kill())
		case <-ctx.Done():
			return errors.Join(ctx.Err(), s.Kill())
		case <-time.After(100 * time.Millisecond):
		}
	}
}

// answers reports that the node takes requests and its cluster is formed.
func (s *Server) answers(ctx context.Context) bool {
	url := s.URL + "/_cluster/health?wait_for_status=yellow&timeout=1s"
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, url, nil)
	if err != nil {
		return false
	}
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		return false
	}
	_ = resp.Body.Close()
	return resp.StatusCode == http.StatusOK
}

// PID is the server's process.
func (s *Server) PID() int { return s.cmd.Process.Pid }

// Kill ends the node as a crash does.
func (s *Server) Kill() error { return s.end(syscall.SIGKILL) }

// Stop ends the node in an orderly way.
func (s *Server) Stop() error { return s.end(syscall.SIGTERM) }

// Hang stops the node without ending it, until Resume.
func (s *Server) Hang() error { return s.cmd.Process.Signal(syscall.SIGSTOP) }

// Resume lets a node that hangs go on.
func (s *Server) Resume() error { return s.cmd.Process.Signal(syscall.SIGCONT) }

func (s *Server) end(sig syscall.Signal) error {
	if err := s.cmd.Process.Signal(sig); err != nil && !errors.Is(err, os.ErrProcessDone) {
		return fmt.Errorf("end Elasticsearch: %w", err)
	}
	for range 600 {
		if s.cmd.Process.Signal(syscall.Signal(0)) != nil {
			break
		}
		time.Sleep(50 * time.Millisecond)
	}
	return s.log.Close()
}
