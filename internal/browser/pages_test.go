//go:build unix

package browser

import (
	"strings"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// compares sets two groups against each other, of exactly what is asked for.
func compares(b *tab) {
	b.open("/pay?" + board)
	b.clickText(".tabs a", "Compare")
	b.settled("/compare?" + board)
	if got := b.text(".found"); !strings.Contains(got, "₹17,750 a month 95 % interval: ₹15,500 to ₹25,229") || !strings.Contains(got, "25 % of the KPO postings") {
		b.Errorf("BPO against KPO: %s", got)
	}
	value[any](b, `document.querySelector("#other").focus()`)
	b.press(kb.ArrowDown)
	b.until("another group", `location.search.includes("other=UNCLASSIFIED") && !document.querySelector(".htmx-request")`)
	if got := b.texts(".sides h3"); len(got) != 2 || got[1] != "unclassified" {
		b.Errorf("groups: %q", got)
	}
}

// trends draws months, what is new and closed, and how long postings stay open, each with
// its figures in a table.
func trends(b *tab) {
	b.open("/?" + board)
	b.clickText(".tabs a", "Trends")
	for _, what := range []string{"postings and pay", "new and closed", "how long they stay open"} {
		b.until("trends", `location.pathname === "/trends" && !document.querySelector(".htmx-request")`)
		b.clickText(".sorts a", what)
		b.until(what, `document.querySelector(".sorts a[aria-current]").textContent === "`+what+`" && document.querySelector("table tbody tr")`)
		if what != "how long they stay open" && !value[bool](b, `!!document.querySelector("svg[role=img]")`) {
			b.Errorf("%s has no chart", b.at())
		}
	}
}

// saves saves the search that is shown, finds it again with its feed, and forgets it.
func saves(b *tab) {
	b.open("/?" + board + "&label=BPO&text=night+shift")
	count := b.text("#count")
	b.click(`a[href^="/saved?"]`)
	b.until("the form", `location.pathname === "/saved" && document.querySelector("#name")`)
	b.do("focus", chromedp.Focus(chromedp.CSS("#name")))
	b.write("night-bpo")
	b.until("the saved search", `document.readyState === "complete" && document.querySelector("#saved-night-bpo")`)
	same(b, "the question", b.texts("#saved-night-bpo .question q"), []string{"night shift", "label: BPO", "source: naukri-chowk"})
	if feed := value[string](b, `fetch(document.querySelector("#saved-night-bpo a[type='application/rss+xml']").href).then(r => r.text())`); !strings.Contains(feed, "<rss") {
		b.Errorf("its feed is %s", feed)
	}
	if got := string(b.site.run(b.T, "saved", "list")); !strings.Contains(got, "night-bpo") {
		b.Errorf("the command lists %s", got)
	}
	b.click("#saved-night-bpo h3 a")
	b.settled("/?label=BPO&" + board + "&text=night shift")
	if again := b.text("#count"); again != count {
		b.Errorf("it finds %s, and found %s", again, count)
	}
	b.open("/saved")
	b.click("#saved-night-bpo summary")
	b.click("#saved-night-bpo form button")
	b.until("it is forgotten", `document.readyState === "complete" && location.pathname === "/saved" && !document.querySelector("#saved-night-bpo")`)
}

// health shows how sources do, and leads to their postings.
func health(b *tab) {
	b.open("/sources")
	same(b, "sources", value[[]string](b, `[...document.querySelectorAll(".source h2")].map(e => e.firstChild.textContent.trim())`), []string{"naukri-chowk"})
	if got := b.text(".source"); !strings.Contains(got, "96 seen, 96 new") {
		b.Errorf("the last run: %s", got)
	}
	// By keys: where the box of this link is depends on Chromium's version, for its hidden words have one, too.
	b.do("focus", chromedp.Focus(chromedp.CSS(".source a")))
	b.press(kb.Enter)
	b.settled("/?" + board)
}
