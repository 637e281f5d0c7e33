package api

import (
	"bytes"
	"maps"
	"net/http"
	"slices"
	"strings"

	"github.com/danielgtaylor/huma/v2"

	"jobsieve/desk"
	"jobsieve/internal/terminal"
	"jobsieve/job"
	"jobsieve/report"
	"jobsieve/report/files"
)

// fileKind is how a format of files is sent.
type fileKind struct{ kind, ending string }

// formats are the formats of tables by the names that the command line has for them.
var formats = map[files.Format]fileKind{
	files.CSV:      {"text/csv; charset=utf-8", "csv"},
	files.JSON:     {jsonType, "json"},
	files.Markdown: {"text/markdown; charset=utf-8", "md"},
	files.XLSX:     {"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "xlsx"},
	files.Parquet:  {parquetType, "parquet"},
	files.HTML:     {"text/html; charset=utf-8", "html"},
	files.SVG:      {"image/svg+xml", "svg"},
	textFormat:     {"text/plain; charset=utf-8", "txt"},
}

// textFormat is for people, as a terminal shows it.
const textFormat files.Format = "text"

// The greatest and the usual width of such a text.
const (
	mostColumns  = 1000
	usualColumns = 80
)

const parquetType = "application/vnd.apache.parquet"

// shortMarkdown is another name for Markdown.
const shortMarkdown = "md"

// formatNames are the names of formats, the one that is usual first.
func formatNames() []string {
	names := []string{string(files.JSON), shortMarkdown}
	for _, f := range slices.Sorted(maps.Keys(formats)) {
		if f != files.JSON {
			names = append(names, string(f))
		}
	}
	return names
}

// mostRows bounds the numbers of rows.
const mostRows = 1_000_000

// reports are the tables, each in every format, and its manifest.
func (s *server) reports() (out []operation) {
	tables := map[string]*huma.Schema{}
	for f, kind := range formats {
		switch f {
		case files.JSON:
			tables[kind.kind] = schemaOf[files.Object](s)
		case files.XLSX, files.Parquet:
			tables[kind.kind] = bytesOf()
		default:
			tables[kind.kind] = &huma.Schema{Type: huma.TypeString}
		}
	}
	for _, info := range desk.Reports() {
		table := operation{
			path: "/reports/" + info.Name, id: "report-" + info.Name, summary: info.Says,
			params: append(reportParams(&info), s.choosing...),
			about: "The bytes are those that \"jobsieve report " + info.Name + "\" writes to a file of the format, " +
				"made from the ledger.",
			heavy: true, named: true, answers: tables, // there may be nothing to draw
			answer: func(q *question) (*answer, error) { return s.table(q, &info) },
		}
		manifest := table
		manifest.path, manifest.id, manifest.summary = table.path+"/manifest", table.id+"-manifest",
			"What the table rests on, with the digest of its bytes"
		manifest.about = "The parameters are those of the table."
		manifest.answers = map[string]*huma.Schema{jsonType: schemaOf[files.Manifest](s)}
		manifest.answer = func(q *question) (*answer, error) { return s.manifest(q, &info) }
		out = append(out, table, manifest)
	}
	return out
}

// reportParams are the parameters of a table.
func reportParams(info *desk.ReportInfo) (out []*huma.Param) {
	usual := "nothing"
	if len(info.By) > 0 {
		usual = strings.Join(info.By, ", ")
	}
	groupings := report.Groupings()
	of := map[string]*huma.Param{
		"by": listParam("by", "What to group by; several in their order, or with commas between them. "+
			"Without it: "+usual+".", groupings...),
		"across":  oneOfParam("across", "One more grouping, whose values become columns.", groupings),
		"compare": textParam("compare", "Compare the medians of two groups instead, such as label=BPO,KPO."),
		"period":  choiceParam("period", "Figures per year or month.", string(job.PerYear), string(job.PerMonth)),
		"turnover": switchParam("turnover", "Count the postings of each month that are new, that were closed, and "+
			"that were open at its end, instead."),
		"stays": switchParam("stays", "Say how many days postings stay open, instead."),
	}
	for _, name := range info.Takes {
		out = append(out, of[name])
	}
	out = append(out,
		textParam("sort", "Order the rows by a column, with a - before it the greatest first."),
		numberParam("top", "Keep the first rows: by sort, else those with most postings. 0 keeps all.", 0, mostRows),
		numberParam("min_n", "Leave out rows of fewer postings.", 0, mostRows),
		choiceParam("per", "Count each posting, or each vacancy once, by its newest stated offer.", desk.PerPosting,
			desk.PerVacancy),
		asOfParam(),
		choiceParam("format", "The format of the table. text is for people.", formatNames()...),
		numberParam("width", "How many columns a terminal has for text; 0 for any number.", usualColumns, mostColumns),
		switchParam("bom", "Begin the CSV with a byte order mark, for old spreadsheets."),
		switchParam("for_spreadsheets", "Make CSV that is opened in a spreadsheet: texts such as 2-5 stay texts."),
	)
	return out
}

// asOfName is the parameter of the day at whose end postings are asked for.
const asOfName = "as_of"

func asOfParam() *huma.Param {
	return textParam(asOfName, "Postings as they were at the end of this day, such as 2026-01-31, by today's rules.")
}

// oneOfParam is a parameter that has one of some values, or is not given.
func oneOfParam(name, help string, values []string) *huma.Param {
	p := textParam(name, help)
	p.Schema.Enum = anyOf(append(slices.Clone(values), empty))
	return p
}

// made is a table as it is sent.
type made struct {
	file   *files.File
	format files.Format
	name   string
	answer *answer // with the bytes of the table
}

// make makes the table that is asked for.
func (s *server) make(q *question, info *desk.ReportInfo) (*made, error) {
	ask := tableAsked(q, info)
	format := files.Format(q.choice("format", formatNames()...))
	if format == shortMarkdown {
		format = files.Markdown
	}
	o := files.Options{BOM: q.is("bom"), ForSpreadsheets: q.is("for_spreadsheets")}
	width := q.number("width", usualColumns, mostColumns)
	if format != files.CSV && (o.BOM || o.ForSpreadsheets) {
		q.faults.add("format", string(format), "bom and for_spreadsheets are for csv only")
	}
	if err := q.faults.err(); err != nil {
		return nil, err
	}
	kind := formats[format]
	a := &answer{kind: kind.kind, header: http.Header{}}
	t, err := q.desk.Report(q.Context(), ask, a.lacking)
	if err = asking(&ask.Filter, a.aside(err)); err != nil {
		return nil, err
	}
	if err := a.say(q, t, &ask.Filter); err != nil {
		return nil, err
	}
	f, err := q.desk.File(q.Context(), ask, t, s.program, terminal.Typed)
	if err != nil {
		return nil, err
	}
	b := screen{columns: width}
	if format == textFormat {
		err = t.Terminal(&b)
	} else {
		err = f.Write(&b, format, o)
	}
	a.body = b.Bytes()
	return &made{f, format, info.Name + "." + kind.ending, a}, err
}

// screen is written to as to a terminal of so many columns.
type screen struct {
	bytes.Buffer
	columns int
}

// Columns is how many columns it has.
func (s *screen) Columns() int { return s.columns }

// tableAsked takes the parameters that ask for a table.
func tableAsked(q *question, info *desk.ReportInfo) *desk.Asked {
	ask := &desk.Asked{
		Report: info.Name, From: desk.FromLedger, By: q.list("by"), Across: q.text("across"),
		Compare: q.text("compare"), Turnover: q.is("turnover"), Stays: q.is("stays"), Sort: q.text("sort"),
		AsOf: q.text(asOfName), Per: q.choice("per", desk.PerPosting, desk.PerVacancy),
		Top: q.number("top", 0, mostRows), MinN: q.number("min_n", 0, mostRows), Filter: q.filter(),
	}
	if slices.Contains(info.Takes, "period") {
		ask.Period = job.Period(q.choice("period", string(job.PerYear), string(job.PerMonth)))
	}
	if len(ask.By) == 0 {
		ask.By = info.By
	}
	return ask
}

// table answers with a table.
func (s *server) table(q *question, info *desk.ReportInfo) (*answer, error) {
	m, err := s.make(q, info)
	if err != nil {
		return nil, err
	}
	if m.format != files.JSON {
		m.answer.file = m.name
	}
	return m.answer, nil
}

// manifest answers with what a table rests on.
func (s *server) manifest(q *question, info *desk.ReportInfo) (*answer, error) {
	m, err := s.make(q, info)
	if err != nil {
		return nil, err
	}
	a, err := jsonAnswer(m.file.Manifest(m.name, m.format, m.answer.body))
	a.header = m.answer.header
	return a, err
}
