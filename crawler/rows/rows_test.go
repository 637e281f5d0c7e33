package rows

import (
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"testing"
	"unicode/utf16"

	"github.com/google/go-cmp/cmp"
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
		{"mixed line ends", "id,title\r1,Clerk\r\n2,Cook\n\r\n3,Maid", Options{},
			[]string{"2: 1 Clerk", "3: 2 Cook", "5: 3 Maid"}},
		{"no line end", strings.TrimSuffix(table, "\n"), Options{}, both},
		{"semicolons", strings.ReplaceAll(table, ",", ";"), Options{}, both},
		{"tabs", strings.ReplaceAll(table, ",", "\t"), Options{}, both},
		{"bars", strings.ReplaceAll(table, ",", "|"), Options{}, both},
		{"semicolons, commas in a name", "id;title;a, b, c\n1;Clerk;x\n", Options{},
			[]string{"2: 1 Clerk", "not used, but kept: a, b, c"}},
		{"sep=", "sep=;\nid;title\n1;Clerk\n", Options{}, []string{"3: 1 Clerk"}},
		{"blank lines before the header", "\n \nid,title\n1,Clerk\n", Options{}, []string{"4: 1 Clerk"}},
		{"mark of UTF-8", "\xef\xbb\xbf" + table, Options{}, both},
		{"mark of UTF-8, JSON", "\xef\xbb\xbf" + lines, Options{}, bothLines},
		{"UTF-16 LE", "\xff\xfe" + utf16Bytes(strings.ReplaceAll(table, ",", "\t"), true), Options{}, both},
		{"UTF-16 BE", "\xfe\xff" + utf16Bytes(lines, false), Options{}, bothLines},
		{"UTF-16 LE without a mark", utf16Bytes(lines, true), Options{}, bothLines},
		{"UTF-16 BE without a mark", utf16Bytes(table, false), Options{}, both},
		{"windows-1252", "id,title\n1,Caf\xe9 \x93x\x94\n2,Na\xefve\n", Options{},
			[]string{"2: 1 Café “x”", "3: 2 Naïve", "line 2 is not UTF-8 and is read as windows-1252"}},
		{"damaged UTF-8", "id,title\n1,क\xe0\xa4\n", Options{},
			[]string{"2: 1 क\uFFFD", "line 2 has bytes that are not UTF-8"}},
		{"NUL", "id,title\n1,Cl\x00erk\n", Options{}, []string{"2: 1 Cl\uFFFDerk", "line 2 has NUL bytes"}},
		{"gzip", gz(table), Options{}, both},
		{"members", gz("id,title\n", "1,Clerk\n2,", "Cook\n"), Options{}, both},
		{"padding", gz(lines) + "\x00\x00\x00", Options{}, bothLines},
		{"trailing bytes", gz(strings.TrimSuffix(lines, "\n")) + "junk", Options{},
			append(slices.Clone(bothLines), "cut: bytes that are not gzip")},
		{"gzip in gzip", gz(gz(table)), Options{}, both},
		{"gzip cut short", cut[:len(cut)-12], Options{},
			[]string{"2: 1 Clerk", "3: the row is cut off", "cut: the gzip file is damaged or cut short"}},
		{"a list", "[\n " + strings.ReplaceAll(strings.TrimSpace(lines), "\n", ",\n") + "\n]\n", Options{},
			[]string{"2: 1 Clerk", "3: 2 Cook"}},
		{"a list in one line", "[" + strings.ReplaceAll(strings.TrimSpace(lines), "\n", ",") + "]", Options{},
			[]string{"1: 1 Clerk", "1: 2 Cook"}},
		{"lists", "[{\"title\":\"a\"}]\n[]\n[{\"title\":\"b\"}]", Options{}, []string{"1:  a", "3:  b"}},
		{"indented objects", "{\n  \"id\": 1,\n  \"title\": \"Clerk\"\n}\n{\n\"id\":2, \"title\": \"Cook\"}",
			Options{}, []string{"1: 1 Clerk", "5: 2 Cook"}},
		{"objects in a row", strings.ReplaceAll(lines, "\n", ""), Options{}, []string{"1: 1 Clerk", "1: 2 Cook"}},
		{"JSON in .csv", lines, Options{Name: "a.csv"}, bothLines},
		{"junk before JSON lines", "junk\n" + lines, Options{Name: "-"},
			[]string{"1: not JSON", "2: 1 Clerk", "3: 2 Cook"}},
		{"forced", lines, Options{Format: CSV}, []string{"error: line 1: after the quote"}},
		{"forced JSON", table, Options{Format: JSON},
			[]string{"1: not JSON", "2: expected a JSON object, got a number", "3: expected a JSON object, got a number"}},
		{"empty table", "", Options{Name: "a.csv"}, []string{"error: the file is empty"}},
		{"empty lines", "\n", Options{Name: "a.jsonl"}, []string{"it holds no rows"}},
		{"header only", "id,title\n", Options{}, []string{"it holds no rows"}},
		{"no header", "1,Clerk\n2,Cook\n", Options{},
			[]string{"error: the first line names no column that is known: expected names such as id,title,company, got 1"}},
		{"no title", "id,salary\n1,2\n", Options{}, []string{"error: no column for title: the file has id, salary"}},
		{"a workbook", "PK\x03\x04....", Options{Name: "a.xlsx"},
			[]string{"error: it is a zip archive or an Excel workbook"}},
		{"HTML", "<!DOCTYPE html><title>x", Options{Name: "a.csv"}, []string{"error: it is HTML"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) { wantAll(t, read(t, strings.NewReader(tt.in), tt.o), tt.want) })
	}
}

func TestFaultyTables(t *testing.T) {
	const swallows = "2: the quote that opens a cell in this line is closed in a later row"
	tests := []struct {
		name, in string
		want     []string
	}{
		{"too many cells", "id,title,salary,experience\n1,Clerk,15,000,0-1 Yrs\n2,Cook,9000,\n",
			[]string{`2: cells: 5, columns in the header: 4; a cell with "," in it`, "3: 2 Cook"}},
		{"too many cells, the last empty", "id,title,salary,experience\n1,Clerk,15,000,\n",
			[]string{"2: cells: 5, columns in the header: 4"}},
		{"too few cells", "id,title,salary\n1,Clerk\n2,Cook,1\n",
			[]string{"2: cells: 2, columns in the header: 3", "3: 2 Cook"}},
		{"a cell in two lines without quotes", "id,title,salary\n1,Clerk\nwith perks,Pune\n",
			[]string{"2: cells: 2", "3: cells: 2"}},
		{"no title", "id,title\n5,\n,\n7,Clerk\n8,  \n9,nan\n",
			[]string{"2: title: missing", "3: title: missing", "4: 7 Clerk", "5: title: missing", "6: title: missing"}},
		{"quotes in a cell without quotes", "id,title\n1,5\" screen\n2,a \"b\" c\n",
			[]string{`2: 1 5" screen`, `3: 2 a "b" c`}},
		{"quotes in a quoted cell", "id,title\n1,\"a \"\"b\"\", c\"\n2, \"Cook, junior\" \n",
			[]string{`2: 1 a "b", c`, "3: 2 Cook, junior"}},
		{"a cell of several lines", "id,title,x\n1,Clerk,\"a\r\n\r\nb, c\"\n2,Cook,\n",
			[]string{"2: 1 Clerk", "5: 2 Cook", "not used"}},
		{"a list of numbers in a cell", "id,title,x\n7,Clerk,\"Call:\n12, MG Road, Pune\"\n",
			[]string{"2: 7 Clerk", "not used"}},
		{"open to the end", "id,title,x\n1,Clerk,\"open\n2,Cook,a\n3,Maid,b\n",
			[]string{"2: the quote that opens a cell in this line is not closed", "3: 2 Cook", "4: 3 Maid", "not used"}},
		{"open in the last row", "id,title\n1,Clerk\n2,\"Coo", []string{"2: 1 Clerk", "3: the quote that opens"}},
		{"open before a quoted cell", "id,title,x\n1,\"Clerk,A\n2,\"Cook, junior\",B\n3,Maid,C\n",
			[]string{"2: after the quote that closes a cell comes", "3: 2 Cook, junior", "4: 3 Maid", "not used"}},
		{"open before another stray quote", "id,title,x\n1,Clerk,\"27 inch\n2,Cook,a\n3,Maid,27\"\n4,Nurse,b\n",
			[]string{swallows, "3: 2 Cook", "4: 3 Maid", "5: 4 Nurse", "not used"}},
		{"open among rows without ids", "title,company,location,x\nClerk,Acme,Pune,\"27 inch\nCook,Acme,Goa,27\"\n",
			[]string{swallows, "3:  Cook", "not used"}},
		{"prose of as many parts",
			"title,company,location,x\nClerk,Acme,Pune,\"We have\nrice, tea, milk, and more\"\n",
			[]string{"2:  Clerk", "not used"}},
		{"open before a row of too many cells", "id,title,x\n1,Clerk,\"open\n2,Cook,a\n3,Maid,b\",c\n4,Nurse,d\n",
			[]string{"2: the quote that opens", "3: 2 Cook", "4: cells: 4", "5: 4 Nurse", "not used"}},
		{"several lines of too many cells", "id,title,x\n1,Clerk,\"a\nb\",c\n2,Cook,d\n",
			[]string{"2: lines 2 to 3: cells: 4", "4: 2 Cook", "not used"}},
		{"ditto marks", "id,title,x\n1,Clerk,a\n2,\",b\n3,\",c\n4,Nurse,d\n",
			[]string{"2: 1 Clerk", "3: the quote that opens", "4: the quote that opens", "5: 4 Nurse", "not used"}},
		{"open in the second line of a row", "id,title,x\n1,\"a\nb\",\"open\n2,Cook,c\n",
			[]string{"3: the quote that opens", "4: 2 Cook", "not used"}},
		{"backslash before a quote", "id,title,x\n1,\"say \\\"hi\\\"\",a\n2,Cook,b\n",
			[]string{"2: after the quote", "3: 2 Cook", "not used"}},
		{"header alone is open", "id,\"title\n1,Clerk\n", []string{"error: line 1: the quote that opens"}},
		{"names twice", "id,title,title\n1,Clerk,Cook\n2,,Maid\n",
			[]string{"2: 1 Clerk", "3: 2 Maid", "not used, but kept: title (column 3) (beside title)"}},
		{"columns without names", "id,,title,\n1,x,Clerk,\n", []string{"2: 1 Clerk", "not used, but kept: column 2;"}},
		{"usual name beside the field's own", "job_title,title\nClerk,Cook\nMaid,\n",
			[]string{"2:  Cook", "3:  Maid", "job_title (beside title) in some rows"}},
		{"bad time", "title,scraped_at\nClerk,soon\nCook,2026-01-02\nMaid,\n",
			[]string{"2: scraped_at: expected a time", "3:  Cook", "4:  Maid"}},
		{"a long line", "id,title\n1," + strings.Repeat("x", 3000) + "\n2,Cook\n",
			[]string{"2: longer than", "3: 2 Cook"}},
		{"a long quoted cell", "id,title\n1,\"" + strings.Repeat("x\n", 1500) + "\"\n2,Cook\n",
			append([]string{"2: the quote that opens"}, slices.Repeat([]string{": cells: 1, columns"}, 1499)...)},
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
		{"cut in a text", "{\"id\":1,\"title\":\"Cle\n{\"id\":2,\"title\":\"Cook\"}\n",
			[]string{"1: the JSON object ends too early", "2: 2 Cook"}},
		{"cut between members", "{\"id\":1,\"title\":\"Clerk\",\n{\"id\":2,\"title\":\"Cook\"}\n",
			[]string{"1: the JSON object ends too early", "2: 2 Cook"}},
		{"cut in a list",
			"{\"id\":1,\"skills\":[\"a\",\n{\"id\":2,\"title\":\"Cook\"}\n{\"id\":3,\"title\":\"Maid\"}\n",
			[]string{"1: the JSON object ends too early", "2: 2 Cook", "3: 3 Maid"}},
		{"cut in the last list", "{\"id\":1,\"skills\":[\"a\",\n{\"id\":2,\"title\":\"Cook\"}\n",
			[]string{"1: the JSON object ends too early", "2: 2 Cook"}},
		{"cut at the end", "{\"id\":1,\"title\":\"Clerk\"}\n{\"id\":2,\"ti",
			[]string{"1: 1 Clerk", "2: the JSON object ends too early"}},
		{"a faulty element", "[{\"title\":\"a\"},{\"title\":},{\"title\" \"x\"},{\"title\":\"b\"}]",
			[]string{"1:  a", "1: not JSON", "1: not JSON", "1:  b"}},
		{"an element cut off", "[{\"title\":\"a\"},{\"id\":2,{\"title\":\"b\"}]",
			[]string{"1:  a", "1: the JSON object ends too early", "1:  b"}},
		{"other elements", "[1, null, \"x\", {\"title\":\"b\"}]",
			[]string{"1: expected a JSON object, got a number", "1: expected", "1: expected", "1:  b"}},
		{"a list cut short", "[\n{\"title\":\"a\"},\n{\"title\":\"b\"},\n",
			[]string{"2:  a", "3:  b", "cut: the JSON list is not closed"}},
		{"a line break in a text", "[\n {\n  \"title\": \"a\nb\",\n  \"id\": 1\n },\n {\"title\": \"c\"}\n]",
			[]string{"2: the JSON object ends too early", "7:  c"}},
		{"more behind an object", "{\"title\":\"a\"} junk\n{\"title\":\"b\"}\n",
			[]string{"1:  a", "1: not JSON", "2:  b"}},
		{"a stray bracket", "{\"title\":\"a\"}\n]\n{\"title\":\"b\"}\n", []string{"1:  a", "2: ", "3:  b"}},
		{"a long line", "{\"title\":\"" + strings.Repeat("x", 3000) + "\"}\n{\"title\":\"b\"}\n",
			[]string{"1: longer than", "2:  b"}},
		{"a long element", "[{\"title\":\"" + strings.Repeat("x", 3000) + "\"},{\"title\":\"b\"}]",
			[]string{"1: longer than", "1:  b"}},
		{"long junk", strings.Repeat("x", 3000) + "\n{\"title\":\"b\"}\n",
			[]string{"1: expected a JSON object", "2:  b"}},
		{"deep", "{\"x\":" + strings.Repeat("[", 200) + strings.Repeat("]", 200) + "}\n{\"title\":\"b\"}\n",
			[]string{"1: nested deeper", "2:  b"}},
		{"deep and open", "{\"x\":" + strings.Repeat("[", 200) + "\n{\"title\":\"b\"}\n",
			[]string{"1: nested deeper", "2:  b"}},
		{"NaN as Python writes it", "{\"title\":\"a: NaN, b\",\"salary\":NaN,\"x\":[-Infinity]}\n",
			[]string{"1:  a: NaN, b", "not used, but kept: x"}},
		{"NaN in an object that is no JSON", "{\"title\":NaN,}\n", []string{"1: not JSON"}},
		{"keys twice", "{\"title\":\"a\",\"title\":\"b\"}\n", []string{"1:  b", "line 1 has the key \"title\" twice"}},
		{"windows-1252", "{\"title\":\"Caf\xe9\"}\n", []string{"1:  Café", "windows-1252"}},
		{"NUL at the end", "{\"title\":\"a\"}\n\x00\x00", []string{"1:  a", "2: not JSON"}},
		{"an object for a title", "{\"title\":{\"name\":\"a\"}}\n",
			[]string{"1: title: expected a text, got an object"}},
		{"true for a title", "{\"title\":true}\n", []string{"1: title: expected a text, got true or false"}},
		{"lists in a list", "{\"title\":\"x\",\"skills\":[[\"a\"]]}\n",
			[]string{"1: skills: expected a text, got a list of lists"}},
		{"another name may hold anything", "{\"title\":\"x\",\"link\":{\"a\":1}}\n",
			[]string{"1:  x", "not used, but kept: link;"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			wantAll(t, read(t, strings.NewReader(tt.in), Options{Name: "a.jsonl", limit: 2048}), tt.want)
		})
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
	const n = 3000
	for name, line := range map[string]string{
		"quotes": "1,\"x\n", "lists": "{\"a\":[1,\n", "texts": "{\"a\":\"x\n", "nested": "{\"a\":[\n",
	} {
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
		"id,title\n1,\"a\"\"b\nc\",d\n", "sep=;\nid;title\r1;x\r", "{\"a\":[\n{\"title\":\"x",
		"[{\"title\":\"a\"},{\"title\":\n{\"title\":1e3}]",
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

// TestLongSource leaves a row out whose source has a name that no database takes.
func TestLongSource(t *testing.T) {
	name := func(n int) string { return strings.Repeat("s", n) }
	in := fmt.Sprintf(`{"id":"1","title":"a","source":%q}`+"\n"+`{"id":"2","title":"b","source":%q}`, name(1001), name(1000))
	wantAll(t, read(t, strings.NewReader(in), Options{}), []string{"1: source: a name of 1001 bytes; expected 1000 at most", "2: 2 b"})
}
