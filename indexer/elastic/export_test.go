package elastic

import (
	"bytes"

	"jobsieve/indexer"
)

// SourceOf gives the document as it is sent, without its action.
func SourceOf(d *indexer.Document) ([]byte, error) {
	lines, err := new(Index).linesOf(d)
	if err != nil {
		return nil, err
	}
	return lines[bytes.IndexByte(lines, '\n')+1:], nil
}
