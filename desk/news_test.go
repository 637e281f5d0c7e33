package desk

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"jobsieve/filter"
	"jobsieve/job"
	"jobsieve/ledger"
)

// voice gives postings of telecallers in Pune, by their ids.
func voice(ids ...string) (out []job.Posting) {
	for _, id := range ids {
		out = append(out, job.Posting{
			Source: "acme", ID: id, Title: "Telecaller, voice process", Company: "Acme", Location: "Pune",
			URL: "https://acme.example/" + id, Description: "Answer inbound calls of customers.",
		})
	}
	return out
}

// save saves a search of telecallers by their words, and one by their city.
func saveBoth(t *testing.T, d *Desk) {
	t.Helper()
	write(t, d, func(l *ledger.Ledger) error {
		words := filter.Filter{Text: "telecaller voice"}
		city := filter.Filter{Is: map[string][]string{"city": {"Pune"}}}
		return errors.Join(d.Save(t.Context(), l, "words", &words, "", false), d.Save(t.Context(), l, "city", &city, "", false))
	})
}

// look gives the ids that are new to each saved search and, where it is to be marked,
// marks it as looked at.
func look(t *testing.T, d *Desk, mark bool) (news map[string]string) {
	t.Helper()
	news = map[string]string{}
	write(t, d, func(l *ledger.Ledger) error {
		all, err := SavedNamed(t.Context(), l, nil)
		for i := range all {
			found, e := d.News(t.Context(), l, &all[i], all[i].Seen)
			var ids []string
			for _, p := range found.Postings {
				ids = append(ids, p.ID)
			}
			news[all[i].Name] = strings.Join(ids, " ")
			if mark {
				e = errors.Join(e, l.LookedAt(t.Context(), &all[i], found.UpTo, time.Now()))
			}
			err = errors.Join(err, e)
		}
		return err
	})
	return news
}

func wantNews(t *testing.T, d *Desk, mark bool, words, city string) {
	t.Helper()
	want := map[string]string{"words": words, "city": city}
	if diff := cmp.Diff(want, look(t, d, mark)); diff != "" {
		t.Helper()
		t.Error(diff)
	}
}

// TestNews stores postings between looks: each is new once, and what was known before or
// is changed never is.
func TestNews(t *testing.T) {
	d := testDesk(t, voice("1")...)
	deliver(t, d)
	saveBoth(t, d)
	wantNews(t, d, true, "", "")
	store(t, d, voice("9", "2")...)
	store(t, d, job.Posting{Source: "acme", ID: "3", Title: "Cook", Location: "Mumbai"})
	deliver(t, d)
	wantNews(t, d, false, "9 2", "9 2")
	wantNews(t, d, true, "9 2", "9 2")
	wantNews(t, d, true, "", "")
	changed := append(voice("1", "2"), voice("3")...) // 3 matches only now
	for i := range changed {
		changed[i].Description += " Rotating shifts."
	}
	store(t, d, changed...)
	deliver(t, d)
	wantNews(t, d, true, "", "")
	store(t, d, voice("4")...)
	deliver(t, d)
	wantNews(t, d, true, "4", "4")
}

// TestNewsThatWait stores postings that the index has yet to take: a search with words
// keeps them, and what came after them, for the next look.
func TestNewsThatWait(t *testing.T) {
	d := testDesk(t, voice("1")...)
	deliver(t, d)
	saveBoth(t, d)
	store(t, d, voice("2")...)
	deliver(t, d)
	store(t, d, voice("3", "4")...)
	write(t, d, func(l *ledger.Ledger) error { // and 4 comes first
		target, err := d.Index.Target(t.Context(), l)
		four, e := l.Get(t.Context(), "4")
		taken := []ledger.Delivery{{N: four[0].N, Revision: four[0].Revision}}
		return errors.Join(err, e, l.Acknowledge(t.Context(), target, time.Now(), taken))
	})
	write(t, d, func(l *ledger.Ledger) error {
		all, err := SavedNamed(t.Context(), l, []string{"words"})
		if err != nil {
			return err
		}
		news, err := d.News(t.Context(), l, &all[0], all[0].Seen)
		if news.Waiting != 1 {
			t.Errorf("%d wait, want 1", news.Waiting)
		}
		return err
	})
	wantNews(t, d, true, "", "2 3 4") // the index lacks 4, which it was said to have
	write(t, d, func(l *ledger.Ledger) error {
		_, err := d.Index.Rebuild(t.Context(), l, time.Second, nil)
		return err
	})
	wantNews(t, d, true, "2 3 4", "")
	wantNews(t, d, true, "", "")
}

// TestNewsOfManyPages stores more than is read at once, and some that a search with words
// does not find, though they are near.
func TestNewsOfManyPages(t *testing.T) {
	d := testDesk(t, voice("0")...)
	deliver(t, d)
	saveBoth(t, d)
	store(t, d, job.Posting{Source: "acme", ID: "near", Title: "Voice artist", Location: "Pune"})
	var ids []string
	for i := range newsBatch + 20 {
		ids = append(ids, fmt.Sprint(i+1))
	}
	store(t, d, voice(ids...)...)
	all := strings.Join(ids, " ")
	deliver(t, d)
	wantNews(t, d, true, all, "near "+all)
}

// TestNearIsNotNew stores what has but one part of a question, which a search shows where
// nothing has all of it.
func TestNearIsNotNew(t *testing.T) {
	d := testDesk(t)
	write(t, d, func(l *ledger.Ledger) error {
		f := filter.Filter{Text: "telecaller zoology"}
		return d.Save(t.Context(), l, "near", &f, "", false)
	})
	store(t, d, voice("1")...)
	deliver(t, d)
	f := filter.Filter{Text: "telecaller zoology"}
	if a, err := d.Search(t.Context(), &f, Page{Limit: 1}, time.Second); err != nil || a.Less != 1 {
		t.Errorf("%+v: %v", a, err)
	}
	if diff := cmp.Diff(map[string]string{"near": ""}, look(t, d, true)); diff != "" {
		t.Error(diff)
	}
}

// TestClosedIsNotNew closes a posting before the first look: the others alone are new,
// unless the question is for closed ones.
func TestClosedIsNotNew(t *testing.T) {
	d := testDesk(t, voice("1")...)
	deliver(t, d)
	saveBoth(t, d)
	for name, f := range map[string]*filter.Filter{
		"all": {All: true}, "closed": {Text: "telecaller", Is: map[string][]string{"posting_state": {"closed"}}},
	} {
		write(t, d, func(l *ledger.Ledger) error { return d.Save(t.Context(), l, name, f, "", false) })
	}
	store(t, d, voice("2", "3")...)
	write(t, d, func(l *ledger.Ledger) error {
		now := time.Now()
		crawl, err := l.BeginCrawl(t.Context(), "acme", now, 0)
		if err != nil {
			return err
		}
		err = crawl.Found(t.Context(), []string{"2", "3"}, []string{"", ""})
		_, e := crawl.Settle(t.Context(), &ledger.Ending{At: now, Over: map[string]time.Time{"2": now.Add(-time.Hour)}})
		return errors.Join(err, e, crawl.End(t.Context()), crawl.Release())
	})
	deliver(t, d)
	want := map[string]string{"words": "3", "city": "3", "all": "2 3", "closed": "2"}
	if diff := cmp.Diff(want, look(t, d, true)); diff != "" {
		t.Error(diff)
	}
}

// TestNewest gives the newest first, as many as are wanted.
func TestNewest(t *testing.T) {
	d := testDesk(t, voice("5", "3", "4")...)
	store(t, d, job.Posting{Source: "acme", ID: "6", Title: "Cook", Location: "Mumbai"})
	deliver(t, d)
	saveBoth(t, d)
	write(t, d, func(l *ledger.Ledger) error {
		all, err := SavedNamed(t.Context(), l, nil)
		for i := range all {
			for limit, want := range map[int]string{2: "4 3", 9: "4 3 5"} {
				news, e := d.Newest(t.Context(), l, &all[i], limit)
				var ids []string
				for _, p := range news.Postings {
					ids = append(ids, p.ID)
				}
				if got := strings.Join(ids, " "); got != want || e != nil {
					t.Errorf("%s, %d at most: %q, want %q: %v", all[i].Name, limit, got, want, e)
				}
			}
		}
		return err
	})
}

// TestSaved wants searches listed, and refuses names.
func TestSaved(t *testing.T) {
	d := testDesk(t, voice("1")...)
	deliver(t, d)
	saveBoth(t, d)
	store(t, d, voice("2")...)
	deliver(t, d)
	listed, err := d.Saved(t.Context())
	if err != nil || len(listed) != 2 {
		t.Fatalf("%+v: %v", listed, err)
	}
	for i, want := range []string{"city --city Pune 1", "words --text telecaller voice 1"} {
		s := &listed[i]
		if got := fmt.Sprintf("%s %s %d", s.Name, strings.Join(s.Args(), " "), *s.New); got != want || s.Looked != nil {
			t.Errorf("%q, want %q; looked at %v", got, want, s.Looked)
		}
	}
	if got := listed[0].Newest; len(got) != 1 || got[0].ID != "2" {
		t.Errorf("the newest are %+v", got)
	}
	write(t, d, func(l *ledger.Ledger) error {
		for _, name := range []string{"", "Words", "a b", "-a", "../a", strings.Repeat("a", 41)} {
			if err := d.Save(t.Context(), l, name, all, "", false); err == nil {
				t.Errorf("%q is taken", name)
			}
		}
		_, err := SavedNamed(t.Context(), l, []string{"word"})
		if want := `no search is saved as "word"; expected one of city, words; did you mean "words"?`; fmt.Sprint(err) != want {
			t.Errorf("%v, want %s", err, want)
		}
		if err := d.Save(t.Context(), l, "words", all, "", false); !errors.Is(err, ledger.ErrSaved) {
			t.Errorf("saved twice: %v", err)
		}
		return d.Save(t.Context(), l, "words", all, "", true)
	})
	write(t, d, func(l *ledger.Ledger) error {
		return l.Save(t.Context(), &ledger.SavedSearch{Name: "old", Question: "label=GONE", Saved: time.Now()}, false)
	})
	if listed, err = d.Saved(t.Context()); err != nil || listed[1].Fault == "" || listed[1].New != nil {
		t.Errorf("%+v: %v", listed, err)
	}
}

// TestSaveNew saves and forgets in the desk's own ledger, up to as many as there may be.
func TestSaveNew(t *testing.T) {
	d := testDesk(t, voice("1")...)
	deliver(t, d)
	city := &filter.Filter{Is: map[string][]string{"city": {"Pune"}}}
	for i := range mostSaved {
		if err := d.SaveNew(t.Context(), fmt.Sprint("s", i), city); err != nil {
			t.Fatal(err)
		}
	}
	if err := d.SaveNew(t.Context(), "another", city); !errors.Is(err, ErrManySaved) {
		t.Errorf("one more: %v", err)
	}
	var unknown *UnknownSavedError
	if err := d.ForgetSaved(t.Context(), "another"); !errors.As(err, &unknown) {
		t.Errorf("what is not there is forgotten: %v", err)
	}
	if err := d.ForgetSaved(t.Context(), "s7"); err != nil {
		t.Error(err)
	}
	if err := d.SaveNew(t.Context(), "s8", city); !errors.Is(err, ledger.ErrSaved) {
		t.Errorf("saved twice: %v", err)
	}
	if err := d.SaveNew(t.Context(), "another", city); err != nil {
		t.Error(err)
	}
}
