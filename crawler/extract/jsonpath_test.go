package extract

import (
	"net/url"
	"testing"

	"jobsieve/config"
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
