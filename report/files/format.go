// Package files writes tables to files that people use elsewhere: CSV, JSON, Markdown,
// Excel, Parquet, pages and charts. What a posting says is data in each of them, never a formula or
// markup. The same table with the same basis gives the same bytes.
package files

import (
	"fmt"
	"path/filepath"
	"slices"
	"strings"
)

// Format is the format of a file.
type Format string

// The formats. Auto goes by the ending of the file.
const (
	Auto     Format = "auto"
	CSV      Format = "csv"
	JSON     Format = "json"
	Markdown Format = "markdown"
	XLSX     Format = "xlsx"
	Parquet  Format = "parquet"
	HTML     Format = "html"
	SVG      Format = "svg"
)

// endings are those of the files of each format.
var endings = []struct {
	ending string
	format Format
}{
	{".csv", CSV}, {".json", JSON}, {".md", Markdown}, {".markdown", Markdown}, {".xlsx", XLSX}, {".parquet", Parquet},
	{".html", HTML}, {".svg", SVG},
}

// Of gives the format of a file by its ending, in capitals or small letters. A format
// that is asked for must be the same, and settles it where the path has no ending.
func Of(path string, asked Format) (Format, error) {
	ending := strings.ToLower(filepath.Ext(path))
	if ending == "" && asked != Auto {
		return asked, nil
	}
	var known []string
	for _, e := range endings {
		switch {
		case e.ending == ending && asked != Auto && asked != e.format:
			return "", fmt.Errorf("%s: expected a file that ends as %s files do, or --format %s", path, asked, e.format)
		case e.ending == ending:
			return e.format, nil
		}
		known = append(known, e.ending)
	}
	return "", fmt.Errorf("%s: expected a file that ends in %s", path, strings.Join(known, ", "))
}

// IsBinary reports a format that is of no use in a terminal.
func (f Format) IsBinary() bool { return slices.Contains([]Format{XLSX, Parquet}, f) }

// SaysBasis reports a format that says what its table rests on by itself: that of others is
// said beside them, or not at all.
func (f Format) SaysBasis() bool { return slices.Contains([]Format{XLSX, Parquet}, f) }
