package extract

import (
	"net/url"
	"strings"
	"testing"
)

func TestWall(t *testing.T) {
	at, _ := url.Parse("https://jobs.example.org/")
	text := "<p>" + strings.Repeat("We look for people. ", 20)
	for _, c := range []struct {
		page string
		want Wall
	}{
		{text, ""},
		{`<div class="g-recaptcha"></div>` + text, WallCaptcha},
		{`<iframe src="https://geo.captcha-delivery.com/captcha/"></iframe>`, WallCaptcha},
		{`<script src="https://ct.captcha-delivery.com/c.js"></script>`, WallCaptcha},
		{`<title>Just a moment...</title>`, WallCaptcha},
		// Many pages load this one for the forms on them.
		{`<script src="https://www.google.com/recaptcha/api.js?render=key"></script>` + text, ""},
		{`<form><input type="password"></form>` + text, WallLogin},
		{`<div id="root"></div><script src="/app.js"></script>`, WallScript},
		{`<div id="root"></div>`, ""},
	} {
		p, err := NewPage(at, []byte(c.page))
		if err != nil {
			t.Fatal(err)
		}
		if got := p.Wall(); got != c.want {
			t.Errorf("%.60s: %q, want %q", c.page, got, c.want)
		}
	}
}
