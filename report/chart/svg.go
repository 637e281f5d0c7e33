// Package chart draws the tables of reports: box plots by group, the distribution of
// pay, a trend, counts. Charts are SVG without scripts, styles of their own or
// addresses: they carry classes, which one style sheet dresses for light and dark, a
// title and a description, and say by shape and by text what they say by colour.
package chart

import (
	"fmt"
	"html"
	"strings"

	"jobsieve/internal/sentence"
	"jobsieve/internal/terminal"
)

// The sizes of a drawing, in units of the SVG's own.
const (
	width     = 760
	margin    = 16
	rowHeight = 30
	labelWide = 190 // of the names of groups
	countWide = 96  // of how many postings there are
	axisHigh  = 46  // of the ticks and the title of the axis below a plot
	barHalf   = 8   // half of the height of a box or a bar
	charWide  = 7.2 // of a letter of a label, about
)

// drawing is an SVG that is being drawn.
type drawing struct {
	words  Words
	b      strings.Builder
	height float64
}

// Words says sentences in a language.
type Words func(sentence.Sentence) string

// say says a sentence in the language of a drawing.
func (say Words) say(kind, english string, args ...any) string {
	return say(sentence.Of(kind, english, args...))
}

func (d *drawing) say(kind, english string, args ...any) string {
	return d.words.say(kind, english, args...)
}

// column names a column.
func (d *drawing) column(name sentence.Name) string { return d.say("column", "%s", name) }

// rect draws a rectangle.
func (d *drawing) rect(class string, x, y, w, h float64) {
	fmt.Fprintf(&d.b, `<rect class="%s" x="%s" y="%s" width="%s" height="%s"/>`, class, num(x), num(y), num(max(w, 0)), num(h))
	d.b.WriteByte('\n')
}

// line draws a line.
func (d *drawing) line(class string, x1, y1, x2, y2 float64) {
	fmt.Fprintf(&d.b, `<line class="%s" x1="%s" y1="%s" x2="%s" y2="%s"/>`, class, num(x1), num(y1), num(x2), num(y2))
	d.b.WriteByte('\n')
}

// The sides of a point at which a text stands.
const (
	start  = "start"
	middle = "middle"
	end    = "end"
)

// text writes a text at the side of a point.
func (d *drawing) text(class, anchor string, x, y float64, text string) {
	fmt.Fprintf(&d.b, `<text class="%s" text-anchor="%s" x="%s" y="%s">%s</text>`, class, anchor, num(x), num(y), html.EscapeString(text))
	d.b.WriteByte('\n')
}

// label writes the name of a group, cut to the room that it has; the whole name is its
// title.
func (d *drawing) label(x, y float64, name string) {
	const most = (labelWide - margin) / 8 // letters, whose width differs
	shown := terminal.Cut(name, most)
	fmt.Fprintf(&d.b, `<text class="label" text-anchor="end" x="%s" y="%s">`, num(x), num(y))
	if shown != name {
		fmt.Fprintf(&d.b, "<title>%s</title>", html.EscapeString(name))
	}
	d.b.WriteString(html.EscapeString(shown) + "</text>\n")
}

// open begins a part with a name, which is shown where a pointer rests on it, and close
// ends it.
func (d *drawing) open(name string) {
	fmt.Fprintf(&d.b, "<g><title>%s</title>\n", html.EscapeString(name))
}

func (d *drawing) close() { d.b.WriteString("</g>\n") }

// num writes a number shortly.
func num(v float64) string {
	return strings.TrimSuffix(strings.TrimRight(fmt.Sprintf("%.1f", v), "0"), ".")
}

// patterns are what areas are hatched with, so that they can be told apart without
// colours.
const patterns = `<defs><pattern id="%[1]s-hatch" width="6" height="6" patternUnits="userSpaceOnUse" ` +
	`patternTransform="rotate(45)"><line class="hatch" x1="0" y1="0" x2="0" y2="6"/></pattern></defs>` + "\n"

// svg gives the whole drawing. id tells it apart from others on a page; inner is what
// comes first in it, such as a style sheet.
func (d *drawing) svg(id, title, description, inner string) string {
	var b strings.Builder
	fmt.Fprintf(&b, `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %s" role="img" `+
		`aria-labelledby="%s-title %s-desc">`+"\n", width, num(d.height), id, id)
	fmt.Fprintf(&b, "<title id=\"%s-title\">%s</title>\n<desc id=\"%s-desc\">%s</desc>\n", id, html.EscapeString(title),
		id, html.EscapeString(description))
	b.WriteString(inner)
	fmt.Fprintf(&b, patterns, id)
	b.WriteString(d.b.String())
	b.WriteString("</svg>\n")
	return b.String()
}
