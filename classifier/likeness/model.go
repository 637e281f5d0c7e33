package likeness

import (
	"bufio"
	"bytes"
	"fmt"
	"io"
	"maps"
	"math"
	"slices"
	"strconv"
	"strings"

	"jobsieve/job"
)

// Model holds what was learnt. It may be used by several goroutines.
type Model struct {
	labels []job.Label
	docs   int            // how many it was learnt from
	terms  map[string]int // the number of each term
	in     []int          // in how many of the docs each term stands
	// weights are of each term for each label; the last term is the constant one.
	weights []float64
}

// Labels are the labels that were learnt.
func (m *Model) Labels() []job.Label { return m.labels }

// Docs is how many postings it was learnt from.
func (m *Model) Docs() int { return m.docs }

// scale turns a weight into the whole number that a file holds.
const scale = 1000

const fileHead = `# Which words go with which label, learnt from labelled postings: "make learn" writes this file.
# Each line: a word (~: its first letters; title: in a title), in how many of the postings it stands, and what it weighs
# for each label, in thousandths.
`

// Write writes the model as text, one term a line, sorted.
func (m *Model) Write(w io.Writer) error {
	b := bufio.NewWriter(w)
	_, _ = b.WriteString(fileHead)
	_, _ = fmt.Fprintf(b, "labels\t%d", m.docs)
	for _, l := range m.labels {
		_, _ = fmt.Fprintf(b, "\t%s", l)
	}
	line := func(term string, in, n int) {
		_, _ = fmt.Fprintf(b, "\n%s\t%d", term, in)
		for _, v := range m.weights[n*len(m.labels) : (n+1)*len(m.labels)] {
			_, _ = fmt.Fprintf(b, "\t%d", int(math.Round(v*scale)))
		}
	}
	line("", m.docs, len(m.in))
	for _, term := range slices.Sorted(maps.Keys(m.terms)) {
		n := m.terms[term]
		line(term, m.in[n], n)
	}
	_, _ = b.WriteString("\n")
	return b.Flush()
}

// Read reads a file that Write wrote.
func Read(file []byte) (*Model, error) {
	m := &Model{terms: map[string]int{}}
	var constant []float64
	for n, line := range bytes.Split(bytes.TrimSpace(file), []byte("\n")) {
		if line[0] == '#' {
			continue
		}
		fields := strings.Split(string(line), "\t")
		var err error
		if m.labels == nil {
			err = m.readHead(fields)
		} else {
			err = m.readTerm(fields, &constant)
		}
		if err != nil {
			return nil, fmt.Errorf("line %d: %w", n+1, err)
		}
	}
	m.weights = append(m.weights, constant...)
	return m, nil
}

func (m *Model) readHead(fields []string) (err error) {
	if len(fields) < 3 || fields[0] != "labels" {
		return fmt.Errorf("expected the labels, got %q", strings.Join(fields, " "))
	}
	for _, l := range fields[2:] {
		m.labels = append(m.labels, job.Label(l))
	}
	m.docs, err = strconv.Atoi(fields[1])
	return err
}

func (m *Model) readTerm(fields []string, constant *[]float64) error {
	if len(fields) != 2+len(m.labels) {
		return fmt.Errorf("expected a term and %d numbers, got %q", 1+len(m.labels), strings.Join(fields, " "))
	}
	numbers := make([]int, len(fields)-1)
	for i := range numbers {
		v, err := strconv.Atoi(fields[1+i])
		if err != nil {
			return err
		}
		numbers[i] = v
	}
	to := &m.weights
	if fields[0] == "" {
		to = constant
	} else {
		m.terms[fields[0]] = len(m.in)
		m.in = append(m.in, numbers[0])
	}
	for _, v := range numbers[1:] {
		*to = append(*to, float64(v)/scale)
	}
	return nil
}
