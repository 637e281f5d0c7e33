package likeness

import (
	"bufio"
	"fmt"
	"io"
	"maps"
	"math"
	"slices"
	"strconv"
	"strings"
)

// Model holds what was learnt. It may be used by several goroutines.
type Model struct {
	docs  int            // how many it was learnt from
	terms map[string]int // the number of each term
	in    []int          // in how many of the docs each term stands
	heads []head
}

// head is what was learnt of one kind of classes.
type head struct {
	classes []string
	// weights are of each term for each class; the last term is the constant one.
	weights []float64
}

// Docs is how many postings it was learnt from.
func (m *Model) Docs() int { return m.docs }

// scale turns a weight into the whole number that a file holds.
const scale = 100

const fileHead = `# Which words go with which label and function, learnt from labelled postings: "make learn" writes this file.
# Each line: a word (~: its first letters; title: in a title), in how many of the postings it stands, and what it weighs
# for each label and each function, in hundredths.
`

// between stands between the classes of one kind and the next.
const between = "|"

// Write writes the model as text, one term a line, sorted.
func (m *Model) Write(w io.Writer) error {
	b := bufio.NewWriter(w)
	_, _ = fmt.Fprintf(b, "%sclasses\t%d", fileHead, m.docs)
	for i := range m.heads {
		if i > 0 {
			_, _ = b.WriteString("\t" + between)
		}
		_, _ = b.WriteString("\t" + strings.Join(m.heads[i].classes, "\t"))
	}
	line := func(term string, in, n int) {
		_, _ = fmt.Fprintf(b, "\n%s\t%d", term, in)
		for i := range m.heads {
			for _, v := range m.heads[i].of(n) {
				_, _ = fmt.Fprintf(b, "\t%d", int(math.Round(v*scale)))
			}
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

// of gives the weights of the term of a number, one for each class.
func (h *head) of(n int) []float64 {
	k := len(h.classes)
	return h.weights[n*k : (n+1)*k]
}

// Read reads a file that Write wrote.
func Read(file []byte) (*Model, error) {
	m := &Model{terms: map[string]int{}}
	var constant []float64
	for n, line := range strings.Split(strings.TrimSpace(string(file)), "\n") {
		if strings.HasPrefix(line, "#") {
			continue
		}
		fields := strings.Split(line, "\t")
		var err error
		switch {
		case m.heads == nil:
			err = m.readHead(fields)
		case fields[0] == "":
			_, constant, err = m.numbers(fields)
		default:
			err = m.readTerm(fields)
		}
		if err != nil {
			return nil, fmt.Errorf("line %d: %w", n+1, err)
		}
	}
	m.append(constant)
	return m, nil
}

func (m *Model) readHead(fields []string) (err error) {
	if len(fields) < 3 || fields[0] != "classes" {
		return fmt.Errorf("expected the classes, got %q", strings.Join(fields, " "))
	}
	m.heads = make([]head, 1)
	for _, class := range fields[2:] {
		h := &m.heads[len(m.heads)-1]
		if class == between {
			m.heads = append(m.heads, head{})
			continue
		}
		h.classes = append(h.classes, class)
	}
	m.docs, err = strconv.Atoi(fields[1])
	return err
}

func (m *Model) readTerm(fields []string) error {
	in, weights, err := m.numbers(fields)
	if err != nil {
		return err
	}
	m.terms[fields[0]] = len(m.in)
	m.in = append(m.in, in)
	m.append(weights)
	return nil
}

// numbers reads the numbers of a line.
func (m *Model) numbers(fields []string) (in int, weights []float64, err error) {
	classes := 0
	for i := range m.heads {
		classes += len(m.heads[i].classes)
	}
	if len(fields) != 2+classes {
		return 0, nil, fmt.Errorf("expected a term and %d numbers, got %q", 1+classes, strings.Join(fields, " "))
	}
	if in, err = strconv.Atoi(fields[1]); err != nil {
		return 0, nil, err
	}
	weights = make([]float64, classes)
	for i := range weights {
		v, err := strconv.Atoi(fields[2+i])
		if err != nil {
			return 0, nil, err
		}
		weights[i] = float64(v) / scale
	}
	return in, weights, nil
}

// append adds the weights of the next term.
func (m *Model) append(weights []float64) {
	for i := range m.heads {
		h := &m.heads[i]
		n := min(len(h.classes), len(weights))
		h.weights = append(h.weights, weights[:n]...)
		weights = weights[n:]
	}
}
