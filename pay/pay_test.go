package pay

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"jobsieve/job"
	"jobsieve/text"
)

// short tells a pay in one line: "offer 12000..15000 INR/month* in_hand", "*"
// for an inferred period.
func short(p job.Pay) string {
	star := ""
	if p.PeriodInferred {
		star = "*"
	}
	s := strings.Replace(gotPay(p).String(), " "+string(p.Basis), star+" "+string(p.Basis), 1)
	if p.VariablePercent != nil {
		s += fmt.Sprintf(" %g%%", *p.VariablePercent)
	}
	if p.Incentives {
		s += " +incentives"
	}
	if p.Suspect {
		s += " suspect"
	}
	return strings.TrimSuffix(s, " unspecified")
}

func TestRead(t *testing.T) {
	const undisclosed, none = "undisclosed -..- -/-", "none -..- -/-"
	tests := []struct {
		field job.Field
		text  string
		want  string
	}{
		{"salary", "3-4.25 Lacs PA", "offer 300000..425000 INR/year"},
		{"salary", "50,000-3 Lacs PA", "offer 50000..300000 INR/year"},
		{"salary", "90 Lacs-1.25 Cr PA", "offer 9e+06..1.25e+07 INR/year"},
		{"salary", "₹ 15,000 - 20,000 /month", "offer 15000..20000 INR/month"},
		{"salary", "₹ 95,000 - 1,20,000", "offer 95000..120000 INR/year*"},
		{"salary", "12-15000", "offer 12000..15000 INR/month*"},
		{"salary", "3 - 5,00,000", "offer 300000..500000 INR/year*"},
		{"salary", "18-28k", "offer 18000..28000 INR/month*"},
		{"salary", "Rs. 14000/- से शुरू", "offer 14000..- INR/month*"},
		{"salary", "12th pass 15000", "offer 15000..15000 INR/month*"},
		{"salary", "25000 th", "offer 25000..25000 INR/month* in_hand"},
		{"salary", "upto 35k ctc", "offer -..35000 INR/month* ctc"},
		{"salary", "25k+ incentives", "offer 25000..25000 INR/month* unspecified +incentives"},
		{"salary", "20k and above", "offer 20000..- INR/month*"},
		{"salary", "5.5-7.5 Lacs PA (Including Variable: 10.0%)", "offer 550000..750000 INR/year unspecified 10%"},
		{"salary", "Avg. salary - 7.6 LPA", "estimate 760000..760000 INR/year"},
		{"salary", "Not disclosed", undisclosed},
		{"salary", "", undisclosed},
		{"salary", "0 - 0", undisclosed},
		{"salary", "Unpaid", "unpaid -..- -/-"},
		{"salary", "1,000 PA", "offer 1000..1000 INR/year unspecified suspect"},
		{"salary", "6 Cr PA", "offer 6e+07..6e+07 INR/year unspecified suspect"},
		{"salary", "१२ हज़ार से १८ हज़ार महीना + इंसेंटिव", "offer 12000..18000 INR/month unspecified +incentives"},
		{"salary", "डेढ़ लाख सालाना", "offer 150000..150000 INR/year"},
		{"salary", "साढ़े तीन लाख रुपये वार्षिक", "offer 350000..350000 INR/year"},
		{"salary", "पंद्रह से अठारह हज़ार, हाथ में", "offer 15000..18000 INR/month* in_hand"},
		{"salary", "450 रुपये रोज़", "offer 450..450 INR/day"},
		{"salary", "80 rs ghanta", "offer 80..80 INR/hour"},
		{"salary", "$25-$30 an hour", "offer 25..30 USD/hour"},
		{"salary", "USD 60k", "offer 60000..60000 USD/-"},
		{"salary", "AED 4,000 per month", "offer 4000..4000 AED/month"},
		{"salary", "Rs. 15.000 p.m.", "offer 15000..15000 INR/month"},
		{"title", "Telecaller Sal Upto-28k", "offer -..28000 INR/month*"},
		{"title", "Voice Process | 50K | Pune", "offer 50000..50000 INR/month*"},
		{"title", "Voice process 37kctc WFO", "offer 37000..37000 INR/month* ctc"},
		{"title", "Builder of a 5K platform", none},
		{"title", "Marathon 10K run coordinator", none},
		{"title", "Walk-in 2025, 11 AM - 2 PM", none},
		{"title", "Telecaller – salary upto 5 ...", none},
		{"title", "Sal 2,40,0", none},
		{"description", "A firm with INR 900 Cr turnover. Compensation: INR 40–60 LPA.", "offer 4e+06..6e+06 INR/year"},
		{"description", "We raised ₹275 crore in 2023 and serve 10 lakh customers.", none},
		{"description", "Joining bonus of Rs 5,000 after three months.", none},
		{"description", "Home loans up to ₹50 lakh; monthly target 20 lakh.", none},
		{"description", "Shift 6:30 PM to 3:30 AM. Call 98765 43210.", none},
		{"description", "18 hazaar + khana rehna free", "offer 18000..18000 INR/month*"},
		{"description", "15k-18k + incentive mahine ka", "offer 15000..18000 INR/month unspecified +incentives"},
		{"description", "Pay 70,000 a month (CTC: 9 lakhs).", "offer 70000..70000 INR/month"},
		{"description", "Salary: as per market standards.", undisclosed},
		{"description", "This is an unpaid internship.", "unpaid -..- -/-"},
		{"description", "Salary Rs 500...", none},

		// whose money, and for what
		{"description", "Candidates with current CTC up to 4 LPA only. Offered CTC 4.5 LPA.", "offer 450000..450000 INR/year ctc"},
		{"description", "ESIC for those whose salary is below 21,000. Lunch is free.", none},
		{"description", "Mediclaim of Rs 3,00,000, relocation budget ₹20,000.", none},
		{"description", "Refer a friend and earn Rs 2,000.", none},
		{"description", "Salary 16000. Rs 500 will be cut for each leave.", "offer 16000..16000 INR/month*"},
		{"description", "छह महीने बाद वेतन 2,000 रुपये बढ़ेगा।", none},
		{"description", "Our $2 billion annual investment in technology.", none},
		{"description", "Placements up to 12 LPA were given to our students.", none},
		{"description", "Client ka budget 30k hai, notice 15 din.", "offer 30000..30000 INR/month*"},
		// the period of its own clause
		{"salary", "Yearly 3,60,000 / Monthly 30,000", "offer 360000..360000 INR/year"},
		{"description", "Salary 21000 - daily 9 hours, weekly payout", "offer 21000..21000 INR/month*"},
		{"description", "वेतन 14000, हफ्ते में 6 दिन", "offer 14000..14000 INR/month*"},
		{"salary", "Rs 700 per shift", "offer 700..700 INR/day"},
		{"salary", "Rs 9,000 per fortnight", "offer 9000..9000 INR/-"},
		{"description", "Pay Level 4 (25500-81100)", "offer 25500..81100 INR/month*"},
		// fixed and variable
		{"title", "Executive ₹3,00,000 fixed + 60K variable", "offer 300000..300000 INR/year* unspecified +incentives"},
		{"description", "Salary 18k aur 5,000 tak incentive", "offer 18000..18000 INR/month* unspecified +incentives"},
		// ranges
		{"salary", "₹4L/yr - ₹6L/yr", "offer 400000..600000 INR/year"},
		{"salary", "3 LPA (Fresher) to 5 LPA (Experienced)", "offer 300000..500000 INR/year"},
		{"description", "Min: 16000 Max: 23000 per month salary", "offer 16000..23000 INR/month"},
		{"salary", "2,50,000 - more than 4,00,000", "offer 250000..- INR/year*"},
		{"salary", "16,000 21,000 per month", "offer 16000..21000 INR/month"},
		{"salary", "(18k) - (22k)", "offer 18000..22000 INR/month*"},
		// slips
		{"salary", "2,50,000 - 3,50,000 LPA", "offer 250000..350000 INR/year"},
		{"salary", "12,000k - 16,000k", "offer 12000..16000 INR/month*"},
		{"salary", "` 16,000 - ` 19,000 per month", "offer 16000..19000 INR/month"},
		// currencies
		{"salary", "PKR 70,000 - 90,000", "offer 70000..90000 PKR/-"},
		{"salary", "HK$ 20,000 per month", "offer 20000..20000 HKD/month"},
		{"salary", "RM 2,800 p.m.", "offer 2800..2800 MYR/month"},
		{"salary", "XQZ 2,800 per month", "offer 2800..2800 XQZ/month unspecified suspect"},
		{"salary", "27000 CTC {22000 in hand}", "offer 27000..27000 INR/month* ctc"},
	}
	for _, tt := range tests {
		if diff := cmp.Diff(tt.want, short(Standard().Read(tt.field, tt.text, Defaults{}))); diff != "" {
			t.Errorf("%s %q (-want +got):\n%s%s", tt.field, tt.text, diff, Standard().Explain(tt.field, tt.text, Defaults{}))
		}
	}
}

func TestReadDefaults(t *testing.T) {
	year := Defaults{Period: job.PerYear}
	for _, tt := range []struct {
		field job.Field
		text  string
		want  string
	}{
		{"salary", "₹ 50,000", "offer 50000..50000 INR/year*"},
		{"salary", "₹ 15,000 /month", "offer 15000..15000 INR/month"},
		{"title", "Telecaller salary 15000", "offer 15000..15000 INR/month*"},
	} {
		if diff := cmp.Diff(tt.want, short(Standard().Read(tt.field, tt.text, year))); diff != "" {
			t.Errorf("%s %q (-want +got):\n%s", tt.field, tt.text, diff)
		}
	}
	if got := short(Standard().Read("salary", "60,000 per year", Defaults{Currency: "USD"})); got != "offer 60000..60000 USD/year" {
		t.Errorf("a source in dollars: %s", got)
	}
}

func TestStructured(t *testing.T) {
	tests := []struct{ text, want string }{
		{`{"@type":"MonetaryAmount","currency":"INR","value":{"@type":"QuantitativeValue","minValue":15000,"maxValue":20000,"unitText":"MONTH"}}`, "offer 15000..20000 INR/month"},
		{`{"@type":"MonetaryAmount","currency":"Rs","value":{"value":"2,40,000","unitText":"YEAR"}}`, "offer 240000..240000 INR/year"},
		{`{"@type":"MonetaryAmount","currency":"₹","value":{"minValue":3.5,"maxValue":5,"unitText":"YEAR"}}`, "offer 350000..500000 INR/year"},
		{`{"@type":"MonetaryAmount","currency":"INR","value":{"minValue":0,"maxValue":0,"unitText":"YEAR"}}`, "undisclosed -..- -/-"},
		{`{"@type":"MonetaryAmount","currency":"INR","value":{"minValue":30000,"maxValue":20000,"unitText":"MONTH"}}`, "offer 30000..20000 INR/month unspecified suspect"},
		{`{"@type":"MonetaryAmount","currency":"INR","value":{"value":"25,000 per month","unitText":"YEAR"}}`, "offer 25000..25000 INR/month unspecified suspect"},
		{`{"@type":"MonetaryAmountDistribution","currency":"USD","median":52000,"unitText":"YEAR"}`, "estimate 52000..52000 USD/year"},
		{`{"min_salary":12000,"max_salary":18000}`, "offer 12000..18000 INR/month*"},
		{`{"min":500000,"max":700000,"currency":"INR","interval":"per-year-salary"}`, "offer 500000..700000 INR/year"},
		{`[{"currency":"INR","value":null},{"currency":"INR","value":300000}]`, "offer 300000..300000 INR/year*"},
		{`{"currency":"INR"}`, "undisclosed -..- -/-"},
		{`{"min":5000,"max":5000,"currency":"INR","interval":"one-time"}`, "offer 5000..5000 INR/-"},
		{`{"min":1,"max":1,"currency":"INR","period":"year"}`, "undisclosed -..- -/-"},
		{`{"min":15000,"max":20000,"currency":"INR","period":"fortnight"}`, "offer 15000..20000 INR/-"},
		{`{"@type":"PriceSpecification","minPrice":18000,"maxPrice":22000,"priceCurrency":"INR","unitText":"MONTH"}`, "offer 18000..22000 INR/month"},
		{`{"currency":"INR","value":{"value":"3,00,000 - 4,00,000","unitText":"YEAR"}}`, "offer 300000..400000 INR/year"},
		{`{"min":12,"max":15,"currency":"INR","period":"tour"}`, "offer 12..15 INR/-"},
		{`{"min":12000,"max":15000,"currency":"INR","period":""}`, "offer 12000..15000 INR/month*"},
	}
	for _, tt := range tests {
		if diff := cmp.Diff(tt.want, short(Standard().Read(job.FieldSalary, tt.text, Defaults{}))); diff != "" {
			t.Errorf("%s (-want +got):\n%s", tt.text, diff)
		}
	}
}

func TestOfPosting(t *testing.T) {
	tests := []struct{ salary, title, description, want string }{
		{"3-4 Lacs PA", "Sal 40k", "", "offer 300000..400000 INR/year"},
		{"Not disclosed", "Sal 40k", "CTC 9 LPA", "offer 40000..40000 INR/month*"},
		{"Avg. salary - 7.6 LPA", "", "We pay a salary of 9.25 LPA.", "offer 925000..925000 INR/year"},
		{"Avg. salary - 7.6 LPA", "", "", "estimate 760000..760000 INR/year"},
		{"", "Clerk", "Unpaid internship.", "unpaid -..- -/-"},
		{"", "Clerk", "Files.", "undisclosed -..- -/-"},
	}
	for _, tt := range tests {
		p := Standard().OfPosting(func(f job.Field) *text.Doc {
			return text.Parse(map[job.Field]string{job.FieldSalary: tt.salary, job.FieldTitle: tt.title, job.FieldDescription: tt.description}[f])
		}, Defaults{})
		if diff := cmp.Diff(tt.want, short(p)); diff != "" {
			t.Errorf("%+v (-want +got):\n%s", tt, diff)
		}
	}
}

func FuzzRead(f *testing.F) {
	for _, s := range []string{"₹ 2,00,000 - 3,00,000", "18-28k CTC", "डेढ़ लाख सालाना", `{"value":{"minValue":"3"}}`, "1, 50, 000 - 3 Lacs P. A.", "साढ़े", "Rs.", "$80B annually", "[[[1]]]"} {
		f.Add("salary", s)
		f.Add("description", s)
	}
	f.Fuzz(func(t *testing.T, field, s string) {
		p := Standard().Read(job.Field(field), s, Defaults{})
		if p.Start == nil {
			return
		}
		if *p.Start < 0 || *p.End < *p.Start || *p.End > len(s) || s[*p.Start:*p.End] != *p.Raw {
			t.Fatalf("span %d–%d of %q is not %q", *p.Start, *p.End, s, *p.Raw)
		}
	})
}
