package rows

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"jobsieve/job"
)

// extra gives members whose values are texts.
func extra(pairs ...string) (out []job.Member) {
	for pair := range slices.Chunk(pairs, 2) {
		out = append(out, job.Member{Key: pair[0], Value: json.RawMessage(`"` + pair[1] + `"`)})
	}
	return out
}

// payOf gives pay in numbers as it is stored.
func payOf(low, high int, currency, unit string) string {
	return fmt.Sprintf(`{"@type":"MonetaryAmount","currency":%q,"value":{"@type":"QuantitativeValue",`+
		`"maxValue":%d,"minValue":%d,"unitText":%q}}`, currency, high, low, unit)
}

// TestOneSetOfRules reads the same rows as CSV and as JSON lines.
func TestOneSetOfRules(t *testing.T) {
	const url = "https://a.example/1"
	tests := []struct {
		name    string
		row     []string // names and values
		columns map[string]string
		want    job.Posting
	}{
		{"own names", []string{
			"id", "007", "source", "s", "title", "Clerk", "company", "Acme", "location", "Pune", "experience", "1 yr", "salary", "15k",
			"skills", "Excel", "description", "Text", "url", url, "posted", "today", "openings", "3", "crawled_at", "2026-01-02",
		}, nil, job.Posting{
			ID: "007", Source: "s", Title: "Clerk", Company: "Acme", Location: "Pune", Experience: "1 yr", Salary: "15k",
			Skills: "Excel", Description: "Text", URL: url, Posted: "today", Openings: "3",
			CrawledAt: time.Date(2026, 1, 2, 0, 0, 0, 0, job.IST),
		}},
		{"python-jobspy", []string{
			"id", "in-1", "site", "indeed", "job_url", url, "job_url_direct", "nan", "title", "Clerk", "company", "nan",
			"location", "Pune, MH, IN", "date_posted", "2026-01-02", "interval", "yearly", "min_amount", "300000.0",
			"max_amount", "400000.0", "currency", "INR", "is_remote", "True", "experience_range", "1-2 yrs",
		}, nil, job.Posting{
			ID: "in-1", Source: "indeed", Title: "Clerk", Location: "Pune, MH, IN, remote", Experience: "1-2 yrs", URL: url,
			Posted: "2026-01-02", Salary: payOf(300000, 400000, "INR", "YEARLY"), Extra: extra("is_remote", "True"),
		}},
		{"schema.org", []string{
			"identifier", "9", "title", "Clerk", "hiringOrganization", "Acme", "jobLocation", "Pune",
			"datePosted", "2026-01-02", "baseSalary", "15,000 a month", "jobLocationType", "TELECOMMUTE",
		}, nil, job.Posting{
			ID: "9", Title: "Clerk", Company: "Acme", Location: "Pune, remote", Posted: "2026-01-02", Salary: "15,000 a month",
			Extra: extra("jobLocationType", "TELECOMMUTE"),
		}},
		{"by hand", []string{
			"Job Title", "Clerk", "Company Name", "Acme", "City", "Aurangabad", "State", "Bihar", "Link", url,
			"Posted On", "5 Jan 2026", "CTC", "3 LPA",
		}, nil, job.Posting{
			Title: "Clerk", Company: "Acme", Location: "Aurangabad, Bihar", URL: url, Posted: "5 Jan 2026", Salary: "3 LPA",
		}},
		{"the last day", []string{"title", "Clerk", "Expiry Date", "2026-02-01"}, nil,
			job.Posting{Title: "Clerk", Extra: extra("validThrough", "2026-02-01")}},
		{"named", []string{"Was", "Clerk", "title", "other", "Firm", "Acme", "note", "x"},
			map[string]string{"title": "was", "company": "Firm"},
			job.Posting{Title: "Clerk", Company: "Acme", Extra: extra("title", "other", "note", "x")}},
		{"a number with its period", []string{"title", "Clerk", "salary", "25", "salary_period", "hour", "currency", "USD"}, nil,
			job.Posting{Title: "Clerk", Salary: payOf(25, 25, "USD", "HOUR")}},
		{"a text wins over numbers", []string{"title", "Clerk", "salary", "up to 30k", "min_amount", "15000"}, nil,
			job.Posting{Title: "Clerk", Salary: "up to 30k", Extra: extra("min_amount", "15000")}},
		{"no amounts", []string{"title", "Clerk", "min_amount", "nan", "max_amount", "NaN", "currency", "INR"}, nil,
			job.Posting{Title: "Clerk", Extra: extra("currency", "INR")}},
		{"amounts that are none", []string{"title", "Clerk", "salary_min", "-1", "salary_max", "0"}, nil,
			job.Posting{Title: "Clerk", Extra: extra("salary_min", "-1", "salary_max", "0")}},
		{"escaped", []string{
			"title", "Clerk &amp;amp; typist", "salary", "&#8377; 15,000 - 18,000", "url", "https://x.example/1?a=1&copy;=2",
			"description", "&lt;p&gt;Type.&lt;/p&gt;<p>File.</p>",
		}, nil, job.Posting{
			Title: "Clerk & typist", Salary: "₹ 15,000 - 18,000", URL: "https://x.example/1?a=1&copy;=2",
			Description: "Type.\nFile.",
		}},
		{"not escaped", []string{"title", " C++ <T> & R&D, < 3 Yrs ", "description", " • a  b & c <b> d "}, nil,
			job.Posting{Title: " C++ <T> & R&D, < 3 Yrs ", Description: " • a  b & c <b> d "}},
		{"not remote", []string{"title", "Clerk", "location", "Pune", "remote", "false"}, nil,
			job.Posting{Title: "Clerk", Location: "Pune", Extra: extra("remote", "false")}},
		{"hybrid", []string{"title", "Clerk", "location", "", "work_mode", "Hybrid"}, nil,
			job.Posting{Title: "Clerk", Location: "hybrid", Extra: extra("work_mode", "Hybrid")}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			for form, in := range map[string]string{"CSV": asTable(tt.row), "JSON": asObject(tt.row)} {
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

func asTable(pairs []string) string {
	var head, row []string
	for pair := range slices.Chunk(pairs, 2) {
		head, row = append(head, `"`+pair[0]+`"`), append(row, `"`+pair[1]+`"`)
	}
	return strings.Join(head, ",") + "\n" + strings.Join(row, ",")
}

func asObject(pairs []string) string {
	var members []string
	for pair := range slices.Chunk(pairs, 2) {
		members = append(members, fmt.Sprintf("%q:%q", pair[0], pair[1]))
	}
	return "{" + strings.Join(members, ",") + "}"
}

func TestObjectsWithinRows(t *testing.T) {
	const in = `{"id":9007199254740993,"title":"&lt;b&gt;Clerk&lt;/b&gt;",` +
		`"company":{"name":"Acme"},"jobLocation":[{"@type":"Place","address":` +
		`{"addressLocality":"Pune","addressCountry":{"name":"IN"}}},{"address":"Goa"}],"skills":["Excel",5],"salary":{"value":1e3},` +
		`"description":null,"x":{"y":1.50},"openings":1e1,"experienceRequirements":{"monthsOfExperience":24}}`
	var got Row
	_, err := Each(t.Context(), strings.NewReader(in), Options{}, func(r Row, err error) error {
		got = r
		return err
	})
	want := job.Posting{
		ID: "9007199254740993", Title: "Clerk", Company: "Acme", Location: "Pune, IN | Goa", Skills: "Excel, 5",
		Salary: `{"value":1e3}`, Openings: "1e1", Experience: "24 months",
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
		{"not in a table", "Job,Firm\nClerk,Acme\n", map[string]string{"title": "Titel"},
			[]string{`error: no column "Titel" for title: the file has Job, Firm`}},
		{"in no object", `{"title":"Clerk"}`, map[string]string{"posted": "on"},
			[]string{"1:  Clerk", `cut: no row has "on", which was said to hold posted`}},
		{"no field", "", map[string]string{"colour": "x"}, []string{`error: no field "colour": expected one of`}},
		{"for two fields", "", map[string]string{"title": "x", "company": "X"},
			[]string{`error: the column "x" is named for company and for title`}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			wantAll(t, read(t, strings.NewReader(tt.in), Options{Columns: tt.columns}), tt.want)
		})
	}
}

func TestEveryFieldHasAName(t *testing.T) {
	names := slices.Sorted(maps.Keys(usualNames))
	if diff := cmp.Diff(slices.Sorted(slices.Values(job.RowFields)), names); diff != "" {
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
