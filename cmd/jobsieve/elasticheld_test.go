package main

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"jobsieve/internal/estest"
)

// shared is a house whose index is in an Elasticsearch.
type shared struct {
	house
	url, alias string
}

func newShared(t *testing.T) *shared {
	t.Helper()
	url := estest.URL(t)
	s := &shared{house: house{dir: t.TempDir()}, url: url, alias: estest.Alias(t, url)}
	s.config = s.write(t, "jobsieve.yaml", fmt.Sprintf("index: %s\nelasticsearch:\n  alias: %s\n", url, s.alias))
	var rows strings.Builder
	for i := range 12 {
		fmt.Fprintf(&rows, `{"id":"p%d","title":"Telecaller %d","description":"Ask for Shantabai."}`+"\n", i, i)
	}
	s.must(t, 0, "import", s.write(t, "rows.jsonl", rows.String()))
	return s
}

// ask sends a request to the server past jobsieve.
func (s *shared) ask(t *testing.T, method, path, body string) string {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), method, s.url+path, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	req.Header.Set("Content-Type", "application/json")
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	answer, err := io.ReadAll(resp.Body)
	if err != nil || resp.StatusCode >= 300 {
		t.Fatalf("%s %s: %s %v\n%s", method, path, resp.Status, err, answer)
	}
	return string(answer)
}

func wantSaid(t *testing.T, said string, want ...string) {
	t.Helper()
	for _, w := range want {
		if !strings.Contains(said, w) {
			t.Errorf("%q is not said:\n%s", w, said)
		}
	}
}

// TestServerHoldsOthers changes what the server holds past jobsieve: status and
// sync say by how much it differs, search and export that something is missing,
// and a rebuild mends it.
func TestServerHoldsOthers(t *testing.T) {
	s := newShared(t)
	wantSaid(t, s.must(t, 0, "index", "status"), "12 delivered", "the index holds 12 documents")
	for i := range 3 {
		s.ask(t, http.MethodDelete, fmt.Sprintf("/%s/_doc/import%%2Fp%d?refresh=true", s.alias, i), "")
	}
	missing := "3 documents that it took are missing"
	wantSaid(t, s.must(t, 3, "index", "status"), "holds 9 documents", missing, "index rebuild")
	wantSaid(t, s.must(t, 3, "index", "status", "--json"), `"missing":3`, `"held":9`, `"mend":"`)
	wantSaid(t, s.must(t, 3, "index", "sync"), missing, "holds 9 documents", "index rebuild")
	wantSaid(t, s.must(t, 0, "search", "telecaller"), "9 postings match", "3 documents that the index took are no longer in it", "index rebuild")
	wantSaid(t, s.must(t, 0, "search", "--json", "telecaller"), `"total":9`, `"missing":3`, `"mend":"`)
	wantSaid(t, s.must(t, 0, "export", "--from", "index"), "3 documents that the index took are no longer in it")
	wantSaid(t, s.must(t, 3, "import", s.dir+"/rows.jsonl"), "3 documents that the index took are no longer in it")
	// As many as there should be, and others.
	for i := range 3 {
		s.ask(t, http.MethodPut, fmt.Sprintf("/%s/_doc/foreign%d?refresh=true", s.alias, i), fmt.Sprintf(`{"key":"foreign%d"}`, i))
	}
	wantSaid(t, s.must(t, 3, "index", "sync"), missing, "3 documents are not the ledger's", "holds 12 documents")
	s.must(t, 0, "index", "rebuild")
	wantSaid(t, s.must(t, 0, "index", "status"), "the index holds 12 documents")
	wantSaid(t, s.must(t, 0, "search", "--json", "telecaller"), `"total":12`, `"missing":0`)
}

// TestServerLosesIndex deletes the whole index: status says so, and a sync fills
// a new one.
func TestServerLosesIndex(t *testing.T) {
	s := newShared(t)
	s.ask(t, http.MethodDelete, "/"+s.alias+"-000001", "")
	wantSaid(t, s.must(t, 3, "index", "status"), "12 documents = 0 delivered + 12 waiting", "12 documents that it took are missing", "index sync")
	wantSaid(t, s.must(t, 1, "search", "telecaller"), "there is no index of that name")
	wantSaid(t, s.must(t, 0, "index", "setup"), "-000001")
	wantSaid(t, s.must(t, 3, "index", "status"), "0 delivered + 12 waiting", "12 documents that it took are missing", "index sync")
	wantSaid(t, s.must(t, 0, "search", "telecaller"), "12 documents wait", "index sync")
	wantSaid(t, s.must(t, 0, "index", "sync"), "12 delivered")
	wantSaid(t, s.must(t, 0, "index", "status"), "the index holds 12 documents")
}

// TestOlderLedger puts an older copy of the ledger back: what the index holds in
// newer versions is not taken for delivered.
func TestOlderLedger(t *testing.T) {
	s := newShared(t)
	old, err := os.ReadFile(filepath.Join(s.data(), "ledger.db"))
	if err != nil {
		t.Fatal(err)
	}
	for i := range 3 { // p0 to version 4
		s.must(t, 0, "import", s.write(t, "changed.jsonl", fmt.Sprintf(`{"id":"p0","title":"Cook %d"}`, i)))
	}
	if err := os.WriteFile(filepath.Join(s.data(), "ledger.db"), old, 0o600); err != nil {
		t.Fatal(err)
	}
	wantSaid(t, s.must(t, 3, "index", "status"), "1 document is newer than the ledger's; one of them is import/p0", "index rebuild")
	// In version 2 it is sent, and the index has version 4.
	wantSaid(t, s.must(t, 3, "import", s.write(t, "changed.jsonl", `{"id":"p0","title":"Typist"}`)), "1 document refused")
	wantSaid(t, s.must(t, 0, "index", "refused"), "the index holds version 4 and the ledger has version 2", "index rebuild")
	wantSaid(t, s.must(t, 3, "index", "sync"), "11 delivered + 0 waiting + 1 refused")
	s.must(t, 0, "index", "rebuild")
	wantSaid(t, s.must(t, 0, "index", "status"), "12 delivered", "holds 12 documents")
	wantSaid(t, s.must(t, 0, "search", "--json", "typist"), `"total":1`)
}

// TestLedgerBeforeRebuild puts a copy of the ledger back from before a rebuild:
// it knows nothing of the new index, and what that holds is not missing there.
func TestLedgerBeforeRebuild(t *testing.T) {
	s := newShared(t)
	old, err := os.ReadFile(filepath.Join(s.data(), "ledger.db"))
	if err != nil {
		t.Fatal(err)
	}
	putBack := func() {
		if err := os.WriteFile(filepath.Join(s.data(), "ledger.db"), old, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	s.must(t, 0, "index", "rebuild")
	putBack()
	wantSaid(t, s.must(t, 0, "index", "status", "--json"), `"waiting":12`, `"missing":0`, `"held":12`)
	s.must(t, 0, "import", s.write(t, "changed.jsonl", `{"id":"p0","title":"Cook"}`))
	putBack()
	wantSaid(t, s.must(t, 3, "index", "status", "--json"), `"waiting":12`, `"missing":0`, `"newer":1`, `index rebuild"`)
	s.must(t, 0, "index", "rebuild")
	wantSaid(t, s.must(t, 0, "index", "status"), "12 delivered", "holds 12 documents")
}

// TestAliasElsewhere lets the alias lead to an index that jobsieve did not make:
// nothing is delivered there, and a rebuild leads it away.
func TestAliasElsewhere(t *testing.T) {
	s := newShared(t)
	other := s.alias + "-of-others"
	s.ask(t, http.MethodPut, "/"+other, "")
	s.ask(t, http.MethodPost, "/_aliases", fmt.Sprintf(
		`{"actions":[{"remove":{"index":"%[1]s-000001","alias":"%[1]s"}},{"add":{"index":%[2]q,"alias":"%[1]s"}}]}`, s.alias, other))
	wantSaid(t, s.must(t, 3, "index", "status", "--json"), `"reached":false`, "did not make", `index rebuild"`)
	wantSaid(t, s.must(t, 3, "import", s.write(t, "changed.jsonl", `{"id":"p0","title":"Cook"}`)), "did not make", "index rebuild")
	wantSaid(t, s.must(t, 1, "search", "cook"), "did not make", "index rebuild")
	s.must(t, 0, "index", "rebuild")
	wantSaid(t, s.must(t, 0, "index", "status"), "12 delivered", "index "+s.alias+"-000002", "holds 12 documents")
	wantSaid(t, s.ask(t, http.MethodGet, "/"+other+"/_count", ""), `"count":0`)
}

// TestSurplus adds more documents than it takes away: the counts alone show it.
func TestSurplus(t *testing.T) {
	s := newShared(t)
	s.ask(t, http.MethodDelete, "/"+s.alias+"/_doc/import%2Fp0?refresh=true", "")
	for i := range 3 {
		s.ask(t, http.MethodPut, fmt.Sprintf("/%s/_doc/foreign%d?refresh=true", s.alias, i), fmt.Sprintf(`{"key":"foreign%d"}`, i))
	}
	foreign := "2 documents in the index are not the ledger's"
	wantSaid(t, s.must(t, 0, "search", "telecaller"), foreign, "index rebuild")
	wantSaid(t, s.must(t, 0, "search", "--json", "telecaller"), `"missing":0`, `"foreign":2`, `"mend":"`)
	wantSaid(t, s.must(t, 3, "import", s.dir+"/rows.jsonl"), foreign)
	wantSaid(t, s.must(t, 0, "export", "--from", "index"),
		"1 document that the index took is no longer in it", "3 documents in the index are not the ledger's")
}

// TestForgottenEverywhere forgets a posting after a rebuild: its text is in no
// index any more.
func TestForgottenEverywhere(t *testing.T) {
	s := newShared(t)
	s.must(t, 0, "index", "rebuild")
	s.must(t, 0, "forget", "p3")
	for _, n := range []int{1, 2} {
		var c struct{ Count int }
		at := fmt.Sprintf("/%s-%06d", s.alias, n)
		s.ask(t, http.MethodPost, at+"/_refresh", "")
		if err := json.Unmarshal([]byte(s.ask(t, http.MethodPost, at+"/_count", `{"query":{"term":{"key":"import/p3"}}}`)), &c); err != nil || c.Count != 0 {
			t.Errorf("index %d has it %d times: %v", n, c.Count, err)
		}
	}
	wantSaid(t, s.must(t, 0, "index", "prune", "--yes"), "deleted 1 index: "+s.alias+"-000001")
	wantSaid(t, s.must(t, 0, "index", "prune"), "There is nothing to delete")
	wantSaid(t, s.must(t, 0, "index", "prune", "--json"), `{"alias":"`+s.alias+`","name":"`, `"deleted":[]}`)
	wantSaid(t, s.must(t, 0, "index", "setup", "--json"), `"alias":"`+s.alias+`","name":"`, `"version":"`)
}
