package pipeline

import (
	"bytes"
	"encoding/json"
	"testing"

	"jobsieve/crawler/rows"
	"jobsieve/internal/sharedtest"
	"jobsieve/job"
	"jobsieve/ledger"
)

// report is a text that people reported as read wrongly, with what it must become.
type report struct {
	Kind, Command string
	Input         json.RawMessage
	Expected      json.RawMessage
}

// reportedPay is what an expectation may say of pay; nil where it says nothing.
type reportedPay struct {
	Kind, Currency, Period *string
	Min, Max               *float64
	Pay                    *reportedPay
}

func (w *reportedPay) accepts(p *job.Pay) bool {
	if w.Pay != nil {
		return w.Pay.accepts(p)
	}
	same := func(want *string, got string) bool { return want == nil || *want == got }
	near := func(want, got *float64) bool { return want == nil || got != nil && *want == *got }
	return same(w.Kind, string(p.Kind)) && same(w.Currency, string(p.Currency)) && same(w.Period, string(p.Period)) &&
		near(w.Min, p.Min) && near(w.Max, p.Max)
}

// inWords are the expectations that are told in words, by their kind.
var inWords = map[string]func(r *ledger.Reading) bool{
	"k-after-a-full-figure":      func(r *ledger.Reading) bool { return r.Pay.Min != nil && *r.Pay.Min == 10000 && *r.Pay.Max == 15000 },
	"structured-placeholder-pay": func(r *ledger.Reading) bool { return r.Pay.Kind == job.PayUndisclosed },
	"structured-unknown-period":  func(r *ledger.Reading) bool { return r.Pay.Period == "" && !r.Pay.PeriodInferred },
	"pay-per-shift":              func(r *ledger.Reading) bool { return r.Pay.Kind == job.PayOffer && r.Pay.Period == "day" },
	"foreign-place-read-as-India": func(r *ledger.Reading) bool {
		return len(r.Facts.Places) == 1 && r.Facts.Places[0].Country == "PK"
	},
	"state-decides-between-namesakes": func(r *ledger.Reading) bool {
		return len(r.Facts.Places) == 1 && r.Facts.Places[0].City == "Aurangabad" && r.Facts.Places[0].State == "Bihar"
	},
	"placeholder-read-as-city": func(r *ledger.Reading) bool { return len(r.Facts.Places) == 0 },
	"misspelt-city": func(r *ledger.Reading) bool {
		return len(r.Facts.Places) == 1 && r.Facts.Places[0].City == "Hyderabad"
	},
	"schooling-read-as-years-of-experience": func(r *ledger.Reading) bool {
		return r.Facts.Experience.Min == nil && r.Facts.Experience.Max == nil
	},
	"day-first-date-with-time":      func(r *ledger.Reading) bool { return r.Facts.Posted == "2026-11-05" },
	"ordinal-and-hindi-month-dates": func(r *ledger.Reading) bool { return r.Facts.Posted == "2026-11-05" },
	"posted-in-the-future": func(r *ledger.Reading) bool {
		return r.Facts.Posted == "" || r.Facts.Posted == "2026-06-11"
	},
}

// TestReports reads the texts for pay and facts that people reported.
func TestReports(t *testing.T) {
	r, err := NewReader("", nil)
	if err != nil {
		t.Fatal(err)
	}
	tried := 0
	for _, it := range sharedtest.Lines[report](t, "cases/reports.jsonl") {
		var reading ledger.Reading
		switch it.Command {
		case "jobsieve pay":
			var in struct {
				Field job.Field
				Text  string
			}
			if err := json.Unmarshal(it.Input, &in); err != nil {
				t.Fatal(err)
			}
			if reading.Pay, err = r.PayOf(in.Field, in.Text, ""); err != nil {
				t.Fatal(err)
			}
		case "jobsieve classify":
			reading = readRow(t, r, it.Input)
		default:
			continue
		}
		tried++
		right, told := inWords[it.Kind]
		var want reportedPay
		if !told {
			if err := json.Unmarshal(it.Expected, &want); err != nil {
				t.Errorf("%s: nothing here says when %s is right", it.Kind, it.Expected)
				continue
			}
			right = func(r *ledger.Reading) bool { return want.accepts(&r.Pay) }
		}
		if !right(&reading) {
			t.Errorf("%s: %s: want %s, got %+v, %+v", it.Kind, it.Input, it.Expected, reading.Pay, reading.Facts)
		}
	}
	if tried < 20 {
		t.Errorf("%d reports were tried", tried)
	}
}

func readRow(t *testing.T, r *Reader, raw json.RawMessage) (reading ledger.Reading) {
	t.Helper()
	_, err := rows.Each(t.Context(), bytes.NewReader(raw), rows.Options{}, func(row rows.Row, err error) error {
		Decode(&row.Posting)
		reading = r.Read(&row.Posting)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return reading
}
