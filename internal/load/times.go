package main

import (
	"context"
	"fmt"
	"io"
	"maps"
	"os"
	"slices"
	"strconv"
	"strings"
	"sync"
	"text/tabwriter"
	"time"
)

// times are how long answers took, and what went wrong, by kind.
type times struct {
	mu     sync.Mutex
	taken  map[string][]time.Duration
	faults map[string]int // by kind and error
}

func (t *times) add(kind string, took time.Duration, err error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.taken == nil {
		t.taken, t.faults = map[string][]time.Duration{}, map[string]int{}
	}
	t.taken[kind] = append(t.taken[kind], took)
	if err != nil {
		t.faults[kind+": "+err.Error()]++
	}
}

// print writes them, those of all kinds last.
func (t *times) print(w io.Writer, span time.Duration) {
	var all []time.Duration
	table := tabwriter.NewWriter(w, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintln(table, "kind\trequests\tp50\tp99\tmax\t")
	line := func(kind string, taken []time.Duration) {
		slices.Sort(taken)
		fmt.Fprintf(table, "%s\t%d\t%s\t%s\t%s\t\n", kind, len(taken), quantile(taken, 50), quantile(taken, 99),
			quantile(taken, 100))
	}
	for _, m := range mix {
		if taken := t.taken[m.kind]; len(taken) > 0 {
			all = append(all, taken...)
			line(m.kind, taken)
		}
	}
	if len(all) > 0 {
		line("all", all)
	}
	_ = table.Flush() // there is nobody else to tell
	fmt.Fprintf(w, "%.1f requests a second were answered\n", float64(len(all))/span.Seconds())
	n := 0
	for _, fault := range slices.Sorted(maps.Keys(t.faults)) {
		n += t.faults[fault]
		fmt.Fprintf(w, "%d × %s\n", t.faults[fault], fault)
	}
	fmt.Fprintf(w, "%d errors\n", n)
}

// quantile gives the time within which so many of a hundred answers came.
func quantile(sorted []time.Duration, percent int) time.Duration {
	at := (len(sorted)*percent + 99) / 100
	return sorted[max(at, 1)-1].Round(time.Millisecond)
}

// memory is what a process takes, in kB: its own, and with the files that it has mapped.
type memory struct {
	pid int

	mu                sync.Mutex
	first, last, most int
	whole             int
}

// watch looks at the memory of a process each second; 0 is none.
func watch(ctx context.Context, pid int) *memory {
	m := &memory{pid: pid}
	if pid == 0 {
		return m
	}
	m.look()
	m.first = m.last
	go func() {
		for ctx.Err() == nil {
			time.Sleep(time.Second)
			m.look()
		}
	}()
	return m
}

// look notes the memory as it is.
func (m *memory) look() {
	body, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", m.pid))
	if err != nil {
		return
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	for line := range strings.Lines(string(body)) {
		name, value, _ := strings.Cut(line, ":")
		kB, err := strconv.Atoi(strings.TrimSuffix(strings.TrimSpace(value), " kB"))
		switch {
		case err != nil:
		case name == "RssAnon":
			m.last, m.most = kB, max(m.most, kB)
		case name == "VmHWM":
			m.whole = kB
		}
	}
}

// print writes it.
func (m *memory) print(w io.Writer) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.pid == 0 {
		return
	}
	if m.whole == 0 {
		fmt.Fprintf(w, "/proc says nothing of the memory of process %d\n", m.pid)
		return
	}
	const mega = 1024
	const format = "memory of its own: %d MB at first, %d MB at the end, %d MB at most; " +
		"with mapped files %d MB at most\n"
	fmt.Fprintf(w, format, m.first/mega, m.last/mega, m.most/mega, m.whole/mega)
}
