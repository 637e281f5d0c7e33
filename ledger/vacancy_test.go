package ledger

import (
	"fmt"
	"testing"
	"time"

	"jobsieve/job"
)

// TestManyOfOneVacancy has more postings of one vacancy than are grouped together: they
// are one cluster with one representative, and each was compared with few others.
func TestManyOfOneVacancy(t *testing.T) {
	l, file := openFile(t, t.TempDir())
	const many = mostGrouped + 2*dueBatch
	for from := 0; from < many; from += dueBatch {
		var entries []Entry
		for i := from; i < from+dueBatch; i++ {
			p := job.Posting{Source: "s", ID: fmt.Sprint(i), Title: "Clerk", Company: "Acme"}
			entries = append(entries, Entry{Posting: p, Reading: new(Reading), Seen: time.UnixMilli(int64(i))})
		}
		if _, err := l.Store(t.Context(), nil, entries); err != nil {
			t.Fatal(err)
		}
		if _, err := l.GroupVacancies(t.Context(), nil); err != nil {
			t.Fatal(err)
		}
	}
	var postings, clusters, named, represent, compared int
	const query = `SELECT count(*), count(DISTINCT cluster), count(DISTINCT vacancy), sum(role = 'representative'),
		(SELECT max(c) FROM (SELECT count(*) AS c FROM vacancy_pair GROUP BY b)) FROM vacancy_member`
	err := file.main.QueryRowContext(t.Context(), query).Scan(&postings, &clusters, &named, &represent, &compared)
	if err != nil || postings != many || clusters != 1 || named != 1 || represent != 1 || compared > mostOfKey {
		t.Errorf("%d postings, %d clusters, %d representatives, one compared with %d: %v", postings, clusters, represent,
			compared, err)
	}
	wantWhole(t, l, file, "split", 2, func() error {
		n, err := l.SplitVacancy(t.Context(), time.UnixMilli(0), []int64{many})
		if n != many-1 {
			return fmt.Errorf("split from %d", n)
		}
		return err
	})
	wantWhole(t, l, file, "joined", 1, func() error {
		return l.JoinVacancies(t.Context(), time.UnixMilli(0), 1, many)
	})
	if _, err := l.Verify(t.Context(), func(f Fault) error { return fmt.Errorf("%+v", f) }, nil); err != nil {
		t.Error(err)
	}
	if err := l.Close(); err != nil {
		t.Error(err)
	}
}

// wantWhole changes clusters, and wants as many, each with one representative, or one
// posting that is alone.
func wantWhole(t *testing.T, l *Ledger, file *sqliteFile, step string, want int, change func() error) {
	t.Helper()
	err := change()
	if err == nil {
		_, err = l.GroupVacancies(t.Context(), nil)
	}
	var clusters, named, stand, alone int
	const query = `SELECT count(DISTINCT cluster), count(DISTINCT vacancy), sum(role <> 'other'), sum(role = 'alone')
		FROM vacancy_member`
	scan := file.main.QueryRowContext(t.Context(), query).Scan(&clusters, &named, &stand, &alone)
	if err != nil || scan != nil || clusters != want || named != want || stand != want || alone != want-1 {
		t.Errorf("%s: %d clusters, %d names, %d that stand for others, %d alone; want %d: %v, %v", step, clusters, named,
			stand, alone, want, err, scan)
	}
}
