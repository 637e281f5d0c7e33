//go:build unix

package browser

import (
	"fmt"
	"strings"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// board is the filter of the sample board alone.
const board = "source=naukri-chowk"

// searches asks in English, Hindi and Hinglish by typing, and wants the page to say how each
// question was understood, and how many postings there are.
func searches(b *tab) {
	for _, tt := range []struct{ text, first string }{
		{"night shift pune", "Remove night shift = shift: night"},
		{"पुणे में ग्राहक सेवा", "Remove पुणे = city: Pune"},
		{"telecaller noida 15k se upar", "Remove telecaller = role: telecaller"},
	} {
		b.open("/?" + board)
		before := b.text("#count")
		value[any](b, `document.querySelector("#text").focus()`)
		b.write(tt.text)
		b.settled("/?" + board + "&text=" + tt.text)
		if got := b.texts(".chip"); len(got) < 2 || got[0] != tt.first {
			b.Errorf("%s: understood as %q, want %q first", tt.text, got, tt.first)
		}
		if after := b.text("#count"); after == before || after == "" {
			b.Errorf("%s: %q after %q", tt.text, after, before)
		}
		if got := len(b.texts(".card h3 a")); got == 0 {
			b.Errorf("%s: no posting is shown", tt.text)
		}
		if got := value[string](b, `document.querySelector("#count").getAttribute("aria-live")`); got != "polite" {
			b.Errorf("the count is %q to screen readers", got)
		}
	}
}

// chips takes parts of a question back, and gets them again by going back.
func chips(b *tab) {
	b.open("/?" + board + "&text=night+shift+pune&label=BPO")
	all := []string{"Remove night shift = shift: night", "Remove pune = city: Pune", "Remove label: BPO", "Remove source: naukri-chowk"}
	same(b, "chips", b.texts(".chip"), all)
	b.clickText(".chip", all[0])
	b.settled("/?label=BPO&" + board + "&text=pune")
	same(b, "chips", b.texts(".chip"), all[1:])
	b.clickText(".chip", "Remove label: BPO")
	b.settled("/?" + board + "&text=pune")
	same(b, "chips", b.texts(".chip"), []string{all[1], all[3]})
	few := b.text("#count")
	value[any](b, `history.back()`)
	b.settled("/?label=BPO&" + board + "&text=pune")
	b.until("the chip again", `document.querySelectorAll(".chip").length === 3 && document.querySelector("#text").value === "pune"`)
	same(b, "chips", b.texts(".chip"), all[1:])
	value[any](b, `history.forward()`)
	b.settled("/?" + board + "&text=pune")
	b.until("the count again", fmt.Sprintf(`document.querySelector("#count").textContent === %q`, few))
}

// facets chooses values, and wants as many postings as stood beside them.
func facets(b *tab) {
	b.open("/?" + board)
	for _, value := range []string{"BPO", "KPO"} {
		b.click(`input[name="label"][value="` + value + `"]`)
		b.until(value, fmt.Sprintf(`location.search.includes("label=%s") && !document.querySelector(".htmx-request")`, value))
	}
	same(b, "labels", b.texts(".label")[:1], []string{"BPO"})
	if got := b.text("#count"); got != "68 postings" {
		b.Errorf("BPO and KPO: %s", got)
	}
	same(b, "counts", b.texts(`label:has(input[name="label"]) .n`), []string{"39", "29", "28"})
	b.click(`input[name="label"][value="KPO"]`)
	b.until("39", `document.querySelector("#count").textContent === "39 postings"`)
	b.settled("/?label=BPO&" + board)
	if focus := value[string](b, `document.activeElement.value`); focus != "KPO" {
		b.Errorf("the focus is lost: it is at %q", focus)
	}
	b.click("#facet-more > summary")
	value[any](b, `document.querySelector("input[name=pay_min]").focus()`)
	b.write("30000")
	b.until("pay", `location.search.includes("pay_min=30000") && !document.querySelector(".htmx-request")`)
	if got := b.text("#count"); !strings.HasSuffix(got, "postings") || got == "39 postings" {
		b.Errorf("from ₹30,000: %s", got)
	}
}

// sorts orders postings, and turns pages.
func sorts(b *tab) {
	b.open("/?" + board)
	b.clickText(".sorts a", "title")
	b.settled("/?sort=title&" + board)
	first := b.texts(".card h3 a")
	b.click(`a[rel="next"]`)
	b.settled("/?offset=20&sort=title&" + board)
	b.until("the second page", `document.querySelector(".cards").start === 21`)
	if value[int](b, `scrollY`) != 0 {
		b.Error("the second page is not read from its top")
	}
	if second := b.texts(".card h3 a"); len(second) != 20 || second[0] == first[0] {
		b.Errorf("the second page begins with %q, the first with %q", second, first)
	}
	b.click(`a[rel="prev"]`)
	b.settled("/?sort=title&" + board)
	same(b, "the first page", b.texts(".card h3 a"), first)
}

// fault gives marks of a posting that say nothing, or another thing than where they lead.
const markFaults = `[...document.querySelectorAll("sup a")].filter(a => {
	let marked = a.closest("sup").previousElementSibling
	while (marked.tagName === "SUP") marked = marked.previousElementSibling
	const says = [...document.querySelectorAll(".number")].filter(n => n.hash === "#" + a.id).map(n => n.closest("li"))
	return says[0] !== document.querySelector(a.hash)?.closest("li") ||
		!says.every(li => li.querySelector("q").textContent.endsWith(marked.textContent))
}).map(a => a.outerHTML)`

// postings looks at the evidence of postings: each mark in the text leads to what it says,
// which quotes it, and names a rule, and leads back.
func postings(b *tab) {
	b.open("/?" + board + "&text=international+voice+airline")
	b.click(".card h3 a")
	b.settled("/posting/naukri-chowk/naukri-chowk:nc-001")
	for _, view := range []string{"/posting/naukri-chowk/naukri-chowk:nc-001", "/posting/naukri-chowk/naukri-chowk:nc-005", "/posting/hostile/h-1"} {
		b.open(view)
		same(b, "marks that lead astray", value[[]string](b, markFaults), []string{})
		if n := len(b.texts("mark")); n < 5 {
			b.Errorf("%s has %d marks", view, n)
		}
		rules := value[[]string](b, `[...document.querySelectorAll(".criterion + .said > li:has(.number)")].map(e => e.textContent).filter(s => !/rule [a-z0-9-]+, weight -?[0-9.]+/.test(s))`)
		same(b, "evidence without a rule", rules, []string{})
	}
	b.open("/posting/naukri-chowk/naukri-chowk:nc-001")
	b.click("#mark-2")
	b.until("the mark's meaning", `location.hash === "#why-2" && document.querySelector(":target").id === "why-2"`)
	if got := b.text("li:has(#why-2)"); !strings.Contains(got, "Take inbound calls rule phone-duties, weight 0.8") {
		b.Errorf("mark 2 says %q", got)
	}
	b.click("#why-2")
	b.until("the mark", `location.hash === "#mark-2"`)
}

// pays looks at the chart of pay: it says how many postings it rests on, and its table does.
func pays(b *tab) {
	b.open("/?" + board)
	b.clickText(".tabs a", "Pay")
	b.settled("/pay?" + board)
	b.until("the chart", `document.querySelector("svg[role=img]")`)
	if got := b.text(".pay > p"); !strings.HasPrefix(got, "79 of 96 postings state pay that counts (82 %).") {
		b.Errorf("pay rests on %q", got)
	}
	b.clickText(".sorts a", "kind of work")
	b.settled("/pay?by=function&" + board)
	b.until("the groups", `document.querySelector("svg[role=img]").textContent.includes("medical services")`)
	b.clickText(".sorts a", "a year")
	b.settled("/pay?by=function&period=year&" + board)
	b.until("the year", `document.querySelector("svg[role=img]").textContent.includes("rupees a year")`)
	b.click(".pay details > summary")
	if rows := value[int](b, `document.querySelectorAll(".pay details[open] tbody tr").length`); rows < 3 {
		b.Errorf("the table has %d rows", rows)
	}
	unnamed := value[[]string](b, `[...document.querySelectorAll("svg[role=img]")].filter(s => s.getAttribute("aria-labelledby").split(" ").some(id => !document.getElementById(id)?.textContent)).map(s => s.outerHTML.slice(0, 80))`)
	same(b, "charts without a name", unnamed, []string{})
}

// scriptless does without scripts what the others do with them.
func scriptless(b *tab) {
	off := emulation.SetScriptExecutionDisabledParams{Value: true}
	if _, err := chromedp.Call(b.ctx, emulation.SetScriptExecutionDisabled, off); err != nil {
		b.Fatal(err)
	}
	b.open("/?" + board)
	b.click("#text")
	b.write("night shift pune")
	b.settled("/?" + board + "&text=night shift pune")
	if b.text("body") == "" || value[bool](b, `typeof htmx !== "undefined"`) {
		b.Error("scripts run")
	}
	b.clickText(".chip", "Remove night shift = shift: night")
	b.settled("/?" + board + "&text=pune")
	b.until("the focus at what is found", `document.activeElement.id === "found"`)
	b.click(`input[name="label"][value="BPO"]`)
	b.click(`.filters button[type="submit"]`)
	b.until("the filter", `document.readyState === "complete" && location.search.includes("label=BPO")`)
	if got := b.texts(".chip"); len(got) != 3 {
		b.Errorf("chips: %q", got)
	}
	b.clickText("#languages a", "हिन्दी")
	b.until("Hindi", `document.readyState === "complete" && document.documentElement.lang === "hi"`)
	b.click(".card h3 a")
	b.until("a posting", `document.readyState === "complete" && location.pathname.startsWith("/posting/")`)
	b.click("sup a")
	b.until("what a mark says", `location.hash.startsWith("#why-")`)
	b.open("/pay?" + board)
	b.click(".pay details > summary")
	if rows := value[int](b, `document.querySelectorAll(".pay details[open] tbody tr").length`); rows == 0 {
		b.Error("the table of pay does not open")
	}
}

// tabTo presses Tab until an element that a selector finds has the focus, which must show
// at each stop.
func (b *tab) tabTo(selector string) {
	b.Helper()
	const most = 150
	for range most {
		b.press(kb.Tab)
		hidden := value[string](b, `(() => {
			const e = document.activeElement, style = getComputedStyle(e), box = e.getBoundingClientRect()
			const shown = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0 && box.width > 0 && box.height > 0 && box.bottom > 0 && box.top < innerHeight
			return shown || e === document.body ? "" : e.outerHTML
		})()`)
		if hidden != "" {
			b.Errorf("%s: the focus does not show at %s", b.at(), hidden)
		}
		if value[bool](b, fmt.Sprintf(`document.activeElement.matches(%q)`, selector)) {
			return
		}
	}
	b.Fatalf("%s: %d times Tab do not lead to %s", b.at(), most, selector)
}

// keyboard searches, opens a posting, follows a mark and goes back, without a pointer.
func keyboard(b *tab) {
	b.open("/?" + board)
	b.tabTo(".skip")
	b.press(kb.Enter)
	b.until("the main part", `document.activeElement.id === "main"`)
	b.tabTo("#text")
	b.write("voice process")
	b.settled("/?" + board + "&text=voice process")
	b.tabTo(".chip")
	b.press(kb.Enter)
	b.settled("/?" + board)
	b.until("the focus at what is found", `document.activeElement.id === "found"`)
	b.press(kb.Tab)
	if on := value[string](b, `document.activeElement.closest("#ask") ? "" : document.activeElement.outerHTML`); on != "" {
		b.Errorf("where the last chip is removed the keyboard goes on from %s", on)
	}
	value[any](b, `history.back()`)
	b.settled("/?" + board + "&text=voice process")
	b.until("the results again", `document.querySelector("#text").value === "voice process"`)
	b.tabTo(".card h3 a")
	b.press(kb.Enter)
	b.until("a posting", `location.pathname.startsWith("/posting/") && document.readyState === "complete"`)
	b.tabTo("sup a")
	b.press(kb.Enter)
	b.until("what a mark says", `location.hash.startsWith("#why-")`)
	b.tabTo(".number")
	value[any](b, `history.go(-2)`)
	b.settled("/?" + board + "&text=voice process")
	b.tabTo(`input[name="label"]`)
	b.press(" ")
	b.until("the filter", `location.search.includes("label=") && !document.querySelector(".htmx-request")`)
	b.tabTo(`#facet-more > summary`)
	b.press(kb.Enter)
	b.until("more filters", `document.querySelector("#facet-more").open`)
	b.tabTo(`input[name="pay_min"]`)
}
