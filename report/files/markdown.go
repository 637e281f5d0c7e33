package files

import (
	"io"
	"strings"

	"jobsieve/report"
)

// markdown writes a table of GitHub's Markdown, figures to the right, with what it
// rests on above it and the notes below.
func (f *File) markdown(w io.Writer) error {
	t := f.Table
	var b strings.Builder
	b.WriteString(escapeMarkdown(t.About.String()) + "\n\n")
	rule := make([]string, len(t.Columns))
	head := make([]string, len(t.Columns))
	for i := range t.Columns {
		head[i] = escapeMarkdown(t.Columns[i].Name)
		rule[i] = "---:"
		if isText(t.Columns[i].Kind) {
			rule[i] = "---"
		}
	}
	markdownRow(&b, head)
	markdownRow(&b, rule)
	for _, row := range t.WithTotal() {
		cells := make([]string, len(row))
		for i, cell := range row {
			cells[i] = escapeMarkdown(report.Text(cell))
		}
		markdownRow(&b, cells)
	}
	for _, note := range t.Notes {
		b.WriteString("\n" + escapeMarkdown(note.String()) + "\n")
	}
	_, err := io.WriteString(w, b.String())
	return err
}

func markdownRow(b *strings.Builder, cells []string) {
	b.WriteString("| " + strings.Join(cells, " | ") + " |\n")
}

// isText reports a column of texts.
func isText(kind report.Kind) bool { return kind == report.KindGroup || kind == report.KindText }

// markup is what means something in Markdown or in the HTML that it may hold.
const markup = "\\`*_{}[]<>()#!|~&@:"

// escapeMarkdown gives a text that shows as it is, on one line. A full stop after www
// would make a link, too.
func escapeMarkdown(s string) string {
	var b strings.Builder
	for _, r := range strings.Join(strings.Fields(s), " ") {
		if strings.ContainsRune(markup, r) {
			b.WriteByte('\\')
		}
		b.WriteRune(r)
	}
	return strings.ReplaceAll(b.String(), "www.", `www\.`)
}
