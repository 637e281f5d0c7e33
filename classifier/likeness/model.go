package likeness

import (
	"bufio"
	"bytes"
	"errors"
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
	from  string         // their fingerprint
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

// From is the fingerprint of what it was learnt from.
func (m *Model) From() string { return m.from }

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
	_, _ = fmt.Fprintf(b, "%sclasses\t%d\t%s", fileHead, m.docs, m.from)
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
	lines := bytes.Count(file, []byte("\n"))
	m := &reading{Model: &Model{terms: make(map[string]int, lines), in: make([]int, 0, lines)}}
	var constant []float64
	n := 0
	for line := range strings.Lines(string(file)) {
		n++
		line = strings.TrimSuffix(line, "\n")
		if strings.HasPrefix(line, "#") {
			continue
		}
		var err error
		switch term, rest, _ := strings.Cut(line, "\t"); {
		case m.heads == nil:
			err = m.readHead(line, lines)
		case term == "":
			_, constant, err = m.numbers(rest, nil)
		default:
			err = m.readTerm(term, rest)
		}
		if err != nil {
			return nil, fmt.Errorf("line %d: %w", n, err)
		}
	}
	if constant == nil {
		return nil, errors.New("expected the classes, and a line of constant weights")
	}
	m.add(constant)
	return m.Model, nil
}

// reading is a model that is being read.
type reading struct {
	*Model
	classes int       // how many all heads have
	line    []float64 // used again for each line
}

// readHead reads the classes; as many lines follow.
func (m *reading) readHead(line string, lines int) (err error) {
	fields := strings.Split(line, "\t")
	if len(fields) < 4 || fields[0] != "classes" {
		return fmt.Errorf("expected the classes, got %q", line)
	}
	m.heads = make([]head, 1)
	for _, class := range fields[3:] {
		if class == between {
			m.heads = append(m.heads, head{})
			continue
		}
		h := &m.heads[len(m.heads)-1]
		h.classes = append(h.classes, class)
	}
	for i := range m.heads {
		h := &m.heads[i]
		h.weights = make([]float64, 0, lines*len(h.classes))
		m.classes += len(h.classes)
	}
	m.from = fields[2]
	m.docs, err = strconv.Atoi(fields[1])
	return err
}

func (m *reading) readTerm(term, rest string) error {
	in, weights, err := m.numbers(rest, m.line)
	if err != nil {
		return err
	}
	if _, twice := m.terms[term]; twice {
		return fmt.Errorf("%q stands twice", term)
	}
	m.terms[term] = len(m.in)
	m.in = append(m.in, in)
	m.add(weights)
	m.line = weights[:0]
	return nil
}

// numbers reads the numbers of a line into out.
func (m *reading) numbers(line string, out []float64) (in int, weights []float64, err error) {
	first, rest, _ := strings.Cut(line, "\t")
	if in, err = strconv.Atoi(first); err != nil {
		return 0, nil, err
	}
	for number := range strings.SplitSeq(rest, "\t") {
		v, err := strconv.ParseInt(number, 10, 16)
		if err != nil {
			return 0, nil, err
		}
		out = append(out, float64(v)/scale)
	}
	if len(out) != m.classes {
		return 0, nil, fmt.Errorf("expected a term and %d numbers, got %d", 1+m.classes, 1+len(out))
	}
	return in, out, nil
}

// add adds the weights of the next term.
func (m *reading) add(weights []float64) {
	for i := range m.heads {
		h := &m.heads[i]
		n := min(len(h.classes), len(weights))
		h.weights = append(h.weights, weights[:n]...)
		weights = weights[n:]
	}
}
