package extract

import (
	"fmt"
	"net/url"
	"testing"

	"github.com/google/go-cmp/cmp"

	"jobsieve/config"
	"jobsieve/job"
)

func TestMapOfPayInNumbers(t *testing.T) {
	at, _ := url.Parse("https://jobs.example.org/")
	fields := config.ColumnsOf(map[string]string{
		"title": "t", "salary": "pay", "salary_min": "low", "salary_max": "range.high", "salary_currency": "cur", "salary_period": "per",
	})
	for _, c := range []struct{ item, want string }{
		{`{"t":"Clerk","low":12000,"range":{"high":"15000"},"cur":"inr","per":"month"}`,
			`{"@type":"MonetaryAmount","currency":"INR","value":{"@type":"QuantitativeValue","maxValue":15000,"minValue":12000,"unitText":"MONTH"}}`},
		{`{"t":"Clerk","low":0,"range":{"high":15000}}`, `{"@type":"MonetaryAmount","currency":"","value":{"@type":"QuantitativeValue","maxValue":15000}}`},
		{`{"t":"Clerk","low":0,"range":{"high":0},"cur":"INR","per":"MONTH"}`, ""},
		{`{"t":"Clerk","low":null,"range":null}`, ""},
		{`{"t":"Clerk","pay":"12k-15k","low":12000}`, "12k-15k"},
	} {
		v, err := DecodeJSON([]byte(c.item))
		if err != nil {
			t.Fatal(err)
		}
		if got := Map(at, v, fields).Salary; got != c.want {
			t.Errorf("%s:\n got %s\nwant %s", c.item, got, c.want)
		}
	}
}

func TestGuessJSONOfPayInNumbers(t *testing.T) {
	body := `{"jobs":[{"id":1,"title":"Clerk","city":"Noida","currency":"INR","salary_unit":"MONTH","min_salary":12000,"max_salary":15000,"no_of_openings":3},{"id":2,"title":"Typist","city":"Pune","currency":"INR","salary_unit":"MONTH","min_salary":9000,"max_salary":0,"no_of_openings":1}]}`
	v, err := DecodeJSON([]byte(body))
	if err != nil {
		t.Fatal(err)
	}
	g, ok := GuessJSON(v)
	for field, want := range map[string]string{"title": "title", "salary_min": "min_salary", "salary_max": "max_salary", "salary_currency": "currency", "salary_period": "salary_unit", "openings": "no_of_openings"} {
		if g.Columns[field] != want {
			t.Errorf("%v: %s is read from %q, want %q", ok, field, g.Columns[field], want)
		}
	}
	for _, item := range v.(map[string]any)["jobs"].([]any) {
		delete(item.(map[string]any), "salary_unit")
	}
	if g, _ := GuessJSON(v); g.Columns["salary_min"]+g.Columns["salary_currency"] != "" || len(g.Pay) != 2 {
		t.Errorf("pay without a period is read, or not told: %+v", g)
	}
}

func TestAt(t *testing.T) {
	v, err := DecodeJSON([]byte(`{"a":[{"b":[1,2],"c":"x"},{"b":null},{"b":[],"c":"y"},[{"c":"z"}],7],"e":[],"n":{"0":"k"},"t":true}`))
	if err != nil {
		t.Fatal(err)
	}
	for path, want := range map[string]string{
		"a.b": "[1 2]", "a.0.b": "[1 2]", "a.c": "[x y z]", "a.0.c": "x", "a.9": "<nil>", "a.d": "<nil>", "e.x": "[]", "n.0": "k", "t.x": "<nil>", "x": "<nil>", "a.0.b.1": "2",
	} {
		if got := fmt.Sprint(At(v, path)); got != want {
			t.Errorf("%s: %s, want %s", path, got, want)
		}
	}
}

// TestMap reads what stands in JSON as texts.
func TestMap(t *testing.T) {
	at, _ := url.Parse("https://jobs.example.org/")
	columns := config.Columns{
		"id": {"id"}, "title": {"t"}, "url": {"u"}, "location": {"l", "s"}, "skills": {"k"}, "salary": {"p"}, "description": {"d"}, "company": {"c"}, "openings": {"n"},
	}
	for in, want := range map[string]job.Posting{
		`{"id":900719925474099301,"n":3.0,"t":null,"c":false}`:       {ID: "900719925474099301", Openings: "3", Company: "false"},
		`{"id":12345678901234567890,"u":"/a b?x=1&amp=2"}`:           {ID: "12345678901234567890", URL: "https://jobs.example.org/a%20b?x=1&amp=2"},
		`{"t":"&lt;b&gt;R&amp;amp;D&lt;/b&gt;","c":"A &amp;amp; B"}`: {Title: "R&D", Company: "A & B"},
		`{"p":"&amp;#8377; 9,000"}`:                                  {Salary: "₹ 9,000"},
		`{"p":{"min":"&#8377;9,000","max":900719925474099301}}`:      {Salary: `{"max":900719925474099301,"min":"₹9,000"}`},
		`{"l":"Surat","s":"Gujarat"}`:                                {Location: "Surat, Gujarat"},
		`{"l":"Surat","s":"Surat"}`:                                  {Location: "Surat"},
		`{"l":null,"s":["Goa",{"name":"Surat"}]}`:                    {Location: "Goa, Surat"},
		`{"l":{"city":"Surat","state":{"name":"Gujarat"}}}`:          {Location: "Surat, Gujarat"},
		`{"l":{"address":{"addressLocality":"Surat"}}}`:              {Location: "Surat"},
		`{"l":{"label":"Surat &amp; Navsari"}}`:                      {Location: "Surat & Navsari"},
		`{"k":[{"name":"Excel"},"R&amp;D",{"x":1},null]}`:            {Skills: "Excel, R&D"},
		`{"c":{"name":"A &amp; B"},"d":"x\u0007<br>y"}`:              {Company: "A & B", Description: "x\ny"},
	} {
		v, err := DecodeJSON([]byte(in))
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(want, Map(at, v, columns)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", in, diff)
		}
	}
}

func TestDecodeJSON(t *testing.T) {
	for _, bad := range []string{"", "{", "{}{}", "{} x", "[1,]"} {
		if v, err := DecodeJSON([]byte(bad)); err == nil {
			t.Errorf("%s: %v", bad, v)
		}
	}
}
