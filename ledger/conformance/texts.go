package conformance

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"jobsieve/job"
	"jobsieve/ledger"
)

// texts stores what boards and rows may say, and reads it as it was, byte for
// byte: texts that aren't UTF-8, and JSON as it was written.
func texts(t *testing.T, p Place) {
	l := open(t, p.Locator)
	for i, s := range []string{
		"Clerk \xff", "half a character: \xed\xa0\x80", "\x00\x01\u2028\u202e", "<b>&amp;</b>", "\uFFFD", "क\xe0\xa4", "\r\n \t", strings.Repeat("\xf0\x9f", 1<<16), "",
	} {
		id := fmt.Sprint(i)
		e := ledger.Entry{Posting: job.Posting{
			ID: id, Source: "s", URL: s, Title: s, Company: s, Location: s, Experience: s, Salary: s, Skills: s, Description: s, Posted: s, Openings: s,
			CrawledAt: time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC),
		}, Posted: "2026-01-02", Reading: &ledger.Reading{}}
		for _, value := range []string{`{"b":1,"b":2}`, `"half a character: \ud800"`, `[1e400,-0.0]`, `null`, `"\u003c \u2028 <&>"`, `"` + "\xff" + `"`} {
			e.Posting.Extra = append(e.Posting.Extra, job.Member{Key: s + value, Value: []byte(value)})
		}
		storeAll(t, l, day, e)
		if again := storeAll(t, l, day, e)[0]; again != job.Unchanged {
			t.Errorf("%.20q: a second time: %s", s, again)
		}
		r := get(t, l, id)
		if diff := cmp.Diff(e.Posting, r.Posting); diff != "" || r.Posted != e.Posted {
			t.Errorf("%.20q: posted %s\n%s", s, r.Posted, diff)
		}
		versions, err := l.Versions(t.Context(), r)
		if err != nil || len(versions) != 1 {
			t.Fatalf("%.20q: %d versions: %v", s, len(versions), err)
		}
		if diff := cmp.Diff(e.Posting, versions[0].Posting); diff != "" {
			t.Errorf("%.20q: version\n%s", s, diff)
		}
	}
	odd := entry("s\xff", "\xed\xa0\x80", "Clerk")
	storeAll(t, l, day, odd)
	if diff := cmp.Diff(odd.Posting, get(t, l, odd.Posting.ID).Posting); diff != "" {
		t.Error(diff)
	}
}
