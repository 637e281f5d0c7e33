package main

import (
	"bufio"
	"bytes"
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	"jobsieve/crawler/rows"
	"jobsieve/facts"
	"jobsieve/internal/sharedtest"
	"jobsieve/job"
	"jobsieve/pipeline"
	"jobsieve/text"
)

// TestKilledImport kills imports at random moments, runs each again, and wants
// the export and the search totals of one that was left alone. JOBSIEVE_SOAK
// makes it the long way: all real postings, 20 kills.
func TestKilledImport(t *testing.T) {
	kills, rows := 5, 3000
	if os.Getenv("JOBSIEVE_SOAK") != "" {
		kills, rows = 20, 1<<30
	}
	file := someRows(t, rows)
	started := time.Now()
	want := importedState(t, t.TempDir(), file)
	whole := time.Since(started)
	seed := uint64(time.Now().UnixNano())
	random := rand.New(rand.NewPCG(seed, 1))
	t.Logf("seed %d; undisturbed in %s", seed, whole.Round(time.Millisecond))
	cut := 0
	for i := 0; i < kills || cut == 0; i++ {
		if i >= kills { // the first took longer than the others: kill sooner
			whole /= 2
		}
		dir := t.TempDir()
		after := time.Duration(random.Int64N(int64(whole) + 1))
		if killed(t, after, "--data", dir, "import", file) {
			cut++
		}
		if got := importedState(t, dir, file); got != want {
			t.Errorf("kill %d after %s: %s, want %s", i+1, after, got, want)
		}
	}
	t.Logf("%d of %d kills hit a running import", cut, kills)
}

// someRows writes the first rows of the real postings to a file.
func someRows(t *testing.T, rows int) string {
	t.Helper()
	in, err := os.Open(filepath.Join(sharedtest.Dir(t), "data", "postings.jsonl"))
	if err != nil {
		t.Fatal(err)
	}
	defer in.Close()
	path := filepath.Join(t.TempDir(), "rows.jsonl")
	out, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	sc := bufio.NewScanner(in)
	sc.Buffer(nil, 4<<20)
	for n := 0; n < rows && sc.Scan(); n++ {
		if _, err := fmt.Fprintf(out, "%s\n", sc.Bytes()); err != nil {
			t.Fatal(err)
		}
	}
	if err := out.Close(); err != nil {
		t.Fatal(err)
	}
	return path
}

// killed runs the program and kills it after a while; it reports whether it was running
// still.
func killed(t *testing.T, after time.Duration, args ...string) bool {
	t.Helper()
	cmd := exec.Command("jobsieve", args...)
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	time.Sleep(after) // the moment of the kill, not a wait for anything
	if err := cmd.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	return cmd.Wait() != nil
}

// importedState imports the file and tells what is there then: a hash of the
// export, and the totals of some searches.
func importedState(t *testing.T, dir, file string) string {
	t.Helper()
	jobsieve(t, "--data", dir, "import", file)
	state := fmt.Sprintf("export %x", sha256.Sum256(jobsieve(t, "--data", dir, "export")))[:24]
	for _, query := range []string{"", "sales", "voice process", "data -entry", `"customer support"`} {
		var answer struct{ Total int }
		if err := json.Unmarshal(jobsieve(t, "--data", dir, "search", "--json", query), &answer); err != nil {
			t.Fatal(err)
		}
		state += fmt.Sprintf(" %d", answer.Total)
	}
	return state
}

func jobsieve(t *testing.T, args ...string) []byte {
	t.Helper()
	var out, errOut bytes.Buffer
	cmd := exec.Command("jobsieve", args...)
	cmd.Stdout, cmd.Stderr = &out, &errOut
	if err := cmd.Run(); err != nil {
		t.Fatalf("jobsieve %q: %v\n%s", args, err, errOut.String())
	}
	return out.Bytes()
}

// BenchmarkImport imports the real postings, with everything that belongs to
// it: facts, pay, labels, ledger, index. It reports postings a second, the
// program's peak memory, and how much of that time reading the facts takes, and
// reading all of them, pay and labels: on one core, without the rest.
func BenchmarkImport(b *testing.B) {
	file := filepath.Join(sharedtest.Dir(b), "data", "postings.jsonl")
	var peak int64
	for b.Loop() {
		dir := b.TempDir()
		cmd := exec.Command("jobsieve", "--data", dir, "import", "--json", file)
		out, err := cmd.Output()
		if err != nil {
			b.Fatal(err)
		}
		var sum struct{ Seen, New, Waiting int }
		if err := json.Unmarshal(out, &sum); err != nil || sum.Seen != 20114 || sum.New != 20114 || sum.Waiting != 0 {
			b.Fatalf("%s: %v", out, err)
		}
		peak = max(peak, peakMemory(cmd.ProcessState))
	}
	each := b.Elapsed().Seconds() / float64(b.N)
	factsTime, readTime := readingTimes(b, file)
	b.ReportMetric(20114/each, "postings/s")
	b.ReportMetric(100*factsTime.Seconds()/each, "facts-%")
	b.ReportMetric(100*readTime.Seconds()/each, "reading-%")
	b.ReportMetric(float64(peak)/1e6, "peak-MB")
}

// readingTimes measures how long it takes to bring all postings to tokens and
// read their facts, and to read everything of them.
func readingTimes(b *testing.B, file string) (factsTime, readTime time.Duration) {
	b.Helper()
	f, err := os.Open(file)
	if err != nil {
		b.Fatal(err)
	}
	defer f.Close()
	r, err := pipeline.NewReader("", nil)
	if err != nil {
		b.Fatal(err)
	}
	known := 0
	_, err = rows.Each(b.Context(), f, rows.Options{}, func(row rows.Row, err error) error {
		p := &row.Posting
		if err != nil {
			return err
		}
		started := time.Now()
		docs := map[job.Field]*text.Doc{}
		for _, f := range job.Fields {
			docs[f] = text.Parse(p.Text(f))
		}
		known += len(facts.Standard().Read(p, func(f job.Field) *text.Doc { return docs[f] }, "").Places)
		factsTime += time.Since(started)
		started = time.Now()
		r.Read(p)
		readTime += time.Since(started)
		return nil
	})
	if err != nil || known < 19000 {
		b.Fatalf("%d places: %v", known, err)
	}
	return factsTime, readTime
}
