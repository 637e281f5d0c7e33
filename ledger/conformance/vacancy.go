package conformance

import (
	"context"
	"errors"
	"fmt"
	"math/rand"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"jobsieve/job"
	"jobsieve/ledger"
)

// advert is an entry of a clerk's post, with a text that is long enough to decide.
func advert(id, title, city string, year int) ledger.Entry {
	e := entry("s", id, title)
	p, reading := &e.Posting, ledger.Reading{}
	p.Company, p.Location = "Acme", city
	for i := range 40 {
		p.Description += fmt.Sprintf("duty%c%c ", 'a'+rune(i/26), 'a'+rune(i%26))
	}
	if city != "" {
		reading.Facts.Places = []job.Place{{City: job.Opt(city)}}
	}
	e.Reading, e.Posted = &reading, fmt.Sprintf("%d-01-02", year)
	return e
}

// grouped groups what waits, and gives the clusters: the ids of each, the first by key
// first, a star before that of the representative; in order.
func grouped(t *testing.T, l *ledger.Ledger) (out []string) {
	t.Helper()
	ctx := t.Context()
	if _, err := l.GroupVacancies(ctx, nil); err != nil {
		t.Fatal(err)
	}
	members := map[int64][]string{}
	called := map[int64]job.Vacancy{}
	roles := map[int64]map[job.VacancyRole]int{}
	err := l.EachClustered(ctx, func(n, cluster int64, role job.VacancyRole) error {
		r, err := l.Numbered(ctx, n)
		if err != nil {
			return err
		}
		name := r.Posting.ID
		if r.Role != role || called[cluster] != 0 && called[cluster] != r.Vacancy {
			t.Errorf("%s: vacancy %s, role %s; want %s, %s", name, r.Vacancy, r.Role, called[cluster], role)
		}
		if called[cluster] = r.Vacancy; roles[cluster] == nil {
			roles[cluster] = map[job.VacancyRole]int{}
		}
		roles[cluster][role]++
		if role != job.RoleOther {
			name += "*"
		}
		members[cluster] = append(members[cluster], name)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	for cluster, names := range members {
		if n := len(names); roles[cluster][job.RoleAlone] != 0 && n > 1 || roles[cluster][job.RoleRepresentative] != min(1, n-1) {
			t.Errorf("%q: roles %v", names, roles[cluster])
		}
		slices.Sort(names)
		out = append(out, strings.Join(names, " "))
	}
	if _, err := l.Verify(ctx, func(f ledger.Fault) error { return fmt.Errorf("%+v", f) }, nil); err != nil {
		t.Error(err) // a summary says what the record says
	}
	slices.Sort(out)
	return out
}

func wantGroups(t *testing.T, step string, got []string, want ...string) {
	t.Helper()
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("%s: %s", step, diff)
	}
}

// acknowledge lets a target take every document.
func acknowledge(t *testing.T, l *ledger.Ledger, target ledger.Target) {
	t.Helper()
	var taken []ledger.Delivery
	err := l.Each(t.Context(), func(r *ledger.Record) error {
		taken = append(taken, ledger.Delivery{N: r.N, Revision: r.Revision})
		return nil
	})
	if err == nil {
		err = l.Acknowledge(t.Context(), target, day, taken)
	}
	if err != nil {
		t.Fatal(err)
	}
}

// wantWaiting wants the documents of some postings to wait, and no others.
func wantWaiting(t *testing.T, l *ledger.Ledger, target ledger.Target, want ...string) {
	t.Helper()
	waiting, err := l.Waiting(t.Context(), target, 0, 1000)
	var got []string
	for _, r := range waiting {
		got = append(got, r.Posting.ID)
	}
	slices.Sort(got)
	if diff := cmp.Diff(want, got); diff != "" || err != nil {
		t.Errorf("what waits: %s, %v", diff, err)
	}
}

// Clusters follow what postings say, and what people decide holds against it.
func vacancies(t *testing.T, p Place) {
	l, ctx := open(t, p.Locator), context.WithoutCancel(t.Context())
	storeAll(t, l, day, advert("a", "Clerk", "Pune", 2021), advert("b", "Clerk", "Pune", 2022),
		advert("c", "Clerk", "Goa", 2023), advert("d", "Typist", "Pune", 2024))
	wantGroups(t, "stored", grouped(t, l), "a b*", "c*", "d*")

	c, err := l.ClusterOf(ctx, get(t, l, "a").N)
	if err != nil || c.Postings != 2 || c.Representative != get(t, l, "b").N {
		t.Errorf("cluster of a: %+v, %v", c, err)
	}
	members, err := l.Members(ctx, c.N, 10)
	if err != nil || len(members) != 2 || members[1].Joined != members[0].N || members[1].Score != 1 ||
		members[1].Agreed != "text 1.00, title, employer, city" {
		t.Errorf("members: %+v, %v", members, err)
	}
	linked, err := l.Linked(ctx, c.N, 10)
	if diff := cmp.Diff([]int64{get(t, l, "c").N}, linked); diff != "" || err != nil {
		t.Error(diff, err)
	}

	const target = ledger.Target("index")
	acknowledge(t, l, target)
	storeAll(t, l, day, advert("c", "Clerk", "Pune", 2023))
	wantGroups(t, "moved", grouped(t, l), "a b c*", "d*")
	wantWaiting(t, l, target, "b", "c") // a was no representative before, d has nothing to do with it
	acknowledge(t, l, target)
	if a := get(t, l, "a"); a.Vacancy != job.VacancyOf(a.Key) || get(t, l, "c").Vacancy != a.Vacancy {
		t.Errorf("vacancy %s of %s", a.Vacancy, a.Key)
	}
	numbers := []int64{get(t, l, "a").N, get(t, l, "b").N}
	if n, err := l.SplitVacancy(ctx, day, numbers); n != 1 || err != nil {
		t.Errorf("split from %d: %v", n, err)
	}
	wantGroups(t, "split", grouped(t, l), "a b*", "c*", "d*")
	wantWaiting(t, l, target, "b", "c")
	storeAll(t, l, day, advert("c", "Clerks", "Pune", 2023), advert("a", "Clerks", "Pune", 2021))
	storeAll(t, l, day, advert("c", "Clerk", "Pune", 2023), advert("a", "Clerk", "Pune", 2021))
	wantGroups(t, "split and changed", grouped(t, l), "a b*", "c*", "d*")
	if err := l.JoinVacancies(ctx, day, get(t, l, "d").N, get(t, l, "c").N); err != nil {
		t.Error(err)
	}
	wantGroups(t, "joined", grouped(t, l), "a b*", "c d*")
	if err := l.JoinVacancies(ctx, day, get(t, l, "b").N, get(t, l, "d").N); err != nil {
		t.Error(err)
	}
	wantGroups(t, "joined again", grouped(t, l), "a b c d*")

	if _, _, err := l.Forget(ctx, []string{"d"}); err != nil {
		t.Error(err)
	}
	wantGroups(t, "forgotten", grouped(t, l), "a b c*")
	storeAll(t, l, day, advert("d", "Typist", "Goa", 2024))
	wantGroups(t, "back", grouped(t, l), "a b c d*")
}

// What waits is counted, and a posting that waits is in no cluster.
func vacanciesWait(t *testing.T, p Place) {
	l := open(t, p.Locator)
	storeAll(t, l, day, advert("a", "Clerk", "Pune", 2021), advert("b", "Clerk", "Pune", 2022))
	if _, err := l.ClusterOf(t.Context(), get(t, l, "a").N); !errors.Is(err, ledger.ErrNotCompared) {
		t.Errorf("cluster of what waits: %v", err)
	}
	stopped, stop := context.WithCancel(t.Context())
	stop()
	if _, err := l.GroupVacancies(stopped, nil); !errors.Is(err, context.Canceled) {
		t.Errorf("stopped: %v", err)
	}
	if n, err := l.VacanciesDue(t.Context()); n != 2 || err != nil {
		t.Errorf("%d wait: %v", n, err)
	}
	wantGroups(t, "gone on", grouped(t, l), "a b*")
	if n, err := l.VacanciesDue(t.Context()); n != 0 || err != nil {
		t.Errorf("%d wait: %v", n, err)
	}
	storeAll(t, l, day, advert("c", "Typist", "Goa", 2023))
	if _, _, err := l.Forget(t.Context(), []string{"a"}); err != nil {
		t.Error(err)
	}
	if err := l.LetVacanciesWait(t.Context()); err != nil {
		t.Error(err)
	}
	if n, err := l.VacanciesDue(t.Context()); n != 2 || err != nil {
		t.Errorf("%d wait, want all that are not forgotten: %v", n, err)
	}
	wantGroups(t, "again", grouped(t, l), "b*", "c*")
}

// Clusters are the same in whatever order postings come, however many at a time.
func vacanciesInAnyOrder(t *testing.T, p Place) {
	var all []ledger.Entry
	for i := range 18 {
		city := []string{"Pune", "Goa", ""}[i%3]
		all = append(all, advert(fmt.Sprintf("%02d", i), "Clerk", city, 2000+i))
		if p := &all[i].Posting; i%2 == 1 {
			p.Title, p.Description = "Typist", strings.ReplaceAll(p.Description, "duty", "task")
		}
	}
	l, ctx := open(t, p.Locator), context.WithoutCancel(t.Context())
	var first []string
	var ids []string
	for i := range all {
		ids = append(ids, all[i].Posting.ID)
	}
	for round := range 6 {
		random := rand.New(rand.NewSource(int64(round)))
		random.Shuffle(len(all), func(i, j int) { all[i], all[j] = all[j], all[i] })
		for rest := all; len(rest) > 0; {
			n := min(len(rest), 1+random.Intn(9))
			storeAll(t, l, day, slices.Clone(rest[:n])...)
			rest = rest[n:]
			grouped(t, l)
		}
		got := grouped(t, l)
		if round == 0 {
			first = got
		}
		wantGroups(t, fmt.Sprint("round ", round), got, first...)
		if _, _, err := l.Forget(ctx, ids); err != nil {
			t.Fatal(err)
		}
		wantGroups(t, "all forgotten", grouped(t, l))
	}
}

// A cluster of more postings than each is compared with stays whole when the first of them
// change, move away, or are forgotten.
func vacanciesOfMany(t *testing.T, p Place) {
	l := open(t, p.Locator)
	const first, all = 8, 20
	entries := func(n int, city string, year int) (out []ledger.Entry) {
		for i := range n {
			out = append(out, advert(fmt.Sprintf("%02d", i), "Clerk", city, year))
		}
		return out
	}
	storeAll(t, l, day, entries(all, "Pune", 2020)...)
	want := func(step string, sizes ...int) {
		t.Helper()
		var got []int
		for _, names := range grouped(t, l) {
			got = append(got, len(strings.Fields(names)))
		}
		slices.Sort(got)
		if diff := cmp.Diff(sizes, got); diff != "" {
			t.Errorf("%s: %s", step, diff)
		}
	}
	want("stored", all)
	for i := range first {
		e := advert(fmt.Sprintf("%02d", i), "Clerk", "Pune", 2021)
		e.Posting.Salary = "as agreed"
		storeAll(t, l, day, e)
		want(fmt.Sprint("changed ", i), all)
	}
	storeAll(t, l, day, entries(first, "Mumbai", 2022)...)
	want("moved away", first, all-first)
	storeAll(t, l, day, entries(first, "Pune", 2023)...)
	want("moved back", all)
	var ids []string
	for i := range first {
		ids = append(ids, fmt.Sprintf("%02d", i))
	}
	if _, _, err := l.Forget(t.Context(), ids); err != nil {
		t.Fatal(err)
	}
	want("forgotten", all-first)
}
