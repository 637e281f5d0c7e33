package api

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"jobsieve/desk"
	"jobsieve/filter"
	"jobsieve/indexer/chosen"
	"jobsieve/job"
	"jobsieve/ledger"
)

// TestSearch wants what "search --json" prints.
func TestSearch(t *testing.T) {
	d := board(t)
	c := newClient(t, d)
	for name, query := range map[string]url.Values{
		"everything": {}, "words": {"text": {"voice process"}}, "several": {"label": {"BPO", "KPO"}, "not.city": {"Pune"}},
		"condition": {"where": {"pay >= 15000/month"}}, "nothing": {"text": {"zzgrmpf"}, "city": {"Pune"}},
		"hindi": {"text": {"टेलीकॉलर"}}, "empty values": {"text": {""}, "city": {" "}},
	} {
		f, err := filter.Parse(query, d.Book())
		if err != nil {
			t.Fatal(err)
		}
		want, err := d.Search(t.Context(), &f, desk.Page{Limit: 7}, chosen.Wait)
		if err != nil {
			t.Fatal(err)
		}
		body, err := desk.Marshal(want)
		if err != nil {
			t.Fatal(err)
		}
		var expected map[string]any
		if err := json.Unmarshal(body, &expected); err != nil {
			t.Fatal(err)
		}
		got := into[map[string]any](t, c.get(t, "/search?limit=7&"+query.Encode()))
		if more := want.Total > 7; (got["next"] != nil) != more {
			t.Errorf("%s: next is %v of %d", name, got["next"], want.Total)
		}
		delete(got, "next")
		if diff := cmp.Diff(expected, got); diff != "" {
			t.Errorf("%s (-command line +api):\n%s", name, diff)
		}
	}
}

// TestSearchAsOf wants a search as of a day to come to give what a search gives, page by page,
// with a note; and one as of a day before nothing.
func TestSearchAsOf(t *testing.T) {
	d := board(t)
	c := newClient(t, d)
	none := func(int) {}
	for _, query := range []string{"all=true", "sort=pay&text=voice", "text=voice+process", "label=KPO&sort=title"} {
		want, got := walk(t, c, query, none), walk(t, c, query+"&as_of=2999-12-31", none)
		if !strings.Contains(query, "sort=") && strings.Contains(query, "text=") { // in files a word that stands once has a weight of its own
			slices.Sort(want)
			slices.Sort(got)
		}
		if diff := cmp.Diff(want, got); diff != "" || len(want) < 3 {
			t.Errorf("%s (-now +as of):\n%s", query, diff)
		}
		if got := walk(t, c, query+"&as_of=2000-01-01", none); len(got) > 0 {
			t.Errorf("%s: in 2000 %v", query, got)
		}
	}
	resp := c.get(t, "/search?text=voice&as_of=2999-12-31&limit=1")
	page := into[found](t, resp)
	note, err := url.PathUnescape(resp.Header.Get(noteHeader))
	if page.AsOf != "2999-12-31" || note != desk.SaidOf(page.AsOf).String() || err != nil {
		t.Errorf("of %q: %q, %v", page.AsOf, note, err)
	}
	now := strings.Split(string(read(t, c.get(t, "/search?text=voice&format=csv&sort=pay&limit=5"))), "\n")
	then := strings.Split(string(read(t, c.get(t, "/search?text=voice&format=csv&sort=pay&limit=5&as_of=2999-12-31"))), "\n")
	if diff := cmp.Diff(now, then); diff != "" || len(now) < 4 {
		t.Errorf("CSV (-now +as of):\n%s", diff)
	}
}

// walk goes through all pages of a search, and calls between for each.
func walk(t *testing.T, c *client, query string, between func(page int)) (keys []string) {
	t.Helper()
	cursor := ""
	for page := 1; ; page++ {
		got := into[found](t, c.get(t, "/search?limit=3&"+query+"&cursor="+cursor))
		for i := range got.Hits {
			keys = append(keys, ledger.Key(got.Hits[i].Source, got.Hits[i].ID))
		}
		if got.Next == "" {
			return keys
		}
		cursor = got.Next
		between(page)
	}
}

// TestWalk goes through searches while postings are written, changed and removed: those
// that match all the while come exactly once.
func TestWalk(t *testing.T) {
	for _, query := range []string{
		"", "sort=date", "sort=pay", "sort=company", "sort=title", "text=telecaller", "text=telecaller&sort=pay", "text=-cook",
	} {
		t.Run(query, func(t *testing.T) {
			d := testDesk(t)
			var postings []job.Posting
			for i := range 12 {
				p := job.Posting{
					ID: fmt.Sprintf("p/%d é?", i), Source: "board", Title: strings.Repeat("Telecaller ", 1+i%3) + string(rune('A'+i%7)),
					Posted: fmt.Sprintf("2026-01-%02d", 1+i%5), Salary: fmt.Sprintf("%d per month", 10_000+1000*(i%4)),
				}
				if i%3 > 0 {
					p.Company = fmt.Sprintf("Company %d", i%4)
				}
				postings = append(postings, p)
			}
			store(t, d, postings...)
			c := newClient(t, d)
			keys := walk(t, c, query, func(page int) {
				extra := make([]job.Posting, 0, 3)
				for i := range 3 {
					extra = append(extra, job.Posting{
						ID: fmt.Sprintf("new-%d-%d", page, i), Source: "board", Title: strings.Repeat("Telecaller ", 1+(page+i)%3),
						Company: "Company 2", Posted: fmt.Sprintf("2026-01-%02d", 1+(page+i)%6),
					})
				}
				if page > 4 { // the walk must end
					extra = extra[:0]
				}
				store(t, d, extra...)
			})
			times := map[string]int{}
			for _, key := range keys {
				times[key]++
			}
			for i := range postings {
				if n := times[ledger.Key("board", postings[i].ID)]; n != 1 {
					t.Errorf("%s came %d times", postings[i].ID, n)
				}
			}
			for key, n := range times {
				if n > 1 {
					t.Errorf("%s came %d times", key, n)
				}
			}
		})
	}
}

// TestRelevantEnd wants a search by relevance to end where it says.
func TestRelevantEnd(t *testing.T) {
	c := newClient(t, board(t))
	f := filter.Filter{Text: "voice"}
	at := cursor{Question: digest(&f, "relevance", ""), Seen: make([]byte, mostRelevant*seenBytes)}
	resp := c.get(t, "/search?text=voice&cursor="+at.String())
	if body := string(read(t, resp)); resp.StatusCode != http.StatusBadRequest || !strings.Contains(body, "sort by date") {
		t.Errorf("%s: %s", resp.Status, body)
	}
}

// TestFaults wants every fault with its place, and what was expected.
func TestFaults(t *testing.T) {
	c := newClient(t, board(t))
	first := into[found](t, c.get(t, "/search?limit=1")).Next
	ofDay := into[found](t, c.get(t, "/search?limit=1&as_of=2030-01-31")).Next
	start, end := 16, 19
	for query, want := range map[string]fault{
		"limt=3":                         {Parameter: "limt", Detail: `did you mean "limit"?`},
		"limit=many":                     {Parameter: "limit", Value: "many", Detail: `expected a whole number from 0 to 1000, got "many"`},
		"limit=1&limit=2":                {Parameter: "limit", Detail: "is given 2 times; expected it once"},
		"sort=dat":                       {Parameter: "sort", Value: "dat", Detail: `did you mean "date"?`},
		"label=BPQ":                      {Parameter: "label", Detail: `did you mean "BPO"?`},
		"city=Pune&exact=perhaps":        {Parameter: "exact", Detail: `got "perhaps"`},
		"cursor=x":                       {Parameter: "cursor", Detail: errCursor.Error()},
		"source=bord":                    {Parameter: "source", Value: "bord", Detail: `did you mean "board"?`},
		"city=%zz":                       {Value: "city=%zz", Detail: "expected parameters as URLs have them"},
		"cursor=" + first + "&city=Pune": {Parameter: "cursor", Detail: errCursor.Error()},
		"cursor=" + ofDay:                {Parameter: "cursor", Detail: errCursor.Error()},
		"as_of=soon&text=voice":          {Parameter: "as_of", Detail: `expected a date such as 2026-01-31, got "soon"`},
		"where=city+%3D+Pune+and+pey+%3E+3": {
			Parameter: "where", Value: "city = Pune and pey > 3", Detail: `did you mean "pay"?`, Start: &start, End: &end,
		},
	} {
		resp := c.get(t, "/search?"+query)
		var p problem
		body := read(t, resp)
		if err := json.Unmarshal(body, &p); err != nil || resp.StatusCode != http.StatusBadRequest || len(p.Errors) != 1 {
			t.Errorf("%s: %s, %v: %s", query, resp.Status, err, body)
			continue
		}
		got := p.Errors[0]
		if !strings.Contains(got.Detail, want.Detail) {
			t.Errorf("%s: %q", query, got.Detail)
		}
		got.Detail = want.Detail
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", query, diff)
		}
	}
}

// FuzzSearch wants no question to be a fault of the program.
func FuzzSearch(f *testing.F) {
	for _, seed := range []string{
		"text=%22open", "where=((((", "limit=99999999999999999999", "cursor=e30", "%zz", "a;b", "city=%00%ff", "sort=", "text=-",
		"pay_min=1e400", "experience=9-1", "since=2026-13-45", "not.=x", "not.label=", "where=" + strings.Repeat("not+", 300) + "a",
	} {
		f.Add(seed)
	}
	var c *client
	f.Fuzz(func(t *testing.T, query string) {
		if c == nil {
			c = newClient(t, testDesk(t))
		}
		u := &url.URL{RawQuery: query}
		if _, err := http.NewRequestWithContext(t.Context(), http.MethodGet, "http://x"+Base+"/search?"+u.RawQuery, http.NoBody); err != nil {
			return // no request can carry it
		}
		r, _ := http.NewRequestWithContext(t.Context(), http.MethodGet, "http://x"+Base+"/search", http.NoBody)
		r.URL.RawQuery = query
		q := &question{Request: r, server: c.server, desk: c.desk()}
		o := c.search()
		if err := q.read(&o); err == nil {
			_, err = o.answer(q)
			if err != nil && problemOf(err).Status == http.StatusInternalServerError {
				t.Errorf("%q: %v", query, err)
			}
		}
	})
}

// TestVacancies wants what "search" gives of each vacancy, page by page, and CSV.
func TestVacancies(t *testing.T) {
	d := board(t)
	c := newClient(t, d)
	f := filter.Filter{Text: "voice"}
	all, err := d.Search(t.Context(), &f, desk.Page{Limit: 20}, chosen.Wait)
	if err != nil {
		t.Fatal(err)
	}
	var want, got []string
	for i := range all.Hits {
		want = append(want, ledger.Key(all.Hits[i].Source, all.Hits[i].ID))
	}
	for offset := 0; offset < len(want); offset += 3 {
		page := into[found](t, c.get(t, fmt.Sprintf("/search?text=voice&per=vacancy&limit=3&offset=%d", offset)))
		for i := range page.Hits {
			got = append(got, ledger.Key(page.Hits[i].Source, page.Hits[i].ID))
		}
		if page.Next != "" || page.More != (offset+3 < len(want)) && len(want) < 20 {
			t.Errorf("from %d: next %q, more %v", offset, page.Next, page.More)
		}
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("pages (-whole +pages):\n%s", diff)
	}
	if page := into[found](t, c.get(t, "/search?text=voice&limit=2&offset=1")); page.Next != "" || len(page.Hits) != 2 {
		t.Errorf("an offset, and next %q of %d hits", page.Next, len(page.Hits))
	}
	resp := c.get(t, "/search?text=voice&format=csv&limit=3")
	lines := strings.Split(strings.TrimSpace(string(read(t, resp))), "\n")
	if kind := resp.Header.Get("Content-Type"); kind != "text/csv; charset=utf-8" || len(lines) < 4 || !strings.HasPrefix(lines[0], "id,source,") {
		t.Errorf("%s: %v", kind, lines)
	}
	resp = c.get(t, "/search?text=voice&city=Pnue")
	if got := resp.Header[absentHeader]; len(got) != 1 || !strings.Contains(got[0], "Pnue") || resp.Header.Get(postingsHeader) != "0" {
		t.Errorf("absent: %q of %s", got, resp.Header.Get(postingsHeader))
	}
}

// TestSearchTogether wants refused what does not go together.
func TestSearchTogether(t *testing.T) {
	c := newClient(t, board(t))
	next := into[found](t, c.get(t, "/search?limit=1")).Next
	for query, want := range map[string]string{
		"per=vacancy&cursor=" + next: "pages of vacancies", "offset=0&cursor=" + next: "expected it without offset",
		"format=csv&cursor=" + next: "format=csv", "format=csv&per=vacancy": "which has every posting",
		"as_of=2030-01-31&per=vacancy": "known for today alone",
		"offset=1001":                  "from 0 to 1000", "per=person": "expected another value",
	} {
		resp := c.get(t, "/search?"+query)
		if body := string(read(t, resp)); resp.StatusCode != http.StatusBadRequest || !strings.Contains(body, want) {
			t.Errorf("%s: %s: %s", query, resp.Status, body)
		}
	}
}
