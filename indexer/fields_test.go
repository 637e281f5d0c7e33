package indexer

import (
	"flag"
	"fmt"
	"maps"
	"os"
	"slices"
	"strings"
	"testing"

	"jobsieve/job"
)

var update = flag.Bool("update", false, "add new fields to testdata/fields.txt")

// TestStableFields compares the fields with those that were promised: what is
// in testdata/fields.txt stays for good, with its type and unit. A new field is
// added there with -update, which takes none away.
func TestStableFields(t *testing.T) {
	const path = "testdata/fields.txt"
	body, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	today := map[string]string{}
	for i := range Fields {
		if f := &Fields[i]; f.Type != "" && !f.Unstable {
			today[f.Name] = strings.TrimSuffix(fmt.Sprintf("%s: %s, %s", f.Name, f.Type, f.Unit), ", ")
		}
	}
	promised := strings.FieldsFunc(string(body), func(r rune) bool { return r == '\n' })
	if len(promised) < 50 {
		t.Fatalf("%d fields are promised", len(promised))
	}
	for _, line := range promised {
		name, _, _ := strings.Cut(line, ":")
		if today[name] != line {
			t.Errorf("promised is %q, today's is %q: give what is new another name", line, today[name])
		}
		delete(today, name)
	}
	for _, name := range slices.Sorted(maps.Keys(today)) {
		if !*update {
			t.Errorf("field %s is new: \"go test ./indexer -run StableFields -update\" promises it", name)
		}
		promised = append(promised, today[name])
	}
	if *update && !t.Failed() {
		if err := os.WriteFile(path, []byte(strings.Join(promised, "\n")+"\n"), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

// TestSchemaHolds checks what every entry of the table must have.
func TestSchemaHolds(t *testing.T) {
	seen := map[string]bool{}
	for i := range Fields {
		f := &Fields[i]
		for kind, name := range map[string]string{
			"field": f.Name, "filter": f.Filter, "grouping": f.Grouping, "column": f.Column,
		} {
			if name != "" && seen[kind+name] {
				t.Errorf("two fields have the %s %s", kind, name)
			}
			seen[kind+name] = true
		}
		used := f.Facet || f.Filter != "" || f.Grouping != "" || f.Column != ""
		if used && f.Value == nil || f.Meaning == "" || f.Facet && f.Type == "" {
			t.Errorf("field %s: the entry is not complete", f.Name)
		}
		if f.Filter != "" && f.Type == "" && len(f.Of) == 0 {
			t.Errorf("field %s: no index holds what is filtered", f.Name)
		}
	}
}

// TestTexts wants every field that has a value to give it as a text.
func TestTexts(t *testing.T) {
	d := full()
	for i := range Fields {
		if f := &Fields[i]; f.Value != nil && len(f.Texts(&d)) == 0 {
			t.Errorf("field %s has no text", f.Name)
		}
	}
}

// full is a document that has every field.
func full() Document {
	n, years, amount, annual := 3, 2.0, 300000.0, int64(300000)
	text := "x"
	d := Document{Key: "k", Posted: "2026-01-02", PostedMonth: "2026-01", FirstSeen: "2026-01-03", LastSeen: "2026-01-04", Vacancy: "v"}
	d.VacancyRole = string(job.RoleOther)
	d.PostingState, d.Closed = string(job.StateClosed), "2026-01-05"
	d.SetPosting(&job.Posting{
		ID: "i", Source: "s", URL: "u", Title: "t", Company: "c", Location: "l", Experience: "e", Salary: "y", Skills: "k",
		Description: "d",
	})
	d.SetLabel(&job.Verdict{Label: job.BPO, Function: "f", Reason: "r", Criteria: []string{"c"}, RulesVersion: "v"},
		&job.HandLabel{Label: job.KPO, Function: "g", Because: "b"})
	d.SetFacts(&job.Facts{
		Places:     []job.Place{{City: "Pune", State: "Maharashtra", Country: "IN"}},
		Experience: job.Experience{Min: &years, Max: &years}, Education: "graduate",
		Shift: []job.Shift{job.ShiftDay}, Mode: "remote",
		Openings: &n, Languages: []string{"en"}, Skills: []string{"sql"}, Posted: "2026-01-02", Language: job.English,
	})
	d.SetPay(&job.Pay{
		Kind: job.PayOffer, Min: &amount, Max: &amount, Currency: "INR", Period: "year", Basis: job.BasisCTC,
		AnnualMin: &annual, AnnualMax: &annual, Raw: &text,
	})
	d.PostedHow, d.PostedLatest = string(job.DateStated), "2026-01-02"
	return d
}

func TestFiltered(t *testing.T) {
	d := full()
	d.Company = "Acme & SONS हिंदी"
	for name, want := range map[string][]string{
		"company": {"acme & sons हिंदी"}, "place": {"Pune", "Maharashtra", "IN"}, "outsourced": {"false"}, "city": {"Pune"},
	} {
		f, ok := Fields.Field(name)
		if got := Fields.Filtered(f, &d); !ok || !slices.Equal(got, want) {
			t.Errorf("%s: %q, want %q", name, got, want)
		}
	}
	d.Company = strings.Repeat("x", MaxNamed+1)
	if f, _ := Fields.Field("company"); len(Fields.Filtered(f, &d)) > 0 {
		t.Error("a text that no index compares as a whole is compared")
	}
}
