// Package check reads the files of the deployment with the parsers of the
// tools that use them. It is a module of its own, so that those parsers are no
// dependency of jobsieve.
package check

import (
	"bytes"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/compose-spec/compose-go/v2/cli"
	"github.com/compose-spec/compose-go/v2/types"
	"github.com/moby/buildkit/frontend/dockerfile/instructions"
	"github.com/moby/buildkit/frontend/dockerfile/parser"
)

const root = "../.."

// load reads docker-compose.yml with the settings of .env.example, and
// passwords.
func load(t *testing.T, profiles ...string) *types.Project {
	t.Helper()
	opts, err := cli.NewProjectOptions([]string{filepath.Join(root, "docker-compose.yml")},
		cli.WithEnvFiles(filepath.Join(root, ".env.example")), cli.WithDotEnv,
		cli.WithEnv([]string{"ELASTIC_PASSWORD=secret", "KIBANA_PASSWORD=secret", "POSTGRES_PASSWORD=secret"}), cli.WithProfiles(profiles))
	if err != nil {
		t.Fatal(err)
	}
	p, err := opts.LoadProject(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func TestCompose(t *testing.T) {
	p := load(t, "kibana")
	for _, name := range []string{"elasticsearch", "jobsieve", "kibana", "kibana-setup"} {
		if _, ok := p.Services[name]; !ok {
			t.Errorf("no service %s", name)
		}
	}
	checkServices(t, p)
	js := p.Services["jobsieve"]
	if !js.ReadOnly || js.User != "65532:65532" {
		t.Errorf("jobsieve: read-only %v, user %s", js.ReadOnly, js.User)
	}
	if got := js.Environment["JOBSIEVE_ELASTICSEARCH_PASSWORD"]; got == nil || *got != "secret" {
		t.Errorf("jobsieve is not given the password: %v", got)
	}
	// In its container the daemon listens on all addresses, which it does only with these.
	for _, name := range []string{"JOBSIEVE_WEB_TOKENS_FILE", "JOBSIEVE_WEB_PROXIES"} {
		if got := js.Environment[name]; got == nil || *got == "" {
			t.Errorf("jobsieve is not given %s", name)
		}
	}
	if d := js.DependsOn["elasticsearch"]; d.Condition != types.ServiceConditionHealthy {
		t.Errorf("jobsieve waits for elasticsearch %q", d.Condition)
	}
	if d := p.Services["kibana"].DependsOn["kibana-setup"]; d.Condition != types.ServiceConditionCompletedSuccessfully {
		t.Errorf("kibana waits for kibana-setup %q", d.Condition)
	}
	if without := load(t); without.Services["kibana"].Name != "" {
		t.Error("kibana starts without its profile")
	}
}

// onceOnly are services that end when they have done what they are for.
var onceOnly = []string{"kibana-setup", "es-setup"}

// checkServices checks what holds for every service.
func checkServices(t *testing.T, p *types.Project) {
	t.Helper()
	for name, s := range p.Services {
		for _, port := range s.Ports {
			if port.HostIP != "127.0.0.1" {
				t.Errorf("%s publishes %s on %q, not on this machine alone", name, port.Published, port.HostIP)
			}
		}
		if s.ReadOnly && len(s.Secrets)+len(s.Configs) > 0 {
			t.Errorf("%s has a read-only root file system: Compose can write no secret or config into it", name)
		}
		for _, v := range s.Volumes {
			if v.Type == types.VolumeTypeBind && (v.Bind == nil || v.Bind.CreateHostPath) {
				t.Errorf("%s: where %s is missing a folder is made of that name", name, v.Source)
			}
		}
		if s.MemLimit == 0 {
			t.Errorf("%s has no memory limit", name)
		}
		if !slices.Contains(onceOnly, name) && (s.HealthCheck == nil || len(s.HealthCheck.Test) == 0) {
			t.Errorf("%s has no health check", name)
		}
	}
}

// TestMany checks the services of several machines: what each daemon is given, and that a
// command that names the daemons starts these services and no others.
func TestMany(t *testing.T) {
	p := load(t, "many")
	checkServices(t, p)
	nodes := []string{"es-1", "es-2", "es-3"}
	for _, name := range []string{"web", "worker-1", "worker-2"} {
		s := p.Services[name]
		for variable, want := range map[string]string{
			"JOBSIEVE_LEDGER":                  "postgres://jobsieve:secret@postgres:5432/jobs?sslmode=disable",
			"JOBSIEVE_INDEX":                   "http://es-1:9200",
			"JOBSIEVE_ELASTICSEARCH_ADDRESSES": "http://es-2:9200,http://es-3:9200",
			"JOBSIEVE_ELASTICSEARCH_PASSWORD":  "secret",
		} {
			if got := s.Environment[variable]; got == nil || *got != want {
				t.Errorf("%s has not %s=%s", name, variable, want)
			}
		}
		for _, needed := range append(nodes, "postgres") {
			if s.DependsOn[needed].Condition != types.ServiceConditionHealthy {
				t.Errorf("%s does not wait for %s", name, needed)
			}
		}
		if len(s.Volumes) != 2 || s.Volumes[0].Source != name+"-data" {
			t.Errorf("%s has no data folder of its own: %v", name, s.Volumes)
		}
		role := "crawl,deliver"
		if name == "web" {
			role = "web"
		}
		if at := slices.Index(s.Command, "--role"); at < 0 || s.Command[at+1] != role {
			t.Errorf("%s does %v, want the role %s", name, s.Command, role)
		}
		if published := len(s.Ports) > 0; published != (name == "web") {
			t.Errorf("%s publishes %v", name, s.Ports)
		}
	}
	for _, name := range nodes {
		s := p.Services[name]
		if got := s.Environment["node.name"]; got == nil || *got != name {
			t.Errorf("%s has another name for itself", name)
		}
		if len(s.Volumes) != 2 || s.Volumes[0].Source != name+"-data" {
			t.Errorf("%s has no data of its own: %v", name, s.Volumes)
		}
		if s.DependsOn["es-setup"].Condition != types.ServiceConditionCompletedSuccessfully {
			t.Errorf("%s does not wait for its certificate", name)
		}
	}
	named, err := p.WithSelectedServices([]string{"web", "worker-1", "worker-2"})
	if err != nil {
		t.Fatal(err)
	}
	want := []string{"es-1", "es-2", "es-3", "es-setup", "postgres", "web", "worker-1", "worker-2"}
	if got := slices.Sorted(maps.Keys(named.Services)); !slices.Equal(got, want) {
		t.Errorf("they start %v, want %v", got, want)
	}
}

// TestSettings wants every variable of the compose file in .env.example.
func TestSettings(t *testing.T) {
	compose, err := os.ReadFile(filepath.Join(root, "docker-compose.yml"))
	if err != nil {
		t.Fatal(err)
	}
	example, err := os.ReadFile(filepath.Join(root, ".env.example"))
	if err != nil {
		t.Fatal(err)
	}
	for _, part := range strings.Split(string(compose), "${")[1:] {
		name := part[:strings.IndexAny(part, ":}")]
		if !strings.Contains(string(example), name+"=") {
			t.Errorf("%s is not in .env.example", name)
		}
	}
}

func TestDockerfile(t *testing.T) {
	f, err := os.Open(filepath.Join(root, "Dockerfile"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	parsed, err := parser.Parse(f)
	if err != nil {
		t.Fatal(err)
	}
	stages, _, err := instructions.Parse(parsed.AST, nil)
	if err != nil {
		t.Fatal(err)
	}
	if len(stages) != 2 {
		t.Fatalf("%d stages", len(stages))
	}
	user, build := "", ""
	for _, c := range stages[1].Commands {
		if u, ok := c.(*instructions.UserCommand); ok {
			user = u.User
		}
	}
	for _, c := range stages[0].Commands {
		if r, ok := c.(*instructions.RunCommand); ok && strings.Contains(strings.Join(r.CmdLine, " "), "go build") {
			build = strings.Join(r.CmdLine, " ")
		}
	}
	if user != "65532:65532" {
		t.Errorf("the image runs as %q", user)
	}
	// The build line makes a static program that knows itself.
	out := filepath.Join(t.TempDir(), "jobsieve")
	cmd := exec.Command("sh", "-c", strings.Replace(build, "-o /jobsieve", "-o "+out, 1))
	cmd.Dir = root
	if text, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("%s: %v\n%s", build, err, text)
	}
	if text, err := exec.Command(out, "version").Output(); err != nil || !bytes.HasPrefix(text, []byte("jobsieve")) {
		t.Errorf("%s: %v", text, err)
	}
	if text, err := exec.Command("ldd", out).CombinedOutput(); err == nil {
		t.Errorf("the program is not static: %s", text)
	}
}
