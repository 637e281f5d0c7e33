package show

import (
	"bytes"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"jobsieve/config"
	"jobsieve/crawler"
	"jobsieve/desk"
	"jobsieve/indexer"
	"jobsieve/indexer/chosen"
	"jobsieve/indexer/elastic"
	"jobsieve/job"
	"jobsieve/ledger"
	"jobsieve/pipeline"
	"jobsieve/question"
)

// hostile is a text from outside that would colour a terminal.
const hostile = "Clerk\x1b[31m"

var day = time.Date(2026, 11, 1, 6, 30, 0, 0, time.UTC)

func receipt(change func(*job.Receipt)) *job.Receipt {
	r := &job.Receipt{Source: "acme", Started: day, Finished: day.Add(2 * time.Second), Complete: true}
	r.Seen, r.New, r.Unchanged = 3, 2, 1
	if change != nil {
		change(r)
	}
	return r
}

func answer(a *indexer.Answer) *desk.Answer {
	out := &desk.Answer{Found: &chosen.Found{Answer: a}}
	for i := range a.Hits {
		out.Hits = append(out.Hits, desk.Card{Hit: a.Hits[i]})
	}
	return out
}

// TestShow shows what the desk gives, and wants what people see.
func TestShow(t *testing.T) {
	for name, tt := range map[string]struct {
		show func(*Printer) error
		want string
	}{
		"no hit": {func(w *Printer) error { return w.Answer(answer(&indexer.Answer{})) },
			"No posting matches. Fewer words find more.\n"},
		"no hit but for one part": {func(w *Printer) error {
			a := answer(&indexer.Answer{})
			a.Wider = []desk.Wider{{Without: []string{"--city", "New\x1b Town"}, Total: 1200}, {Total: 1}}
			return w.Answer(a)
		}, "No posting matches all of it.\nWithout --city 'New Town': 1200 postings.\n" +
			"Without quotation marks: 1 posting.\n"},
		"a hit": {func(w *Printer) error {
			a := answer(&indexer.Answer{
				Total:  1,
				Hits:   []indexer.Hit{{ID: "a:1", Title: hostile, Company: "Acme", Label: "BPO", Place: "Pune"}},
				Facets: map[string][]indexer.Count{"city": {{Value: "Pune", Count: 1}}},
			})
			a.Understood = []question.Part{
				{Typed: "jobs in", Empty: true}, {Typed: "poona", As: []string{"city Pune"}}, {Typed: "clrek", Corrected: "clerk"},
			}
			a.Less = 2
			return w.Answer(a)
		}, "Read as, or the words themselves: poona = city Pune; clrek = clerk?. --exact takes the words alone.\n" +
			"Left out: jobs in.\n" +
			"No posting has all of it. 1 posting has all but 2 parts.\n" +
			"id   title      company  label  function  place  pay  posted\n" +
			"───  ─────────  ───────  ─────  ────────  ─────  ───  ──────\n" +
			"a:1  Clerk[31m  Acme     BPO              Pune\n" +
			"label: \nfunction: \ncity: Pune 1\n"},
		"labels": {func(w *Printer) error {
			return w.Labels([]desk.LabelCount{
				{LabelFunctions: job.LabelFunctions{Label: job.BPO, Functions: []job.Function{"back-office", "hr"}},
					Postings: 2, ByFunction: map[job.Function]int{"back-office": 2}},
				{LabelFunctions: job.LabelFunctions{Label: job.Unclassified, Functions: []job.Function{job.FunctionNone}},
					Postings: 1, ByFunction: map[job.Function]int{job.FunctionNone: 1}},
			})
		}, "\nLabels\n" +
			"label         function     postings\n" +
			"────────────  ───────────  ────────\n" +
			"BPO                               2\n" +
			"              back-office         2\n" +
			"UNCLASSIFIED                      1\n"},
		"impact": {func(w *Printer) error {
			m := desk.NewImpact(1)
			bpo := &ledger.Reading{Verdict: job.Verdict{Label: job.BPO}, Pay: job.Pay{Kind: job.PayNone}}
			kpo := &ledger.Reading{
				Verdict: job.Verdict{Label: job.KPO, Evidence: []job.Evidence{{Rule: "clerk"}}}, Pay: bpo.Pay,
				Facts: job.Facts{Readings: []job.FactSpan{{Fact: "shift", Value: "night"}, {Fact: "shift", Value: "day"}}},
			}
			m.Add(&job.Posting{ID: "1", Title: hostile}, bpo, kpo)
			m.Add(&job.Posting{ID: "2"}, bpo, kpo)
			m.Add(&job.Posting{ID: "3"}, bpo, bpo)
			w.Impact(m)
			return nil
		}, "2 of 3 postings change their label\n\nBPO → KPO: 2\n  1: Clerk[31m (clerk)\n" +
			"\nshift: 2 are read otherwise\n  1: Clerk[31m (– → night; day)\n"},
		"no run": {func(w *Printer) error { return w.Runs(nil) }, "No run was recorded.\n"},
		"runs": {func(w *Printer) error {
			return w.Runs([]job.Receipt{*receipt(nil), *receipt(func(r *job.Receipt) {
				r.Complete, r.Why, r.Offline = false, "the site is closed", true
			})})
		}, "STARTED           SOURCE  SEEN  NEW  CHANGED  UNCHANGED  REJECTED  PAGES  HOW IT ENDED\n" +
			"2026-11-01 06:30  acme    3     2    0        1          0         0      complete\n" +
			"2026-11-01 06:30  acme    3     2    0        1          0         0      the site is closed (pages read again)\n"},
		"healthy": {func(w *Printer) error {
			w.Health(&desk.Health{Source: "acme", Last: receipt(nil), Usual: 4})
			return nil
		},
			"acme: 2026-11-01 06:30, 3 seen, usually 4\n  ok\n"},
		"unhealthy": {func(w *Printer) error {
			w.Health(&desk.Health{Source: "acme", Problems: []string{"it was never read"}})
			return nil
		}, "acme:\n  it was never read\n"},
		"disabled": {func(w *Printer) error { w.Health(&desk.Health{Source: "acme", Disabled: true}); return nil },
			"acme:\n  disabled\n"},
		"status": {func(w *Printer) error {
			held := 1
			return w.Status(&chosen.Status{
				Index: "embedded", Deliveries: ledger.Deliveries{Taken: 4, Delivered: 2, Waiting: 1, Refused: 1}, Held: &held,
				Differs: "1 document is missing", Mend: "jobsieve index rebuild", Drift: []string{"title should be text"},
			})
		}, "index embedded: 4 documents = 2 delivered + 1 waiting + 1 refused\n" +
			"the index holds 1 document\n" +
			"The index is not the ledger's: 1 document is missing. To mend it: jobsieve index rebuild\n" +
			"mapping: title should be text\n" +
			"The mapping is not this program's. To mend it: jobsieve index rebuild\n"},
		"status of a server": {func(w *Printer) error {
			return w.Status(&chosen.Status{
				Index: "http://es:9200", Server: "es-1, Elasticsearch 8.19.21", Name: "jobs-000001",
				Health: &elastic.Health{Status: "green", Nodes: 3, Active: 2},
			})
		}, "index http://es:9200: 0 documents = 0 delivered + 0 waiting + 0 refused\n" +
			"server es-1, Elasticsearch 8.19.21; index jobs-000001\n" +
			"its copies: green, 2 of 2 copies of its shards there, 0 being made, on 3 nodes\n"},
		"server away": {func(w *Printer) error {
			return w.Status(&chosen.Status{Index: "http://es:9200", Error: "connection refused"})
		}, "index http://es:9200: 0 documents = 0 delivered + 0 waiting + 0 refused\n" +
			"not reached: connection refused\n"},
		"deliveries": {func(w *Printer) error {
			held := 1
			w.Deliveries(&chosen.Status{
				Deliveries: ledger.Deliveries{Taken: 1, Delivered: 1}, Held: &held,
				Differs: "1 document is missing", Mend: "mend it",
			})
			return nil
		}, "1 document = 1 delivered + 0 waiting + 0 refused\n" +
			"The index is not the ledger's: it holds 1 document; 1 document is missing. To mend it: mend it\n"},
		"replies": {func(w *Printer) error {
			total := 1200
			board := &config.Source{Name: "acme", Kind: config.KindATS, Platform: "greenhouse", Disabled: true}
			return w.Replies([]crawler.Reply{
				{Source: board, State: crawler.ReplyAnswers, Here: 100, Total: &total, Moved: "https://a.example/" + hostile},
				{Source: &config.Source{Name: "feed", Kind: config.KindFeed}, State: crawler.ReplyRobots, Why: "robots.txt does not allow it"},
			})
		}, "SOURCE           ON          ANSWER   POSTINGS  FIRST PAGE\n" +
			"───────────────  ──────────  ───────  ────────  ──────────\n" +
			"acme (disabled)  greenhouse  answers      1200         100\n" +
			"feed             feed        robots          –           0\n\n" +
			"acme: it leads to https://a.example/Clerk[31m\n" +
			"  it is read where it is now; write the new address, or the account in it, into the source\n" +
			"feed: robots.txt does not allow it\n" +
			"  ask the site's owner, or leave the source out\n" +
			"2 sources: answers 1, robots 1; 1 is disabled: a run leaves these out until their line disabled: true is removed\n"},
		"preview": {func(w *Printer) error {
			w.Preview(&config.Source{}, &crawler.Preview{
				Postings: []job.Posting{
					{ID: "1", Title: hostile, Company: "Acme", URL: "https://acme.example/1",
						Description: strings.Repeat("long ", 40)},
					{ID: "2", Title: "Typist"},
				},
				Rejected: map[job.Rejection]int{job.RejectCountry: 2},
			})
			return nil
		}, "1\n  title        Clerk[31m\n  company      Acme\n" +
			"  description  " + strings.Repeat("long ", 32) + "…\n  url          https://acme.example/1\n" +
			"2\n  title        Typist\n" +
			"2 postings read (country 2)\n" +
			"In none of them: location, experience, salary, skills\n" +
			"Not in all: company (1 of 2), description (1 of 2)\n"},
	} {
		t.Run(name, func(t *testing.T) { shows(t, tt.show, tt.want) })
	}
}

// shows wants a printer to write a text to something that is no terminal.
func shows(t *testing.T, show func(*Printer) error, want string) {
	t.Helper()
	var out bytes.Buffer
	w := &Printer{Out: &out, Command: func(args ...string) string { return "jobsieve " + strings.Join(args, " ") }}
	if err := show(w); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, out.String()); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// TestReceipt shows what came from a source.
func TestReceipt(t *testing.T) {
	for name, tt := range map[string]struct {
		change func(*job.Receipt)
		want   string
	}{
		"plain": {nil, "acme: 3 seen = 2 new + 0 changed + 1 unchanged + 0 rejected; 2s\n"},
		"cut off": {func(r *job.Receipt) {
			r.Complete, r.CutOff, r.Why = false, true, "it was asked to stop"
			r.Problems = []string{"it was asked to stop", hostile}
		}, "acme: 3 seen = 2 new + 0 changed + 1 unchanged + 0 rejected; 2s\n" +
			"  not complete: it was asked to stop\n  the next run resumes from here\n  Clerk[31m\n"},
		"everything": {func(r *job.Receipt) {
			r.Repeated, r.Rejected, r.Pages, r.NotModified, r.Replayed, r.Waits, r.Cut = 1, 4, 2, 3, 4, 5, 1
			r.Reasons = map[job.Rejection]int{job.RejectNoIndex: 1, job.RejectCountry: 3}
			r.Waited = 1234 * time.Millisecond
		}, "acme: 3 seen = 2 new + 0 changed + 1 unchanged + 4 rejected (country 3, noindex 1) + 1 repeated; " +
			"2 list pages, 3 pages not modified, 4 pages kept from before, waited 1.2s in 5 pauses; 2s\n" +
			"  1 with a text so long that only its beginning was read; all of it is kept\n"},
		"states": {func(r *job.Receipt) {
			r.Turned = map[job.State]int{job.StateClosed: 3, job.StateOpen: 1, job.StateUnknown: 2}
		}, "acme: 3 seen = 2 new + 0 changed + 1 unchanged + 0 rejected; 3 closed, 1 open again, 2 perhaps open no more; 2s\n"},
		"an import has no pages": {func(r *job.Receipt) { r.Source, r.Pages = "import", 9 },
			"import: 3 seen = 2 new + 0 changed + 1 unchanged + 0 rejected; 2s\n"},
	} {
		t.Run(name, func(t *testing.T) {
			shows(t, func(w *Printer) error { w.Receipt(receipt(tt.change)); return nil }, tt.want)
		})
	}
}

// TestSummary shows what a run did, and what to do about what the index has not
// taken.
func TestSummary(t *testing.T) {
	const took = "2.5s in all, 500ms of it for the index\n"
	for name, tt := range map[string]struct {
		sum     pipeline.Summary
		stopped bool
		want    string
	}{
		"well":    {pipeline.Summary{}, false, ""},
		"refused": {pipeline.Summary{Refused: 2}, false, "Index: 2 documents refused; see: jobsieve index refused\n"},
		"away": {pipeline.Summary{Waiting: 1, IndexError: "no route"}, false, "Index: 1 document waiting: no route\n" +
			"Nothing is lost: the ledger keeps it. When the index answers again: jobsieve index sync\n"},
		"stopped": {pipeline.Summary{Waiting: 1, IndexError: "cancelled"}, true,
			"Index: 1 document waiting: the run was asked to stop\n" +
				"Nothing is lost: the ledger keeps it. To deliver it: jobsieve index sync\n"},
		"differs": {pipeline.Summary{IndexError: "1 document is missing"}, false, "Index: 1 document is missing\n"},
	} {
		t.Run(name, func(t *testing.T) {
			tt.sum.Took, tt.sum.Indexing = 2500*time.Millisecond, 500*time.Millisecond
			shows(t, func(w *Printer) error { w.Summary(&tt.sum, tt.stopped); return nil }, took+tt.want)
		})
	}
}
