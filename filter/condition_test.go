package filter

import (
	"net/url"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"jobsieve/indexer"
)

// TestConditions wants each condition in its normal form, and that form to be its own.
func TestConditions(t *testing.T) {
	for in, want := range map[string]string{
		"city = Pune":                                "city = Pune",
		"CITY in (Bombay , Poona)":                   "city in (Mumbai, Pune)",
		"city in (Pune)":                             "city = Pune",
		"city != bangalore":                          "city != Bengaluru",
		"city not in (Pune, Pune, Delhi)":            "city not in (Delhi, Pune)",
		"not city in (Pune, Delhi)":                  "city not in (Delhi, Pune)",
		"not not label=bpo":                          "label = BPO",
		"not (label = bpo or label = kpo)":           "not (label = BPO or label = KPO)",
		"(label = bpo)":                              "label = BPO",
		"company = Acme, Sons & Co":                  `company = "acme, sons & co"`,
		`company in ("A, B", 'say "x"')`:             `company in ("a, b", "say \"x\"")`,
		`company = McDonald's`:                       `company = "mcdonald's"`,
		`company = "Research and \\ co"`:             `company = "research and \\ co"`,
		"city = Navi Mumbai":                         "city = Navi Mumbai",
		`state = "Jammu and Kashmir"`:                `state = "Jammu and Kashmir"`,
		"pay >= 15000/month":                         "pay >= 180000/year",
		"pay>=15,000":                                "pay >= 180000/year",
		"pay > 3 LPA":                                "pay > 300000/year",
		"pay < ₹20,000 a month":                      "pay < 240000/year",
		"not pay <= 300000/year":                     "not pay <= 300000/year",
		"pay = 2-3 LPA":                              "pay = 200000-300000/year",
		"pay is known":                               "pay is known",
		"pay is unknown":                             "pay is unknown",
		"shift is not known":                         "shift is unknown",
		"not shift is unknown":                       "shift is known",
		"experience = 0 - 2":                         "experience = 0-2",
		"experience = 3+":                            "experience = 3-",
		"experience >= 2.5":                          "experience >= 2.5",
		"openings in (1, 10+)":                       "openings in (1, 10-)",
		"openings != 5":                              "openings != 5",
		"posted >= 2026-01-31":                       "posted >= 2026-01-31",
		"first-seen < 2026-02-01":                    "first_seen < 2026-02-01",
		"closed>=2026-01-31":                         "closed >= 2026-01-31",
		"closed is unknown":                          "closed is unknown",
		"pay-band = 9000-15000":                      "pay_band = 9000-15000",
		"criterion = d3 and outsourced=yes":          "criterion = D3-front-office|outsourced = true",
		"label=bpo AND (city=Pune AND pay is known)": "city = Pune|label = BPO|pay is known",
		"label=bpo or city=Pune and pay is known":    "(city = Pune and pay is known) or label = BPO",
		"(label=bpo or city=Pune) and not (shift=night or mode=remote)": "city = Pune or label = BPO|not (mode = remote or shift = night)",
		"state = महाराष्ट्र and city = पुणे":                            "city = Pune|state = Maharashtra",
	} {
		f, err := (&Filter{Where: []string{in}}).Normal(book())
		if got := strings.Join(f.Where, "|"); got != want || err != nil {
			t.Errorf("%s: %s %v, want %s", in, got, err, want)
			continue
		}
		wantRoundTrips(t, &f)
		if q, err := f.Query(); err != nil || q.Check() != nil {
			t.Errorf("%s: %v, %v", in, err, q.Check())
		}
	}
}

// TestConditionFaults wants faults to say what was expected, at their place.
func TestConditionFaults(t *testing.T) {
	for in, want := range map[string]string{
		"citty = Pune":                          `unknown filter "citty": expected one of .*; did you mean "city"?|^^^^^`,
		"city = Pune and":                       "expected a field, such as city, got the end|               ^",
		"city":                                  "expected =, !=, in, not in or is after city, got the end|    ^",
		"pay 3":                                 `expected =, !=, <, <=, >, >=, in, not in or is after pay, got "3"|    ^`,
		"city == Pune":                          `expected =, !=, in, not in or is after city, got "=="|     ^^`,
		"label < BPO":                           `label has no order; expected =, !=, in, not in or is, got "<"|      ^`,
		"label = BPA":                           `unknown label "BPA"; expected one of BPO, KPO, UNCLASSIFIED; did you mean "BPO"?|        ^^^`,
		"label = ":                              "expected a value, got the end|        ^",
		"pay >= ":                               "expected an amount such as 15000/month, 3 LPA or 300000/year, got the end|       ^",
		"pay >= lots":                           `expected an amount such as 15000/month, 3 LPA or 300000/year, got "lots"|       ^^^^`,
		"pay >= $500/month":                     `expected an amount such as`,
		"pay >= 2-3 LPA":                        `expected one value after >=, got "2-3 LPA"|       ^^^^^^^`,
		"pay = up to 2 crore":                   "expected an amount such as",
		"pay = 3-2/year":                        "expected the lower amount first",
		"pay >= 0":                              "expected more than 1 rupee a year",
		"pay_min = 3 and city = Pune":           `"pay_min" is a flag of its own; expected pay here, compared with an amount|^^^^^^^`,
		"since >= 2026-01-01":                   `"since" is a flag of its own; expected posted here`,
		"text = voice or city = Pune":           "words are asked for with --text",
		"experience > 0-2":                      "expected one value after >",
		"experience = 5-2":                      "5 is above 2",
		"openings = 1.5":                        "expected a number of openings such as 5, 2-5 or 10+",
		"posted = May":                          "expected a date such as 2026-01-31",
		"city = Pune, Mumbai":                   `expected one value, got "Pune, Mumbai"; several are given as city in (a, b)|       ^^^^^^^^^^^^`,
		"city in Pune":                          `expected values in brackets, as in city in (a, b), got "Pune"|        ^^^^`,
		"city in (Pune, )":                      `expected a value, got ")"|               ^`,
		"city in (Pune or label=BPO":            `expected a comma or a bracket ), got "or"`,
		"city not Pune":                         `expected in after not, got "Pune"`,
		"city is Pune":                          `expected known or unknown after is, got "Pune"`,
		"(city = Pune":                          "expected and, or, or a bracket ), got the end|            ^",
		"city = Pune) or label=BPO":             `no bracket is open before ")"|           ^`,
		"city = Pune label = BPO":               `expected and, or, or the end, got "="|                  ^`,
		`company = "Acme`:                       `expected a quotation mark " after the value`,
		"state = Jammu and Kashmir":             `"Kashmir" is no comparison; a value with "and", "or" or "not" in it stands in quotation marks: "Jammu and Kashmir"|                  ^^^^^^^`,
		"":                                      "expected a field, such as city, got the end",
		"and":                                   `expected a field, such as city, got "and"`,
		"= 3":                                   `expected a field, such as city, got "="`,
		strings.Repeat("(", 60) + "city = Pune": "expected at most 50 brackets in one another",
		strings.Repeat("city = Pune or ", 1000): "expected at most 10000 letters",
		nested(12):                              "expected at most 8 conditions in one another",
		"state = महाराष्ट and label = BPO": `unknown state|        ^^^^^^^`,
	} {
		_, err := (&Filter{Where: []string{in}}).Normal(book())
		problem, mark, _ := strings.Cut(want, "|")
		got := ""
		if err != nil {
			got = err.Error()
		}
		before, after, _ := strings.Cut(problem, ".*")
		if !strings.Contains(got, before) || !strings.Contains(got, after) || mark != "" && !strings.HasSuffix(got, "\n    "+mark) {
			t.Errorf("%s:\n%s\nwant\n%s\n    %s", in, got, problem, mark)
		}
	}
	_, err := (&Filter{Where: []string{"label = BPA and citty = Pune and pay > 2 LPA or shift = nite"}}).Normal(book())
	for _, want := range []string{`"BPA"`, `"citty"`, `"nite"`} {
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%v lacks %s", err, want)
		}
	}
}

// nested has conditions that stand so deep in one another.
func nested(deep int) string {
	text := "city = Pune"
	for i := range deep {
		text = "(" + text + []string{" and label = BPO)", " or label = KPO)"}[i%2]
	}
	return text
}

// TestConditionsAreFlags wants conditions to ask what the parameters ask that say the
// same, and every parameter to have such a condition.
func TestConditionsAreFlags(t *testing.T) {
	covered := map[string]bool{"text": true, "exact": true, "pay_period": true, "all": true, "open": true, "closed": true}
	for _, tt := range []struct{ condition, params string }{
		{"pay >= 15000/month", "pay_min=15000"}, {"pay >= 150.5/hour", "pay_min=150.5&pay_period=hour"},
		{"pay <= 3 LPA", "pay_max=300000&pay_period=year"}, {"pay = 2-3 LPA", "pay_min=200000&pay_max=300000&pay_period=year"},
		{"experience = 0-2", "experience=0-2"}, {"experience = 3+", "experience=3-"}, {"openings = 2-5", "openings=2-5"},
		{"posted >= 2026-01-31", "since=2026-01-31"}, {"posted < 2026-02-01", "until=2026-01-31"},
		{"first_seen > 2026-01-30", "first_seen_since=2026-01-31"}, {"first_seen <= 2026-01-31", "first_seen_until=2026-01-31"},
	} {
		f, err := parseQuery(t, "where="+url.QueryEscape(tt.condition))
		if err != nil {
			t.Errorf("%s: %v", tt.condition, err)
			continue
		}
		same, err := parseQuery(t, tt.params)
		if err != nil {
			t.Fatal(err)
		}
		for name := range same.Values() {
			covered[name] = true
		}
		got, err := f.Query()
		if err != nil || len(got.Where) != 1 {
			t.Fatalf("%s: %+v %v", tt.condition, got, err)
		}
		want, err := same.Query()
		if diff := cmp.Diff(*want.Bounds(), got.Where[0].Bounds); diff != "" || err != nil {
			t.Errorf("%s and %s: %v (-want +got):\n%s", tt.condition, tt.params, err, diff)
		}
	}
	for i := range scalars {
		if !covered[scalars[i].name] {
			t.Errorf("no condition says what %s says", scalars[i].name)
		}
	}
	for _, name := range indexer.Fields.Filters() {
		if !slices.Contains(Conditions(), name) {
			t.Errorf("no condition compares %s", name)
		}
	}
}

// TestPlainConditions wants one FILTER=VALUE to be that filter, which several flags
// give several values, and all else a condition.
func TestPlainConditions(t *testing.T) {
	for in, want := range map[string]string{
		"city=Pune|city=Mumbai":              "city=Mumbai&city=Pune",
		"city = Pune|city = \"Navi Mumbai\"": "city=Navi+Mumbai&city=Pune",
		"city=Pune, Mumbai|languages=hi,mr":  "city=Mumbai&city=Pune&languages=hi&languages=mr",
		"company=acme, sons & co":            "company=acme%2C+sons+%26+co",
		"company=Acme (India)":               "company=acme+%28india%29",
		"pay-band=0-9000|experience=0-2":     "experience=0-2&pay_band=0-9000",
		"text=\"claims desk\"":               "text=%22claims+desk%22",
		"(city = Pune)|label = BPO":          "label=BPO&where=city+%3D+Pune",
		"city = Pune and pay >= 3 LPA":       "where=city+%3D+Pune&where=pay+%3E%3D+300000%2Fyear",
		"city = Pune or (city = Delhi)":      "where=city+%3D+Delhi+or+city+%3D+Pune",
		"pay = 3 LPA":                        "where=pay+%3D+300000%2Fyear",
	} {
		f := NewFlags()
		f.Where = strings.Split(in, "|")
		got, err := f.Filter(book(), "")
		if got.String() != want || err != nil {
			t.Errorf("%s: %s %v, want %s", in, got.String(), err, want)
		}
		f.Where = nil
		args := got.Args()
		for i, arg := range args {
			if arg == "--where" { // one of all
				f.Where = append(f.Where, args[i+1])
			}
		}
		if again, err := f.Filter(book(), ""); len(got.Where) > 0 && !slices.Equal(again.Where, got.Where) || err != nil {
			t.Errorf("%s: %q makes %q: %v", in, args, again.Where, err)
		}
	}
}

func TestAsked(t *testing.T) {
	f := &Filter{
		Is:    map[string][]string{"city": {"Pune"}},
		Where: []string{"label = BPO or city in (Delhi, Pune)", "city != Mumbai"},
	}
	if got := f.Asked("city"); !slices.Equal(got, []string{"Delhi", "Pune"}) {
		t.Errorf("%q", got)
	}
}

func FuzzCondition(f *testing.F) {
	for _, text := range []string{
		"city in (Pune, 'x') and not pay >= 15000/month or shift is unknown", `company = "a \" b"`, "experience = 3+", "((",
		"pay = 2-3 LPA and pay = from 15k", "posted < 0001-01-01",
	} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		once, err := (&Filter{Where: []string{text}}).Normal(book())
		if err != nil {
			return
		}
		again, err := once.Normal(book())
		if err != nil || !slices.Equal(once.Where, again.Where) {
			t.Fatalf("%q is %q, and that is %q: %v", text, once.Where, again.Where, err)
		}
		if q, err := once.Query(); err != nil || q.Check() != nil {
			t.Fatalf("%q: %v %v", text, err, q.Check())
		}
	})
}

// TestConditionsOfTheManual wants the conditions that docs/filters.md shows read.
func TestConditionsOfTheManual(t *testing.T) {
	manual, err := os.ReadFile("../docs/filters.md")
	if err != nil {
		t.Fatal(err)
	}
	shown := regexp.MustCompile(`--where '([^']+)'`).FindAllStringSubmatch(string(manual), -1)
	if len(shown) < 10 {
		t.Errorf("the manual shows %d conditions, want ten", len(shown))
	}
	for _, m := range shown {
		if _, err := (&Filter{Where: []string{m[1]}}).Normal(book()); err != nil {
			t.Errorf("%s: %v", m[1], err)
		}
	}
}
