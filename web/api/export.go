package api

import (
	"bufio"
	"io"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"jobsieve/desk"
	"jobsieve/indexer"
)

// exportKinds are the formats of exports, by name.
var exportKinds = map[desk.ExportFormat]fileKind{
	desk.ExportLines:   {ndjsonType, "jsonl"},
	desk.ExportCSV:     {"text/csv; charset=utf-8", "csv"},
	desk.ExportParquet: {parquetType, "parquet"},
}

// pieceSize is how many bytes of an export are sent at once.
const pieceSize = 1 << 16

// export gives all postings that pass a filter, as a stream.
func (s *server) export() operation {
	orders := []string{desk.OrderID}
	for _, o := range indexer.Orders {
		if o != indexer.OrderRelevance {
			orders = append(orders, string(o))
		}
	}
	names := []string{string(desk.ExportLines), string(desk.ExportCSV), string(desk.ExportParquet)}
	params := append([]*huma.Param{
		choiceParam("format", "jsonl has a JSON object on each line, parquet columns with types.", names...),
		switchParam("observed", "Also what depends on when a posting was read, as tables use it."),
		choiceParam("sort", "The order of the postings. The newest, or the highest pay, first.", orders...),
		asOfParam(),
	}, s.choosing...)
	return operation{
		path: "/export", id: "export", summary: "All postings that pass a filter", params: params, heavy: true,
		about: "The bytes are those that \"jobsieve export\" writes, as a stream. A connection that breaks off " +
			"before the end of the answer means that something failed.",
		answers: map[string]*huma.Schema{
			ndjsonType: schemaOf[exportedPosting](s), exportKinds[desk.ExportCSV].kind: {Type: huma.TypeString},
			parquetType: bytesOf(),
		},
		answer: func(q *question) (*answer, error) {
			ask := &desk.ExportAsked{
				Format: desk.ExportFormat(q.choice("format", names...)), Observed: q.is("observed"),
				Sort: q.choice("sort", orders...), From: desk.FromLedger, AsOf: q.text(asOfName), Filter: q.filter(),
			}
			q.faults.noteParameter(ask.Check())
			if err := q.faults.err(); err != nil {
				return nil, err
			}
			a := &answer{kind: exportKinds[ask.Format].kind, header: http.Header{}}
			a.file = "postings." + exportKinds[ask.Format].ending
			a.sayAsOf(ask.AsOf)
			a.stream = func(w io.Writer) error {
				out := bufio.NewWriterSize(w, pieceSize)
				n, err := q.desk.WriteExport(q.Context(), ask, out, a.lacking)
				if err = asking(&ask.Filter, a.aside(err)); err != nil {
					return err
				}
				if n == 0 { // so that nothing has been sent yet
					a.header.Set(postingsHeader, "0")
					if err := a.sayAbsent(q, &ask.Filter); err != nil {
						return err
					}
				}
				return out.Flush()
			}
			return a, nil
		},
	}
}

// exportedPosting is a line of an export.
type exportedPosting struct {
	desk.Exported
	Observed map[string]any `json:"observed,omitempty" doc:"What depends on when it was read, by the names of fields."`
}
