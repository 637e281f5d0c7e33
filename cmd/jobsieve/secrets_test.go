package main

import (
	"bytes"
	"context"
	"fmt"
	"io/fs"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"jobsieve/ledger"
)

// The secrets of the test, each of its own kind.
const (
	urlPassword  = "urlPassw0rdPlanted"
	flagPassword = "flagPassw0rdPlanted"
	envPassword  = "envPassw0rdPlanted"
	filePassword = "filePassw0rdPlanted"
	feedLogin    = "feedLog1nPlanted"
	feedKey      = "feedKeyPlanted77"
	apiKey       = "apiKeyPlanted88"
)

var plantedSecrets = []string{urlPassword, flagPassword, envPassword, filePassword, feedLogin, feedKey, apiKey, "Planted"}

const secretsConfig = `contact: me@example.org
index: http://elastic:` + urlPassword + `@127.0.0.1:1
elasticsearch: {timeout: 1s}
notify: {url: "http://127.0.0.1:1/hookPlanted99", secret: noticePlanted99}
fetch: {delay: 0s, private: [127.0.0.1]}
sources:
  - {name: feed, kind: feed, url: "http://someone:` + feedLogin + `@BOARD/feed?key=` + feedKey + `&page=1"}
  - {name: lost, kind: feed, url: "http://someone:` + feedLogin + `@BOARD/missing?api_key=` + feedKey + `"}
  - {name: list, kind: html, url: "http://BOARD/list?token=` + feedKey + `", list: {item: li, next: a.next@href, fields: {title: b}}, detail: {link: a@href}}
  - {name: board, kind: ats, platform: adzuna, query: telecaller, api_id: ` + apiKey + `, api_key: ` + apiKey + `, url: "http://BOARD/"}
`

// boardOfKeys is a site that hands the key of a request on to its links.
func boardOfKeys(t *testing.T) *httptest.Server {
	t.Helper()
	return httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		key := r.URL.Query().Get("key") + r.URL.Query().Get("token")
		switch r.URL.Path {
		case "/feed":
			if user, password, ok := r.BasicAuth(); !ok || user != "someone" || password != feedLogin {
				w.WriteHeader(http.StatusUnauthorized)
				return
			}
			fmt.Fprintf(w, `<rss version="2.0"><channel><title>t</title><item><title>Telecaller</title><link>http://%s/job/1?key=%s</link><guid>1</guid></item></channel></rss>`, r.Host, key)
		case "/list":
			fmt.Fprintf(w, `<ul><li><a href="/job/2?token=%[1]s"><b>Data entry operator</b></a></li></ul><a class=next href="/missing?token=%[1]s">next</a>`, key)
		case "/job/2":
			w.Header().Set("ETag", `"1"`)
			fmt.Fprint(w, `<html><body><h1>Data entry operator</h1><p>Typing.</p></body></html>`)
		default:
			http.NotFound(w, r)
		}
	}))
}

// TestNoSecretIsTold runs many commands with secrets in every place that can
// have one, and looks for them in all that is printed and stored.
func TestNoSecretIsTold(t *testing.T) {
	t.Chdir(t.TempDir())
	board := boardOfKeys(t)
	defer board.Close()
	write := func(name, text string) {
		if err := os.WriteFile(name, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	config := strings.ReplaceAll(secretsConfig, "BOARD", strings.TrimPrefix(board.URL, "http://"))
	write("jobsieve.yaml", config)
	write("mistyped.yaml", strings.Replace(config, "@127.0.0.1:1", "/@127.0.0.1:1", 1))
	write("alias.yaml", "elasticsearch: {password: *"+filePassword+"}\n")
	write("notify.yaml", "notify: {url: hookPlanted99, header: 'a b', secret: \"notice\\nPlanted\"}\n")
	write("list.yaml", "elasticsearch: {password: ["+filePassword+"]}\n")
	write("secret.txt", filePassword)
	write("file.yaml", strings.Replace(config, "elasticsearch: {timeout: 1s}", "elasticsearch: {timeout: 1s, username: u, password_file: secret.txt}", 1))
	write("rows.jsonl", `{"id":"1","title":"Telecaller"}`+"\n")
	t.Setenv("JOBSIEVE_ELASTICSEARCH_PASSWORD", envPassword)
	flag := []string{"--index", "http://elastic:" + flagPassword + "@127.0.0.1:1"}
	var all bytes.Buffer
	for _, line := range []string{
		"-v import rows.jsonl", "-v run", "run --json", "config check", "config schema", "index status", "index status --json", "index setup", "index sync", "index rebuild",
		"index refused", "index prune", "search telecaller", "report pay", "export", "export --from index", "runs", "runs --full", "runs --json", "sources status",
		"sources test feed", "sources test list", "sources test lost", "sources test board", "explain 1", "relabel --apply", "forget 1", "reextract", "rules check",
		"--config mistyped.yaml config check", "--config alias.yaml config check", "--config list.yaml config check", "--config notify.yaml config check", "run --due", "run --due --json", "--config file.yaml index status",
		"probe http://someone:" + feedLogin + "@127.0.0.1:1/", "run http://u:" + flagPassword + "@h", "--help", "serve --help",
		"--index=elastic:" + flagPassword + "@h:1 import rows.jsonl", "--index http://elastic:" + flagPassword + "@h/?a=b run", "--index http://e:" + flagPassword + "%zz@h run",
	} {
		args := strings.Fields(line)
		for _, args := range [][]string{args, append(append([]string{}, flag...), args...)} {
			ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
			fmt.Fprintf(&all, "\n$ %s\n", line)
			code := run(ctx, args, strings.NewReader(""), &all, &all)
			fmt.Fprintf(&all, "exit code %d\n", code)
			cancel()
		}
	}
	stopped, cancel := context.WithCancel(t.Context())
	cancel()
	run(stopped, append(flag, "serve", "--listen", "127.0.0.1:0"), nil, &all, &all)
	run(t.Context(), append(flag, "import", "rows.jsonl"), nil, &all, &all)
	lock, err := ledger.Acquire(t.Context(), "jobsieve-data", "crawl-feed", "the crawl", 0)
	if err != nil {
		t.Fatal(err)
	}
	run(t.Context(), []string{"run", "--source", "feed", "--wait", "1ms"}, nil, &all, &all)
	if err := lock.Release(); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"held by process", "127.0.0.1:1", "feed: 1 seen = 1 new", "exit code 3"} {
		if !strings.Contains(all.String(), want) {
			t.Errorf("the commands did not say %q", want)
		}
	}
	printed := all.String()
	for line := range strings.Lines(printed) {
		if !strings.HasPrefix(line, "$ ") {
			tellSecrets(t, "printed", []byte(line))
		}
	}
	err = filepath.WalkDir("jobsieve-data", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		body, err := os.ReadFile(path)
		tellSecrets(t, path, body)
		return err
	})
	if err != nil {
		t.Error(err)
	}
	if t.Failed() {
		t.Log(printed)
	}
}

func tellSecrets(t *testing.T, where string, body []byte) {
	t.Helper()
	for _, secret := range plantedSecrets {
		if i := bytes.Index(body, []byte(secret)); i >= 0 {
			t.Errorf("%s holds %s: …%s…", where, secret, body[max(0, i-60):min(len(body), i+40)])
			return
		}
	}
}
