package eval_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"jobsieve/crawler/rows"
	"jobsieve/internal/corpus"
	"jobsieve/internal/sharedtest"
	"jobsieve/job"
	"jobsieve/pipeline"
)

var (
	recordPay   = flag.Int("record-pay", 0, "score pay on the round of this number for the first time, and keep how it went")
	recordFacts = flag.Int("record-facts", 0, "score facts on the round of this number for the first time, and keep how it went")
)

const readingContacts = "../corpus/readings/first-contact.jsonl"

const readingsHead = `# Pay and facts at first contact

Written by ` + "`make eval`" + `, where the real postings are.

A round is texts that were written from the documents of pay and of facts by people who did not know the readers, and
for pay also pieces of real descriptions. The truth is fixed first; each round is scored once before anybody looks at
its misses. That row is never computed again. Afterwards it may teach, and the second tables are no longer a test.

Pay is exact where kind, amounts, currency, period and basis are right. A fact counts all postings of a round, those
that do not state it too: there nothing is right. In brackets, of those that state it.
`

// readingMeeting is how the readers did on a round.
type readingMeeting struct {
	Kind  string `json:"kind"` // pay or facts
	Round int    `json:"round"`
	Date  string `json:"date"`
	Items int    `json:"items"`
	// Right counts what was right, by part: of pay "exact", "invented texts", "real
	// texts", "incentives"; of facts one a fact, and one of those that state it.
	Right map[string]int `json:"right"`
	// Of counts the items of each part.
	Of map[string]int `json:"of"`
	// TenTimes and Made count amounts out by ten, and pay where there is none.
	TenTimes int `json:"out_by_ten"`
	Made     int `json:"pay_where_none"`
}

func newMeeting(kind string, round, items int) readingMeeting {
	return readingMeeting{Kind: kind, Round: round, Items: items, Right: map[string]int{}, Of: map[string]int{}}
}

func (m *readingMeeting) count(part string, right bool) {
	m.Of[part]++
	if right {
		m.Right[part]++
	}
}

func (m *readingMeeting) share(part string) string {
	if m.Of[part] == 0 {
		return "–"
	}
	return fmt.Sprintf("%.3f", float64(m.Right[part])/float64(m.Of[part]))
}

// TestReadings writes how pay and facts are read in the rounds that the readers
// have met.
func TestReadings(t *testing.T) {
	r, err := pipeline.NewReader("", nil)
	if err != nil {
		t.Fatal(err)
	}
	descriptions := map[string]string{}
	for _, file := range []string{"data/postings.jsonl", "data/postings_other_origins.jsonl"} {
		for _, p := range sharedtest.Lines[struct{ ID, Description string }](t, file) {
			descriptions[p.ID] = p.Description
		}
	}
	met := readMeetings(t)
	for _, first := range []struct {
		kind  string
		round int
	}{{"pay", *recordPay}, {"facts", *recordFacts}} {
		if first.round == 0 {
			continue
		}
		if slices.ContainsFunc(met, func(m readingMeeting) bool { return m.Kind == first.kind && m.Round == first.round }) {
			t.Fatalf("%s of round %d was met before", first.kind, first.round)
		}
		m := meetReadings(t, r, first.kind, first.round, descriptions)
		m.Date = time.Now().Format(time.DateOnly)
		met = append(met, m)
		appendReading(t, &m)
	}
	var today []readingMeeting
	for _, m := range met {
		now := meetReadings(t, r, m.Kind, m.Round, descriptions)
		now.Date = "today"
		today = append(today, now)
	}
	compare(t, "scoreboard-readings.md", readingsHead+readingTables("First contact", met)+readingTables("Today", today))
}

func readMeetings(t *testing.T) (met []readingMeeting) {
	t.Helper()
	data, err := os.ReadFile(readingContacts)
	if errors.Is(err, os.ErrNotExist) {
		return nil
	}
	if err != nil {
		t.Fatal(err)
	}
	for line := range bytes.Lines(data) {
		var m readingMeeting
		if err := json.Unmarshal(line, &m); err != nil {
			t.Fatal(err)
		}
		met = append(met, m)
	}
	return met
}

func appendReading(t *testing.T, m *readingMeeting) {
	t.Helper()
	line, err := json.Marshal(m)
	if err != nil {
		t.Fatal(err)
	}
	old, err := os.ReadFile(readingContacts)
	if err != nil && !errors.Is(err, os.ErrNotExist) {
		t.Fatal(err)
	}
	if err := os.WriteFile(readingContacts, append(append(old, line...), '\n'), 0o644); err != nil {
		t.Fatal(err)
	}
}

func meetReadings(t *testing.T, r *pipeline.Reader, kind string, round int, descriptions map[string]string) readingMeeting {
	t.Helper()
	if kind == "pay" {
		return meetPay(t, r, round, descriptions)
	}
	return meetFacts(t, r, round)
}

func meetPay(t *testing.T, r *pipeline.Reader, round int, descriptions map[string]string) readingMeeting {
	t.Helper()
	texts, err := corpus.PayTexts(round)
	if err != nil {
		t.Fatal(err)
	}
	m := newMeeting("pay", round, len(texts))
	for i := range texts {
		it := &texts[i]
		part := "invented"
		if it.Posting != "" {
			part, it.Text = "real", string([]rune(descriptions[it.Posting])[it.Start:it.End])
		}
		got, err := r.PayOf(it.Field, it.Text, "")
		if err != nil {
			t.Fatal(err)
		}
		want := payLine(it.Truth.Kind, it.Truth.Min, it.Truth.Max, it.Truth.Currency, it.Truth.Period, it.Truth.Basis)
		have := payLine(got.Kind, got.Min, got.Max, got.Currency, got.Period, got.Basis)
		right := want == have
		m.count("exact", right)
		m.count(part, right)
		m.count("incentives", it.Truth.Incentives == got.Incentives)
		switch {
		case it.Truth.Min == nil && it.Truth.Max == nil && (got.Min != nil || got.Max != nil):
			m.Made++
		case tenTimes(it.Truth.Min, got.Min) || tenTimes(it.Truth.Max, got.Max):
			m.TenTimes++
		}
		if (!right || it.Truth.Incentives != got.Incentives) && *show != "" {
			t.Logf("%s %s %q\n want %s %v\n got  %s %v", it.ID, it.Field, it.Text, want, it.Truth.Incentives, have, got.Incentives)
		}
	}
	return m
}

func tenTimes(want, got *float64) bool {
	return want != nil && got != nil && *want > 0 && (*got >= 9**want || *want >= 9**got)
}

func payLine(kind job.PayKind, lo, hi *float64, currency, period job.Opt, basis job.PayBasis) string {
	side := func(v *float64) string {
		if v == nil {
			return "–"
		}
		return fmt.Sprint(*v)
	}
	return fmt.Sprintf("%s %s..%s %s/%s %s", kind, side(lo), side(hi), currency, period, basis)
}

// factNames are the facts of a posting, in the order of the table.
var factNames = []string{"places", "experience", "education", "shift", "mode", "openings", "languages", "posted"}

func meetFacts(t *testing.T, r *pipeline.Reader, round int) readingMeeting {
	t.Helper()
	texts, err := corpus.FactTexts(round)
	if err != nil {
		t.Fatal(err)
	}
	m := newMeeting("facts", round, len(texts))
	for i := range texts {
		it := &texts[i]
		p := rowOf(t, it.Posting)
		pipeline.Decode(&p)
		got := r.Read(&p).Facts
		want, have := wantedFacts(&it.Truth), readFacts(&got)
		for _, name := range factNames {
			right := want[name] == have[name]
			m.count(name, right)
			if want[name] != "" {
				m.count(name+" stated", right)
			}
			if !right && *show != "" && strings.Contains("facts "+name, *show) {
				t.Logf("%s %s: want %q, got %q\n %s", it.ID, name, want[name], have[name], it.Posting)
			}
		}
	}
	return m
}

// rowOf reads a posting as a row of a file is read.
func rowOf(t *testing.T, raw json.RawMessage) (p job.Posting) {
	t.Helper()
	_, err := rows.Each(t.Context(), bytes.NewReader(raw), rows.Options{}, func(row rows.Row, err error) error {
		p = row.Posting
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func wantedFacts(w *corpus.FactTruth) map[string]string {
	var places []string
	for _, p := range w.Places {
		places = append(places, placeLine(p.City, p.State, p.Country))
	}
	var years string
	if len(w.Experience) == 2 {
		years = yearLine(w.Experience[0], w.Experience[1])
	}
	return map[string]string{
		"places": placesLine(places), "experience": years, "education": string(w.Education), "shift": strings.Trim(fmt.Sprint(w.Shift), "[]"),
		"mode": string(w.Mode), "openings": countLine(w.Openings), "languages": strings.Join(w.Languages, " "), "posted": string(w.Posted),
	}
}

func readFacts(f *job.Facts) map[string]string {
	var places []string
	for _, p := range f.Places {
		places = append(places, placeLine(p.City, p.State, p.Country))
	}
	return map[string]string{
		"places": placesLine(places), "experience": yearLine(f.Experience.Min, f.Experience.Max), "education": string(f.Education),
		"shift": strings.Trim(fmt.Sprint(f.Shift), "[]"), "mode": string(f.Mode), "openings": countLine(f.Openings),
		"languages": strings.Join(f.Languages, " "), "posted": string(f.Posted),
	}
}

// placeLine writes a place; the states of other countries are not compared.
func placeLine(city, state, country job.Opt) string {
	if country != "IN" && country != "" {
		state = ""
	}
	return strings.ToLower(string(city + "/" + state + "/" + country))
}

func placesLine(places []string) string {
	slices.Sort(places)
	return strings.Join(slices.Compact(places), "; ")
}

func yearLine(lo, hi *float64) string {
	if lo == nil && hi == nil {
		return ""
	}
	side := func(v *float64) string {
		if v == nil {
			return ""
		}
		return fmt.Sprintf("%.3g", *v)
	}
	return side(lo) + "–" + side(hi)
}

func countLine(n *int) string {
	if n == nil {
		return ""
	}
	return fmt.Sprint(*n)
}

func readingTables(name string, met []readingMeeting) string {
	var b strings.Builder
	fmt.Fprintf(&b, "\n## %s: pay\n\n| round | date | texts | exact | invented texts | real texts | incentives | out by ten | pay where none |\n|---|---|---|---|---|---|---|---|---|\n", name)
	for i := range met {
		if m := &met[i]; m.Kind == "pay" {
			fmt.Fprintf(&b, "| %d | %s | %d | %s | %s | %s | %s | %d | %d |\n", m.Round, m.Date, m.Items, m.share("exact"), m.share("invented"),
				m.share("real"), m.share("incentives"), m.TenTimes, m.Made)
		}
	}
	fmt.Fprintf(&b, "\n## %s: facts\n\n| round | date | postings | %s |\n|---|---|---%s|\n", name, strings.Join(factNames, " | "), strings.Repeat("|---", len(factNames)))
	for i := range met {
		if m := &met[i]; m.Kind == "facts" {
			fmt.Fprintf(&b, "| %d | %s | %d |", m.Round, m.Date, m.Items)
			for _, f := range factNames {
				fmt.Fprintf(&b, " %s (%s of %d) |", m.share(f), m.share(f+" stated"), m.Of[f+" stated"])
			}
			b.WriteString("\n")
		}
	}
	return b.String()
}
