package main

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"

	"jobsieve/desk"
	"jobsieve/filter"
	"jobsieve/indexer"
)

// orderID is the order of exports in which postings are read.
const orderID = "id"

// sorted writes the export in its order.
func (cmd *exportCmd) sorted(a *app, d *desk.Desk, f *filter.Filter, out io.Writer) (n int, err error) {
	lines, err := newLines()
	if err != nil {
		return 0, err
	}
	defer func() { err = errors.Join(err, lines.close()) }()
	var line bytes.Buffer
	fields := csvFields(cmd.Observed)
	write := func(doc *indexer.Document) error { return jsonLine(&line, desk.ExportedDocument(doc)) }
	switch {
	case cmd.Format == "csv":
		write = func(doc *indexer.Document) error { return csvLine(&line, desk.Row(fields, doc)) }
	case cmd.Observed:
		write = observedExport(&line)
	}
	read := cmd.documents(a, d, f, func(doc *indexer.Document) error {
		rank, err := indexer.RankOf(indexer.Order(cmd.Sort), doc)
		if err != nil {
			return err
		}
		line.Reset()
		return errors.Join(write(doc), lines.add(rank, line.Bytes()))
	})
	if cmd.Format == "csv" && len(lines.places) > 0 {
		err = csvLine(out, desk.Columns(fields))
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
