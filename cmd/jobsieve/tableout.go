package main

import (
	"jobsieve/desk"
	"jobsieve/internal/terminal"
	"jobsieve/report/files"
)

// tableFlags say how a table leaves.
type tableFlags struct {
	Out             string       `placeholder:"FILE" help:"Write the table to this file, whole or not at all, in the format of its ending: .csv, .json, .md, .xlsx, .parquet, .html (a page with charts that needs nothing else), .svg. FILE.manifest.json beside it says what it rests on."`
	Format          files.Format `default:"auto" enum:"auto,csv,json,markdown,xlsx,parquet,html,svg" help:"Format of the table: ${enum}. auto goes by the ending of FILE; without one a terminal gets a table, a pipe CSV."`
	BOM             bool         `name:"bom" help:"Begin the CSV with a byte order mark, for old spreadsheets."`
	ForSpreadsheets bool         `help:"Make CSV that is opened in a spreadsheet: a byte order mark, and a tab, which does not show, before texts such as 2-5 and 0012, which would become dates and numbers. Other programs see the tab: give them plain CSV."`
	JSON            bool         `name:"json" help:"Print one JSON object: period, first and last date, groups, rows, total, notes, columns."`
}

// settle gives the format, auto where neither a flag nor a file settles it.
func (t *tableFlags) settle(a *app) (files.Format, error) {
	format := t.Format
	if t.JSON {
		if t.Out != "" || t.BOM || t.ForSpreadsheets || format != files.Auto {
			return "", usage("--json: expected it without --out, --format, --bom and --for-spreadsheets; " +
				"--format json writes files")
		}
		format = files.JSON
	}
	var err error
	if t.Out != "" {
		if format, err = files.Of(t.Out, format); err != nil {
			return "", usage("--out %w", err)
		}
	}
	if format.IsBinary() && t.Out == "" && a.terminalOut() {
		return "", usage("--format %s: expected --out FILE, for a terminal can't show it", format)
	}
	return format, t.checkCSV(format)
}

// checkCSV refuses what is for CSV with another format.
func (t *tableFlags) checkCSV(format files.Format) error {
	isCSV := format == files.CSV || format == files.Auto
	switch {
	case t.BOM && !isCSV:
		return usage("--bom: expected it with CSV only, got %s", format)
	case t.ForSpreadsheets && !isCSV:
		return usage("--for-spreadsheets: expected it with CSV only, got %s", format)
	}
	return nil
}

// tell prints the table that was asked for, or writes it to a file.
func (t *tableFlags) tell(a *app, d *desk.Desk, of *desk.Table, ask *desk.Asked) error {
	format, err := t.settle(a)
	if err != nil {
		return err
	}
	if format == files.Auto && a.terminalOut() && !t.ForSpreadsheets {
		return of.Terminal(a.out)
	}
	file, err := t.file(a, d, of, ask, format)
	if err != nil {
		return err
	}
	o := files.Options{BOM: t.BOM, ForSpreadsheets: t.ForSpreadsheets}
	if t.Out != "" {
		return file.Save(t.Out, format, o)
	}
	return file.Write(a.out, format, o)
}

// file gives the table with what it rests on, as far as that is written.
func (t *tableFlags) file(
	a *app, d *desk.Desk, of *desk.Table, ask *desk.Asked, format files.Format,
) (*files.File, error) {
	if t.Out == "" && !format.SaysBasis() {
		return desk.FileAlone(ask, of, version, terminal.Typed), nil
	}
	return d.File(a.ctx, ask, of, version, terminal.Typed)
}
