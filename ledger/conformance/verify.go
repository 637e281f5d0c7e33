package conformance

import (
	"errors"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"jobsieve/job"
	"jobsieve/ledger"
)

// verify looks at a ledger in which everything happened, and nothing is wrong; then it
// damages one thing after the other, and wants exactly that found.
func verify(t *testing.T, p Place) {
	l := everything(t, p)
	found, looked := verified(t, l)
	if len(found) > 0 {
		t.Errorf("found in a sound ledger: %s", found)
	}
	want := map[string]int{
		"file": 1, "posting": 4, "summary": 4, "version": 4, "reading": 3, "delivery": 2, "run": 1, "receipt": 1, "crawl": 1,
		"page": 1,
	}
	if diff := cmp.Diff(want, looked); diff != "" {
		t.Error(diff)
	}
	for _, tt := range []struct{ damage, mended, want string }{
		{"UPDATE delivery SET revision = 9 WHERE n = 1", "UPDATE delivery SET revision = 1 WHERE n = 1", "delivery s/1: ix:1 took revision 9, and the posting has revision 3 (rebuild)"},
		{"UPDATE receipt SET body = '{'", "UPDATE receipt SET body = '{}'", "receipt 1: unexpected end of JSON input (restore)"},
		{"UPDATE page SET body = x'28b52ffd00'", "DELETE FROM page", "page s https://example.org: unexpected EOF (recrawl)"},
		{"UPDATE crawl SET frontier = x'28b52ffd00'", "UPDATE crawl SET frontier = x''", "crawl s: unexpected EOF (recrawl)"},
		{"UPDATE posting SET version = 3 WHERE n = 1", "UPDATE posting SET version = 2 WHERE n = 1", "version s/1: version 2 has no content (restore)|version s/1: after version 2 nothing is kept up to version 3 (restore)"},
		{"UPDATE version SET version = 5 WHERE n = 1 AND version = 2", "UPDATE version SET version = 2 WHERE n = 1 AND version = 5", "version s/1: after version 1 nothing is kept up to version 4 (restore)|version s/1: version 5 has no content (restore)|version s/1: there is version 5, and the posting has version 2 (restore)"},
		{"UPDATE version SET content = '{' WHERE n = 1 AND version = 1", "UPDATE version SET content = '{\"title\":\"x\"}' WHERE n = 1 AND version = 1", "version s/1: version 1: jsontext: unexpected EOF after offset 1 (restore)"},
		{"UPDATE reading SET revision = 7 WHERE n = 1", "DELETE FROM reading WHERE n = 1", "reading s/1: it was replaced at revision 7, and the posting has revision 3 (restore)"},
		{"UPDATE posting SET hash = x'00' WHERE n = 2", "UPDATE posting SET hash = (SELECT hash FROM posting WHERE n = 4) WHERE n = 2", "posting s/2: its hash is not that of what it says (recrawl)"},
		{"UPDATE summary SET packed = (SELECT packed FROM summary WHERE n = 4) WHERE n = 1", "UPDATE summary SET packed = x'' WHERE n = 1", "summary s/1: it is not what is made of the posting now (reread)"},
		{"DELETE FROM summary WHERE n = 1", "INSERT INTO summary (n, packed) VALUES (1, x'')", "summary s/1: there is none, so that tables lack the posting (restore)"},
		{"DELETE FROM version WHERE n = 4", "INSERT INTO version (n, version, seen, content) VALUES (4, 2, 1, x'')", "version s/4: the posting has version 2, and no version is kept (restore)"},
		{"UPDATE posting SET reading = 'nonsense' WHERE n = 4", "", "posting s/4: reading: invalid input: magic number mismatch (forget)"},
	} {
		p.Exec(t, tt.damage)
		if found, _ := verified(t, l); strings.Join(found, "|") != tt.want {
			t.Errorf("%s:\nfound %s\nwant  %s", tt.damage, strings.Join(found, "|"), tt.want)
		}
		p.Exec(t, tt.mended)
	}
	stop := errors.New("that is enough")
	_, err := l.Verify(t.Context(), func(ledger.Fault) error { return stop }, nil)
	if !errors.Is(err, stop) {
		t.Errorf("stopped: %v", err)
	}
}

// everything makes a ledger with postings 1 to 4: 1 is in its second version, 3 was
// forgotten, 4 was forgotten and stored again in another version. All are read anew once.
func everything(t *testing.T, p Place) *ledger.Ledger {
	t.Helper()
	ctx := t.Context()
	l := open(t, p.Locator)
	for i := range 4 {
		storeAll(t, l, day, entry("s", fmt.Sprint(i+1), "Clerk"))
	}
	err := l.Acknowledge(ctx, "ix:1", day, []ledger.Delivery{{N: 1, Revision: 1}, {N: 2, Revision: 1, Refused: "odd"}})
	if err != nil {
		t.Fatal(err)
	}
	if _, _, err := l.Forget(ctx, []string{"3", "4"}); err != nil {
		t.Fatal(err)
	}
	dated := entry("s", "1", "Typist")
	dated.Posting.Posted, dated.Posted, dated.PostedHow = "3 days ago", "2026-03-07", job.DateInferred
	storeAll(t, l, day, dated, entry("s", "4", "Clerk"))
	_, err = l.Reread(ctx, day, func(rs []*ledger.Record) ([]ledger.Reading, error) {
		out := make([]ledger.Reading, len(rs))
		for i := range out {
			out[i].Pay.Kind = "other"
		}
		return out, nil
	}, nil)
	run, failed := l.BeginRun(ctx, "run", day)
	err = errors.Join(err, failed, l.AddReceipt(ctx, run, &job.Receipt{Source: "s"}))
	c, failed := l.BeginCrawl(ctx, "s", day, 0)
	if err = errors.Join(err, failed); err != nil {
		t.Fatal(err)
	}
	page := &ledger.Page{URL: "https://example.org", Status: http.StatusOK, Body: []byte("hello"), At: day}
	if err := errors.Join(c.Keep(ctx, "GET", page), c.Release(), l.EndRun(ctx, run, day.Add(time.Hour), "done")); err != nil {
		t.Fatal(err)
	}
	return l
}

// verified gives the faults of a ledger, a line each, and how many rows were looked at.
func verified(t *testing.T, l *ledger.Ledger) (found []string, rows map[string]int) {
	t.Helper()
	told := map[string]int{}
	looked, err := l.Verify(t.Context(), func(f ledger.Fault) error {
		found = append(found, fmt.Sprintf("%s %s: %s (%s)", f.Kind, f.Key, f.Why, f.Mend))
		told[f.Kind]++
		return nil
	}, nil)
	if err != nil {
		t.Fatal(err)
	}
	rows = map[string]int{}
	for _, k := range looked {
		rows[k.Kind] = k.Rows
		if k.Faults != told[k.Kind] {
			t.Errorf("%s: %d faults counted, %d told", k.Kind, k.Faults, told[k.Kind])
		}
	}
	return found, rows
}
