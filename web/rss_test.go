package web

import (
	"bytes"
	"context"
	"encoding/xml"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"jobsieve/desk"
)

// TestFeedOfHostileText wants RSS that any reader of XML takes, whose texts do nothing.
func TestFeedOfHostileText(t *testing.T) {
	seen := time.Date(2026, 3, 10, 9, 0, 0, 0, time.UTC)
	news := &desk.News{Postings: []desk.NewPosting{
		{
			Key: "acme/1", Title: "Cook & <b>chef</b> ]]> \x1b[31m\u202eevil\x00\uffff\xff", Company: "<script>alert(1)</script>",
			Place: "Pune", URL: "https://acme.example/1?a=1&b=\"<2>", FirstSeen: seen,
		},
		{Key: "acme/2\x1b", Title: "", URL: "javascript:alert(1)", FirstSeen: seen.Add(time.Hour)},
		{Key: "acme/3", Title: "a\nb", URL: "https:///nowhere", FirstSeen: seen},
	}}
	news.Name = "cooks"
	var b bytes.Buffer
	if err := WriteFeed(&b, news, "0.0.0.0:8790"); err != nil {
		t.Fatal(err)
	}
	if bad := "\x1b\x00\u202e\uffff"; strings.ContainsAny(b.String(), bad) || strings.Contains(b.String(), "<script") {
		t.Errorf("%s", b.String())
	}
	dec := xml.NewDecoder(bytes.NewReader(b.Bytes()))
	var texts []string
	for {
		token, err := dec.Token()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			t.Fatal(err)
		}
		if text, ok := token.(xml.CharData); ok && strings.TrimSpace(string(text)) != "" {
			texts = append(texts, string(text))
		}
	}
	want := []string{
		"jobsieve: cooks", "http://127.0.0.1:8790/saved/cooks.rss", "The newest postings of the saved search cooks.",
		"Cook & <b>chef</b> ]]> [31mevil", "https://acme.example/1?a=1&b=\"<2>",
		"&lt;script&gt;alert(1)&lt;/script&gt; · Pune", "acme/1", "Tue, 10 Mar 2026 09:00:00 +0000",
		"acme/2", "Tue, 10 Mar 2026 10:00:00 +0000",
		"a b", "acme/3", "Tue, 10 Mar 2026 09:00:00 +0000",
	}
	if diff := cmp.Diff(want, texts); diff != "" {
		t.Error(diff)
	}
}

// TestFeedKept wants readers to keep a feed for some minutes, for whoever asked alone, and
// nothing that is no feed.
func TestFeedKept(t *testing.T) {
	f := Feed(func(_ context.Context, w io.Writer, name string) error {
		if name != "cooks" {
			return &desk.UnknownSavedError{Name: name}
		}
		_, err := io.WriteString(w, "<rss/>")
		return err
	})
	for file, want := range map[string]string{"cooks.rss": "private, max-age=300", "none.rss": "", "cooks": ""} {
		r := httptest.NewRequest(http.MethodGet, "/saved/"+file, http.NoBody)
		r.SetPathValue("file", file)
		answer := httptest.NewRecorder()
		f.serve(answer, r)
		if got := answer.Header().Get("Cache-Control"); got != want {
			t.Errorf("%s: %q, want %q", file, got, want)
		}
	}
}
