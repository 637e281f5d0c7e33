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
	if _, err := l.Verify(t.Context(), func(f Fault) error { return fmt.Errorf("%+v", f) }, nil); err != nil {
		t.Error(err)
	}
	if err := l.Close(); err != nil {
		t.Error(err)
	}
}
