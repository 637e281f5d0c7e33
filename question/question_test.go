package question

import (
	"slices"
	"strings"
	"testing"

	"jobsieve/concept"
	"jobsieve/facts"
	"jobsieve/indexer"
	"jobsieve/lexicon"
	"jobsieve/pay"
)

func testReader(tb testing.TB) *Reader {
	tb.Helper()
	r, err := New(lexicon.Embedded(), facts.Standard(), pay.Standard(), concept.Standard())
	if err != nil {
		tb.Fatal(err)
	}
	return r
}

// rare is for words none of which stands in postings.
func rare(string) bool { return false }

// told writes how a question is read: [words =reading], (left out).
func told(q *Question) string {
	var out []string
	for _, p := range q.Parts {
		s := p.Typed
		if p.Corrected != "" {
			s += " ~" + p.Corrected
		}
		for _, as := range p.As {
			s += " =" + as
		}
		if p.Not {
			s += " not"
		}
		if p.Empty {
			s = "(" + s + ")"
		} else {
			s = "[" + s + "]"
		}
		out = append(out, s)
	}
	return strings.Join(out, " ")
}

func TestRead(t *testing.T) {
	r := testReader(t)
	for _, tt := range []struct{ in, want string }{
		{"plumber", "[plumber =role plumber]"},
		{"vacancies for welders in Poona", "(vacancies) (for) [welders =role welder] (in) [Poona =city Pune]"},
		{"रात की शिफ्ट", "[रात =shift night] (की) (शिफ्ट)"},
		{"raat ki shift wali naukri", "[raat =shift night] (ki) (shift) (wali naukri)"},
		{"no night shift, receptionist", "(no night shift) [receptionist =role receptionist]"},
		{"typist 0-2 years", "[typist =role typist =skill typing] [0-2 years =experience 0-2]"},
		{"15k se upar cook", "[15k se upar =pay from ₹15,000 a month] [cook =role cook]"},
		{"above 6 LPA", "[above 6 LPA =pay from ₹6,00,000 a year]"},
		{"10th pass peon", "[10th pass =education up to 10th] [peon =role office-boy]"},
		{"M.Com", "[M.Com]"},
		{"ghar baithe typing", "[ghar baithe =mode remote] [typing =skill typing]"},
		{"kannada speaking", "[kannada =language kn] (speaking)"},
		{"kpo", "[kpo =label kpo]"},
		{"AP mein", "[AP =state Andhra Pradesh] (mein)"},
		{"AP executive", "[AP executive =work accounts-payable]"},
		{"IT", "[IT]"},
		{"Go", "[Go]"},
		{`"night shift" nurse`, `["night shift"] [nurse =role nurse]`},
		{"telecaler Pune", "[telecaler ~telecaller =role telecaller] [Pune =city Pune]"},
		{"nurse -icu", "[nurse =role nurse] [-icu not]"},
		{"title:nurse city:Poona", "[title:nurse =title] [city:Poona =place]"},
		{"शहर:पूना", "[शहर:पूना =place]"},
		{"shift:night", "[shift:night =shift]"},
		{"label:bpo", "[label:bpo =label]"},
		{"recieptionist in Bangalor", "[recieptionist ~receptionist =role receptionist] (in) [Bangalor =city Bengaluru]"},
		{"US shift", "[US =shift us] (shift)"},
		{"5 saal experience", "[5 saal =experience 5] (experience)"},
		{"20 हज़ार", "[20 हज़ार =pay ₹20,000 a month]"},
		{"graduate", "[graduate =education up to graduate]"},
		{"दसवीं पास", "[दसवीं पास =education up to 10th]"},
		{"hybrid", "[hybrid =mode hybrid]"},
		{"मराठी बोलने वाले", "[मराठी =language mr] (बोलने वाले)"},
		{"बीपीओ", "[बीपीओ =label bpo]"},
		{"jobs", "[jobs]"},
		{"", ""},
		{"?!", ""},
	} {
		q, err := r.Read(tt.in, rare)
		if err != nil {
			t.Errorf("%q: %v", tt.in, err)
			continue
		}
		if got := told(q); got != tt.want {
			t.Errorf("%q is read as %s, want %s", tt.in, got, tt.want)
		}
		query := indexer.Query{Terms: q.Terms}
		if err := query.Check(); err != nil {
			t.Errorf("%q makes a query that no index answers: %v", tt.in, err)
		}
	}
}

// TestFiller wants questions of words alone that people type around what they ask for to be
// known as such.
func TestFiller(t *testing.T) {
	r := testReader(t)
	for in, want := range map[string]bool{
		"jobs": true, "jobs in *": true, "": false, "***": false, "jobs pune": false, `"jobs"`: false, "-jobs": false,
	} {
		q, err := r.Read(in, rare)
		if err != nil || q.Filler != want {
			t.Errorf("%q: %t, want %t; %v", in, q.Filler, want, err)
		}
	}
}

// TestReadingTakesNothingAway wants each term that was read to hold wherever its words
// stand, too.
func TestReadingTakesNothingAway(t *testing.T) {
	q, err := testReader(t).Read("night nurse in Poona above 20k, 2 years, 12th pass", rare)
	if err != nil {
		t.Fatal(err)
	}
	terms := q.Terms
	for _, p := range q.Parts {
		if p.Empty {
			continue
		}
		term := terms[0] // there are no choices between parts, so each has one
		terms = terms[1:]
		if len(p.As) == 0 {
			continue
		}
		first := term.Any[0]
		for _, w := range first.All {
			first.Words = append(first.Words, w.Words...)
		}
		if !slices.Equal(first.Words, indexer.Words(p.Typed)) {
			t.Errorf("%q: the first choice is %v, want its words", p.Typed, first)
		}
	}
}

func TestChoices(t *testing.T) {
	q, err := testReader(t).Read("cook OR chef Mumbai ya Pune", rare)
	if err != nil || len(q.Terms) != 2 || len(q.Terms[0].Any) != 2 || len(q.Terms[1].Any) != 2 {
		t.Errorf("%+v: %v", q, err)
	}
	many, err := testReader(t).Read("cook"+strings.Repeat(" OR chef", 20), rare)
	if err != nil || len(many.Terms) != 1 || len(many.Terms[0].Any) != 21 {
		t.Errorf("21 choices are read as %+v: %v", many, err)
	}
	query := indexer.Query{Terms: many.Terms}
	if err := query.Check(); err != nil {
		t.Error(err)
	}
	for _, wrong := range []string{`nurse "icu`, strings.Repeat("nurse ", 400)} {
		if _, err := testReader(t).Read(wrong, rare); err == nil {
			t.Errorf("%.20q is taken", wrong)
		}
	}
}

// TestCommonWordsStay has a word that is near another and stands in postings itself.
func TestCommonWordsStay(t *testing.T) {
	r := testReader(t)
	q, err := r.Read("plumbre", func(string) bool { return true })
	if err != nil || told(q) != "[plumbre]" {
		t.Errorf("%s: %v", told(q), err)
	}
}

func FuzzRead(f *testing.F) {
	for _, s := range []string{"नर्स OR cook -icu", `title:"data entry" 15k`, "या या", "-", ":", `""`, "a:b:c", "L1+ (x)"} {
		f.Add(s)
	}
	r := testReader(f)
	f.Fuzz(func(t *testing.T, s string) {
		q, err := r.Read(s, rare)
		if err != nil {
			return
		}
		query := indexer.Query{Terms: q.Terms}
		if err := query.Check(); err != nil {
			t.Errorf("%q: %v", s, err)
		}
	})
}

// TestBriefWords wants a word of two letters, where it is not read, only beside the noun
// that makes it what it is.
func TestBriefWords(t *testing.T) {
	for typed, want := range map[string][]string{"US shift": {"us", "shift"}, "रात की शिफ्ट": {"रात"}} {
		q, err := testReader(t).Read(typed, rare)
		if err != nil || len(q.Terms) != 1 || len(q.Terms[0].Any) < 2 {
			t.Fatalf("%q: %+v, %v", typed, q, err)
		}
		var words []string
		literal := q.Terms[0].Any[0]
		for _, w := range append(literal.All, literal) {
			words = append(words, w.Words...)
		}
		if !slices.Equal(words, want) {
			t.Errorf("%q: without the reading it wants %q, want %q", typed, words, want)
		}
	}
}

// BenchmarkRead reads questions of each kind; BenchmarkNew makes the reader that a
// process begins with.
func BenchmarkRead(b *testing.B) {
	r := testReader(b)
	questions := []string{"telecaller jobs in Poona", "रात की शिफ्ट", "15k se upar cook, 2-4 years", `title:nurse -icu`}
	for b.Loop() {
		for _, s := range questions {
			if q, err := r.Read(s, rare); err != nil || len(q.Understood()) == 0 {
				b.Fatalf("%q: %+v %v", s, q, err)
			}
		}
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N*len(questions)), "ns/question")
}

func BenchmarkNew(b *testing.B) {
	for b.Loop() {
		c, err := concept.New(lexicon.Embedded())
		if err == nil {
			_, err = New(lexicon.Embedded(), facts.Standard(), pay.Standard(), c)
		}
		if err != nil {
			b.Fatal(err)
		}
	}
}
