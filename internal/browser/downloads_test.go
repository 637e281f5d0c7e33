//go:build unix

package browser

import (
	"bytes"
	"context"
	"os"
	"path/filepath"

	"github.com/chromedp/cdproto/browser"
	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/chromedp"
)

// downloads clicks each link to a file, and wants the bytes that the command writes.
func downloads(b *tab) {
	folder := b.TempDir()
	b.do("allow downloads", chromedp.Func(func(ctx context.Context, t *chromedp.Target) error {
		c := chromedp.FromContext(ctx)
		_, err := cdp.Call(ctx, c.Browser, browser.SetDownloadBehavior, browser.SetDownloadBehaviorParams{
			Behavior: browser.SetDownloadBehaviorBehaviorAllowAndName, BrowserContextID: c.BrowserContextID,
			DownloadPath: folder, EventsEnabled: new(true),
		})
		return err
	}))
	ended := make(chan *browser.EventDownloadProgress, 1)
	if err := chromedp.ListenBrowser(b.ctx, func(event any) {
		if e, ok := event.(*browser.EventDownloadProgress); ok && e.State != browser.DownloadProgressStateInProgress {
			ended <- e
		}
	}); err != nil {
		b.Fatal(err)
	}
	for _, tt := range []struct {
		view string
		args []string
	}{
		{"/?city=Pune", []string{"export", "--city", "Pune", "--not", "posting_state=closed"}},
		{"/?label=BPO&" + board + "&text=night+shift", []string{"export", "--label", "BPO", "--source", "naukri-chowk", "--text", "night shift", "--not", "posting_state=closed"}},
		{"/pay?" + board, []string{"report", "pay", "--source", "naukri-chowk", "--not", "posting_state=closed", "--by", "label", "--period", "month"}},
		{"/pay?label=BPO&by=function&period=year", []string{"report", "pay", "--label", "BPO", "--not", "posting_state=closed", "--by", "function", "--period", "year"}},
	} {
		b.open(tt.view)
		for _, format := range value[[]string](b, `[...document.querySelectorAll(".downloads a")].map(a => new URL(a.href).searchParams.get("format"))`) {
			b.click(`.downloads a[href*="format=` + format + `"]`)
			e := <-ended
			got, err := os.ReadFile(filepath.Join(folder, e.GUID))
			if err != nil {
				b.Fatal(err)
			}
			if want := b.site.run(b.T, append(tt.args, "--format", format)...); !bytes.Equal(got, want) || len(got) == 0 {
				b.Errorf("%s as %s: %d bytes, %d by the command", tt.view, format, len(got), len(want))
			}
		}
	}
}
