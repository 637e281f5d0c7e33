package page

import (
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"jobsieve/classifier"
	"jobsieve/filter"
	"jobsieve/indexer"
	"jobsieve/job"
	"jobsieve/trust"
)

// catalogue reads the texts of a language.
func catalogue(t *testing.T, lang string) *words {
	t.Helper()
	w, err := readWords(lang)
	if err != nil {
		t.Fatal(err)
	}
	return w
}

// TestCatalogues wants the same keys in each language, with as much to put in, and all
// that templates and code ask for.
func TestCatalogues(t *testing.T) {
	en, hi := catalogue(t, "en"), catalogue(t, "hi")
	for _, k := range slices.Sorted(maps.Keys(en.texts)) {
		text, ok := hi.texts[k]
		if !ok {
			t.Errorf("hi.yaml lacks %s", k)
		}
		if a, b := strings.Count(en.texts[k], "%s"), strings.Count(text, "%s"); a != b {
			t.Errorf("%s takes %d texts in English, %d in Hindi", k, a, b)
		}
	}
	for k := range hi.texts {
		sentence := strings.HasPrefix(k, saidKey) || strings.HasPrefix(k, nounKey)
		if _, ok := en.texts[k]; !ok && !sentence {
			t.Errorf("en.yaml lacks %s", k)
		}
	}
	source := ""
	for _, pattern := range []string{"templates/*.html", "*.go"} {
		files, err := filepath.Glob(pattern)
		if err != nil || len(files) == 0 {
			t.Fatal(pattern, err)
		}
		for _, file := range files {
			body, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			if !strings.HasSuffix(file, "_test.go") {
				source += string(body)
			}
			for _, m := range key.FindAllStringSubmatch(string(body), -1) {
				k := m[1] + m[2] + m[3]
				_, whole := en.texts[k]
				_, counted := en.texts[k+".many"]
				if !whole && !counted && strings.TrimRight(k, "._") == k {
					t.Errorf("%s asks for %s, which the catalogues lack", file, k)
				}
			}
		}
	}
	checkUsed(t, en, source)
}

// madeUp are the beginnings of keys that are put together from names.
var madeUp = []string{
	"value.", "field.", "reading.", "hint.", "column.", "month.", "cause.", "signal.", "sort.", "fault.",
	"sources.is_", "sources.run_", "pay.hour", "pay.day", "pay.week", "pay.month", "pay.year", "pay.per_",
}

// checkUsed wants every text of a catalogue to be asked for.
func checkUsed(t *testing.T, w *words, source string) {
	t.Helper()
	for k := range w.texts {
		made := slices.ContainsFunc(madeUp, func(p string) bool { return strings.HasPrefix(k, p) })
		k = strings.TrimSuffix(strings.TrimSuffix(k, ".one"), ".many")
		if !made && !strings.Contains(source, `"`+k+`"`) {
			t.Errorf("nobody asks for %s", k)
		}
	}
}

// TestNames wants a name for every field that can be asked for, for every value of closed
// sets, and for all that is told by its name.
func TestNames(t *testing.T) {
	w := catalogue(t, "en")
	var want []string
	for _, name := range filter.Names() {
		if name != "open" && name != "closed" {
			want = append(want, "field."+name)
		}
	}
	for i := range indexer.Fields {
		f := &indexer.Fields[i]
		if f.Filter == "" {
			continue
		}
		for _, v := range f.Closed {
			want = append(want, "value."+f.Filter+"."+v)
		}
	}
	for _, f := range job.Fields {
		want = append(want, "field."+string(f))
	}
	rules, err := classifier.ReadOutline("")
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range rules.Labels.Functions() {
		want = append(want, "value.function."+string(f))
	}
	for _, k := range trust.Kinds {
		want = append(want, "signal."+string(k))
	}
	for _, c := range []job.Cause{
		job.CauseSeen, job.CauseGone, job.CauseOver, job.CauseMissed, job.CauseBeyond, job.CauseUnread, job.CauseInAFile,
	} {
		want = append(want, "cause."+string(c))
	}
	for _, r := range []job.Reason{job.ReasonNoEvidence, job.ReasonBelowThreshold, job.ReasonTie, job.ReasonCancelled} {
		want = append(want, "value.reason."+string(r))
	}
	for _, o := range orders {
		want = append(want, "sort."+string(o))
	}
	for _, k := range want {
		if _, ok := w.texts[k]; !ok {
			t.Errorf("the catalogues lack %s", k)
		}
	}
}

// TestInputs wants every parameter of a filter to have its place in the form.
func TestInputs(t *testing.T) {
	shown := map[string]bool{"text": true, "open": true, "closed": true} // the last two are posting_state
	for _, in := range (&ask{w: catalogue(t, "en")}).inputs() {
		shown[in.Name] = true
	}
	for i := range indexer.Fields {
		if isFacet(&indexer.Fields[i]) {
			shown[indexer.Fields[i].Filter] = true
		}
	}
	for _, name := range filter.Names() {
		if !shown[name] {
			t.Errorf("%s can't be asked for", name)
		}
	}
}

func TestWriting(t *testing.T) {
	en, hi := catalogue(t, "en"), catalogue(t, "hi")
	amount := func(v float64) *float64 { return &v }
	annual := func(v int64) *int64 { return &v }
	for got, want := range map[string]string{
		en.Date("2026-11-07"): "7 Nov 2026", hi.Date("2026-11-07"): "7 नव॰ 2026", en.Date("soon"): "soon", en.Date(""): "",
		en.Value("posted_month", "2026-01"): "Jan 2026", en.Value("city", "<b>"): "<b>",
		en.Count("count.postings", 1): "1 posting", en.Count("count.postings", 123456): "1,23,456 postings",
		en.amounts("INR", "month", amount(12000), amount(15000)): "₹12,000–15,000 a month",
		hi.amounts("INR", "day", nil, amount(700)):               "₹700 तक प्रति दिन",
		en.amounts("USD", "", amount(5), nil):                    "from USD 5",
		en.year(annual(144000), annual(180000)):                  "= ₹1,44,000–1,80,000 a year",
		en.year(nil, nil):                                        "",
	} {
		if got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}

func TestMoney(t *testing.T) {
	w := catalogue(t, "en")
	amount := 12000.0
	annual := int64(144000)
	offer := indexer.Stated{PayKind: "offer", PayMin: &amount, PayMax: &amount, PayCurrency: "INR", PayPeriod: "month", PayAnnualLow: &annual, PayAnnualHigh: &annual}
	estimate, suspect, year := offer, offer, offer
	estimate.PayKind, suspect.PaySuspect, year.PayPeriod = "estimate", true, "year"
	for _, tt := range []struct {
		of   indexer.Stated
		want money
	}{
		{offer, money{"₹12,000 a month", "= ₹1,44,000 a year", true}},
		{estimate, money{"the board’s guess: ₹12,000 a month", "= ₹1,44,000 a year", true}},
		{suspect, money{"not believable: ₹12,000 a month", "= ₹1,44,000 a year", true}},
		{year, money{"₹12,000 a year", "", true}},
		{indexer.Stated{PayKind: "none"}, money{Stated: "pay not stated"}},
		{indexer.Stated{PayKind: "unpaid"}, money{Stated: "unpaid"}},
		{indexer.Stated{PayKind: "undisclosed"}, money{Stated: "pay not stated: spoken of, without a figure"}},
	} {
		if got := w.moneyOf(&tt.of); got != tt.want {
			t.Errorf("%+v, want %+v", got, tt.want)
		}
	}
}
