package main

import (
	"bytes"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"syscall"
	"testing"
	"time"

	"go.yaml.in/yaml/v4"

	"jobsieve/internal/estest"
)

// composed is a service of docker-compose.yml.
type composed struct {
	Command     []string
	Environment map[string]string
	Healthcheck struct{ Test []string }
}

// compose gives the service of docker-compose.yml, with what stands for others of its
// texts, and for each variable its usual value, or a password.
func compose(t *testing.T, stands *strings.Replacer) (c composed) {
	t.Helper()
	body, err := os.ReadFile("../../docker-compose.yml")
	if err != nil {
		t.Fatal(err)
	}
	text := regexp.MustCompile(`\$\{[A-Z_]+:\?[^}]*\}`).ReplaceAllString(string(body), "secret")
	text = regexp.MustCompile(`\$\{[A-Z_]+:-([^}]*)\}`).ReplaceAllString(text, "$1")
	var all struct{ Services map[string]yaml.Node }
	if err := yaml.Unmarshal([]byte(text), &all); err != nil {
		t.Fatal(err)
	}
	service := all.Services["jobsieve"]
	if err := service.Decode(&c); err != nil {
		t.Fatal(err)
	}
	for name, v := range c.Environment {
		c.Environment[name] = stands.Replace(v)
	}
	for _, words := range [][]string{c.Command, c.Healthcheck.Test} {
		for i := range words {
			words[i] = stands.Replace(words[i])
		}
	}
	return c
}

// TestElasticComposed starts what docker-compose.yml starts, with the same words and
// environment, as processes: the page and the API answer whoever has a token.
func TestElasticComposed(t *testing.T) {
	url := estest.URL(t)
	dir := t.TempDir()
	listen := freeAddress(t)
	_, port, _ := net.SplitHostPort(listen)
	service := compose(t, strings.NewReplacer("http://elasticsearch:9200", url, "/data/", dir+"/", ":8790", ":"+port))
	config := filepath.Join(dir, "jobsieve.yaml")
	if err := os.WriteFile(config, []byte("elasticsearch: {alias: "+estest.Alias(t, url)+"}\nsources: []\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	// The Dockerfile sets these two.
	environment := append(os.Environ(), "JOBSIEVE_DATA="+dir, "JOBSIEVE_CONFIG="+config)
	for name, v := range service.Environment {
		environment = append(environment, name+"="+v)
	}
	var log bytes.Buffer
	command := func(words ...string) *exec.Cmd {
		cmd := exec.CommandContext(t.Context(), "jobsieve", words...)
		cmd.Env, cmd.Dir, cmd.Stderr = environment, t.TempDir(), &log
		return cmd
	}
	output := func(words ...string) string {
		t.Helper()
		out, err := command(words...).Output()
		if err != nil {
			t.Fatalf("%v: %v\n%s", words, err, &log)
		}
		return string(out)
	}
	rows := filepath.Join(dir, "rows.jsonl")
	if err := os.WriteFile(rows, []byte(`{"id":"1","title":"Telecaller, voice process","company":"Acme"}`+"\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	output("import", rows)
	var serving bytes.Buffer
	daemon := command(service.Command...)
	daemon.Stderr = &serving
	if err := daemon.Start(); err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := daemon.Process.Signal(syscall.SIGTERM); err != nil {
			t.Error(err)
		}
		if err := daemon.Wait(); err != nil {
			t.Errorf("%v\n%s", err, &serving)
		}
	}()
	healthy := func() bool { return command(service.Healthcheck.Test[2:]...).Run() == nil } // after CMD and jobsieve
	for begun := time.Now(); !healthy(); time.Sleep(100 * time.Millisecond) {
		if time.Since(begun) > 2*time.Minute {
			t.Fatalf("it never was healthy: %s", &log)
		}
	}

	token := output("token", "asha")
	tokenFile := filepath.Join(dir, "token")
	if err := os.WriteFile(tokenFile, []byte(token), 0o600); err != nil {
		t.Fatal(err)
	}
	server := "http://" + listen
	get := func(path, token string) (int, string) {
		r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, server+path, http.NoBody)
		if err != nil {
			t.Fatal(err)
		}
		if token != "" {
			r.Header.Set("Authorization", "Bearer "+strings.TrimSpace(token))
		}
		resp, err := http.DefaultClient.Do(r)
		if err != nil {
			t.Fatal(err)
		}
		defer resp.Body.Close()
		var body bytes.Buffer
		_, _ = body.ReadFrom(resp.Body)
		return resp.StatusCode, body.String()
	}
	for begun := time.Now(); ; time.Sleep(100 * time.Millisecond) { // the daemon reads the file again by itself
		if status, _ := get("/api/v1/sources", token); status == http.StatusOK {
			break
		} else if time.Since(begun) > time.Minute {
			t.Fatalf("the token is not taken: %d", status)
		}
	}
	for path, want := range map[string]string{
		"/?text=telecaller": "Acme", "/api/v1/search?text=telecaller": `"company":"Acme"`, "/metrics": "jobsieve_documents_waiting 0",
	} {
		if status, _ := get(path, ""); status != http.StatusUnauthorized {
			t.Errorf("%s without a token: %d", path, status)
		}
		if status, body := get(path, token); status != http.StatusOK || !strings.Contains(body, want) {
			t.Errorf("%s: %d, %.500s", path, status, body)
		}
	}
	if got := output("search", "telecaller", "--server", server, "--token-file", tokenFile); !strings.Contains(got, "1 posting matches") {
		t.Error(got)
	}
	if text := serving.String(); strings.Contains(text, strings.TrimSpace(token)) || strings.Contains(text, "secret") {
		t.Errorf("a secret is told: %s", text)
	}
}
