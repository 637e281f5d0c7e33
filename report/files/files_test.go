package files

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"

	"jobsieve/internal/sentence"
	"jobsieve/report"
)

// sample is a table with a name that would be a formula, one that would be a date, and
// markup.
func sample() *File {
	return &File{
		Table: &report.Table{
			Name: "pay", About: sentence.Of("", "Pay of <b>all</b>."), Period: "year", Postings: 9,
			Notes: []sentence.Sentence{sentence.Of("", "One note.")},
			Columns: []report.Column{
				{Name: "openings", Kind: report.KindGroup}, {Name: "postings", Kind: report.KindCount},
				{Name: "share", Kind: report.KindShare}, {Name: "low", Kind: report.KindRupees, Help: "The least."},
			},
			Rows: [][]any{
				{"2-5", 4, 0.25, 12345678}, {"=1+1", 3, 0.5, nil}, {"a|b <i>", 2, 1.0, 150000}, {"0012", 0, 0.0, nil},
			},
			Total: []any{nil, 9, 0.5, 150000},
		},
		Basis: Basis{Question: "jobsieve report pay", Filter: map[string]string{"city": "Pune"}, Stored: 20},
	}
}

func written(t *testing.T, format Format, o Options) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := sample().Write(&b, format, o); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestTexts(t *testing.T) {
	for name, test := range map[string]struct {
		format Format
		o      Options
		want   string
	}{
		"csv": {CSV, Options{}, "openings,postings,share,low\n2-5,4,0.2500,12345678\n'=1+1,3,0.5000,\n" +
			"a|b <i>,2,1.0000,150000\n0012,0,0.0000,\ntotal,9,0.5000,150000\n"},
		"for spreadsheets": {CSV, Options{ForSpreadsheets: true}, "\ufeffopenings,postings,share,low\n" +
			"\"\t2-5\",4,0.2500,12345678\n'=1+1,3,0.5000,\na|b <i>,2,1.0000,150000\n\"\t0012\",0,0.0000,\n" +
			"total,9,0.5000,150000\n"},
		"markdown": {Markdown, Options{}, `Pay of \<b\>all\</b\>.

| openings | postings | share | low |
| --- | ---: | ---: | ---: |
| 2-5 | 4 | 0.2500 | 12345678 |
| =1+1 | 3 | 0.5000 |  |
| a\|b \<i\> | 2 | 1.0000 | 150000 |
| 0012 | 0 | 0.0000 |  |
| total | 9 | 0.5000 | 150000 |

One note.
`},
	} {
		t.Run(name, func(t *testing.T) {
			if diff := cmp.Diff(test.want, string(written(t, test.format, test.o))); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// TestSpreadsheetTexts wants a tab before what a spreadsheet would make something else of.
func TestSpreadsheetTexts(t *testing.T) {
	for text, want := range map[string]string{
		"2-5": "\t2-5", "0012": "\t0012", "1e5": "\t1e5", "May 5": "\tMay 5", "12:30": "\t12:30", "(5)": "\t(5)",
		"$5": "\t$5", "₹500": "\t₹500", "5%": "\t5%", "true": "\ttrue", "FALSE": "\tFALSE", "-5": "'-5", "=1+1": "'=1+1",
		"": "", "Pune": "Pune", "True North": "True North", "ग्राहक 24": "ग्राहक 24", "total": "total",
	} {
		if got := spreadsheetText(text); got != want {
			t.Errorf("spreadsheetText(%q) = %q, want %q", text, got, want)
		}
	}
}

func TestWorkbook(t *testing.T) {
	body := written(t, XLSX, Options{})
	book, err := excelize.OpenReader(bytes.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	for cell, want := range map[string]string{
		"A1": "openings", "A2": "2-5", "A3": "=1+1", "A5": "0012", "B2": "4", "C2": "25.0%", "D2": "1,23,45,678", "A6": "total",
		"D3": "",
	} {
		if got, err := book.GetCellValue("pay", cell); err != nil || got != want {
			t.Errorf("%s is %q, %v; want %q", cell, got, err, want)
		}
		if formula, err := book.GetCellFormula("pay", cell); err != nil || formula != "" {
			t.Errorf("%s is the formula %q, %v", cell, formula, err)
		}
	}
	if got, _ := book.GetCellValue("About", "B2"); got != "jobsieve report pay" {
		t.Errorf("the question is %q", got)
	}
	rows, err := book.GetRows("About")
	if last := rows[len(rows)-1]; err != nil || !slices.Equal(last, []string{"low", "rupees", "rupees a year", "The least."}) {
		t.Errorf("the last column is %q: %v", last, err)
	}
	if !bytes.Equal(body, written(t, XLSX, Options{})) {
		t.Error("the same table gives other bytes")
	}
}

func TestColumnsInJSON(t *testing.T) {
	const want = `{"name":"low","kind":"rupees","unit":"rupees a year","help":"The least."}`
	if got := string(written(t, JSON, Options{})); !strings.Contains(got, want) {
		t.Error(got)
	}
}

func TestFormatOf(t *testing.T) {
	for _, test := range []struct {
		path  string
		asked Format
		want  Format
	}{
		{"a.CSV", Auto, CSV}, {"a.md", Auto, Markdown}, {"a.xlsx", XLSX, XLSX}, {"a", JSON, JSON}, {"a.csv", JSON, ""},
		{"a.doc", Auto, ""}, {"a", Auto, ""},
	} {
		got, err := Of(test.path, test.asked)
		if got != test.want || (err == nil) != (test.want != "") {
			t.Errorf("Of(%q, %q) = %q, %v; want %q", test.path, test.asked, got, err, test.want)
		}
	}
}

func TestSave(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "pay.csv")
	if err := sample().Save(path, CSV, Options{}); err != nil {
		t.Fatal(err)
	}
	body, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	var m Manifest
	manifest, err := os.ReadFile(path + ".manifest.json")
	if err == nil {
		err = json.Unmarshal(manifest, &m)
	}
	if err != nil {
		t.Fatal(err)
	}
	sum := sha256.Sum256(body)
	if m.File != "pay.csv" || m.Bytes != int64(len(body)) || m.SHA256 != hex.EncodeToString(sum[:]) || m.Stored != 20 {
		t.Errorf("the manifest is %+v", m)
	}
	if found, _ := os.ReadDir(dir); len(found) != 2 {
		t.Errorf("expected the file and its manifest, got %v", found)
	}
	err = sample().Save(filepath.Join(dir, "none", "pay.csv"), CSV, Options{})
	if err == nil || !strings.Contains(err.Error(), "make it first") {
		t.Errorf("a folder that is missing: %v", err)
	}
}
