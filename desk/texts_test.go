package desk

import (
	"encoding/json"
	"strings"
	"testing"

	"jobsieve/crawler/rows"
	"jobsieve/job"
	"jobsieve/pipeline"
)

func TestClassified(t *testing.T) {
	r, err := pipeline.NewReader("", nil)
	if err != nil {
		t.Fatal(err)
	}
	in := `{"title":"Telecaller","extra":{"a":[1,"<b>"]},"verdict":"mine"}` + "\n"
	_, err = rows.Each(t.Context(), strings.NewReader(in), rows.Options{}, func(row rows.Row, err error) error {
		if err != nil {
			return err
		}
		line, err := Classified(&row, r)
		if err != nil {
			return err
		}
		var out struct {
			Title   string
			Verdict job.Verdict
			Pay     job.Pay
			Facts   job.Facts
		}
		if err := json.Unmarshal(line, &out); err != nil || out.Verdict.Label != job.BPO {
			t.Errorf("%s: %v", line, err)
		}
		if !strings.HasPrefix(string(line), `{"title":"Telecaller","extra":{"a":[1,"<b>"]},"verdict":{`) {
			t.Errorf("%s", line)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

func TestReadPay(t *testing.T) {
	r, err := pipeline.NewReader("", nil)
	if err != nil {
		t.Fatal(err)
	}
	for in, want := range map[string]string{
		`{"key":7,"field":"salary","text":"15k per month"}`: `{"key":7,"kind":"offer",`,
		`{"field":"title"}`: `{"key":null,"kind":`,
		`{"field":"hat"}`:   "expected salary, title or description",
		`[]`:                "not a JSON object",
	} {
		out, err := ReadPay(r, []byte(in))
		got := string(out)
		if err != nil {
			got = err.Error()
		}
		if !strings.Contains(got, want) {
			t.Errorf("%s: %s", in, got)
		}
	}
}
