package desk

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"jobsieve/job"
	"jobsieve/ledger"
	"jobsieve/trust"
)

// signalsOf gives the ids of the postings that give signals of some kinds, with each
// kind and why.
func signalsOf(t *testing.T, d *Desk, kinds ...trust.Kind) (found []string, counts *SignalCounts) {
	t.Helper()
	counts, err := d.Signals(t.Context(), all, kinds, never, func(s *Signalled) error {
		for i := range s.Signals {
			g := &s.Signals[i]
			found = append(found, strings.TrimSuffix(fmt.Sprintf("%s %s %s%s", s.ID, g.Kind, g.Text, g.Because), " "))
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return found, counts
}

// TestSignalsOfTexts finds what one posting tells by itself, for its kind alone.
func TestSignalsOfTexts(t *testing.T) {
	d := testDesk(t,
		job.Posting{ID: "a", Source: "acme", Title: "Telecaller", Description: "Registration fee Rs 500. WhatsApp xxxxxxxxxx"},
		job.Posting{ID: "b", Source: "acme", Title: "Telecaller", Description: "No registration fee. Call or WhatsApp xxxxxxxxxx"},
	)
	got, counts := signalsOf(t, d, trust.Kinds...)
	want := []string{"a fee Registration fee", "a messenger_only WhatsApp xxxxxxxxxx"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
	of := map[trust.Kind]int{
		trust.Fee: 1, trust.MessengerOnly: 1, trust.PayFarAbove: 0, trust.Reposted: 0, trust.ManyCompanies: 0,
	}
	if diff := cmp.Diff(&SignalCounts{Looked: 2, Signalled: 1, Of: of}, counts); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
	if got, _ := signalsOf(t, d, trust.Fee); len(got) != 1 {
		t.Errorf("%q, and only fees are asked for", got)
	}
}

// TestPayFarAbove measures an offer by those of its function: 50 of up to 20,000 rupees
// a month, so that three times that is the bound.
func TestPayFarAbove(t *testing.T) {
	postings := func(others int) (out []job.Posting) {
		for i := range others {
			out = append(out, job.Posting{ID: fmt.Sprint("usual-", i), Source: "acme", Title: "Telecaller", Salary: "15000 - 20000 per month"})
		}
		return append(out,
			job.Posting{ID: "above", Source: "acme", Title: "Telecaller", Salary: "50000 - 60001 per month"},
			job.Posting{ID: "at", Source: "acme", Title: "Telecaller", Salary: "50000 - 60000 per month"},
		)
	}
	got, _ := signalsOf(t, testDesk(t, postings(48)...), trust.PayFarAbove)
	if len(got) != 1 || !strings.HasPrefix(got[0], "above pay_far_above 50000 - 60001 per month7,20,012 rupees a year") ||
		!strings.HasSuffix(got[0], "are of 2,40,000 or less (50 offers)") {
		t.Errorf("got %q", got)
	}
	if got, _ := signalsOf(t, testDesk(t, postings(47)...), trust.PayFarAbove); len(got) > 0 {
		t.Errorf("got %q, and there are too few offers to compare", got)
	}
}

// TestReposted wants more than five days, over more than 60.
func TestReposted(t *testing.T) {
	d := testDesk(t)
	post := func(title string, days ...string) {
		for _, day := range days {
			for _, board := range []string{"one", "other"} { // the same day twice counts once
				storePosted(t, d, &job.Posting{
					ID: title + day + board, Source: "acme", Title: title, Company: "Acme", Location: "Pune", Posted: day,
				})
			}
		}
	}
	often := []string{"2026-01-01", "2026-01-15", "2026-02-01", "2026-02-15", "2026-03-01"}
	post("Cook", often...)
	post("Telecaller", append(often, "2026-03-03")...)
	post("Typist", append(often, "2026-03-02")...) // 60 days
	write(t, d, func(l *ledger.Ledger) error {
		_, err := l.GroupVacancies(t.Context(), nil)
		return err
	})
	got, counts := signalsOf(t, d, trust.Reposted)
	if counts.Of[trust.Reposted] != 12 || !strings.HasPrefix(got[0], "Telecaller2026-01-01one reposted") ||
		!strings.HasSuffix(got[0], "on 6 days from 2026-01-01 to 2026-03-03") {
		t.Errorf("%v, got %q", counts.Of, got)
	}
}

// storePosted stores a posting with its date.
func storePosted(t *testing.T, d *Desk, p *job.Posting) {
	t.Helper()
	reader, err := d.Reader()
	if err != nil {
		t.Fatal(err)
	}
	reading := reader.Read(p)
	write(t, d, func(l *ledger.Ledger) error {
		_, err := l.Store(t.Context(), nil, []ledger.Entry{{
			Posting: *p, Seen: time.Unix(1_790_000_000, 0), Reading: &reading, Posted: p.Posted, PostedHow: job.DateStated,
		}})
		return err
	})
}

// TestManyCompanies wants one long text under five employers; spellings of one count
// once, and contacts make no difference.
func TestManyCompanies(t *testing.T) {
	long := strings.Repeat("Answer calls of customers and write down what they want. ", 5)
	post := func(text string, companies ...string) (out []job.Posting) {
		for i, c := range companies {
			out = append(out, job.Posting{
				ID: fmt.Sprint(c, i), Source: "acme", Title: "Telecaller", Company: c,
				Description: text + "HR: " + strings.Repeat("x", 8+i),
			})
		}
		return out
	}
	names := []string{"Acme", "ACME Pvt Ltd", "Bolt", "Cord", "Dune"}
	if got, _ := signalsOf(t, testDesk(t, post(long, names...)...), trust.ManyCompanies); len(got) > 0 {
		t.Errorf("four employers: got %q", got)
	}
	names = append(names, "Echo")
	got, counts := signalsOf(t, testDesk(t, post(long, names...)...), trust.ManyCompanies)
	if counts.Of[trust.ManyCompanies] != 6 || !strings.HasPrefix(got[0], "ACME Pvt Ltd1 many_companies postings of 5 employers") {
		t.Errorf("%v, got %q", counts.Of, got)
	}
	if got, _ := signalsOf(t, testDesk(t, post(long[:150], names...)...), trust.ManyCompanies); len(got) > 0 {
		t.Errorf("a short text: got %q", got)
	}
}

// TestExplainedSignals wants the signals of a text, and the reading without them.
func TestExplainedSignals(t *testing.T) {
	e, err := testDesk(t).ExplainText(job.Posting{Title: "Typist", Description: "Registration fee Rs 500"})
	if err != nil || len(e.Signals) != 1 || e.Signals[0].Text != "Registration fee" {
		t.Errorf("%v, %+v", err, e.Signals)
	}
}
