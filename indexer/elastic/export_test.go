package elastic

import (
	"bytes"

	"jobsieve/indexer"
)

// SourceOf gives the document as it is sent, without its action.
func SourceOf(d *indexer.Document, stem func(string) string) ([]byte, error) {
	ix := &Index{opts: Options{Stem: stem}}
	lines, err := ix.linesOf(d)
	if err != nil {
		return nil, err
	}
	return lines[bytes.IndexByte(lines, '\n')+1:], nil
}
