package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"jobsieve/indexer/chosen"
	"jobsieve/indexer/elastic"
	"jobsieve/indexer/elastic/testserver"
	"jobsieve/internal/estest"
)

// TestAbuseElastic treats an Elasticsearch and its ledger badly, in a random
// order and with kills in between: indexes, aliases and documents are deleted
// or changed past jobsieve, an older ledger is put back, the server is killed.
// After each round the status says that the index is the ledger's, or by how
// much it is not, and the command that it names mends that. At the end ledger
// and index equal those of a folder that was left alone, and no index has a word
// of what was forgotten. JOBSIEVE_SOAK makes it the long way: ten minutes.
func TestAbuseElastic(t *testing.T) {
	rows, least, until := 40, 1, time.Now()
	if os.Getenv("JOBSIEVE_SOAK") != "" {
		rows, least, until = 300, 1, until.Add(10*time.Minute)
	}
	s := newAbusedServer(t, rows)
	for pass := 0; pass < least || time.Now().Before(until); pass++ {
		order := s.random.Perm(len(serverAbuses))
		for len(order) > 0 {
			n := min(len(order), 2+s.random.IntN(4))
			s.round(t, order[:n])
			order = order[n:]
		}
	}
	for _, what := range serverAbuses {
		t.Logf("%4d × %s", s.played[what.name], what.name)
	}
	t.Logf("%d rounds; %d times the index was the ledger's, %d times it was mended", s.rounds, s.rounds-s.mends, s.mends)
	for _, found := range []string{"missing", "older", "newer", "foreign", "no answer"} {
		t.Logf("%4d × %s", s.found[found], found)
	}
	t.Logf("%d kills hit a running command, %d the server", s.kills, s.crashes)
	s.end(t)
}

// abusedServer is a data folder whose index is in an Elasticsearch, and both are
// treated badly.
type abusedServer struct {
	abused
	server                 *testserver.Server
	alias                  string
	rounds, mends, crashes int
	made                   int            // indexes
	found                  map[string]int // by how a status said that the index differs
}

func newAbusedServer(t *testing.T, rows int) *abusedServer {
	t.Helper()
	seed := uint64(time.Now().UnixNano())
	t.Logf("seed %d", seed)
	s := &abusedServer{server: estest.Start(t), alias: elastic.DefaultAlias, found: map[string]int{}}
	s.dir, s.random, s.played = filepath.Join(t.TempDir(), "data"), rand.New(rand.NewPCG(seed, 11)), map[string]int{}
	s.file = someRows(t, rows)
	s.ids = idsOf(t, s.file)
	s.config = filepath.Join(t.TempDir(), "jobsieve.yaml")
	body := fmt.Sprintf("index: %s\nelasticsearch:\n  timeout: %s\n  max_bytes: %d\n", s.server.URL, ends, 64<<10)
	s.must(t, os.WriteFile(s.config, []byte(body), 0o600))
	s.command(t, "import", s.file)
	return s
}

// idsOf gives the ids of a file's rows.
func idsOf(t *testing.T, file string) (ids []string) {
	t.Helper()
	body, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	for line := range bytes.Lines(body) {
		var row struct{ ID string }
		if err := json.Unmarshal(line, &row); err != nil {
			t.Fatal(err)
		}
		ids = append(ids, row.ID)
	}
	return ids
}

// serverAbuses are what is done to a server and its ledger.
var serverAbuses = []struct {
	name string
	do   func(*abusedServer, *testing.T)
}{
	{"the index is deleted", func(s *abusedServer, t *testing.T) { s.ask(t, http.MethodDelete, s.path(t, ""), nil) }},
	{"the alias is removed", func(s *abusedServer, t *testing.T) {
		s.ask(t, http.MethodDelete, s.path(t, "/_alias/"+s.alias), nil)
	}},
	{"the alias leads to an empty index", (*abusedServer).toEmpty},
	{"the alias leads to another's index", (*abusedServer).toForeign},
	{"documents are deleted", (*abusedServer).deleteSome},
	{"documents are overwritten", (*abusedServer).overwriteSome},
	{"documents are put back in an older version", (*abusedServer).ageSome},
	{"documents are added", (*abusedServer).addSome},
	{"documents are exchanged for others", (*abusedServer).exchangeSome},
	{"the settings are changed", (*abusedServer).set},
	{"the server ends during a command", (*abusedServer).endServer},
	{"a copy of the ledger is kept, or put back", func(s *abusedServer, t *testing.T) { s.restore(t) }},
	{"a copy of the ledger is put back, or kept", func(s *abusedServer, t *testing.T) { s.restore(t) }},
	{"an import of changes", func(s *abusedServer, t *testing.T) { s.command(t, "import", s.part(t)) }},
	{"an import is killed", func(s *abusedServer, t *testing.T) { s.killed(t, "import", s.part(t)) }},
	{"an import beside a rebuild", (*abusedServer).besideRebuild},
	{"a relabel is killed", func(s *abusedServer, t *testing.T) { s.killed(t, "relabel", "--apply") }},
	{"a forget is killed", func(s *abusedServer, t *testing.T) { s.killed(t, "forget", s.some(), s.some()) }},
	{"a rebuild is killed", func(s *abusedServer, t *testing.T) { s.killed(t, "index", "rebuild") }},
	{"a sync is killed", func(s *abusedServer, t *testing.T) { s.killed(t, "index", "sync") }},
	{"a prune", func(s *abusedServer, t *testing.T) { s.command(t, "index", "prune", "--yes") }},
	{"a prune is killed", func(s *abusedServer, t *testing.T) { s.killed(t, "index", "prune", "--yes") }},
}

// round does some of what is done to a server, and wants to be told the truth.
func (s *abusedServer) round(t *testing.T, which []int) {
	t.Helper()
	var done []string
	for _, i := range which {
		what := serverAbuses[i]
		what.do(s, t)
		s.played[what.name]++
		done = append(done, what.name)
	}
	s.rounds++
	said, code := s.status(t)
	if code == exitDone {
		s.same(t, said, done)
		return
	}
	s.mends++
	s.count(said)
	s.alarmed(t, said, done)
	if said.Mend == "" || said.Differs == "" && said.Reached && len(said.Drift) == 0 {
		t.Fatalf("after %q the status ends with %d and does not say why, and what to do: %+v", done, code, said)
	}
	mend := strings.Fields(said.Mend)
	out, err := exec.CommandContext(t.Context(), mend[0], mend[1:]...).CombinedOutput()
	again, code := s.status(t)
	if code != exitDone || !again.Reached {
		t.Fatalf("after %q the status said %+v; its command said %v %s; and the status says %+v", done, said, err, out, again)
	}
	s.same(t, again, done)
}

// same wants an index of which the status says that it is the ledger's, with
// nothing waiting, to export what the ledger does.
func (s *abusedServer) same(t *testing.T, said *chosen.Status, done []string) {
	t.Helper()
	if said.Differs != "" || !said.Reached || len(said.Drift) > 0 {
		t.Fatalf("after %q the status ends with 0 and says %+v", done, said)
	}
	if said.Waiting+said.Refused > 0 {
		return
	}
	want, got := s.export(t, s.dir, "ledger"), s.export(t, s.dir, "index")
	if !bytes.Equal(got, want) {
		t.Fatalf("after %q the status says nothing, and the exports differ: %s", done, differs(want, got))
	}
}

// alarmed wants what reads an index, of which the status says that it differs,
// to say so.
func (s *abusedServer) alarmed(t *testing.T, said *chosen.Status, done []string) {
	t.Helper()
	if !said.Reached || said.Differs == "" {
		return
	}
	cmd := s.make(t, "export", "--from", "index")
	var told bytes.Buffer
	cmd.Stderr = &told
	_ = cmd.Run()
	if !strings.Contains(told.String(), "index") {
		t.Fatalf("after %q the status says that the index differs (%s), and an export of it says nothing", done, said.Differs)
	}
}

func (s *abusedServer) count(said *chosen.Status) {
	found := map[string]bool{
		"missing": said.Missing > 0, "older": said.Older > 0, "newer": said.Newer > 0, "foreign": said.Foreign > 0,
		"no answer": !said.Reached,
	}
	for name, yes := range found {
		if yes {
			s.found[name]++
		}
	}
}

func (s *abusedServer) status(t *testing.T) (*chosen.Status, int) {
	t.Helper()
	cmd := s.make(t, "index", "status", "--json")
	out, _ := cmd.Output() // its exit code is what counts
	code := cmd.ProcessState.ExitCode()
	said := &chosen.Status{}
	if err := json.Unmarshal(out, said); err != nil || code != exitDone && code != exitPartly {
		t.Fatalf("index status ends with %d: %v\n%s", code, err, out)
	}
	if said.Taken != said.Delivered+said.Waiting+said.Refused {
		t.Fatalf("the counts do not add up: %+v", said)
	}
	return said, code
}

func (s *abusedServer) export(t *testing.T, dir, from string) []byte {
	t.Helper()
	return jobsieve(t, "--config", s.config, "--data", dir, "export", "--from", from)
}

// differs names the first line that two exports do not share.
func differs(want, got []byte) string {
	w, g := bytes.Split(want, []byte("\n")), bytes.Split(got, []byte("\n"))
	for i := range min(len(w), len(g)) {
		if !bytes.Equal(w[i], g[i]) {
			return fmt.Sprintf("line %d of %d and %d:\n%.300s\n%.300s", i+1, len(w), len(g), w[i], g[i])
		}
	}
	return fmt.Sprintf("%d and %d lines", len(w), len(g))
}

// end brings all to rest, forgets some postings, and compares it with a folder
// that was left alone.
func (s *abusedServer) end(t *testing.T) {
	t.Helper()
	alone := filepath.Join(t.TempDir(), "alone")
	jobsieve(t, "--data", alone, "import", s.file)
	s.command(t, "import", s.file)
	forget := []string{s.ids[0], s.ids[len(s.ids)/2], s.ids[len(s.ids)-1]}
	said, code := s.status(t)
	if said.Mend != "" {
		s.command(t, strings.Fields(said.Mend)[5:]...)
	}
	if code != exitDone || said.Waiting+said.Refused > 0 {
		s.command(t, "index", "rebuild")
	}
	s.command(t, append([]string{"forget"}, forget...)...)
	s.nowhere(t, forget)
	if said, code := s.status(t); code != exitDone || said.Waiting+said.Refused > 0 {
		t.Errorf("at the end the status ends with %d: %+v", code, said)
	}
	jobsieve(t, append([]string{"--data", alone, "forget"}, forget...)...)
	want := jobsieve(t, "--data", alone, "export")
	for _, from := range []string{"ledger", "index"} {
		if got := s.export(t, s.dir, from); !bytes.Equal(got, want) {
			t.Errorf("the export of the %s is not that of a folder left alone: %s", from, differs(want, got))
		}
	}
}

// nowhere wants no index of the server to hold a document of these ids.
func (s *abusedServer) nowhere(t *testing.T, ids []string) {
	t.Helper()
	s.ask(t, http.MethodPost, "/_all/_refresh", nil)
	these := object{"query": object{"ids": object{"values": ids}}, "_source": false}
	_, body := s.ask(t, http.MethodPost, "/_all/_search?expand_wildcards=all", these)
	var found struct {
		Hits struct {
			Hits []struct {
				Index string `json:"_index"`
				ID    string `json:"_id"`
			} `json:"hits"`
		} `json:"hits"`
	}
	if err := json.Unmarshal(body, &found); err != nil || len(found.Hits.Hits) > 0 {
		t.Errorf("what was forgotten is still there: %v\n%s", err, body)
	}
}

// object is a JSON object.
type object = map[string]any

// ask sends a request to the server past jobsieve. Any answer is fine: what is
// to be ill-treated may be gone already.
func (s *abusedServer) ask(t *testing.T, method, path string, in any) (status int, body []byte) {
	t.Helper()
	var lines []byte
	if in != nil {
		var err error
		lines, err = json.Marshal(in)
		s.must(t, err)
	}
	req, err := http.NewRequestWithContext(t.Context(), method, s.server.URL+path, bytes.NewReader(lines))
	s.must(t, err)
	req.Header.Set("Content-Type", "application/json")
	resp, err := http.DefaultClient.Do(req)
	s.must(t, err)
	defer func() { _ = resp.Body.Close() }()
	body, err = io.ReadAll(resp.Body)
	s.must(t, err)
	if resp.StatusCode == http.StatusBadRequest {
		t.Fatalf("%s %s: %s\n%s", method, path, resp.Status, body)
	}
	return resp.StatusCode, body
}
