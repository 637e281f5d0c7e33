package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"sync/atomic"
	"testing"
	"time"

	"jobsieve/indexer/elastic"
	"jobsieve/indexer/elastic/testserver"
	"jobsieve/internal/estest"
	"jobsieve/internal/million"
	"jobsieve/job"
)

// clusterPostings is how many postings are delivered to a cluster.
const clusterPostings = 2000

// TestElasticClusterLosesNodes delivers to a cluster of three nodes, and delivers all once
// more, changed. In the midst of the first the node that takes the documents is killed, in
// the midst of the second the master is. Searches are answered throughout, and in the end
// the index holds the ledger's documents, each once and as it is, in two copies.
func TestElasticClusterLosesNodes(t *testing.T) {
	started := time.Now()
	c := newCluster(t)
	t.Logf("three nodes after %s", time.Since(started).Round(time.Second))
	c.jobsieve(t, "index", "setup")
	c.green(t)
	asked := c.searches(t)
	for round, victim := range []func(*testing.T) int{c.primary, c.master} {
		c.store(t, round)
		t.Logf("round %d: stored after %s", round+1, time.Since(started).Round(time.Second))
		killed := c.deliver(t, victim(t))
		t.Logf("round %d: delivered after %s", round+1, time.Since(started).Round(time.Second))
		c.whole(t)
		wantSaid(t, c.jobsieve(t, "index", "status"), fmt.Sprintf("the index holds %d documents", clusterPostings), "on 2 nodes")
		if err := c.nodes[killed].Run(t.Context()); err != nil {
			t.Fatal(err)
		}
		c.green(t)
		t.Logf("round %d: green after %s", round+1, time.Since(started).Round(time.Second))
		wantSaid(t, c.jobsieve(t, "index", "status"), "its copies: green, 2 of 2 copies", "on 3 nodes")
	}
	answered, failed := asked()
	t.Logf("%d searches were answered, %d failed", answered, failed)
	if failed > 0 || answered == 0 {
		t.Errorf("%d searches were answered, and %d were not", answered, failed)
	}
}

// cluster is a ledger whose index is on three nodes.
type cluster struct {
	dir   string
	nodes []*testserver.Server
}

func newCluster(t *testing.T) *cluster {
	t.Helper()
	c := &cluster{dir: t.TempDir(), nodes: estest.Cluster(t)}
	// Small requests, one by one: a delivery is long enough to be in the midst of it.
	body := fmt.Sprintf("index: %s\nelasticsearch:\n  addresses: [%s, %s]\n  max_bytes: 262144\n  parallel: 1\n",
		c.nodes[0].URL, c.nodes[1].URL, c.nodes[2].URL)
	if err := os.WriteFile(filepath.Join(c.dir, "jobsieve.yaml"), []byte(body), 0o600); err != nil {
		t.Fatal(err)
	}
	return c
}

func (c *cluster) args(args ...string) []string {
	return append([]string{"--config", filepath.Join(c.dir, "jobsieve.yaml"), "--data", c.dir}, args...)
}

func (c *cluster) jobsieve(t *testing.T, args ...string) string {
	t.Helper()
	return string(jobsieve(t, c.args(args...)...))
}

// store imports postings, the same ones with other texts in each round, while no index can
// be reached.
func (c *cluster) store(t *testing.T, round int) {
	t.Helper()
	bases, err := million.From(t.Context(), "")
	if err != nil {
		t.Fatal(err)
	}
	changed := func(yield func(job.Posting) bool) {
		for p := range million.New(bases, million.Options{N: clusterPostings, Seed: 1}).All() {
			p.Description += fmt.Sprintf(" Version %d of this text.", round)
			if !yield(p) {
				return
			}
		}
	}
	var rows bytes.Buffer
	if err := million.Write(&rows, changed); err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command("jobsieve", "--data", c.dir, "--index", "http://127.0.0.1:1", "import", "-")
	cmd.Stdin = &rows
	if out, err := cmd.CombinedOutput(); cmd.ProcessState.ExitCode() != exitPartly {
		t.Fatalf("import: %v\n%s", err, out)
	}
}

// deliver delivers what waits, and kills a node in the midst of that.
func (c *cluster) deliver(t *testing.T, victim int) (killed int) {
	t.Helper()
	before := c.indexed(t)
	cmd := exec.Command("jobsieve", c.args("index", "sync")...)
	var out bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &out
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	for c.indexed(t) < before+clusterPostings/5 {
		time.Sleep(10 * time.Millisecond)
	}
	if n := c.indexed(t) - before; n >= clusterPostings {
		t.Fatal("the delivery has ended before the kill: the test shows nothing")
	}
	if err := c.nodes[victim].Kill(); err != nil {
		t.Fatal(err)
	}
	if err := cmd.Wait(); err != nil {
		t.Fatalf("the delivery while %s is killed: %v\n%s", testserver.NodeName(victim), err, out.String())
	}
	t.Logf("%s was killed in the midst of it: %s", testserver.NodeName(victim), bytes.TrimSpace(out.Bytes()))
	return victim
}

// whole wants the index to hold what the ledger does.
func (c *cluster) whole(t *testing.T) {
	t.Helper()
	ledger, index := c.jobsieve(t, "export"), c.jobsieve(t, "export", "--from", "index")
	if ledger != index {
		t.Errorf("the ledger exports %d bytes, the index %d, and they differ", len(ledger), len(index))
	}
}

// searches asks one search after the other until it is called back: then it says how many
// were answered, and how many were not.
func (c *cluster) searches(t *testing.T) (end func() (answered, failed int)) {
	t.Helper()
	var stop atomic.Bool
	var answered, failed int
	done := make(chan struct{})
	go func() {
		defer close(done)
		for !stop.Load() {
			out, err := exec.Command("jobsieve", c.args("search", "--json", "voice process")...).CombinedOutput()
			time.Sleep(100 * time.Millisecond) // leaves the machine some time for the rest
			if err == nil {
				answered++
				continue
			}
			failed++
			t.Logf("search: %v\n%s", err, out)
		}
	}()
	end = func() (int, int) {
		stop.Store(true)
		<-done
		return answered, failed
	}
	t.Cleanup(func() { end() })
	return end
}

// get asks the nodes, one after the other, until one answers.
func (c *cluster) get(t *testing.T, path string, out any) {
	t.Helper()
	for range 60 {
		for _, node := range c.nodes {
			resp, err := http.Get(node.URL + path)
			if err != nil {
				continue
			}
			err = json.NewDecoder(resp.Body).Decode(out)
			_ = resp.Body.Close()
			if err == nil && resp.StatusCode == http.StatusOK {
				return
			}
		}
		time.Sleep(time.Second)
	}
	t.Fatalf("no node answers %s", path)
}

// green waits until all nodes are there, and all copies.
func (c *cluster) green(t *testing.T) {
	t.Helper()
	c.get(t, "/_cluster/health?wait_for_status=green&wait_for_nodes=3&timeout=20s", new(struct{}))
}

// indexed counts the documents that were taken, each time that they were.
func (c *cluster) indexed(t *testing.T) int {
	t.Helper()
	var stats struct {
		All struct {
			Primaries struct {
				Indexing struct {
					Total int `json:"index_total"`
				} `json:"indexing"`
			} `json:"primaries"`
		} `json:"_all"`
	}
	c.get(t, "/"+elastic.DefaultAlias+"/_stats/indexing", &stats)
	return stats.All.Primaries.Indexing.Total
}

// nodeRow is a row of what the server lists.
type nodeRow struct {
	Node   string `json:"node"`
	Prirep string `json:"prirep"`
}

// primary gives the node that takes the documents.
func (c *cluster) primary(t *testing.T) int {
	t.Helper()
	var rows []nodeRow
	c.get(t, "/_cat/shards/"+elastic.DefaultAlias+"?format=json&h=node,prirep", &rows)
	return c.named(t, rows[slices.IndexFunc(rows, func(r nodeRow) bool { return r.Prirep == "p" })].Node)
}

// master gives the node that is the master.
func (c *cluster) master(t *testing.T) int {
	t.Helper()
	var rows []nodeRow
	c.get(t, "/_cat/master?format=json&h=node", &rows)
	return c.named(t, rows[0].Node)
}

func (c *cluster) named(t *testing.T, name string) int {
	t.Helper()
	for i := range c.nodes {
		if testserver.NodeName(i) == name {
			return i
		}
	}
	t.Fatalf("no node is named %q", name)
	return 0
}
