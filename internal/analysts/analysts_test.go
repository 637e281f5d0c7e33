package analysts

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"io"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"jobsieve/internal/sharedtest"
)

// table is a table that is opened in every program.
type table struct {
	Name string `json:"name"`
	// Mistaken says that plain CSV has texts that a spreadsheet takes for figures, which
	// --for-spreadsheets is for.
	Mistaken bool `json:"mistaken"`
	// args ask for it.
	args []string
}

// control is a table whose JSON is made wrong, so that each program must see it.
const control = "control"

var tables = []table{
	{"pay", false, []string{"report", "pay", "--by", "label"}},
	{"pay-city", false, []string{"report", "pay", "--by", "city"}},
	{"pay-city-label", false, []string{"report", "pay", "--by", "city", "--across", "label"}},
	{"pay-function", false, []string{"report", "pay", "--by", "label,function", "--period", "month"}},
	{"compare", false, []string{"report", "pay", "--compare", "label=BPO,KPO"}},
	{"count-month", false, []string{"report", "count", "--by", "month"}},
	{"count-openings", true, []string{"report", "count", "--by", "openings"}},
	{"count-outsourced", true, []string{"report", "count", "--by", "outsourced"}},
	{"count-company", true, []string{"report", "count", "--by", "company"}},
	{"count-company-across", true, []string{"report", "count", "--by", "label", "--across", "company", "--source", "hostile"}},
	{"pay-company-across", true, []string{"report", "pay", "--by", "city", "--across", "company", "--source", "hostile"}},
	{"disclosure", false, []string{"report", "disclosure", "--by", "label"}},
	{"trend", false, []string{"report", "trend", "--by", "label"}},
	{"labels", false, []string{"report", "labels"}},
	{"nothing", false, []string{"report", "pay", "--by", "label", "--city", "Shimla", "--label", "KPO"}},
	{control, false, []string{"report", "pay", "--by", "label"}},
}

// found is what a script says of one way to open a table, or of one check.
type found struct {
	Table, Opened string
	Cells         int
	Fault         string
}

// TestAnalysts makes an install of the sample board and of postings that would be
// formulas, dates and numbers, and opens its tables and exports in other programs.
func TestAnalysts(t *testing.T) {
	python, office := tools(t)
	i := install(t)
	t.Run("tables", func(t *testing.T) {
		i.tables(t)
		i.convert(t, office)
		faults := map[string]int{} // of the control
		ways := map[string]bool{}
		for _, f := range script(t, python, "tables.py", i.dir) {
			ways[f.Opened] = true
			if f.Table == control {
				faults[f.Opened] += min(1, len(f.Fault))
				continue
			}
			check(t, f)
		}
		for _, way := range slices.Sorted(maps.Keys(ways)) {
			if faults[way] != 1 {
				t.Errorf("%s: a figure that differs was not seen", way)
			}
		}
		if len(ways) != 9 {
			t.Errorf("tables were opened in %d ways, want 9: %v", len(ways), ways)
		}
	})
	t.Run("postings", func(t *testing.T) {
		i.exports(t)
		all := script(t, python, "postings.py", i.dir, "../../docs/reports.md")
		for _, f := range all {
			check(t, f)
		}
		if len(all) != 10 {
			t.Errorf("%d checks, want 10", len(all))
		}
	})
}

func check(t *testing.T, f found) {
	t.Helper()
	switch {
	case f.Fault != "":
		t.Errorf("%s, %s: %s", f.Table, f.Opened, f.Fault)
	case f.Cells == 0 && f.Table != "nothing":
		t.Errorf("%s, %s: nothing was compared", f.Table, f.Opened)
	default:
		t.Logf("%s, %s: %d cells", f.Table, f.Opened, f.Cells)
	}
}

// tools finds Python with its libraries, and LibreOffice.
func tools(t *testing.T) (python, office string) {
	t.Helper()
	const libraries = "import pandas, duckdb, openpyxl, pyarrow"
	python = cmp.Or(os.Getenv("JOBSIEVE_PYTHON"), "python3")
	if _, err := command(t, python, "-c", libraries); err != nil {
		sharedtest.Missing(t, "analysts", python+" lacks pandas, duckdb, openpyxl or pyarrow: "+
			"install .ci/requirements.txt, and set JOBSIEVE_PYTHON to the Python that has them")
	}
	office, err := exec.LookPath("soffice")
	if err != nil {
		sharedtest.Missing(t, "analysts", "there is no soffice: on Debian, apt-get install libreoffice-calc")
	}
	return python, office
}

// mostWait is how long one command may take, on a machine that is busy with others.
const mostWait = 3 * time.Minute

// command runs a program to its end and gives what it prints.
func command(t *testing.T, program string, args ...string) ([]byte, error) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), mostWait)
	defer cancel()
	var out, faults bytes.Buffer
	cmd := exec.CommandContext(ctx, program, args...)
	cmd.Env = append(os.Environ(), "PYTHONDONTWRITEBYTECODE=1", "PYTHONIOENCODING=utf-8")
	cmd.Stdout, cmd.Stderr, cmd.WaitDelay = &out, &faults, time.Second
	if err := cmd.Run(); err != nil {
		return nil, errors.Join(err, ctx.Err(), errors.New(faults.String()))
	}
	return out.Bytes(), nil
}

// script runs a script of testdata.
func script(t *testing.T, python, name string, args ...string) (all []found) {
	t.Helper()
	out, err := command(t, python, append([]string{filepath.Join("testdata", name)}, args...)...)
	if err != nil {
		t.Fatal(err)
	}
	for decoder := json.NewDecoder(bytes.NewReader(out)); ; {
		var f found
		if err := decoder.Decode(&f); errors.Is(err, io.EOF) {
			return all
		} else if err != nil {
			t.Fatalf("%s: %v\n%s", name, err, out)
		}
		all = append(all, f)
	}
}

// installed is an install, and the folder of the files that it writes.
type installed struct{ program, data, dir string }

func install(t *testing.T) installed {
	t.Helper()
	top := t.TempDir()
	i := installed{filepath.Join(top, "jobsieve"), filepath.Join(top, "data"), filepath.Join(top, "files")}
	if err := os.MkdirAll(filepath.Join(i.dir, "spreadsheets"), 0o700); err != nil {
		t.Fatal(err)
	}
	if _, err := command(t, "go", "build", "-o", i.program, "jobsieve/cmd/jobsieve"); err != nil {
		t.Fatal(err)
	}
	i.jobsieve(t, "quickstart")
	i.jobsieve(t, "import", filepath.Join("testdata", "postings.jsonl"))
	return i
}

func (i *installed) jobsieve(t *testing.T, args ...string) []byte {
	t.Helper()
	out, err := command(t, i.program, append([]string{"--data", i.data}, args...)...)
	if err != nil {
		t.Fatalf("jobsieve %q: %v", args, err)
	}
	return out
}

// tables writes the files of the tables.
func (i *installed) tables(t *testing.T) {
	t.Helper()
	for _, table := range tables {
		path := filepath.Join(i.dir, table.Name)
		for _, ending := range []string{".json", ".csv", ".xlsx", ".parquet"} {
			i.jobsieve(t, append(slices.Clone(table.args), "--out", path+ending)...)
		}
		path = filepath.Join(i.dir, "spreadsheets", table.Name+".csv")
		i.jobsieve(t, append(slices.Clone(table.args), "--for-spreadsheets", "--out", path)...)
	}
	list, err := json.Marshal(tables)
	if err != nil {
		t.Fatal(err)
	}
	write(t, filepath.Join(i.dir, "tables.json"), list)

	path := filepath.Join(i.dir, control+".json")
	body, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	wrong := bytes.Replace(body, []byte(`"mid_n":`), []byte(`"mid_n":1`), 1)
	if bytes.Equal(body, wrong) {
		t.Fatalf("the control has no mid_n: %s", body)
	}
	write(t, path, wrong)
}

func write(t *testing.T, path string, body []byte) {
	t.Helper()
	if err := os.WriteFile(path, body, 0o600); err != nil {
		t.Fatal(err)
	}
}

// convert lets LibreOffice read the files and write them as CSV, with texts in quotation
// marks and figures without.
func (i *installed) convert(t *testing.T, office string) {
	t.Helper()
	const read = "Text - txt - csv (StarCalc):44,34,76,1,,1033,false,true"             // UTF-8, what looks like figures is
	const written = "csv:Text - txt - csv (StarCalc):44,34,76,1,,1033,true,true,false" // UTF-8, texts quoted, as shown
	profile := "-env:UserInstallation=file://" + filepath.ToSlash(t.TempDir())
	for kind, pattern := range map[string]string{
		"excel": "*.xlsx", "csv": "*.csv", "spreadsheets": "spreadsheets/*.csv",
	} {
		paths, err := filepath.Glob(filepath.Join(i.dir, pattern))
		if err != nil || len(paths) != len(tables) {
			t.Fatalf("%d files of %s, want %d: %v", len(paths), pattern, len(tables), err)
		}
		args := []string{profile, "--headless", "--norestore"}
		if kind != "excel" {
			args = append(args, "--infilter="+read)
		}
		args = append(args, "--convert-to", written, "--outdir", filepath.Join(i.dir, "office", kind))
		if _, err := command(t, office, append(args, paths...)...); err != nil {
			t.Fatalf("LibreOffice, %s: %v", kind, err)
		}
	}
}

// exports writes the exports of all postings.
func (i *installed) exports(t *testing.T) {
	t.Helper()
	for name, args := range map[string][]string{
		"postings.parquet": {"--format", "parquet", "--observed"}, "plain.jsonl": nil, "observed.jsonl": {"--observed"},
		"observed.csv": {"--format", "csv", "--observed"},
	} {
		write(t, filepath.Join(i.dir, name), i.jobsieve(t, append([]string{"export"}, args...)...))
	}
}
