// Command steps counts the steps that readers take. It serves the tests of
// package pipeline, which build it with -cover -covermode=atomic.
//
// Lines of JSON enter: a folder, and a text. For each, everything that reads
// or compares postings reads the text in every place where it may be; the counts of the
// blocks that ran are left in the folder, for "go tool covdata", and a line
// with the bytes that were allocated is written.
package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"runtime"
	"runtime/coverage"

	"jobsieve/contacts"
	"jobsieve/job"
	"jobsieve/lexicon"
	"jobsieve/pay"
	"jobsieve/pipeline"
	"jobsieve/trust"
	"jobsieve/vacancy"
)

// Task is one measurement.
type Task struct {
	Dir  string
	Text string
}

func main() {
	if err := run(os.Stdin, os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run(in io.Reader, out io.Writer) error {
	reader, err := pipeline.NewReader("", nil)
	if err != nil {
		return err
	}
	signals, err := trust.New(lexicon.Embedded())
	if err != nil {
		return err
	}
	dec := json.NewDecoder(bufio.NewReader(in))
	for {
		var t Task
		if err := dec.Decode(&t); err == io.EOF {
			return nil
		} else if err != nil {
			return err
		}
		allocated, err := measure(t, func() { readAll(reader, signals, t.Text) })
		if err != nil {
			return err
		}
		if _, err := fmt.Fprintln(out, allocated); err != nil {
			return err
		}
	}
}

// measure counts the steps of f, and gives the bytes that it allocates.
func measure(t Task, f func()) (uint64, error) {
	if err := os.MkdirAll(t.Dir, 0o755); err != nil {
		return 0, err
	}
	if err := coverage.ClearCounters(); err != nil {
		return 0, err
	}
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	f()
	runtime.ReadMemStats(&after)
	if err := coverage.WriteMetaDir(t.Dir); err != nil {
		return 0, err
	}
	return after.TotalAlloc - before.TotalAlloc, coverage.WriteCountersDir(t.Dir)
}

// readAll reads a text in every field at once, in the description alone, and in
// the title alone, and masks it as a text, an address and a JSON value.
func readAll(r *pipeline.Reader, signals *trust.Reader, s string) {
	all := job.Posting{Posted: s, Openings: s}
	for _, f := range job.Fields {
		all.SetText(f, s)
	}
	docs, facts, money := r.ReadCase(&all)
	v := r.Classifier().Classify(docs, facts, money)
	r.Classifier().Decisive(docs, facts, money, &v)
	r.Classifier().Unheard(docs, facts, money)
	traits := vacancy.TraitsOf(&all, facts, money)
	traits.Keys()
	vacancy.Compare(&traits, &traits)
	r.Read(&job.Posting{Description: s})
	r.Read(&job.Posting{Title: s})
	signals.Read(&all)
	trust.SameText(s)
	pay.Standard().Explain(job.FieldDescription, s, pay.Defaults{})
	contacts.Mask(s)
	contacts.MaskURL(s)
	text, err := json.Marshal(s)
	if err != nil {
		panic(err) // a text always has a JSON form
	}
	contacts.MaskJSON("phone", text)
	contacts.MaskJSON(s, json.RawMessage(s)) // since it may be JSON itself
}
