//go:build unix

package analysts

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
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
	// real says that it is also made of real postings.
	real bool
	// args ask for it.
	args []string
}

// control is a table whose JSON is made wrong, so that each program must see it; nothing
// is one without rows.
const control, nothing = "control", "nothing"

var tables = []table{
	{"pay", false, true, []string{"report", "pay", "--by", "label"}},
	{"pay-city", false, true, []string{"report", "pay", "--by", "city"}},
	{"pay-city-label", false, false, []string{"report", "pay", "--by", "city", "--across", "label"}},
	{"pay-function", false, true, []string{"report", "pay", "--by", "label,function", "--period", "month"}},
	{"compare", false, false, []string{"report", "pay", "--compare", "label=BPO,KPO"}},
	{"count-month", false, true, []string{"report", "count", "--by", "month"}},
	{"count-openings", true, false, []string{"report", "count", "--by", "openings"}},
	{"count-outsourced", true, false, []string{"report", "count", "--by", "outsourced"}},
	{"count-company", true, true, []string{"report", "count", "--by", "company"}},
	{"count-company-across", true, false, []string{"report", "count", "--by", "label", "--across", "company", "--source", "hostile"}},
	{"pay-company-across", true, false, []string{"report", "pay", "--by", "city", "--across", "company", "--source", "hostile"}},
	{"disclosure", false, true, []string{"report", "disclosure", "--by", "label"}},
	{"trend", false, false, []string{"report", "trend", "--by", "label"}},
	{"labels", false, false, []string{"report", "labels"}},
	{nothing, false, false, []string{"report", "pay", "--by", "label", "--city", "Shimla", "--label", "KPO"}},
	{control, false, true, []string{"report", "pay", "--by", "label"}},
}

// found is what a script says of one way to open a table, or of one check.
type found struct {
	Table, Opened string
	Cells         int
	Fault         string
}

// TestAnalysts makes an install of the sample board and of postings that would be
// formulas, dates and numbers, and one of real postings, and opens their tables and exports
// in other programs.
func TestAnalysts(t *testing.T) {
	p := programs(t)
	t.Run("sample board", func(t *testing.T) {
		i := p.install(t)
		i.jobsieve(t, "quickstart")
		i.jobsieve(t, "import", filepath.Join("testdata", "postings.jsonl"))
		i.open(t, tables)
	})
	t.Run("real postings", func(t *testing.T) {
		body, err := os.ReadFile(filepath.Join(sharedtest.Dir(t), "data", "postings.jsonl"))
		if err != nil {
			t.Fatal(err)
		}
		i := p.install(t)
		path := filepath.Join(i.dir, "real.jsonl")
		const some = 3000
		lines := bytes.SplitAfter(body, []byte("\n"))
		write(t, path, bytes.Join(lines[:min(some, len(lines))], nil))
		i.jobsieve(t, "import", path)
		i.open(t, slices.DeleteFunc(slices.Clone(tables), func(table table) bool { return !table.real }))
	})
}

// open opens tables and the exports.
func (i *installed) open(t *testing.T, tables []table) {
	t.Helper()
	i.tables(t, tables)
	i.convert(t, len(tables))
	const mostWays, checks = 9, 11
	if ways := check(t, i.script(t, "tables.py", i.dir)); ways != mostWays {
		t.Errorf("tables were opened in %d ways, want %d", ways, mostWays)
	}
	i.exports(t)
	all := i.script(t, "postings.py", i.dir, "../../docs/reports.md")
	if check(t, all); len(all) != checks {
		t.Errorf("%d checks of postings, want %d", len(all), checks)
	}
}

// check reports the faults that were found, and each way in which that of the control was
// not. It gives how many ways there are.
func check(t *testing.T, all []found) int {
	t.Helper()
	seen := map[string]bool{}
	for _, f := range all {
		isControl := f.Table == control
		seen[f.Opened] = seen[f.Opened] || isControl && strings.Contains(f.Fault, "mid_n")
		switch {
		case isControl:
		case f.Fault != "":
			t.Errorf("%s, %s: %s", f.Table, f.Opened, f.Fault)
		case f.Cells == 0 && f.Table != nothing:
			t.Errorf("%s, %s: nothing was compared", f.Table, f.Opened)
		default:
			t.Logf("%s, %s: %d cells", f.Table, f.Opened, f.Cells)
		}
	}
	for way, found := range seen {
		if !found {
			t.Errorf("%s: a figure that differs was not seen", way)
		}
	}
	return len(seen)
}

// installer are the programs that the tests run.
type installer struct{ jobsieve, python, office string }

// programs finds Python with its libraries, and LibreOffice, and builds jobsieve.
func programs(t *testing.T) installer {
	t.Helper()
	const libraries = "import pandas, duckdb, openpyxl, pyarrow"
	p := installer{filepath.Join(t.TempDir(), "jobsieve"), cmp.Or(os.Getenv("JOBSIEVE_PYTHON"), "python3"), "soffice"}
	if _, err := command(t, p.python, "-c", libraries); err != nil {
		sharedtest.Missing(t, "analysts", p.python+" lacks pandas, duckdb, openpyxl or pyarrow: "+
			"install .ci/requirements.txt, and set JOBSIEVE_PYTHON to the Python that has them")
	}
	if _, err := exec.LookPath(p.office); err != nil {
		sharedtest.Missing(t, "analysts", "there is no soffice: on Debian, apt-get install libreoffice-calc")
	}
	if _, err := command(t, "go", "build", "-o", p.jobsieve, "jobsieve/cmd/jobsieve"); err != nil {
		t.Fatal(err)
	}
	return p
}

// mostWait is how long one command may take, on a machine that is busy with others.
const mostWait = 3 * time.Minute

// command runs a program to its end and gives what it prints. In time both it and the
// programs that it began are killed.
func command(t *testing.T, program string, args ...string) ([]byte, error) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), mostWait)
	defer cancel()
	var out, faults bytes.Buffer
	cmd := exec.CommandContext(ctx, program, args...)
	cmd.Env = append(os.Environ(), "PYTHONDONTWRITEBYTECODE=1", "PYTHONIOENCODING=utf-8")
	cmd.Stdout, cmd.Stderr, cmd.WaitDelay = &out, &faults, time.Second
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	cmd.Cancel = func() error { return syscall.Kill(-cmd.Process.Pid, syscall.SIGKILL) }
	if err := cmd.Run(); err != nil {
		return nil, errors.Join(err, ctx.Err(), errors.New(faults.String()))
	}
	return out.Bytes(), nil
}

// installed is an install, and the folder of the files that it writes.
type installed struct {
	installer
	data, dir string
}

// install makes the folders of an install.
func (p installer) install(t *testing.T) *installed {
	t.Helper()
	top := t.TempDir()
	i := &installed{p, filepath.Join(top, "data"), filepath.Join(top, "files")}
	if err := os.MkdirAll(filepath.Join(i.dir, "spreadsheets"), 0o700); err != nil {
		t.Fatal(err)
	}
	return i
}

// jobsieve runs a command, which must end well, and gives what it prints.
func (i *installed) jobsieve(t *testing.T, args ...string) []byte {
	t.Helper()
	out, err := command(t, i.installer.jobsieve, append([]string{"--data", i.data}, args...)...)
	if err != nil {
		t.Fatalf("jobsieve %q: %v", args, err)
	}
	return out
}

// script runs a script of testdata.
func (i *installed) script(t *testing.T, name string, args ...string) (all []found) {
	t.Helper()
	out, err := command(t, i.python, append([]string{filepath.Join("testdata", name)}, args...)...)
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

// tables writes the files of tables.
func (i *installed) tables(t *testing.T, tables []table) {
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

// convert lets LibreOffice read the files of n tables and write them as CSV, with texts in
// quotation marks and figures without.
func (i *installed) convert(t *testing.T, n int) {
	t.Helper()
	const read = "Text - txt - csv (StarCalc):44,34,76,1,,1033,false,true"             // UTF-8, what looks like figures is
	const written = "csv:Text - txt - csv (StarCalc):44,34,76,1,,1033,true,true,false" // UTF-8, texts quoted, as shown
	profile := "-env:UserInstallation=file://" + filepath.ToSlash(t.TempDir())
	for kind, pattern := range map[string]string{
		"excel": "*.xlsx", "csv": "*.csv", "spreadsheets": "spreadsheets/*.csv",
	} {
		paths, err := filepath.Glob(filepath.Join(i.dir, pattern))
		if err != nil || len(paths) != n {
			t.Fatalf("%d files of %s, want %d: %v", len(paths), pattern, n, err)
		}
		args := []string{profile, "--headless", "--norestore"}
		if kind != "excel" {
			args = append(args, "--infilter="+read)
		}
		args = append(args, "--convert-to", written, "--outdir", filepath.Join(i.dir, "office", kind))
		if _, err := command(t, i.office, append(args, paths...)...); err != nil {
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
