//go:build unix

package browser

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
)

// views are addresses of every kind of page. Each is looked at in both languages, in dark
// and light, at the width of a telephone and enlarged, and by axe-core.
var views = []string{
	"/",
	"/?text=night+shift+pune&label=BPO&not.city=Delhi&pay_min=10000&sort=date",
	"/?text=astronaut",
	"/?city=Pnue",
	"/?pay_min=much",
	"/pay",
	"/pay?by=function&period=year&source=naukri-chowk",
	"/posting/naukri-chowk/naukri-chowk:nc-001",
	"/posting/naukri-chowk/naukri-chowk:nc-005",
	"/posting/hostile/h-1",
	"/criteria",
	"/nowhere",
}

const (
	phone   = 320
	desktop = 1280
)

// TestPage asks a running daemon for its page, in a browser.
func TestPage(t *testing.T) {
	s := serve(t, hostilePostings())
	chrome := s.chrome(t)
	for _, test := range []struct {
		name string
		run  func(*tab)
	}{
		{"search", searches}, {"chips", chips}, {"facets", facets}, {"sorts and pages", sorts}, {"posting", postings}, {"pay", pays},
		{"without scripts", scriptless}, {"keyboard", keyboard}, {"rupees", rupees}, {"downloads", downloads}, {"size", size},
		{"views", looks}, {"accessible", accessible}, {"hostile", hostiles}, {"control", control},
	} {
		t.Run(test.name, func(t *testing.T) { test.run(s.tab(chrome, t, desktop)) })
	}
}

// control does what hostile postings would like to do, and wants each tab to hear of it.
func control(b *tab) {
	b.open("/")
	value[any](b, `alert(1); console.log(1); document.body.append(Object.assign(new Image, {src: "http://evil.example/x"})); setTimeout(() => nothing); new Promise(r => setTimeout(r, 100))`)
	b.mu.Lock()
	defer b.mu.Unlock()
	said := strings.Join(b.faults, "\n")
	for _, want := range []string{"a dialog opens", "the console is written to", "Content Security Policy", "a script fails", "asks http://evil.example/x"} {
		if !strings.Contains(said, want) {
			b.Errorf("what a tab hears does not say %q:\n%s", want, said)
		}
	}
	b.faults = nil
}

// in gives the address of a view in a language.
func in(lang, view string) string {
	if lang == "en" {
		return view
	}
	return view + map[bool]string{true: "&", false: "?"}[strings.Contains(view, "?")] + "lang=" + lang
}

// looks looks at each view in each language: it fits a narrow window, and an enlarged one,
// and is dark where dark is preferred.
func looks(b *tab) {
	for _, view := range views {
		for _, lang := range []string{"en", "hi"} {
			b.open(in(lang, view))
			b.wide(phone)
			b.fits("320 px")
			b.wide(desktop / 2)
			b.fits("1280 px at 200 %")
			b.wide(desktop)
			value[any](b, `document.documentElement.style.fontSize = "200%"`)
			b.fits("letters of 200 %")
			for _, dark := range []bool{true, false} {
				b.dark(dark)
				if got := value[float64](b, `(getComputedStyle(document.body).backgroundColor.match(/\d+/g) || []).slice(0, 3).reduce((a, n) => a + +n, 0) / 3`); (got < 128) != dark {
					b.Errorf("%s: the paper is %v of 255 where dark is %t", b.at(), got, dark)
				}
			}
		}
	}
}

// fits wants no scrolling sideways, but within what is there for it.
func (b *tab) fits(how string) {
	b.Helper()
	wide := value[[]string](b, `(() => {
		const page = document.documentElement
		if (page.scrollWidth <= page.clientWidth) return []
		return ["the page", ...[...document.querySelectorAll("main *, header *, footer *")]
			.filter(e => e.getBoundingClientRect().right > page.clientWidth + 1 && !e.closest(".wide, .hidden"))
			.slice(0, 5).map(e => e.tagName + "." + e.className + " " + e.textContent.slice(0, 40))]
	})()`)
	if len(wide) > 0 {
		b.Errorf("%s, %s: it scrolls sideways: %q", b.at(), how, wide)
	}
}

// violation is what axe-core says of a rule that a page breaks.
type violation struct {
	ID, Help string
	Nodes    []struct{ HTML, FailureSummary string }
}

// accessible has axe-core look at each view. Its script is put in by the test, which the
// page itself would not let in.
func accessible(b *tab) {
	script := axe(b.T)
	if _, err := chromedp.Call(b.ctx, page.SetBypassCSP, page.SetBypassCSPParams{Enabled: true}); err != nil {
		b.Fatal(err)
	}
	for _, dark := range []bool{false, true} {
		b.dark(dark)
		for _, view := range views {
			for _, lang := range []string{"en", "hi"} {
				b.open(in(lang, view))
				b.inspect(script, fmt.Sprintf("dark %t", dark))
			}
		}
	}
	b.dark(false)
	b.wide(phone)
	for _, view := range views {
		b.open(view)
		b.inspect(script, "320 px")
	}
	value[any](b, `document.querySelector("main").append(document.createElement("img"))`)
	if all := b.violations(script); len(all) != 1 || all[0].ID != "image-alt" {
		b.Errorf("a picture without a name is not found: %v", all)
	}
}

// inspect wants axe-core to find no fault in what is shown.
func (b *tab) inspect(script, how string) {
	b.Helper()
	for _, v := range b.violations(script) {
		b.Errorf("%s, %s: %s: %s, %d times: %s %s", b.at(), how, v.ID, v.Help, len(v.Nodes), v.Nodes[0].HTML, v.Nodes[0].FailureSummary)
	}
}

// violations has axe-core look at what is shown, with all that is folded in opened.
func (b *tab) violations(script string) (all []violation) {
	b.Helper()
	value[any](b, script+`; document.querySelectorAll("details").forEach(d => d.open = true)`)
	found := value[json.RawMessage](b, `axe.run({resultTypes: ["violations"]}).then(r => r.violations)`)
	if err := json.Unmarshal(found, &all); err != nil {
		b.Fatal(err)
	}
	return all
}

// size wants the first page, with all that it needs, below 60 kB as it is sent.
func size(b *tab) {
	b.open("/")
	b.settled("/")
	const most = 60_000
	b.mu.Lock()
	defer b.mu.Unlock()
	var total int64
	for _, n := range b.bytes {
		total += n
	}
	if total > most || len(b.bytes) < 3 {
		b.Errorf("the first page takes %d bytes, more than %d, in %d answers to %q", total, most, len(b.bytes), b.sent)
	}
	b.Logf("%d bytes in %d answers", total, len(b.bytes))
}

// rupees wants amounts grouped as in India, in both languages.
func rupees(b *tab) {
	const amounts = `(() => {
		const out = [], texts = document.createTreeWalker(document.querySelector("main"), NodeFilter.SHOW_TEXT)
		while (texts.nextNode()) out.push(...texts.currentNode.data.matchAll(/₹[\d,]+/g).map(m => m[0]))
		return out
	})()`
	for _, lang := range []string{"en", "hi"} {
		for _, view := range []string{"/pay?period=year&" + board, "/posting/naukri-chowk/naukri-chowk:nc-001", "/?" + board} {
			b.open(in(lang, view))
			if got := value[string](b, `document.documentElement.lang`); got != lang {
				b.Errorf("%s is in %s", b.at(), got)
			}
			same(b, "amounts grouped otherwise", value[[]string](b, amounts+`.filter(s => !/^₹\d{1,2}(,\d\d)*,\d{3}$|^₹\d{1,3}$/.test(s.replace(/,$/, "")))`), []string{})
			if value[int](b, amounts+`.filter(s => /^₹\d{1,2},\d\d,\d{3}$/.test(s)).length`) == 0 {
				b.Errorf("%s has no lakhs", b.at())
			}
		}
	}
	b.open("/?lang=hi&source=naukri-chowk")
	if got := b.text("#count"); got != "96 विज्ञापन" {
		b.Errorf("the count in Hindi is %q", got)
	}
	b.clickText("#languages a", "English")
	b.settled("/?source=naukri-chowk")
	if got := b.text("#count"); got != "96 postings" {
		b.Errorf("the count in English is %q", got)
	}
}

// same compares two lists.
func same(b *tab, what string, got, want []string) {
	b.Helper()
	if !slices.Equal(got, want) {
		b.Errorf("%s, %s: %q, want %q", b.at(), what, got, want)
	}
}
