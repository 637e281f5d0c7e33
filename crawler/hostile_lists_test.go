package crawler

import (
	"fmt"
	"net/http"
	"strings"
)

// The kinds of source of the sites whose lists do not end as they should.
var (
	hostileOnePage = strings.Replace(hostileHTML, `next: "a.next@href", `, "", 1)
	hostileJSON    = hostileAPI("?page={page}", "")
	hostileTotal   = hostileAPI("?page={page}", "total: total, ")
	hostileAnswer  = hostileAPI("", "")
	hostileTwo     = strings.Replace(hostileFeed, "kind: feed,", "kind: feed, pages: 2,", 1)
)

// hostileAPI is a source of JSON.
func hostileAPI(query, total string) string {
	return "sources:\n  - {name: s, kind: json, url: \"http://BOARD/api" + query + "\", " + hostileFetch +
		", items: jobs, " + total + "columns: {id: id, title: name}}\n"
}

// byNumber answers the page of that number, the last one for ever.
func byNumber(pages ...string) func(http.Handler) http.HandlerFunc {
	return at("/api", func(w http.ResponseWriter, r *http.Request) {
		n := 1
		_, _ = fmt.Sscan(r.URL.Query().Get("page"), &n)
		fmt.Fprint(w, pages[min(n, len(pages))-1])
	})
}

// always answers the same, whatever is asked for.
func always(body string) func(http.Handler) http.HandlerFunc {
	return func(site http.Handler) http.HandlerFunc {
		return func(w http.ResponseWriter, r *http.Request) {
			if r.URL.Path == "/robots.txt" {
				site.ServeHTTP(w, r)
				return
			}
			fmt.Fprint(w, body)
		}
	}
}

// feedOf is a feed with items of these titles.
func feedOf(titles ...string) string {
	var items strings.Builder
	for i, title := range titles {
		fmt.Fprintf(&items, "<item><title>%s</title><link>/%d</link></item>", title, i+1)
	}
	return "<rss><channel>" + items.String() + "</channel></rss>"
}

// endlessFeed has one item, and always leads to another page.
func endlessFeed(http.Handler) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		fmt.Fprintf(w, `<feed><link rel="next" href="%sx"/><entry><id>%[1]s</id><title>A</title></entry></feed>`,
			r.URL.Path)
	}
}

// board serves a board of ours in place of the site.
func board(a *api) func(http.Handler) http.HandlerFunc {
	return func(http.Handler) http.HandlerFunc { return a.ServeHTTP }
}

// longIDs are five postings whose ids are one number where they are read as floats.
const longIDs = `{"jobs":[{"id":900719925474099301,"name":"A"},{"id":900719925474099302,"name":"A"},` +
	`{"id":900719925474099303,"name":"A"},{"id":900719925474099304,"name":"A"},{"id":900719925474099305,"name":"A"}]}`

const (
	apiA    = `{"jobs":[{"id":1,"name":"A"}]}`
	apiBC   = `{"jobs":[{"id":2,"name":"B"},{"id":3,"name":"C"}]}`
	apiOne  = `{"total":3,"jobs":[{"id":1,"name":"A"}]}`
	apiTwo  = `{"total":3,"jobs":[{"id":2,"name":"B"},{"id":3,"name":"C"}]}`
	apiNone = `{"total":3,"jobs":[]}`
)

var hostileLists = []hostile{
	// lists that go on
	{
		does: "the list goes on, and its source does not say how", yaml: hostileOnePage,
		pages: map[string]string{"/jobs": `<link rel=next href="/b">` + oneJob, "/1": job1},
		read:  1, says: "list.next is not set, but the list goes on: the page has a link to the next page",
	},
	{
		does:  "the list goes on by a link that its source does not name",
		pages: map[string]string{"/jobs": oneJob + `</li><a rel=next href="/b">More</a>`, "/1": job1},
		read:  1, says: "list.next finds nothing, but the list goes on: the page has a link to the next page",
	},
	{
		does: "only the second page of the list has such a link",
		pages: map[string]string{
			"/jobs": oneJob + `</li><a class=next href=/b>`, "/b": `<li><a href=/2>Two</a></li><a rel=next href="/c">`,
			"/1": job1, "/2": job2,
		},
		read: 2, says: "list.next finds nothing, but the list goes on",
	},
	{
		does: "the list's other pages are linked by their numbers alone",
		pages: map[string]string{
			"/jobs": oneJob + `</li><nav class=pagination><b>1</b> <a href="/jobs?page=2">2</a></nav>`, "/1": job1,
		},
		read: 1, says: `list.next finds nothing, but the list goes on: the page has "2"`,
	},
	{
		does: "a button loads more of the list by a script", yaml: hostileOnePage,
		pages: map[string]string{"/jobs": oneJob + `</li><button>Load more</button>`, "/1": job1},
		read:  1, says: `the page has "Load more"; a script leads there`,
	},
	{
		does:  "the link to the next list page is a place on this one",
		pages: map[string]string{"/jobs": oneJob + `<a class=next href="#">next</a>`, "/1": job1},
		read:  1, says: `("#")`,
	},
	{
		does:  "the link to the next list page does something when it is clicked",
		pages: map[string]string{"/jobs": oneJob + `<a class=next onclick="go(2)">next</a>`, "/1": job1},
		read:  1, says: "onclick=go(2)",
	},
	{
		does:  "the link to the next list page is disabled, for there is none",
		pages: map[string]string{"/jobs": oneJob + `<a class="next disabled" href="#">next</a>`, "/1": job1},
		read:  1, says: "complete",
	},
	{
		does: "the next list page is empty, and leads to another",
		pages: map[string]string{
			"/jobs": oneJob + `<a class=next href=/b>`, "/b": `<p>No more<a class=next href=/c>`, "/1": job1,
		},
		read: 1, says: "complete",
	},
	{
		does:  "the next list page is not there",
		pages: map[string]string{"/jobs": oneJob + `<a class=next href=/b>next</a>`, "/1": job1},
		read:  1, says: "404",
	},
	{
		does:  "the next list page leads to the home page",
		pages: map[string]string{"/jobs": oneJob + `<a class=next href=/b>next</a>`, "/1": job1, "/": "<p>Welcome"},
		serve: redirect("/b", "/"), read: 1, says: "leads to",
	},
	{
		does: "the next list page is a login form",
		pages: map[string]string{
			"/jobs": oneJob + `<a class=next href=/b>`, "/b": `<input type=password>`, "/1": job1,
		},
		read: 1, says: "a login form",
	},
	{
		does: "the next list page says that the site cannot answer now",
		pages: map[string]string{
			"/jobs": oneJob + `<a class=next href=/b>`, "/b": `<h1>We are under maintenance</h1>`, "/1": job1,
		},
		read: 1, says: "cannot answer now",
	},
	{
		does: "list pages lead in a circle",
		pages: map[string]string{
			"/jobs": oneJob + `<a class=next href=/b>`, "/b": `<li><a href=/2>Two</a><a class=next href=/jobs>`,
			"/1": job1, "/2": job2,
		},
		read: 2, says: "was read already",
	},

	// pages of JSON, and totals
	{
		does: "an API has null instead of a list after its last page", yaml: hostileJSON,
		serve: byNumber(apiA, `{"jobs":null}`), read: 1, says: "complete",
	},
	{
		does: "an API answers its last page for ever", yaml: hostileJSON,
		serve: byNumber(apiA, apiBC), read: 3, says: "complete",
	},
	{
		does: "an API ignores the number of the page", yaml: hostileJSON,
		serve: byNumber(apiA), read: 1, says: "does the site take {page}",
	},
	{
		does: "an API answers an error after its first page", yaml: hostileJSON,
		serve: byNumber(apiA, `{"error":"too many requests"}`), read: 1, says: "there is no list at items",
	},
	{
		does: "an API says that it failed, beside an empty list", yaml: hostileJSON,
		serve: byNumber(apiA, `{"success":false,"jobs":[]}`), read: 1, says: "answered with an error",
	},
	{
		does: "an API's JSON is cut off", yaml: hostileAnswer,
		serve: byNumber(apiOne[:30]), says: "did not answer with JSON",
	},
	{
		does:  "an API gives a part of the postings that it says it has, and its source asks once",
		yaml:  hostileAnswer,
		serve: byNumber(apiOne), read: 1, says: "the answer states 3 postings (total), and only 1 was read",
	},
	{
		does: "an API names a next page, and its source asks once", yaml: hostileAnswer,
		serve: byNumber(`{"links":{"next":"/2"},"jobs":[{"id":1,"name":"A"}]}`), read: 1,
		says: "the answer states that more pages follow (links.next)",
	},
	{
		does: "an API's pages are empty before its total is reached", yaml: hostileTotal,
		serve: byNumber(apiOne, apiNone), read: 1, says: "the board says it has 3 postings, 1 was seen",
	},
	{
		does: "an API's total rises while it is read", yaml: hostileTotal,
		serve: byNumber(apiOne, strings.Replace(apiTwo, ":3,", ":4,", 1), `{"total":4,"jobs":[{"id":4,"name":"D"}]}`),
		read:  4, says: "the board said 3 postings, then 4",
	},
	{
		does: "an API has more postings than its total", yaml: hostileTotal,
		serve: byNumber(strings.Replace(apiTwo, ":3,", ":1,", 1), `{"total":1,"jobs":[]}`), read: 2,
		says: "the board says it has 1 posting, 2 were seen",
	},
	{
		does: "an API does not have the total that its source names", yaml: hostileTotal,
		serve: byNumber(apiA, `{"jobs":[]}`), read: 1,
		says: `there is no number at total "total"`,
	},
	{
		does: "the ids of an API differ in their last digits, beyond what a float holds", yaml: hostileAnswer,
		serve: byNumber(longIDs), read: 5, says: "complete",
	},

	// boards
	{
		does: "a board's pages are shorter than asked for", yaml: boardSource("smartrecruiters"),
		serve: board(&api{total: 30, answer: apis["smartrecruiters"].answer, most: 7}), read: 30,
		says: "complete",
	},
	{
		does: "a board has entries that are no postings", yaml: boardSource("greenhouse"),
		serve: always(`{"jobs":[null,{"id":1,"title":"A"},"x",[]]}`), read: 1, rejected: "unreadable",
		says: "complete",
	},
	{
		does: "a board answers an object without a list", yaml: boardSource("greenhouse"),
		serve: always(`{"error":"gone"}`), says: `the answer has no list "jobs"`,
	},
	{
		does: "a board gives two answers in one", yaml: boardSource("greenhouse"),
		serve: always(`{"jobs":[]} {}`), says: "something follows it",
	},
	{
		does: "a board's total is too low", yaml: boardSource("greenhouse"),
		serve: always(`{"meta":{"total":1},"jobs":[{"id":1,"title":"A"},{"id":2,"title":"B"}]}`), read: 2,
		says: "it has 1 posting, 2 were seen",
	},
	{
		does: "a board's next page is a script", yaml: boardSource("teamtailor"),
		serve: always(`{"items":[{"id":"1","title":"A"}],"next_url":"javascript:next()"}`), read: 1,
		says: `names "javascript:next()" as its next page`,
	},
	{
		does: "a board has empty pages without end", yaml: boardSource("teamtailor"),
		serve: always(`{"items":[],"next_url":"/jobs.json?page=2"}`), says: "stopped after 50 pages",
	},
	{
		does: "a board's postings say that they are closed", yaml: boardSource("recruitee"),
		serve: always(`{"offers":[{"guid":"1","title":"A","description":"Type."},{"guid":"2","title":"[Closed] B"},` +
			`{"guid":"3","title":"C","description":"This position has been filled."}]}`),
		read: 1, rejected: "gone", says: "complete",
	},

	// feeds
	{
		does: "a feed is cut off", yaml: hostileFeed,
		pages: map[string]string{
			"/feed.xml": strings.TrimSuffix(feedOf("A", "B", "C"), "</link></item></channel></rss>"),
		},
		read: 2, says: "feed",
	},
	{
		does: "a feed is packed, and cut off", yaml: hostileFeed,
		pages: map[string]string{
			"/feed.xml": packed(strings.TrimSuffix(feedOf("A"), "</channel></rss>")) + packed(feedOf("B"))[:12],
		},
		read: 1, says: "cut off",
	},
	{
		does: "a feed has a < and a & that stand for themselves", yaml: hostileFeed,
		pages: map[string]string{"/feed.xml": feedOf("Age < 30", "B & C")}, read: 2, says: "complete",
	},
	{
		does: "a feed has what looks like a tag in a title", yaml: hostileFeed,
		pages: map[string]string{"/feed.xml": feedOf("C++ <T> work", "B")}, read: 2, says: "feed",
	},
	{
		does: "a feed is called UTF-8, and has a byte of windows-1252", yaml: hostileFeed,
		pages: map[string]string{"/feed.xml": feedOf("Caf\xe9", "B")}, read: 2, says: "complete",
	},
	{
		does: "a feed's pages lead in a circle", yaml: hostileFeed,
		pages: map[string]string{
			"/feed.xml": `<feed><link rel="next" href="/b"/><entry><id>1</id><title>A</title></entry></feed>`,
			"/b":        `<feed><link rel="next" href="/feed.xml"/><entry><id>2</id><title>B</title></entry></feed>`,
		},
		read: 2, says: "was read already",
	},
	{
		does: "a feed always has another page", yaml: hostileTwo,
		serve: endlessFeed, read: 2, says: "stopped after 2 pages of the feed",
	},
}
