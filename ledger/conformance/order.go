package conformance

import (
	"math/rand"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"jobsieve/job"
	"jobsieve/ledger"
)

// keys gives postings of one id keys of their own, in whatever order they come.
func keys(t *testing.T, p Place) {
	l := open(t, p.Locator)
	storeAll(t, l, day, entry("b", "1", "Clerk"))
	storeAll(t, l, day, entry("a", "1", "Clerk"), entry("a/b", "c", "Clerk"), entry("a", "b/c", "Clerk"))
	var got, documents []string
	err := l.Each(t.Context(), func(r *ledger.Record) error {
		got = append(got, r.Key)
		return nil
	})
	want := []string{"a/1", "b/1", "a/b/c", "a%2Fb/c"}
	if diff := cmp.Diff(want, got); diff != "" || err != nil {
		t.Errorf("%v:\n%s", err, diff)
	}
	err = l.Documents(t.Context(), "ix:1", func(d *ledger.Document) error {
		documents = append(documents, d.Key)
		return nil
	})
	slices.Sort(documents)
	slices.Sort(want)
	if diff := cmp.Diff(want, documents); diff != "" || err != nil {
		t.Errorf("documents, %v:\n%s", err, diff)
	}
}

// longIDs stores postings whose ids are longer than an index of a database may take, and
// which no packing shortens; they differ at their ends.
func longIDs(t *testing.T, p Place) {
	l := open(t, p.Locator)
	random := rand.New(rand.NewSource(1))
	long := make([]byte, 1<<14)
	for i := range long {
		long[i] = byte('a' + random.Intn('z'-'a'+1))
	}
	ids := []string{string(long) + "1", string(long) + "2"}
	for _, id := range ids {
		storeAll(t, l, day, entry("s", id, "Clerk"))
		if changes := storeAll(t, l, day, entry("s", id, "Typist")); changes[0] != job.Changed {
			t.Errorf("a second time: %s", changes[0])
		}
		if r := get(t, l, id); r.Posting.ID != id || r.Version != 2 {
			t.Errorf("version %d of an id of %d bytes", r.Version, len(r.Posting.ID))
		}
	}
	var got []string
	err := l.Each(t.Context(), func(r *ledger.Record) error {
		got = append(got, r.Posting.ID)
		return nil
	})
	if diff := cmp.Diff(ids, got); diff != "" || err != nil {
		t.Error(diff, err)
	}
}

// names finds postings as people call them.
func names(t *testing.T, p Place) {
	l := open(t, p.Locator)
	storeAll(t, l, day, entry("a", "1", ""), entry("b", "1", ""), entry("b", "a/1", ""))
	storeAll(t, l, day, entry("c/d", "2", ""), entry("e%", "3\x01/4", ""), entry("f", "g/h", ""))
	found := func(name string) string {
		t.Helper()
		records, err := l.Get(t.Context(), name)
		if err != nil {
			t.Error(err)
		}
		var got []string
		for _, r := range records {
			got = append(got, r.Posting.ID+" of "+r.Posting.Source)
		}
		return strings.Join(got, ", ")
	}
	for _, tt := range []struct{ name, want string }{
		{"1", "1 of a, 1 of b"},
		{"b/1", "1 of b"},
		{"a/1", "a/1 of b"}, // an id comes first
		{"b/a/1", "a/1 of b"},
		{"c/d/2", "2 of c/d"},
		{"c%2Fd/2", "2 of c/d"},
		{"e%/3\x01/4", "3\x01/4 of e%"},
		{"e%25/3%01/4", "3\x01/4 of e%"},
		{"g/h", "g/h of f"},
		{"h", ""},
		{"d/2", ""},
		{"", ""},
		{"/", ""},
		{strings.Repeat("/", 100000), ""},
	} {
		if got := found(tt.name); got != tt.want {
			t.Errorf("%.20q: %q, want %q", tt.name, got, tt.want)
		}
	}
	n, unknown, err := l.Forget(t.Context(), []string{"b/1", "c%2Fd/2", "d/2"})
	if n != 2 || err != nil || !slices.Equal(unknown, []string{"d/2"}) {
		t.Errorf("%d forgotten, %q unknown: %v", n, unknown, err)
	}
	if got := found("1") + ", " + found("c/d/2"); got != "1 of a, " {
		t.Errorf("after it %q", got)
	}
}

// order gives everything that is in order by the bytes of its names.
func order(t *testing.T, p Place) {
	l := open(t, p.Locator)
	ctx := t.Context()
	inOrder := []string{"", " ", "A", "B", "Z-1", "a", "a b", "a-b", "a/b", "ab", "b", "É", "é", "क", "ड", "ড", "\uFFFD", "𐀀", "\xff"}
	if !slices.IsSorted(inOrder) {
		t.Fatal("the test's own order is none of bytes")
	}
	shuffled := slices.Clone(inOrder)
	slices.Reverse(shuffled)
	var entries []ledger.Entry
	for _, source := range shuffled {
		entries = append(entries, entry(source, "1", "Clerk"), entry("s", source, "Clerk"))
		crawl, err := l.BeginCrawl(ctx, source, day, 0)
		if err == nil {
			err = crawl.Keep(ctx, "r", &ledger.Page{Status: 200, At: day})
		}
		if err == nil {
			err = crawl.Release()
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	storeAll(t, l, day, entries...)
	check := func(what string, got, want []string, err error) {
		t.Helper()
		if diff := cmp.Diff(want, got); diff != "" || err != nil {
			t.Errorf("%s, %v:\n%s", what, err, diff)
		}
	}
	var ids, ones, sources, refused []string
	err := l.Each(ctx, func(r *ledger.Record) error {
		if r.Posting.Source == "s" {
			ids = append(ids, r.Posting.ID)
		}
		if r.Posting.ID == "1" {
			ones = append(ones, r.Posting.Source)
		}
		return nil
	})
	check("ids", ids, inOrder, err)
	check("sources of one id", ones, inOrder, err)
	records, err := l.Get(ctx, "1")
	for _, r := range records {
		sources = append(sources, r.Posting.Source)
	}
	check("get", sources, inOrder, err)
	known, err := l.KnownSources(ctx)
	check("known sources", slices.DeleteFunc(known, func(s string) bool { return s == "s" }), inOrder, err)
	paged, err := l.PageSources(ctx)
	check("sources of pages", paged, inOrder, err)
	waiting, err := l.Waiting(ctx, "ix:1", 0, 1000)
	var ds []ledger.Delivery
	for _, r := range waiting {
		if r.Posting.ID == "1" {
			ds = append(ds, ledger.Delivery{N: r.N, Revision: r.Revision, Refused: "no"})
		}
	}
	if err == nil {
		err = l.Acknowledge(ctx, "ix:1", day, ds)
	}
	if err != nil {
		t.Fatal(err)
	}
	refusals, err := l.Refused(ctx, "ix:1")
	for _, r := range refusals {
		refused = append(refused, r.Source)
	}
	check("refused", refused, inOrder, err)
}
