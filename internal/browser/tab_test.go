//go:build unix

package browser

import (
	"context"
	"fmt"
	"net/url"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// mostWait is how long one step may take, on a machine that is busy with others.
const mostWait = time.Minute

// chrome is a running browser, which reaches this machine alone.
func (s *site) chrome(t *testing.T) context.Context {
	t.Helper()
	ctx, cancel := chromedp.NewContext(t.Context(), chromedp.WithAllocatorOptions(
		chromedp.ExecPath(s.browser), chromedp.NoSandbox, chromedp.DisableGPU,
		chromedp.Flag("host-resolver-rules", "MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"),
		chromedp.WSURLReadTimeout(mostWait),
	))
	t.Cleanup(cancel)
	if err := chromedp.Do(ctx); err != nil {
		t.Fatal(err)
	}
	return ctx
}

// tab is a tab of the browser, with a profile of its own. What it should not meet, such as
// an error in its console, is a fault of the test.
type tab struct {
	*testing.T
	site *site
	ctx  context.Context

	mu     sync.Mutex
	faults []string
	sent   []string // the addresses that were asked
	bytes  map[network.RequestID]int64
}

// tab opens a tab that is so many CSS pixels wide.
func (s *site) tab(chrome context.Context, t *testing.T, width int64) *tab {
	t.Helper()
	ctx, cancel := chromedp.NewContext(chrome, chromedp.WithNewBrowserContext())
	b := &tab{T: t, site: s, ctx: ctx, bytes: map[network.RequestID]int64{}}
	if err := chromedp.Do(ctx); err != nil {
		t.Fatal(err)
	}
	if err := chromedp.Listen(ctx, b.hear); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		b.mu.Lock()
		for _, fault := range b.faults {
			t.Error(fault)
		}
		b.mu.Unlock()
		cancel()
	})
	b.wide(width)
	return b
}

// hear notes what the tab tells.
func (b *tab) hear(event any) {
	b.mu.Lock()
	defer b.mu.Unlock()
	fault := func(format string, args ...any) { b.faults = append(b.faults, fmt.Sprintf(format, args...)) }
	switch e := event.(type) {
	case *page.EventJavascriptDialogOpening:
		fault("a dialog opens at %s: %s", e.URL, e.Message)
		go func() { _, _ = chromedp.Call(b.ctx, page.HandleJavaScriptDialog, page.HandleJavaScriptDialogParams{}) }()
	case *runtime.EventConsoleAPICalled:
		fault("the console is written to: %s", e.Type)
	case *runtime.EventExceptionThrown:
		fault("a script fails: %s", e.ExceptionDetails.Text)
	case *log.EventEntryAdded:
		refused := e.Entry.Source == log.EntrySourceNetwork && strings.Contains(e.Entry.Text, "the server responded with a status of 4")
		if !refused { // views of what is not there are views too
			fault("%s %s: %s %s", e.Entry.Source, e.Entry.Level, e.Entry.Text, e.Entry.URL)
		}
	case *network.EventRequestWillBeSent:
		b.sent = append(b.sent, e.Request.URL)
		own := strings.HasPrefix(e.Request.URL, b.site.url+"/") || e.Request.URL == "about:blank"
		if !own && !strings.HasPrefix(e.Request.URL, "data:") { // that is how Chromium draws a calendar, and it asks no host
			fault("%s asks %s", e.DocumentURL, e.Request.URL)
		}
	case *network.EventLoadingFinished:
		b.bytes[e.RequestID] = int64(e.EncodedDataLength)
	}
}

// do runs steps, which must end well.
func (b *tab) do(what string, steps ...chromedp.Action[chromedp.Void]) {
	b.Helper()
	ctx, cancel := context.WithTimeout(b.ctx, mostWait)
	defer cancel()
	if err := chromedp.Do(ctx, steps...); err != nil {
		b.Fatalf("%s: %v", what, err)
	}
}

// open opens a view, and waits until it is loaded.
func (b *tab) open(view string) {
	b.Helper()
	b.do("open "+view, chromedp.Navigate(b.site.url+view))
}

// wide makes the tab so many CSS pixels wide.
func (b *tab) wide(width int64) {
	b.Helper()
	b.do("width", chromedp.EmulateViewport(width, 900))
}

// dark has the tab prefer dark, or light, colours.
func (b *tab) dark(on bool) {
	b.Helper()
	scheme := map[bool]string{true: "dark", false: "light"}[on]
	features := []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: scheme}}
	if _, err := chromedp.Call(b.ctx, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Features: features}); err != nil {
		b.Fatal(err)
	}
}

// value evaluates an expression in the page.
func value[T any](b *tab, expression string) T {
	b.Helper()
	ctx, cancel := context.WithTimeout(b.ctx, mostWait)
	defer cancel()
	v, err := chromedp.Run(ctx, chromedp.Evaluate[T](expression, chromedp.EvalAwaitPromise))
	if err != nil {
		b.Fatalf("%s: %v", expression, err)
	}
	return v
}

// text gives the text of the first element that a selector finds, with one space between
// words; that of elements that are not shown too.
func (b *tab) text(selector string) string {
	b.Helper()
	return strings.Join(strings.Fields(value[string](b, fmt.Sprintf(`document.querySelector(%q)?.textContent ?? "there is none"`, selector))), " ")
}

// texts gives the texts of all elements that a selector finds.
func (b *tab) texts(selector string) []string {
	b.Helper()
	return value[[]string](b, fmt.Sprintf(`[...document.querySelectorAll(%q)].map(e => e.textContent.trim().replace(/\s+/g, " "))`, selector))
}

// until waits until an expression is true: that does not depend on scripts of the page.
func (b *tab) until(what, expression string) {
	b.Helper()
	for end := time.Now().Add(mostWait); ; time.Sleep(20 * time.Millisecond) {
		ctx, cancel := context.WithTimeout(b.ctx, mostWait)
		ok, err := chromedp.Run(ctx, chromedp.Evaluate[bool]("!!("+expression+")"))
		cancel()
		if ok && err == nil {
			return
		}
		if time.Now().After(end) {
			b.Fatalf("%s: waited in vain at %s for %s (%v)", what, b.at(), expression, err)
		}
	}
}

// at gives the address of the page, from its path on.
func (b *tab) at() string {
	b.Helper()
	return value[string](b, `location.pathname + location.search`)
}

// settled waits until the page is at an address, and what it asked for is in place.
func (b *tab) settled(params string) {
	b.Helper()
	want, err := url.Parse(params)
	if err != nil {
		b.Fatal(err)
	}
	b.until("settle", fmt.Sprintf(`location.pathname === %q && decodeURIComponent(location.search.replace(/\+/g, " ")) === %q &&
		document.readyState === "complete" && !document.querySelector(".htmx-request")`, want.Path, unescaped(want.RawQuery)))
}

func unescaped(query string) string {
	if query == "" {
		return ""
	}
	plain, err := url.QueryUnescape(query)
	if err != nil {
		return query
	}
	return "?" + plain
}

// click clicks the middle of the first element that a selector finds.
func (b *tab) click(selector string) {
	b.Helper()
	b.do("click "+selector, chromedp.Click(chromedp.CSS(selector)))
}

// clickText clicks the first element that a selector finds whose text is this.
func (b *tab) clickText(selector, text string) {
	b.Helper()
	at := slices.Index(b.texts(selector), text)
	if at < 0 {
		b.Fatalf("%s: no %s says %q, but %q", b.at(), selector, text, b.texts(selector))
	}
	nodes, err := chromedp.Run(b.ctx, chromedp.Nodes(chromedp.CSSAll(selector)))
	if err != nil {
		b.Fatal(err)
	}
	b.do("click "+text, chromedp.MouseClickNode(nodes[at]))
}

// write has a text typed where the focus is, and ends it with the key Enter.
func (b *tab) write(text string) {
	b.Helper()
	if _, err := chromedp.Call(b.ctx, input.InsertText, input.InsertTextParams{Text: text}); err != nil {
		b.Fatal(err)
	}
	b.press(kb.Enter)
}

// press presses keys.
func (b *tab) press(keys string) {
	b.Helper()
	b.do("press", chromedp.KeyEvent(keys))
}
