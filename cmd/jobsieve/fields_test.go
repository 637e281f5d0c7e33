package main

import (
	"bytes"
	"context"
	"io"
	"net/url"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"jobsieve/desk"
	"jobsieve/filter"
	"jobsieve/indexer"
	"jobsieve/indexer/conformance"
	"jobsieve/indexer/elastic"
	"jobsieve/internal/references"
	"jobsieve/report"
)

// TestOneTableOfFields adds a field in one place, and finds it wherever people
// and indexes meet the fields of a document.
func TestOneTableOfFields(t *testing.T) {
	conformance.WithField(t, indexer.Field{
		Name: "union_rate", Type: indexer.TypeKeyword, Unit: "percent", Meaning: "How many are in the union.",
		Value: func(d *indexer.Document) any { return "rate of " + d.ID },
		Facet: true, Grouping: "union", Column: "union_rate", Filter: "union_rate",
		Flag: indexer.Flag{Help: "Such as 40.", Value: "PERCENT"},
	})
	types, err := elastic.FieldTypes(indexer.Fields)
	if err != nil || types["union_rate"] != "keyword" {
		t.Errorf("the mapping has %q: %v", types["union_rate"], err)
	}
	reference, err := references.Fields(indexer.Fields)
	const line = "| `union_rate` | keyword | percent | yes |  | How many are in the union. |"
	if err != nil || !strings.Contains(string(reference), line) {
		t.Errorf("the reference does not have it: %v", err)
	}
	for where, names := range map[string][]string{
		"facets": indexer.Fields.Facets(), "filters": filter.Names(), "header": desk.Columns(indexer.Fields),
	} {
		if !slices.Contains(names, "union_rate") {
			t.Errorf("%s: %q", where, names)
		}
	}
	if !slices.Contains(report.Groupings(), "union") {
		t.Errorf("groupings: %q", report.Groupings())
	}
	row := desk.Row(indexer.Fields, &indexer.Document{ID: "7"})
	if row[len(row)-1] != "rate of 7" {
		t.Errorf("row: %q", row)
	}
	for _, command := range []string{"search", "export", "report pay", "relabel", "forget"} {
		var out bytes.Buffer
		run(context.Background(), append(strings.Fields(command), "--help"), nil, &out, &out)
		help := strings.Join(strings.Fields(out.String()), " ") // wherever its lines end
		for _, want := range []string{"openings, openings_band", "union_rate", "--union-rate=PERCENT,...", "Such as 40."} {
			if !strings.Contains(help, want) {
				t.Errorf("the help of %s does not have %q", command, want)
			}
		}
	}
	for name, flags := range parsedFlags(t, "--union-rate", "40,50", "--union-rate", "60", "--label", "BPO") {
		f, err := flags.Filter(filter.Book{}, "")
		want := map[string][]string{"union_rate": {"40", "50", "60"}, "label": {"BPO"}}
		if diff := cmp.Diff(want, f.Is); diff != "" || err != nil {
			t.Errorf("the flag of %s: %v (-want +got):\n%s", name, err, diff)
		}
	}
}

// parsedFlags are the flags of a filter, by command, as a command line gives them.
func parsedFlags(t *testing.T, args ...string) map[string]*filter.Flags {
	t.Helper()
	out := map[string]*filter.Flags{}
	for command, flags := range map[string]func(*cli) *filter.Flags{
		"search":     func(c *cli) *filter.Flags { return &c.Search.Flags },
		"export":     func(c *cli) *filter.Flags { return &c.Export.Flags },
		"report pay": func(c *cli) *filter.Flags { return &c.Report.Pay.Flags },
		"relabel":    func(c *cli) *filter.Flags { return &c.Relabel.Flags },
		"forget":     func(c *cli) *filter.Flags { return &c.Forget.Flags },
	} {
		c := new(cli)
		parser, err := newParser(c, io.Discard, io.Discard)
		if err == nil {
			_, err = parser.Parse(append(strings.Fields(command), args...))
		}
		if err != nil {
			t.Fatalf("%s: %v", command, err)
		}
		out[command] = flags(c)
	}
	return out
}

// TestFiltersHaveFlags wants the flags of a filter on every command that takes one.
func TestFiltersHaveFlags(t *testing.T) {
	c := new(cli)
	if _, err := newParser(c, io.Discard, io.Discard); err != nil {
		t.Fatal(err)
	}
	found := 0
	var walk func(path string, v reflect.Value)
	walk = func(path string, v reflect.Value) {
		if v.Type() == reflect.TypeFor[filter.Flags]() {
			if found++; v.FieldByName("Named").IsNil() {
				t.Errorf("%s: the command has no flags for what it chooses by", path)
			}
			return
		}
		for i := range v.NumField() {
			if f := v.Type().Field(i); f.Type.Kind() == reflect.Struct && (f.IsExported() || f.Anonymous) {
				walk(path+" "+f.Name, v.Field(i))
			}
		}
	}
	walk("", reflect.ValueOf(c).Elem())
	if found < 10 {
		t.Errorf("%d commands take a filter", found)
	}
}

// TestFlagsAreTheFilter gives every parameter that has a flag by it, and wants the
// filter that its parameters make, on every command; and the flags that make it
// again.
func TestFlagsAreTheFilter(t *testing.T) {
	params := url.Values{
		"text": {`-voice "a, b"`}, "company": {"acme, sons & co"}, "place": {"Pune"}, "city": {"Mumbai", "Pune"},
		"experience": {"0-2"}, "pay_min": {"12000"}, "pay_period": {"month"}, "since": {"2026-01-31"},
		"first_seen_until": {"2026-02-28"}, "outsourced": {"true"}, "pay_band": {"0-9000"}, "not.label": {"KPO"}, "openings": {"2-5"},
		"where": {"label = BPO", "shift is unknown or pay >= 180000/year"},
	}
	want, err := filter.Parse(params, filter.Book{})
	if err != nil {
		t.Fatal(err)
	}
	for name, flags := range parsedFlags(t, want.Args()...) {
		got, err := flags.Filter(filter.Book{}, "")
		if diff := cmp.Diff(want, got); diff != "" || err != nil {
			t.Errorf("%s %q: %v (-want +got):\n%s", name, want.Args(), err, diff)
		}
	}
}
