package rows

import (
	"bytes"
	"compress/gzip"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf16"

	"github.com/google/go-cmp/cmp"

	"jobsieve/job"
)

// read reads an input and writes what came of it: a row as its id and title, a
// fault with its line, then the notes and why the reading ended early.
func read(t *testing.T, in io.Reader, o Options) []string {
	t.Helper()
	var out []string
	report, err := Each(t.Context(), in, o, func(r Row, err error) error {
		switch {
		case err != nil:
			out = append(out, fmt.Sprintf("%d: %v", r.Line, err))
		default:
			out = append(out, fmt.Sprintf("%d: %s %s", r.Line, r.Posting.ID, r.Posting.Title))
		}
		return nil
	})
	out = append(out, report.Notes...)
	if report.Cut != nil {
		out = append(out, "cut: "+report.Cut.Error())
	}
	if err != nil {
		out = append(out, "error: "+err.Error())
	}
	return out
}

// wantAll compares texts; each that is wanted is a part of what was got.
func wantAll(t *testing.T, got, want []string) {
	t.Helper()
	same := len(got) == len(want)
	for i := 0; same && i < len(want); i++ {
		same = strings.Contains(got[i], want[i])
	}
	if !same {
		t.Errorf("(-want +got):\n%s", cmp.Diff(want, got))
	}
}

func gz(parts ...string) string {
	var b bytes.Buffer
	for _, p := range parts {
		w := gzip.NewWriter(&b)
		_, _ = w.Write([]byte(p)) // a buffer takes all
		_ = w.Close()
	}
	return b.String()
}

func utf16Bytes(s string, little bool) string {
	var b []byte
	for _, u := range utf16.Encode([]rune(s)) {
		if little {
			b = append(b, byte(u), byte(u>>8))
		} else {
			b = append(b, byte(u>>8), byte(u))
		}
	}
	return string(b)
}

func TestForms(t *testing.T) {
	table := "id,title\n1,Clerk\n2,Cook\n"
	lines := "{\"id\":1,\"title\":\"Clerk\"}\n{\"id\":2,\"title\":\"Cook\"}\n"
	both := []string{"2: 1 Clerk", "3: 2 Cook"}
	bothLines := []string{"1: 1 Clerk", "2: 2 Cook"}
	cut := gz("id,title\n1,Clerk\n" + strings.Repeat("x", 3000))
	tests := []struct {
		name, in string
		o        Options
		want     []string
	}{
		{"LF", table, Options{}, both},
		{"CR LF", strings.ReplaceAll(table, "\n", "\r\n"), Options{}, both},
		{"CR", strings.ReplaceAll(table, "\n", "\r"), Options{}, both},
		{"CR of JSON lines", strings.ReplaceAll(lines, "\n", "\r"), Options{}, bothLines},
		{"mixed line ends", "id,title\r1,Clerk\r\n2,Cook\n\r\n3,Maid", Options{}, []string{"2: 1 Clerk", "3: 2 Cook", "5: 3 Maid"}},
		{"no line end", strings.TrimSuffix(table, "\n"), Options{}, both},
		{"semicolons", strings.ReplaceAll(table, ",", ";"), Options{}, both},
		{"tabs", strings.ReplaceAll(table, ",", "\t"), Options{}, both},
		{"bars", strings.ReplaceAll(table, ",", "|"), Options{}, both},
		{"semicolons, commas in a name", "id;title;a, b, c\n1;Clerk;x\n", Options{}, []string{"2: 1 Clerk", "not used, but kept: a, b, c"}},
		{"sep=", "sep=;\nid;title\n1;Clerk\n", Options{}, []string{"3: 1 Clerk"}},
		{"blank lines before the header", "\n \nid,title\n1,Clerk\n", Options{}, []string{"4: 1 Clerk"}},
		{"mark of UTF-8", "\xef\xbb\xbf" + table, Options{}, both},
		{"mark of UTF-8, JSON", "\xef\xbb\xbf" + lines, Options{}, bothLines},
		{"UTF-16 LE", "\xff\xfe" + utf16Bytes(strings.ReplaceAll(table, ",", "\t"), true), Options{}, both},
		{"UTF-16 BE", "\xfe\xff" + utf16Bytes(lines, false), Options{}, bothLines},
		{"UTF-16 LE without a mark", utf16Bytes(lines, true), Options{}, bothLines},
		{"UTF-16 BE without a mark", utf16Bytes(table, false), Options{}, both},
		{"windows-1252", "id,title\n1,Caf\xe9 \x93x\x94\n2,Na\xefve\n", Options{}, []string{"2: 1 Café “x”", "3: 2 Naïve", "line 2 is not UTF-8 and is read as windows-1252"}},
		{"damaged UTF-8", "id,title\n1,क\xe0\xa4\n", Options{}, []string{"2: 1 क\uFFFD", "line 2 has bytes that are not UTF-8"}},
		{"NUL", "id,title\n1,Cl\x00erk\n", Options{}, []string{"2: 1 Cl\uFFFDerk", "line 2 has NUL bytes"}},
		{"gzip", gz(table), Options{}, both},
		{"members", gz("id,title\n", "1,Clerk\n2,", "Cook\n"), Options{}, both},
		{"padding", gz(lines) + "\x00\x00\x00", Options{}, bothLines},
		{"trailing bytes", gz(strings.TrimSuffix(lines, "\n")) + "junk", Options{}, append(slices.Clone(bothLines), "cut: bytes that are no gzip")},
		{"gzip in gzip", gz(gz(table)), Options{}, both},
		{"gzip cut short", cut[:len(cut)-12], Options{}, []string{"2: 1 Clerk", "3: the row is cut off", "cut: the gzip file is damaged or cut short"}},
		{"a list", "[\n " + strings.ReplaceAll(strings.TrimSpace(lines), "\n", ",\n") + "\n]\n", Options{}, []string{"2: 1 Clerk", "3: 2 Cook"}},
		{"a list in one line", "[" + strings.ReplaceAll(strings.TrimSpace(lines), "\n", ",") + "]", Options{}, []string{"1: 1 Clerk", "1: 2 Cook"}},
		{"lists", "[{\"title\":\"a\"}]\n[]\n[{\"title\":\"b\"}]", Options{}, []string{"1:  a", "3:  b"}},
		{"indented objects", "{\n  \"id\": 1,\n  \"title\": \"Clerk\"\n}\n{\n\"id\":2, \"title\": \"Cook\"}", Options{}, []string{"1: 1 Clerk", "5: 2 Cook"}},
		{"objects in a row", strings.ReplaceAll(lines, "\n", ""), Options{}, []string{"1: 1 Clerk", "1: 2 Cook"}},
		{"JSON in .csv", lines, Options{Name: "a.csv"}, bothLines},
		{"junk before JSON lines", "junk\n" + lines, Options{Name: "-"}, []string{"1: not JSON", "2: 1 Clerk", "3: 2 Cook"}},
		{"forced", lines, Options{Format: CSV}, []string{"error: line 1: behind the quote"}},
		{"forced JSON", table, Options{Format: JSON}, []string{"1: not JSON", "2: expected a JSON object, got a number", "3: expected a JSON object, got a number"}},
		{"empty table", "", Options{Name: "a.csv"}, []string{"error: the file is empty"}},
		{"empty lines", "\n", Options{Name: "a.jsonl"}, []string{"it holds no rows"}},
		{"header only", "id,title\n", Options{}, []string{"it holds no rows"}},
		{"no header", "1,Clerk\n2,Cook\n", Options{}, []string{"error: the first line names no column that is known: expected names such as id,title,company, got 1, Clerk"}},
		{"no title", "id,salary\n1,2\n", Options{}, []string{"error: no column for title: the file has id, salary"}},
		{"a workbook", "PK\x03\x04....", Options{Name: "a.xlsx"}, []string{"error: it is a zip archive or an Excel workbook"}},
		{"HTML", "<!DOCTYPE html><title>x", Options{Name: "a.csv"}, []string{"error: it is HTML"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) { wantAll(t, read(t, strings.NewReader(tt.in), tt.o), tt.want) })
	}
}

func TestFaultyTables(t *testing.T) {
	tests := []struct {
		name, in string
		want     []string
	}{
		{"too many cells", "id,title,salary,experience\n1,Clerk,15,000,0-1 Yrs\n2,Cook,9000,\n", []string{`2: cells: 5, columns in the header: 4; a cell with "," in it`, "3: 2 Cook"}},
		{"too many cells, the last empty", "id,title,salary,experience\n1,Clerk,15,000,\n", []string{"2: cells: 5, columns in the header: 4"}},
		{"too few cells", "id,title,salary\n1,Clerk\n2,Cook,1\n", []string{"2: cells: 2, columns in the header: 3", "3: 2 Cook"}},
		{"a cell in two lines without quotes", "id,title,salary\n1,Clerk\nwith perks,Pune\n", []string{"2: cells: 2", "3: cells: 2"}},
		{"no title", "id,title\n5,\n,\n7,Clerk\n8,  \n9,nan\n", []string{"2: title: missing", "3: title: missing", "4: 7 Clerk", "5: title: missing", "6: title: missing"}},
		{"quotes in a cell without quotes", "id,title\n1,5\" screen\n2,a \"b\" c\n", []string{`2: 1 5" screen`, `3: 2 a "b" c`}},
		{"quotes in a quoted cell", "id,title\n1,\"a \"\"b\"\", c\"\n2, \"Cook, junior\" \n", []string{`2: 1 a "b", c`, "3: 2 Cook, junior"}},
		{"a cell of several lines", "id,title,x\n1,Clerk,\"a\r\n\r\nb, c\"\n2,Cook,\n", []string{"2: 1 Clerk", "5: 2 Cook", "not used"}},
		{"a list of numbers in a cell", "id,title,x\n7,Clerk,\"Call:\n12, MG Road, Pune\"\n", []string{"2: 7 Clerk", "not used"}},
		{"open to the end", "id,title,x\n1,Clerk,\"open\n2,Cook,a\n3,Maid,b\n", []string{"2: the quote that opens a cell in this line is not closed", "3: 2 Cook", "4: 3 Maid", "not used"}},
		{"open in the last row", "id,title\n1,Clerk\n2,\"Coo", []string{"2: 1 Clerk", "3: the quote that opens"}},
		{"open before a quoted cell", "id,title,x\n1,\"Clerk,A\n2,\"Cook, junior\",B\n3,Maid,C\n", []string{"2: behind the quote that closes a cell stands", "3: 2 Cook, junior", "4: 3 Maid", "not used"}},
		{"open before another stray quote", "id,title,x\n1,Clerk,\"27 inch\n2,Cook,a\n3,Maid,27\"\n4,Nurse,b\n", []string{"2: the quote that opens a cell in this line is closed in a later row", "3: 2 Cook", "4: 3 Maid", "5: 4 Nurse", "not used"}},
		{"ditto marks", "id,title,x\n1,Clerk,a\n2,\",b\n3,\",c\n4,Nurse,d\n", []string{"2: 1 Clerk", "3: the quote that opens", "4: the quote that opens", "5: 4 Nurse", "not used"}},
		{"open in the second line of a row", "id,title,x\n1,\"a\nb\",\"open\n2,Cook,c\n", []string{"3: the quote that opens", "4: 2 Cook", "not used"}},
		{"backslash before a quote", "id,title,x\n1,\"say \\\"hi\\\"\",a\n2,Cook,b\n", []string{"2: behind the quote", "3: 2 Cook", "not used"}},
		{"header alone is open", "id,\"title\n1,Clerk\n", []string{"error: line 1: the quote that opens"}},
		{"names twice", "id,title,title\n1,Clerk,Cook\n2,,Maid\n", []string{"2: 1 Clerk", "3: 2 Maid", "not used, but kept: title (column 3) (beside title)"}},
		{"columns without names", "id,,title,\n1,x,Clerk,\n", []string{"2: 1 Clerk", "not used, but kept: column 2;"}},
		{"usual name beside the field's own", "job_title,title\nClerk,Cook\nMaid,\n", []string{"2:  Cook", "3:  Maid", "job_title (beside title)"}},
		{"bad time", "title,scraped_at\nClerk,soon\nCook,2026-01-02\nMaid,\n", []string{"2: scraped_at: expected a time", "3:  Cook", "4:  Maid"}},
		{"a long line", "id,title\n1," + strings.Repeat("x", 3000) + "\n2,Cook\n", []string{"2: longer than", "3: 2 Cook"}},
		{"a long quoted cell", "id,title\n1,\"" + strings.Repeat("x\n", 1500) + "\"\n2,Cook\n", append([]string{"2: the quote that opens"}, slices.Repeat([]string{": cells: 1, columns in the header: 2"}, 1499)...)},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got := read(t, strings.NewReader(tt.in), Options{Name: "a.csv", limit: 2048})
			if tt.name == "a long quoted cell" {
				got = got[:len(tt.want)]
			}
			wantAll(t, got, tt.want)
		})
	}
}

func TestFaultyObjects(t *testing.T) {
	tests := []struct {
		name, in string
		want     []string
	}{
		{"cut in a text", "{\"id\":1,\"title\":\"Cle\n{\"id\":2,\"title\":\"Cook\"}\n", []string{"1: the JSON object ends too early", "2: 2 Cook"}},
		{"cut between members", "{\"id\":1,\"title\":\"Clerk\",\n{\"id\":2,\"title\":\"Cook\"}\n", []string{"1: the JSON object ends too early", "2: 2 Cook"}},
		{"cut in a list", "{\"id\":1,\"skills\":[\"a\",\n{\"id\":2,\"title\":\"Cook\"}\n{\"id\":3,\"title\":\"Maid\"}\n", []string{"1: the JSON object ends too early", "2: 2 Cook", "3: 3 Maid"}},
		{"cut in the last list", "{\"id\":1,\"skills\":[\"a\",\n{\"id\":2,\"title\":\"Cook\"}\n", []string{"1: the JSON object ends too early", "2: 2 Cook"}},
		{"cut at the end", "{\"id\":1,\"title\":\"Clerk\"}\n{\"id\":2,\"ti", []string{"1: 1 Clerk", "2: the JSON object ends too early"}},
		{"a faulty element", "[{\"title\":\"a\"},{\"title\":},{\"title\" \"x\"},{\"title\":\"b\"}]", []string{"1:  a", "1: not JSON", "1: not JSON", "1:  b"}},
		{"an element cut off", "[{\"title\":\"a\"},{\"id\":2,{\"title\":\"b\"}]", []string{"1:  a", "1: the JSON object ends too early", "1:  b"}},
		{"other elements", "[1, null, \"x\", {\"title\":\"b\"}]", []string{"1: expected a JSON object, got a number", "1: expected a JSON object, got null", "1: expected a JSON object, got a text", "1:  b"}},
		{"a list cut short", "[\n{\"title\":\"a\"},\n{\"title\":\"b\"},\n", []string{"2:  a", "3:  b", "cut: the JSON list is not closed"}},
		{"a line break in a text", "[\n {\n  \"title\": \"a\nb\",\n  \"id\": 1\n },\n {\"title\": \"c\"}\n]", []string{"2: the JSON object ends too early", "7:  c"}},
		{"more behind an object", "{\"title\":\"a\"} junk\n{\"title\":\"b\"}\n", []string{"1:  a", "1: not JSON", "2:  b"}},
		{"a stray bracket", "{\"title\":\"a\"}\n]\n{\"title\":\"b\"}\n", []string{"1:  a", "2: ", "3:  b"}},
		{"a long line", "{\"title\":\"" + strings.Repeat("x", 3000) + "\"}\n{\"title\":\"b\"}\n", []string{"1: longer than", "2:  b"}},
		{"a long element", "[{\"title\":\"" + strings.Repeat("x", 3000) + "\"},{\"title\":\"b\"}]", []string{"1: longer than", "1:  b"}},
		{"long junk", strings.Repeat("x", 3000) + "\n{\"title\":\"b\"}\n", []string{"1: expected a JSON object", "2:  b"}},
		{"deep", "{\"x\":" + strings.Repeat("[", 200) + strings.Repeat("]", 200) + "}\n{\"title\":\"b\"}\n", []string{"1: nested deeper", "2:  b"}},
		{"deep and open", "{\"x\":" + strings.Repeat("[", 200) + "\n{\"title\":\"b\"}\n", []string{"1: nested deeper", "2:  b"}},
		{"keys twice", "{\"title\":\"a\",\"title\":\"b\"}\n", []string{"1:  b", "line 1 has the key \"title\" twice"}},
		{"windows-1252", "{\"title\":\"Caf\xe9\"}\n", []string{"1:  Café", "windows-1252"}},
		{"NUL at the end", "{\"title\":\"a\"}\n\x00\x00", []string{"1:  a", "2: not JSON"}},
		{"an object for a title", "{\"title\":{\"name\":\"a\"}}\n", []string{"1: title: expected a text, got an object"}},
		{"true for a title", "{\"title\":true}\n", []string{"1: title: expected a text, got true or false"}},
		{"lists in a list", "{\"title\":\"x\",\"skills\":[[\"a\"]]}\n", []string{"1: skills: expected a text, got a list of lists"}},
		{"another name may hold anything", "{\"title\":\"x\",\"link\":{\"a\":1}}\n", []string{"1:  x", "not used, but kept: link;"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			wantAll(t, read(t, strings.NewReader(tt.in), Options{Name: "a.jsonl", limit: 2048}), tt.want)
		})
	}
}

// TestOneSetOfRules reads the same rows as CSV and as JSON lines.
func TestOneSetOfRules(t *testing.T) {
	tests := []struct {
		name    string
		keys    []string
		cells   []string
		columns map[string]string
		want    job.Posting
	}{
		{"own names", []string{"id", "source", "title", "company", "location", "experience", "salary", "skills", "description", "url", "posted", "openings", "crawled_at"},
			[]string{"007", "s", "Clerk", "Acme", "Pune", "1 yr", "15k", "Excel", "Text", "http://a.example/", "today", "3", "2026-01-02"}, nil,
			job.Posting{ID: "007", Source: "s", Title: "Clerk", Company: "Acme", Location: "Pune", Experience: "1 yr", Salary: "15k", Skills: "Excel", Description: "Text",
				URL: "http://a.example/", Posted: "today", Openings: "3", CrawledAt: time.Date(2026, 1, 2, 0, 0, 0, 0, job.IST)}},
		{"python-jobspy", []string{"id", "site", "job_url", "title", "company", "location", "date_posted", "interval", "min_amount", "max_amount", "currency", "is_remote", "experience_range"},
			[]string{"in-1", "indeed", "http://a.example/", "Clerk", "nan", "Pune, MH, IN", "2026-01-02", "yearly", "300000.0", "400000.0", "INR", "True", "1-2 yrs"}, nil,
			job.Posting{ID: "in-1", Source: "indeed", Title: "Clerk", Location: "Pune, MH, IN, remote", Experience: "1-2 yrs", URL: "http://a.example/", Posted: "2026-01-02",
				Salary: `{"@type":"MonetaryAmount","currency":"INR","value":{"@type":"QuantitativeValue","maxValue":400000,"minValue":300000,"unitText":"YEARLY"}}`,
				Extra:  []job.Member{{Key: "is_remote", Value: json.RawMessage(`"True"`)}}}},
		{"schema.org", []string{"identifier", "title", "hiringOrganization", "jobLocation", "datePosted", "baseSalary", "jobLocationType"},
			[]string{"9", "Clerk", "Acme", "Pune", "2026-01-02", "15,000 a month", "TELECOMMUTE"}, nil,
			job.Posting{ID: "9", Title: "Clerk", Company: "Acme", Location: "Pune, remote", Posted: "2026-01-02", Salary: "15,000 a month",
				Extra: []job.Member{{Key: "jobLocationType", Value: json.RawMessage(`"TELECOMMUTE"`)}}}},
		{"by hand", []string{"Job Title", "Company Name", "City", "State", "Link", "Posted On", "CTC"},
			[]string{"Clerk", "Acme", "Aurangabad", "Bihar", "http://a.example/", "5 Jan 2026", "3 LPA"}, nil,
			job.Posting{Title: "Clerk", Company: "Acme", Location: "Aurangabad, Bihar", URL: "http://a.example/", Posted: "5 Jan 2026", Salary: "3 LPA"}},
		{"named", []string{"Was", "title", "Firm", "note"}, []string{"Clerk", "other", "Acme", "x"}, map[string]string{"title": "was", "company": "Firm"},
			job.Posting{Title: "Clerk", Company: "Acme", Extra: []job.Member{{Key: "title", Value: json.RawMessage(`"other"`)}, {Key: "note", Value: json.RawMessage(`"x"`)}}}},
		{"a number with its period", []string{"title", "salary", "salary_period", "currency"}, []string{"Clerk", "25", "hour", "USD"}, nil,
			job.Posting{Title: "Clerk", Salary: `{"@type":"MonetaryAmount","currency":"USD","value":{"@type":"QuantitativeValue","maxValue":25,"minValue":25,"unitText":"HOUR"}}`}},
		{"a text wins over numbers", []string{"title", "salary", "min_amount"}, []string{"Clerk", "up to 30k", "15000"}, nil,
			job.Posting{Title: "Clerk", Salary: "up to 30k", Extra: []job.Member{{Key: "min_amount", Value: json.RawMessage(`"15000"`)}}}},
		{"no amounts", []string{"title", "min_amount", "max_amount", "currency"}, []string{"Clerk", "nan", "NaN", "INR"}, nil,
			job.Posting{Title: "Clerk", Extra: []job.Member{{Key: "currency", Value: json.RawMessage(`"INR"`)}}}},
		{"not remote", []string{"title", "location", "remote"}, []string{"Clerk", "Pune", "false"}, nil,
			job.Posting{Title: "Clerk", Location: "Pune", Extra: []job.Member{{Key: "remote", Value: json.RawMessage(`"false"`)}}}},
		{"hybrid", []string{"title", "location", "work_mode"}, []string{"Clerk", "", "Hybrid"}, nil,
			job.Posting{Title: "Clerk", Location: "hybrid", Extra: []job.Member{{Key: "work_mode", Value: json.RawMessage(`"Hybrid"`)}}}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var table, object strings.Builder
			for i, row := range [][]string{tt.keys, tt.cells} {
				if i > 0 {
					table.WriteByte('\n')
				}
				table.WriteString(`"` + strings.Join(row, `","`) + `"`)
			}
			for i := range tt.keys {
				fmt.Fprintf(&object, "%c%q:%q", "{,"[min(i, 1)], tt.keys[i], tt.cells[i])
			}
			object.WriteByte('}')
			for form, in := range map[string]string{"CSV": table.String(), "JSON": object.String()} {
				var got job.Posting
				_, err := Each(t.Context(), strings.NewReader(in), Options{Columns: tt.columns}, func(r Row, err error) error {
					got = r.Posting
					return err
				})
				if diff := cmp.Diff(tt.want, got); diff != "" || err != nil {
					t.Errorf("%s: %v (-want +got):\n%s", form, err, diff)
				}
			}
		})
	}
}

func TestObjectsWithinRows(t *testing.T) {
	const in = `{"id":9007199254740993,"title":"Clerk","company":{"name":"Acme"},"jobLocation":[{"@type":"Place","address":{"addressLocality":"Pune",` +
		`"addressCountry":{"name":"IN"}}},{"address":"Goa"}],"skills":["Excel",5],"salary":{"value":1e3},"description":null,"x":{"y":1.50},"openings":1e1}`
	var got Row
	_, err := Each(t.Context(), strings.NewReader(in), Options{}, func(r Row, err error) error {
		got = r
		return err
	})
	want := job.Posting{
		ID: "9007199254740993", Title: "Clerk", Company: "Acme", Location: "Pune, IN | Goa", Skills: "Excel, 5", Salary: `{"value":1e3}`, Openings: "1e1",
		Extra: []job.Member{{Key: "x", Value: json.RawMessage(`{"y":1.50}`)}},
	}
	if diff := cmp.Diff(want, got.Posting); diff != "" || err != nil || got.Member("title") != "Clerk" {
		t.Errorf("%v (-want +got):\n%s", err, diff)
	}
}

func TestNamedColumns(t *testing.T) {
	tests := []struct {
		name, in string
		columns  map[string]string
		want     []string
	}{
		{"not in a table", "Job,Firm\nClerk,Acme\n", map[string]string{"title": "Titel"}, []string{`error: no column "Titel" for title: the file has Job, Firm`}},
		{"in no object", `{"title":"Clerk"}`, map[string]string{"posted": "on"}, []string{"1:  Clerk", `cut: no row has "on", which was said to hold posted`}},
		{"no field", "", map[string]string{"colour": "x"}, []string{`error: no field "colour": expected one of`}},
		{"for two fields", "", map[string]string{"title": "x", "company": "X"}, []string{`error: the column "x" is named for company and for title`}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			wantAll(t, read(t, strings.NewReader(tt.in), Options{Columns: tt.columns}), tt.want)
		})
	}
}

func TestEveryFieldHasAName(t *testing.T) {
	if diff := cmp.Diff(slices.Sorted(slices.Values(job.RowFields)), slices.Sorted(maps.Keys(usualNames))); diff != "" {
		t.Errorf("(-fields +names):\n%s", diff)
	}
	seen := map[string]string{}
	for field, names := range usualNames {
		for name := range strings.SplitSeq(names, ",") {
			if other, twice := seen[plainName(name)]; twice {
				t.Errorf("%q names %s and %s", name, other, field)
			}
			seen[plainName(name)] = field
		}
	}
}

// TestSilentInput ends the context while an input says nothing, before and behind
// its first rows.
func TestSilentInput(t *testing.T) {
	for _, begun := range []string{"", "id", "{\"title\":\"a\"}\n{\"ti", "id,title\n1,a\n2,"} {
		ctx, stop := context.WithCancel(t.Context())
		pr, pw := io.Pipe()
		go func() {
			_, _ = io.WriteString(pw, begun) // nobody may read it any more
			stop()
		}()
		_, err := Each(ctx, pr, Options{}, func(Row, error) error { return nil })
		if !errors.Is(err, context.Canceled) {
			t.Errorf("%q: %v, want the context's error", begun, err)
		}
	}
}

func TestStopsAtTheFirstError(t *testing.T) {
	stop := errors.New("stop")
	calls := 0
	_, err := Each(t.Context(), strings.NewReader("title\na\nb\n"), Options{}, func(Row, error) error {
		calls++
		return stop
	})
	if !errors.Is(err, stop) || calls != 1 {
		t.Errorf("%d calls: %v", calls, err)
	}
}

// TestManyOpenRows reads inputs whose every row seems to go on in the next.
func TestManyOpenRows(t *testing.T) {
	for name, line := range map[string]string{"quotes": "1,\"x\n", "lists": "{\"a\":[1,\n", "texts": "{\"a\":\"x\n", "nested": "{\"a\":[\n"} {
		const n = 3000
		in := "id,title\n" + strings.Repeat(line, n)
		if line[0] == '{' {
			in = strings.Repeat(line, n)
		}
		faults := 0
		_, err := Each(t.Context(), strings.NewReader(in), Options{limit: 1 << 20}, func(_ Row, err error) error {
			if err != nil {
				faults++
			}
			return nil
		})
		if err != nil || faults < n/2 {
			t.Errorf("%s: %d faults, %v", name, faults, err)
		}
	}
}

func FuzzEach(f *testing.F) {
	for _, in := range []string{
		"id,title\n1,\"a\"\"b\nc\",d\n", "sep=;\nid;title\r1;x\r", "[{\"title\":\"a\"},{\"title\":\n{\"title\":1e3}]", "{\"a\":[\n{\"title\":\"x",
		gz("id,title\n1,a\n"), "\xff\xfei\x00d\x00", "title\n\xff\x00\n",
	} {
		f.Add([]byte(in))
	}
	f.Fuzz(func(t *testing.T, in []byte) {
		lines := 0
		_, _ = Each(t.Context(), bytes.NewReader(in), Options{limit: 4096}, func(r Row, err error) error {
			if r.Line < lines && err == nil {
				t.Fatalf("line %d behind line %d", r.Line, lines)
			}
			lines = max(lines, r.Line)
			if err == nil && strings.TrimSpace(r.Posting.Title) == "" {
				t.Fatal("a posting without a title")
			}
			return nil
		})
	})
}
