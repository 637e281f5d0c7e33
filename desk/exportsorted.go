package desk

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"

	"jobsieve/indexer"
)

// sorted writes the export in its order.
func (w *exporting) sorted(out io.Writer) (n int, err error) {
	lines, err := newLines()
	if err != nil {
		return 0, err
	}
	defer func() { err = errors.Join(err, lines.close()) }()
	var line bytes.Buffer
	fields := csvFields(w.Observed)
	write := func(doc *indexer.Document) error { return jsonLine(&line, ExportedDocument(doc)) }
	switch {
	case w.Format == ExportCSV:
		write = func(doc *indexer.Document) error { return csvLine(&line, Row(fields, doc)) }
	case w.Observed:
		write = observedExport(&line)
	}
	read := w.documents(func(doc *indexer.Document) error {
		rank, err := indexer.RankOf(indexer.Order(w.Sort), doc)
		if err != nil {
			return err
		}
		line.Reset()
		return errors.Join(write(doc), lines.add(rank, line.Bytes()))
	})
	if read != nil && !InPart(read) {
		return 0, read
	}
	if w.Format == ExportCSV && len(lines.places) > 0 {
		err = csvLine(out, Columns(fields))
	}
	// Where rows of the ledger are damaged the others are written all the same.
	return len(lines.places), errors.Join(err, lines.copy(out), read)
}

// lines puts lines in order without holding them in memory: they are in a file that
// has no name, and goes with the process.
type lines struct {
	file   *os.File
	to     *bufio.Writer
	size   int64
	places []linePlace
}

type linePlace struct {
	rank     indexer.Rank
	at, size int64
}

func newLines() (*lines, error) {
	f, err := os.CreateTemp("", "jobsieve-export-")
	if err != nil {
		return nil, fmt.Errorf("put postings in order: %w", err)
	}
	_ = os.Remove(f.Name()) // where open files can't be removed, close does it
	return &lines{file: f, to: bufio.NewWriter(f)}, nil
}

func (l *lines) add(rank indexer.Rank, line []byte) error {
	n, err := l.to.Write(line)
	l.places = append(l.places, linePlace{rank, l.size, int64(n)})
	l.size += int64(n)
	return err
}

// copy writes the lines in order.
func (l *lines) copy(out io.Writer) error {
	if err := l.to.Flush(); err != nil {
		return err
	}
	slices.SortStableFunc(l.places, func(a, b linePlace) int { return a.rank.Compare(&b.rank) })
	for _, p := range l.places {
		if _, err := io.Copy(out, io.NewSectionReader(l.file, p.at, p.size)); err != nil {
			return err
		}
	}
	return nil
}

func (l *lines) close() error {
	err := l.file.Close()
	_ = os.Remove(l.file.Name()) // it is gone already, as a rule
	return err
}
