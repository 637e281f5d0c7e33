package crawler

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"jobsieve/job"
)

const (
	cardsHTML = `
sources:
  - name: s
    kind: html
    url: http://BOARD/jobs
    fetch: {delay: 1ms, private: [127.0.0.1]}
    list: {item: li, fields: {id: "@id", title: b, company: i, url: "a@href"}}
`
	pagesHTML = `
sources:
  - name: s
    kind: html
    url: http://BOARD/jobs
    fetch: {delay: 1ms, private: [127.0.0.1]}
    list: {item: li, fields: {id: "@id", title: b}}
    detail: {link: "a@href", fields: {description: p}}
`
	itemsFeed = `
sources:
  - {name: s, kind: feed, url: "http://BOARD/jobs", fetch: {delay: 1ms, private: [127.0.0.1]}}
`
)

func card(id, title, link string) string {
	return fmt.Sprintf(`<li id="%s"><b>%s</b><a href="%s">x</a>`, id, title, link)
}

func item(guid, title, link string) string {
	return fmt.Sprintf("<item><guid>%s</guid><title>%s</title><link>http://BOARD%s</link></item>", guid, title, link)
}

// readTitles crawls a site of one list and gives the titles that were handed on,
// sorted, and the gatherer.
func readTitles(t *testing.T, yaml string, pages map[string]string, g *gather) ([]string, job.Receipt) {
	t.Helper()
	host := serve(t, site(pages))
	for path, body := range pages {
		pages[path] = strings.ReplaceAll(body, "BOARD", host)
	}
	r := crawlTest(t, source(t, yaml, host), g)
	var titles []string
	for _, p := range g.postings {
		titles = append(titles, p.Title)
	}
	slices.Sort(titles)
	return titles, r
}

// TestEveryPostingMetIsCounted wants every posting of a list handed on or counted
// as repeated, and told where ids did not tell postings apart.
func TestEveryPostingMetIsCounted(t *testing.T) {
	for name, tt := range map[string]struct {
		yaml, list string
		want       string
		repeated   int
		says       string
	}{
		"a parameter that others use for visits": {cardsHTML, card("", "A", "/view?ref=A1") + card("", "B", "/view?ref=A2") + card("", "C", "/view?ref=A3"), "A B C", 0, ""},
		"and under one title":                    {cardsHTML, card("", "A", "/view?sid=1") + card("", "A", "/view?sid=2"), "A A", 0, ""},
		"and behind what looks like a title":     {cardsHTML, card("", "A", "/apply-for-job?px=1") + card("", "B", "/apply-for-job?px=2"), "A B", 0, "with the id of another one"},
		"a visit":                                {cardsHTML, card("", "A", "/jobs/123?sid=1") + card("", "A", "/jobs/123?sid=2"), "A", 1, ""},
		"routes":                                 {cardsHTML, card("", "A", "/#/job/1") + card("", "B", "/#/job/2") + card("", "C", "/#!c"), "A B C", 0, ""},
		"places on the list":                     {cardsHTML, card("", "A", "#a") + card("", "B", "#b"), "A B", 0, "with the id of another one"},
		"one address for all":                    {cardsHTML, card("", "A", "/apply") + card("", "B", "/apply"), "A B", 0, "with the id of another one"},
		"an id twice, link and title differ":     {cardsHTML, card("7", "A", "/jobs/123") + card("7", "B", "/jobs/124"), "A B", 0, "s:7, at http://HOST/jobs/124"},
		"an id three times":                      {cardsHTML, card("7", "A", "/jobs/123") + card("7", "B", "/jobs/124") + card("7", "B", "/jobs/124"), "A B", 1, "1 posting with"},
		"an id twice, the title differs":         {cardsHTML, card("7", "A", "/jobs/123") + card("7", "B", "/jobs/123"), "A", 1, "under another title or link"},
		"an id twice, the link differs":          {cardsHTML, card("7", "A", "/jobs/123") + card("7", "A", "/amp/jobs/123"), "A", 1, "under another title or link"},
		"an id twice, the company differs":       {cardsHTML, card("7", "A", "/jobs/123") + strings.Replace(card("7", "A", "/jobs/124"), "<b>", "<i>Acme</i><b>", 1) + strings.Replace(card("7", "A", "/jobs/125"), "<b>", "<i>Bolt</i><b>", 1), "A", 2, "under another title or link"},
		"a posting twice":                        {cardsHTML, card("7", "A", "/jobs/123") + card("7", "A ", "/jobs/123?utm_source=x"), "A", 1, ""},
		"ids in another case":                    {cardsHTML, card("aB", "A", "/jobs/123") + card("ab", "A", "/jobs/124"), "A A", 0, ""},
		"long ids":                               {cardsHTML, card("90071992547409931", "A", "/jobs/123") + card("90071992547409932", "A", "/jobs/123"), "A A", 0, ""},
		"a page twice":                           {pagesHTML, card("", "A", "/1") + card("", "A", "/1#top"), "A", 1, ""},
		"a page for postings with ids":           {pagesHTML, card("1", "A", "/apply") + card("2", "B", "/apply"), "A B", 0, ""},
		"pages of scripts":                       {pagesHTML, card("", "A", "/#/job/1") + card("", "B", "/#/job/2"), "A B", 0, "shown by a script"},
		"one guid":                               {itemsFeed, "<rss><channel>" + item("x", "A", "/jobs/1") + item("x", "B", "/jobs/2") + "</channel></rss>", "A B", 0, "with the id of another one"},
		"one guid and title":                     {itemsFeed, "<rss><channel>" + item("x", "A", "/jobs/1") + item("x", "A", "/jobs/2") + "</channel></rss>", "A", 1, "under another title or link"},
	} {
		t.Run(name, func(t *testing.T) {
			g := &gather{}
			titles, r := readTitles(t, tt.yaml, map[string]string{"/jobs": tt.list, "/1": "<p>Text", "/apply": "<p>Text"}, g)
			if got := strings.Join(titles, " "); got != tt.want || g.repeated != tt.repeated || !r.Complete {
				t.Errorf("%s, %d repeated, want %s, %d; %+v", got, g.repeated, tt.want, tt.repeated, r)
			}
			said := unsteady.ReplaceAllString(strings.Join(r.Problems, "\n"), "HOST")
			if !strings.Contains(said, tt.says) || tt.says == "" && said != "" {
				t.Errorf("%q, want %q", said, tt.says)
			}
			ids := map[string]bool{}
			for _, p := range g.postings {
				if ids[p.ID] {
					t.Errorf("%s was handed on twice", p.ID)
				}
				ids[p.ID] = true
			}
		})
	}
}

// TestIDsDoNotDependOnTheOrder crawls postings that share an id twice, the second
// time the other way round: each keeps its id.
func TestIDsDoNotDependOnTheOrder(t *testing.T) {
	for name, cards := range map[string][]string{
		"an id":     {card("7", "A", "/jobs/123"), card("7", "B", "/jobs/124"), card("7", "C", "/jobs/125")},
		"a place":   {card("", "A", "#a"), card("", "B", "#b"), card("", "C", "#c")},
		"a link":    {card("", "A", "/apply"), card("", "B", "/apply"), card("", "C", "/apply")},
		"some sids": {card("", "A", "/apply-for-job?sid=a"), card("", "B", "/apply-for-job?sid=b"), card("", "C", "/apply-for-job?sid=c")},
	} {
		pages := map[string]string{"/jobs": strings.Join(cards, "")}
		host := serve(t, site(pages))
		read := func(known map[string]bool) map[string]string {
			g, ids := &gather{known: known}, map[string]string{}
			crawlTest(t, source(t, cardsHTML, host), g)
			for _, p := range g.postings {
				ids[p.Title] = p.ID
			}
			return ids
		}
		first := read(nil)
		known := map[string]bool{}
		for _, id := range first {
			known[id] = true
		}
		slices.Reverse(cards)
		pages["/jobs"] = strings.Join(cards, "")
		if diff := cmp.Diff(first, read(known)); diff != "" || len(first) != 3 {
			t.Errorf("%s: %s", name, diff)
		}
	}
}
