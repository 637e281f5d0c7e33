package pay

import (
	"encoding/json"
	"fmt"
	"testing"

	"jobsieve/internal/sharedtest"
	"jobsieve/job"
	"jobsieve/text"
)

// wantPay is what a labelled text must become.
type wantPay struct {
	Kind     string   `json:"kind"`
	Min      *float64 `json:"min"`
	Max      *float64 `json:"max"`
	Currency *string  `json:"currency"`
	Period   *string  `json:"period"`
	Basis    string   `json:"basis"`
}

func (w wantPay) String() string {
	num := func(v *float64) string {
		if v == nil {
			return "-"
		}
		return fmt.Sprint(*v)
	}
	str := func(v *string) string {
		if v == nil || *v == "" {
			return "-"
		}
		return *v
	}
	return fmt.Sprintf("%s %s..%s %s/%s %s", w.Kind, num(w.Min), num(w.Max), str(w.Currency), str(w.Period), w.Basis)
}

func gotPay(p job.Pay) wantPay {
	cur, per := string(p.Currency), string(p.Period)
	return wantPay{string(p.Kind), p.Min, p.Max, &cur, &per, string(p.Basis)}
}

func TestGoldTexts(t *testing.T) {
	type item struct {
		Key, Text string
		Field     job.Field
		wantPay
	}
	items := sharedtest.Lines[item](t, "gold/pay_dev.jsonl")
	wrong := 0
	for _, it := range items {
		got := gotPay(Standard().Read(it.Field, it.Text, DefaultsOf(it.Key)))
		if got.String() != it.wantPay.String() {
			wrong++
			t.Logf("%s: %q\n got %v\nwant %v", it.Key, it.Text, got, it.wantPay)
		}
	}
	if len(items) == 0 || wrong*50 > len(items) {
		t.Errorf("%d of %d pay texts read wrongly", wrong, len(items))
	}
}

func TestGoldHindi(t *testing.T) {
	type item struct {
		ID, Title, Salary, Description string
		Pay                            wantPay
	}
	items := sharedtest.Lines[item](t, "gold/hindi_dev.jsonl")
	wrong := 0
	for _, it := range items {
		p := Standard().OfPosting(func(f job.Field) *text.Doc {
			return text.Parse(map[job.Field]string{job.FieldSalary: it.Salary, job.FieldTitle: it.Title, job.FieldDescription: it.Description}[f])
		}, Defaults{})
		if got := gotPay(p); got.String() != it.Pay.String() {
			wrong++
			raw, _ := json.Marshal(it)
			t.Logf("%s\n got %v\nwant %v", raw, got, it.Pay)
		}
	}
	if len(items) == 0 || wrong*33 > len(items) {
		t.Errorf("%d of %d Hindi postings' pay read wrongly", wrong, len(items))
	}
}
