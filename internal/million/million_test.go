package million

import (
	"bytes"
	"fmt"
	"runtime"
	"slices"
	"strings"
	"testing"

	"jobsieve/crawler/rows"
	"jobsieve/internal/sharedtest"
	"jobsieve/job"
	"jobsieve/pipeline"
)

// bases gives the postings that tests vary: the sample board's.
func bases(t *testing.T) []job.Posting {
	t.Helper()
	from, err := From(t.Context(), "")
	if err != nil {
		t.Fatal(err)
	}
	return from
}

func TestSameSeedSameBytes(t *testing.T) {
	from := bases(t)
	write := func(seed uint64) []byte {
		var b bytes.Buffer
		if err := Write(&b, New(from, Options{N: 2000, Seed: seed}).All()); err != nil {
			t.Fatal(err)
		}
		return b.Bytes()
	}
	one := write(7)
	if !bytes.Equal(one, write(7)) {
		t.Error("one seed made two files")
	}
	if bytes.Equal(one, write(8)) {
		t.Error("two seeds made one file")
	}
}

// TestRowsAreRead wants "jobsieve import" to find in a row what was made.
func TestRowsAreRead(t *testing.T) {
	made := slices.Collect(New(bases(t), Options{N: 300, Seed: 1}).All())
	made[0].Extra = []job.Member{{Key: "search", Value: []byte(`"Naukri"`)}}
	var b bytes.Buffer
	if err := Write(&b, slices.Values(made)); err != nil {
		t.Fatal(err)
	}
	n := 0
	_, err := rows.Each(t.Context(), &b, rows.Options{}, func(row rows.Row, err error) error {
		got, want := row.Posting, made[n]
		if !got.CrawledAt.Equal(want.CrawledAt) {
			t.Errorf("%s: crawled at %s, want %s", want.ID, got.CrawledAt, want.CrawledAt)
		}
		got.CrawledAt = want.CrawledAt
		if fmt.Sprint(got) != fmt.Sprint(want) {
			t.Errorf("read\n%v\nwant\n%v", got, want)
		}
		n++
		return err
	})
	if err != nil || n != len(made) {
		t.Errorf("read %d rows of %d: %v", n, len(made), err)
	}
}

// TestTextsDiffer wants no two postings to say the same, and as many to be of one title,
// employer and place as are so in real data.
func TestTextsDiffer(t *testing.T) {
	const n = 10_000
	from := bases(t)
	if path := sharedtest.Postings(); path != "" {
		more, err := From(t.Context(), path)
		if err != nil {
			t.Fatal(err)
		}
		from = append(from, more...)
	}
	texts, descriptions, ids, vacancies := map[string]bool{}, map[string]bool{}, map[string]bool{}, map[string]bool{}
	described := 0
	for p := range New(from, Options{N: n, Seed: 3}).All() {
		ids[p.ID], vacancies[vacancy(&p)], texts[textsOf(&p)[0]] = true, true, true
		if p.Description != "" {
			described++
			descriptions[p.Description] = true
		}
	}
	if len(ids) != n || len(texts) != n || len(descriptions) != described {
		t.Errorf("%d postings: %d ids, %d texts, %d of %d descriptions differ", n, len(ids), len(texts),
			len(descriptions), described)
	}
	if share := 1 - float64(len(vacancies))/n; share < 0.06 || share > 0.08 {
		t.Errorf("%.3f of the postings repeat an earlier one, want 0.07", share)
	}
}

func TestEmployers(t *testing.T) {
	const n = 20_000
	count := map[string]int{}
	m := New(bases(t), Options{N: n, Seed: 5})
	for range n {
		count[m.employers.draw(m.random)]++
	}
	counts := []int{}
	for _, c := range count {
		counts = append(counts, c)
	}
	slices.Sort(counts)
	slices.Reverse(counts)
	if len(count) < n/perEmployer || len(count) > n/perEmployer*5/4 {
		t.Errorf("%d spellings of employers, want those of %d, one in five of which has two", len(count), n/perEmployer)
	}
	// In Zipf's law the tenth has about a third of what the first has, this flat.
	if first, tenth := counts[0], counts[9]; first < n/50 || tenth*2 > first || tenth*10 < first {
		t.Errorf("the first employer has %d postings, the tenth %d", first, tenth)
	}
	names := map[string]bool{}
	for i := range uint64(200_000) {
		names[employerName(i, 0)] = true
	}
	if len(names) != 200_000 {
		t.Errorf("200,000 employers have %d names", len(names))
	}
}

func TestPlaces(t *testing.T) {
	const n = 20_000
	count := map[string]int{}
	random := New(bases(t), Options{N: n, Seed: 5}).random
	for range n {
		count[drawPlace(random).city]++
	}
	sum := upTo[len(upTo)-1]
	for _, i := range []int{0, 1, 4} {
		want := n * (upTo[i] - before(i)) / sum
		if got := count[places[i].city]; got < want*9/10 || got > want*11/10 {
			t.Errorf("%s was drawn %d times, want about %d", places[i].city, got, want)
		}
	}
	at := place{"Pune", "Maharashtra"}
	for from, want := range map[string]string{
		"": "", "Work from home": "Work from home", "Mumbai": "Pune", "Gurugram +7": "Pune +7",
		"Hybrid - Noida": "Hybrid - Pune", "Hyderabad, Telangana": "Pune, Maharashtra",
	} {
		if got := at.in(from, random); got != want {
			t.Errorf("%q became %q, want %q", from, got, want)
		}
	}
	if got := strings.Split(at.in("Kolkata|Mumbai|New Delhi", random), "|"); len(got) != 3 || got[0] != "Pune" {
		t.Errorf("three places became %q", got)
	}
}

func before(i int) int {
	if i == 0 {
		return 0
	}
	return upTo[i-1]
}

// TestPlacesAreKnown wants the program to know each city.
func TestPlacesAreKnown(t *testing.T) {
	reader, err := pipeline.NewReader("", nil)
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range places {
		found := reader.Read(&job.Posting{Title: "Clerk", Location: p.city + ", " + p.state}).Facts.Places
		if len(found) != 1 || string(found[0].City) != p.city || string(found[0].State) != p.state {
			t.Errorf("%s, %s was read as %v", p.city, p.state, found)
		}
	}
}

func TestAmounts(t *testing.T) {
	for _, c := range []struct {
		from    string
		isField bool
		rise    rise
		want    string
	}{
		{"Not disclosed", true, rise{2, formLPA}, "Not disclosed"},
		{"3-4.5 Lacs PA", true, rise{2, formKept}, "6-9 Lacs PA"},
		{"80,000-1 Lacs PA", true, rise{2, formKept}, "1,60,000-2 Lacs PA"},
		{"80,000-1 Lacs PA", true, rise{1, formLPA}, "0.8-1 LPA"},
		{"₹ 3,00,000 - 6,00,000", true, rise{2, formKept}, "₹ 6,00,000 - 12,00,000"},
		{"₹ 3,00,000 - 6,00,000", true, rise{2, formMonthly}, "₹ 50,000 - 1,00,000 a month"},
		{"₹ 3,00,000 - 6,00,000", true, rise{1, formLacs}, "3-6 Lacs PA"},
		{"3-6 LPA", true, rise{1, formRupees}, "₹ 3,00,000 - 6,00,000 PA"},
		{"₹ 1,20,000 a month", true, rise{0.5, formLacs}, "₹ 60,000 a month"},
		{"5-6 Lacs PA (Including Variable: 10%)", true, rise{2, formKept}, "10-12 Lacs PA (Including Variable: 10%)"},
		{"Rs. 20,000 with 5000 clients in 24 hours", false, rise{2, formLPA}, "Rs. 40,000 with 5000 clients in 24 hours"},
		{"12k to 15k in hand", false, rise{2, formKept}, "24k to 30k in hand"},
		{"up to 5 LPA; managers 5 yrs. 9 people", false, rise{2, formLacs}, "up to 10 Lacs PA; managers 5 yrs. 9 people"},
	} {
		if got := c.rise.in(c.from, c.isField); got != c.want {
			t.Errorf("%q by %v became %q, want %q", c.from, c.rise, got, c.want)
		}
	}
}

func TestYears(t *testing.T) {
	for from, want := range map[string]string{
		"2-5 Yrs": "4-7 Yrs", "1 to 3 years, 24 months": "3 to 5 years, 24 months", "10+ years": "12+ years",
		"yes, 5 people": "yes, 5 people", "": "",
	} {
		if got := years(2).in(from); got != want {
			t.Errorf("%q became %q, want %q", from, got, want)
		}
	}
	if got := years(-1).in("0-2 Yrs"); got != "0-1 Yrs" {
		t.Errorf("a year less than 0-2 became %q", got)
	}
}

func TestSentences(t *testing.T) {
	for from, want := range map[string][]string{
		"":                                 nil,
		"One thing":                        {"One thing"},
		"One. Two, three.\n\n- Four\nFive": {"One", "Two, three", "- Four", "Five"},
		"Plans work,Answers calls, mails":  {"Plans work", "Answers calls, mails"},
		"कॉल करना। रिपोर्ट लिखना।": {"कॉल करना", "रिपोर्ट लिखना।"},
	} {
		of := sentencesOf(from)
		if !slices.Equal(of.sentences, want) {
			t.Errorf("%q: sentences %q, want %q", from, of.sentences, want)
		}
		if joined(of.sentences, of.between) != from {
			t.Errorf("%q was put together as %q", from, joined(of.sentences, of.between))
		}
	}
}

// TestHoldsNoMore wants what a maker holds not to grow with what it has made.
func TestHoldsNoMore(t *testing.T) {
	const early, late, most = 2000, 10_000, 200_000
	held := func() uint64 {
		var m runtime.MemStats
		runtime.GC()
		runtime.ReadMemStats(&m)
		return m.HeapAlloc
	}
	n, first := 0, uint64(0)
	m := New(bases(t), Options{N: late, Seed: 1})
	for range m.All() {
		if n++; n == early {
			first = held()
		}
	}
	if last := held(); last > first+most {
		t.Errorf("after %d postings %d bytes were held, after %d %d", early, first, late, last)
	}
	runtime.KeepAlive(m)
}
